//! The register of facilities, with a map.

mod map;

use std::collections::BTreeMap;

use maud::{Markup, html};
use sayso_gazetteer::PlaceKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::findings::Facet;
use crate::{
    Look, Trouble,
    frame::{Here, at, counted, encoded, say, thousands},
    openapi::Number,
    page::{Form, Page, Table, number},
    register::{Register, Site, Thing},
    shelf::day_words,
};

/// Sites on one page unless told, and at most.
const ROWS: usize = 30;
const MOST: usize = 1_000;
/// Products and producers shown of one.
const FEW: usize = 6;
/// Findings linked of one.
const LINKED: usize = 4;

/// Which sites.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// A state by its two letters.
    pub country: String,
    /// A part of a product's name.
    pub product: String,
    /// A part of a producer's or partner's name.
    pub producer: String,
    /// At least so far on the ladder: `planned`, `operating`, ...
    pub status: String,
    /// `1`: only what was damaged.
    pub damaged: String,
    /// The `next` of the page before.
    pub after: String,
    /// So many, 30 unless told, 1,000 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// Something with its id.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Named {
    /// Its id.
    pub key: String,
    /// What it is called.
    pub name: String,
}

impl From<&Thing> for Named {
    fn from((key, name): &Thing) -> Self {
        Self {
            key: key.to_string(),
            name: name.clone(),
        }
    }
}

/// A facility, or a place where no facility is named.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = SiteRow)]
pub(crate) struct Row {
    /// Its id.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// `facility`, or `place` where none is named.
    pub sort: String,
    /// The place it lies in. Absent: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Named>,
    /// Its state's two letters. Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// How exactly the place is known: `town`, `division`, `state`, `world`. Absent: it is not on the map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<String>,
    /// Degrees north and east: of a town; of anything wider only its middle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<(f64, f64)>,
    /// What is made there.
    pub products: Vec<Named>,
    /// By whom.
    pub producers: Vec<Named>,
    /// With whom.
    pub partners: Vec<Named>,
    /// The highest step that is reported. Absent: none is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Findings that it was damaged.
    pub damaged: usize,
    /// Most established origins behind one finding.
    pub origins: u32,
    /// Whether somebody denies or doubts one.
    pub disputed: bool,
    /// The last report's day. Absent: none is dated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// How many findings it has.
    pub count: usize,
    /// The first of them, most origins first.
    pub findings: Vec<String>,
    #[serde(skip)]
    step: Option<usize>,
}

/// Sites, most findings first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Facilities {
    /// How many pass.
    pub count: usize,
    /// The steps of a plant's life, first to last.
    pub ladder: Vec<String>,
    /// By state.
    pub countries: Vec<Facet>,
    /// The sites.
    pub facilities: Vec<Row>,
    /// What to ask for as `after` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[serde(skip)]
    asked: Asked,
    #[serde(skip)]
    marks: Vec<map::Mark>,
}

/// How exactly a place of this sort says where.
pub(crate) fn precision(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::World => "world",
        PlaceKind::State => "state",
        PlaceKind::Division => "division",
        PlaceKind::Town => "town",
    }
}

