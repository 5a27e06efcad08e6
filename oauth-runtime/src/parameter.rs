//! Values for the placeholders of a declaration.
//!
//! A placeholder's type says where it may stand, and its constructor refuses what would not stay there: a
//! [`Host`] can never add a path or a user name to a URL, a [`Segment`] can never leave its segment, a [`Value`] never its
//! parameter of the query.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// A host, or a host and a port: `tenant.eu.auth0.com`, `localhost:8080`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Host(String);

impl Host {
    /// Reads the value of the named field.
    ///
    /// # Errors
    ///
    /// [`ParameterError`] if it is anything but a host with an optional port.
    pub fn parse(field: impl Into<Cow<'static, str>>, value: &str) -> Result<Self, ParameterError> {
        let expected = "a host such as `tenant.example.com`";
        let error = ParameterError { field: field.into(), expected };
        // The URL parser forgives and drops much that no host holds; what it would forgive was a mistake.
        let of_a_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        if value.is_empty() || !value.bytes().all(of_a_host) {
            return Err(error);
        }
        let Ok(url) = url::Url::parse(&format!("https://{value}/")) else { return Err(error) };
        let Some(host) = url.host_str() else { return Err(error) };
        let normal = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let default_port = value.strip_suffix(":443").unwrap_or(value);
        if !normal.eq_ignore_ascii_case(default_port) {
            return Err(error);
        }
        Ok(Self(normal))
    }

    /// A value that the declaration names, which was checked with it.
    #[doc(hidden)]
    #[must_use]
    pub fn declared(value: &str) -> Self {
        Self(value.to_ascii_lowercase())
    }

    /// The value as it stands in a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One segment of a path: `common`, `my-realm`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Segment(String);

impl Segment {
    /// Reads the value of the named field; characters that a segment cannot hold are percent-encoded.
    ///
    /// # Errors
    ///
    /// [`ParameterError`] if it is empty or one of the segments `.` and `..`, which would move the path.
    pub fn parse(field: impl Into<Cow<'static, str>>, value: &str) -> Result<Self, ParameterError> {
        if matches!(value, "" | "." | "..") {
            return Err(ParameterError { field: field.into(), expected: "one segment of a path" });
        }
        Ok(Self::declared(value))
    }

    /// A value that the declaration names, which was checked with it.
    #[doc(hidden)]
    #[must_use]
    pub fn declared(value: &str) -> Self {
        Self(utf8_percent_encode(value, NOT_IN_SEGMENT).to_string())
    }

    /// The value as it stands in a URL, percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The value of a parameter in the query: `eu`, `my shop`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Value(String);

impl Value {
    /// Reads the value of the named field; characters that a query cannot hold are percent-encoded.
    ///
    /// # Errors
    ///
    /// [`ParameterError`] if it is empty.
    pub fn parse(field: impl Into<Cow<'static, str>>, value: &str) -> Result<Self, ParameterError> {
        if value.is_empty() {
            return Err(ParameterError {
                field: field.into(),
                expected: "a text that is not empty",
            });
        }
        Ok(Self::declared(value))
    }

    /// A value that the declaration names, which was checked with it.
    #[doc(hidden)]
    #[must_use]
    pub fn declared(value: &str) -> Self {
        Self(utf8_percent_encode(value, NOT_IN_VALUE).to_string())
    }

    /// The value as it stands in a URL, percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A value that does not fit its placeholder.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ParameterError {
    field: Cow<'static, str>,
    expected: &'static str,
}

impl ParameterError {
    /// A declaration made at run time has no such placeholder.
    pub(crate) fn undeclared(name: &str) -> Self {
        Self { field: name.to_owned().into(), expected: "a placeholder of the declaration" }
    }

    /// The field whose value was refused.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` must be {}", self.field, self.expected)
    }
}

impl std::error::Error for ParameterError {}

/// What is encoded in a segment: everything that has a meaning in a URL, `%` included.
const NOT_IN_SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What is encoded in the value of a parameter: what it must not be in a segment, and what parts two parameters.
const NOT_IN_VALUE: &AsciiSet = &NOT_IN_SEGMENT.add(b'&').add(b'+').add(b'\'');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_host_and_nothing_more() {
        for value in
            ["acme.example", "localhost:8080", "127.0.0.1:9000", "[::1]:9000", "ACME.example"]
        {
            assert!(Host::parse("domain", value).is_ok(), "{value}");
        }
        for value in [
            "",
            " ",
            "a\"b.example",
            "a{b}.example",
            "a`b.example",
            "a b",
            "https://a",
            "a/b",
            "a?b",
            "a#b",
            "user@a",
            "a\\b",
            "a\t",
            "a:99999",
            "a:",
            "%41",
            "[::1",
            "a..b/../c",
            "ａ.example",
        ] {
            assert!(Host::parse("domain", value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn a_segment_stays_one_segment() {
        let encoded = |value| Segment::parse("tenant", value).unwrap().as_str().to_owned();

        assert_eq!(encoded("common"), "common");
        assert_eq!(encoded("a/b?c#d"), "a%2Fb%3Fc%23d");
        assert_eq!(encoded("..%2f"), "..%252f");
        for value in ["", ".", ".."] {
            assert!(Segment::parse("tenant", value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn the_error_names_the_field() {
        let error = Host::parse("domain", "a/b").unwrap_err();

        assert_eq!(error.to_string(), "`domain` must be a host such as `tenant.example.com`");
    }
}
