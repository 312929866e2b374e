//! What a page says of itself: title, byline, outlet, published time, address, language.

use jiff::civil;
use serde_json::Value;
use trafilatura::dom::{Document, NodeId};
use url::Url;

use crate::{
    layout,
    linked_data::{self, Article},
    published::{Published, published},
};

/// The page's own words for each; the best where it has several.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meta {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    /// A date that the page gives and that cannot be read, where it gives no other.
    pub bad_published: Option<String>,
    pub canonical: Option<String>,
    pub base: Option<String>,
    pub language: Option<String>,
}

/// Names of `<meta>` that give the published time, surest first.
const TIMES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "article.published",
    "published-date",
    "publish-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "publishdate",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "datecreated",
    "date",
];

#[derive(Default)]
struct Found {
    /// Rank (smaller is surer) and the raw words.
    times: Vec<(usize, String)>,
    titles: Vec<(usize, String)>,
    sites: Vec<(usize, String)>,
    authors: Vec<(usize, String)>,
    canonical: Option<String>,
    og_url: Option<String>,
    base: Option<String>,
    language: Option<String>,
    data: Vec<Value>,
}

const TAGS: &[&str] = &[
    "html", "base", "link", "meta", "script", "time", "title", "h1", "abbr",
];

/// Goes over the tree once.
pub(crate) fn meta(document: &Document) -> Meta {
    let mut found = Found::default();
    for node in document.iter_descendants(document.root(), TAGS) {
        let get = |name: &str| {
            document
                .get_attribute(node, name)
                .filter(|value| !value.trim().is_empty())
        };
        match document.tag_name(node) {
            "html" => {
                found.language = found
                    .language
                    .take()
                    .or_else(|| get("lang").or_else(|| get("xml:lang")))
            }
            "base" => found.base = found.base.take().or_else(|| get("href")),
            "link" => {
                let canonical = get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if canonical && found.canonical.is_none() {
                    found.canonical = get("href");
                }
            }
            "meta" => one_meta(&mut found, document, node),
            "script" => {
                let data = get("type").is_some_and(|it| {
                    it.trim()
                        .to_ascii_lowercase()
                        .starts_with("application/ld+json")
                });
                if data {
                    found
                        .data
                        .extend(linked_data::parse(&document.text_content(node)));
                }
            }
            "time" | "abbr" => one_time(&mut found, document, node),
            "h1" => found.titles.push((3, document.text_content(node))),
            "title" => found.titles.push((4, document.text_content(node))),
            _ => {}
        }
    }
    settle(found)
}

fn one_meta(found: &mut Found, document: &Document, node: NodeId) {
    let get = |name: &str| document.get_attribute(node, name);
    let Some(content) = get("content").filter(|it| !it.trim().is_empty()) else {
        return;
    };
    for key in ["property", "name", "itemprop"].into_iter().filter_map(get) {
        let key = key.trim().to_ascii_lowercase();
        if let Some(rank) = TIMES.iter().position(|it| *it == key) {
            found.times.push((rank + 1, content.clone()));
        }
        let content = content.clone();
        match key.as_str() {
            "og:title" => found.titles.push((1, content)),
            "twitter:title" | "parsely-title" | "dc.title" | "headline" => {
                found.titles.push((2, content))
            }
            "og:site_name" => found.sites.push((0, content)),
            "application-name" | "dc.publisher" | "dcterms.publisher" | "publisher" => {
                found.sites.push((2, content))
            }
            "author" | "article:author" | "parsely-author" | "sailthru.author" | "dc.creator"
            | "dcterms.creator" | "byl" => {
                found.authors.push((1, content));
            }
            "og:url" => found.og_url = found.og_url.take().or(Some(content)),
            "language" | "dc.language" | "og:locale" if found.language.is_none() => {
                found.language = Some(content)
            }
            _ => {}
        }
    }
}

fn one_time(found: &mut Found, document: &Document, node: NodeId) {
    let get = |name: &str| document.get_attribute(node, name).unwrap_or_default();
    let marks = format!("{} {}", get("itemprop"), get("class")).to_ascii_lowercase();
    if marks.contains("update") || marks.contains("modif") {
        return;
    }
    let published = marks.contains("publish")
        || marks.contains("entry-date")
        || document.get_attribute(node, "pubdate").is_some();
    let rank = if published { 40 } else { 60 };
    let stamp = if document.tag_name(node) == "abbr" {
        get("title")
    } else {
        get("datetime")
    };
    if !stamp.is_empty() {
        found.times.push((rank, stamp));
    } else if document.tag_name(node) == "time" {
        found
            .times
            .push((rank + 1, layout::line(&document.text_content(node))));
    }
}

