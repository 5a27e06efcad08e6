//! A URL template: an absolute `https` URL in whose host, path or query placeholders may stand.
//!
//! The check is stricter than a browser's: what passes here needs no repair, so it means the same to everybody.

use crate::declaration::PlaceholderKind;
use crate::sentence::{curt, short, shown};
use crate::value::{host, is_field};

/// A URL that may be declared.
pub(crate) struct UrlTemplate<'a> {
    /// Its placeholders, in order, and where each may stand.
    pub(crate) slots: Vec<Slot<'a>>,
    /// What follows the authority: path and query.
    pub(crate) tail: &'a str,
}

/// A placeholder and what it must be to stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: PlaceholderKind,
}

/// What is wrong with a URL: the rest of a sentence that begins with its key.
type Fault = String;

impl<'a> UrlTemplate<'a> {
    pub(crate) fn parse(url: &'a str) -> Result<Self, Fault> {
        let (authority, tail) = split(url)?;
        let slots = slots(authority, tail)?;
        Ok(Self { slots, tail })
    }
}

/// The origin of a URL with one placeholder, which is a whole segment of its path and which no field fills.
pub(crate) fn of_tenants(url: &str) -> Result<&str, Fault> {
    let (authority, path) = split(url)?;
    no_query(path)?;
    let host = host_slot(authority)?;
    path_slots(&path.replace(['{', '}'], ""), &mut Vec::new())?;
    let inside = |segment: &str| segment.strip_prefix('{')?.strip_suffix('}').map(str::len);
    let placeholders = path.split('/').filter(|segment| inside(segment).is_some_and(|it| it > 0));
    match (placeholders.count(), path.matches(['{', '}']).count(), host) {
        (1, 2, None) => Ok(&url[..url.len() - path.len()]),
        _ => Err("takes one placeholder, which is a whole segment of its path; write `https://…/{tenantid}`"
            .to_owned()),
    }
}

/// RFC 8414 s2: an issuer has no query.
pub(crate) fn no_query(tail: &str) -> Result<(), Fault> {
    match tail.split_once('?') {
        Some((_, query)) => Err(format!("takes no query; remove `?{}`", short(query))),
        None => Ok(()),
    }
}

/// The authority and what follows it.
fn split(url: &str) -> Result<(&str, &str), Fault> {
    if url.is_empty() {
        return Err("is empty; write an absolute `https` URL".to_owned());
    }
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
fn slots<'a>(authority: &'a str, tail: &'a str) -> Result<Vec<Slot<'a>>, Fault> {
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let mut slots = Vec::new();
    slots.extend(host_slot(authority)?);
    path_slots(path, &mut slots)?;
    query_slots(query, &mut slots)?;
    Ok(slots)
}

/// The placeholder that is the authority, if it is one; else the authority is a host, or a host and a port.
fn host_slot(authority: &str) -> Result<Option<Slot<'_>>, Fault> {
    if authority.contains('@') {
        return Err("holds user info; remove it up to the `@`".to_owned());
    }
    let Some(open) = authority.find('{') else {
        return host::check(authority).map(|()| None);
    };
    let (name, rest) = placeholder(&authority[open..])?;
    if open > 0 || !rest.is_empty() {
        let name = curt(name);
        return Err(format!("has more than a placeholder as host; expected `https://{{{name}}}/`"));
    }
    Ok(Some(Slot { name, kind: PlaceholderKind::Host }))
}

/// The placeholders of a path.
fn path_slots<'a>(path: &'a str, slots: &mut Vec<Slot<'a>>) -> Result<(), Fault> {
    part(path, PlaceholderKind::Segment, slots)?;
    // RFC 3986 s5.2.4: a parser would remove `.` and `..`, and the URL would not be what was written.
    let dots =
        |segment: &&str| matches!(segment.to_lowercase().replace("%2e", ".").as_str(), "." | "..");
    match path.split('/').find(dots) {
        Some(dots) => Err(format!("holds the segment `{dots}`; write the path it means")),
        None => Ok(()),
    }
}

/// The placeholders of a query: a value may be filled in, a name stands there for good.
fn query_slots<'a>(query: &'a str, slots: &mut Vec<Slot<'a>>) -> Result<(), Fault> {
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if name.contains(['{', '}']) {
            return Err("has a placeholder in the name of a parameter; expected one in its value"
                .to_owned());
        }
        characters(name)?;
        part(value, PlaceholderKind::Value, slots)?;
    }
    Ok(())
}

