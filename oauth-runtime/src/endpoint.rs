//! From a URL template of a declaration to the URL that is called.
//!
//! Values are put in where the template says; the result must still have the host that the template names.
//! An [`Environment`] then moves it, if the application runs against an emulator or a staging system.

use std::net::IpAddr;

use url::{Host, Origin, Position, Url};

/// Where the endpoints of a declaration are found: the real hosts, unless the application says otherwise.
///
/// Under a base, an endpoint `https://github.com/login/oauth/authorize` becomes
/// `{base}/github.com/login/oauth/authorize`: there an [`Emulator`](crate::Emulator) answers. A staging system or a
/// server on this machine has the provider's own paths: [`replace`](Self::replace) moves one origin to it. The issuer
/// that answers are checked against never moves.
///
/// ```
/// use oauth_runtime::Environment;
///
/// let emulated = Environment::at("http://127.0.0.1:4000");
/// let staging = Environment::real().replace("https://id.example", "https://id.staging.example");
/// # let _ = (emulated, staging);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Environment {
    base: Option<String>,
    replaced: Vec<(String, String)>,
    back_channel_only: bool,
    insecure_http: bool,
}

impl Environment {
    /// The provider's own hosts.
    #[must_use]
    pub fn real() -> Self {
        Self::default()
    }

    /// All endpoints under one base: an emulator, a staging system.
    pub fn at(base: impl Into<String>) -> Self {
        Self { base: Some(base.into()), ..Self::default() }
    }

    /// Only what the server calls itself under a base; the browser is still sent to the real host. For
    /// containers, where the two see the provider under different names.
    pub fn back_channel(base: impl Into<String>) -> Self {
        Self { base: Some(base.into()), back_channel_only: true, ..Self::default() }
    }

    /// Finds one origin of the provider under another base, with the paths that it has.
    #[must_use]
    pub fn replace(mut self, origin: impl Into<String>, base: impl Into<String>) -> Self {
        self.replaced.push((origin.into(), base.into()));
        self
    }

    /// Allows a base with plain `http` that is not on loopback.
    ///
    /// # Security
    ///
    /// The client's secret and the users' tokens travel in clear: only inside a network that nobody else
    /// can listen to.
    #[must_use]
    pub fn insecure_http(mut self) -> Self {
        self.insecure_http = true;
        self
    }

    /// The bases, read; what was given if one is none.
    pub(crate) fn resolve(&self) -> Result<Relocation, String> {
        let mut replaced = Vec::new();
        for (origin, base) in &self.replaced {
            let origin = Url::parse(origin).map_err(|_| without_user_info(origin))?.origin();
            replaced.push((origin, self.prefix(base)?));
        }
        let prefix = self.base.as_deref().map(|base| self.prefix(base)).transpose()?;
        Ok(Relocation { prefix, replaced, back_channel_only: self.back_channel_only })
    }

    /// A base without a slash at its end, if it may be called.
    fn prefix(&self, given: &str) -> Result<String, String> {
        let base = Url::parse(given.trim_end_matches('/')).map_err(|_| without_user_info(given))?;
        let safe = is_https_or_loopback(&base) || (self.insecure_http && base.scheme() == "http");
        if !safe || base.query().is_some() || base.fragment().is_some() || has_user_info(&base) {
            return Err(without_user_info(given));
        }
        Ok(base.as_str().trim_end_matches('/').to_owned())
    }
}

/// An [`Environment`] whose bases have been read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relocation {
    prefix: Option<String>,
    replaced: Vec<(Origin, String)>,
    back_channel_only: bool,
}

impl Relocation {
    /// Where the browser is sent.
    pub(crate) fn front_channel(&self, url: Url) -> Url {
        if self.back_channel_only { url } else { self.back_channel(url) }
    }

    /// What the server calls.
    pub(crate) fn back_channel(&self, url: Url) -> Url {
        let origin = url.origin();
        let replaced = self.replaced.iter().find(|(known, _)| *known == origin);
        let moved = match (replaced, &self.prefix) {
            (Some((_, base)), _) => format!("{base}{}", &url[Position::BeforePath..]),
            (None, Some(prefix)) => format!("{prefix}/{}", &url[Position::BeforeUsername..]),
            (None, None) => return url,
        };
        Url::parse(&moved).unwrap_or(url)
    }
}

