use std::io::Write;

use sayso_ledger::{Filter, Ledger};
use sayso_resolve::judged::Standing;

use super::{claims::nothing, one};
use crate::{Session, exit::Ended, show};

pub(crate) fn run(session: &Session, id: &str, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let ledger = Ledger::look(&session.ledger)?;
    let Some(report) = one(ledger.report(id)?, "report", id)? else {
        return nothing(&format!("no report whose id begins with {id}"));
    };
    let filter = Filter {
        report: Some(report.report.id.clone()),
        ..Filter::default()
    };
    let claims = ledger.claims(&filter)?;
    let standing = Standing::of(&ledger.judgements()?);
    show::reading::write(out, session.screen, &report, &claims, &standing)?;
    if let Some(url) = &report.report.url {
        for other in ledger.editions(url, &report.report.id)? {
            show::editions::write(out, session.screen, &report.report, &other.report)?;
        }
    }
    Ok(Ended::Done)
}
