//! JSON-LD: what publishers tell search engines about an article.

use serde_json::Value;

/// What one article says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Article {
    pub headline: Option<String>,
    pub date: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// The value in a script, `None` where it is beyond mending. Pages put raw line breaks into strings and wrap the whole in comments.
pub(crate) fn parse(script: &str) -> Option<Value> {
    let trimmed = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let trimmed = trimmed
        .trim()
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(trimmed) {
        return Some(value);
    }
    let mended: String = trimmed
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    serde_json::from_str(&mended).ok()
}

/// The most article-like object of all scripts that says anything.
pub(crate) fn article(values: &[Value]) -> Option<Article> {
    let mut objects = Vec::new();
    values.iter().for_each(|value| collect(value, &mut objects));
    let rank = |object: &Value| {
        let types = texts(object.get("@type"));
        let article = types.iter().any(|it| {
            it.ends_with("Article")
                || it.ends_with("Posting")
                || matches!(
                    it.as_str(),
                    "Report" | "Review" | "Analysis" | "ClaimReview"
                )
        });
        let page = types
            .iter()
            .any(|it| it.ends_with("WebPage") || it == "CreativeWork");
        let dated = object.get("datePublished").is_some();
        match (article, page) {
            (true, _) => Some(u8::from(!dated)),
            (_, true) => Some(2 + u8::from(!dated)),
            _ => None,
        }
    };
    let (_, best) = objects
        .iter()
        .filter_map(|object| Some((rank(object)?, *object)))
        .min_by_key(|(rank, _)| *rank)?;
    let text = |key: &str| texts(best.get(key)).into_iter().next();
    Some(Article {
        headline: text("headline").or_else(|| text("name")),
        date: text("datePublished").or_else(|| text("dateCreated")),
        authors: names(best.get("author").or_else(|| best.get("creator")), &objects),
        publisher: names(
            best.get("publisher")
                .or_else(|| best.get("sourceOrganization")),
            &objects,
        )
        .into_iter()
        .next(),
        url: text("url").or_else(|| match best.get("mainEntityOfPage") {
            Some(Value::Object(page)) => texts(page.get("@id")).into_iter().next(),
            other => texts(other).into_iter().next(),
        }),
        language: text("inLanguage"),
    })
}

/// Every object with a type, through arrays, `@graph` and `mainEntity`; as deep as the JSON parser lets a value be (128).
fn collect<'a>(value: &'a Value, out: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, out)),
        Value::Object(fields) => {
            if fields.contains_key("@type") {
                out.push(value);
            }
            for key in ["@graph", "mainEntity", "itemListElement", "item", "hasPart"] {
                if let Some(inner) = fields.get(key) {
                    collect(inner, out);
                }
            }
        }
        _ => {}
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Some(Value::Array(values)) => values.iter().flat_map(|value| texts(Some(value))).collect(),
        _ => Vec::new(),
    }
}

/// Names of people or bodies: text, an object with a name, a reference to one of `objects`, or a list of such.
fn names(value: Option<&Value>, objects: &[&Value]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let values = match value {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    for value in values {
        let name = match value {
            Value::String(name) => Some(name.clone()),
            Value::Object(fields) => {
                let own = texts(fields.get("name"));
                let own = if own.is_empty() {
                    let id = fields.get("@id").and_then(Value::as_str);
                    let same = objects
                        .iter()
                        .find(|it| id.is_some() && it.get("@id").and_then(Value::as_str) == id);
                    same.map(|it| texts(it.get("name"))).unwrap_or_default()
                } else {
                    own
                };
                own.into_iter().next()
            }
            _ => None,
        };
        if let Some(name) = name
            .filter(|name| !name.trim().is_empty() && !name.contains("://") && !out.contains(name))
        {
            out.push(name);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, want: Article) {
        let values: Vec<Value> = parse(script).into_iter().collect();
        assert_eq!(article(&values), Some(want));
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn graphs_and_references() {
        check(
            r##"{"@graph":[{"@type":"Organization","@id":"#o","name":"The Example"},{"@type":"WebPage","datePublished":"2020-01-01"},
               {"@type":["NewsArticle","Article"],"headline":"H","datePublished":"2023-08-02T09:00:00Z","author":[{"name":"A"},"B"],
                "publisher":{"@id":"#o"},"mainEntityOfPage":{"@id":"https://x.example/a"},"inLanguage":"en"}]}"##,
            Article {
                headline: some("H"),
                date: some("2023-08-02T09:00:00Z"),
                authors: vec!["A".to_owned(), "B".to_owned()],
                publisher: some("The Example"),
                url: some("https://x.example/a"),
                language: some("en"),
            },
        );
    }

    #[test]
    fn broken_strings_are_mended() {
        check(
            "<!-- [{\"@type\":\"ReportageNewsArticle\",\"headline\":\"a\nb\"}] -->",
            Article {
                headline: some("a b"),
                ..Article::default()
            },
        );
    }

    #[test]
    fn nonsense_is_nothing() {
        assert_eq!(parse("{"), None);
        assert_eq!(
            article(
                &parse("[1, null, {\"@type\": 3}]")
                    .into_iter()
                    .collect::<Vec<_>>()
            ),
            None
        );
        let deep = "[".repeat(100_000);
        assert_eq!(parse(&deep), None);
    }
}
