//! Who is let in at the desk, and what is kept from everybody else.
#![allow(clippy::unwrap_used)]

mod open;
mod week;

use std::{
    io::Write,
    process::{Output, Stdio},
};

use open::Open;
use week::Week;

const PASSWORD: &str = "correct horse battery";

fn account(week: &Week, args: &[&str], password: &str) -> Output {
    let mut all = vec!["account"];
    all.extend(args);
    let mut command = week.command(&all);
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = writeln!(child.stdin.take().unwrap(), "{password}");
    child.wait_with_output().unwrap()
}

#[track_caller]
fn add(week: &Week, name: &str, role: &str) {
    let made = account(
        week,
        &["add", name, "--role", role, "--password-stdin"],
        PASSWORD,
    );
    assert!(made.status.success(), "{made:?}");
}

/// A week with one account of each role.
fn staffed() -> Week {
    let week = Week::new();
    for (name, role) in [("rita", "reader"), ("ann", "analyst"), ("ada", "admin")] {
        add(&week, name, role);
    }
    week
}

#[test]
fn nobody_but_the_desks_own_pages_may_judge() {
    let week = Week::new();
    let open = Open::new(&week, &["--as", "Ann"]);
    let claim = week.claims_of("Belarus Monitor").pop();
    let claim =
        claim.unwrap_or_else(|| week.json(&["claims"])[0]["id"].as_str().unwrap().to_owned());
    let token = open.get("/review").token();
    let reject = |token: &str| {
        open::fields(&[
            ("token", token),
            ("act", "reject"),
            ("a", &claim),
            ("why", "test"),
        ])
    };
    let send = |headers: &[(&str, &str)], token: &str| {
        open.send("POST", "/judge", headers, &reject(token)).status
    };
    assert_eq!(send(&[], "guessed"), 403);
    assert_eq!(send(&[], ""), 403);
    assert_eq!(send(&[("Origin", "https://evil.example")], &token), 403);
    assert_eq!(send(&[("Origin", "null")], &token), 403);
    assert_eq!(send(&[("Sec-Fetch-Site", "cross-site")], &token), 403);
    assert_eq!(send(&[("Sec-Fetch-Site", "same-site")], &token), 403);
    // A name of somebody else's that points here.
    assert_eq!(send(&[("Host", "evil.example")], &token), 421);
    assert_eq!(
        open.send("GET", "/", &[("Host", "evil.example")], "")
            .status,
        421
    );
    assert_eq!(open.get("/history.json").json()["count"], 0);
    let own = format!("http://{}", open.host);
    assert_eq!(
        send(
            &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")],
            &token
        ),
        303
    );
    assert_eq!(open.get("/history.json").json()["count"], 1);
    assert_eq!(open.get("/audit.json").json()["done"][0]["what"], "judged");
}

