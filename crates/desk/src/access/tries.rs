//! How often somebody may try a password: who guesses waits, and longer each time.
//!
//! A try counts before it is looked at, so that many at one moment count as many. It counts against the name at one address, against the address and
//! against the name: guesses at one account, at many from one place, and at one from many places.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// Tries before somebody waits: with one name from one address, from one address, with one name.
const FREE: [u32; 3] = [5, 20, 50];
/// The first wait; each further try doubles it.
const WAIT: Duration = Duration::from_secs(10);
const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// After so long without a try it is as if there had been none.
const FORGOTTEN: Duration = Duration::from_secs(3_600);
/// Names and addresses that are remembered.
const MOST: usize = 10_000;
/// Passwords looked at in one moment: each costs 19 MB and a part of a second, and pages want answers, too.
const AT_ONCE: usize = 2;

type Key = [u8; 32];

/// Tries that were not right.
pub(crate) struct Tries {
    all: Mutex<HashMap<Key, (u32, Instant)>>,
    /// Turns to look at a password.
    pub(crate) turns: Semaphore,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            all: Mutex::default(),
            turns: Semaphore::new(AT_ONCE),
        }
    }
}

/// What a try counts against. Whole names are not kept: somebody may send long ones.
fn keys(name: &str, from: IpAddr) -> [Key; 3] {
    // Whoever has one address of the sixth version has a whole network of them.
    let from = match from.to_canonical() {
        IpAddr::V6(long) => format!("{:x?}", &long.segments()[..4]),
        IpAddr::V4(short) => short.to_string(),
    };
    let key = |what: String| -> Key { Sha256::digest(what).into() };
    [
        key(format!("both {from} {name}")),
        key(format!("from {from}")),
        key(format!("name {name}")),
    ]
}

fn wait(free: u32, (tries, last): (u32, Instant), now: Instant) -> Option<Duration> {
    let over = tries.checked_sub(free)?;
    let wait = WAIT.saturating_mul(2_u32.saturating_pow(over.min(10)));
    let passed = now.saturating_duration_since(last);
    (wait.min(LONGEST_WAIT).checked_sub(passed)).filter(|left| !left.is_zero())
}

impl Tries {
    /// Counts a try.
    ///
    /// # Errors
    /// There were too many: how long to wait. Then it is not counted.
    pub(crate) fn begin(&self, name: &str, from: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(name, from);
        let passed = |last: Instant| now.saturating_duration_since(last);
        let waits = keys.iter().zip(FREE).filter_map(|(key, free)| {
            let known = all.get(key).filter(|(_, last)| passed(*last) < FORGOTTEN)?;
            wait(free, *known, now)
        });
        if let Some(wait) = waits.max() {
            return Err(wait);
        }
        if all.len() + keys.len() > MOST {
            all.retain(|_, (_, last)| passed(*last) < FORGOTTEN);
        }
        for key in keys {
            if all.len() >= MOST && !all.contains_key(&key) {
                let oldest = all.iter().min_by_key(|(_, (_, last))| *last);
                if let Some(oldest) = oldest.map(|(key, _)| *key) {
                    all.remove(&oldest);
                }
            }
            let known = all.get(&key).filter(|(_, last)| passed(*last) < FORGOTTEN);
            let tries = known.map_or(0, |(tries, _)| *tries).saturating_add(1);
            all.insert(key, (tries, now));
        }
        Ok(())
    }

    /// The last try was right, and counts for nothing. What others tried from the same address still counts.
    pub(crate) fn right(&self, name: &str, from: IpAddr) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let [both, from, name] = keys(name, from);
        all.remove(&both);
        all.remove(&name);
        if let Some((tries, _)) = all.get_mut(&from) {
            *tries = tries.saturating_sub(1);
        }
    }

    /// How long the next try has to wait. `None`: not at all.
    pub(crate) fn wait(&self, name: &str, from: IpAddr, now: Instant) -> Option<Duration> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = keys(name, from).into_iter().zip(FREE);
        let waits = waits.filter_map(|(key, free)| wait(free, *all.get(&key)?, now));
        waits.max()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        net::{IpAddr, Ipv4Addr, Ipv6Addr},
        time::{Duration, Instant},
    };

    use super::{FREE, MOST, Tries};

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

    fn there(nth: u16) -> IpAddr {
        IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, nth, 0, 0, 0, 0, 1))
    }

    #[test]
    fn whoever_guesses_waits_and_longer_each_time() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..FREE[0] {
            assert_eq!(tries.wait("ann", HERE, now), None);
            assert_eq!(tries.begin("ann", HERE, now), Ok(()));
        }
        assert_eq!(tries.begin("ann", HERE, now), Err(Duration::from_secs(10)));
        // Neither another name nor another address is held up.
        assert_eq!(tries.begin("bo", HERE, now), Ok(()));
        assert_eq!(tries.begin("ann", there(1), now), Ok(()));
        let later = now + Duration::from_secs(11);
        assert_eq!(tries.begin("ann", HERE, later), Ok(()));
        let wait = tries.wait("ann", HERE, later);
        assert_eq!(wait, Some(Duration::from_secs(20)));
        // In the end it is forgotten.
        let much_later = later + Duration::from_secs(4_000);
        assert_eq!(tries.begin("ann", HERE, much_later), Ok(()));
        assert_eq!(tries.wait("ann", HERE, much_later), None);
    }

    #[test]
    fn a_right_password_forgives_the_name_and_not_the_address() {
        let (tries, now) = (Tries::default(), Instant::now());
        for nth in 0..FREE[1] {
            assert_eq!(tries.begin(&format!("name {nth}"), HERE, now), Ok(()));
        }
        assert!(tries.begin("ann", HERE, now).is_err());
        tries.right("name 0", HERE);
        assert_eq!(tries.begin("name 0", HERE, now), Ok(()));
        assert!(tries.begin("ann", HERE, now).is_err());
    }

    #[test]
    fn one_name_from_many_places_waits_too() {
        let (tries, now) = (Tries::default(), Instant::now());
        for nth in 0..FREE[2] {
            let from = there(u16::try_from(nth).unwrap_or(0));
            assert_eq!(tries.begin("ann", from, now), Ok(()));
        }
        assert!(tries.begin("ann", HERE, now).is_err());
        // Of one network all addresses are one.
        let beside = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 9, 9, 9, 9));
        for _ in 0..FREE[0] {
            let _ = tries.begin("bo", there(0), now);
        }
        assert!(tries.begin("bo", beside, now).is_err());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let (tries, now) = (Tries::default(), Instant::now());
        for nth in 0..MOST {
            let from = there(u16::try_from(nth % 60_000).unwrap_or(0));
            let _ = tries.begin(
                &format!("name {nth}"),
                from,
                now + Duration::from_millis(nth as u64),
            );
        }
        let all = tries.all.lock().map(|all| all.len());
        assert!(all.is_ok_and(|all| all <= MOST));
    }
}
