use std::fmt;

use sayso_desk::words::Tone;

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paint(pub(crate) bool);

impl Paint {
    /// `text` in `tone`: only the sixteen colours every terminal lets its user choose.
    pub(crate) fn tone<T: fmt::Display>(self, tone: Tone, text: T) -> Painted<T> {
        let code = match tone {
            _ if !self.0 => "",
            Tone::Plain => "",
            Tone::Strong => "1",
            Tone::Quiet => "2",
            Tone::Kind => "1;36",
            Tone::Sure => "32",
            Tone::Unsure => "33",
            Tone::Against => "31",
        };
        Painted { code, text }
    }
}

pub(crate) struct Painted<T> {
    code: &'static str,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code.is_empty() {
            return self.text.fmt(f);
        }
        write!(f, "\x1b[{}m{}\x1b[0m", self.code, self.text)
    }
}
