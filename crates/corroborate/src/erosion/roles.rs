//! Who, what and where.

use sayso_records::{Claim, EntityType, Filler, PlaceRef, Precision};

use super::{
    names::{Agree, Known, Named, joined, shown},
    what::{Change, What},
    words::{stands_in, told},
};

/// The place of a claim, where it takes part in a swap like a role.
const PLACE: &str = "place";

/// Fillers that are mentions; another claim is compared as itself.
fn mentions<'a>(claim: &'a Claim, role: &str) -> Vec<&'a Filler> {
    let fillers = claim.role(role).iter();
    fillers.filter(|f| f.claim.is_none()).collect()
}

fn acts(filler: &Filler) -> bool {
    use EntityType::*;
    matches!(filler.kind, State | Region | Organisation | Person)
}

/// Pairs of roles whose fillers have changed places, each with its change; gives back the roles that this explains.
pub(super) fn swapped(
    from: &Claim,
    to: &Claim,
    known: Known<'_>,
    out: &mut Vec<Change>,
) -> Vec<String> {
    let mut explained: Vec<String> = Vec::new();
    for (a, _) in &from.roles {
        if explained.iter().any(|r| r == a) {
            continue;
        }
        let (of, now) = (mentions(from, a), mentions(to, a));
        let stays = of.iter().any(|f| now.iter().any(|g| known.agree(f, g)));
        if of.is_empty() || stays {
            continue;
        }
        let other = (to.roles.iter().map(|(b, _)| b.as_str()))
            .filter(|b| b != a && !explained.iter().any(|r| r == b))
            .find(|b| {
                let (then, there) = (mentions(from, b), mentions(to, b));
                of.iter().filter(|f| acts(f)).any(|f| {
                    there.iter().any(|g| known.agree(f, g))
                        && !then.iter().any(|g| known.agree(f, g))
                })
            });
        if let Some(b) = other {
            let told = |claim: &Claim| {
                let sides = [a.as_str(), b].map(|role| {
                    let words = joined(mentions(claim, role).into_iter().map(shown));
                    (role, words)
                });
                let said = sides.iter().filter(|(_, words)| !words.is_empty());
                let said = said.map(|(role, words)| format!("{role}: {words}"));
                said.collect::<Vec<_>>().join("; ")
            };
            out.push(Change::new(What::RolesSwapped, told(from), told(to)));
            explained.extend([a.to_string(), b.to_owned()]);
        } else if let Some((f, p, g, q)) = with_place(from, to, &of, &now) {
            out.push(Change::new(
                What::RolesSwapped,
                format!("{a}: {}; {PLACE}: {}", shown(f), p.text),
                format!("{a}: {}; {PLACE}: {}", shown(g), q.text),
            ));
            explained.extend([a.to_string(), PLACE.to_owned()]);
        }
    }
    explained
}

