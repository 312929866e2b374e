//! Who may come in, and what they may do.

pub(crate) mod login;
mod tries;

pub use login::{SHORTEST, hash};
pub(crate) use tries::Tries;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks.
    Reader,
    /// Looks and judges.
    Analyst,
    /// Does everything.
    Admin,
}

impl Role {
    /// All of them, by name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("reader", Self::Reader),
        ("analyst", Self::Analyst),
        ("admin", Self::Admin),
    ];

    /// The role with this name. `None`: there is none.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| *known == name).map(|(_, role)| *role)
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Under which name judgements are kept.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What every form they send must hold.
    pub token: String,
    /// Under which name they reached the desk, with port.
    pub host: String,
    /// Whether the way to them is encrypted.
    pub secure: bool,
    /// Whether they signed in, and so can sign out.
    pub signed_in: bool,
}

impl Visitor {
    /// Whether they may judge.
    pub fn may_judge(&self) -> bool {
        self.role >= Role::Analyst
    }
}

/// Something that nobody can guess: 32 hexadecimal digits of the system's random source.
pub fn token() -> String {
    let mut bytes = [0_u8; 16];
    // Without it nothing could be kept from anybody: better not to start at all.
    getrandom::fill(&mut bytes).expect("the system has a random source");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether two secrets are the same, in a time that does not tell where they part.
pub fn same(a: &str, b: &str) -> bool {
    use sha2::{Digest, Sha256};
    // Digests are of one length, and where they part says nothing of the secrets.
    Sha256::digest(a) == Sha256::digest(b)
}
