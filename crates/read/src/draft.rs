//! A report in the making: what every form is read into, and the last steps that all share.

use sayso_records::{Notice, NoticeCode, Report, ReportId, Sha256};

use crate::{body::Paragraph, furniture, language, layout};

/// A page's title is found again among so many paragraphs, below what of its menu was left.
const TOP: usize = 6;

/// What a form gives before furniture is taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    /// As a page's template says; detection goes before it.
    pub declared_language: Option<String>,
    /// As a person or a record says; taken as it is.
    pub given_language: Option<String>,
    pub paragraphs: Vec<Paragraph>,
}

/// Something to tell about an input, its address still to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    pub code: NoticeCode,
    /// From 1.
    pub line: Option<usize>,
    pub message: String,
}

impl Remark {
    pub(crate) fn new(code: NoticeCode, message: impl Into<String>) -> Self {
        Self {
            code,
            line: None,
            message: message.into(),
        }
    }

    pub(crate) fn at(code: NoticeCode, line: usize, message: impl Into<String>) -> Self {
        Self {
            code,
            line: Some(line),
            message: message.into(),
        }
    }

    pub(crate) fn about(self, address: &str) -> Notice {
        match self.line {
            Some(line) => Notice::new(self.code, format!("{address}:{line}"), self.message),
            None => Notice::new(self.code, address, self.message),
        }
    }
}

impl Draft {
    /// Takes out what is too long to be what it says it is: a name of a megabyte would stand on every page that tells of the report.
    pub(crate) fn overlong(&mut self) -> Vec<Remark> {
        let fields = [
            ("title", 2_000, &mut self.title),
            ("byline", 500, &mut self.byline),
            ("publisher", 300, &mut self.publisher),
            ("address", 4_000, &mut self.url),
        ];
        let long = fields.into_iter().filter_map(|(name, most, field)| {
            let letters = field.as_ref()?.chars().count();
            if letters <= most {
                return None;
            }
            *field = None;
            let message = format!("its {name} has {letters} letters, more than the {most} that one is believed to have; the report was read without it");
            Some(Remark::new(NoticeCode::BadMetadata, message))
        });
        long.collect()
    }

    /// The report: furniture out, the title on top. `None`: nothing is left beside the title.
    pub(crate) fn finish(self, id: ReportId, capture: Sha256) -> Option<Report> {
        let keep = furniture::keep(self.paragraphs.iter().map(|it| it.text.as_str()));
        let mut kept: Vec<Paragraph> = self
            .paragraphs
            .into_iter()
            .zip(keep)
            .filter_map(|(it, keep)| keep.then_some(it))
            .collect();
        let clean =
            |text: Option<String>| text.map(|it| layout::line(&it)).filter(|it| !it.is_empty());
        let (title, byline) = (clean(self.title), clean(self.byline));
        // Title and byline once more on top of the article are not its text, nor are the labels above them.
        let same = |it: &Paragraph, other: &Option<String>| {
            let by = it
                .text
                .strip_prefix("By ")
                .or_else(|| it.text.strip_prefix("by "));
            let words = by.unwrap_or(&it.text);
            other
                .as_deref()
                .is_some_and(|other| layout::alike(other, words) || layout::alike(other, &it.text))
        };
        let again = kept.iter().take(TOP).position(|it| same(it, &title));
        let labels = |upto: &usize| {
            !kept
                .iter()
                .take(*upto)
                .any(|it| furniture::is_sentence(&it.text))
        };
        if let Some(again) = again.filter(labels) {
            kept.drain(..=again);
        }
        while kept
            .first()
            .is_some_and(|it| same(it, &title) || same(it, &byline))
        {
            kept.remove(0);
        }
        let mut text = String::new();
        if let Some(title) = &title {
            text.push_str(title);
            text.push('\n');
        }
        let body = text.len();
        let mut links = Vec::new();
        for paragraph in kept {
            text.push_str(&paragraph.text);
            text.push('\n');
            links.extend(paragraph.links);
        }
        if text.len() == body {
            return None;
        }
        let declared = self.declared_language.as_deref();
        let language = self
            .given_language
            .or_else(|| language::language(text.get(body..).unwrap_or(""), declared));
        Some(Report {
            id,
            capture,
            title,
            byline,
            publisher: clean(self.publisher),
            published: self.published,
            url: clean(self.url),
            language,
            text,
            links,
        })
    }
}
