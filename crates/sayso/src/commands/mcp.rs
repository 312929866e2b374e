//! Answers language models over the Model Context Protocol.

use std::sync::Arc;

use sayso_desk::mcp::{serve_http, serve_stdio};

use super::{looking, up_to_date};
use crate::{
    Session,
    args::Mcp,
    exit::{Ended, Usage},
};

pub(crate) fn run(session: &Session, what: &Mcp) -> anyhow::Result<Ended> {
    if let Some(address) = what.http.filter(|address| !address.ip().is_loopback()) {
        return Err(Usage(format!(
            "{} can be reached by others: the tools answer on this machine alone",
            address.ip()
        ))
        .into());
    }
    drop(up_to_date(session)?);
    let desk = looking::desk(session)?;
    let desk = Arc::new(desk);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match what.http {
            None => serve_stdio(desk).await?,
            Some(address) => {
                let listener = tokio::net::TcpListener::bind(address)
                    .await
                    .map_err(|error| Usage(format!("cannot listen on {address}: {error}")))?;
                eprintln!("http://{}/mcp", listener.local_addr()?);
                let until = async {
                    let _ = tokio::signal::ctrl_c().await;
                };
                serve_http(desk, listener, until).await?;
            }
        }
        Ok(Ended::Done)
    })
}
