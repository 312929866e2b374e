//! HTML pages.

use trafilatura::{ExtractionFocus, HtmlDateMode, Options, dom::Document};
use url::Url;

use sayso_records::NoticeCode;

use crate::{
    Limits, body,
    depth::{self, Bounds, Refusal},
    draft::{Draft, Remark},
    meta,
    worker::{Fault, guarded},
};

/// More elements than this are no article: the largest pages of encyclopedias have a fifth of it.
const MOST_ELEMENTS: usize = 250_000;
const MOST_ATTRIBUTES: usize = 1_000;

/// Reads a page. `asked` is the address it was got from. `fragment`: a piece of markup that may be too small for the extractor
/// to find an article in; then it is taken whole.
pub(crate) fn page(
    html: &str,
    asked: Option<Url>,
    fragment: bool,
    limits: &Limits,
) -> Result<(Draft, Vec<Remark>), Remark> {
    let bounds = Bounds {
        depth: limits.max_depth,
        elements: MOST_ELEMENTS,
        attributes: MOST_ATTRIBUTES,
    };
    let survey = depth::survey(html, bounds).map_err(|refusal| refused(refusal, limits))?;
    let slim = survey.slim(html);
    let job = move || extract(&slim, asked.as_ref(), fragment);
    match guarded(limits.stack_bytes, limits.timeout, job) {
        Ok(result) => result,
        Err(Fault::TooSlow) => Err(Remark::new(
            NoticeCode::TooSlow,
            format!(
                "finding the article took longer than {} s; the page was left out",
                limits.timeout.as_secs_f32()
            ),
        )),
        Err(Fault::Panicked(message)) => Err(Remark::new(
            NoticeCode::Internal,
            format!(
                "the page made the extractor fail ({message}); it was left out, please report it"
            ),
        )),
        Err(Fault::NoThread(message)) => Err(Remark::new(
            NoticeCode::Internal,
            format!("no thread could be started to read the page: {message}"),
        )),
    }
}

fn refused(refusal: Refusal, limits: &Limits) -> Remark {
    match refusal {
        Refusal::TooDeep => Remark::new(
            NoticeCode::TooDeep,
            format!(
                "elements are nested more than {} deep; the page was left out",
                limits.max_depth
            ),
        ),
        Refusal::TooMany => Remark::new(
            NoticeCode::TooLarge,
            format!("the page has more than {MOST_ELEMENTS} elements and was left out"),
        ),
        Refusal::TooManyAttributes => Remark::new(
            NoticeCode::TooLarge,
            format!("an element has more than {MOST_ATTRIBUTES} attributes; the page was left out"),
        ),
        Refusal::Tangled => Remark::new(
            NoticeCode::TooDeep,
            "its markup is tangled so that its depth cannot be told (frames, or text elements in a list to choose from); the page was left out",
        ),
    }
}

fn extract(
    html: &str,
    asked: Option<&Url>,
    fragment: bool,
) -> Result<(Draft, Vec<Remark>), Remark> {
    let document = Document::parse(html);
    let found = meta::meta(&document);
    let address = meta::address(found.canonical.as_deref(), asked);
    let base = found
        .base
        .as_deref()
        .and_then(|base| match asked.or(address.as_ref()) {
            Some(page) => page.join(base.trim()).ok(),
            None => Url::parse(base.trim()).ok(),
        });
    let base = base.as_ref().or(asked).or(address.as_ref());
    let mut options = Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_links(true)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    options.original_url = base.cloned();
    let content = trafilatura::extract_document(document, &options);
    let mut paragraphs = content
        .as_ref()
        .map(|it| body::paragraphs(&it.content_html, base))
        .unwrap_or_default();
    if paragraphs.is_empty() && fragment {
        paragraphs = body::paragraphs(html, base);
    }
    if paragraphs.is_empty() {
        return Err(Remark::new(
            NoticeCode::NoMainText,
            "no article text could be found in the page",
        ));
    }
    let (title, byline) = content.map_or((String::new(), String::new()), |it| {
        (it.metadata.title, it.metadata.author)
    });
    let said = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let mut remarks = Vec::new();
    if let Some(raw) = found.bad_published {
        remarks.push(Remark::new(
            NoticeCode::BadMetadata,
            format!("the page's published time \"{raw}\" cannot be read; the report has none"),
        ));
    }
    let draft = Draft {
        title: found.title.or_else(|| said(title)),
        byline: found.byline.or_else(|| said(byline)),
        publisher: found
            .publisher
            .or_else(|| address.as_ref().and_then(meta::host)),
        published: found.published,
        url: address.map(String::from),
        declared_language: found.language,
        given_language: None,
        paragraphs,
    };
    Ok((draft, remarks))
}
