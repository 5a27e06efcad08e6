//! How a declaration is written in a file, where serde's own form would not read well: parameters are a map of names
//! and values, and a value that is no constant says where it comes from.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::declaration::EmailVerified;
use crate::param::{Param, ParamValue, RequestParam};
use crate::text::{List, Text};

/// `{ prompt = "consent" }`
pub(crate) mod params {
    use super::{Deserializer, List, Param, Serializer, Text, read_pairs, write_pairs};

    pub(crate) fn serialize<S: Serializer>(params: &List<Param>, to: S) -> Result<S::Ok, S::Error> {
        write_pairs(params.iter().map(|param| (&param.name, &param.value)), to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<List<Param>, D::Error> {
        let pairs = read_pairs::<Text, D>(from)?.into_iter();
        Ok(pairs.map(|(name, value)| Param { name, value }).collect::<Vec<_>>().into())
    }
}

/// `{ device_id = { from = "callback.device_id" } }`
pub(crate) mod request_params {
    use super::{
        Deserializer, List, ParamValue, RequestParam, Serializer, read_pairs, write_pairs,
    };

    pub(crate) fn serialize<S: Serializer>(
        params: &List<RequestParam>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        write_pairs(params.iter().map(|param| (&param.name, &param.value)), to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<List<RequestParam>, D::Error> {
        let pairs = read_pairs::<ParamValue, D>(from)?.into_iter();
        Ok(pairs.map(|(name, value)| RequestParam { name, value }).collect::<Vec<_>>().into())
    }
}

fn write_pairs<'p, V: Serialize + 'p, S: Serializer>(
    pairs: impl ExactSizeIterator<Item = (&'p Text, &'p V)>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(pairs.len()))?;
    for (name, value) in pairs {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// The pairs of a map in their order, a doubled name twice: the rules say what is wrong with that.
fn read_pairs<'de, V: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<(Text, V)>, D::Error> {
    struct Pairs<V>(std::marker::PhantomData<V>);

    impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
        type Value = Vec<(Text, V)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("names and values")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut pairs = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, V>()? {
                pairs.push((Text::from(name), value));
            }
            Ok(pairs)
        }
    }

    from.deserialize_map(Pairs(std::marker::PhantomData))
}

/// Where a value comes from, as a file spells it.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct From<'a> {
    from: Cow<'a, str>,
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let from: Cow<'_, str> = match self {
            Self::Constant(text) => return text.serialize(to),
            Self::ClientId => "client_id".into(),
            Self::RedirectUri => "redirect_uri".into(),
            Self::Scope => "scope".into(),
            Self::State => "state".into(),
            Self::Callback(name) => format!("callback.{name}").into(),
            Self::TokenResponse(name) => format!("token_response.{name}").into(),
        };
        From { from }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for ParamValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a text, or `{ from = \"client_id\" }`")]
        enum Written {
            Constant(String),
            From(From<'static>),
        }

        let source = match Written::deserialize(from)? {
            Written::Constant(text) => return Ok(Self::Constant(text.into())),
            Written::From(From { from }) => from,
        };
        match (&*source, source.split_once('.')) {
            ("client_id", _) => Ok(Self::ClientId),
            ("redirect_uri", _) => Ok(Self::RedirectUri),
            ("scope", _) => Ok(Self::Scope),
            ("state", _) => Ok(Self::State),
            (_, Some(("callback", name))) => Ok(Self::Callback(name.to_owned().into())),
            (_, Some(("token_response", name))) => Ok(Self::TokenResponse(name.to_owned().into())),
            _ => Err(de::Error::custom(format!(
                "unknown source `{source}`, expected one of `client_id`, `redirect_uri`, `scope`, `state`, \
                 `callback.…`, `token_response.…`"
            ))),
        }
    }
}

impl Serialize for EmailVerified {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Always => to.serialize_str("always"),
            Self::Never => to.serialize_str("never"),
            Self::At(pointer) => pointer.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for EmailVerified {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match String::deserialize(from)?.as_str() {
            "always" => Self::Always,
            "never" => Self::Never,
            pointer => Self::At(pointer.to_owned().into()),
        })
    }
}
