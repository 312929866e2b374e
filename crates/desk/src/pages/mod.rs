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

/// All of them, with their description.
pub(crate) fn router() -> Router<Arc<Desk>> {
    let mut router = Router::new();
    let mut described = Vec::new();
    for route in routes() {
        router = router.merge(route.router);
        described.push((route.described, route.schemas));
    }
    router
        .merge(crate::judging::router())
        .merge(report::captures())
        .merge(export::files())
        .merge(watch::router())
        .merge(crate::access::login::router())
        .merge(openapi::router(described))
}
