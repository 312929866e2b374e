//! What each agreement and each difference counts.

use sayso_records::EntityType;

use super::{
    Feature, Name, Same, Verdict,
    alike::{How, Like},
    pair::Paired,
    parts::{Kind, Part, Role},
    rules::Rules,
};

/// Before anything is looked at: two names are mostly not the same.
const START: f64 = -1.5;
/// The first word that agrees; each further one counts half as much as the one before, since the words of a name come together.
const WORD: f64 = 2.5;
/// The same letters in the same order in both, beside what their words count.
const WHOLE: f64 = 2.5;
/// A word of each that has no counterpart.
const CONFLICT: f64 = -4.5;
/// A number that agrees, of a system and of anything else.
const NUMBER: [f64; 2] = [2.5, 1.5];
/// Numbers that differ.
const OTHER_NUMBER: f64 = -8.0;
/// Legal forms that differ.
const OTHER_FORM: f64 = -5.5;
/// Sorts that cannot be one.
const OTHER_SORT: f64 = -6.0;
/// Every word of the one has a counterpart in the other.
const ALL: f64 = 1.0;
/// From this likeness on two words speak for, below it against.
const EVEN: f64 = 0.75;
/// A slip is a letter or two: what differs in more letters than this is likely another word, however long.
const SLIP: f64 = 1.5;
/// Words in another order: rare in names of bodies, usual between surname and given name, telling between two given names.
const ORDER: [f64; 3] = [-0.6, -0.1, -2.5];

