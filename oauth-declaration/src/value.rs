//! What one value must be: a scope, a JSON pointer, a slug, a header, a URL. No knowledge of keys: a fault is the rest
//! of a sentence that begins with one, where it is not a sentence of its own.

pub(crate) mod host;
pub(crate) mod url;

use crate::declaration::PlaceholderKind;
use crate::names;
use crate::sentence::{brief, short, shown};

/// RFC 6749 s3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
pub(crate) fn scope(scope: &str) -> Result<(), String> {
    let strange = |letter: &char| !matches!(letter, '\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E');
    if scope.is_empty() {
        return Err("a scope is not empty; remove it".to_owned());
    }
    if scope.contains(' ') {
        return Err(several_scopes(scope));
    }
    match scope.chars().find(strange) {
        Some(letter) => Err(format!(
            "a scope holds no {}; expected visible ASCII other than `\"` and `\\`",
            shown(letter)
        )),
        None => Ok(()),
    }
}

/// RFC 6901 s3: every reference token follows a `/`; `~` only stands in `~0` and `~1`.
pub(crate) fn json_pointer(pointer: &str) -> Result<(), String> {
    if pointer.is_empty() {
        return Err("is empty; write a JSON pointer, as in `\"/id\"`".to_owned());
    }
    if !pointer.starts_with('/') {
        let right = format!("/{}", short(pointer));
        return Err(format!("is a JSON pointer and begins with `/`; write `\"{right}\"`"));
    }
    let mut escapes = pointer.split('~').skip(1);
    if escapes.any(|rest| !rest.starts_with(['0', '1'])) {
        return Err("holds a lone `~`; a JSON pointer writes it `~0`".to_owned());
    }
    Ok(())
}

/// `[a-z0-9_]{1,64}`: a part of cookie names and paths.
pub(crate) fn slug(slug: &str) -> Result<(), String> {
    if is_slug(slug) && slug.len() > 64 {
        return Err(format!("has {} letters, and 64 are enough; write a shorter one", slug.len()));
    }
    if slug.is_empty() || is_slug(slug) {
        return filled(slug);
    }
    Err(format!("expects `a` to `z`, `0` to `9` and `_`, found `{}`", short(slug)))
}

/// Whether `text` is `[a-z0-9_]+`.
pub(crate) fn is_slug(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    !text.is_empty() && text.bytes().all(letter)
}

/// Whether `text` can be the name of a placeholder: that of a field.
pub(crate) fn is_field(text: &str) -> bool {
    is_slug(text) && !text.starts_with(|first: char| first.is_ascii_digit())
}

/// A text that people read, or that a request carries.
pub(crate) fn filled(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("is empty; write a text or remove it".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("expects a text without control characters".to_owned());
    }
    Ok(())
}

/// RFC 9110 s5.6.2: `token`, which the name of a header and the scheme in `Authorization` are.
pub(crate) fn is_token(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(letter)
}

/// `[A-Za-z0-9_]+`: a claim of an ID token.
pub(crate) fn claim(name: &str) -> Result<(), String> {
    match name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        true => filled(name),
        false => Err(format!("expects letters, digits and `_`, found `{}`", short(name))),
    }
}

/// RFC 9110 s5.1: the name of a header is a `token`; those that the library writes are not given.
pub(crate) fn header(name: &str) -> Result<(), String> {
    if names::RESERVED_HEADERS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return Err(format!("is `{name}`, which the library writes itself; write another header"));
    }
    match name.is_empty() || is_token(name) {
        true => filled(name),
        false => Err(format!("expects the name of a header, found `{}`", brief(name))),
    }
}

/// RFC 9110 s11.1: a scheme is a `token`.
pub(crate) fn scheme(word: &str) -> Result<(), String> {
    if word.is_empty() || is_token(word) {
        return filled(word);
    }
    Err(format!("expects one word, as in `\"token\"`, found `{}`", brief(word)))
}

/// RFC 9110 s5.5: visible ASCII, with spaces inside.
pub(crate) fn is_header_value(value: &str) -> bool {
    let visible = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    visible && value.trim() == value && !value.is_empty()
}

