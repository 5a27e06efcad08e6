//! This machine's clock beside the provider's.

use std::time::Duration;

use http::HeaderMap;
use http::header::DATE;

use crate::clock::Timestamp;
use crate::doctor::diagnosis::{Finding, Subject};

/// The time of an answer (RFC 9110 s6.6.1), beside ours.
pub(super) fn compared(headers: &HeaderMap, now: Timestamp) -> Finding {
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let Some(theirs) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
        let words = "the provider does not say what time it has".to_owned();
        return Finding::note(Subject::Clock, words);
    };
    let theirs = Timestamp::from(theirs);
    let (behind, ahead) = (theirs.since(now), now.since(theirs));
    let (off, direction) = if behind > ahead { (behind, "behind") } else { (ahead, "ahead of") };
    if off <= TOLERABLE {
        return Finding::good(Subject::Clock, "it is as late here as at the provider".to_owned());
    }
    let seconds = off.as_secs();
    Finding::wrong(
        Subject::Clock,
        format!(
            "this machine is {seconds} seconds {direction} the provider: tokens are taken for expired, or not yet good; set its \
             clock"
        ),
    )
}

/// What a token's times are judged with, unless the application says otherwise.
const TOLERABLE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::doctor::diagnosis::Verdict;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    const THEN: u64 = 784_111_777;

    fn at(seconds: u64) -> Finding {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"));
        compared(&headers, Timestamp::from_unix_seconds(seconds))
    }

    #[test]
    fn a_clock_may_be_a_minute_off() {
        for seconds in [THEN, THEN - 60, THEN + 60] {
            assert_eq!(at(seconds).verdict, Verdict::Good);
        }
        let words = |finding: Finding| (finding.verdict, finding.words);
        let (verdict, said) = words(at(THEN - 61));
        assert_eq!(verdict, Verdict::Wrong);
        assert!(said.starts_with("this machine is 61 seconds behind the provider"), "{said}");
        let (verdict, said) = words(at(THEN + 3600));
        assert_eq!(verdict, Verdict::Wrong);
        assert!(said.starts_with("this machine is 3600 seconds ahead of the provider"), "{said}");
    }

    #[test]
    fn a_date_that_is_none_says_nothing() {
        let mut headers = HeaderMap::new();
        let now = Timestamp::from_unix_seconds(0);
        assert_eq!(compared(&headers, now).verdict, Verdict::Note);
        headers.insert(DATE, HeaderValue::from_static("yesterday"));
        assert_eq!(compared(&headers, now).verdict, Verdict::Note);
    }
}
