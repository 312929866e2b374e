//! Who supplies whom with what: a matrix, a network, and a table in the manner of SIPRI's arms transfers.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, PreEscaped, html};
use sayso_corroborate::findings::{Finding, TIME};
use serde::{Deserialize, Serialize};
use serde_json::json;
use smol_str::SmolStr;
use utoipa::{IntoParams, ToSchema};

use crate::{
    Look, Trouble,
    frame::{Here, at, counted, say, shortened, thousands},
    graphml::Graph,
    openapi::{Date, Number},
    page::{Form, Page, Table, number},
    shelf::Terms,
};

/// Transfers on one page unless told, and at most.
const ROWS: usize = 30;
const MOST: usize = 1_000;
/// Suppliers and recipients of the matrix; the others are counted together.
const WIDE: usize = 12;
/// Nodes and edges of the network.
const EDGES: usize = 60;

/// Which transfers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// A supplier's id, or a part of its name.
    pub supplier: String,
    /// A recipient's id, or a part of its name.
    pub recipient: String,
    /// A part of an item's name.
    pub item: String,
    /// Only what concerns this day (2023-08-01) or later.
    #[param(inline, value_type = Date)]
    pub since: String,
    /// Only what concerns this day or earlier.
    #[param(inline, value_type = Date)]
    pub until: String,
    /// The `next` of the page before.
    pub after: String,
    /// So many, 30 unless told, 1,000 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// How often one supplies another.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = TransferPair)]
pub(crate) struct Pair {
    /// Who supplies, by id and name.
    pub supplier: (String, String),
    /// Who receives, by id and name.
    pub recipient: (String, String),
    /// Findings that say so.
    pub findings: usize,
    /// Most established origins behind one of them.
    pub origins: u32,
    /// Whether something is given in return.
    pub barter: bool,
}

/// A transfer as a row.
#[derive(Serialize, ToSchema)]
pub(crate) struct Transfer {
    /// The finding.
    pub finding: String,
    /// Who supplies.
    pub supplier: Vec<String>,
    /// Who receives.
    pub recipient: Vec<String>,
    /// What.
    pub item: Vec<String>,
    /// What is given in return.
    pub exchange: Vec<String>,
    /// How many, in the words with most votes. Absent: nobody says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The highest step that is reported. Absent: none is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// First and last year it speaks of, else was reported in. Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<(String, String)>,
    /// Established origins.
    pub origins: usize,
    /// Origins of unknown lineage.
    pub unknown: usize,
    /// Grade of credibility, 1 to 6.
    pub credibility: u8,
    /// Denials and doubts.
    pub disputed: usize,
}

/// Transfers, most origins first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Transfers {
    /// How many pass.
    pub count: usize,
    /// Who supplies whom, most findings first.
    pub pairs: Vec<Pair>,
    /// The transfers.
    pub transfers: Vec<Transfer>,
    /// What to ask for as `after` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[serde(skip)]
    asked: Asked,
}

