//! Addresses, over HTTP.

use std::{
    collections::HashMap,
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use sayso_records::{Capture, Notice, NoticeCode};
use ureq::{
    Agent, Body,
    config::Config,
    http::{Response, Uri, header},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::Url;

use crate::{
    Options, address, file,
    plan::plain,
    robots::{self, Rules},
};

const MOST_REDIRECTS: usize = 5;

/// Connections, and what is known of each host.
pub(crate) struct Web {
    agent: Agent,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

#[derive(Default)]
struct Host {
    /// What its robots.txt says, or why that cannot be had: then its pages are not asked for either. Locked while it is asked
    /// for, so that it is asked once.
    rules: Mutex<Option<Result<Rules, Notice>>>,
    pace: Mutex<Pace>,
}

#[derive(Default)]
struct Pace {
    /// The time between two requests that it asks for.
    delay: Duration,
    /// When it may be asked again. Monotonic time decides only how long to wait, never what is stored.
    next: Option<Instant>,
}

/// A panic elsewhere leaves nothing half-written here.
fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Web {
    pub(crate) fn new(options: &Options) -> Self {
        let config = Config::builder()
            .user_agent(&options.user_agent)
            .timeout_global(Some(options.timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .accept("text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5")
            .build();
        let resolver = Guard {
            inner: DefaultResolver::default(),
            allow_private: options.allow_private,
        };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self {
            agent,
            hosts: Mutex::default(),
        }
    }

    /// Gets `asked`, over at most five redirects, each checked like the first.
    pub(crate) fn fetch(
        &self,
        asked: &str,
        options: &Options,
        clock: &dyn Fn() -> String,
    ) -> Result<Capture, Notice> {
        let mut url = Url::parse(asked).map_err(|error| {
            let message = format!("it is no address: {error}");
            Notice::new(NoticeCode::Fetch, asked, message)
        })?;
        // A password is not written down.
        let bare = without_password(&url);
        let asked = bare.as_deref().unwrap_or(asked);
        let notice = |code, message: String| Notice::new(code, asked, message);
        let first = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            check(&url).map_err(|why| notice(NoticeCode::Forbidden, why))?;
            self.allowed(&url, options).map_err(|(code, why)| {
                let place = if url == first {
                    String::new()
                } else {
                    format!(" ({url})")
                };
                notice(code, why + &place)
            })?;
            let response = self
                .get(&url, options)
                .map_err(|error| told(asked, &error, options))?;
            let status = response.status();
            if let Some(next) = redirect(&url, &response) {
                url = next.map_err(|why| notice(NoticeCode::Fetch, why))?;
                continue;
            }
            if !status.is_success() {
                return Err(notice(
                    NoticeCode::Fetch,
                    format!("the server answered {status}"),
                ));
            }
            return receive(asked, &url, response, options, clock);
        }
        Err(notice(
            NoticeCode::Fetch,
            format!("it is redirected more than {MOST_REDIRECTS} times"),
        ))
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let origin = url.origin().ascii_serialization();
        lock(&self.hosts).entry(origin).or_default().clone()
    }

    /// Whether the host's robots.txt allows `url`; else why not.
    fn allowed(&self, url: &Url, options: &Options) -> Result<(), (NoticeCode, String)> {
        let host = self.host(url);
        let mut rules = lock(&host.rules);
        let rules = rules.get_or_insert_with(|| {
            let rules = self.rules(url, options);
            rules.map_err(|error| told("", &error, options))
        });
        match rules {
            Ok(rules) => {
                lock(&host.pace).delay = rules.delay();
                let why = rules.forbid(url.as_str());
                why.map_or(Ok(()), |why| Err((NoticeCode::Robots, why)))
            }
            Err(notice) => Err((notice.code, notice.message.clone())),
        }
    }

    fn rules(&self, page: &Url, options: &Options) -> Result<Rules, ureq::Error> {
        let mut url = page.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        url.set_fragment(None);
        for _ in 0..=MOST_REDIRECTS {
            let response = self.get(&url, options)?;
            match redirect(&url, &response) {
                Some(Ok(next)) if check(&next).is_ok() => url = next,
                Some(_) => return Ok(Rules::Free),
                None => {
                    let status = response.status().as_u16();
                    let mut body = Vec::new();
                    let reader = response.into_body().into_reader();
                    std::io::Read::read_to_end(
                        &mut std::io::Read::take(reader, robots::MOST),
                        &mut body,
                    )?;
                    return Ok(Rules::of(status, &body, &options.user_agent));
                }
            }
        }
        Ok(Rules::Free)
    }

    /// One request, after the wait that the host is owed.
    fn get(&self, url: &Url, options: &Options) -> Result<Response<Body>, ureq::Error> {
        let now = Instant::now();
        let host = self.host(url);
        let wait = {
            let mut pace = lock(&host.pace);
            let at = pace.next.map_or(now, |next| next.max(now));
            pace.next = at.checked_add(options.delay.max(pace.delay));
            at.saturating_duration_since(now)
        };
        thread::sleep(wait);
        self.agent.get(url.as_str()).call()
    }
}

/// What may be asked for at all.
fn check(url: &Url) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "it leads to {}://, and only http:// and https:// are fetched",
            url.scheme()
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address holds a name or a password; leave them out".to_owned());
    }
    Ok(())
}

/// The address without the password in it, if there is one.
fn without_password(url: &Url) -> Option<String> {
    url.password()?;
    let mut bare = url.clone();
    bare.set_password(None).ok()?;
    Some(bare.into())
}

/// Where an answer sends on to, if it does.
fn redirect(from: &Url, response: &Response<Body>) -> Option<Result<Url, String>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let to = response.headers().get(header::LOCATION)?;
    let to = String::from_utf8_lossy(to.as_bytes());
    Some(
        from.join(&to)
            .map_err(|error| format!("it is redirected to \"{to}\", which is no address: {error}")),
    )
}

fn receive(
    asked: &str,
    url: &Url,
    response: Response<Body>,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    let most = options.max_bytes;
    let mut headers: Vec<(String, String)> = response
        .headers()
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_ascii_lowercase(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse().ok());
    if let Some(length) = length.filter(|length| *length > most) {
        return Err(file::too_large(asked, Some(length), most));
    }
    headers.push(("x-final-url".to_owned(), url.to_string()));
    let reader = response.into_body().into_reader();
    let bytes = file::bounded(reader, asked, most)?.map_err(|error| {
        let late = error.kind() == std::io::ErrorKind::TimedOut
            || error
                .get_ref()
                .and_then(|it| it.downcast_ref::<ureq::Error>())
                .is_some_and(|it| matches!(it, ureq::Error::Timeout(_)));
        if late {
            told(asked, &ureq::Error::Timeout(ureq::Timeout::Global), options)
        } else {
            Notice::new(
                NoticeCode::Fetch,
                asked,
                format!("its transfer broke off: {error}"),
            )
        }
    })?;
    Ok(Capture {
        address: asked.to_owned(),
        fetched: Some(clock()),
        headers,
        bytes,
    })
}

/// An error of a request as a notice.
fn told(asked: &str, error: &ureq::Error, options: &Options) -> Notice {
    let system = "failed to lookup address information: ";
    let (code, message) = match error {
        ureq::Error::Timeout(_) => (
            NoticeCode::TooSlow,
            format!(
                "the server took longer than {} s; --timeout gives it more",
                options.timeout.as_secs_f32()
            ),
        ),
        ureq::Error::HostNotFound => (NoticeCode::Fetch, "there is no such host".to_owned()),
        ureq::Error::Other(other) => match other.downcast_ref::<Private>() {
            Some(private) => (NoticeCode::Forbidden, private.to_string()),
            None => (NoticeCode::Fetch, format!("the request failed: {error}")),
        },
        ureq::Error::Io(error) => {
            let words = plain(error);
            let message = match words.strip_prefix(system) {
                Some(why) => format!("its host cannot be found: {why}"),
                None => format!("the request failed: {words}"),
            };
            (NoticeCode::Fetch, message)
        }
        ureq::Error::Protocol(error) => (
            NoticeCode::Fetch,
            format!("what the server answered is not HTTP ({error})"),
        ),
        _ => (NoticeCode::Fetch, format!("the request failed: {error}")),
    };
    Notice::new(code, asked, message)
}

/// Resolves names and lets no address pass that is not public. The connector gets what is left and nothing else, so that what
/// was checked is what is connected to.
#[derive(Debug)]
struct Guard<R = DefaultResolver> {
    inner: R,
    allow_private: bool,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        let mut public = self.empty();
        let mut private = None;
        for socket in found.iter() {
            if address::is_public(socket.ip()) {
                public.push(*socket);
            } else {
                private = Some(socket.ip());
            }
        }
        match private.filter(|_| public.is_empty()) {
            Some(address) => Err(ureq::Error::Other(Box::new(Private(address)))),
            None => Ok(public),
        }
    }
}

#[derive(Debug)]
struct Private(IpAddr);

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "it leads to {}, an address of this machine or a private network; --allow-private fetches it",
            self.0
        )
    }
}

impl std::error::Error for Private {}

#[cfg(test)]
mod tests;
