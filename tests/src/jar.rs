//! The cookies of a browser, kept by the rules that a login depends on (RFC 6265bis).

use std::time::Duration;

use http::header::SET_COOKIE;
use http::{HeaderMap, Method};
use oauth_providers::{Clock as _, Timestamp};
use url::{Host, Url};

use crate::clock::StoppedClock;

/// When a browser sends a cookie with a request that another site caused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// With a GET that changes the page.
    Lax,
    /// Always.
    None,
}

/// One cookie, as a browser keeps it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host that set it.
    pub host: String,
    /// The hosts below it that get it too, if it was set with `Domain`.
    pub domain: Option<String>,
    /// The paths that get it.
    pub path: String,
    /// Only over https.
    pub secure: bool,
    /// Out of reach of scripts.
    pub http_only: bool,
    /// What other sites can make a browser send.
    pub same_site: SameSite,
    /// When the browser forgets it; `None` when it is closed.
    pub expires_at: Option<Timestamp>,
}

/// How a request came about, which decides what `SameSite` lets through.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trip {
    /// The application's own page, or the address bar.
    SameSite,
    /// Another site: a link, a redirect, a form.
    CrossSite,
}

/// The cookies of one browser.
#[derive(Clone, Debug)]
pub struct Jar {
    clock: StoppedClock,
    cookies: Vec<Cookie>,
}

impl Jar {
    /// A jar without a cookie.
    #[must_use]
    pub fn new(clock: StoppedClock) -> Self {
        Self { clock, cookies: Vec::new() }
    }

    /// The cookies that have not expired, in the order in which they were first set.
    #[must_use]
    pub fn cookies(&self) -> Vec<&Cookie> {
        let now = self.clock.now();
        self.cookies
            .iter()
            .filter(|cookie| cookie.expires_at.is_none_or(|expires_at| expires_at > now))
            .collect()
    }

    /// The names of the cookies that have not expired.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.cookies().into_iter().map(|cookie| cookie.name.as_str()).collect()
    }

    /// The value of a cookie.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.cookies().into_iter().find(|cookie| cookie.name == name).map(|it| it.value.as_str())
    }

    /// Changes the value of a cookie that is there, as an attacker with the browser's disk would.
    ///
    /// # Panics
    ///
    /// If there is no such cookie.
    pub fn tamper(&mut self, name: &str, value: &str) {
        let cookie = self.cookies.iter_mut().find(|cookie| cookie.name == name);
        value.clone_into(&mut cookie.expect("a cookie of that name").value);
    }

    /// Forgets a cookie.
    pub fn remove(&mut self, name: &str) {
        self.cookies.retain(|cookie| cookie.name != name);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.cookies.clear();
    }

    /// Takes what a response sets.
    pub fn take(&mut self, url: &Url, response: &HeaderMap) {
        for line in response.get_all(SET_COOKIE) {
            if let Some(cookie) = line.to_str().ok().and_then(|line| self.accept(url, line)) {
                self.put(cookie);
            }
        }
    }

    /// Keeps a cookie, in the place of the one that it replaces.
    pub fn put(&mut self, cookie: Cookie) {
        let same = |known: &&mut Cookie| {
            known.name == cookie.name
                && known.host == cookie.host
                && known.domain == cookie.domain
                && known.path == cookie.path
        };
        match self.cookies.iter_mut().find(same) {
            Some(known) => *known = cookie,
            None => self.cookies.push(cookie),
        }
    }

    /// The `Cookie` header of a request; `None` if there is nothing to send.
    #[must_use]
    pub fn header(&self, url: &Url, method: &Method, trip: Trip) -> Option<String> {
        let pairs: Vec<String> = self
            .cookies()
            .into_iter()
            .filter(|cookie| cookie.goes_to(url) && cookie.goes_with(method, trip))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Reads one `Set-Cookie` line; `None` if a browser would refuse it.
    fn accept(&self, url: &Url, line: &str) -> Option<Cookie> {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let host = url.host_str()?.to_owned();
        let mut cookie = Cookie {
            name: name.to_owned(),
            value: value.to_owned(),
            host,
            domain: None,
            path: "/".to_owned(),
            secure: false,
            http_only: false,
            same_site: SameSite::Lax,
            expires_at: None,
        };
        for attribute in parts {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            match key.to_ascii_lowercase().as_str() {
                "secure" => cookie.secure = true,
                "httponly" => cookie.http_only = true,
                "path" => value.clone_into(&mut cookie.path),
                "domain" => cookie.domain = Some(value.trim_start_matches('.').to_owned()),
                "max-age" => {
                    let seconds = value.parse::<i64>().ok()?.max(0).unsigned_abs();
                    cookie.expires_at = Some(self.clock.now().after(Duration::from_secs(seconds)));
                }
                "samesite" => {
                    cookie.same_site = match value.to_ascii_lowercase().as_str() {
                        "strict" => SameSite::Strict,
                        "none" => SameSite::None,
                        _ => SameSite::Lax,
                    }
                }
                _ => {}
            }
        }
        let insecure = cookie.secure && !is_trustworthy(url);
        let prefix_broken = cookie.name.starts_with("__Host-")
            && !(cookie.secure
                && url.scheme() == "https"
                && cookie.path == "/"
                && cookie.domain.is_none());
        (!insecure && !prefix_broken).then_some(cookie)
    }
}