impl Page for Transfers {
    const PATH: &'static str = "/transfers";
    const WHAT: &'static str =
        "Who supplies whom with what: pairs with counts, and a table of transfers.";
    const FORMS: &'static [Form] = &[Form::Csv, Form::Graphml];
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let days = super::findings::Asked {
            since: asked.since.clone(),
            until: asked.until.clone(),
            kind: "transfer".to_owned(),
            ..Default::default()
        };
        let terms = look.shelf.terms(look.ledger)?;
        let wanted = [
            ("supplier", named(terms, &asked.supplier)),
            ("recipient", named(terms, &asked.recipient)),
            ("item", named(terms, &asked.item)),
        ];
        let mut rows = look.shelf.passing(look.ledger, &days.filter()?)?;
        rows.retain(|row| {
            wanted.iter().all(|(role, keys)| {
                let Some(keys) = keys else { return true };
                terms
                    .of(*row as usize)
                    .any(|(it, key, _)| it == *role && keys.contains_key(key))
            })
        });
        let from = match asked.after.as_str() {
            "" => 0,
            id => (rows
                .iter()
                .position(|row| look.shelf.rows[*row as usize].id == id))
            .map_or(0, |at| at + 1),
        };
        let shown = &rows[from..rows.len().min(from + limit)];
        let mut transfers = Vec::new();
        for row in shown {
            if let Some(finding) = look.finding_numbered(look.shelf.rows[*row as usize].number)? {
                transfers.push(transfer(&finding, terms, *row));
            }
        }
        let next = (from + limit < rows.len()).then(|| {
            shown
                .last()
                .map(|row| look.shelf.rows[*row as usize].id.to_string())
        });
        Ok(Self {
            count: rows.len(),
            pairs: pairs(look, terms, &rows),
            next: next.flatten(),
            transfers,
            asked: asked.clone(),
        })
    }

    fn title(&self) -> String {
        "Transfers".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let asked = &self.asked;
        html! {
            h1 { "Transfers" }
            p.quiet { "Who is reported to supply whom with what. That it is reported is no proof of it." }
            form.filter action="/transfers" {
                label { span { "Supplier" } input name="supplier" value=(asked.supplier) maxlength="200"; }
                label { span { "Recipient" } input name="recipient" value=(asked.recipient) maxlength="200"; }
                label { span { "Item" } input name="item" value=(asked.item) maxlength="200"; }
                label { span { "Since" } input type="date" name="since" value=(asked.since); }
                label { span { "Until" } input type="date" name="until" value=(asked.until); }
                button { "Filter" } a href="/transfers" { "Clear" }
            }
            p.bar { strong { (counted(self.count, "transfer")) } }
            @if self.pairs.is_empty() { p { "No transfer of these names both sides." } }
            @else {
                h2 { "Suppliers by recipients" }
                (self.matrix(here))
                h2 { "Network" }
                (self.network())
            }
            h2 { "Table" }
            (self.table())
            @if let Some(next) = &self.next { p { a.next rel="next" href=(here.with("after", next)) { "More transfers" } } }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |it: &Transfer| {
            let (first, last) = it.years.clone().unwrap_or_default();
            vec![
                it.supplier.join("; "),
                it.recipient.join("; "),
                it.item.join("; "),
                it.number.clone().unwrap_or_default(),
                it.status.clone().unwrap_or_default(),
                first,
                last,
                it.exchange.join("; "),
                it.origins.to_string(),
                it.unknown.to_string(),
                it.credibility.to_string(),
                it.disputed.to_string(),
                it.finding.clone(),
            ]
        };
        Some(Table {
            head: vec![
                "supplier",
                "recipient",
                "item",
                "number",
                "status",
                "first_year",
                "last_year",
                "in_exchange_for",
                "origins_established",
                "origins_unknown",
                "credibility",
                "disputed",
                "finding",
            ],
            rows: self.transfers.iter().map(row).collect(),
        })
    }

    fn other(&self, form: Form, _here: &Here) -> Option<String> {
        (form == Form::Graphml).then(|| {
            let mut graph = Graph::new(&["label"], &["findings", "origins", "barter"]);
            let sides = self
                .pairs
                .iter()
                .flat_map(|pair| [&pair.supplier, &pair.recipient]);
            let nodes: BTreeMap<&String, &String> = sides.map(|(key, name)| (key, name)).collect();
            for (key, name) in nodes {
                graph.node(key, &[name]);
            }
            for pair in &self.pairs {
                let barter = if pair.barter { "true" } else { "" };
                graph.edge(
                    &pair.supplier.0,
                    &pair.recipient.0,
                    &[
                        &pair.findings.to_string(),
                        &pair.origins.to_string(),
                        barter,
                    ],
                );
            }
            graph.end()
        })
    }
}

/// Keys of the things that are meant by an id or a part of a name. `None`: anything is.
fn named<'t>(terms: &'t Terms, text: &str) -> Option<HashMap<&'t SmolStr, ()>> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let words = sayso_ledger::fold(text);
    let fits = |(key, name): &&(SmolStr, String)| {
        key == text || sayso_ledger::fold(name).contains(words.trim_end())
    };
    Some(
        terms
            .things
            .iter()
            .filter(fits)
            .map(|(key, _)| (key, ()))
            .collect(),
    )
}

