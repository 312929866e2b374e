#![allow(clippy::unwrap_used)]

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::*;
use crate::{Collector, Found};

/// A server on the loopback address that answers each path with what `answer` says, and ends with the test.
struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    fn start(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (log, ended) = (asked.clone(), stop.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut line = String::new();
                reader.read_line(&mut line).unwrap_or(0);
                let path = line.split(' ').nth(1).unwrap_or("").to_owned();
                let mut agent = String::new();
                loop {
                    let mut header = String::new();
                    if reader.read_line(&mut header).unwrap_or(0) <= 2 {
                        break;
                    }
                    if header.to_ascii_lowercase().starts_with("user-agent:") {
                        agent = header.trim().to_owned();
                    }
                }
                log.lock().unwrap().push(format!("{path} {agent}"));
                answer(&path, &mut stream);
            }
        });
        Self {
            address,
            asked,
            stop,
        }
    }

    fn get(&self, path: &str, options: &Options) -> Result<Capture, Notice> {
        Collector::new(options.clone()).capture(
            &Found::Address(format!("http://{}{path}", self.address)),
            &clock,
        )
    }

    fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .map(|it| it.split(' ').next().unwrap_or("").to_owned())
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes it, so that it sees that it is to end.
        let _ = TcpStream::connect(self.address);
    }
}

fn clock() -> String {
    "2023-08-02T09:00:00Z".to_owned()
}

fn local() -> Options {
    Options {
        allow_private: true,
        delay: Duration::ZERO,
        timeout: Duration::from_secs(5),
        ..Options::default()
    }
}

fn send(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}

/// Answers robots.txt with 404 and everything else with `answer`.
fn plain(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Server {
    Server::start(move |path, stream| match path {
        "/robots.txt" => send(stream, "404 Not Found", "", b""),
        path => answer(path, stream),
    })
}

#[test]
fn a_page_is_captured_with_its_headers() {
    let server = plain(|_, stream| {
        send(
            stream,
            "200 OK",
            "Content-Type: text/html; charset=utf-8\r\n",
            b"<p>x",
        )
    });
    let capture = server.get("/a", &local()).unwrap();
    assert_eq!(capture.bytes, b"<p>x");
    assert_eq!(capture.fetched.as_deref(), Some("2023-08-02T09:00:00Z"));
    assert_eq!(
        capture.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(
        capture.header("x-final-url"),
        Some(capture.address.as_str())
    );
    assert_eq!(server.paths(), ["/robots.txt", "/a"]);
    let asked = server.asked.lock().unwrap();
    assert!(asked.iter().all(|it| it.contains("sayso/")), "{asked:?}");
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let server = plain(|_, stream| send(stream, "200 OK", "", b"secret"));
    let options = Options {
        allow_private: false,
        ..local()
    };
    let port = server.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "0x7f.1",
    ] {
        let found = Found::Address(format!("http://{host}:{port}/"));
        let refused = Collector::new(options.clone())
            .capture(&found, &clock)
            .unwrap_err();
        assert_eq!(
            refused.code,
            NoticeCode::Forbidden,
            "{host}: {}",
            refused.message
        );
    }
    assert_eq!(server.paths(), [""; 0]);
}

/// A name server that gives a public address first and a private one ever after.
#[derive(Debug, Default)]
struct Rebinding(AtomicBool);

impl Resolver for Rebinding {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut out = self.empty();
        let again = self.0.swap(true, Ordering::Relaxed);
        let address = if again {
            Ipv4Addr::LOCALHOST
        } else {
            Ipv4Addr::new(93, 184, 216, 34)
        };
        out.push(SocketAddr::from((address, 80)));
        out.push(SocketAddr::from((Ipv4Addr::new(10, 0, 0, 1), 80)));
        Ok(out)
    }
}

#[test]
fn every_resolution_is_checked() {
    let guard = Guard {
        inner: Rebinding::default(),
        allow_private: false,
    };
    let uri: Uri = "http://x.example/".parse().unwrap();
    let ask = || {
        let timeout = NextTimeout::default();
        guard.resolve(&uri, &Config::default(), timeout)
    };
    let first = ask().unwrap();
    assert_eq!(
        first
            .iter()
            .map(|it| it.ip().to_string())
            .collect::<Vec<_>>(),
        ["93.184.216.34"]
    );
    assert!(matches!(ask(), Err(ureq::Error::Other(_))));
}

#[test]
fn redirects_are_followed_and_counted() {
    let server = plain(
        |path, stream| match path.trim_start_matches('/').parse::<u32>() {
            Ok(0) => send(stream, "200 OK", "", b"end"),
            Ok(n) => send(
                stream,
                "302 Found",
                &format!("Location: /{}\r\n", n - 1),
                b"",
            ),
            Err(_) => send(stream, "302 Found", "Location: file:///etc/passwd\r\n", b""),
        },
    );
    let capture = server.get("/5", &local()).unwrap();
    assert_eq!(capture.bytes, b"end");
    assert!(capture.header("x-final-url").unwrap().ends_with("/0"));
    assert!(capture.address.ends_with("/5"));
    assert_eq!(
        server.get("/6", &local()).unwrap_err().code,
        NoticeCode::Fetch
    );
    assert_eq!(
        server.get("/file", &local()).unwrap_err().code,
        NoticeCode::Forbidden
    );
}

