//! What one value must be: a word of a closed set, a scope, a JSON pointer, a slug, a header. No knowledge of
//! other keys.

pub(crate) mod doc;
pub(crate) mod host;
pub(crate) mod url;

use proc_macro2::Span;
use syn::LitStr;

/// A closed set of words that a key takes.
pub(crate) trait Word: Copy + 'static {
    /// Each word as it is spelt, with its meaning.
    const WORDS: &'static [(&'static str, Self)];
}

/// What a provider makes of PKCE (RFC 7636).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pkce {
    Required,
    #[default]
    Optional,
    Unsupported,
}

impl Word for Pkce {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("required", Self::Required),
        ("optional", Self::Optional),
        ("unsupported", Self::Unsupported),
    ];
}

/// How the client proves itself at the token endpoint (RFC 7591 s2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TokenEndpointAuthMethod {
    #[default]
    ClientSecretBasic,
    ClientSecretPost,
    None,
}

impl Word for TokenEndpointAuthMethod {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("client_secret_basic", Self::ClientSecretBasic),
        ("client_secret_post", Self::ClientSecretPost),
        ("none", Self::None),
    ];
}

/// RFC 6749 s3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
pub(crate) fn scope(literal: &LitStr) -> syn::Result<String> {
    let scope = literal.value();
    let strange = |letter: &char| !matches!(letter, '\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E');
    if scope.is_empty() {
        return refuse(literal, "a scope is not empty; remove it");
    }
    if scope.contains(' ') {
        return refuse(literal, &several_scopes(&scope));
    }
    match scope.chars().find(strange) {
        Some(letter) => refuse(
            literal,
            &format!(
                "a scope holds no {}; expected visible ASCII other than `\"` and `\\`",
                shown(letter)
            ),
        ),
        None => Ok(scope),
    }
}

/// RFC 6901 s3: every reference token follows a `/`; `~` only stands in `~0` and `~1`.
pub(crate) fn json_pointer(key: &str, literal: &LitStr) -> syn::Result<String> {
    let pointer = literal.value();
    if !pointer.starts_with('/') {
        let right = format!("/{}", short(&pointer));
        let message = format!("`{key}` is a JSON pointer and begins with `/`; write `\"{right}\"`");
        return refuse(literal, &message);
    }
    let mut escapes = pointer.split('~').skip(1);
    if escapes.any(|rest| !rest.starts_with(['0', '1'])) {
        let message = format!("`{key}` holds a lone `~`; a JSON pointer writes it `~0`");
        return refuse(literal, &message);
    }
    Ok(pointer)
}

/// `[a-z0-9_]+`: a part of cookie names and paths.
pub(crate) fn slug(literal: &LitStr) -> syn::Result<String> {
    let slug = literal.value();
    if is_slug(&slug) {
        return Ok(slug);
    }
    let message =
        format!("`slug` expects `a` to `z`, `0` to `9` and `_`, found `{}`", short(&slug));
    refuse(literal, &message)
}

/// Whether `text` is `[a-z0-9_]+`.
pub(crate) fn is_slug(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    !text.is_empty() && text.bytes().all(letter)
}

/// A text that people read, or that stands between two scopes.
pub(crate) fn filled(key: &str, literal: &LitStr) -> syn::Result<String> {
    let text = literal.value();
    if text.is_empty() || text.chars().any(char::is_control) {
        let message = format!("`{key}` expects a text without control characters");
        return refuse(literal, &message);
    }
    Ok(text)
}

/// RFC 9110 s5.6.2: a field name is a `token`.
pub(crate) fn header_name(name: &str, span: Span) -> syn::Result<String> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.is_empty() && name.bytes().all(token) {
        return Ok(name.to_owned());
    }
    let message = format!("`{}` is not the name of a header", short(name));
    Err(syn::Error::new(span, message))
}

/// RFC 9110 s5.5: visible ASCII, with spaces inside.
pub(crate) fn header_value(name: &str, literal: &LitStr) -> syn::Result<String> {
    let value = literal.value();
    let visible = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if visible && value.trim() == value && !value.is_empty() {
        return Ok(value);
    }
    let message = format!(
        "the value of header `{}` expects visible ASCII with spaces only inside",
        short(name)
    );
    refuse(literal, &message)
}

/// As much of `text` as fits into a sentence.
pub(crate) fn short(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(60).collect();
    match letters.next() {
        Some(_) => format!("{start}…"),
        None => start,
    }
}

/// A letter as a reader can see it.
pub(crate) fn shown(letter: char) -> String {
    match letter.is_control() || letter.is_whitespace() {
        true => format!("`{}`", letter.escape_unicode()),
        false => format!("`{letter}`"),
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

fn refuse<T>(literal: &LitStr, message: &str) -> syn::Result<T> {
    Err(syn::Error::new(literal.span(), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> LitStr {
        LitStr::new(text, Span::call_site())
    }

    fn refusal<T>(result: syn::Result<T>) -> String {
        result.err().unwrap().to_string()
    }

    #[test]
    fn a_scope_is_a_scope_token() {
        assert_eq!(scope(&literal("user:email")).unwrap(), "user:email");
        assert_eq!(scope(&literal("!#[]~")).unwrap(), "!#[]~");
        for text in ["a\"b", "a\\b", "é", "a\tb", "\x7F"] {
            assert!(refusal(scope(&literal(text))).starts_with("a scope holds no `"));
        }
        assert_eq!(
            refusal(scope(&literal("repo user"))),
            "a scope holds no space; write two scopes, `\"repo\"` and `\"user\"`"
        );
        assert_eq!(refusal(scope(&literal(""))), "a scope is not empty; remove it");
    }

    #[test]
    fn a_json_pointer_begins_with_a_slash() {
        assert_eq!(json_pointer("subject", &literal("/a~1b/0")).unwrap(), "/a~1b/0");
        assert_eq!(
            refusal(json_pointer("subject", &literal("id"))),
            "`subject` is a JSON pointer and begins with `/`; write `\"/id\"`"
        );
        assert!(json_pointer("subject", &literal("/a~2")).is_err());
        assert!(json_pointer("subject", &literal("/a~")).is_err());
    }

    #[test]
    fn a_slug_is_lower_case() {
        assert_eq!(slug(&literal("git_hub2")).unwrap(), "git_hub2");
        for text in ["", "GitHub", "git-hub", "gît"] {
            assert!(refusal(slug(&literal(text))).starts_with("`slug` expects"));
        }
    }

    #[test]
    fn a_header_is_one_line_of_ascii() {
        let span = Span::call_site();
        assert!(header_name("User-Agent", span).is_ok());
        assert!(header_name("User Agent", span).is_err());
        assert!(header_value("Accept", &literal("a/b; c=\"d\"")).is_ok());
        assert!(header_value("Accept", &literal("a\r\nCookie: b")).is_err());
        assert!(header_value("Accept", &literal(" a")).is_err());
    }
}
