//! The provider's server as our client sees it: known at `build()`, or asked of its issuer when somebody needs it.

use std::sync::Arc;
use std::time::Duration;

use oauth_declaration::TenantIssuer;
use url::Url;

use crate::authorization_url::{AuthorizationQuery, AuthorizationUrl};
use crate::build_error::Fault;
use crate::crypto::signature::SigningAlgorithm;
use crate::endpoint::Relocation;
use crate::endpoints::Endpoints;
use crate::issuer::Issuer;
use crate::metadata::{Metadata, MetadataError};
use crate::published::{Bounds, Published};

/// Where everything is, moved to where the application's environment has it.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) authorization_url: AuthorizationUrl,
    pub(crate) token: Url,
    /// Where a refresh token is presented: the token endpoint, unless the dialect names another.
    pub(crate) refresh: Url,
    pub(crate) revocation: Option<Url>,
    pub(crate) userinfo: Option<Url>,
    pub(crate) emails: Option<Url>,
    pub(crate) jwks: Option<Url>,
    pub(crate) end_session: Option<Url>,
    pub(crate) pushed_authorization_request: Option<Url>,
    /// It takes no login that does not begin with a pushed request.
    pub(crate) requires_pushed_requests: bool,
    /// It announces that every authorization response names the issuer.
    pub(crate) announces_issuer: bool,
    /// Who it says that it is.
    pub(crate) issuer: Option<Issuer>,
    /// How it says that it signs ID tokens; empty if it does not say.
    pub(crate) id_token_algorithms: Vec<SigningAlgorithm>,
    /// How it says that it signs answers of the userinfo endpoint.
    pub(crate) userinfo_algorithms: Vec<SigningAlgorithm>,
}

impl Server {
    /// `None` if it is not known where a login begins, or where its code is exchanged.
    pub(crate) fn new(
        endpoints: Endpoints,
        relocation: &Relocation,
        query: &AuthorizationQuery,
        issuer: Option<Issuer>,
    ) -> Option<Self> {
        let authorization = relocation.front_channel(endpoints.authorization?);
        let back_channel = |url| relocation.back_channel(url);
        Some(Self {
            authorization_url: AuthorizationUrl::new(authorization, query),
            refresh: back_channel(endpoints.refresh.or_else(|| endpoints.token.clone())?),
            token: back_channel(endpoints.token?),
            revocation: endpoints.revocation.map(back_channel),
            userinfo: endpoints.userinfo.map(back_channel),
            emails: endpoints.emails.map(back_channel),
            jwks: endpoints.jwks.map(back_channel),
            end_session: endpoints.end_session.map(|url| relocation.front_channel(url)),
            pushed_authorization_request: endpoints.pushed_authorization_request.map(back_channel),
            requires_pushed_requests: false,
            announces_issuer: endpoints.announces_issuer,
            issuer,
            id_token_algorithms: Vec::new(),
            userinfo_algorithms: Vec::new(),
        })
    }

    /// What the metadata say beside where the endpoints are.
    fn saying(mut self, metadata: &Metadata) -> Self {
        self.requires_pushed_requests = metadata.require_pushed_authorization_requests;
        let known = |names: &[String]| {
            names.iter().filter_map(|name| SigningAlgorithm::from_name(name)).collect()
        };
        self.id_token_algorithms = known(&metadata.id_token_signing_alg_values_supported);
        self.userinfo_algorithms = known(&metadata.userinfo_signing_alg_values_supported);
        self
    }
}

/// A server that is known, or that is asked for.
#[derive(Debug)]
pub(crate) enum ServerSource {
    Known(Arc<Server>),
    Discovered(Box<Discovered>),
}

impl ServerSource {
    /// A server whose endpoints are known, or an issuer to ask for them.
    pub(crate) fn new(
        endpoints: Endpoints,
        relocation: Relocation,
        query: AuthorizationQuery,
        issuer: Option<&str>,
        is_discovered: bool,
        tenants: Option<TenantIssuer>,
    ) -> Result<Self, Fault> {
        if !is_discovered {
            let known = issuer.map(Issuer::of);
            if let Some(server) = Server::new(endpoints.clone(), &relocation, &query, known) {
                return Ok(Self::Known(Arc::new(server)));
            }
        }
        let issuer = issuer.unwrap_or_default();
        let metadata = Url::parse(&Metadata::url(issuer)).ok().zip(Url::parse(issuer).ok());
        let (metadata, of_oauth) = metadata.ok_or_else(|| {
            let found = endpoints.authorization.as_ref().map_or_else(String::new, Url::to_string);
            Fault::Endpoint { endpoint: "token_endpoint", found }
        })?;
        let metadata = [metadata, Metadata::oauth_url(&of_oauth)];
        Ok(Self::Discovered(Box::new(Discovered {
            issuer: issuer.to_owned(),
            tenants,
            metadata: metadata.map(|url| relocation.back_channel(url)),
            declared: endpoints,
            relocation,
            query,
            server: Published::new(OF_METADATA),
        })))
    }
}

/// A server whose issuer says where it is.
#[derive(Debug)]
pub(crate) struct Discovered {
    issuer: String,
    tenants: Option<TenantIssuer>,
    /// Where the metadata are, moved: those of OpenID Connect, and where there are none those of OAuth 2.0.
    pub(crate) metadata: [Url; 2],
    declared: Endpoints,
    relocation: Relocation,
    query: AuthorizationQuery,
    pub(crate) server: Published<Server>,
}

impl Discovered {
    /// The server as the issuer's answer has it, and the declaration before it.
    pub(crate) fn read(
        &self,
        response: &http::Response<bytes::Bytes>,
    ) -> Result<Server, MetadataError> {
        let (metadata, issuer) = Metadata::read(response, &self.issuer, self.tenants.as_ref())?;
        let endpoints = self.declared.completed_by(&metadata, &self.issuer)?;
        let server = Server::new(endpoints, &self.relocation, &self.query, Some(issuer));
        let what = "`authorization_endpoint` or `token_endpoint`";
        let server = server.ok_or(MetadataError::Unreadable { what })?;
        Ok(server.saying(&metadata))
    }
}

/// A key that the issuer has taken back verifies nothing after an hour.
pub(crate) const OF_KEYS: Bounds =
    Bounds { fresh: Duration::from_secs(5 * 60), aging: HOUR, last: DAY };

/// An issuer's endpoints hardly ever move.
const OF_METADATA: Bounds =
    Bounds { fresh: HOUR, aging: DAY, last: Duration::from_secs(7 * 24 * 3600) };

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
