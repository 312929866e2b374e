//! The desk over the example week: every page in every form, judging with undo, and what strangers may not do.
#![allow(clippy::unwrap_used)]

mod open;
mod week;

use std::{io::Write, process::Stdio};

use open::Open;
use serde_json::Value;
use week::Week;

/// A ledger with a desk over it.
struct Desk {
    open: Open,
    _week: Week,
}

/// An answer: status, head in lower case, body.
struct Answer(u16, String, String);

impl Desk {
    fn over(week: Week, more: &[&str]) -> Self {
        let args: Vec<&str> = ["--as", "Ann"].iter().chain(more).copied().collect();
        let open = Open::new(&week, &args);
        Self { open, _week: week }
    }

    fn week() -> Self {
        Self::over(Week::new(), &[])
    }

    /// `head`: header lines, each with its end.
    fn send(&self, method: &str, path: &str, head: &str, body: &str) -> Answer {
        let headers: Vec<(&str, &str)> =
            head.lines().filter_map(|it| it.split_once(": ")).collect();
        let answer = self.open.send(method, path, &headers, body);
        Answer(answer.status, answer.head.to_ascii_lowercase(), answer.body)
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", "")
    }

    fn json(&self, path: &str) -> Value {
        self.open.get(path).json()
    }

    fn post(&self, path: &str, head: &str, fields: &str) -> Answer {
        self.send("POST", path, head, fields)
    }

    /// What forms of this desk hold.
    fn token(&self) -> String {
        self.open.get("/review").token()
    }

