//! What a report says without a source: is it the publisher's own to say?

use sayso_gazetteer::sources::{Outlet, OutletKind};

use crate::lineage::Credit;

/// Why what a report says without a source is its publisher's own to say. `shown`: words that show reporting of its own. `None`: nothing shows it.
pub(super) fn firsthand(
    shown: Option<String>,
    publisher: Option<&Outlet>,
    credits: &[Credit],
) -> Option<String> {
    let is_printed = credits
        .iter()
        .any(|credit| credit.span.is_none() && credit.how != "link");
    if let Some(words) = shown {
        return Some(format!("\"{words}\""));
    }
    let outlet = publisher.filter(|outlet| outlet.reports_itself && !is_printed)?;
    let name = &outlet.name;
    match outlet.kind {
        OutletKind::Government => Some(format!("{name} speaks for itself")),
        OutletKind::ThinkTank | OutletKind::Ngo => Some(format!("{name} publishes what it found")),
        OutletKind::Aggregator => None,
        // Known to report for itself, and credits nobody here.
        _ => credits
            .iter()
            .all(|credit| credit.who.is_none())
            .then(|| format!("{name} is known to report for itself, and credits nobody here")),
    }
}