#[test]
fn the_way_back_never_leads_elsewhere() {
    let week = Week::new();
    let open = Open::new(&week, &["--as", "Ann"]);
    let token = open.get("/review").token();
    let claim = week.json(&["claims"])[0]["id"].as_str().unwrap().to_owned();
    let mut acts = ["accept", "unsure"].into_iter().cycle();
    for back in [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "evil",
        "/a\r\nSet-Cookie: x=1",
    ] {
        let act = acts.next().unwrap();
        let answer = open.post(
            "/judge",
            &[
                ("token", &token),
                ("act", act),
                ("a", &claim),
                ("back", back),
            ],
        );
        assert_eq!(answer.status, 303, "{answer:?}");
        let to = answer.header("location").unwrap();
        assert!(to.starts_with("/review?done="), "{back:?} leads to {to}");
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[test]
fn others_find_a_door() {
    let week = Week::new();
    // Whatever lets others in wants accounts first.
    for args in [
        &["serve", "--listen", "0.0.0.0:0"][..],
        &["serve", "--listen", "127.0.0.1:0", "--behind-tls"],
        &["serve", "--listen", "127.0.0.1:0", "--host", "desk.example"],
        &["serve", "--listen", "127.0.0.1:0", "--accounts"],
    ] {
        week.run(args)
            .ends(2, &["sayso account add NAME --role admin"]);
    }
    add(&week, "ada", "admin");
    let open = Open::new(&week, &["--host", "desk.example"]);
    for path in ["/", "/findings", "/review", "/audit", "/export", "/docs"] {
        let answer = open.get(path);
        assert_eq!(answer.status, 303, "{path}: {answer:?}");
        assert!(
            answer.header("location").unwrap().starts_with("/login?to="),
            "{answer:?}"
        );
    }
    for path in [
        "/findings.json",
        "/findings.atom",
        "/openapi.json",
        "/export/csv",
        "/login/../findings.json",
        "/assets/../findings.json",
        "/%6cogin/x",
    ] {
        let answer = open.get(path);
        assert!(
            matches!(answer.status, 401 | 404 | 303),
            "{path}: {answer:?}"
        );
        assert!(!answer.body.contains("proposition"), "{path}: {answer:?}");
    }
    assert_eq!(open.post("/judge", &[("token", "")]).status, 401);
    assert_eq!(open.post("/watch", &[("token", "")]).status, 401);
    assert_eq!(open.get("/assets/desk.css").status, 200);
    let door = open.get("/login");
    assert_eq!(door.status, 200);
    assert!(!door.body.contains("ada"), "{door:?}");
    assert_eq!(
        open.send("GET", "/login", &[("Host", "desk.example")], "")
            .status,
        200
    );
}

#[test]
fn signing_in_begins_a_session_and_ends_the_one_before() {
    let week = staffed();
    let open = Open::new(&week, &["--accounts"]);
    let answer = open.post(
        "/login",
        &[
            ("name", "ann"),
            ("password", PASSWORD),
            ("to", "/findings?kind=transfer"),
        ],
    );
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/findings?kind=transfer"))
    );
    let (first, how) = answer.cookie();
    for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(how.contains(word), "{how}");
    }
    assert!(!how.contains("Secure"), "{how}");
    let page = open.get_as(&first, "/findings");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("as ann"));
    assert_eq!(page.header("cache-control"), Some("private, no-cache"));
    // A secret that somebody else chose is no session, before signing in and after.
    let chosen = "sayso=00000000000000000000000000000000";
    assert_eq!(open.get_as(chosen, "/findings").status, 303);
    let again = open.post_as(chosen, "/login", &[("name", "ann"), ("password", PASSWORD)]);
    assert_ne!(again.cookie().0, chosen);
    assert_eq!(open.get_as(chosen, "/findings").status, 303);
    // Signing in again is another secret, and the old one is worth nothing.
    let second = open
        .post_as(&first, "/login", &[("name", "ann"), ("password", PASSWORD)])
        .cookie()
        .0;
    assert_ne!(first, second);
    assert_eq!(open.get_as(&first, "/findings").status, 303);
    assert_eq!(open.get_as(&second, "/findings").status, 200);
    // Signing out wants the form of this session.
    assert_eq!(
        open.post_as(&second, "/logout", &[("token", "guessed")])
            .status,
        403
    );
    let token = open.get_as(&second, "/findings").token();
    assert_eq!(
        open.post_as(&second, "/logout", &[("token", &token)])
            .status,
        303
    );
    assert_eq!(open.get_as(&second, "/findings").status, 303);
    // The way on is a path on this desk.
    let answer = open.post(
        "/login",
        &[
            ("name", "ann"),
            ("password", PASSWORD),
            ("to", "//evil.example"),
        ],
    );
    assert_eq!(answer.header("location"), Some("/review"));
    // Of the secret only a digest is kept.
    let kept = std::fs::read(week.ledger()).unwrap();
    let secret = second.trim_start_matches("sayso=").as_bytes();
    assert!(!kept.windows(secret.len()).any(|it| it == secret));
}

#[test]
fn behind_tls_the_cookie_goes_no_other_way() {
    let week = staffed();
    let open = Open::new(&week, &["--behind-tls", "--host", "desk.example"]);
    let host = [("Host", "desk.example"), ("Origin", "https://desk.example")];
    let answer = open.send(
        "POST",
        "/login",
        &host,
        &open::fields(&[("name", "ann"), ("password", PASSWORD)]),
    );
    let (cookie, how) = answer.cookie();
    assert!(how.ends_with("; Secure"), "{how}");
    let feed = open.send(
        "GET",
        "/findings.atom",
        &[("Host", "desk.example"), ("Cookie", &cookie)],
        "",
    );
    assert!(
        feed.body
            .contains("href=\"https://desk.example/findings.atom\""),
        "{feed:?}"
    );
}

