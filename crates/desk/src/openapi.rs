//! How addresses are described for programs: OpenAPI 3.1, made from the types that are sent.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, Content, ContentBuilder, HttpMethod, InfoBuilder, KnownFormat, OpenApi,
        OpenApiBuilder, PathsBuilder, Ref, RefOr, Required, ResponseBuilder, Responses,
        ResponsesBuilder, SchemaFormat,
        path::{OperationBuilder, ParameterBuilder, ParameterIn, PathItem},
        request_body::{RequestBody, RequestBodyBuilder},
        schema::{AnyOfBuilder, ObjectBuilder, Schema, Type},
    },
};

use crate::page::Wrong;

/// Addresses, and the schemas that their description refers to.
#[derive(Default)]
pub struct Described {
    paths: Vec<(String, PathItem)>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Described {
    pub(crate) fn path(&mut self, path: &str, method: HttpMethod, operation: OperationBuilder) {
        let item = PathItem::new(method, operation.build());
        self.paths.push((path.to_owned(), item));
    }

    /// A type and all that it is made of.
    pub(crate) fn schema<T: ToSchema + PartialSchema>(&mut self) {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.schemas.extend(other.schemas);
    }

    /// The whole description.
    pub(crate) fn finish(mut self) -> OpenApi {
        self.schema::<Wrong>();
        let mut paths = PathsBuilder::new();
        for (path, item) in self.paths {
            paths = paths.path(path, item);
        }
        let mut parts = ComponentsBuilder::new();
        for (name, schema) in self.schemas {
            parts = parts.schema(name, schema);
        }
        let info = InfoBuilder::new()
            .title("sayso")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some("Claims, findings and the origins behind them, as the desk shows them. What is absent was not said. Lists go on after the `next` of the page before."));
        OpenApiBuilder::new()
            .info(info.build())
            .paths(paths.build())
            .components(Some(parts.build()))
            .build()
    }
}

/// A whole number, or an empty field of a form.
pub(crate) struct Number;

/// A day such as 2023-08-01, or an empty field of a form.
pub(crate) struct Date;

fn or_empty(one: ObjectBuilder) -> RefOr<Schema> {
    let empty = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(0));
    let either = AnyOfBuilder::new().item(one.build()).item(empty.build());
    Schema::AnyOf(either.build()).into()
}

impl PartialSchema for Number {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer);
        or_empty(number.minimum(Some(0)).maximum(Some(u32::MAX)))
    }
}

impl PartialSchema for Date {
    fn schema() -> RefOr<Schema> {
        let day = SchemaFormat::KnownFormat(KnownFormat::Date);
        or_empty(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(day)),
        )
    }
}

impl ToSchema for Number {}
impl ToSchema for Date {}

/// An operation on `path`, whose parts in braces are told of.
pub(crate) fn operation(path: &str, ending: &str, what: &str) -> OperationBuilder {
    let name = format!("{path}{ending}");
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut operation = OperationBuilder::new()
        .operation_id(Some(words.join("_")))
        .summary(Some(what));
    for part in path.split('/') {
        if let Some(name) = part.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            let text = ObjectBuilder::new().schema_type(Type::String);
            let parameter = ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(text.build()));
            operation = operation.parameter(parameter.build());
        }
    }
    operation
}

/// What comes back, and what does when something is wrong.
pub(crate) fn responses(what: &str, media: &str, content: Content) -> Responses {
    let media = media.split("; charset").next().unwrap_or(media);
    let good = ResponseBuilder::new().description(what);
    let mut all = ResponsesBuilder::new().response("200", good.content(media, content).build());
    for (status, what) in [
        ("400", "What was asked makes no sense."),
        ("401", "Sign in first, where there are accounts."),
        ("403", "Who asks may not."),
        ("404", "Nothing has that id or name."),
        ("405", "The address does not answer to this method."),
        ("409", "What was judged before stands in the way."),
        ("503", "The ledger is held by another, or it took too long."),
    ] {
        let wrong = ResponseBuilder::new().description(what);
        let content = of_type(&Wrong::name());
        all = all.response(status, wrong.content("application/json", content).build());
    }
    all.build()
}

pub(crate) fn of_type(name: &str) -> Content {
    let schema = Ref::from_schema_name(name);
    ContentBuilder::new().schema(Some(schema)).build()
}

/// What is told of an answer of a media type that has a description elsewhere.
pub(crate) fn of_media(media: &str) -> Content {
    let schema = match media {
        media if media.contains("+json") => ObjectBuilder::new().schema_type(Type::Object),
        media if media.starts_with("text/") || media.contains("xml") => {
            ObjectBuilder::new().schema_type(Type::String)
        }
        _ => return bytes(),
    };
    ContentBuilder::new().schema(Some(schema.build())).build()
}

fn bytes() -> Content {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    ContentBuilder::new().schema(Some(schema.build())).build()
}

/// Fields of a form.
pub(crate) fn form(name: &str) -> RequestBody {
    RequestBodyBuilder::new()
        .content("application/x-www-form-urlencoded", of_type(name))
        .required(Some(Required::True))
        .build()
}

#[cfg(test)]
mod tests {

    #[test]
    fn one_name_is_one_schema() {
        let described = crate::pages::described();
        let all = &described.schemas;
        for (at, (name, schema)) in all.iter().enumerate() {
            let same = all[..at].iter().find(|(known, _)| known == name);
            if let Some((_, known)) = same {
                assert!(known == schema, "two types are called {name}");
            }
        }
        assert!(all.len() > 60, "{}", all.len());
    }

    #[test]
    fn everything_that_is_referred_to_is_there() {
        let whole = crate::pages::described().finish();
        let json = serde_json::to_value(&whole).expect("it can be written");
        let known = &json["components"]["schemas"];
        let mut open = vec![&json];
        let mut seen = 0;
        while let Some(value) = open.pop() {
            if let Some(to) = value.get("$ref").and_then(|it| it.as_str()) {
                let name = to.trim_start_matches("#/components/schemas/");
                assert!(!known[name].is_null(), "{to} leads nowhere");
                seen += 1;
            }
            match value {
                serde_json::Value::Array(all) => open.extend(all),
                serde_json::Value::Object(all) => open.extend(all.values()),
                _ => {}
            }
        }
        assert!(seen > 200, "{seen}");
    }
}
