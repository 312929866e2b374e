//! Files that pages load, carried in the program.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sayso_records::Sha256;

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

/// What each is at present, by which a browser asks whether it has changed.
static TAGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let tag = |(_, _, bytes): &(&str, &str, &[u8])| format!("\"{}\"", Sha256::of(bytes));
    ASSETS.iter().map(tag).collect()
});

pub(crate) async fn serve(Path(name): Path<String>, head: HeaderMap) -> Response {
    let Some(at) = ASSETS.iter().position(|(known, ..)| *known == name) else {
        return (StatusCode::NOT_FOUND, "no such file").into_response();
    };
    let ((_, media, bytes), tag) = (&ASSETS[at], TAGS[at].as_str());
    let headers = [
        (header::CONTENT_TYPE, *media),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ETAG, tag),
    ];
    let known = head.get(header::IF_NONE_MATCH);
    // What was compressed on the way has the same tag, marked as weak.
    let same = known
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.contains(tag));
    match same {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, *bytes).into_response(),
    }
}
