//! Signing in and out.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, LazyLock},
    time::Instant,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use axum::{
    Extension, Form as Fields, Router,
    extract::{ConnectInfo, State, rejection::FormRejection},
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::html;
use sayso_records::text::clean;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Role, Visitor, same, token};
use crate::{
    Desk, Trouble,
    frame::{Here, frame, shortened},
    judging::way_back,
    page::{Form, wrong},
    serve::Settings,
};

/// How long a session lasts without being used.
const LASTS: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);
/// Letters a password has at least, and at most what is hashed of one that is sent.
pub const SHORTEST: usize = 12;
const LONGEST: usize = 1_000;
/// A hash that no password has: an unknown name costs as much time as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash(&token()).unwrap_or_default());

/// What is kept of a password: argon2id with OWASP's parameters, as a PHC string. `None`: the system has no random source.
pub fn hash(password: &str) -> Option<String> {
    Some(
        Argon2::default()
            .hash_password(password.as_bytes())
            .ok()?
            .to_string(),
    )
}

fn verifies(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// What is kept of the secret that a browser holds.
pub(crate) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What forms of a session hold: made of its secret, which it does not tell.
pub(crate) fn form_token(token: &str) -> String {
    let made = Sha256::digest(format!("form {token}"));
    made.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The secret in the browser's cookies.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter();
    let pairs = all
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'));
    let own = pairs.filter_map(|pair| pair.trim().strip_prefix("sayso="));
    own.map(str::to_owned)
        .find(|it| it.len() == 32 && it.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Who a session is of at this time. `None`: it is over, or there is none.
pub(crate) fn session(
    desk: &Desk,
    token: &str,
    host: &str,
    secure: bool,
) -> Result<Option<Visitor>, Trouble> {
    let (now, until) = (desk.keeper.now(), later(&desk.keeper.now()));
    let digest = digest(token);
    let found = desk.look(|look| Ok(look.ledger.session(&digest, &now)?))?;
    let Some((account, ends)) = found else {
        return Ok(None);
    };
    // Put off at most once in a while: each time something is written.
    if half(&now) > ends {
        sayso_ledger::Ledger::open(desk.path())?.extend_session(&digest, &until)?;
    }
    Ok(Role::named(&account.role).map(|role| Visitor {
        name: account.name,
        role,
        token: form_token(token),
        host: host.to_owned(),
        secure,
        signed_in: true,
    }))
}

fn plus(now: &str, by: jiff::SignedDuration) -> String {
    let at = now
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|at| at.checked_add(by).ok());
    at.map_or_else(|| now.to_owned(), |at| at.to_string())
}

fn later(now: &str) -> String {
    plus(now, LASTS)
}

fn half(now: &str) -> String {
    plus(now, jiff::SignedDuration::from_hours(6))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Login {
    name: String,
    password: String,
    to: String,
    token: String,
}

pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/login", get(form).post(login))
        .route("/logout", post(logout))
}

async fn form(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
) -> Response {
    let here = Here::of(&desk, &uri, visitor);
    let to = here
        .query
        .split('&')
        .find_map(|pair| pair.strip_prefix("to="));
    let to = decoded(to.unwrap_or(""));
    axum::response::Html(page(&here, &to, "").into_string()).into_response()
}

/// `to`: the path that is shown after.
fn page(here: &Here, to: &str, wrong: &str) -> maud::Markup {
    let body = html! {
        h1 { "Sign in" }
        @if !wrong.is_empty() { p.wrong role="alert" { (wrong) } }
        form.login method="post" action="/login" {
            input type="hidden" name="to" value=(to);
            label { span { "Name" } input name="name" required maxlength="100" autocomplete="username"; }
            label { span { "Password" } input type="password" name="password" required maxlength="1000" autocomplete="current-password"; }
            button { "Sign in" }
        }
        p.quiet { "Accounts are made on the desk's own machine: " code { "sayso account add NAME" } "." }
    };
    frame(here, "Sign in", &[], body)
}

/// A path that was put into a query.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |c: Option<u8>| c.and_then(|c| char::from(c).to_digit(16));
        match byte {
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(a), Some(b)) => bytes.push(u8::try_from(a * 16 + b).unwrap_or(b'?')),
                _ => return String::new(),
            },
            b'+' => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Where a request comes from: behind a proxy what that says last, as all before it may have been sent along.
fn address(headers: &HeaderMap, peer: Option<SocketAddr>, behind: bool) -> IpAddr {
    let said = || {
        let all = headers.get_all("x-forwarded-for").iter();
        let last = all.filter_map(|it| it.to_str().ok()).next_back()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    let peer = || peer.map(|peer| peer.ip());
    let known = if behind { said().or_else(peer) } else { peer() };
    known.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

async fn login(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Extension(settings): Extension<Arc<Settings>>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    uri: Uri,
    fields: Result<Fields<Login>, FormRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor);
    let fields = match fields {
        Ok(Fields(fields)) => fields,
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), Form::Html, &here),
    };
    let to = match fields.to.is_empty() {
        true => "/".to_owned(),
        false => way_back(&fields.to),
    };
    let from = address(
        &headers,
        peer.map(|Extension(ConnectInfo(peer))| peer),
        settings.secure,
    );
    let old = cookie(&headers);
    let done = match desk.tries.turns.try_acquire() {
        Ok(_turn) => {
            let desk = desk.clone();
            let done = move || signed_in(&desk, &fields, from, old.as_deref());
            tokio::task::spawn_blocking(done).await
        }
        Err(_) => Ok(Err(Trouble::TooMany(
            "many sign in at this moment: try again in a moment".to_owned(),
        ))),
    };
    match done {
        Ok(Ok(secret)) => {
            let secure = if settings.secure { "; Secure" } else { "" };
            let cookie =
                format!("sayso={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200{secure}");
            ([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response()
        }
        Ok(Err(trouble @ (Trouble::Forbidden(_) | Trouble::TooMany(_)))) => {
            let page = page(&here, &to, &trouble.to_string()).into_string();
            (trouble.status(), axum::response::Html(page)).into_response()
        }
        Ok(Err(trouble)) => wrong(&trouble, Form::Html, &here),
        Err(_) => wrong(
            &Trouble::Refused("a defect in sayso".to_owned()),
            Form::Html,
            &here,
        ),
    }
}

/// Checks a password and begins a session. Gives its secret, which is new each time, so that nobody's old one is taken over; the one that the browser
/// had is over.
fn signed_in(
    desk: &Desk,
    fields: &Login,
    from: IpAddr,
    old: Option<&str>,
) -> Result<String, Trouble> {
    let name = fields.name.trim();
    desk.tries
        .begin(name, from, Instant::now())
        .map_err(|wait| {
            Trouble::TooMany(format!(
                "too many tries: wait {} seconds",
                wait.as_secs() + 1
            ))
        })?;
    let account = desk.look(|look| Ok(look.ledger.account(name)?))?;
    let hash = account
        .as_ref()
        .map_or(NOBODY.as_str(), |account| account.hash.as_str());
    let right = fields.password.len() <= LONGEST && verifies(&fields.password, hash);
    let Some(account) = account.filter(|_| right) else {
        // One line for each wait, and none for each guess: else anybody could fill the ledger.
        if desk.tries.wait(name, from, Instant::now()).is_some() {
            let name = shortened(&clean(name), 60);
            desk.audit(
                "nobody",
                "refused",
                &format!("wrong passwords for {name} from {from}"),
            )?;
        }
        return Err(Trouble::Forbidden(
            "that name and password do not go together".to_owned(),
        ));
    };
    desk.tries.right(name, from);
    let secret = token();
    let now = desk.keeper.now();
    let ledger = sayso_ledger::Ledger::open(desk.path())?;
    if let Some(old) = old {
        ledger.end_session(&digest(old))?;
    }
    ledger.begin_session(&digest(&secret), &account.name, &now, &later(&now))?;
    desk.audit(&account.name, "signed in", &format!("from {from}"))?;
    Ok(secret)
}

async fn logout(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    uri: Uri,
    fields: Result<Fields<Login>, FormRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor.clone());
    let right = fields.is_ok_and(|Fields(fields)| same(&fields.token, &visitor.token));
    if !right {
        let said = "the form is not of this session: load the page again";
        return wrong(&Trouble::Forbidden(said.to_owned()), Form::Html, &here);
    }
    if let Some(secret) = cookie(&headers) {
        let ended = tokio::task::spawn_blocking(move || -> Result<(), Trouble> {
            sayso_ledger::Ledger::open(desk.path())?.end_session(&digest(&secret))?;
            desk.audit(&visitor.name, "signed out", "")
        })
        .await;
        if let Ok(Err(trouble)) = ended {
            return wrong(&trouble, Form::Html, &here);
        }
    }
    let gone = "sayso=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0".to_owned();
    ([(header::SET_COOKIE, gone)], Redirect::to("/login")).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{address, decoded, hash, verifies};

    #[test]
    fn only_the_right_password_goes_with_a_hash() {
        let kept = hash("correct horse battery").unwrap_or_default();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(verifies("correct horse battery", &kept));
        assert!(!verifies("correct horse", &kept));
        assert!(!verifies("", "no hash"));
    }

    #[test]
    fn what_a_proxy_says_last_counts_behind_one_and_only_there() {
        let peer = Some(([127, 0, 0, 1], 9).into());
        let mut headers = HeaderMap::new();
        let from = |headers: &HeaderMap, behind| address(headers, peer, behind).to_string();
        assert_eq!(from(&headers, true), "127.0.0.1");
        headers.insert(
            "x-forwarded-for",
            HeaderValue::from_static("10.0.0.1, 192.0.2.7"),
        );
        assert_eq!(from(&headers, true), "192.0.2.7");
        assert_eq!(from(&headers, false), "127.0.0.1");
        headers.append("x-forwarded-for", HeaderValue::from_static("no address"));
        assert_eq!(from(&headers, true), "127.0.0.1");
    }

    #[test]
    fn paths_are_decoded() {
        assert_eq!(decoded("%2Ffinding%2Fab"), "/finding/ab");
        assert_eq!(decoded("%zz"), "");
    }
}