/// RFC 3986 s3.5: what follows the `#` of a URL.
pub(crate) fn fragment(text: &str) -> Result<(), String> {
    match text.strip_prefix('#') {
        Some("") => filled(""),
        Some(rest) => Err(format!("stands without its `#`; write `\"{}\"`", short(rest))),
        None => filled(text).and_then(|()| url::characters(text)),
    }
}

/// What may stand in the place of a placeholder.
pub(crate) fn parameter(kind: PlaceholderKind, value: &str) -> Result<(), &'static str> {
    match kind {
        PlaceholderKind::Host => {
            host::check(value).map_err(|_| "a host such as `tenant.example.com`")
        }
        PlaceholderKind::Segment if matches!(value, "" | "." | "..") => {
            Err("one segment of a path")
        }
        PlaceholderKind::Value if value.is_empty() => Err("a text that is not empty"),
        PlaceholderKind::Segment | PlaceholderKind::Value => Ok(()),
    }
}

fn several_scopes(scope: &str) -> String {
    let parts: Vec<&str> = scope.split_whitespace().collect();
    match parts.as_slice() {
        [a, b] if scope.len() <= 60 => {
            format!("a scope holds no space; write two scopes, `\"{a}\"` and `\"{b}\"`")
        }
        _ => "a scope holds no space; write one scope for each word".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_a_scope_token() {
        assert_eq!(scope("user:email"), Ok(()));
        assert_eq!(scope("!#[]~"), Ok(()));
        for text in ["a\"b", "a\\b", "é", "a\tb", "\x7F"] {
            assert!(scope(text).unwrap_err().starts_with("a scope holds no `"));
        }
        assert_eq!(
            scope("repo user").unwrap_err(),
            "a scope holds no space; write two scopes, `\"repo\"` and `\"user\"`"
        );
        assert_eq!(scope("").unwrap_err(), "a scope is not empty; remove it");
    }

    #[test]
    fn a_json_pointer_begins_with_a_slash() {
        assert_eq!(json_pointer("/a~1b/0"), Ok(()));
        assert_eq!(
            json_pointer("id").unwrap_err(),
            "is a JSON pointer and begins with `/`; write `\"/id\"`"
        );
        assert_eq!(
            json_pointer("").unwrap_err(),
            "is empty; write a JSON pointer, as in `\"/id\"`"
        );
        assert!(json_pointer("/a~2").is_err());
        assert!(json_pointer("/a~").is_err());
    }

    #[test]
    fn a_slug_is_lower_case() {
        assert_eq!(slug("git_hub2"), Ok(()));
        assert_eq!(slug(&"a".repeat(64)), Ok(()));
        let long = slug(&"a".repeat(65)).unwrap_err();
        assert_eq!(long, "has 65 letters, and 64 are enough; write a shorter one");
        for text in ["GitHub", "git-hub", "gît"] {
            assert!(slug(text).unwrap_err().starts_with("expects `a` to `z`"));
        }
        assert_eq!(slug("").unwrap_err(), "is empty; write a text or remove it");
        assert!(is_field("_a1") && !is_field("1a"));
    }

    #[test]
    fn a_header_is_one_line_of_ascii() {
        assert!(is_token("User-Agent"));
        assert!(!is_token("User Agent"));
        assert!(is_header_value("a/b; c=\"d\""));
        assert!(!is_header_value("a\r\nCookie: b"));
        assert!(!is_header_value(" a"));
    }

    #[test]
    fn a_fragment_stands_without_its_mark() {
        assert_eq!(fragment("wechat_redirect"), Ok(()));
        assert_eq!(fragment("#a").unwrap_err(), "stands without its `#`; write `\"a\"`");
        assert_eq!(fragment("a b").unwrap_err(), "holds `\\u{20}`; percent-encode it");
        for empty in ["", "#"] {
            assert_eq!(fragment(empty).unwrap_err(), "is empty; write a text or remove it");
        }
    }

    #[test]
    fn a_default_is_good_for_its_place() {
        for (kind, good, bad) in [
            (PlaceholderKind::Host, "login.example.com:8443", "a/b"),
            (PlaceholderKind::Segment, "common", ".."),
            (PlaceholderKind::Value, "eu & us", ""),
        ] {
            assert_eq!(parameter(kind, good), Ok(()));
            assert!(parameter(kind, bad).is_err());
        }
    }
}
