//! A desk over the week, opened by the program, and somebody who speaks HTTP with it.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

use serde_json::Value;

use crate::week::Week;

/// A desk that is open until it is dropped.
pub(crate) struct Open {
    child: Child,
    pub(crate) host: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }

    /// The secret that a session is known by, and how it is to be kept.
    #[track_caller]
    pub(crate) fn cookie(&self) -> (String, String) {
        let set = self
            .header("set-cookie")
            .unwrap_or_else(|| panic!("{self:?}"));
        let (pair, how) = set.split_once(';').unwrap();
        (pair.to_owned(), how.to_owned())
    }

    /// What the forms of a page hold.
    #[track_caller]
    pub(crate) fn token(&self) -> String {
        let after = self.body.split("name=\"token\" value=\"").nth(1);
        let after = after.unwrap_or_else(|| panic!("no form: {self:?}"));
        after.split('"').next().unwrap().to_owned()
    }
}

/// Fields as a form sends them.
pub(crate) fn fields(all: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
                b => format!("%{b:02X}"),
            })
            .collect()
    };
    let pairs = all
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl Open {
    pub(crate) fn new(week: &Week, args: &[&str]) -> Self {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend(args);
        let mut command = week.command(&all);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let host = line
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        assert!(!host.is_empty(), "the desk did not open");
        Self { child, host }
    }

    /// Sends a request as it is, with these headers beside its length.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += &format!("Host: {}\r\n", self.host);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if method == "POST" {
            request += &format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            );
        }
        request += "\r\n";
        request += body;
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// As whoever holds the cookie.
    pub(crate) fn get_as(&self, cookie: &str, path: &str) -> Answer {
        self.send("GET", path, &[("Cookie", cookie)], "")
    }

    pub(crate) fn post(&self, path: &str, all: &[(&str, &str)]) -> Answer {
        self.send("POST", path, &[], &fields(all))
    }

    pub(crate) fn post_as(&self, cookie: &str, path: &str, all: &[(&str, &str)]) -> Answer {
        self.send("POST", path, &[("Cookie", cookie)], &fields(all))
    }

    /// Signs in; gives the cookie.
    #[track_caller]
    pub(crate) fn sign_in(&self, name: &str, password: &str) -> String {
        let answer = self.post("/login", &[("name", name), ("password", password)]);
        assert_eq!(answer.status, 303, "{answer:?}");
        answer.cookie().0
    }
}