/// The placeholders of one part of a URL, which are of one kind.
fn part<'a>(text: &'a str, kind: PlaceholderKind, slots: &mut Vec<Slot<'a>>) -> Result<(), Fault> {
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        characters(&rest[..brace])?;
        let (name, behind) = placeholder(&rest[brace..])?;
        slots.push(Slot { name, kind });
        rest = behind;
    }
    characters(rest)
}

/// The name between the braces at the start of `text`, and what follows them.
fn placeholder(text: &str) -> Result<(&str, &str), Fault> {
    let (name, rest) = text
        .strip_prefix('{')
        .and_then(|text| text.split_once('}'))
        .ok_or("has a brace without its pair; a placeholder is written `{name}`")?;
    if !is_field(name) {
        let found = short(name);
        return Err(format!("has the placeholder `{{{found}}}`; expected the name of a field"));
    }
    Ok((name, rest))
}

/// RFC 3986 s2: unreserved, reserved or percent-encoded characters.
pub(crate) fn characters(part: &str) -> Result<(), Fault> {
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
    use super::*;

    #[test]
    fn sound_urls_pass() {
        for url in [
            "https://github.com/login/oauth/access_token",
            "https://example.com",
            "https://example.com:8443/a?b=c%20d&e",
            "http://localhost:9000/token",
            "http://[::1]:3000/token",
        ] {
            assert!(UrlTemplate::parse(url).is_ok(), "{url}");
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
            ("", "is empty; write an absolute `https` URL"),
            ("https:///token", "has no host; write one behind `://`"),
            ("https://:8443/", "has no host; write one behind `://`"),
            ("https://git_hub.com/", "needs a host name or an address, found `git_hub.com`"),
            ("https://github.com:/", "has no port behind its `:`; write one or remove the `:`"),
            ("https://github.com:a/", "has a port that is no number, found `a`"),
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
                "https://example.com/?{a}=x",
                "has a placeholder in the name of a parameter; expected one in its value",
            ),
        ] {
            assert_eq!(UrlTemplate::parse(url).err().as_deref(), Some(reason), "{url}");
        }
    }

    #[test]
    fn a_url_of_tenants_has_one_segment_for_them() {
        for (url, origin) in [
            ("https://login.example/{tenantId}/v2.0", "https://login.example"),
            ("https://login.example:8443/a/{id}", "https://login.example:8443"),
        ] {
            assert_eq!(of_tenants(url), Ok(origin));
        }
        let one = "takes one placeholder, which is a whole segment of its path; write `https://…/{tenantid}`";
        for (url, reason) in [
            ("https://login.example/v2.0", one),
            ("https://login.example", one),
            ("https://login.example/{}", one),
            ("https://login.example/{a}/{b}", one),
            ("https://login.example/{a}{b}", one),
            ("https://login.example/v{a}", one),
            ("https://login.example/a}/{b", one),
            ("https://{a}/v2.0", one),
            ("https://{a}/{b}", one),
            ("https://login.example/{a}?b", "takes no query; remove `?b`"),
            ("https://login.example/?{a}", "takes no query; remove `?{a}`"),
            ("https://login.example/{..}", "holds the segment `..`; write the path it means"),
            (
                "http://login.example/{a}",
                "must be an absolute `https` URL, found `http://login.example/{a}`",
            ),
            (
                "https://{a}.login.example/{b}",
                "has more than a placeholder as host; expected `https://{a}/`",
            ),
        ] {
            assert_eq!(of_tenants(url).err().as_deref(), Some(reason), "{url}");
        }
    }

    #[test]
    fn placeholders_are_found_where_they_stand() {
        let url = "https://{domain}/{tenant}/v2-{region}/token?a={b}&c=d-{e}";
        let template = UrlTemplate::parse(url).unwrap_or_else(|fault| panic!("{fault}"));

        let found: Vec<_> = template.slots.iter().map(|slot| (slot.name, slot.kind)).collect();
        assert_eq!(
            found,
            [
                ("domain", PlaceholderKind::Host),
                ("tenant", PlaceholderKind::Segment),
                ("region", PlaceholderKind::Segment),
                ("b", PlaceholderKind::Value),
                ("e", PlaceholderKind::Value),
            ]
        );
        assert_eq!(template.tail, "/{tenant}/v2-{region}/token?a={b}&c=d-{e}");
    }
}
