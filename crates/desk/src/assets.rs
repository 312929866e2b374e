//! Files that pages load, carried in the program.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// What every page looks like, then what only some have.
const CSS: &str = concat!(
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/finding.css"),
    include_str!("../assets/css/report.css"),
    include_str!("../assets/css/entity.css"),
    include_str!("../assets/css/map.css"),
    include_str!("../assets/css/transfers.css"),
    include_str!("../assets/css/timeline.css"),
    include_str!("../assets/css/review.css"),
    include_str!("../assets/css/access.css"),
);

/// Name, media type, bytes.
const ASSETS: &[(&str, &str, &[u8])] = &[
    ("desk.css", "text/css; charset=utf-8", CSS.as_bytes()),
    (
        "desk.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/dist/desk.js"),
    ),
    (
        "map.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/dist/map.js"),
    ),
    (
        "network.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/dist/network.js"),
    ),
    (
        "review.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/dist/review.js"),
    ),
    (
        "world.svg",
        "image/svg+xml",
        include_bytes!("../assets/dist/world.svg"),
    ),
    (
        "mark.svg",
        "image/svg+xml",
        include_bytes!("../assets/mark.svg"),
    ),
];

pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        Some((_, media, bytes)) => (
            [
                (header::CONTENT_TYPE, *media),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            *bytes,
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "no such file").into_response(),
    }
}
