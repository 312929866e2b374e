//! Pages out of WARC files (ISO 28500:2017), as crawlers and archives write them, also compressed record by record.
//!
//! A file is gone through once to see where its pages stand, and each page is got from there when its turn comes: memory does not grow with the
//! file, and the pages are read by all cores. What is a page: a `response` of status 200, a `resource` or a `conversion`, of a media type that holds text.
//! A `revisit` says that a page was as it had been, and adds nothing.

mod http;
mod record;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};

use flate2::bufread::GzDecoder;
use sayso_records::{Capture, Notice, NoticeCode};

use crate::{
    Options,
    file::{bounded, too_large},
    plan::why,
};
use record::{Head, head};

/// Where a page stands in a WARC file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// The file.
    pub path: Arc<Path>,
    /// Where its record, or the compressed piece that holds it, begins: bytes of the file.
    pub offset: u64,
    /// Where the record begins in that piece, unpacked. 0 where each record is compressed by itself, or none is.
    pub within: u64,
}

impl Record {
    /// `crawl.warc.gz#4711`.
    pub fn name(&self) -> String {
        let place = match self.within {
            0 => self.offset.to_string(),
            within => format!("{}+{within}", self.offset),
        };
        format!("{}#{place}", self.path.display())
    }
}

/// A piece in which pages stand farther in than this is not gone through again for each of them.
const FARTHEST: u64 = 64 << 20;
/// Text is packed to a tenth or so; what unpacks to this many times its size, beyond some, is made to fill a disk.
const RATIO: u64 = 200;
const FREE: u64 = 64 << 20;

/// Whether a file of this name is one.
pub(crate) fn is_warc(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    name.ends_with(".warc") || name.ends_with(".warc.gz")
}

/// The pages of a file, and what could not be looked through.
pub(crate) fn pages(path: &Path) -> (Vec<Record>, Option<Notice>) {
    let mut found = Vec::new();
    let told = look_through(path, &mut found).err();
    let told = told.map(|error| {
        let before = match found.len() {
            0 => String::new(),
            1 => "; the page before it is read".to_owned(),
            n => format!("; the {n} pages before it are read"),
        };
        let (code, message) = match error {
            Wrong::Io(error) => (NoticeCode::Unreadable, why(&error)),
            Wrong::Form(code, message) => (code, message),
        };
        Notice::new(code, path.display().to_string(), message + &before)
    });
    if found.is_empty() && told.is_none() {
        let message = "there is no page in it: no answer of status 200 that holds text";
        let notice = Notice::new(NoticeCode::Empty, path.display().to_string(), message);
        return (found, Some(notice));
    }
    (found, told)
}

