//! When a token is renewed ahead of its expiry.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::token::Tokens;

/// Whether it is time to renew a token that is still valid: in its last minute, or in the last tenth of its life
/// if that is shorter.
///
/// The share of `0..=255` moves the beginning by up to half of it, so that the sessions of one deployment are not
/// all renewed at one instant.
pub(crate) fn is_due(tokens: &Tokens, share: u8, now: Timestamp) -> bool {
    let Some(expires_at) = tokens.expires_at() else { return false };
    let life = expires_at.since(tokens.received_at());
    let longest = (life / 10).min(MOST);
    let window = longest - longest / 2 * u32::from(share) / 255;
    now.after(window) >= expires_at
}

const MOST: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tests::tokens_of;

    #[test]
    fn a_token_is_due_in_the_last_part_of_its_life() {
        let at = Timestamp::from_unix_seconds;
        let hour = tokens_of(at(0), Some(at(3600)));
        let minute = tokens_of(at(0), Some(at(60)));

        assert!(!is_due(&hour, 0, at(3539)));
        assert!(is_due(&hour, 0, at(3540)));
        assert!(!is_due(&hour, 255, at(3569)));
        assert!(is_due(&hour, 255, at(3570)));
        assert!(!is_due(&minute, 0, at(53)));
        assert!(is_due(&minute, 0, at(54)));
        assert!(!is_due(&tokens_of(at(0), None), 0, at(u64::MAX)));
    }
}
