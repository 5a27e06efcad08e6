//! The endpoints of one provider: templates filled in and checked at `build()`, completed by the issuer's metadata where
//! the declaration leaves that to them. Nothing here is moved yet to where the application's environment has it.

use oauth_declaration::{Declaration, Text};
use url::{Origin, Url};

use crate::build_error::Fault;
use crate::endpoint::{Relocation, callable, resolve};
use crate::metadata::{Metadata, MetadataError};

/// Where everything is, as far as it is known.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub(crate) authorization: Option<Url>,
    pub(crate) token: Option<Url>,
    pub(crate) refresh: Option<Url>,
    pub(crate) revocation: Option<Url>,
    pub(crate) userinfo: Option<Url>,
    pub(crate) emails: Option<Url>,
    pub(crate) jwks: Option<Url>,
    pub(crate) end_session: Option<Url>,
    pub(crate) pushed_authorization_request: Option<Url>,
    /// The metadata announce that every authorization response names the issuer (RFC 9207 s3).
    pub(crate) announces_issuer: bool,
}

impl Endpoints {
    /// Resolves all that are declared.
    pub(crate) fn new<'p>(
        declaration: &Declaration,
        parameter: impl Fn(&str) -> Option<&'p str>,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let emails = declaration.emails.as_ref().map(|emails| emails.endpoint.clone());
        let mut url = |endpoint: &'static str, template: &Option<Text>| {
            let url = resolve(template.as_ref()?, &parameter)?;
            url.map_err(|found| faults.push(Fault::Endpoint { endpoint, found })).ok()
        };
        Self {
            authorization: url("authorization_endpoint", &declaration.authorization_endpoint),
            token: url("token_endpoint", &declaration.token_endpoint),
            refresh: url("refresh_endpoint", &declaration.dialect.refresh_endpoint),
            revocation: url("revocation_endpoint", &declaration.revocation_endpoint),
            userinfo: url("userinfo_endpoint", &declaration.userinfo_endpoint),
            emails: url("emails", &emails),
            jwks: url("jwks_uri", &declaration.jwks_uri),
            end_session: url("end_session_endpoint", &declaration.end_session_endpoint),
            pushed_authorization_request: url(
                "pushed_authorization_request_endpoint",
                &declaration.pushed_authorization_request_endpoint,
            ),
            announces_issuer: false,
        }
    }

    /// These, and from the metadata those that they lack.
    pub(crate) fn completed_by(
        &self,
        metadata: &Metadata,
        issuer: &str,
    ) -> Result<Self, MetadataError> {
        // Who is asked over the network must not name what only this machine can reach.
        let is_local = issuer.starts_with("http:");
        let either = |declared: &Option<Url>, found: &Option<String>, what| {
            either(declared, found, what, is_local)
        };
        let Metadata { authorization_endpoint, token_endpoint, .. } = metadata;
        let Metadata { revocation_endpoint, userinfo_endpoint, jwks_uri, .. } = metadata;
        let Metadata { end_session_endpoint, .. } = metadata;
        let Metadata { pushed_authorization_request_endpoint, .. } = metadata;
        Ok(Self {
            authorization: either(
                &self.authorization,
                authorization_endpoint,
                "`authorization_endpoint`",
            )?,
            token: either(&self.token, token_endpoint, "`token_endpoint`")?,
            refresh: self.refresh.clone(),
            revocation: either(&self.revocation, revocation_endpoint, "`revocation_endpoint`")?,
            userinfo: either(&self.userinfo, userinfo_endpoint, "`userinfo_endpoint`")?,
            emails: self.emails.clone(),
            jwks: either(&self.jwks, jwks_uri, "`jwks_uri`")?,
            end_session: either(&self.end_session, end_session_endpoint, "`end_session_endpoint`")?,
            pushed_authorization_request: either(
                &self.pushed_authorization_request,
                pushed_authorization_request_endpoint,
                "`pushed_authorization_request_endpoint`",
            )?,
            announces_issuer: metadata.authorization_response_iss_parameter_supported,
        })
    }
}

/// What is declared wins over what is found.
fn either(
    declared: &Option<Url>,
    found: &Option<String>,
    what: &'static str,
    may_be_local: bool,
) -> Result<Option<Url>, MetadataError> {
    match (declared, found) {
        (Some(declared), _) => Ok(Some(declared.clone())),
        (None, None) => Ok(None),
        (None, Some(found)) => {
            let url = callable(found).ok().filter(|url| may_be_local || url.scheme() == "https");
            url.map(Some).ok_or(MetadataError::Unreadable { what })
        }
    }
}

/// Where the API is, and who may receive the token.
#[derive(Debug)]
pub(crate) struct Api {
    /// What the application asks for is checked against it, and then [`relocated`](Self::relocated).
    pub(crate) base: Option<Url>,
    pub(crate) origins: Vec<Origin>,
    relocation: Relocation,
}

impl Api {
    pub(crate) fn new<'p>(
        declaration: &Declaration,
        parameter: impl Fn(&str) -> Option<&'p str>,
        endpoints: &Endpoints,
        relocation: Relocation,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut url = |endpoint: &'static str, template: &str| {
            let url = resolve(template, &parameter)?;
            url.map_err(|found| faults.push(Fault::Endpoint { endpoint, found })).ok()
        };
        let base = declaration.api_base.as_ref().and_then(|base| url("api_base", base));
        let further: Vec<Url> =
            declaration.api_origins.iter().filter_map(|it| url("api_origins", it)).collect();
        let api = base.iter().chain(&endpoints.userinfo).chain(&endpoints.emails).chain(&further);
        Self { origins: api.map(Url::origin).collect(), base, relocation }
    }

    /// Where a URL of the provider's API is really called.
    pub(crate) fn relocated(&self, url: Url) -> Url {
        self.relocation.back_channel(url)
    }
}
