//! A desk that is open while it is measured.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::Error;

/// Open until it is dropped.
pub(crate) struct Desk {
    server: Child,
    url: String,
    agent: ureq::Agent,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Desk {
    /// The desk, and how long it took from its start to its first page.
    pub(crate) fn open(sayso: &Path, ledger: &Path) -> Result<(Self, Duration), Error> {
        if !ledger.exists() {
            return Err(format!("{} is not there", ledger.display()).into());
        }
        let begin = Instant::now();
        let mut server = Command::new(sayso)
            .arg("--ledger")
            .arg(ledger)
            .args(["serve", "--listen", "127.0.0.1:0", "--as", "load"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                format!(
                    "{}: {error}; cargo build --release makes it",
                    sayso.display()
                )
            })?;
        let out = server.stdout.take().ok_or("it has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let desk = Self {
            server,
            url: line.trim().trim_end_matches('/').to_owned(),
            agent: ureq::Agent::new_with_defaults(),
        };
        desk.get("/")?;
        Ok((desk, begin.elapsed()))
    }

    /// A whole page.
    pub(crate) fn get(&self, path: &str) -> Result<String, Error> {
        let mut answer = self
            .agent
            .get(format!("{}{path}", self.url))
            .call()
            .map_err(|error| format!("{path}: {error}"))?;
        Ok(answer
            .body_mut()
            .with_config()
            .limit(100 << 20)
            .read_to_string()?)
    }

    pub(crate) fn json(&self, path: &str) -> Result<Value, Error> {
        Ok(serde_json::from_str(&self.get(path)?)?)
    }

    /// The most memory the server has had.
    pub(crate) fn peak_mb(&self) -> Result<u64, Error> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.and_then(|line| line.split_whitespace().next());
        Ok(kb.ok_or("the system does not tell")?.parse::<u64>()? * 1_024 / 1_000_000)
    }
}