/// Who supplies whom in some rows, most findings first.
fn pairs(look: &Look<'_>, terms: &Terms, rows: &[u32]) -> Vec<Pair> {
    let mut all: HashMap<(&SmolStr, &SmolStr), Pair> = HashMap::new();
    for row in rows {
        let of: Vec<(&str, &SmolStr, &str)> = terms.of(*row as usize).collect();
        let with = |role: &'static str| of.iter().filter(move |(it, ..)| *it == role);
        let barter = with("exchange").next().is_some();
        for (_, from, supplier) in with("supplier") {
            for (_, to, recipient) in with("recipient") {
                let pair = all.entry((from, to)).or_insert_with(|| Pair {
                    supplier: (from.to_string(), (*supplier).to_owned()),
                    recipient: (to.to_string(), (*recipient).to_owned()),
                    findings: 0,
                    origins: 0,
                    barter: false,
                });
                pair.findings += 1;
                pair.barter |= barter;
                pair.origins = pair.origins.max(look.shelf.rows[*row as usize].established);
            }
        }
    }
    let mut all: Vec<Pair> = all.into_values().collect();
    all.sort_by(|a, b| {
        (b.findings, &a.supplier, &a.recipient).cmp(&(a.findings, &b.supplier, &b.recipient))
    });
    all.truncate(MOST);
    all
}

fn transfer(finding: &Finding, terms: &Terms, row: u32) -> Transfer {
    let names = |role: &str| {
        finding
            .proposition
            .role(role)
            .map(|term| term.is.name.clone())
            .collect()
    };
    let value = finding.values.iter().filter(|value| value.unit != TIME);
    let best = value.max_by(|a, b| a.weight.total_cmp(&b.weight));
    let year = |day: &String| day.get(..4).unwrap_or("").to_owned();
    let days = finding.days.as_ref().or(finding.seen.as_ref());
    Transfer {
        finding: finding.id.clone(),
        supplier: names("supplier"),
        recipient: names("recipient"),
        item: names("item"),
        exchange: (terms
            .of(row as usize)
            .filter(|(role, ..)| *role == "exchange"))
        .map(|(_, _, name)| name.to_owned())
        .collect(),
        number: best.map(|value| value.text.clone()),
        status: finding.status.as_ref().map(|(_, high)| high.to_string()),
        years: days.map(|(first, last)| (year(first), year(last))),
        origins: finding.established,
        unknown: finding.unknown,
        credibility: finding.credibility.grade,
        disputed: finding.stances.denied + finding.stances.doubted,
    }
}

