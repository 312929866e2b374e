//! Addresses: one page, one spelling.

use toml::Spanned;
use url::Url;

use crate::{error::GazetteerError, file::File};

/// The longest address that is looked at; longer ones lead nowhere a reader would go.
const MOST_BYTES: usize = 4_096;
/// Front labels that show the same pages to other devices.
const FRONTS: [&str; 4] = ["www.", "m.", "amp.", "mobile."];

/// Query fields that count readers and do not choose the page.
#[derive(Default)]
pub(super) struct Tracking {
    names: Vec<String>,
    /// Beginnings of names.
    beginnings: Vec<String>,
}

impl Tracking {
    pub(super) fn add(
        &mut self,
        file: &File<'_>,
        fields: &[Spanned<String>],
    ) -> Result<(), GazetteerError> {
        for field in fields {
            let text = field.get_ref();
            let (list, name) = match text.strip_suffix('*') {
                Some(beginning) => (&mut self.beginnings, beginning),
                None => (&mut self.names, text.as_str()),
            };
            let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if name.is_empty() || !name.bytes().all(lower) {
                let message = format!("`{text}` is not a query field in lower case");
                return Err(file.mistake(field.span().start, message));
            }
            if !list.iter().any(|known| known == name) {
                list.push(name.to_owned());
            }
        }
        Ok(())
    }

    fn counts_readers(&self, field: &str) -> bool {
        let field = field.to_ascii_lowercase();
        self.names.contains(&field) || self.beginnings.iter().any(|name| field.starts_with(name))
    }

    pub(super) fn page(&self, address: &str) -> Option<String> {
        let url = web(address)?;
        let mut host = url.host_str()?.to_ascii_lowercase();
        for front in FRONTS {
            if let Some(rest) = host.strip_prefix(front).filter(|rest| rest.contains('.')) {
                host = rest.to_owned();
            }
        }
        let path = url.path();
        let path = path.strip_suffix("/amp").unwrap_or(path);
        let path = path.strip_suffix("/amp/").unwrap_or(path);
        let path = path.trim_end_matches('/');
        let mut fields: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !self.counts_readers(name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        fields.sort();
        if path.is_empty() && fields.is_empty() {
            return None;
        }
        let mut page = host;
        if let Some(port) = url.port() {
            page += &format!(":{port}");
        }
        page += path;
        if !fields.is_empty() {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&fields)
                .finish();
            page += &format!("?{query}");
        }
        Some(page)
    }
}

/// The host of a web address. `None`: it is none.
pub(super) fn host(address: &str) -> Option<String> {
    Some(web(address)?.host_str()?.to_ascii_lowercase())
}

fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address.get(..MOST_BYTES).map_or(address.trim(), |_| "")).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}
