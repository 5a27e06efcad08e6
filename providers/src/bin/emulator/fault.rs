//! What is to go wrong: `token:503`, `userinfo:500:2`, `token:2s`, `wrong-issuer`.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use oauth_providers::{Emulator, Endpoint, IdTokenFault};

use crate::duration::duration;
use crate::endpoint::{named, word};

/// What goes wrong at an endpoint, with every request or with the next few.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) endpoint: Endpoint,
    kind: Kind,
    /// With so many requests; with every one where there is none.
    times: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Fail(StatusCode),
    LoseAnswer,
    LoseRequest,
    Slow(Duration),
}

/// `ENDPOINT:STATUS[:TIMES]`
pub(crate) fn fail(text: &str) -> Result<Fault, String> {
    with_value(text, "a status such as `503`", |status| {
        let status = status.parse().ok().filter(|status| (200..600).contains(status))?;
        StatusCode::from_u16(status).ok().map(Kind::Fail)
    })
}

/// `ENDPOINT:TIME[:TIMES]`
pub(crate) fn slow(text: &str) -> Result<Fault, String> {
    with_value(text, "a time such as `2s`", |time| duration(time).ok().map(Kind::Slow))
}

/// `ENDPOINT[:TIMES]`
pub(crate) fn lose_request(text: &str) -> Result<Fault, String> {
    fault(text, Kind::LoseRequest)
}

/// `ENDPOINT[:TIMES]`
pub(crate) fn lose_answer(text: &str) -> Result<Fault, String> {
    fault(text, Kind::LoseAnswer)
}

fn with_value(
    text: &str,
    expected: &str,
    read: impl FnOnce(&str) -> Option<Kind>,
) -> Result<Fault, String> {
    let (endpoint, rest) = text.split_once(':').unwrap_or((text, ""));
    let (value, times) = match rest.split_once(':') {
        Some((value, times)) => (value, format!("{endpoint}:{times}")),
        None => (rest, endpoint.to_owned()),
    };
    let kind = read(value).ok_or_else(|| format!("expected {expected} behind the endpoint"));
    fault(&times, kind?)
}

fn fault(text: &str, kind: Kind) -> Result<Fault, String> {
    let (endpoint, times) = match text.split_once(':') {
        Some((endpoint, times)) => (endpoint, Some(times)),
        None => (text, None),
    };
    let endpoint = named(endpoint)?;
    let times = times.map(|times| {
        let number = times.parse().ok().filter(|number| *number > 0);
        number.ok_or_else(|| format!("`{times}` is not how often; expected a number such as `2`"))
    });
    Ok(Fault { endpoint, kind, times: times.transpose()? })
}

impl Fault {
    /// Whether it is about every request.
    pub(crate) fn is_lasting(&self) -> bool {
        self.times.is_none()
    }

    /// Has an emulator do it.
    pub(crate) fn tell(&self, emulator: &Emulator) {
        let endpoint = self.endpoint;
        let Some(times) = self.times else {
            return match self.kind {
                Kind::Fail(status) => emulator.fail_all(endpoint, status),
                Kind::LoseAnswer => emulator.lose_all_answers(endpoint),
                Kind::LoseRequest => emulator.lose_all_requests(endpoint),
                Kind::Slow(pause) => emulator.slow_all(endpoint, pause),
            };
        };
        for _ in 0..times {
            match self.kind {
                Kind::Fail(status) => emulator.fail_next(endpoint, status),
                Kind::LoseAnswer => emulator.lose_next_answer(endpoint),
                Kind::LoseRequest => emulator.lose_next_request(endpoint),
                Kind::Slow(pause) => emulator.slow_next(endpoint, pause),
            }
        }
    }
}

/// As the rest of a sentence: `every request to token is answered 503`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = word(self.endpoint);
        match self.times {
            None => write!(f, "every request to {endpoint} ")?,
            Some(1) => write!(f, "the next request to {endpoint} ")?,
            Some(times) => write!(f, "each of the next {times} requests to {endpoint} ")?,
        }
        match self.kind {
            Kind::Fail(status) => write!(f, "is answered {}", status.as_u16()),
            Kind::LoseAnswer => f.write_str("loses its connection after the server has acted"),
            Kind::LoseRequest => f.write_str("loses its connection before it is read"),
            Kind::Slow(pause) => write!(f, "waits {pause:?} for its answer"),
        }
    }
}

/// A mistake in every ID token, by its name: `wrong-issuer`.
pub(crate) fn of_id_token(name: &str) -> Result<IdTokenFault, String> {
    let found = IdTokenFault::ALL.iter().find(|fault| name_of(**fault) == name);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = IdTokenFault::ALL.iter().map(|fault| name_of(*fault)).collect();
        format!("expected one of {}", known.join(", "))
    })
}

/// `WrongIssuer` is `wrong-issuer`.
pub(crate) fn name_of(fault: IdTokenFault) -> String {
    let mut name = String::new();
    for letter in format!("{fault:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_what_and_how_often() {
        let says = |fault: Result<Fault, String>| fault.unwrap().to_string();

        assert_eq!(says(fail("token:503")), "every request to token is answered 503");
        let twice = "each of the next 2 requests to userinfo is answered 500";
        assert_eq!(says(fail("userinfo:500:2")), twice);
        assert_eq!(says(slow("token:2s")), "every request to token waits 2s for its answer");
        let once = "the next request to api waits 500ms for its answer";
        assert_eq!(says(slow("api:500ms:1")), once);
        let lost = "every request to token loses its connection before it is read";
        assert_eq!(says(lose_request("token")), lost);
        let lost = "the next request to jwks loses its connection after the server has acted";
        assert_eq!(says(lose_answer("jwks:1")), lost);
    }

    #[test]
    fn a_fault_that_cannot_be_says_what_is_expected() {
        let refused = |fault: Result<Fault, String>| fault.unwrap_err();

        assert!(refused(fail("token")).contains("a status such as `503`"));
        assert!(refused(fail("token:99")).contains("a status such as `503`"));
        assert!(refused(fail("nothing:503")).contains("`nothing` is no endpoint"));
        assert!(refused(fail("token:503:0")).contains("`0` is not how often"));
        assert!(refused(fail("token:503:2:3")).contains("`2:3` is not how often"));
        assert!(refused(slow("token:soon")).contains("a time such as `2s`"));
        assert!(refused(lose_answer("token:x")).contains("`x` is not how often"));
    }

    #[test]
    fn a_mistake_of_an_id_token_has_a_name() {
        assert_eq!(of_id_token("wrong-issuer"), Ok(IdTokenFault::WrongIssuer));
        assert_eq!(of_id_token("alg-none"), Ok(IdTokenFault::AlgNone));
        assert!(of_id_token("wrong").unwrap_err().contains("alg-none, another-algorithm"));
    }
}