#[test]
fn robots_are_kept_to() {
    let server = Server::start(|path, stream| match path {
        "/robots.txt" => send(stream, "200 OK", "", b"User-agent: *\nDisallow: /no\n"),
        "/go" => send(stream, "302 Found", "Location: /no/a\r\n", b""),
        _ => send(stream, "200 OK", "", b"x"),
    });
    assert_eq!(
        server.get("/no/a", &local()).unwrap_err().code,
        NoticeCode::Robots
    );
    assert_eq!(
        server.get("/go", &local()).unwrap_err().code,
        NoticeCode::Robots
    );
    assert!(server.get("/yes", &local()).is_ok());
    let down = Server::start(|_, stream| send(stream, "503 Service Unavailable", "", b""));
    assert_eq!(
        down.get("/a", &local()).unwrap_err().code,
        NoticeCode::Robots
    );
}

#[test]
fn robots_are_asked_once_a_host() {
    let server = plain(|_, stream| send(stream, "200 OK", "", b"x"));
    let collector = Collector::new(local());
    for path in ["/a", "/b"] {
        collector
            .capture(
                &Found::Address(format!("http://{}{path}", server.address)),
                &clock,
            )
            .unwrap();
    }
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/b"]);
}

#[test]
fn robots_are_asked_once_by_many_threads() {
    let server = plain(|_, stream| send(stream, "200 OK", "", b"x"));
    let collector = Collector::new(local());
    thread::scope(|scope| {
        for n in 0..6 {
            let found = Found::Address(format!("http://{}/{n}", server.address));
            let collector = &collector;
            scope.spawn(move || collector.capture(&found, &clock).unwrap());
        }
    });
    let paths = server.paths();
    let robots = paths.iter().filter(|path| *path == "/robots.txt").count();
    assert_eq!(robots, 1, "{paths:?}");
}

/// One that does not answer is not waited for again, address after address.
#[test]
fn a_host_out_of_reach_is_asked_once() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let options = Options {
        timeout: Duration::from_millis(200),
        ..local()
    };
    let collector = Collector::new(options);
    for path in ["a", "b"] {
        let found = Found::Address(format!("http://{address}/{path}"));
        let told = collector.capture(&found, &clock).unwrap_err();
        assert_eq!(told.code, NoticeCode::TooSlow, "{}", told.message);
        assert!(told.message.contains("--timeout"), "{}", told.message);
        assert_eq!(told.address, found.name());
    }
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_ok());
    assert!(listener.accept().is_err(), "asked again");
}

#[test]
fn no_password_is_kept() {
    let found = Found::Address("http://u:secret@127.0.0.1/".to_owned());
    let told = crate::capture(&found, &local(), &clock).unwrap_err();
    assert!(!format!("{told:?}").contains("secret"), "{told:?}");
}

#[test]
fn failures_are_told() {
    let server = plain(|_, stream| send(stream, "404 Not Found", "", b""));
    let told = server.get("/a", &local()).unwrap_err();
    assert_eq!(
        (told.code, told.message.as_str()),
        (NoticeCode::Fetch, "the server answered 404 Not Found")
    );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let closed = Found::Address(format!("http://{}/", listener.local_addr().unwrap()));
    drop(listener);
    assert_eq!(
        crate::capture(&closed, &local(), &clock).unwrap_err().code,
        NoticeCode::Fetch
    );
    for (address, code) in [
        ("http://", NoticeCode::Fetch),
        ("http://u:p@127.0.0.1/", NoticeCode::Forbidden),
    ] {
        assert_eq!(
            crate::capture(&Found::Address(address.to_owned()), &local(), &clock)
                .unwrap_err()
                .code,
            code
        );
    }
}

#[test]
fn large_bodies_are_cut_off_however_they_come() {
    use flate2::{Compression, write::GzEncoder};
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b'x'; 3_000_000]).unwrap();
    let bomb = bomb.finish().unwrap();
    let server = plain(move |path, stream| match path {
        "/declared" => send(stream, "200 OK", "", &vec![b'x'; 3_000_000]),
        "/zipped" => send(stream, "200 OK", "Content-Encoding: gzip\r\n", &bomb),
        // No length and no end.
        _ => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 65_536]).is_ok() {}
        }
    });
    let options = Options {
        max_bytes: 1_000_000,
        ..local()
    };
    for path in ["/declared", "/zipped", "/endless"] {
        assert_eq!(
            server.get(path, &options).unwrap_err().code,
            NoticeCode::TooLarge,
            "{path}"
        );
    }
}

#[test]
fn slow_servers_are_left() {
    let server = plain(|path, stream| {
        if path == "/drip" {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for _ in 0..40 {
                thread::sleep(Duration::from_millis(50));
                if stream.write_all(b"x").is_err() {
                    break;
                }
            }
        } else {
            thread::sleep(Duration::from_secs(2));
        }
    });
    let options = Options {
        timeout: Duration::from_millis(400),
        ..local()
    };
    for path in ["/drip", "/silent"] {
        let told = server.get(path, &options).unwrap_err();
        assert_eq!(told.code, NoticeCode::TooSlow, "{path}: {}", told.message);
        // The server works on one request at a time.
        thread::sleep(Duration::from_millis(2_100));
    }
}