impl Transfers {
    fn matrix(&self, here: &Here) -> Markup {
        let best = |side: fn(&Pair) -> &(String, String)| {
            let mut sums: BTreeMap<&(String, String), usize> = BTreeMap::new();
            for pair in &self.pairs {
                *sums.entry(side(pair)).or_default() += pair.findings;
            }
            let mut all: Vec<(&(String, String), usize)> = sums.into_iter().collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            all.truncate(WIDE);
            all.into_iter().map(|(thing, _)| thing).collect::<Vec<_>>()
        };
        let (suppliers, recipients) = (best(|pair| &pair.supplier), best(|pair| &pair.recipient));
        let cells: HashMap<(&str, &str), &Pair> = (self.pairs.iter())
            .map(|pair| ((pair.supplier.0.as_str(), pair.recipient.0.as_str()), pair))
            .collect();
        let most = self.pairs.first().map_or(1, |pair| pair.findings);
        // Five shades: a style of its own for each number is not to be had under the policy.
        let shade = |n: usize| match n * 4 / most.max(1) {
            0 => "s1",
            1 => "s2",
            2 => "s3",
            3 => "s4",
            _ => "s5",
        };
        let inside = self.pairs.iter().filter(|pair| {
            suppliers.contains(&&pair.supplier) && recipients.contains(&&pair.recipient)
        });
        let left: usize = self.pairs.iter().map(|pair| pair.findings).sum::<usize>()
            - inside.map(|pair| pair.findings).sum::<usize>();
        html! {
            div.scroll tabindex="0" role="region" aria-label="Suppliers by recipients" {
                table.matrix {
                    thead { tr { th scope="col" { "from / to" } @for (_, name) in recipients.iter().copied() { th scope="col" { (say(&shortened(name, 24))) } } } }
                    tbody { @for (from, name) in suppliers.iter().copied() {
                        tr {
                            th scope="row" { a href=(at("entity", from)) { (say(&shortened(name, 32))) } }
                            @for (to, _) in recipients.iter().copied() {
                                @match cells.get(&(from.as_str(), to.as_str())) {
                                    Some(pair) => td class=(shade(pair.findings)) {
                                        a href=(here.with_all(&[("supplier", from), ("recipient", to)])) title=(format!("at most {}", counted(pair.origins as usize, "origin"))) { (thousands(pair.findings)) }
                                        @if pair.barter { span title="something is given in return" { " ⇄" } }
                                    },
                                    None => td {},
                                }
                            }
                        }
                    } }
                }
            }
            @if left > 0 { p.quiet { (counted(left, "finding")) " of other pairs; all of them are in the data of this page." } }
        }
    }

    /// What the island draws; without it the matrix above says the same.
    fn network(&self) -> Markup {
        let edges: Vec<&Pair> = self.pairs.iter().take(EDGES).collect();
        let mut nodes: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for pair in &edges {
            for (key, name) in [&pair.supplier, &pair.recipient] {
                nodes.entry(key).or_insert((name, 0)).1 += pair.findings;
            }
        }
        let name = |name: &str| shortened(&sayso_records::text::clean(name), 32);
        let graph = json!({
            "nodes": nodes.iter().map(|(key, (called, count))| json!({"id": key, "name": name(called), "count": count})).collect::<Vec<_>>(),
            "edges": edges.iter().map(|pair| json!({"from": pair.supplier.0, "to": pair.recipient.0, "count": pair.findings, "barter": pair.barter})).collect::<Vec<_>>(),
        });
        // Inside a script nothing is unescaped: what could end it is written as JSON writes it.
        let text = crate::contract::safe(&graph)
            .unwrap_or_default()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026");
        html! {
            figure.net data-island="network" hidden {
                script type="application/json" { (PreEscaped(text)) }
            }
            noscript { p.quiet { "The network is drawn by a script; the matrix says the same." } }
        }
    }

    fn table(&self) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label="Transfers" { table {
                thead { tr {
                    th scope="col" { "Supplier" } th scope="col" { "Recipient" } th scope="col" { "Item" } th scope="col" { "Number" } th scope="col" { "Status" }
                    th scope="col" { "Years" } th.n scope="col" { "Origins" } th.n scope="col" { "Cred." } th scope="col" { "Remarks" }
                } }
                tbody { @for it in &self.transfers {
                    tr {
                        td { (say(&it.supplier.join(", "))) }
                        td { (say(&it.recipient.join(", "))) }
                        td { a href=(at("finding", &it.finding)) { @if it.item.is_empty() { "not said" } @else { (say(&it.item.join(", "))) } } }
                        td { (say(it.number.as_deref().unwrap_or(""))) }
                        td { (it.status.as_deref().unwrap_or("")) }
                        td { @if let Some((first, last)) = &it.years { (first) @if first != last { "–" (last) } } }
                        td.n { (it.origins) @if it.unknown > 0 { span.quiet { "+" (it.unknown) "?" } } }
                        td.n { (it.credibility) }
                        td { @if !it.exchange.is_empty() { "for " (say(&it.exchange.join(", "))) " " } @if it.disputed > 0 { span.against { "disputed" } } }
                    }
                } }
            } }
        }
    }
}