/// "Iran builds in Belarus" told as "Belarus builds in Iran".
fn with_place<'a>(
    from: &'a Claim,
    to: &'a Claim,
    of: &[&'a Filler],
    now: &[&'a Filler],
) -> Option<(&'a Filler, &'a PlaceRef, &'a Filler, &'a PlaceRef)> {
    let same =
        |f: &Filler, p: &PlaceRef| !told(&f.name).is_empty() && told(&f.name) == told(&p.name);
    of.iter().find_map(|f| {
        let q = to.place.iter().find(|q| same(f, q))?;
        let met = |g: &&Filler| from.place.iter().find(|p| same(g, p));
        let (g, p) = now.iter().find_map(|g| Some((*g, met(g)?)))?;
        Some((*f, p, g, q))
    })
}

/// Names that are others, and what is gone, role by role.
pub(super) fn compare(
    from: &Claim,
    to: &Claim,
    known: Known<'_>,
    explained: &[String],
    out: &mut Vec<Change>,
) {
    let words = |fillers: &[&Filler]| joined(fillers.iter().map(|f| shown(f)));
    for (role, _) in &from.roles {
        if explained.iter().any(|r| r == role) {
            continue;
        }
        let (of, now) = (mentions(from, role), mentions(to, role));
        let kept = |f: &Filler, others: &[&Filler]| {
            others
                .iter()
                .any(|g| known.agree(f, g) || counts(f, g, [from, to]))
        };
        let gone: Vec<&Filler> = of.iter().copied().filter(|f| !kept(f, &now)).collect();
        let new: Vec<&Filler> = now.iter().copied().filter(|g| !kept(g, &of)).collect();
        let here = |fillers: &[&Filler], claim: &Claim| {
            fillers.iter().all(|f| said_in(f, &claim.evidence.quote))
        };
        if gone.is_empty() {
            continue;
        }
        if new.is_empty() {
            // What the origin leaves to be understood was not there to be lost.
            let lost: Vec<&Filler> = (gone.into_iter())
                .filter(|f| !f.implied && !said_in(f, &to.evidence.quote))
                .collect();
            if !lost.is_empty() {
                out.push(Change::new(What::RoleDropped, words(&lost), ""));
            }
            continue;
        }
        let all = |is: fn(&Filler) -> bool| gone.iter().chain(&new).all(|f| is(f));
        let (stays, was) = (here(&gone, to), here(&new, from));
        let what = if all(acts) {
            let kind = gone.first().map(|f| f.kind);
            if !all(|f| Named::filler(f).is_proper()) {
                // "The firm" may be whoever the other names.
                continue;
            } else if !(stays && was) {
                What::NameChanged
            } else if gone.iter().chain(&new).all(|f| Some(f.kind) == kind) {
                // Both are in both sentences, and the other one does it.
                What::RolesSwapped
            } else {
                // A state and a body of the same sentence: the reader may have taken the one for the other.
                continue;
            }
        } else if stays || was {
            // Of things, the reader may have taken another of the same sentence.
            continue;
        } else if all(|f| f.kind == EntityType::Place) {
            What::PlaceChanged
        } else {
            What::NameChanged
        };
        let told = |fillers: &[&Filler]| match what {
            What::RolesSwapped => format!("{role}: {}", words(fillers)),
            _ => words(fillers),
        };
        out.push(Change::new(what, told(&gone), told(&new)));
    }
}

/// Whether two fillers differ in nothing but the number that is compared as the claim's own.
fn counts(f: &Filler, g: &Filler, claims: [&Claim; 2]) -> bool {
    let counted =
        |f: &Filler, claim: &Claim| claim.quantity.iter().any(|q| q.span.overlaps(f.span));
    // What is counted stands behind the number, its bounds before it.
    let unnumbered = |f: &Filler| -> Vec<String> {
        let words = told(&f.name);
        let number = words.iter().rposition(|w| w.parse::<f64>().is_ok());
        words[number.map_or(0, |n| n + 1)..].to_vec()
    };
    claims.iter().any(|c| counted(f, c))
        && claims.iter().any(|c| counted(g, c))
        && unnumbered(f) == unnumbered(g)
}

/// Whether a sentence has the filler's words, or those of what it names.
fn said_in(filler: &Filler, sentence: &str) -> bool {
    stands_in(&filler.name, sentence) || stands_in(&filler.text, sentence)
}

/// How one place lies to another.
#[derive(PartialEq)]
enum Lies {
    Here,
    /// The copy's holds the origin's.
    Around,
    Elsewhere,
}

fn lies(before: &PlaceRef, after: &PlaceRef, known: Known<'_>) -> Lies {
    let named = |a: &str, b: &str| !told(a).is_empty() && told(a) == told(b);
    if Named::place(before).agrees(&Named::place(after)) == Agree::Wholly
        || named(&before.text, &after.text)
    {
        return Lies::Here;
    }
    let holds = |wide: &PlaceRef, small: &PlaceRef| {
        let written = small.within.iter();
        let mut written = written.filter(|w| named(w, &wide.name) || named(w, &wide.text));
        written.next().is_some()
            || known.lies_in(small, wide)
            || wide.precision == Precision::Country
                && small.precision > Precision::Country
                && wide.country.is_some()
                && wide.country == small.country
    };
    if holds(after, before) {
        Lies::Around
    } else if holds(before, after) {
        // More exactly than the origin: nothing is lost.
        Lies::Here
    } else {
        Lies::Elsewhere
    }
}

/// Where.
pub(super) fn place(
    from: &Claim,
    to: &Claim,
    known: Known<'_>,
    explained: &[String],
    out: &mut Vec<Change>,
) {
    if explained.iter().any(|r| r == PLACE) {
        return;
    }
    for before in &from.place {
        let around = |how: Lies| {
            to.place
                .iter()
                .find(|after| lies(before, after, known) == how)
        };
        if around(Lies::Here).is_some() || stands_in(&before.text, &to.evidence.quote) {
            continue;
        }
        let here = |p: &&PlaceRef| {
            let had = from.place.iter().any(|q| lies(q, p, known) == Lies::Here);
            !had && !stands_in(&p.text, &from.evidence.quote)
        };
        if let Some(after) = around(Lies::Around) {
            out.push(Change::new(
                What::PlaceCoarsened,
                before.text.as_str(),
                after.text.as_str(),
            ));
        } else if let Some(after) = to.place.iter().find(here) {
            out.push(Change::new(
                What::PlaceChanged,
                before.text.as_str(),
                after.text.as_str(),
            ));
        } else {
            out.push(Change::new(What::PlaceDropped, before.text.as_str(), ""));
        }
    }
}