    /// Iran's drones in Belarus.
    fn belarus(&self) -> String {
        let found = self.json("/findings.json?place=Belarus&kind=production");
        found["findings"][0]["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn every_page_answers_in_every_form() {
    let desk = Desk::week();
    let finding = desk.belarus();
    let found = desk.json(&format!("/finding/{finding}.json"));
    let report = found["finding"]["reports"][0].as_str().unwrap().to_owned();
    for (path, forms) in [
        ("/today", "csv"),
        ("/findings?place=Belarus", "csv atom"),
        (&format!("/finding/{finding}"), "csv graphml"),
        (&format!("/report/{report}"), "csv"),
        ("/search?q=drone", "csv"),
        ("/entities?name=Gomel", "csv"),
        ("/entity/Q794", "csv graphml"),
        ("/facilities", "csv geojson"),
        ("/transfers", "csv graphml"),
        ("/timeline", "csv"),
        ("/sources", "csv"),
        ("/review", "csv"),
        ("/history", "csv"),
        ("/watch", "csv"),
        ("/audit", "csv"),
        ("/export", ""),
        ("/help", ""),
    ] {
        let Answer(status, head, body) = desk.get(path);
        assert_eq!(status, 200, "{path}");
        assert_eq!(body.matches("<h1").count(), 1, "{path} has one heading");
        assert!(
            !body.contains(" style=") && !body.contains("<script>"),
            "{path} keeps to the policy"
        );
        assert!(head.contains("default-src 'none'"), "{path}: {head}");
        let (bare, query) = path
            .split_once('?')
            .map_or((path, String::new()), |(bare, query)| {
                (bare, format!("?{query}"))
            });
        desk.json(&format!("{bare}.json{query}"));
        for form in forms.split_whitespace() {
            let Answer(status, head, body) = desk.get(&format!("{bare}.{form}{query}"));
            assert_eq!(status, 200, "{bare}.{form}");
            assert!(
                !body.trim().is_empty() && !head.contains("text/html"),
                "{bare}.{form}: {head}"
            );
        }
    }
    let described = desk.json("/openapi.json");
    assert!(described["paths"]["/finding/{id}.json"].is_object());
}

#[test]
fn a_finding_shows_its_origins_and_what_copying_lost() {
    let desk = Desk::week();
    let page = desk.get(&format!("/finding/{}", desk.belarus())).2;
    for shown in [
        "2 origins",
        "11 publishers",
        "unknown lineage",
        "Denied",
        "Doubted",
        "<del>",
        "<ins>",
        "near copy",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let map = desk.json("/facilities.geojson");
    for feature in map["features"].as_array().unwrap() {
        let exact = feature["properties"]["precision"] == "town";
        assert_eq!(feature["geometry"].is_object(), exact, "{feature}");
    }
}

#[test]
fn what_is_asked_wrong_is_said() {
    let desk = Desk::week();
    for (path, status, code) in [
        ("/finding/ffffffffffffffff.json", 404, "not-there"),
        ("/report/zz.json", 404, "not-there"),
        ("/entity/Q0.json", 404, "not-there"),
        ("/findings.json?since=yesterday", 400, "asked-wrong"),
        ("/findings.json?origins=many", 400, "asked-wrong"),
        ("/findings.json?sort=size", 400, "asked-wrong"),
        ("/help.csv", 404, "not-there"),
    ] {
        let Answer(found, _, body) = desk.get(path);
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            (found, body["code"].as_str()),
            (status, Some(code)),
            "{path}: {body}"
        );
        assert!(!body["message"].as_str().unwrap().is_empty());
    }
    for q in [
        "%22",
        "a%29%20OR%20%28",
        "NEAR%28",
        "%2A",
        "%00",
        "%F0%9F%92%A5",
        "",
    ] {
        assert_eq!(desk.get(&format!("/search.json?q={q}")).0, 200, "{q}");
    }
}

#[test]
fn a_judgement_changes_what_is_shown_and_can_be_undone() {
    let desk = Desk::week();
    let finding = desk.belarus();
    let path = format!("/finding/{finding}.json");
    let before = desk.json(&path)["finding"].clone();
    let claim = before["claims"][0].as_str().unwrap();
    let token = desk.token();
    let Answer(status, _, body) = desk.post(
        "/judge.json",
        "",
        &format!("token={token}&act=reject&a={claim}&why=misread"),
    );
    assert_eq!(status, 200, "{body}");
    let judged: Value = serde_json::from_str(&body).unwrap();
    let after = desk.json(&path)["finding"].clone();
    assert_eq!(
        after["claims"].as_array().unwrap().len() + 1,
        before["claims"].as_array().unwrap().len()
    );
    assert_eq!(desk.json("/history.json")["judgements"][0]["stands"], true);
    let id = judged["judgement"].as_str().unwrap();
    let Answer(status, head, _) = desk.post(
        "/judge",
        "",
        &format!("token={token}&act=undo&a={id}&back=/history"),
    );
    assert_eq!(status, 303);
    assert!(head.contains("location: /history?done="), "{head}");
    assert_eq!(desk.json(&path)["finding"], before);
    assert_eq!(
        desk.json("/audit.json")["done"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn strangers_send_nothing_in_the_readers_name() {
    let desk = Desk::week();
    let claim =
        desk.json(&format!("/finding/{}.json", desk.belarus()))["finding"]["claims"][0].clone();
    let claim = claim.as_str().unwrap();
    let fields = format!("token={}&act=reject&a={claim}&why=x", desk.token());
    let wrong = format!("token=0&act=reject&a={claim}&why=x");
    for (head, fields, status) in [
        ("Origin: https://evil.example\r\n", &fields, 403),
        ("Sec-Fetch-Site: cross-site\r\n", &fields, 403),
        ("Host: evil.example\r\n", &fields, 421),
        ("", &wrong, 403),
    ] {
        assert_eq!(desk.post("/judge", head, fields).0, status, "{head}");
    }
    assert_eq!(
        desk.send("GET", "/findings", "Host: evil.example\r\n", "")
            .0,
        421
    );
    assert_eq!(desk.json("/history.json")["count"], 0);
}

#[test]
fn who_has_an_account_may_what_the_role_says() {
    let week = Week::new();
    for (name, role) in [("rex", "reader"), ("ada", "admin")] {
        let add = ["account", "add", name, "--role", role, "--password-stdin"];
        let mut add = week
            .command(&add)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = add.stdin.take().unwrap();
        input.write_all(b"correct horse battery\n").unwrap();
        drop(input);
        assert!(add.wait().unwrap().success());
    }
    let desk = Desk::over(week, &["--accounts"]);
    let Answer(status, head, _) = desk.get("/findings?place=Belarus");
    assert_eq!(status, 303);
    assert!(head.contains("location: /login?to="), "{head}");
    assert_eq!(desk.get("/findings.json").0, 401);
    assert_eq!(desk.post("/login", "", "name=rex&password=wrong").0, 403);
    let sign_in = |name: &str| {
        let fields = format!("name={name}&password=correct+horse+battery&to=//evil.example");
        let Answer(status, head, _) = desk.post(
            "/login",
            "Cookie: sayso=00000000000000000000000000000000\r\n",
            &fields,
        );
        assert_eq!(status, 303);
        assert!(
            head.contains("location: /review"),
            "no way leads elsewhere: {head}"
        );
        assert!(
            head.contains("httponly") && head.contains("samesite=strict"),
            "{head}"
        );
        let secret = head
            .split("sayso=")
            .nth(1)
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        assert_ne!(
            secret,
            "0".repeat(32),
            "a secret that was brought along is not taken"
        );
        format!("Cookie: sayso={secret}\r\n")
    };
    let (rex, ada) = (sign_in("rex"), sign_in("ada"));
    assert_eq!(desk.send("GET", "/findings", &rex, "").0, 200);
    assert_eq!(desk.send("GET", "/audit", &rex, "").0, 403);
    assert_eq!(desk.send("GET", "/audit", &ada, "").0, 200);
    let page = desk.send("GET", "/findings", &rex, "").2;
    let token = page
        .split("name=\"token\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        desk.post(
            "/judge",
            &rex,
            &format!("token={token}&act=accept&a=0634b9ee")
        )
        .0,
        403
    );
    assert_eq!(desk.post("/logout", &rex, &format!("token={token}")).0, 303);
    assert_eq!(desk.send("GET", "/findings", &rex, "").0, 303);
}

#[test]
fn hostile_reports_do_nothing() {
    let week = Week::empty();
    let line = serde_json::json!({
        "title": "<script>alert(1)</script>\u{202e}gnp.exe",
        "publisher": "=HYPERLINK(\"http://evil.example\")",
        "published": "2023-08-02",
        "url": "javascript:alert(1)",
        "text": "Iran is building drone factories in Belarus, \"<img src=x onerror=alert(1)>\" said Ukraine. Iran supplied Russia with hundreds of Shahed-136 drones.",
    });
    week.file("hostile.jsonl", &line.to_string());
    week.run(&["read", "hostile.jsonl"]).ends(0, &["1 report"]);
    let desk = Desk::over(week, &[]);
    let latest = desk.json("/today.json");
    let id = latest["latest"][0]["id"].as_str().unwrap().to_owned();
    let mut paths = vec![
        "/".to_owned(),
        "/findings".to_owned(),
        "/review".to_owned(),
        "/sources".to_owned(),
        "/search?q=drone".to_owned(),
        "/transfers".to_owned(),
        "/facilities".to_owned(),
        format!("/report/{id}"),
    ];
    for finding in desk.json("/findings.json")["findings"].as_array().unwrap() {
        paths.push(format!("/finding/{}", finding["id"].as_str().unwrap()));
    }
    assert!(paths.len() > 8, "something was claimed");
    for path in paths {
        let page = desk.get(&path).2;
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x"),
            "{path}"
        );
        assert!(!page.contains("href=\"javascript:"), "{path}");
        assert!(!page.contains('\u{202e}'), "{path}");
    }
    let rows = desk.get("/findings.csv").2;
    assert!(
        !rows
            .lines()
            .any(|line| line.contains(",=HYPER") || line.contains("\"=HYPER")),
        "{rows}"
    );
}
