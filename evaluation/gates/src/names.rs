//! Names of bodies, people, places, nations and arms on re3d (Dstl 2017): UK Government, US State Department and Wikipedia on Syria and
//! Iraq.
//!
//! Spans that its annotators agreed on by half or more (`confidence`) count; of those inside one another of one type, the outermost.
//! Weapon and MilitaryPlatform are one type here: together they are a dozen spans. Exact wants the same span, overlap a shared
//! character, each span of the one side for one of the other; articles in front are left aside. Beside ours stands what the model
//! alone names: ORG, PERSON, GPE, LOC and FAC, NORP, PRODUCT.

use std::{collections::BTreeMap, ops::Range, path::Path};

use sayso_claim::{Claimant, NameType};
use sayso_language::Analyser;
use serde::Deserialize;

use crate::{
    Error, Measured, Tools,
    tables::{Counts, precision_recall, scores},
};

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    document_id: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    confidence: f64,
}

type Typed = (Range<usize>, NameType);

/// All three folders.
pub(crate) fn measure(tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut out = Measured::default();
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let mut ours: [BTreeMap<String, Counts>; 2] = Default::default();
    let mut model: [BTreeMap<String, Counts>; 2] = Default::default();
    for name in ["UK Government", "US State Department", "Wikipedia"] {
        let documents: Vec<Document> = lines(&folder.join(name).join("documents.json"))?;
        let entities: Vec<Entity> = lines(&folder.join(name).join("entities.json"))?;
        for document in &documents {
            let text = &document.text;
            let wanted = wanted(text, &entities, &document.id);
            let (mut read, mut named) = (Vec::new(), Vec::new());
            for paragraph in text.split_inclusive('\n') {
                let offset = paragraph.as_ptr() as usize - text.as_ptr() as usize;
                for sentence in tools.analyser.analyse(&[paragraph]).iter().flatten() {
                    for (span, kind) in claimant.names(paragraph, sentence) {
                        read.push((span.shift(offset).range(), kind));
                    }
                    for name in &sentence.names {
                        let Some(kind) = label(&name.label) else {
                            continue;
                        };
                        let tokens = &sentence.tokens[name.span.range()];
                        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                            let span = first.span.cover(last.span).shift(offset);
                            named.push((span.range(), kind));
                        }
                    }
                }
            }
            for (which, exact) in [true, false].into_iter().enumerate() {
                count(text, &wanted, &read, exact, &mut ours[which]);
                count(text, &wanted, &named, exact, &mut model[which]);
            }
            for (span, kind) in &wanted {
                if !read
                    .iter()
                    .any(|(r, k)| k == kind && meets(text, r, span, false))
                {
                    let start = text[..span.start]
                        .char_indices()
                        .rev()
                        .nth(30)
                        .map_or(0, |c| c.0);
                    out.worst.push(format!(
                        "{name} {kind:?} not read: {:?} in …{}",
                        &text[span.clone()],
                        text[start..span.end].replace('\n', " ")
                    ));
                }
            }
        }
    }
    for (which, how) in ["exact", "overlap"].into_iter().enumerate() {
        out.tables.push_str(&precision_recall(how, &ours[which]));
        out.tables.push_str(&precision_recall(
            &format!("{how}, the model"),
            &model[which],
        ));
        let all = |rows: &BTreeMap<String, Counts>| {
            scores(
                rows.values()
                    .fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]),
            )[2]
        };
        for (kind, counts) in &ours[which] {
            out.figure(format!("{kind} {how} F1"), scores(*counts)[2]);
        }
        let (mine, alone) = (all(&ours[which]), all(&model[which]));
        out.figure(format!("all {how} F1"), mine);
        out.figure(format!("all {how} F1 over the model's alone"), mine / alone);
    }
    Ok(out)
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()).into())
        })
        .collect()
}

fn label(label: &str) -> Option<NameType> {
    Some(match label {
        "ORG" => NameType::Organisation,
        "PERSON" => NameType::Person,
        "GPE" | "LOC" | "FAC" => NameType::Location,
        "NORP" => NameType::Nationality,
        "PRODUCT" => NameType::Weapon,
        _ => return None,
    })
}

/// The annotated spans of a document, as bytes; the set counts characters.
fn wanted(text: &str, entities: &[Entity], document: &str) -> Vec<Typed> {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut all: Vec<Typed> = entities
        .iter()
        .filter(|e| e.document_id == document && e.confidence >= 0.5)
        .filter_map(|e| {
            let kind = match e.kind.as_str() {
                "Organisation" => NameType::Organisation,
                "Person" => NameType::Person,
                "Location" => NameType::Location,
                "Nationality" => NameType::Nationality,
                "Weapon" | "MilitaryPlatform" => NameType::Weapon,
                _ => return None,
            };
            Some((*bytes.get(e.begin)?..*bytes.get(e.end)?, kind))
        })
        .collect();
    all.sort_by_key(|(span, kind)| (span.start, std::cmp::Reverse(span.end), *kind));
    all.dedup();
    let outermost: Vec<Typed> = all
        .iter()
        .filter(|(span, kind)| {
            !all.iter().any(|(other, k)| {
                k == kind && other != span && other.start <= span.start && span.end <= other.end
            })
        })
        .cloned()
        .collect();
    outermost
}

/// Whether two spans are the same but for an article, or share a character.
fn meets(text: &str, a: &Range<usize>, b: &Range<usize>, exact: bool) -> bool {
    let bare = |span: &Range<usize>| {
        let words = text.get(span.clone()).unwrap_or_default();
        let cut = ["the ", "The ", "a ", "A ", "an ", "An "]
            .iter()
            .find(|article| words.starts_with(**article))
            .map_or(0, |article| article.len());
        span.start + cut..span.end
    };
    if exact {
        bare(a) == bare(b)
    } else {
        a.start < b.end && b.start < a.end
    }
}

fn count(
    text: &str,
    wanted: &[Typed],
    read: &[Typed],
    exact: bool,
    counts: &mut BTreeMap<String, Counts>,
) {
    let mut used = vec![false; wanted.len()];
    for (span, kind) in read {
        let hit = (0..wanted.len())
            .find(|&i| !used[i] && wanted[i].1 == *kind && meets(text, span, &wanted[i].0, exact));
        let entry = counts.entry(format!("{kind:?}")).or_default();
        match hit {
            Some(i) => {
                used[i] = true;
                entry[0] += 1;
            }
            None => entry[1] += 1,
        }
    }
    for ((_, kind), _) in wanted.iter().zip(&used).filter(|(_, used)| !**used) {
        counts.entry(format!("{kind:?}")).or_default()[2] += 1;
    }
}
