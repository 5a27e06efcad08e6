//! Which endpoint a request is for.
//!
//! A request comes under the endpoint's own URL (in memory), or under a base that an
//! [`Environment`](crate::Environment) put before it: `{base}/{host}/{path}`.

use bytes::Bytes;
use http::header::HOST;
use http::{Method, Request};
use oauth_declaration::{Declaration, TenantIssuer, Text};
use url::Url;

use crate::emulator::request::pairs;
use crate::endpoint::{fill, resolve};
use crate::metadata::Metadata;

/// What an emulator answers at.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Endpoint {
    /// Where the browser is sent.
    Authorization,
    /// Where the issuer says where everything is.
    Metadata,
    /// Where the code is exchanged.
    Token,
    /// Where a refresh token is presented, if that is not the token endpoint.
    Refresh,
    /// Where a token is revoked.
    Revocation,
    /// Who the user is.
    UserInfo,
    /// The user's addresses.
    Emails,
    /// The keys that the issuer signs with.
    Jwks,
    /// Where a user is logged out at the provider.
    EndSession,
    /// Where a login is announced.
    PushedAuthorization,
    /// Anything else of the API.
    Api,
    /// No endpoint of the declaration.
    Unknown,
}

/// The URLs of a declaration, in the order in which they are looked for.
#[derive(Clone)]
pub(super) struct Map {
    exact: Vec<(Endpoint, Location)>,
    api: Vec<Location>,
    issuer: Option<String>,
    /// The template of the issuers of its tenants.
    tenants: Option<TenantIssuer>,
}

#[derive(Clone)]
struct Location {
    /// What the server calls it.
    url: String,
    authority: String,
    path: String,
}

impl Location {
    fn of(url: &Url) -> Self {
        let authority = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        Self { url: url.to_string(), authority, path: url.path().to_owned() }
    }

    /// What follows the authority in an address, if it stands there whole.
    fn path_in<'a>(&self, address: &'a str) -> Option<&'a str> {
        let behind = |from: usize| address[from..].strip_prefix(&self.authority);
        let starts =
            std::iter::once(0).chain(address.match_indices('/').map(|(index, _)| index + 1));
        starts.filter_map(behind).find(|path| path.starts_with('/'))
    }
}

