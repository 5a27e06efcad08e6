//! Tokens as bytes: the compact record inside a sealed value.
//!
//! A later version of the library may append to a record, which this one reads and writes without what it does not know.
//! A record that this version would misread has another format, and is nothing to it.

use serde::{Deserialize, Serialize, Serializer};

use crate::clock::Timestamp;
use crate::scope::Scopes;
use crate::token::{AccessToken, LoginId, RawAnswer, RefreshToken, Tokens};

#[derive(Deserialize, Serialize)]
struct Record<'a> {
    format: u8,
    #[serde(borrow)]
    access_token: Part<'a>,
    #[serde(borrow)]
    refresh_token: Option<Part<'a>>,
    scopes: &'a str,
    login: LoginId,
    generation: u32,
    logged_in_at: Timestamp,
    received_at: Timestamp,
    expires_at: Option<Timestamp>,
    account: Option<&'a str>,
    #[serde(borrow)]
    callback: Vec<(&'a str, &'a str)>,
    #[serde(serialize_with = "as_bytes")]
    raw: &'a [u8],
}

const FORMAT: u8 = 1;

/// Bytes are copied at once; a slice would be written one by one.
fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

/// A token that stands in the raw answer is not written twice.
#[derive(Deserialize, Serialize)]
enum Part<'a> {
    Within { start: usize, length: usize },
    Own(&'a str),
}

impl<'a> Part<'a> {
    fn of(token: &'a str, raw: &[u8]) -> Self {
        match memchr::memmem::find(raw, token.as_bytes()) {
            Some(start) => Self::Within { start, length: token.len() },
            None => Self::Own(token),
        }
    }

    fn text(&self, raw: &'a [u8]) -> Option<&'a str> {
        match *self {
            Self::Within { start, length } => {
                std::str::from_utf8(raw.get(start..start.checked_add(length)?)?).ok()
            }
            Self::Own(token) => Some(token),
        }
    }
}

/// The record of tokens, to be sealed.
pub(crate) fn to_record(tokens: &Tokens) -> Vec<u8> {
    let raw = tokens.raw.bytes();
    let record = Record {
        format: FORMAT,
        access_token: Part::of(tokens.access_token.expose(), raw),
        refresh_token: tokens.refresh_token.as_ref().map(|token| Part::of(token.expose(), raw)),
        scopes: &tokens.scopes.join(" "),
        login: tokens.login,
        generation: tokens.generation,
        logged_in_at: tokens.logged_in_at,
        received_at: tokens.received_at,
        expires_at: tokens.expires_at,
        account: tokens.account.as_deref(),
        callback: tokens.callback.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect(),
        raw,
    };
    postcard::to_allocvec(&record).expect("strings and numbers always have a record")
}

/// Reads a record that was opened.
pub(crate) fn from_record(record: &[u8]) -> Option<Tokens> {
    let (record, _) = postcard::take_from_bytes::<Record<'_>>(record).ok()?;
    if record.format != FORMAT {
        return None;
    }
    let refresh_token = match record.refresh_token {
        Some(token) => Some(RefreshToken::new(token.text(record.raw)?)),
        None => None,
    };
    Some(Tokens {
        access_token: AccessToken::new(record.access_token.text(record.raw)?),
        refresh_token,
        scopes: Scopes::from_record(record.scopes),
        login: record.login,
        generation: record.generation,
        logged_in_at: record.logged_in_at,
        received_at: record.received_at,
        expires_at: record.expires_at,
        account: record.account.map(str::to_owned),
        callback: record.callback.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        raw: RawAnswer::new(record.raw),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn tokens(raw: &str, access: &str, refresh: Option<&str>) -> Tokens {
        let mut tokens = Tokens::of_refresh_token(RefreshToken::new("rt"));
        tokens.access_token = AccessToken::new(access);
        tokens.refresh_token = refresh.map(RefreshToken::new);
        tokens.scopes = Scopes::parse("a b");
        tokens.account = Some("me".to_owned());
        tokens.raw = RawAnswer::new(raw.as_bytes());
        tokens
    }

    fn facts(tokens: &Tokens) -> (String, Option<String>, String, Option<String>, Vec<u8>) {
        (
            tokens.access_token.expose().to_owned(),
            tokens.refresh_token.as_ref().map(|token| token.expose().to_owned()),
            tokens.scopes.to_string(),
            tokens.account.clone(),
            tokens.raw.bytes().to_vec(),
        )
    }

    #[test]
    fn a_record_holds_everything_and_no_token_twice() {
        let raw = r#"{"access_token":"at-0123456789","refresh_token":"rt-0123456789"}"#;
        let within = tokens(raw, "at-0123456789", Some("rt-0123456789"));
        let apart = tokens("{}", "at-0123456789", Some("kept-from-before"));

        for tokens in [&within, &apart] {
            assert_eq!(facts(&from_record(&to_record(tokens)).unwrap()), facts(tokens));
        }
        assert!(to_record(&within).len() < raw.len() + 48);
    }

    #[test]
    fn sr_07_what_a_later_version_appends_is_left_and_another_format_is_nothing() {
        let known = tokens("{}", "at", Some("rt"));
        let mut record = to_record(&known);

        record.extend(b"appended");
        assert_eq!(facts(&from_record(&record).unwrap()), facts(&known));
        record[0] += 1;
        assert!(from_record(&record).is_none());
    }

    #[test]
    fn a_record_of_another_shape_is_nothing() {
        for bytes in
            [&[][..], &[0xff; 64], &[0; 3], &[0, 0xff, 0xff, 0xff, 0xff, 0x0f, 5, 0, 0, 0, 0, 0, 0]]
        {
            assert!(from_record(bytes).is_none(), "{bytes:?}");
        }
    }
}
