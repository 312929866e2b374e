//! The description of every address for programs, and a page that shows it.

use std::sync::{Arc, LazyLock, OnceLock};

use axum::{Extension, Router, http::header, response::IntoResponse, routing::get};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, RefOr, path::PathItem,
    schema::Schema,
};

use crate::{
    Desk,
    page::{Form, Wrong},
};

type Described = ((String, PathItem), Vec<(String, RefOr<Schema>)>);

fn description(described: Vec<Described>) -> OpenApi {
    use utoipa::{PartialSchema, ToSchema};
    let mut paths = PathsBuilder::new();
    let mut parts = ComponentsBuilder::new().schema(Wrong::name(), Wrong::schema());
    for ((path, item), schemas) in described {
        paths = paths.path(path, item);
        for (name, schema) in schemas {
            parts = parts.schema(name, schema);
        }
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("sayso")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some("Claims, findings and the origins behind them, as the desk shows them. The endings .csv, .geojson, .graphml, .atom and .md of an address give its other forms, where it has them."))
                .build(),
        )
        .paths(paths.build())
        .components(Some(parts.build()))
        .build()
}

pub(crate) fn router(described: Vec<Described>) -> Router<Arc<Desk>> {
    static JSON: OnceLock<String> = OnceLock::new();
    static NONE: LazyLock<String> = LazyLock::new(String::new);
    let _ = JSON.set(description(described).to_pretty_json().unwrap_or_default());
    let json = || async {
        (
            [(header::CONTENT_TYPE, "application/json")],
            JSON.get().unwrap_or(&NONE).as_str(),
        )
    };
    Router::new().route(
        "/openapi",
        get(move |Extension(_): Extension<Form>| async move { json().await.into_response() }),
    )
}