impl Map {
    pub(super) fn new<'p>(
        declaration: &Declaration,
        parameter: impl Fn(&str) -> Option<&'p str>,
    ) -> Self {
        let issuer = declaration.issuer.as_ref().and_then(|issuer| fill(issuer, &parameter));
        // What an issuer is asked for is somewhere under it.
        let under = |path: &str| {
            let issuer = issuer.as_deref().filter(|_| declaration.is_discovered())?;
            Some(Text::from(format!("{}/{path}", issuer.trim_end_matches('/'))))
        };
        let declared =
            |endpoint: &Option<Text>, path: &str| endpoint.clone().or_else(|| under(path));
        let emails = declaration.emails.as_ref().map(|emails| emails.endpoint.clone());
        let metadata = issuer.as_deref().map(|issuer| Text::from(Metadata::url(issuer)));
        let templates = [
            (Endpoint::Authorization, declared(&declaration.authorization_endpoint, "authorize")),
            (Endpoint::Metadata, metadata),
            (Endpoint::Token, declared(&declaration.token_endpoint, "token")),
            (Endpoint::Refresh, declaration.dialect.refresh_endpoint.clone()),
            (Endpoint::Revocation, declared(&declaration.revocation_endpoint, "revoke")),
            (Endpoint::UserInfo, declared(&declaration.userinfo_endpoint, "userinfo")),
            (Endpoint::Emails, emails),
            (Endpoint::Jwks, declared(&declaration.jwks_uri, "jwks")),
            (Endpoint::EndSession, declared(&declaration.end_session_endpoint, "end_session")),
            (
                Endpoint::PushedAuthorization,
                declared(&declaration.pushed_authorization_request_endpoint, "par"),
            ),
        ];
        let exact = templates.into_iter().filter_map(|(endpoint, template)| {
            Some((endpoint, Location::of(&resolve(&template?, &parameter)?.ok()?)))
        });
        let bases = declaration.api_base.iter().chain(declaration.api_origins.iter());
        let api = bases.filter_map(|base| Some(Location::of(&resolve(base, &parameter)?.ok()?)));
        // The dialect word is what the callback carries where there is no issuer to publish.
        let callback_issuer = declaration.dialect.callback_issuer.as_ref();
        let callback_issuer = callback_issuer.and_then(|template| fill(template, &parameter));
        Self {
            exact: exact.collect(),
            api: api.collect(),
            issuer: issuer.clone().or(callback_issuer),
            tenants: declaration.dialect.tenant_issuer.clone(),
        }
    }

    /// The same places, called by the addresses that they have under a base. The issuer of a tenant is the one that was asked.
    pub(super) fn under(&self, base: &str) -> Self {
        let base = base.trim_end_matches('/');
        let moved = |url: &str| match url.split_once("://") {
            Some((_, rest)) => format!("{base}/{rest}"),
            None => url.to_owned(),
        };
        let mut map = self.clone();
        for location in map.exact.iter_mut().map(|(_, location)| location).chain(&mut map.api) {
            location.url = moved(&location.url);
        }
        map.issuer = map.issuer.as_deref().map(moved);
        if let (Some(tenants), Some(issuer)) = (&mut map.tenants, &map.issuer) {
            tenants.template = issuer.clone().into();
        }
        map
    }

    /// The endpoint, and the path under the API's base.
    pub(super) fn find(&self, request: &Request<Bytes>) -> (Endpoint, String) {
        let host = || request.headers().get(HOST).and_then(|host| host.to_str().ok());
        let authority = request.uri().authority().map(http::uri::Authority::as_str).or_else(host);
        let address = format!("{}{}", authority.unwrap_or_default(), request.uri().path());
        let here = |(_, location): &&(Endpoint, Location)| {
            location.path_in(&address) == Some(&location.path)
        };
        let here: Vec<_> = self.exact.iter().filter(here).collect();
        if let Some(endpoint) = one_of(&here, request) {
            return (endpoint, String::new());
        }
        for base in &self.api {
            let under = base
                .path_in(&address)
                .and_then(|path| path.strip_prefix(base.path.trim_end_matches('/')));
            if let Some(path) = under.filter(|path| path.starts_with('/')) {
                return (Endpoint::Api, path.to_owned());
            }
        }
        (Endpoint::Unknown, String::new())
    }

    /// What the server calls an endpoint: the provider's own URL, unless it is called by where it is.
    pub(super) fn url(&self, endpoint: Endpoint) -> Option<&str> {
        let api = self.api.iter().map(|location| (Endpoint::Api, location));
        let exact = self.exact.iter().map(|(known, location)| (*known, location));
        let found = exact.chain(api).find(|(known, _)| *known == endpoint);
        found.map(|(_, location)| location.url.as_str())
    }

    /// Who the server says it is in its metadata.
    pub(super) fn announced_issuer(&self) -> Option<&str> {
        let template = self.tenants.as_ref().map(|tenants| &*tenants.template);
        template.or(self.issuer.as_deref())
    }

    /// Who the server says it is in the callback and in its tokens, where it has tenants to one of them.
    pub(super) fn issuer(&self, tenant: &str) -> Option<String> {
        let filled = self.tenants.as_ref().and_then(|tenants| {
            let (before, rest) = tenants.template.split_once('{')?;
            Some(format!("{before}{tenant}{}", rest.split_once('}')?.1))
        });
        filled.or_else(|| self.issuer.clone())
    }

    /// What an assertion that is meant for this server calls it.
    pub(super) fn audiences(&self, tenant: &str) -> Vec<String> {
        let own = [Endpoint::Token, Endpoint::PushedAuthorization].map(|it| self.url(it));
        own.into_iter().flatten().map(str::to_owned).chain(self.issuer(tenant)).collect()
    }

    /// The claim that names the tenant.
    pub(super) fn tenant_claim(&self) -> Option<&str> {
        self.tenants.as_ref().map(|tenants| &*tenants.claim)
    }
}

/// One URL may be several endpoints: told apart by a query of their own, or by the grant that a token request is of.
fn one_of(here: &[&(Endpoint, Location)], request: &Request<Bytes>) -> Option<Endpoint> {
    let query = request.uri().query().unwrap_or_default();
    let is_asked = |location: &Location| {
        let own = location.url.split_once('?').map(|(_, own)| own);
        own.is_some_and(|own| own.split('&').all(|pair| query.split('&').any(|it| it == pair)))
    };
    let is_grant =
        || request.method() == Method::POST && pairs(request.body()).contains_key("grant_type");
    let by_query = || here.iter().find(|(_, location)| is_asked(location));
    let token = || here.iter().find(|(endpoint, _)| *endpoint == Endpoint::Token && is_grant());
    let found = if here.len() > 1 { by_query().or_else(token) } else { None };
    found.or(here.first()).map(|(endpoint, _)| *endpoint)
}
