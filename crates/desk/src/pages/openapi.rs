//! The description of every address for programs, and a page that shows it.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use axum::{
    Extension, Router,
    extract::State,
    http::{Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde_json::Value;

use crate::{
    Desk, Trouble,
    access::Visitor,
    frame::{Here, frame},
    page::{Form, wrong},
};

static WHOLE: LazyLock<Value> = LazyLock::new(|| {
    // It is made of strings and maps alone.
    serde_json::to_value(super::described().finish()).unwrap_or_default()
});

pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/openapi", get(show))
}

async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(form): Extension<Form>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
) -> Response {
    let here = Here::of(&desk, &uri, visitor);
    let (media, body) = match form {
        Form::Json => (form.media(), format!("{:#}\n", *WHOLE)),
        Form::Html => {
            let page = frame(&here, "For programs", &[Form::Json], page(&WHOLE));
            (form.media(), page.into_string())
        }
        other => {
            let said = format!("the description has no {} form", other.ending());
            return wrong(&Trouble::NotThere(said), form, &here);
        }
    };
    ([(header::CONTENT_TYPE, media)], body).into_response()
}

/// Addresses that differ in the ending alone are one.
struct Address<'a> {
    method: &'a str,
    forms: Vec<&'a str>,
    operation: &'a Value,
}

fn addresses(whole: &Value) -> BTreeMap<&str, Address<'_>> {
    let mut out: BTreeMap<&str, Address<'_>> = BTreeMap::new();
    let paths = whole["paths"].as_object().into_iter().flatten();
    for (path, item) in paths {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let (form, stem) = Form::of(path);
            let json = form == Form::Json;
            let address = out.entry(stem).or_insert_with(|| Address {
                method,
                forms: Vec::new(),
                operation,
            });
            // What the answer holds is told of the JSON.
            if json {
                address.operation = operation;
            }
            address
                .forms
                .insert(if json { 0 } else { address.forms.len() }, path);
        }
    }
    out
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

/// What stands between two backticks is code.
fn marked(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn page(whole: &Value) -> Markup {
    let all = addresses(whole);
    let anchor = |path: &str| path.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    html! {
        h1 { "For programs" }
        p {
            "Every page is data: the same address with " code { ".json" } ", and where it fits with another ending, gives what the page shows. "
            "The whole description is " a href="/openapi.json" { "OpenAPI 3.1" } ". What is absent was not said; lists go on after the " code { "next" } " of the page before."
        }
        p { "Where there are accounts a program signs in as people do, and sends the cookie. Language models are answered by " code { "sayso mcp" } "." }
        nav.within aria-label="Addresses" {
            @for path in all.keys() { a href=(format!("#a{}", anchor(path))) { (path) } }
        }
        @for (path, address) in &all {
            section.card id=(format!("a{}", anchor(path))) {
                h2 { code { (address.method.to_uppercase()) " " (path) } }
                p { (text(address.operation, "summary")) }
                @if address.forms.len() > 1 || address.forms.first() != Some(path) {
                    p.quiet { "As " @for (at, form) in address.forms.iter().enumerate() { @if at > 0 { ", " } code { (form) } } }
                }
                (asked(address.operation))
                (answered(whole, address.operation))
            }
        }
    }
}

/// What can be asked.
fn asked(operation: &Value) -> Markup {
    let parameters = operation["parameters"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    html! {
        @if !parameters.is_empty() {
            div.scroll tabindex="0" role="region" aria-label=(format!("What {} can be asked", text(operation, "operationId"))) {
                table {
                    thead { tr { th scope="col" { "Asked" } th scope="col" { "Is" } } }
                    tbody { @for it in parameters { tr {
                        td { code { (text(it, "name")) } @if it["in"] == "path" { span.quiet { " in the path" } } }
                        td { (marked(text(it, "description"))) }
                    } } }
                }
            }
        }
    }
}

/// The fields of the answer, and of what they are made of.
fn answered(whole: &Value, operation: &Value) -> Markup {
    let mut open = Vec::new();
    let bodies = [&operation["requestBody"], &operation["responses"]["200"]];
    for body in bodies {
        for content in body["content"].as_object().into_iter().flatten() {
            refers(&content.1["schema"], &mut open);
        }
    }
    let mut names: Vec<&str> = Vec::new();
    while !open.is_empty() {
        let name = open.remove(0);
        if !names.contains(&name) {
            names.push(name);
            refers(&whole["components"]["schemas"][name], &mut open);
        }
    }
    html! {
        @if !names.is_empty() {
            details {
                summary { "Fields" }
                @for name in names {
                    @let schema = &whole["components"]["schemas"][name];
                    h3 { (name) }
                    @if !text(schema, "description").is_empty() { p.quiet { (marked(text(schema, "description"))) } }
                    dl.facts {
                        @for (field, of) in schema["properties"].as_object().into_iter().flatten() {
                            dt { code { (field) } }
                            dd {
                                (shape(of))
                                @if !required(schema, field) { span.quiet { ", may be absent" } }
                                @if !text(of, "description").is_empty() { ": " (marked(text(of, "description"))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn required(schema: &Value, field: &str) -> bool {
    let all = schema["required"].as_array();
    all.is_some_and(|all| all.iter().any(|it| it == field))
}

/// Names of the schemas that `value` refers to, in the order in which they stand.
fn refers<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
    match value {
        Value::Object(all) => {
            for (key, value) in all {
                match value.as_str().filter(|_| key == "$ref") {
                    Some(to) => out.push(named(to)),
                    None => refers(value, out),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|value| refers(value, out)),
        _ => {}
    }
}

fn named(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// A type in a few words: `list of Finding`.
fn shape(schema: &Value) -> String {
    if let Some(to) = schema["$ref"].as_str() {
        return named(to).to_owned();
    }
    for several in ["oneOf", "allOf", "anyOf"] {
        if let Some(all) = schema[several].as_array() {
            let all = all.iter().map(shape).filter(|it| it != "null");
            return all.collect::<Vec<_>>().join(" or ");
        }
    }
    let kind = match &schema["type"] {
        Value::String(kind) => kind.as_str(),
        Value::Array(kinds) => (kinds.iter().filter_map(Value::as_str))
            .find(|kind| *kind != "null")
            .unwrap_or(""),
        _ => "",
    };
    match kind {
        "array" if schema["prefixItems"].is_array() => {
            let parts = schema["prefixItems"].as_array().into_iter().flatten();
            format!("[{}]", parts.map(shape).collect::<Vec<_>>().join(", "))
        }
        "array" => format!("list of {}", shape(&schema["items"])),
        "object" if !schema["additionalProperties"].is_null() => {
            format!("{} by name", shape(&schema["additionalProperties"]))
        }
        "" => "anything".to_owned(),
        kind => kind.to_owned(),
    }
}