fn settle(mut found: Found) -> Meta {
    let article = linked_data::article(&found.data).unwrap_or_default();
    let Article {
        headline,
        date,
        authors,
        publisher,
        url,
        language,
    } = article;
    found.times.extend(date.map(|date| (0, date)));
    found.titles.extend(headline.map(|headline| (0, headline)));
    found
        .sites
        .extend(publisher.map(|publisher| (1, publisher)));
    let (published, bad_published) = best_time(found.times);
    let publisher = first(found.sites);
    let title = first(found.titles).map(|title| without_site(&title, publisher.as_deref()));
    let byline = if authors.is_empty() {
        let names: Vec<String> = found
            .authors
            .into_iter()
            .map(|(_, it)| it)
            .filter(|it| is_name(it))
            .collect();
        names.first().cloned()
    } else {
        Some(authors.join(", "))
    };
    Meta {
        title,
        byline: byline
            .map(|it| layout::line(&layout::decode_entities(&it)))
            .filter(|it| !it.is_empty()),
        publisher,
        published,
        bad_published,
        canonical: found.canonical.or(found.og_url).or(url),
        base: found.base,
        language: found.language.or(language),
    }
}

/// The surest words that say anything.
fn first(mut found: Vec<(usize, String)>) -> Option<String> {
    found.sort_by_key(|(rank, _)| *rank);
    let mut lines = found
        .into_iter()
        .map(|(_, text)| layout::line(&layout::decode_entities(&text)));
    lines.find(|line| !line.is_empty())
}

/// An address of a profile is no name.
fn is_name(text: &str) -> bool {
    !text.contains("://") && !text.trim().is_empty() && text.chars().count() <= 200
}

/// The surest time; where that is a date alone, another statement may give the hour of the same day.
fn best_time(mut times: Vec<(usize, String)>) -> (Option<String>, Option<String>) {
    times.sort_by_key(|(rank, _)| *rank);
    let read: Vec<Published> = times.iter().filter_map(|(_, raw)| published(raw)).collect();
    let Some(surest) = read.first() else {
        // What stands in a `<time>` may be anything; what is declared as the published time should be one.
        let declared = times
            .into_iter()
            .find(|(rank, raw)| *rank < 40 && !raw.trim().is_empty());
        return (None, declared.map(|(_, raw)| layout::line(&raw)));
    };
    let near = |other: civil::Date| {
        let days = surest
            .date
            .until(other)
            .map_or(i32::MAX, |span| span.get_days());
        days.abs() <= 1
    };
    let exact = read.iter().find(|it| it.exact && near(it.date));
    (Some(exact.unwrap_or(surest).text.clone()), None)
}

/// "Headline | Outlet" and "Headline - Outlet" are the headline.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site else {
        return title.to_owned();
    };
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && layout::alike(tail, site)
            && !head.trim().is_empty()
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The page's address: what it calls canonical, unless that is only the front page of what was asked for.
pub(crate) fn address(canonical: Option<&str>, asked: Option<&Url>) -> Option<Url> {
    let canonical = canonical.and_then(|it| match asked {
        Some(asked) => asked.join(it.trim()).ok(),
        None => Url::parse(it.trim()).ok(),
    });
    let canonical =
        canonical.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match (canonical, asked) {
        (Some(canonical), Some(asked)) if canonical.path() == "/" && asked.path() != "/" => {
            Some(asked.clone())
        }
        (Some(canonical), _) => Some(canonical),
        (None, asked) => asked.cloned(),
    }
}

/// A host as an outlet's name: without `www.`.
pub(crate) fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, want: Meta) {
        assert_eq!(meta(&Document::parse(html)), want);
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn the_hour_may_come_from_a_second_statement() {
        check(
            "<meta name=date content=2023-08-02><time datetime='2023-08-02T09:00:00+02:00'>2 August</time>\
             <time datetime='2019-01-01T00:00:00Z'>old</time>",
            Meta {
                published: some("2023-08-02T09:00:00+02:00"),
                ..Meta::default()
            },
        );
    }

    #[test]
    fn a_date_that_is_none_is_told() {
        check(
            "<meta property='article:published_time' content='yesterday'>",
            Meta {
                bad_published: some("yesterday"),
                ..Meta::default()
            },
        );
    }

    #[test]
    fn the_outlet_is_cut_from_the_title() {
        check(
            "<html lang=en-GB><title>Who builds what | The Example</title><meta property=og:site_name content='The Example'>\
             <link rel=canonical href=/a><base href='https://x.example/'>",
            Meta {
                title: some("Who builds what"),
                publisher: some("The Example"),
                canonical: some("/a"),
                base: some("https://x.example/"),
                language: some("en-GB"),
                ..Meta::default()
            },
        );
    }

    #[test]
    #[allow(clippy::unwrap_used)]
    fn a_front_page_is_no_articles_address() {
        let asked = Url::parse("https://x.example/a").unwrap();
        let found = |it| address(it, Some(&asked)).unwrap().to_string();
        assert_eq!(found(Some("https://x.example/")), "https://x.example/a");
        assert_eq!(found(Some("/b")), "https://x.example/b");
        assert_eq!(found(None), "https://x.example/a");
        assert_eq!(address(Some("/b"), None), None);
    }
}
