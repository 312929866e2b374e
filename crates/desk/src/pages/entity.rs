//! A dossier: what is reported of one state, company, weapon or place.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::{card, grade_words, hidden};
use crate::{
    Look, Trouble,
    contract::FindingObject,
    frame::{Here, at, counted, encoded, say, thousands},
    graphml::Graph,
    page::{Form, Page, Table},
    words::line,
};

/// Findings shown of each part; the rest are on the findings page.
const ROWS: usize = 8;
/// Others it is named with.
const OTHERS: usize = 24;
/// Names in all scripts.
const NAMES: usize = 60;

/// What each role is to the one who fills it: kind, role, title. What is not listed is shown by its kind and role.
pub(crate) const PARTS: &[(&str, &str, &str)] = &[
    ("production", "producer", "Makes"),
    ("production", "partner", "Helps make"),
    ("production", "product", "Made by"),
    ("production", "facility", "Made here"),
    ("production", "place", "Production here"),
    ("transfer", "supplier", "Supplies"),
    ("transfer", "recipient", "Receives"),
    ("transfer", "item", "Changes hands"),
    ("support", "supplier", "Supports"),
    ("support", "recipient", "Is supported"),
    ("financing", "payer", "Pays"),
    ("financing", "payee", "Is paid"),
    ("agreement", "party", "Agreements"),
    ("meeting", "party", "Meetings"),
    ("sanction", "imposer", "Sanctions others"),
    ("sanction", "target", "Is sanctioned"),
    ("facility-damage", "actor", "Damages"),
    ("facility-damage", "facility", "Is damaged"),
    ("facility-damage", "place", "Damage here"),
    ("use", "user", "Uses"),
    ("use", "item", "Is used"),
];

/// Nothing is asked of one entity.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {}

/// Findings in which it has one role.
#[derive(Serialize, ToSchema)]
pub(crate) struct Part {
    /// What it does in them.
    pub title: String,
    /// Their kind.
    pub kind: String,
    /// Its role.
    pub role: String,
    /// How many there are.
    pub count: usize,
    /// The first of them, most origins first.
    pub findings: Vec<FindingObject>,
}

/// Something it is named with.
#[derive(Serialize, ToSchema)]
pub(crate) struct Other {
    /// Its id.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Findings that name both.
    pub findings: usize,
}

/// Something it lies in, or a judgement's other side.
#[derive(Serialize, ToSchema)]
pub(crate) struct Known {
    /// Its id.
    pub key: String,
    /// What it is called.
    pub name: String,
}

/// What is reported of one entity.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityPage {
    /// Its id, that which stands for all that people judged to be one with it.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// All ids that are one with it.
    pub keys: Vec<String>,
    /// What sort of thing it is. Absent: nobody listed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its state's ISO code. Absent: none, or not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The names it goes by, in all scripts.
    pub names: Vec<String>,
    /// What it lies in, narrowest first.
    pub located_in: Vec<Known>,
    /// How many findings name it.
    pub findings: usize,
    /// What it does in them, by kind and role.
    pub parts: Vec<Part>,
    /// Whom and what it is named with most.
    pub named_with: Vec<Other>,
    /// Reports it published, findings it begins, findings it repeats. Absent: it is no source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<(u64, u64, u64)>,
    /// Its reliability as a source, A to F; F until a person grades it.
    pub reliability: String,
}

impl Page for EntityPage {
    const PATH: &'static str = "/entity/{id}";
    const WHAT: &'static str = "A dossier: what one entity makes, supplies, receives, agrees, with whom; its names; what it begins as a source.";
    const FORMS: &'static [Form] = &[Form::Csv, Form::Graphml];
    type Asked = Asked;

