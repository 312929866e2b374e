//! The program: what was asked for, done, and ended with a number that says how.

mod args;
mod commands;
mod exit;
mod show;

use std::{
    env,
    io::{self, BufWriter, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser;

use args::{Cli, Colour, Command};
use exit::Ended;
use show::{Paint, Screen};

/// Where output goes and how it looks, and where the ledger lies.
struct Session {
    ledger: PathBuf,
    /// Outlets beside those that come with sayso.
    sources: Option<PathBuf>,
    screen: Screen,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(ended) => ended.into(),
        Err(error) if exit::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // The ledger's and the codebook's messages are whole sentences; causes below them are already in them.
            let message = match exit::is_output(&error) {
                true => format!("cannot write the output: {error}"),
                false => error.to_string(),
            };
            let message = show::clean_lines(&show::unnumbered(&message));
            let _ = writeln!(io::stderr(), "sayso: {message}");
            ExitCode::from(exit::code(&error))
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Ended> {
    let session = Session {
        ledger: match cli.ledger.filter(|path| !path.as_os_str().is_empty()) {
            Some(path) => path,
            None => default_ledger()?,
        },
        sources: cli.sources.filter(|path| !path.as_os_str().is_empty()),
        screen: screen(cli.color),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = match cli.command {
        Command::Read(what) => commands::read::run(&session, &what, &mut out),
        Command::Claims(what) => commands::claims::run(&session, &what, &mut out),
        Command::Findings(what) => commands::findings::run(&session, &what, &mut out),
        Command::Finding { id } => commands::finding::run(&session, &id, &mut out),
        Command::Entity { name } => commands::entity::run(&session, &name, &mut out),
        Command::Sources(what) => commands::sources::run(&session, &what, &mut out),
        Command::Report { id } => commands::report::run(&session, &id, &mut out),
        Command::Explain(what) => commands::explain::run(&session, &what, &mut out),
        Command::Notices => commands::notices::run(&session, &mut out),
        Command::Export(what) => commands::export::run(&session, &what),
        Command::Account(what) => commands::account::run(&session, &what, &mut out),
        Command::Serve(what) => commands::serve::run(&session, &what, &mut out),
        Command::Judge(what) => commands::judge::run(&session, &what, &mut out),
        Command::Models(what) => commands::models::run(&session, &what, &mut out),
        Command::Codebook(what) => commands::codebook::run(&what, &mut out),
        Command::Backup { to } => commands::backup::run(&session, &to, &mut out),
        Command::Mcp(what) => {
            // It writes from other threads, which the lock held here would keep waiting.
            drop(out);
            return commands::mcp::run(&session, &what);
        }
    }?;
    out.flush()?;
    Ok(ended)
}

fn default_ledger() -> anyhow::Result<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::base_strategy::choose_native_strategy().map_err(|_| {
        exit::Usage(
            "there is no home folder to keep the ledger in: name a file with --ledger".into(),
        )
    })?;
    Ok(base.data_dir().join("sayso").join("sayso.ledger"))
}

fn screen(colour: Colour) -> Screen {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let terminal = io::stdout().is_terminal();
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let paint = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !set("NO_COLOR") && !dumb,
    };
    let asked = env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .filter(|columns| *columns > 0);
    let seen = terminal.then(terminal_size::terminal_size).flatten();
    let width = asked.or(seen.map(|(width, _)| usize::from(width.0)));
    Screen {
        width: width.unwrap_or(100),
        paint: Paint(paint),
    }
}
