//! Files and the standard input.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::mpsc,
    thread,
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
    if is_socket(&metadata) {
        let message = "it is a socket, which is not read";
        return Err(Notice::new(NoticeCode::Unreadable, &address, message));
    }
    let bytes = if metadata.is_file() && metadata.len() > 0 {
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        bounded(file, &address, most)?.map_err(|error| unreadable(&error))?
    } else {
        patient(path, &address, most, options)?
    };
    Ok(Capture {
        address,
        fetched: Some(clock()),
        headers: Vec::new(),
        bytes,
    })
}

/// The bytes of what may never begin or never end: a pipe, a device, a file of the system. A thread reads; when nothing has come
/// for as long as an address may take, it is left to itself, for it cannot be woken.
fn patient(path: &Path, address: &str, most: u64, options: &Options) -> Result<Vec<u8>, Notice> {
    let unreadable = |error: &io::Error| Notice::new(NoticeCode::Unreadable, address, why(error));
    let (give, take) = mpsc::sync_channel(1);
    let path = path.to_owned();
    let read = move || {
        let mut piece = vec![0; 1 << 16];
        let mut file = match File::open(&path) {
            Ok(file) => file,
            // Nobody may be waiting any more.
            Err(error) => return give.send(Err(error)).unwrap_or(()),
        };
        loop {
            let got = match file.read(&mut piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                got => got.map(|read| piece.get(..read).unwrap_or_default().to_vec()),
            };
            let ended = !matches!(&got, Ok(piece) if !piece.is_empty());
            if give.send(got).is_err() || ended {
                return;
            }
        }
    };
    thread::Builder::new()
        .spawn(read)
        .map_err(|error| unreadable(&error))?;
    let mut bytes = Vec::new();
    loop {
        match take.recv_timeout(options.timeout) {
            Ok(Ok(piece)) if piece.is_empty() => return Ok(bytes),
            Ok(Ok(piece)) => bytes.extend(piece),
            Ok(Err(error)) => return Err(unreadable(&error)),
            Err(_) => {
                let message = format!(
                    "nothing has come out of it for {} s; --timeout waits longer",
                    options.timeout.as_secs_f32()
                );
                return Err(Notice::new(NoticeCode::TooSlow, address, message));
            }
        }
        if bytes.len() as u64 > most {
            return Err(too_large(address, None, most));
        }
    }
}

#[cfg(unix)]
fn is_socket(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_socket(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_socket(_: &fs::Metadata) -> bool {
    false
}

/// The bytes of the standard input, to its end.
pub(crate) fn stdin(
    mut input: impl Read,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    let unreadable = |error: io::Error| Notice::new(NoticeCode::Unreadable, "-", why(&error));
    let mut start = Vec::new();
    (&mut input)
        .take(options.max_bytes.saturating_add(1))
        .read_to_end(&mut start)
        .map_err(unreadable)?;
    // Records may be more than a page; reading checks each of them.
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    let most = match first {
        Some(b'{') => options.max_bytes.saturating_mul(RECORDS_FACTOR),
        _ => options.max_bytes,
    };
    let bytes = bounded(start.as_slice().chain(input), "-", most)?.map_err(unreadable)?;
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
    let message = format!(
        "it has {size} than the {} that are read; --max-bytes takes more",
        megabytes(most)
    );
    Notice::new(NoticeCode::TooLarge, address, message)
}

fn megabytes(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{bytes} bytes"),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_records_may_be_large_on_the_standard_input() {
        let options = Options {
            max_bytes: 100,
            ..Options::default()
        };
        let get = |bytes: &str| stdin(bytes.as_bytes(), &options, &String::new);
        let told = get(&"word ".repeat(30)).unwrap_err();
        assert_eq!(told.code, NoticeCode::TooLarge);
        let records = "{\"text\":\"a\"}\n".repeat(30);
        assert_eq!(get(&records).unwrap().bytes, records.as_bytes());
        assert_eq!(
            get(&records.repeat(20)).unwrap_err().code,
            NoticeCode::TooLarge
        );
    }
}
