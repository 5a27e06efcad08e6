//! Strings that a property is tried with: what attackers write, and what people do.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A string that may be anything: most often pieces that mean something to a URL parser, to a header or to a
/// form, or look as if they did.
pub fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(SEPARATORS).prop_map(str::to_owned),
        2 => select(MEANINGS).prop_map(str::to_owned),
        2 => select(LOOK_ALIKES).prop_map(str::to_owned),
        2 => select(NAMES.split(' ').collect::<Vec<&str>>()).prop_map(str::to_owned),
        2 => "[a-z0-9]{1,8}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![9 => vec(piece, 0..10).prop_map(|pieces| pieces.concat()), 1 => any::<String>()]
}

/// An address that leads to a host, or looks as if it did, or a path.
pub fn addresses(host: &'static str) -> impl Strategy<Value = String> {
    let scheme = prop_oneof![Just("https://"), select(SCHEMES)];
    let user = prop_oneof![Just(""), select(USERS)];
    let place = prop_oneof![Just("HOST"), select(PLACES)];
    let port = prop_oneof![Just(""), select(PORTS)];
    let url = (scheme, user, place, port).prop_map(move |(scheme, user, place, port)| {
        format!("{scheme}{user}{place}{port}").replace("HOST", host)
    });
    let rest = prop_oneof![2 => hostile(), 1 => Just(String::new())];
    let path = select(&["", "", "/", "/", "/.", "/..", "/.//", "/a/..//", "../"][..]);
    prop_oneof![
        1 => (url, rest).prop_map(|(url, rest)| url + &rest),
        2 => (path, hostile()).prop_map(|(begin, rest)| begin.to_owned() + &rest),
    ]
}

/// One scope as [RFC 6749 s3.3] has it: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
///
/// [RFC 6749 s3.3]: https://www.rfc-editor.org/rfc/rfc6749#section-3.3
pub fn scope_token() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,3}(:[a-z]{1,3})?", "[!#-\\[\\]-~]{1,12}"]
}

/// What the parts of a URL are separated by, and what leads a path astray.
const SEPARATORS: &[&str] = &["/", "/", "//", "\\", ".", "..", "./", "../", "?", "#", "@", ":"];

/// What else has a meaning, as it is and encoded, and what a parser drops.
const MEANINGS: &[&str] = &[
    "%", ";", "&", "=", "+", "[", "]", "{", "}", "'", "\"", "<", ">", "|", "^", "`", ",", " ",
    "\t", "\n", "\r\n", "\0", "\u{b}", "\u{7f}", "%2e", "%2E%2e", "%2f", "%2F%2f", "%5c", "%3f",
    "%23", "%40", "%3a", "%00", "%09", "%0d%0a", "%25", "%252f", "%zz", "%c0%af",
];

/// What is taken for a dot, a slash, an at sign or a letter, or cannot be seen.
const LOOK_ALIKES: &[&str] = &[
    "\u{ff0e}",
    "\u{3002}",
    "\u{ff61}",
    "\u{2024}",
    "\u{ff0f}",
    "\u{2044}",
    "\u{2215}",
    "\u{ff3c}",
    "\u{ff20}",
    "\u{ff1a}",
    "\u{ff41}",
    "ß",
    "é",
    "\u{ad}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{1f600}",
];

/// Schemes, hosts and ports.
const NAMES: &str = "http: https: http:// https:// HTTPS:// javascript: data: file:/// blob: \
    evil.example app.example acme.example api.acme.example {domain} user@ user:pw@ localhost \
    127.0.0.1 127.1 0x7f.1 2130706433 [::1] [::ffff:127.0.0.1] xn-- xn--a xn--bcher-kva :80 :443 \
    :0443 :8443 :99999";

const SCHEMES: &[&str] =
    &["HTTPS://", "http://", "https:", "https:/", "https:\\\\", "//", "/\\", "\t//"];

const USERS: &[&str] = &["user@", "user:pw@", ":@", "@", "HOST@", "HOST:443@", "evil.example\\@"];

const PLACES: &[&str] = &["HOST.evil.example", "evil-HOST", "HOST.", "evil.example"];

const PORTS: &[&str] = &[":443", ":0443", ":80", ":8443", ":"];
