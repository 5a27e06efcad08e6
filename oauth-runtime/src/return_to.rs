//! Where the browser goes after the login: always a place in this application.

use url::Url;

use crate::endpoint::has_user_info;

/// A path of this application, with its query and fragment; nothing else can be made into one.
///
/// It comes from a request, so it may be hostile: `//evil.example`, `/\evil.example`, a tab in between.
/// What would leave the origin, in the eyes of a browser's URL parser, becomes `/`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Reads a path, or a whole URL of this application, as a browser would.
    pub(crate) fn parse(given: &str, application: &Url) -> Self {
        Self::local(given, application).unwrap_or_default()
    }

    fn local(given: &str, application: &Url) -> Option<Self> {
        if is_plain(given) {
            return Some(Self(given.to_owned()));
        }
        let controls = given.bytes().any(|byte| byte < 0x20 || byte == 0x7f);
        if given.len() > MOST_BYTES || controls {
            return None;
        }
        let head = given.split(['?', '#']).next().unwrap_or_default();
        if head.contains('\\') || !(is_path(head) || is_http(head) || head.is_empty()) {
            return None;
        }
        let root = application.join("/").ok()?;
        let url = root.join(given).ok()?;
        if url.origin() != application.origin() || has_user_info(&url) {
            return None;
        }
        let path = url[url::Position::BeforePath..].trim_start_matches(['/', '\\']);
        // Encoding makes it longer; a cookie has to hold it.
        (path.len() < MOST_BYTES).then(|| Self(format!("/{path}")))
    }

    /// The path, query and fragment.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ReturnTo {
    /// The root of the application.
    fn default() -> Self {
        Self("/".to_owned())
    }
}

fn is_path(head: &str) -> bool {
    head.starts_with('/') && !head.starts_with("//")
}

/// A path that every URL parser takes as it stands: nothing in it is encoded, resolved or an authority.
fn is_plain(given: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_~?=&".contains(&byte);
    given.len() < MOST_BYTES && is_path(given) && given.bytes().all(plain)
}

fn is_http(head: &str) -> bool {
    let starts =
        |scheme: &str| head.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// Longer than this no page of an application is; a cookie has to hold it.
const MOST_BYTES: usize = 2048;

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(given: &str) -> String {
        let application = Url::parse("https://app.example/callback").unwrap();
        ReturnTo::parse(given, &application).as_str().to_owned()
    }

    #[test]
    fn a_path_of_the_application_is_kept_as_it_is() {
        for kept in
            ["/", "/a?b=c#d", "/redirect?to=/\\example.com", "/https:example", "/a//b", "/%2Fa"]
        {
            assert_eq!(parsed(kept), kept);
        }
        assert_eq!(parsed("HTTPS://APP.EXAMPLE:443/a"), "/a");
        assert_eq!(parsed("?q"), "/?q");
        assert_eq!(parsed("/a b"), "/a%20b");
    }

    #[test]
    fn what_would_leave_the_application_becomes_its_root() {
        for hostile in [
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example/a",
            "https://app.example@evil.example/a",
            "https://user@app.example/a",
            "https://app.example.evil.example/a",
            "http://app.example/a",
            "/a\u{1}b",
            "/a\u{7f}b",
            "javascript:alert(1)",
            "https:evil.example",
            "/a\r\nSet-Cookie: x",
            "evil.example",
        ] {
            assert_eq!(parsed(hostile), "/", "{hostile:?}");
        }
    }

    #[test]
    fn a_path_with_dots_cannot_become_a_host() {
        assert_eq!(parsed("/.//evil.example"), "/evil.example");
        assert_eq!(parsed("/..//evil.example"), "/evil.example");
    }

    #[test]
    fn rd_09_a_path_is_bounded() {
        assert_eq!(parsed(&format!("/{}", "a".repeat(2047))).len(), 2048);
        assert_eq!(parsed(&format!("/{}", "a".repeat(65_536))), "/");
        // It is the encoded path that is bounded: `ä` becomes six bytes.
        assert_eq!(parsed(&format!("/{}ä", "a".repeat(2041))).len(), 2048);
        assert_eq!(parsed(&format!("/{}ä", "a".repeat(2042))), "/");
    }
}