/// Puts the values into a template; what it came to, if that is not a URL that may be called. `None` if a value is missing.
pub(crate) fn resolve<'p>(
    template: &str,
    parameter: impl Fn(&str) -> Option<&'p str>,
) -> Option<Result<Url, String>> {
    Some(callable(&fill(template, parameter)?))
}

/// A URL that may be called: https or loopback, with neither fragment nor user info.
pub(crate) fn callable(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| text.to_owned())?;
    let callable = http::Uri::try_from(url.as_str()).is_ok();
    if !callable || !is_https_or_loopback(&url) || url.fragment().is_some() || has_user_info(&url) {
        return Err(without_user_info(text));
    }
    Ok(url)
}

pub(crate) fn fill<'p>(
    template: &str,
    parameter: impl Fn(&str) -> Option<&'p str>,
) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(parameter(name)?);
        rest = behind;
    }
    filled.push_str(rest);
    Some(filled)
}

/// TLS, or no network in between.
pub(crate) fn is_https_or_loopback(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

/// What was given, without what may be a password, for an error to show.
pub(crate) fn without_user_info(given: &str) -> String {
    let Some((scheme, rest)) = given.split_once("://") else { return given.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rfind('@').map_or(0, |at| at + 1);
    format!("{scheme}://{}", &rest[host..])
}

pub(crate) fn has_user_info(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(template: &str) -> Result<String, String> {
        let domain = |name: &str| (name == "domain").then_some("acme.example");
        resolve(template, domain).unwrap_or_else(|| Err("no value".to_owned())).map(String::from)
    }

    #[test]
    fn values_are_put_in_where_the_template_says() {
        assert_eq!(resolved("https://{domain}/a").unwrap(), "https://acme.example/a");
        assert_eq!(resolved("https://{tenant}/a"), Err("no value".to_owned()));
    }

    #[test]
    fn tr_02_http_is_for_loopback_alone() {
        for loopback in ["http://localhost:1/", "http://127.0.0.1/", "http://[::1]:8080/"] {
            assert!(resolved(loopback).is_ok(), "{loopback}");
        }
        for refused in [
            "http://acme.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1@evil.example/",
            "https://user@acme.example/",
            "https://acme.example/#x",
            "ftp://localhost/",
        ] {
            assert!(resolved(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn an_error_shows_no_password() {
        let shown = without_user_info("https://me:hunter2@evil.example/a@b");

        assert_eq!(shown, "https://evil.example/a@b");
        assert_eq!(without_user_info("no url"), "no url");
    }

    #[test]
    fn an_environment_keeps_the_host_as_the_first_segment() {
        let relocation = Environment::at("http://127.0.0.1:9000/emulator/").resolve().unwrap();
        let url = Url::parse("https://github.com:8443/login?x=1").unwrap();

        assert_eq!(
            relocation.front_channel(url).as_str(),
            "http://127.0.0.1:9000/emulator/github.com:8443/login?x=1"
        );
    }

    #[test]
    fn an_origin_is_replaced_and_keeps_its_paths() {
        let environment =
            Environment::real().replace("https://id.example", "http://127.0.0.1:9000/mount/");
        let relocation = environment.resolve().unwrap();
        let moved = |url| relocation.front_channel(Url::parse(url).unwrap()).to_string();

        assert_eq!(moved("https://id.example/token?x=1"), "http://127.0.0.1:9000/mount/token?x=1");
        assert_eq!(moved("https://api.example/me"), "https://api.example/me");
        for base in ["http://keycloak:8080", "https://me:hunter2@id.example", "nowhere"] {
            let refused = Environment::real().replace("https://id.example", base).resolve();
            assert!(refused.is_err_and(|found| !found.contains("hunter2")), "{base}");
        }
    }

    #[test]
    fn a_back_channel_leaves_the_browser_where_it_was() {
        let relocation =
            Environment::back_channel("http://keycloak:8080").insecure_http().resolve().unwrap();
        let url = Url::parse("https://id.example/token").unwrap();

        assert_eq!(relocation.front_channel(url.clone()), url);
        assert_eq!(relocation.back_channel(url).as_str(), "http://keycloak:8080/id.example/token");
    }

    #[test]
    fn tr_02_an_environment_is_https_or_loopback_unless_asked_by_name() {
        assert!(Environment::at("http://keycloak:8080").resolve().is_err());
        assert!(Environment::at("https://staging.example").resolve().is_ok());
        assert!(Environment::at("https://staging.example/?x").resolve().is_err());
    }
}
