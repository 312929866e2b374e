//! What is read with doubt.

use sayso_claim::LONGEST_PARAGRAPH;
use sayso_corroborate::lineage::is_ahead;
use sayso_records::{Notice, NoticeCode, Report};

/// That `report` is dated after `now`, the time of reading.
pub(super) fn ahead(report: &Report, address: &str, now: &str) -> Option<Notice> {
    let published = report.published.as_deref()?;
    is_ahead(published, Some(now)).then(|| {
        let day = published.get(..10).unwrap_or(published);
        let message = format!(
            "the report is dated {day}, which is still to come; the date is kept but not believed: to findings report {} is undated",
            report.id
        );
        Notice::new(NoticeCode::BadMetadata, address, message)
    })
}

/// That `report` is in another language than `reads`.
pub(super) fn other_language(report: &Report, address: &str, reads: &str) -> Option<Notice> {
    let is = report.language.as_deref()?;
    (is != reads).then(|| {
        let message = format!(
            "the text is in another language ({is}) than the model reads ({reads}); report {} is kept without claims",
            report.id
        );
        Notice::new(NoticeCode::Language, address, message)
    })
}

/// That `report` has paragraphs that are too long to be prose.
pub(super) fn too_long(report: &Report, address: &str) -> Option<Notice> {
    let long = report
        .paragraphs()
        .filter(|(_, text)| text.len() > LONGEST_PARAGRAPH)
        .count();
    (long > 0).then(|| {
        let message = format!(
            "paragraphs of more than {LONGEST_PARAGRAPH} bytes are kept and not read for claims, as no prose is so long: report {} has {long}",
            report.id
        );
        Notice::new(NoticeCode::TooLong, address, message)
    })
}
