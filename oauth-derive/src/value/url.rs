//! A URL template: an absolute `https` URL in whose host or path placeholders may stand.
//!
//! The check is stricter than a browser's: what passes here needs no repair, so it means the same to everybody.

use syn::LitStr;

use crate::value::{host, short, shown};

/// A URL that may be declared.
pub(crate) struct UrlTemplate {
    /// The key that it was given to.
    pub(crate) key: &'static str,
    /// Its text, with the place where it stands in the source.
    pub(crate) literal: LitStr,
    /// Its placeholders, in order.
    pub(crate) placeholders: Vec<Slot>,
    /// What follows the authority: path and query.
    pub(crate) tail: String,
}

/// A placeholder and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) position: Position,
}

/// Where a placeholder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// It is the whole authority.
    Host,
    /// It is a segment of the path, or a part of one.
    Path,
}

impl Position {
    /// How a sentence calls it.
    pub(crate) fn place(self) -> &'static str {
        match self {
            Self::Host => "the host",
            Self::Path => "in the path",
        }
    }
}

/// What is wrong with a URL: the rest of a sentence that begins with its key.
type Fault = String;

impl UrlTemplate {
    pub(crate) fn parse(key: &'static str, literal: &LitStr) -> syn::Result<Self> {
        let text = literal.value();
        match split(&text).and_then(|(host, tail)| Ok((slots(host, tail)?, tail))) {
            Ok((placeholders, tail)) => {
                Ok(Self { key, literal: literal.clone(), placeholders, tail: tail.to_owned() })
            }
            Err(fault) => Err(syn::Error::new(literal.span(), format!("`{key}` {fault}"))),
        }
    }
}

/// The authority and what follows it.
fn split(url: &str) -> Result<(&str, &str), Fault> {
    if url.contains(char::is_whitespace) {
        return Err("holds white space; remove it".to_owned());
    }
    if let Some((_, fragment)) = url.split_once('#') {
        return Err(format!("holds a fragment; remove `#{}`", short(fragment)));
    }
    let (scheme, rest) = url.split_once("://").ok_or_else(|| absolute(url))?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    // RFC 6749 s3.1, s3.2: TLS is required. RFC 8252 s8.3 excepts the loopback interface.
    match scheme {
        "https" => Ok((authority, tail)),
        "http" if host::is_loopback(authority) => Ok((authority, tail)),
        _ => Err(absolute(url)),
    }
}

fn absolute(url: &str) -> Fault {
    format!("must be an absolute `https` URL, found `{}`", short(url))
}

/// The placeholders of a URL whose parts are sound.
fn slots(authority: &str, tail: &str) -> Result<Vec<Slot>, Fault> {
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let mut slots = Vec::new();
    slots.extend(host_slot(authority)?);
    slots.extend(path_slots(path)?);
    if query.contains(['{', '}']) {
        return Err(
            "has a placeholder in its query; expected one as host or in the path".to_owned()
        );
    }
    characters(query)?;
    Ok(slots)
}

/// The placeholder that is the authority, if it is one; else the authority is a host, or a host and a port.
fn host_slot(authority: &str) -> Result<Option<Slot>, Fault> {
    if authority.contains('@') {
        return Err("holds user info; remove it up to the `@`".to_owned());
    }
    let Some(open) = authority.find('{') else {
        return host::check(authority).map(|()| None);
    };
    let (name, rest) = placeholder(&authority[open..])?;
    if open > 0 || !rest.is_empty() {
        return Err(format!("has more than a placeholder as host; expected `https://{{{name}}}/`"));
    }
    let position = Position::Host;
    Ok(Some(Slot { name, position }))
}

/// The placeholders of a path.
fn path_slots(path: &str) -> Result<Vec<Slot>, Fault> {
    let mut slots = Vec::new();
    let mut rest = path;
    while let Some(brace) = rest.find(['{', '}']) {
        characters(&rest[..brace])?;
        let (name, behind) = placeholder(&rest[brace..])?;
        let position = Position::Path;
        slots.push(Slot { name, position });
        rest = behind;
    }
    characters(rest)?;
    // RFC 3986 s5.2.4: a parser would remove `.` and `..`, and the URL would not be what was written.
    let dots =
        |segment: &&str| matches!(segment.to_lowercase().replace("%2e", ".").as_str(), "." | "..");
    match path.split('/').find(dots) {
        Some(dots) => Err(format!("holds the segment `{dots}`; write the path it means")),
        None => Ok(slots),
    }
}