impl Cookie {
    fn goes_to(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let host_fits = match &self.domain {
            Some(domain) => host == domain || host.ends_with(&format!(".{domain}")),
            None => host == self.host,
        };
        let path_fits = url.path().strip_prefix(self.path.as_str()).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/')
        });
        host_fits && path_fits && (!self.secure || is_trustworthy(url))
    }

    fn goes_with(&self, method: &Method, trip: Trip) -> bool {
        match (trip, self.same_site) {
            (Trip::SameSite, _) | (Trip::CrossSite, SameSite::None) => true,
            (Trip::CrossSite, SameSite::Lax) => matches!(*method, Method::GET | Method::HEAD),
            (Trip::CrossSite, SameSite::Strict) => false,
        }
    }
}

/// https, or no network in between.
fn is_trustworthy(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || loopback
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn url(url: &str) -> Url {
        Url::parse(url).unwrap()
    }

    fn jar(at: &str, lines: &[&'static str]) -> Jar {
        let mut jar = Jar::new(StoppedClock::new());
        take(&mut jar, at, lines);
        jar
    }

    fn take(jar: &mut Jar, at: &str, lines: &[&'static str]) {
        let headers =
            lines.iter().map(|line| (SET_COOKIE, HeaderValue::from_static(line))).collect();
        jar.take(&url(at), &headers);
    }

    fn sent(jar: &Jar, at: &str) -> Option<String> {
        jar.header(&url(at), &Method::GET, Trip::SameSite)
    }

    #[test]
    fn a_host_prefix_needs_secure_and_the_whole_host() {
        let jar = jar(
            "https://app.example/",
            &[
                "__Host-a=1; Path=/; Secure",
                "__Host-b=1; Path=/",
                "__Host-c=1; Path=/x; Secure",
                "__Host-d=1; Path=/; Secure; Domain=app.example",
            ],
        );

        assert_eq!(jar.names(), ["__Host-a"]);
    }

    #[test]
    fn a_secure_cookie_stays_on_https() {
        let jar = jar("https://app.example/", &["a=1; Secure", "b=2"]);

        assert_eq!(sent(&jar, "https://app.example/").as_deref(), Some("a=1; b=2"));
        assert_eq!(sent(&jar, "http://app.example/").as_deref(), Some("b=2"));
        assert_eq!(sent(&jar, "https://other.example/"), None);
    }

    #[test]
    fn a_cookie_goes_to_its_path_alone() {
        let jar = jar("https://app.example/", &["a=1; Path=/x"]);

        assert_eq!(sent(&jar, "https://app.example/x/y").as_deref(), Some("a=1"));
        assert_eq!(sent(&jar, "https://app.example/xy"), None);
    }

    #[test]
    fn no_time_left_is_no_cookie() {
        let mut jar = jar("https://app.example/", &["a=1; Max-Age=600", "b=2"]);

        take(&mut jar, "https://app.example/", &["b=; Max-Age=0"]);
        assert_eq!(jar.names(), ["a"]);
        jar.clock.clone().advance(Duration::from_secs(600));

        assert_eq!(jar.names(), [""; 0]);
    }

    #[test]
    fn a_lax_cookie_comes_back_from_another_site_with_a_link_alone() {
        let jar = jar("https://app.example/", &["a=1; SameSite=Lax", "b=2; SameSite=Strict"]);
        let app = url("https://app.example/");

        assert_eq!(jar.header(&app, &Method::GET, Trip::CrossSite).as_deref(), Some("a=1"));
        assert_eq!(jar.header(&app, &Method::POST, Trip::CrossSite), None);
    }
}