impl Page for Facilities {
    const PATH: &'static str = "/facilities";
    const WHAT: &'static str = "Where things are reported to be made, built or damaged: a register, and a map that draws vague places vague.";
    const FORMS: &'static [Form] = &[Form::Csv, Form::Geojson];
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let register = look.register()?;
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let least = match asked.status.as_str() {
            "" => None,
            status => Some(
                register
                    .ladder
                    .iter()
                    .position(|it| it == status)
                    .ok_or_else(|| {
                        Trouble::Asked(format!(
                            "status is one of {}, not {status}",
                            register.ladder.join(", ")
                        ))
                    })?,
            ),
        };
        let (product, producer) = (
            sayso_ledger::fold(&asked.product),
            sayso_ledger::fold(&asked.producer),
        );
        let fits = |words: &str, things: Vec<&Thing>| {
            let words = words.trim_end();
            words.is_empty()
                || things
                    .iter()
                    .any(|(_, name)| sayso_ledger::fold(name).contains(words))
        };
        let country = asked.country.trim().to_uppercase();
        let passes = |site: &&Site| {
            least.is_none_or(|least| site.status.is_some_and(|step| step >= least))
                && (asked.damaged != "1" || site.damaged > 0)
                && fits(&product, site.products.iter().collect())
                && fits(
                    &producer,
                    site.producers.iter().chain(&site.partners).collect(),
                )
        };
        let of = |site: &Site| {
            site.ground
                .as_ref()
                .map(|it| it.country.clone())
                .unwrap_or_default()
        };
        let all: Vec<&Site> = register.sites.iter().filter(passes).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for site in &all {
            *counts.entry(of(site)).or_default() += 1;
        }
        let mut countries: Vec<Facet> = (counts.into_iter())
            .filter(|(country, _)| !country.is_empty())
            .map(|(value, count)| Facet { value, count })
            .collect();
        countries.sort_by(|a, b| (b.count, &a.value).cmp(&(a.count, &b.value)));
        let all: Vec<&Site> = all
            .into_iter()
            .filter(|site| country.is_empty() || of(site) == country)
            .collect();
        let from = match asked.after.as_str() {
            "" => 0,
            key => all
                .iter()
                .position(|site| site.key == key)
                .map_or(0, |at| at + 1),
        };
        let shown = &all[from.min(all.len())..all.len().min(from + limit)];
        Ok(Self {
            count: all.len(),
            ladder: register.ladder.clone(),
            countries,
            facilities: shown.iter().map(|site| row(look, register, site)).collect(),
            next: (from + limit < all.len())
                .then(|| shown.last().map(|site| site.key.to_string()))
                .flatten(),
            asked: asked.clone(),
            marks: map::marks(&all, shown),
        })
    }

    fn title(&self) -> String {
        "Facilities".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let asked = &self.asked;
        html! {
            h1 { "Facilities" }
            p.quiet { "Where things are reported to be made, built or damaged. That it is reported is no proof of it." }
            form.filter action="/facilities" {
                label { span { "Product" } input name="product" value=(asked.product) maxlength="200"; }
                label { span { "Producer or partner" } input name="producer" value=(asked.producer) maxlength="200"; }
                label { span { "State (two letters)" } input name="country" value=(asked.country) maxlength="2" size="4"; }
                label { span { "At least" } select name="status" {
                    option value="" { "any status" }
                    @for step in &self.ladder { option value=(step) selected[*step == asked.status] { (step) } }
                } }
                label.check { input type="checkbox" name="damaged" value="1" checked[asked.damaged == "1"]; span { "Damaged only" } }
                button { "Filter" } a href="/facilities" { "Clear" }
            }
            (map::drawn(&self.marks))
            div.columns {
                aside.facets aria-label="Narrow down" {
                    h2 { "State" }
                    ul { @for facet in self.countries.iter().take(30) {
                        @let chosen = facet.value == asked.country;
                        li { a href=(here.with("country", if chosen { "" } else { &facet.value })) aria-current=[chosen.then_some("true")] { (facet.value) } " " span.count { (thousands(facet.count)) } }
                    } }
                }
                section aria-label="Register" {
                    p.bar { strong { (counted(self.count, "site")) } }
                    @if self.facilities.is_empty() { p { "Nothing passes this filter." } }
                    @for row in &self.facilities { (self.site(row)) }
                    @if let Some(next) = &self.next { p { a.next rel="next" href=(here.with("after", next)) { "More sites" } } }
                }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let names = |things: &[Named]| {
            things
                .iter()
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>()
                .join("; ")
        };
        let row = |row: &Row| {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let (lat, lon) = row
                .point
                .map_or((String::new(), String::new()), |(lat, lon)| {
                    (lat.to_string(), lon.to_string())
                });
            vec![
                row.key.clone(),
                row.name.clone(),
                row.sort.clone(),
                row.place
                    .as_ref()
                    .map_or_else(String::new, |place| place.name.clone()),
                text(&row.country),
                text(&row.precision),
                lat,
                lon,
                names(&row.products),
                names(&row.producers),
                names(&row.partners),
                text(&row.status),
                row.damaged.to_string(),
                row.origins.to_string(),
                row.disputed.to_string(),
                text(&row.last_seen),
                row.count.to_string(),
                row.findings.join("; "),
            ]
        };
        Some(Table {
            head: vec![
                "key",
                "name",
                "sort",
                "place",
                "country",
                "precision",
                "lat",
                "lon",
                "products",
                "producers",
                "partners",
                "status",
                "damaged",
                "origins",
                "disputed",
                "last_seen",
                "findings",
                "first_findings",
            ],
            rows: self.facilities.iter().map(row).collect(),
        })
    }

    fn other(&self, form: Form, _here: &Here) -> Option<String> {
        (form == Form::Geojson).then(|| map::geojson(&self.facilities))
    }
}

impl Facilities {
    fn site(&self, row: &Row) -> Markup {
        html! {
            article.card.site id=(format!("site-{}", encoded(&row.key))) {
                h3 { a href=(at("entity", &row.key)) { (say(&row.name)) } @if row.sort == "place" { span.quiet { " no facility is named" } } }
                @if let Some(place) = row.place.as_ref().filter(|place| place.key != row.key) {
                    p { "in " a href=(at("entity", &place.key)) { (say(&place.name)) } @if let Some(country) = &row.country { ", " (country) } }
                }
                (self.steps(row))
                dl.facts {
                    (things("makes", &row.products)) (things("by", &row.producers)) (things("with", &row.partners))
                    @if row.damaged > 0 { dt { "damage" } dd.against { (counted(row.damaged, "finding")) } }
                }
                p.quiet {
                    (counted(row.count, "finding")) ", at most " (counted(row.origins as usize, "origin"))
                    @if row.disputed { span.against { " · disputed" } }
                    @if let Some(last) = &row.last_seen { " · last reported " (last) }
                    ": "
                    @for (nth, id) in row.findings.iter().enumerate() { @if nth > 0 { ", " } a href=(at("finding", id)) { (crate::words::short(id)) } }
                    @if row.count > row.findings.len() { ", " a href=(format!("/findings?{}={}", if row.sort == "place" { "place" } else { "about" }, encoded(&row.key))) { "all" } }
                }
            }
        }
    }

    /// The ladder with what is reached marked.
    fn steps(&self, row: &Row) -> Markup {
        let Some(reached) = row.step else {
            return html! {};
        };
        html! {
            ol.steps aria-label=(format!("Status: {}", self.ladder.get(reached).map_or("", String::as_str))) {
                @for (nth, step) in self.ladder.iter().enumerate() {
                    li.reached[nth <= reached] aria-current=[(nth == reached).then_some("step")] title=(step) { span { (step) } }
                }
            }
        }
    }
}

fn things(word: &str, things: &[Named]) -> Markup {
    html! {
        @if !things.is_empty() {
            dt { (word) }
            dd { @for (nth, thing) in things.iter().take(FEW).enumerate() { @if nth > 0 { ", " } a href=(at("entity", &thing.key)) { (say(&thing.name)) } } @if things.len() > FEW { " and " (things.len() - FEW) " more" } }
        }
    }
}

fn row(look: &Look<'_>, register: &Register, site: &Site) -> Row {
    let named =
        |things: &std::collections::BTreeSet<Thing>| things.iter().map(Named::from).collect();
    let findings = site.rows.iter().take(LINKED);
    Row {
        key: site.key.to_string(),
        name: site.name.clone(),
        sort: if site.is_facility {
            "facility"
        } else {
            "place"
        }
        .to_owned(),
        place: site.place.as_ref().map(Named::from),
        country: site
            .ground
            .as_ref()
            .map(|it| it.country.clone())
            .filter(|it| !it.is_empty()),
        precision: site.ground.as_ref().map(|it| precision(it.kind).to_owned()),
        point: site.ground.as_ref().map(|it| (it.lat, it.lon)),
        products: named(&site.products),
        producers: named(&site.producers),
        partners: named(&site.partners),
        status: site
            .status
            .and_then(|step| register.ladder.get(step))
            .map(ToString::to_string),
        damaged: site.damaged,
        origins: site.established,
        disputed: site.disputed,
        last_seen: Some(day_words(site.last_seen)).filter(|day| !day.is_empty()),
        count: site.rows.len(),
        findings: findings
            .map(|at| look.shelf.rows[*at as usize].id.to_string())
            .collect(),
        step: site.status,
    }
}
