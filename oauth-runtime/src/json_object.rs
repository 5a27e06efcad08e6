//! The members of a JSON object that a signature vouches for: each name once, each value of the kind that it must be.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::clock::Timestamp;
use crate::jwt_error::JwtError;

/// An object whose values are not read yet. Two members of one name make it none: two readers might take either.
pub(crate) struct JsonObject<'a>(BTreeMap<Cow<'a, str>, &'a RawValue>);

impl<'a> JsonObject<'a> {
    /// Reads an object and nothing behind it.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A member, if it is there; an error if it is another kind of value. `null` is another kind too.
    pub(crate) fn read<T: Deserialize<'a>>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, JwtError> {
        let value = self.0.get(name).map(|value| serde_json::from_str(value.get()));
        value.transpose().map_err(|_| JwtError::Claim { name })
    }

    pub(crate) fn text(&self, name: &'static str) -> Result<Option<Cow<'a, str>>, JwtError> {
        Ok(self.read::<Text<'a>>(name)?.map(|Text(text)| text))
    }

    /// A member that is a text, whatever its name.
    pub(crate) fn any_text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }

    /// A text that must be there, and say something.
    pub(crate) fn required_text(&self, name: &'static str) -> Result<Cow<'a, str>, JwtError> {
        self.text(name)?.filter(|text| !text.is_empty()).ok_or(JwtError::Claim { name })
    }

    /// An instant as a number of seconds, whole or not (RFC 7519 s2, `NumericDate`).
    pub(crate) fn instant(&self, name: &'static str) -> Result<Option<Timestamp>, JwtError> {
        let Some(seconds) = self.read::<f64>(name)? else { return Ok(None) };
        if !(0.0..=LAST_SECOND).contains(&seconds) {
            return Err(JwtError::Claim { name });
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is between 0 and the end of the year 9999"
        )]
        Ok(Some(Timestamp::from_unix_seconds(seconds as u64)))
    }

    /// One text or a list of texts (RFC 7519 s4.1.3).
    pub(crate) fn texts(&self, name: &'static str) -> Result<Vec<String>, JwtError> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum OneOrMore {
            One(String),
            More(Vec<String>),
        }
        Ok(match self.read(name)? {
            None => Vec::new(),
            Some(OneOrMore::One(text)) => vec![text],
            Some(OneOrMore::More(texts)) => texts,
        })
    }
}

/// A text, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for JsonObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = JsonObject<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((Text(name), value)) = map.next_entry::<Text<'de>, &RawValue>()? {
            if members.insert(name, value).is_some() {
                return Err(A::Error::custom("a name stands there twice"));
            }
        }
        Ok(JsonObject(members))
    }
}

impl fmt::Debug for JsonObject<'_> {
    /// The values are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The end of the year 9999.
const LAST_SECOND: f64 = 253_402_300_799.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_has_each_name_once_and_nothing_behind_it() {
        for bad in ["", "[]", "{", "{}x", "\u{feff}{}", r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":2}"#]
        {
            assert!(JsonObject::parse(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(JsonObject::parse(br#" {"a":1,"b":{"a":2}} "#).is_some());
    }

    #[test]
    fn id_12_an_instant_is_a_number_of_seconds_that_a_clock_can_show() {
        let read = |value: &str| {
            let text = format!(r#"{{"exp":{value}}}"#);
            let instant = JsonObject::parse(text.as_bytes()).map(|claims| claims.instant("exp"));
            instant.and_then(Result::ok).flatten().map(Timestamp::as_unix_seconds)
        };

        assert_eq!(read("1767225600"), Some(1_767_225_600));
        assert_eq!(read("1767225600.75"), Some(1_767_225_600));
        assert_eq!(read("1.7672256e9"), Some(1_767_225_600));
        assert_eq!(read("0"), Some(0));
        for odd in [
            "-1",
            "1e300",
            "1e999",
            "NaN",
            "null",
            "\"1767225600\"",
            "[1767225600]",
            "true",
            "9223372036854775807",
            "253402300800",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_text_is_a_text_and_a_list_holds_texts() {
        let claims =
            JsonObject::parse(br#"{"t":"a\"b","n":null,"one":"x","two":["x","y"],"odd":[1]}"#);
        let claims = claims.unwrap();

        assert_eq!(claims.text("t").unwrap().as_deref(), Some("a\"b"));
        assert!(claims.text("nothing").unwrap().is_none());
        assert!(matches!(claims.text("n"), Err(JwtError::Claim { name: "n" })));
        assert_eq!(claims.texts("one").unwrap(), ["x"]);
        assert_eq!(claims.texts("two").unwrap(), ["x", "y"]);
        assert!(matches!(claims.texts("odd"), Err(JwtError::Claim { name: "odd" })));
    }
}
