//! One page a file: what is asked, what is answered, how it looks.

mod audit;
mod entities;
mod entity;
mod export;
mod facilities;
mod finding;
mod findings;
mod help;
mod history;
mod openapi;
pub(crate) mod parts;
mod report;
mod review;
mod search;
mod sources;
mod timeline;
mod today;
mod transfers;
mod watch;

pub(crate) use facilities::precision;
pub(crate) use parts::grade_words;

use std::sync::Arc;

use axum::Router;

use crate::{
    Desk,
    openapi::Described,
    page::{Route, route},
};

/// Every page.
fn routes() -> Vec<Route> {
    vec![
        route::<today::Today>(),
        route::<findings::Findings>(),
        route::<finding::FindingPage>(),
        route::<report::ReportPage>(),
        route::<search::Search>(),
        route::<entities::Entities>(),
        route::<entity::EntityPage>(),
        route::<facilities::Facilities>(),
        route::<transfers::Transfers>(),
        route::<timeline::Timeline>(),
        route::<sources::Sources>(),
        route::<review::Review>(),
        route::<history::History>(),
        route::<watch::Watched>(),
        route::<watch::WatchedOne>(),
        route::<export::ExportPage>(),
        route::<audit::Audit>(),
        route::<help::Help>(),
    ]
}

/// Every address that gives data.
fn data() -> impl Iterator<Item = Route> {
    let others = [
        crate::judging::route(),
        report::captures(),
        export::files(),
        watch::saving(),
    ];
    routes().into_iter().chain(others)
}

/// What is told of them.
pub(crate) fn described() -> Described {
    let mut described = Described::default();
    data().for_each(|route| described.add(route.described));
    described
}

/// All of them.
pub(crate) fn router() -> Router<Arc<Desk>> {
    let all = data().fold(Router::new(), |router, route| router.merge(route.router));
    all.merge(crate::access::login::router())
        .merge(openapi::router())
}
