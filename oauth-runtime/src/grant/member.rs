//! One member of an answer, whatever its type: providers differ, and one odd member must not lose the whole answer.

use std::borrow::Cow;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::scope::{Scope, Scopes};

/// A member of an answer.
#[derive(Default)]
pub(crate) enum Member<'a> {
    #[default]
    Null,
    Text(Cow<'a, str>),
    Number(f64),
    List(Vec<Member<'a>>),
    Other,
}

impl<'a> From<&'a Value> for Member<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Number(number) => number.as_f64().map_or(Self::Other, Self::Number),
            Value::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            Value::Bool(_) | Value::Object(_) => Self::Other,
        }
    }
}

impl Member<'_> {
    /// The text, unless it is empty.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Member::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The number, or the number that a text holds.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Member::Number(number) => Some(*number),
            Member::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn scopes(&self) -> Option<Scopes> {
        match self {
            Member::Text(text) => Some(Scopes::parse(text)),
            Member::List(list) => Some(
                list.iter()
                    .filter_map(Member::text)
                    .map(|name| Scope::new(name.to_owned()))
                    .collect(),
            ),
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Member<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Member::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Member::Text(Cow::Owned(text.to_owned())))
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds are clamped far below 2^53")]
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Member::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds are clamped far below 2^53")]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Member::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Member::Number(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Member::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(Member::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }
}
