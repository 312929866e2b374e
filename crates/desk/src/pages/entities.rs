//! Whom or what a name means.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Look, Trouble,
    frame::{Here, at, counted, say},
    meant::known,
    page::{Page, Table},
};

/// Names given at most.
const MOST: usize = 60;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// A name, or the beginning of a word of one.
    pub name: String,
}

/// Something a name can mean.
#[derive(Serialize, ToSchema)]
#[schema(as = EntityRow)]
pub(crate) struct Row {
    /// Its id.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Findings that name it.
    pub findings: usize,
}

/// What a name can mean, what most findings name first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entities {
    /// The name.
    pub name: String,
    /// What it can mean. Without a name: what most findings name.
    pub entities: Vec<Row>,
}

impl Page for Entities {
    const PATH: &'static str = "/entities";
    const WHAT: &'static str =
        "Whom or what a name can mean, among what findings name and the gazetteer lists.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let terms = look.shelf.terms(look.ledger)?;
        let words = sayso_ledger::fold(&asked.name);
        let words = words.trim_end();
        let mut entities: Vec<Row> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (key, name) in &terms.things {
            let fits = words.is_empty() || sayso_ledger::fold(name).contains(words);
            if fits && seen.insert(key.clone()) {
                entities.push(Row {
                    key: key.to_string(),
                    name: name.clone(),
                    findings: terms.with(key).count(),
                });
            }
        }
        entities.sort_by(|a, b| (b.findings, &a.name, &a.key).cmp(&(a.findings, &b.name, &b.key)));
        entities.truncate(MOST);
        if !words.is_empty() {
            for (key, meant) in known(&look.desk.gazetteer, &asked.name) {
                if seen.insert(key.as_str().into()) {
                    entities.push(Row {
                        key: key.to_string(),
                        name: meant.name,
                        findings: 0,
                    });
                }
            }
        }
        Ok(Self {
            name: asked.name.clone(),
            entities,
        })
    }

    fn title(&self) -> String {
        "Who and what".to_owned()
    }

    fn html(&self, _here: &Here) -> Markup {
        html! {
            h1 { "Who and what" }
            form.filter action="/entities" {
                label { span { "Name" } input type="search" name="name" value=(self.name) maxlength="200"; }
                button { "Look up" }
            }
            @if self.entities.is_empty() { p { "Nothing goes by that name, in findings or in the gazetteer." } }
            ul.plain {
                @for row in &self.entities {
                    li.row { a href=(at("entity", &row.key)) { (say(&row.name)) } " " code { (row.key) } " " span.count { (counted(row.findings, "finding")) } }
                }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |row: &Row| vec![row.key.clone(), row.name.clone(), row.findings.to_string()];
        Some(Table {
            head: vec!["key", "name", "findings"],
            rows: self.entities.iter().map(row).collect(),
        })
    }
}