pub(super) fn weigh(
    (a, of_a): (&Name<'_>, &[Part]),
    (b, of_b): (&Name<'_>, &[Part]),
    paired: &Paired,
    kind: Kind,
) -> Verdict {
    let mut features = vec![Feature {
        name: "start",
        weight: START,
        reason: "two names are mostly not the same".to_owned(),
    }];
    sorts(a.sort, b.sort, &mut features);
    whole(of_a, of_b, paired, &mut features);
    words(of_a, of_b, paired, &mut features);
    left(of_a, of_b, paired, kind, &mut features);
    numbers(of_a, of_b, a.sort, kind, &mut features);
    legal_forms(of_a, of_b, &mut features);
    order((of_a, of_b), paired, kind, &mut features);
    let sum: f64 = features.iter().map(|f| f.weight).sum();
    let share = 1.0 / (1.0 + (-sum).exp());
    let same = if share >= Verdict::SAME {
        Same::Same
    } else if share <= Verdict::DIFFERENT {
        Same::Different
    } else {
        Same::Unsure
    };
    Verdict {
        share,
        same,
        features,
    }
}

fn sorts(a: Option<EntityType>, b: Option<EntityType>, features: &mut Vec<Feature>) {
    let (Some(a), Some(b)) = (a, b) else { return };
    // What stands on the ground, who runs it, and a state are often named by one name.
    let class = |sort| match sort {
        EntityType::Person => 1,
        EntityType::System => 2,
        _ => 0,
    };
    if class(a) != class(b) {
        features.push(Feature {
            name: "sort",
            weight: OTHER_SORT,
            reason: format!("one is a {}, the other a {}", a.as_str(), b.as_str()),
        });
    }
}

/// The same names but for script, titles and legal forms; or at least the same words.
fn whole(a: &[Part], b: &[Part], paired: &Paired, features: &mut Vec<Feature>) {
    let letters = |parts: &[Part]| -> String {
        let parts = parts
            .iter()
            .filter(|p| !matches!(p.role, Role::Title | Role::Form(_)));
        parts.map(|p| p.latin.as_str()).collect()
    };
    let abbreviated = a.iter().chain(b).any(|p| p.abbreviated);
    let (one, other) = (letters(a), letters(b));
    // A father's name is often left out.
    let left = |parts: &[Part], left: &[usize]| {
        let mut left = left.iter().filter_map(|at| parts.get(*at));
        left.any(|p| p.role != Role::Patronymic)
    };
    let all = !left(a, &paired.left_a) && !left(b, &paired.left_b);
    let (weight, reason) = if one == other && !one.is_empty() && !abbreviated {
        (WHOLE, "the same letters in the same order")
    } else if all
        && paired.pairs.len() > 1
        && paired.pairs.iter().all(|(.., like)| like.share > 0.92)
    {
        (ALL, "each word of one is in the other")
    } else {
        return;
    };
    features.push(Feature {
        name: "whole",
        weight,
        reason: reason.to_owned(),
    });
}

/// The pairs; what speaks for is added by weight, each half of the one before.
fn words(a: &[Part], b: &[Part], paired: &Paired, features: &mut Vec<Feature>) {
    let mut found: Vec<(f64, String)> = Vec::new();
    for (i, j, like) in &paired.pairs {
        let (Some(one), Some(other)) = (a.get(*i), b.get(*j)) else {
            continue;
        };
        let weight = one.weight.min(other.weight);
        let share = if like.how == How::Spelling {
            let letters = u32::try_from(one.latin.len().max(other.latin.len()));
            let edits = (1.0 - like.share) * letters.map_or(0.0, f64::from);
            like.share - 0.15 * (edits - SLIP).max(0.0)
        } else {
            like.share
        };
        let count = if share >= EVEN {
            (share - EVEN) / (1.0 - EVEN) * weight * WORD
        } else {
            // Somewhat alike is still another word.
            let weight = if one.role == Role::Patronymic {
                1.0
            } else {
                weight.max(0.6)
            };
            CONFLICT * ((EVEN - share) / 0.2).min(1.0) * weight
        };
        found.push((count, alike_in_words(one, other, *like)));
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    let mut part = 1.0;
    for (count, reason) in found {
        let weight = if count > 0.0 { count * part } else { count };
        part /= 2.0;
        features.push(Feature {
            name: "word",
            weight,
            reason,
        });
    }
}

fn alike_in_words(a: &Part, b: &Part, like: Like) -> String {
    let (one, other) = (&a.written, &b.written);
    // The order of the names must not change the reason.
    let (one, other) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    match like.how {
        How::Equal if one == other => format!("“{one}” in both"),
        How::Equal => format!("“{one}” and “{other}” are one word"),
        How::Abbreviated => format!("“{one}” and “{other}” are a name and its initials"),
        How::OneName => format!("“{one}” and “{other}” are forms of one name"),
        How::Initial if like.share > 0.0 => format!("“{one}” and “{other}” begin alike"),
        How::Initial => format!("“{one}” and “{other}” begin with other letters"),
        How::Adjective => format!("“{one}” and “{other}” are a name and its adjective"),
        How::Plural => format!("“{one}” and “{other}” are a word and its plural"),
        How::Sound => format!("“{one}” and “{other}” sound alike"),
        How::Consonants => format!(
            "“{one}” and “{other}” have like consonants ({:.2})",
            like.share
        ),
        How::Romanised => format!(
            "“{one}” and “{other}” are spelled alike in two scripts ({:.2})",
            like.share
        ),
        How::Spelling => format!(
            "“{one}” and “{other}” are spelled alike ({:.2})",
            like.share
        ),
    }
}

/// Words with no counterpart: in both a conflict, in one left out by the other.
fn left(a: &[Part], b: &[Part], paired: &Paired, kind: Kind, features: &mut Vec<Feature>) {
    let of = |parts: &'_ [Part], left: &[usize]| -> Vec<Part> {
        let mut left: Vec<Part> = left
            .iter()
            .filter_map(|at| parts.get(*at))
            .cloned()
            .collect();
        left.sort_by(|x, y| {
            y.weight
                .total_cmp(&x.weight)
                .then_with(|| x.latin.cmp(&y.latin))
        });
        left
    };
    let (mut left_a, mut left_b) = (of(a, &paired.left_a), of(b, &paired.left_b));
    // A father's name contradicts another father's name, and no other word.
    let fathers = |left: &[Part]| left.iter().any(|p| p.role == Role::Patronymic);
    let (in_a, in_b) = (fathers(&left_a), fathers(&left_b));
    for (left, one, other) in [(&mut left_a, in_a, in_b), (&mut left_b, in_b, in_a)] {
        if one && !other {
            left.retain(|p| p.role != Role::Patronymic);
        }
    }
    let conflicts = left_a.len().min(left_b.len());
    for (one, other) in left_a.iter().zip(&left_b) {
        let initial = one.role == Role::Initial || other.role == Role::Initial;
        let weight = if initial {
            0.6
        } else {
            one.weight.max(other.weight).max(0.6)
        };
        let (one, other) = (&one.written, &other.written);
        let (one, other) = if one <= other {
            (one, other)
        } else {
            (other, one)
        };
        features.push(Feature {
            name: "conflict",
            weight: CONFLICT * weight,
            reason: format!("“{one}” in one, “{other}” in the other"),
        });
    }
    for part in left_a
        .iter()
        .skip(conflicts)
        .chain(left_b.iter().skip(conflicts))
    {
        let weight = match kind {
            _ if part.role == Role::Initial => -0.3,
            Kind::Person => -part.weight,
            Kind::System => -1.5 * part.weight,
            Kind::Body => -1.6 * part.weight,
        };
        features.push(Feature {
            name: "left-out",
            weight,
            reason: format!("“{}” in one only", part.written),
        });
    }
}

/// Numbers must agree: Plant No. 51 is not Plant No. 15.
fn numbers(
    a: &[Part],
    b: &[Part],
    sort: Option<EntityType>,
    kind: Kind,
    features: &mut Vec<Feature>,
) {
    let of = |parts: &[Part]| -> Vec<String> {
        let number = |p: &Part| match &p.role {
            Role::Number(number) => Some(number.clone()),
            _ => None,
        };
        let mut numbers: Vec<String> = parts.iter().filter_map(number).collect();
        numbers.sort();
        numbers
    };
    let (a, b) = (of(a), of(b));
    let (weight, reason) = match (a.is_empty(), b.is_empty()) {
        (true, true) => return,
        (false, false) if a == b => {
            let [system, other] = NUMBER;
            let weight = if kind == Kind::System { system } else { other };
            (weight, format!("the same number ({})", a.join(", ")))
        }
        (false, false) => {
            let (one, other) = if a <= b { (&a, &b) } else { (&b, &a) };
            let reason = format!("other numbers ({}; {})", one.join(", "), other.join(", "));
            (OTHER_NUMBER, reason)
        }
        _ => {
            let weight = match sort {
                Some(EntityType::System) => -4.0,
                Some(EntityType::Facility) => -3.0,
                _ => -2.0,
            };
            (
                weight,
                format!("a number in one only ({})", [a, b].concat().join(", ")),
            )
        }
    };
    features.push(Feature {
        name: "number",
        weight,
        reason,
    });
}

fn legal_forms(a: &[Part], b: &[Part], features: &mut Vec<Feature>) {
    let of = |parts: &[Part]| -> Option<String> {
        parts.iter().find_map(|p| match &p.role {
            Role::Form(class) if class != "any" => Some(class.clone()),
            _ => None,
        })
    };
    let (Some(a), Some(b)) = (of(a), of(b)) else {
        return;
    };
    let (weight, reason) = if a == b {
        (0.3, format!("legal forms of one sort ({a})"))
    } else {
        let (one, other) = if a <= b { (&a, &b) } else { (&b, &a) };
        (
            OTHER_FORM,
            format!("legal forms of two sorts ({one}; {other})"),
        )
    };
    features.push(Feature {
        name: "legal-form",
        weight,
        reason,
    });
}

fn order((a, b): (&[Part], &[Part]), paired: &Paired, kind: Kind, features: &mut Vec<Feature>) {
    if !paired.pairs.windows(2).any(|pair| pair[0].1 > pair[1].1) {
        return;
    }
    let [body, person, given] = ORDER;
    // "Hans Friedrich" is not "Friedrich Hans"; "Orlov Viktor" is Viktor Orlov.
    let all_given = [a, b].iter().all(|parts| {
        let mut names = parts.iter().filter(|p| p.names());
        names.all(|p| Rules::bundled().is_given(&p.sound))
    });
    let (weight, reason) = match kind {
        Kind::Person if all_given => (given, "given names in another order"),
        Kind::Person => (person, "the words stand in another order"),
        _ => (body, "the words stand in another order"),
    };
    features.push(Feature {
        name: "order",
        weight,
        reason: reason.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use crate::compare::{Name, compare, rules::Rules};

    #[test]
    fn pairs_of_the_rules_are_told_apart() {
        let mut wrong = Vec::new();
        for pair in &Rules::bundled().pairs {
            let [a, b] = [&pair.a, &pair.b].map(|text| Name {
                text,
                sort: pair.sort,
            });
            let found = compare(&a, &b);
            if found.same != pair.is {
                wrong.push(format!("{} | {}: {found:#?}", pair.a, pair.b));
            }
            let sum: f64 = found.features.iter().map(|f| f.weight).sum();
            assert!((1.0 / (1.0 + (-sum).exp()) - found.share).abs() < 1e-9);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