#[test]
fn each_role_may_do_its_own() {
    let week = staffed();
    let open = Open::new(&week, &["--accounts"]);
    let claim = week.json(&["claims"])[0]["id"].as_str().unwrap().to_owned();
    let judge = |cookie: &str, token: &str| {
        open.post_as(
            cookie,
            "/judge.json",
            &[("token", token), ("act", "accept"), ("a", &claim)],
        )
    };
    let save = |cookie: &str, token: &str| {
        open.post_as(
            cookie,
            "/watch",
            &[
                ("token", token),
                ("name", "drones"),
                ("asked", "about=drone"),
            ],
        )
        .status
    };
    let [rita, ann, ada] = ["rita", "ann", "ada"].map(|name| open.sign_in(name, PASSWORD));
    let token = |cookie: &str| open.get_as(cookie, "/findings").token();
    let refused = judge(&rita, &token(&rita));
    assert_eq!(refused.status, 403, "{refused:?}");
    assert!(refused.body.contains("rita may look, and not judge"));
    assert_eq!(save(&rita, &token(&rita)), 403);
    // The form of one session is none of another.
    assert_eq!(judge(&ann, &token(&ada)).status, 403);
    let judged = judge(&ann, &token(&ann)).json();
    assert!(judged["judgement"].is_string(), "{judged}");
    assert_eq!(save(&ann, &token(&ann)), 303);
    for (cookie, status) in [(&rita, 403), (&ann, 403), (&ada, 200)] {
        assert_eq!(open.get_as(cookie, "/audit").status, status);
    }
    assert_eq!(open.get_as(&rita, "/export/csv").status, 200);
    let audit = open.get_as(&ada, "/audit.json").json();
    let done: Vec<(&str, &str)> = (audit["done"].as_array().unwrap().iter())
        .map(|row| (row["who"].as_str().unwrap(), row["what"].as_str().unwrap()))
        .collect();
    for line in [
        ("ann", "signed in"),
        ("ann", "judged"),
        ("ann", "saved"),
        ("rita", "exported"),
    ] {
        assert!(done.contains(&line), "{line:?} in {done:?}");
    }
    let history = open.get_as(&ada, "/history.json").json();
    assert_eq!(history["judgements"][0]["who"], "ann");
}

#[test]
fn whoever_guesses_waits() {
    let week = staffed();
    let open = Open::new(&week, &["--accounts"]);
    let guess =
        |name: &str, password: &str| open.post("/login", &[("name", name), ("password", password)]);
    let (known, unknown) = (guess("ann", "wrong"), guess("nobody here", "wrong"));
    // What is said does not tell which of both was wrong.
    assert_eq!((known.status, unknown.status), (403, 403));
    assert_eq!(known.body, unknown.body);
    for _ in 0..4 {
        assert_eq!(guess("ann", "wrong").status, 403);
    }
    let waits = guess("ann", PASSWORD);
    assert_eq!(waits.status, 429, "{waits:?}");
    assert_eq!(waits.header("set-cookie"), None);
    let ada = open.sign_in("ada", PASSWORD);
    let audit = open.get_as(&ada, "/audit.json").json();
    let refused: Vec<_> = (audit["done"].as_array().unwrap().iter())
        .filter(|row| row["what"] == "refused")
        .collect();
    assert_eq!(refused.len(), 1, "{audit}");
    assert_eq!(
        refused[0]["detail"],
        "wrong passwords for ann from 127.0.0.1"
    );
}

#[test]
fn accounts_are_made_changed_and_removed() {
    let week = staffed();
    let short = account(&week, &["add", "bo", "--password-stdin"], "short");
    assert_eq!(short.status.code(), Some(2), "{short:?}");
    let twice = account(&week, &["add", "ann", "--password-stdin"], PASSWORD);
    assert_eq!(twice.status.code(), Some(2), "{twice:?}");
    let role = account(
        &week,
        &["add", "bo", "--role", "king", "--password-stdin"],
        PASSWORD,
    );
    assert_eq!(role.status.code(), Some(2), "{role:?}");
    let list = week.shown(&["account", "list"]);
    assert!(
        list.contains("admin ada") && list.contains("reader rita"),
        "{list}"
    );
    assert!(!list.contains("argon2"), "{list}");
    let open = Open::new(&week, &["--accounts"]);
    let ann = open.sign_in("ann", PASSWORD);
    assert_eq!(open.get_as(&ann, "/findings").status, 200);
    // Another password ends the sessions of the old one.
    assert!(
        account(
            &week,
            &["password", "ann", "--password-stdin"],
            "another horse battery"
        )
        .status
        .success()
    );
    assert_eq!(open.get_as(&ann, "/findings").status, 303);
    assert_eq!(
        open.post("/login", &[("name", "ann"), ("password", PASSWORD)])
            .status,
        403
    );
    let ann = open.sign_in("ann", "another horse battery");
    assert!(account(&week, &["remove", "ann"], "").status.success());
    assert_eq!(open.get_as(&ann, "/findings").status, 303);
    assert_eq!(
        account(&week, &["remove", "ann"], "").status.code(),
        Some(1)
    );
}
