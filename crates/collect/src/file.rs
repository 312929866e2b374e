//! Files and the standard input.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use sayso_records::{Capture, Notice, NoticeCode};

use crate::{Options, RECORDS_FACTOR, plan::why};

/// The bytes of a file. One that is too large is refused by its size alone.
pub(crate) fn file(
    path: &Path,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    let address = path.display().to_string();
    let unreadable = |error: &io::Error| Notice::new(NoticeCode::Unreadable, &address, why(error));
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if metadata.is_dir() {
        return Err(Notice::new(
            NoticeCode::Unreadable,
            &address,
            "it is a folder",
        ));
    }
    let most = most(&address, options);
    if metadata.len() > most {
        return Err(too_large(&address, Some(metadata.len()), most));
    }
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let bytes = bounded(file, &address, most)?.map_err(|error| unreadable(&error))?;
    Ok(Capture {
        address,
        fetched: Some(clock()),
        headers: Vec::new(),
        bytes,
    })
}

/// The bytes of the standard input, to its end.
pub(crate) fn stdin(
    input: impl Read,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    // It may be records: only what it holds tells, and reading checks each of them.
    let most = options.max_bytes.saturating_mul(RECORDS_FACTOR);
    let bytes = bounded(input, "-", most)?
        .map_err(|error| Notice::new(NoticeCode::Unreadable, "-", why(&error)))?;
    Ok(Capture {
        address: "-".to_owned(),
        fetched: Some(clock()),
        headers: Vec::new(),
        bytes,
    })
}

/// The most bytes that are taken from a file of this name.
fn most(address: &str, options: &Options) -> u64 {
    let name = address.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let records = name.ends_with(".jsonl") || name.ends_with(".ndjson");
    if records {
        options.max_bytes.saturating_mul(RECORDS_FACTOR)
    } else {
        options.max_bytes
    }
}

/// Reads to the end, or to one byte more than is allowed: a file may grow, and pipes have no size.
pub(crate) fn bounded(
    input: impl Read,
    address: &str,
    most: u64,
) -> Result<io::Result<Vec<u8>>, Notice> {
    let mut bytes = Vec::new();
    match input.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(read) if read as u64 > most => Err(too_large(address, None, most)),
        Ok(_) => Ok(Ok(bytes)),
        Err(error) => Ok(Err(error)),
    }
}

/// The notice that something is larger than is taken.
pub(crate) fn too_large(address: &str, bytes: Option<u64>, most: u64) -> Notice {
    let size = bytes.map_or("more".to_owned(), |bytes| {
        format!("{}, more", megabytes(bytes))
    });
    let message = format!("it has {size} than the {} that are read", megabytes(most));
    Notice::new(NoticeCode::TooLarge, address, message)
}

fn megabytes(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{bytes} bytes"),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
