//! What claims of a report have to do with each other: halves of a barter, repetitions, stances and what they are about.

use sayso_codebook::Kind;
use sayso_records::{Claim, ClaimId, EntityType, Filler, Reason, Span};
use smol_str::SmolStr;

use super::Builder;
use crate::tree::Tree;

impl Builder<'_> {
    /// The other half of a barter: what is given in return, back the other way; the two name each other.
    pub(super) fn counterpart(&mut self, kind: &Kind, start: usize, gives: &[Filler]) {
        let (giver, taker, thing) = match kind.kind.as_str() {
            "transfer" => ("supplier", "recipient", "item"),
            // a sum for a thing buys it; who pays for what another gets names none
            "financing" => ("payer", "payee", "amount"),
            _ => return,
        };
        let Some(model) = self.claims.get(start).cloned() else {
            return;
        };
        let returned: Vec<Filler> = model.role("exchange").to_vec();
        let (mut from, to) = (model.role(taker).to_vec(), model.role(giver).to_vec());
        if !gives.is_empty() && gives.iter().all(|g| to.iter().all(|t| t.name != g.name)) {
            from = gives.to_vec();
        }
        if returned.is_empty() || from.is_empty() || to.is_empty() || model.role(thing).is_empty() {
            return;
        }
        let arms = returned.iter().all(|f| f.kind == EntityType::System);
        if !arms {
            return;
        }
        // "received neither the rockets nor the parts for which it paid Moscow": told already that they passed, or did not
        let mut told: Vec<String> = Vec::new();
        for claim in &mut self.claims[self.first..] {
            let name = |f: &[Filler]| f.first().map(|f| f.name.clone());
            let open = claim.role("supplier").is_empty();
            let same = claim.kind == "transfer"
                && (open || name(claim.role("supplier")) == name(&from))
                && name(claim.role("recipient")) == name(&to);
            let item = name(claim.role("item")).filter(|n| returned.iter().any(|f| f.name == *n));
            let Some(item) = item.filter(|_| same) else {
                continue;
            };
            told.push(item);
            if open {
                let givers = from.iter().map(|f| Filler {
                    implied: true,
                    claim: None,
                    ..f.clone()
                });
                claim.roles.insert(0, ("supplier".into(), givers.collect()));
            }
        }
        let items: Vec<Filler> = returned
            .into_iter()
            .filter(|f| !told.contains(&f.name))
            .map(|f| Filler { claim: None, ..f })
            .collect();
        if items.is_empty() {
            return;
        }
        let id = ClaimId(format!("{}", self.claims.len()));
        let mut given: Vec<Filler> = Vec::new();
        for claim in &mut self.claims[start..] {
            for (role, fillers) in &mut claim.roles {
                if role == "exchange" {
                    for filler in fillers {
                        filler.claim = Some(id.clone());
                    }
                }
            }
            for filler in claim.role(thing) {
                let mut filler = filler.clone();
                filler.claim = Some(claim.id.clone());
                if !given.iter().any(|g| g.name == filler.name) {
                    given.push(filler);
                }
            }
        }
        let mut explanation = model.explanation.clone();
        explanation.push(Reason {
            field: "roles".into(),
            rule: "barter: the return half".to_owned(),
            words: String::new(),
        });
        self.claims.push(Claim {
            id,
            kind: "transfer".into(),
            roles: vec![
                ("supplier".into(), from),
                ("recipient".into(), to),
                ("item".into(), items),
                ("exchange".into(), given),
            ],
            place: vec![],
            quantity: vec![],
            explanation,
            ..model
        });
    }

    /// "a cartridge works that is meant to make 50 million rounds a year": how much is made there is told of the claim about the plant.
    /// Whether a claim with this predicate says no more than that, and has been added there.
    pub(super) fn rated(&mut self, tree: &Tree<'_>, trigger: usize, claim: &Claim) -> bool {
        let Some((_, capacity)) = claim.roles.iter().find(|(role, _)| role == "capacity") else {
            return false;
        };
        let mut at = trigger;
        let plant = (0..4).find_map(|_| {
            if !matches!(tree.rel(at), "acl" | "acl:relcl" | "xcomp") {
                return None;
            }
            at = tree.head(at)?;
            let known = self.made_at.iter().find(|(token, _)| *token == at)?;
            Some(known.1)
        });
        let Some(first) = plant.and_then(|n| self.claims.get_mut(n)) else {
            return false;
        };
        if !first.role("capacity").is_empty() || first.role("product").is_empty() {
            return false;
        }
        first.roles.push(("capacity".into(), capacity.clone()));
        first.quantity.extend(claim.quantity.iter().cloned());
        true
    }

    /// Drops claims of this sentence that say again what another of it says.
    pub(super) fn unrepeat(&mut self, first: usize) {
        let mut i = first;
        while i < self.claims.len() {
            let names = |c: &Claim| -> Vec<(SmolStr, Vec<String>)> {
                c.roles
                    .iter()
                    .filter(|(role, _)| role != "exchange")
                    .map(|(role, f)| {
                        (
                            role.clone(),
                            f.iter().map(|f| f.name.to_lowercase()).collect(),
                        )
                    })
                    .collect()
            };
            let me = &self.claims[i];
            // "made under a licence granted by Patria": the licence of which the sentence has told more
            let part = self.claims[first..].iter().any(|other| within(me, other));
            let again = part
                || self.claims[first..i].iter().any(|other| {
                    other.kind == me.kind
                        && names(other) == names(me)
                        && (other.place == me.place || me.place.is_empty())
                        && !counted(other, me)
                });
            let referred = self.claims[first..].iter().any(|c| {
                c.roles
                    .iter()
                    .flat_map(|(_, f)| f)
                    .any(|f| f.claim.as_ref() == Some(&me.id))
            });
            if again && !referred {
                self.claims.remove(i);
            } else {
                i += 1;
            }
        }
    }

    /// The claims, with stances linked to what they are about.
    pub(crate) fn finish(mut self) -> Vec<Claim> {
        let targets: Vec<(ClaimId, Vec<String>, Span<sayso_records::Byte>)> = self
            .claims
            .iter()
            .filter(|c| c.kind != "stance" && c.kind != "indicator")
            .map(|c| {
                let words = ["item", "product", "facility", "subject", "amount"]
                    .iter()
                    .flat_map(|role| c.role(role))
                    .map(|f| f.name.to_lowercase())
                    .collect();
                (c.id.clone(), words, c.evidence.span)
            })
            .collect();
        for claim in self.claims.iter_mut().filter(|c| c.kind == "stance") {
            let here = claim.evidence.span;
            for (role, fillers) in &mut claim.roles {
                if role != "about" {
                    continue;
                }
                for filler in fillers {
                    let text = filler.text.to_lowercase();
                    filler.claim = targets
                        .iter()
                        .rev()
                        .filter(|(_, _, span)| span.start <= here.start)
                        .find(|(_, names, _)| {
                            names.iter().any(|name| {
                                text.contains(name.as_str())
                                    || name.split(' ').any(|w| {
                                        w.chars().any(|c| c.is_ascii_digit()) && text.contains(w)
                                    })
                            })
                        })
                        .map(|(id, ..)| id.clone());
                }
            }
        }
        self.claims
    }
}

/// Whether `whole` tells of the same words all that `part` does, and a party more.
fn within(part: &Claim, whole: &Claim) -> bool {
    let told = |c: &Claim| c.roles.iter().filter(|(_, f)| !f.is_empty()).count();
    part.kind == whole.kind
        && matches!(part.kind.as_str(), "transfer" | "support" | "financing")
        && part.polarity == whole.polarity
        && told(part) < told(whole)
        && !counted(part, whole)
        && part
            .roles
            .iter()
            .filter(|(_, f)| !f.is_empty())
            .all(|(role, fillers)| {
                let other = whole.role(role);
                let same = |f: &Filler| {
                    let thing = matches!(role.as_str(), "item" | "subject" | "amount");
                    other
                        .iter()
                        .any(|o| o.name == f.name && (!thing || o.span == f.span && !f.implied))
                };
                fillers.iter().all(same)
            })
}

/// Whether two claims tell different numbers: "has sent six and will send another four".
fn counted(a: &Claim, b: &Claim) -> bool {
    match (&a.quantity[..], &b.quantity[..]) {
        ([a], [b]) => (a.value - b.value).abs() > f64::EPSILON,
        _ => false,
    }
}