/// Why a file is not gone through to its end.
enum Wrong {
    Io(io::Error),
    Form(NoticeCode, String),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn form(code: NoticeCode, message: String) -> Wrong {
    Wrong::Form(code, message)
}

fn look_through(path: &Path, found: &mut Vec<Record>) -> Result<(), Wrong> {
    let path: Arc<Path> = path.into();
    let mut input = Counted::new(BufReader::with_capacity(1 << 16, File::open(&path)?));
    let packed = input.fill_buf()?.starts_with(b"\x1f\x8b");
    while !input.fill_buf()?.is_empty() {
        let offset = input.count;
        let mut keep = |within: u64| {
            found.push(Record {
                path: path.clone(),
                offset,
                within,
            });
        };
        if packed {
            piece(&mut input, offset, &mut keep)?;
        } else if let Some(true) = record(&mut input).map_err(|what| at(what, offset))? {
            keep(0);
        }
    }
    Ok(())
}

/// The records of one compressed piece: one, unless somebody packed the file as a whole.
fn piece(
    input: &mut Counted<impl BufRead>,
    offset: u64,
    keep: &mut impl FnMut(u64),
) -> Result<(), Wrong> {
    let broken = |error: &io::Error| {
        let message = format!("its gzip compression is broken at byte {offset}: {error}");
        form(NoticeCode::NotText, message)
    };
    let packed = Packed {
        unpack: GzDecoder::new(input),
        from: offset,
        out: 0,
    };
    let mut inner = Counted::new(BufReader::new(packed));
    loop {
        match inner.fill_buf() {
            Ok([]) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(broken(&error)),
        }
        let within = inner.count;
        match record(&mut inner) {
            Ok(Some(true)) if within > FARTHEST => {
                let message = "it is compressed as a whole and not record by record, which is read only to its first 64 MB: unpack it first";
                return Err(form(NoticeCode::TooLarge, message.to_owned()));
            }
            Ok(Some(true)) => keep(within),
            Ok(_) => {}
            Err(Wrong::Io(error)) => return Err(broken(&error)),
            Err(other) => return Err(at(other, offset)),
        }
    }
}

fn at(wrong: Wrong, offset: u64) -> Wrong {
    match wrong {
        Wrong::Form(code, message) => {
            let message = format!("the record at byte {offset} {message}");
            Wrong::Form(code, message)
        }
        other => other,
    }
}

/// Whether the record that begins here is a page; goes on to the next. `None`: only blank lines are left.
fn record(input: &mut impl BufRead) -> Result<Option<bool>, Wrong> {
    let Some(head) = head(input)?.map_err(|what| form(NoticeCode::NotText, what))? else {
        return Ok(None);
    };
    let mut block = input.take(head.length);
    let page = head.holds_page() && http::is_page(&head, &mut block)?;
    io::copy(&mut block, &mut io::sink())?;
    match block.limit() {
        0 => Ok(Some(page)),
        _ => {
            let message = "breaks off before its end".to_owned();
            Err(form(NoticeCode::NotText, message))
        }
    }
}

/// The page that stands at `at`.
pub(crate) fn capture(
    at: &Record,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    let name = at.name();
    let unreadable = |error: io::Error| Notice::new(NoticeCode::Unreadable, &name, why(&error));
    let mut file = File::open(&at.path).map_err(unreadable)?;
    file.seek(SeekFrom::Start(at.offset)).map_err(unreadable)?;
    let mut input = BufReader::new(file);
    let packed = input
        .fill_buf()
        .map_err(unreadable)?
        .starts_with(b"\x1f\x8b");
    match packed {
        false => page(&mut input, &name, options, clock),
        true => {
            let mut input = BufReader::new(GzDecoder::new(input));
            let mut before = (&mut input).take(at.within);
            io::copy(&mut before, &mut io::sink()).map_err(unreadable)?;
            page(&mut input, &name, options, clock)
        }
    }
}

fn page(
    input: &mut impl BufRead,
    name: &str,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    let unreadable = |error: io::Error| Notice::new(NoticeCode::Unreadable, name, why(&error));
    let changed = || {
        let message = "the file has changed since it was looked through: read it again";
        Notice::new(NoticeCode::Unreadable, name, message)
    };
    let head: Head = match head(input).map_err(unreadable)? {
        Ok(Some(head)) => head,
        _ => return Err(changed()),
    };
    let mut block = input.take(head.length);
    let (headers, lines) = http::headers(&head, &mut block).map_err(unreadable)?;
    // A record may be cut short where the crawler stopped: what there is, is read.
    let bytes = bounded(block, name, options.max_bytes)?.map_err(unreadable)?;
    let bytes = http::unpacked(&lines, bytes, options.max_bytes).map_err(|error| match error {
        http::Unpacked::Large => too_large(name, None, options.max_bytes),
        http::Unpacked::Broken(what) => Notice::new(NoticeCode::NotText, name, what),
    })?;
    Ok(Capture {
        address: head.uri.unwrap_or_else(|| name.to_owned()),
        fetched: head.date.or_else(|| Some(clock())),
        headers,
        bytes,
    })
}

/// Counts what is read.
struct Counted<R> {
    input: R,
    count: u64,
}

impl<R> Counted<R> {
    fn new(input: R) -> Self {
        Self { input, count: 0 }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.count += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.count += bytes as u64;
        self.input.consume(bytes);
    }
}

/// Unpacks one piece, as long as it looks like text.
struct Packed<'i, R> {
    unpack: GzDecoder<&'i mut Counted<R>>,
    /// Where the piece begins in the file.
    from: u64,
    /// Bytes unpacked of it.
    out: u64,
}

impl<R: BufRead> Read for Packed<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.unpack.read(into)?;
        self.out += read as u64;
        let packed = self.unpack.get_ref().count - self.from;
        if self.out > FREE + packed.saturating_mul(RATIO) {
            let what = format!("it unpacks to more than {RATIO} times its size");
            return Err(io::Error::other(what));
        }
        Ok(read)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