    fn ask(look: &Look<'_>, id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let first = look.standing.canonical(id).to_owned();
        let mut keys: Vec<String> = vec![first.clone()];
        let others = look.standing.one_with(&first).into_iter();
        keys.extend(others.filter(|key| *key != first).map(str::to_owned));
        let terms = look.shelf.terms(look.ledger)?;
        let gazetteer = &look.desk.gazetteer;
        let listed = gazetteer.by_id(&first);
        let source = look.ledger.source(&first)?;
        let known = keys.iter().any(|key| terms.knows(key));
        if !known && listed.is_none() && source.is_none() {
            return Err(Trouble::NotThere(format!(
                "nothing has the id {id}: a name is looked up under Who and what"
            )));
        }
        let name = (listed.as_ref().map(|it| it.name.to_string()))
            .or_else(|| {
                keys.iter()
                    .find_map(|key| terms.name(key))
                    .map(str::to_owned)
            })
            .or_else(|| source.as_ref().map(|it| it.name.clone()))
            .unwrap_or_else(|| first.clone());
        let country = listed.as_ref().and_then(|it| it.country);
        let above = gazetteer.above(&first, &name, country);
        let mut all: HashSet<u32> = HashSet::new();
        let mut parts: BTreeMap<(usize, String, String), Vec<u32>> = BTreeMap::new();
        for (row, role) in keys.iter().flat_map(|key| terms.with(key)) {
            let kind = look.shelf.rows[row as usize].kind.as_str();
            let at = PARTS.iter().position(|(k, r, _)| *k == kind && *r == role);
            let part = (at.unwrap_or(PARTS.len()), kind.to_owned(), role.to_owned());
            parts.entry(part).or_default().push(row);
            all.insert(row);
        }
        let mut with: HashMap<&str, (usize, &str)> = HashMap::new();
        for row in &all {
            let mut seen = BTreeSet::new();
            for (_, key, name) in terms.of(*row as usize) {
                if !keys.iter().any(|own| own == key.as_str()) && seen.insert(key) {
                    with.entry(key).or_insert((0, name)).0 += 1;
                }
            }
        }
        let mut named_with: Vec<Other> = (with.into_iter())
            .map(|(key, (findings, name))| Other {
                key: key.to_owned(),
                name: name.to_owned(),
                findings,
            })
            .collect();
        named_with
            .sort_by(|a, b| (b.findings, &a.name, &a.key).cmp(&(a.findings, &b.name, &b.key)));
        named_with.truncate(OTHERS);
        let mut out = Vec::new();
        for ((at, kind, role), mut rows) in parts {
            rows.sort_unstable();
            rows.dedup();
            let mut findings = Vec::new();
            for row in rows.iter().take(ROWS) {
                let number = look.shelf.rows[*row as usize].number;
                findings.extend(look.finding_numbered(number)?.map(FindingObject));
            }
            let title = PARTS.get(at).map_or_else(
                || format!("{kind}, as {role}"),
                |(_, _, title)| (*title).to_owned(),
            );
            out.push(Part {
                title,
                kind,
                role,
                count: rows.len(),
                findings,
            });
        }
        let mut names: BTreeSet<String> = gazetteer
            .listed()
            .filter(|(_, known)| keys.iter().any(|key| *key == known.id))
            .map(|(name, _)| name)
            .collect();
        names.remove(&name);
        Ok(Self {
            reliability: (look.standing.reliability(&first))
                .map_or("F", |(grade, _)| grade.as_str())
                .to_owned(),
            kind: listed.as_ref().map(|it| it.kind.as_str().to_owned()),
            country: country.map(str::to_owned),
            located_in: above
                .into_iter()
                .map(|(key, name)| Known { key, name })
                .collect(),
            names: names.into_iter().take(NAMES).collect(),
            source: source.map(|it| (it.reports, it.originates, it.repeats)),
            findings: all.len(),
            key: first,
            name,
            keys,
            parts: out,
            named_with,
        })
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn html(&self, here: &Here) -> Markup {
        html! {
            h1 { (say(&self.name)) }
            p.notice { "That something is reported is no proof of it, nor of any wrongdoing. Each line rests on the origins beside it." }
            dl.facts {
                @if let Some(kind) = &self.kind { dt { "is a" } dd { (kind) @if let Some(country) = &self.country { ", " (country) } } }
                @else { dt { "known" } dd { "by its name alone: nobody listed it" } }
                dt { "id" } dd { @for (nth, key) in self.keys.iter().enumerate() { @if nth > 0 { " = " } code { (say(key)) } } }
                @if !self.located_in.is_empty() {
                    dt { "located in" }
                    dd { @for (nth, place) in self.located_in.iter().enumerate() { @if nth > 0 { ", in " } a href=(at("entity", &place.key)) { (say(&place.name)) } } }
                }
                @if !self.names.is_empty() { dt { "also written" } dd { (say_list(&self.names)) } }
                @if let Some((reports, originates, repeats)) = self.source {
                    dt { "as a source" }
                    dd {
                        @if reports > 0 { "published " (counted(count(reports), "report")) "; " }
                        "begins " a href=(format!("/findings?source={}", encoded(&self.key))) { (counted(count(originates), "finding")) }
                        @if repeats > 0 { "; repeats " (thousands(count(repeats))) }
                        "; reliability " (self.reliability)
                    }
                }
                dt { "findings" } dd { a href=(format!("/findings?about={}", encoded(&self.key))) { (thousands(self.findings)) } }
            }
            @if self.parts.is_empty() { p { "No finding names it." } }
            @for part in &self.parts {
                section {
                    h2 { (say(&part.title)) " " span.count { (thousands(part.count)) } }
                    @for finding in &part.findings { (card(&finding.0)) }
                    @if part.count > part.findings.len() {
                        p { a href=(format!("/findings?kind={}&about={}", encoded(&part.kind), encoded(&self.key))) { "and " (thousands(part.count - part.findings.len())) " more" } }
                    }
                }
            }
            @if !self.named_with.is_empty() {
                section {
                    h2 { "Named with" }
                    ul.others { @for other in &self.named_with { li { a href=(at("entity", &other.key)) { (say(&other.name)) } " " span.count { (thousands(other.findings)) } } } }
                }
            }
            @if here.visitor.may_judge() { (self.forms(here)) }
        }
    }

    fn csv(&self) -> Option<Table> {
        let rows = self.parts.iter().flat_map(|part| {
            part.findings.iter().map(move |finding| {
                let finding = &finding.0;
                vec![
                    part.title.clone(),
                    part.kind.clone(),
                    part.role.clone(),
                    finding.id.clone(),
                    line(&finding.proposition),
                    finding.established.to_string(),
                    finding.unknown.to_string(),
                    finding.credibility.grade.to_string(),
                    grade_words(finding.credibility.grade).to_owned(),
                ]
            })
        });
        Some(Table {
            head: vec![
                "part",
                "kind",
                "role",
                "finding",
                "states",
                "origins_established",
                "origins_unknown",
                "credibility",
                "means",
            ],
            rows: rows.collect(),
        })
    }

    fn other(&self, form: Form, _here: &Here) -> Option<String> {
        (form == Form::Graphml).then(|| {
            let mut graph = Graph::new(&["label", "key"], &["findings"]);
            graph.node(&self.key, &[&self.name, &self.key]);
            for other in &self.named_with {
                graph.node(&other.key, &[&other.name, &other.key]);
                graph.edge(&self.key, &other.key, &[&other.findings.to_string()]);
            }
            graph.end()
        })
    }
}

impl EntityPage {
    fn forms(&self, here: &Here) -> Markup {
        html! {
            section {
                h2 { "Judge" }
                form.judging method="post" action="/judge" {
                    (hidden(here, "same", &self.key))
                    label { span { "Another one, by its id" } input name="b" required maxlength="200" placeholder="Q159, name:wagner"; }
                    label.wide { span { "Why" } input name="why" required maxlength="1000"; }
                    button { "They are one" }
                    button.plain name="act" value="differ" { "They are two" }
                }
            }
        }
    }
}

fn count(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn say_list(names: &[String]) -> Markup {
    html! { @for (nth, name) in names.iter().enumerate() { @if nth > 0 { ", " } (say(name)) } }
}
