//! The desk in the browser: what it is opened with, and who writes what is judged there.

use std::{
    io::{self, IsTerminal, Write},
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use sayso::pipeline::findings::Corroborator;
use sayso_codebook::Codebook;
use sayso_desk::{
    Desk, Keeper, Kept, Trouble,
    serve::{Settings, serve},
};
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_ledger::Ledger;
use sayso_records::{Act, Judgement};
use sayso_resolve::judged::{Refusal, Standing};

use super::{judge, material, up_to_date};
use crate::{
    Session,
    args::{Book, Serve},
    exit::{Ended, Material, Usage},
};

pub(crate) fn run(session: &Session, what: &Serve, out: &mut dyn Write) -> anyhow::Result<Ended> {
    // Whoever names a host or a proxy lets others in, though the desk itself listens on this machine alone.
    let others = !what.listen.ip().is_loopback() || what.behind_tls || !what.host.is_empty();
    let accounts = what.accounts || others;
    if accounts && Ledger::open(&session.ledger)?.accounts()?.is_empty() {
        return Err(Usage(
            "a desk that others reach wants accounts, and there is none yet: sayso account add NAME --role admin makes one".into(),
        )
        .into());
    }
    // Where people sign in, judgements are kept under their own names.
    let name = match accounts {
        true => String::new(),
        false => judge::user(what.who.clone())
            .map_err(|_| Usage("it is not known who you are: say who judges with --as".into()))?,
    };
    drop(up_to_date(session)?);
    let gazetteer = Arc::new(Gazetteer::bundled().map_err(|error| Material(error.to_string()))?);
    let codebook = Arc::new(material::codebook(&Book { codebook: None })?);
    let keeper = Writer {
        ledger: session.ledger.clone(),
        gazetteer: gazetteer.clone(),
        codebook: codebook.clone(),
        sources: material::sources(session)?,
        turn: Mutex::new(()),
    };
    let desk = Desk::open(&session.ledger, gazetteer, codebook, Box::new(keeper))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(what.listen)
            .await
            .map_err(|error| Usage(format!("cannot listen on {}: {error}", what.listen)))?;
        let address = listener.local_addr()?;
        writeln!(out, "http://{address}/")?;
        out.flush()?;
        if io::stderr().is_terminal() {
            eprintln!("The desk is open under that address until Ctrl-C.");
        }
        if others && !what.behind_tls {
            eprintln!("{}", in_front(address));
        }
        let settings = Settings {
            hosts: hosts(address, &what.host),
            name,
            token: sayso_desk::access::token(),
            accounts,
            secure: what.behind_tls,
        };
        let until = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        serve(Arc::new(desk), settings, listener, until).await?;
        Ok(Ended::Done)
    })
}

/// The names the desk is reached under, with and without the port.
fn hosts(address: SocketAddr, more: &[String]) -> Vec<String> {
    let port = address.port();
    let mut all = vec![
        address.to_string(),
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ];
    for name in more {
        all.push(name.clone());
        all.push(format!("{name}:{port}"));
    }
    all
}

/// How to put TLS in front of a desk that others reach.
fn in_front(address: SocketAddr) -> String {
    let port = address.port();
    format!(
        "The desk speaks plain HTTP: passwords and sessions can be read on the way. Put a proxy that speaks TLS in front, on this machine:\n  \
        Caddy:  desk.example.org {{ reverse_proxy 127.0.0.1:{port} }}\n  \
        nginx:  location / {{ proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; }}\n\
        and start sayso so that nobody reaches it but by the proxy: sayso serve --listen 127.0.0.1:{port} --host desk.example.org --behind-tls"
    )
}

/// Writes what is judged at the desk.
struct Writer {
    ledger: PathBuf,
    gazetteer: Arc<Gazetteer>,
    codebook: Arc<Codebook>,
    sources: Sources,
    turn: Mutex<()>,
}

impl Keeper for Writer {
    fn judge(&self, act: Act, who: &str, why: &str) -> Result<Kept, Trouble> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut ledger = Ledger::open(&self.ledger)?;
        let before = Standing::of(&ledger.judgements()?);
        match before.check(&act) {
            Ok(_) => {}
            Err(refusal @ (Refusal::Already(_) | Refusal::Undone(_))) => {
                return Ok(Kept::There(format!("{refusal}; nothing was added")));
            }
            Err(refusal @ Refusal::Unknown(_)) => {
                return Err(Trouble::NotThere(refusal.to_string()));
            }
            Err(refusal) => return Err(Trouble::Refused(refusal.to_string())),
        }
        let judgement = Judgement::new(act, who, &self.now(), why)
            .map_err(|error| Trouble::Asked(error.to_string()))?;
        ledger.judge(&judgement)?;
        let corroborator =
            Corroborator::new(&self.codebook, &self.gazetteer, &self.sources, &ledger)?;
        corroborator.catch_up(&mut ledger, &mut |_, _| {})?;
        Ok(Kept::Added(judgement.id))
    }

    fn now(&self) -> String {
        judge::now()
    }
}
