//! Who may use a desk that others reach.

use std::io::{self, BufRead, IsTerminal, Write};

use sayso_desk::access::{Role, SHORTEST, hash};
use sayso_ledger::{Account as Kept, Ledger};

use super::{claims::nothing, judge};
use crate::{
    Session,
    args::{Account, Accounting},
    exit::{Ended, NotThere, Usage},
    show::clean,
};

/// Letters of a name, at most.
const LONGEST: usize = 60;

pub(crate) fn run(session: &Session, what: &Account, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let ledger = Ledger::open(&session.ledger)?;
    match &what.what {
        Accounting::Add {
            name,
            role,
            password_stdin,
        } => {
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
            if name.is_empty() || name.chars().count() > LONGEST || !name.chars().all(plain) {
                return Err(Usage(format!("a name has 1 to {LONGEST} letters, digits, dots, hyphens, underscores or @, unlike {}", clean(name))).into());
            }
            if Role::named(role).is_none() {
                let known: Vec<&str> = Role::ALL.iter().map(|(name, _)| *name).collect();
                return Err(Usage(format!(
                    "a role is one of {}, not {}",
                    known.join(", "),
                    clean(role)
                ))
                .into());
            }
            if ledger.account(name)?.is_some() {
                return Err(Usage(format!(
                    "there is an account {name}: sayso account password gives it another password"
                ))
                .into());
            }
            let account = Kept {
                name: name.clone(),
                role: role.clone(),
                hash: hashed(*password_stdin)?,
                at: judge::now(),
            };
            ledger.keep_account(&account)?;
            writeln!(out, "{name} may come in as {role}")?;
        }
        Accounting::Password {
            name,
            password_stdin,
        } => {
            let account = ledger.account(name)?.ok_or_else(|| missing(name))?;
            let account = Kept {
                hash: hashed(*password_stdin)?,
                ..account
            };
            ledger.keep_account(&account)?;
            writeln!(out, "{name} has another password; its sessions are over")?;
        }
        Accounting::List => {
            let all = ledger.accounts()?;
            if all.is_empty() {
                return nothing("there is no account yet: sayso account add NAME makes one");
            }
            for account in all {
                let day = account.at.get(..10).unwrap_or("");
                writeln!(
                    out,
                    "{:<8} {} (since {day})",
                    account.role,
                    clean(&account.name)
                )?;
            }
        }
        Accounting::Remove { name } => {
            if !ledger.forget_account(name)? {
                return Err(missing(name).into());
            }
            writeln!(out, "{name} may not come in any more")?;
        }
    }
    Ok(Ended::Done)
}

fn missing(name: &str) -> NotThere {
    NotThere(format!(
        "there is no account {}: sayso account list shows them",
        clean(name)
    ))
}

/// What is kept of a password that is asked for.
fn hashed(stdin: bool) -> anyhow::Result<String> {
    let password = match stdin {
        true => {
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line)?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
        false if !io::stdin().is_terminal() => {
            return Err(Usage("there is no terminal to ask for a password on: --password-stdin takes it from standard input".into()).into());
        }
        false => {
            let first = rpassword::prompt_password("Password: ")?;
            if rpassword::prompt_password("Once more: ")? != first {
                return Err(Usage("the two are not the same".into()).into());
            }
            first
        }
    };
    if password.chars().count() < SHORTEST {
        return Err(Usage(format!("a password has at least {SHORTEST} letters")).into());
    }
    hash(&password).ok_or_else(|| {
        Usage("the system has no random source to keep a password with".into()).into()
    })
}
