//! The declared fields of a token response, read one by one: a derived `Deserialize` for each provider would cost every
//! build more than the whole rest of its declaration.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeOwned, Visitor};
use serde_json::value::RawValue;

use crate::token::{FieldError, TokenResponse};

/// The members of an answer, each read into a type when it is asked for: what generated code reads declared fields by.
#[doc(hidden)]
pub struct Members<'a>(BTreeMap<Cow<'a, str>, &'a RawValue>);

impl<'a> Members<'a> {
    /// The members of an answer, unread.
    ///
    /// # Errors
    ///
    /// [`FieldError`] if it is no object.
    pub fn of(answer: &'a TokenResponse) -> Result<Self, FieldError> {
        serde_json::from_slice(answer.raw()).map(Self).map_err(|error| FieldError::new(&error))
    }

    /// One of them. What is not there is `None` to an `Option`, as for a derived `Deserialize`.
    ///
    /// # Errors
    ///
    /// [`FieldError`] if it is missing or of another type.
    pub fn read<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, FieldError> {
        match self.0.get(name) {
            Some(value) => {
                serde_json::from_str(value.get()).map_err(|error| FieldError::new(&error))
            }
            None => T::deserialize(Missing).map_err(|_| FieldError::missing(name)),
        }
    }
}

/// A value that is not there: only an `Option` can be made of it.
struct Missing;

impl<'de> Deserializer<'de> for Missing {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("it is missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl fmt::Debug for Members<'_> {
    /// Their values are left out: some are tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tests::response;

    #[test]
    fn a_declared_field_is_read_as_serde_would() {
        let answer = response(r#"{"id":7,"a\u0062":null,"list":["a"],"access_token":"canary-x"}"#);
        let members = Members::of(&answer).unwrap();

        assert_eq!(members.read::<u64>("id").unwrap(), 7);
        assert_eq!(members.read::<Option<u64>>("ab").unwrap(), None);
        assert_eq!(members.read::<Option<u64>>("nothing").unwrap(), None);
        assert_eq!(members.read::<Vec<String>>("list").unwrap(), ["a"]);
        let missing = members.read::<serde_json::Value>("nothing").unwrap_err().to_string();
        assert!(missing.ends_with("missing field `nothing`"), "{missing}");
        let other = members.read::<u64>("access_token").unwrap_err();
        assert!(!format!("{other} {other:?}").contains("canary"), "{other}");
        assert!(Members::of(&response("[]")).is_err());
    }
}
