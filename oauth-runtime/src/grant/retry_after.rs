//! How long a server asks to be left alone ([RFC 9110 s10.2.3]).
//!
//! [RFC 9110 s10.2.3]: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;

use crate::clock::Timestamp;

/// The wish in the headers: seconds, or a date. What is neither is none.
pub(crate) fn read(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = Timestamp::from(httpdate::parse_http_date(value).ok()?);
    Some(date.since(now))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_wish_is_seconds_or_a_date() {
        let read = |value: &'static str| {
            let headers = [(RETRY_AFTER, HeaderValue::from_static(value))].into_iter().collect();
            read(&headers, Timestamp::from_unix_seconds(784_111_777)).map(|wish| wish.as_secs())
        };

        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(read("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        for none in ["", "soon", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