/// The name between the braces at the start of `text`, and what follows them.
fn placeholder(text: &str) -> Result<(String, &str), Fault> {
    let inside = text
        .strip_prefix('{')
        .and_then(|text| text.split_once('}'))
        .ok_or("has a brace without its pair; a placeholder is written `{name}`")?;
    let (name, rest) = inside;
    let first = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    if !first || !name.bytes().all(letter) {
        return Err(format!(
            "has the placeholder `{{{}}}`; expected the name of a field",
            short(name)
        ));
    }
    Ok((name.to_owned(), rest))
}

/// RFC 3986 s2: unreserved, reserved or percent-encoded characters.
fn characters(part: &str) -> Result<(), Fault> {
    let legal =
        |letter: &char| letter.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=%".contains(*letter);
    if let Some(letter) = part.chars().find(|letter| !legal(letter)) {
        return Err(format!("holds {}; percent-encode it", shown(letter)));
    }
    let encoded = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    match part.split('%').skip(1).all(encoded) {
        true => Ok(()),
        false => Err("holds a `%` without two hexadecimal digits; write `%25`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    fn parse(text: &str) -> syn::Result<UrlTemplate> {
        UrlTemplate::parse("token_endpoint", &LitStr::new(text, Span::call_site()))
    }

    #[test]
    fn sound_urls_pass() {
        for url in [
            "https://github.com/login/oauth/access_token",
            "https://example.com",
            "https://example.com:8443/a?b=c%20d&e",
            "http://localhost:9000/token",
            "http://[::1]:3000/token",
        ] {
            assert!(parse(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn unsound_urls_are_refused_with_their_reason() {
        for (url, reason) in [
            (
                "http://github.com/login",
                "must be an absolute `https` URL, found `http://github.com/login`",
            ),
            ("/login", "must be an absolute `https` URL, found `/login`"),
            ("github.com/login", "must be an absolute `https` URL, found `github.com/login`"),
            ("ftp://github.com/", "must be an absolute `https` URL, found `ftp://github.com/`"),
            ("https://github.com/a b", "holds white space; remove it"),
            ("https://github.com/a\n", "holds white space; remove it"),
            ("https://github.com/#top", "holds a fragment; remove `#top`"),
            ("https://user:pw@github.com/", "holds user info; remove it up to the `@`"),
            ("https:///token", "needs a host name or an address, found ``"),
            ("https://git_hub.com/", "needs a host name or an address, found `git_hub.com`"),
            ("https://github.com:/", "has a port that is no number, found ``"),
            ("https://github.com/a/../b", "holds the segment `..`; write the path it means"),
            ("https://github.com/%2E", "holds the segment `%2E`; write the path it means"),
            ("https://github.com/é", "holds `é`; percent-encode it"),
            ("https://github.com\\a", "needs a host name or an address, found `github.com\\a`"),
            ("https://github.com/a%2", "holds a `%` without two hexadecimal digits; write `%25`"),
            (
                "https://{domain}.example.com/",
                "has more than a placeholder as host; expected `https://{domain}/`",
            ),
            (
                "https://{domain}:8080/",
                "has more than a placeholder as host; expected `https://{domain}/`",
            ),
            (
                "https://example.com/{a",
                "has a brace without its pair; a placeholder is written `{name}`",
            ),
            (
                "https://example.com/a}",
                "has a brace without its pair; a placeholder is written `{name}`",
            ),
            ("https://example.com/{}", "has the placeholder `{}`; expected the name of a field"),
            ("https://example.com/{A b}", "holds white space; remove it"),
            (
                "https://example.com/?x={a}",
                "has a placeholder in its query; expected one as host or in the path",
            ),
        ] {
            let error = parse(url).err().expect(url);
            assert_eq!(error.to_string(), format!("`token_endpoint` {reason}"), "{url}");
        }
    }

    #[test]
    fn placeholders_are_found_where_they_stand() {
        let template = parse("https://{domain}/{tenant}/v2-{region}/token").unwrap();

        let found: Vec<(&str, Position)> =
            template.placeholders.iter().map(|slot| (slot.name.as_str(), slot.position)).collect();
        assert_eq!(
            found,
            [("domain", Position::Host), ("tenant", Position::Path), ("region", Position::Path),]
        );
    }
}
