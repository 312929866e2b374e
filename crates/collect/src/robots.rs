//! What a host's robots.txt allows.

use std::time::Duration;

use texting_robots::Robot;

/// More of a robots.txt than this is not read (RFC 9309 asks for 500 KiB at least).
pub(crate) const MOST: u64 = 512 << 10;
/// A host that asks for more than this between two requests gets this.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// The rules of one host.
pub(crate) enum Rules {
    /// No robots.txt, or none that can be read.
    Free,
    /// The host could not say: RFC 9309 takes that for a no.
    Closed(String),
    Given(Box<Robot>),
}

impl Rules {
    /// The rules in an answer to a request for robots.txt.
    pub(crate) fn of(status: u16, body: &[u8], user_agent: &str) -> Self {
        match status {
            200..=299 => {
                let name = user_agent.split('/').next().unwrap_or(user_agent);
                Robot::new(name, body).map_or(Self::Free, |robot| Self::Given(Box::new(robot)))
            }
            // Too many requests: come back later.
            429 | 500..=599 => Self::Closed(format!(
                "its robots.txt was answered with {status}; try again later"
            )),
            _ => Self::Free,
        }
    }

    /// Why `address` may not be fetched, if it may not.
    pub(crate) fn forbid(&self, address: &str) -> Option<String> {
        match self {
            Self::Free => None,
            Self::Closed(why) => Some(why.clone()),
            Self::Given(robot) => (!robot.allowed(address))
                .then(|| "the site's robots.txt does not allow it".to_owned()),
        }
    }

    /// The time between two requests that the host asks for.
    pub(crate) fn delay(&self) -> Duration {
        match self {
            Self::Given(robot) => {
                let seconds = robot
                    .delay
                    .unwrap_or(0.0)
                    .clamp(0.0, LONGEST_DELAY.as_secs_f32());
                Duration::try_from_secs_f32(seconds).unwrap_or_default()
            }
            _ => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allowed_or_not() {
        let rules = Rules::of(200, b"User-agent: sayso\nDisallow: /private\nCrawl-delay: 2\n\nUser-agent: *\nDisallow: /\n", "sayso/0.1.0");
        assert_eq!(rules.forbid("https://x.example/a"), None);
        assert!(rules.forbid("https://x.example/private/a").is_some());
        assert_eq!(rules.delay(), Duration::from_secs(2));
        assert!(
            Rules::of(200, b"User-agent: *\nDisallow: /\n", "sayso/0.1.0")
                .forbid("https://x.example/a")
                .is_some()
        );
        assert!(
            Rules::of(503, b"", "sayso")
                .forbid("https://x.example/a")
                .is_some()
        );
        assert!(
            Rules::of(404, b"", "sayso")
                .forbid("https://x.example/a")
                .is_none()
        );
        assert_eq!(
            Rules::of(200, b"User-agent: *\nCrawl-delay: 1e9\n", "sayso").delay(),
            LONGEST_DELAY
        );
        assert!(
            Rules::of(200, b"\xff\xfe\x00nonsense", "sayso")
                .forbid("https://x.example/a")
                .is_none()
        );
    }
}
