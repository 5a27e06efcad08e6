//! The endpoints of one provider, resolved at `build()`: templates filled in, checked, and moved to where the
//! application's environment has them.

use url::{Origin, Url};

use crate::build_error::Fault;
use crate::endpoint::{Environment, Relocation, resolve};
use oauth_declaration::{Declaration, Text};

/// Where everything is.
#[derive(Debug)]
pub(crate) struct Endpoints {
    pub(crate) authorization: Url,
    pub(crate) token: Url,
    /// Where a refresh token is presented: the token endpoint, unless the dialect names another.
    pub(crate) refresh: Url,
    pub(crate) revocation: Option<Url>,
    pub(crate) userinfo: Option<Url>,
    pub(crate) emails: Option<Url>,
    /// Not moved: what the application asks for is checked against it, and then [`relocated`](Self::relocated).
    pub(crate) api_base: Option<Url>,
    /// Not moved either: the origins that may receive the token.
    pub(crate) api_origins: Vec<Origin>,
    relocation: Relocation,
}

impl Endpoints {
    /// Resolves all of them; `None` if there was a fault.
    pub(crate) fn new<'p>(
        declaration: &Declaration,
        parameter: impl Fn(&str) -> Option<&'p str>,
        environment: &Environment,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let relocation = environment.resolve().map_err(|found| Fault::Environment { found });
        let relocation = relocation.map_err(|fault| faults.push(fault)).ok();
        let mut url = |endpoint: &'static str, template: &str| {
            let url =
                resolve(template, &parameter).map_err(|found| Fault::Endpoint { endpoint, found });
            url.map_err(|fault| faults.push(fault)).ok()
        };
        let mut required = |endpoint, template: &Option<Text>| {
            url(endpoint, template.as_deref().unwrap_or_default())
        };
        let authorization = required("authorization_endpoint", &declaration.authorization_endpoint);
        let token = required("token_endpoint", &declaration.token_endpoint);
        let mut optional = |endpoint, template: &Option<Text>| {
            template.as_ref().and_then(|template| url(endpoint, template))
        };
        let refresh = optional("refresh_endpoint", &declaration.dialect.refresh_endpoint);
        let revocation = optional("revocation_endpoint", &declaration.revocation_endpoint);
        let userinfo = optional("userinfo_endpoint", &declaration.userinfo_endpoint);
        let emails = declaration.emails.as_ref().map(|emails| emails.endpoint.clone());
        let emails = optional("emails", &emails);
        let api_base = optional("api_base", &declaration.api_base);
        let further =
            declaration.api_origins.iter().filter_map(|origin| url("api_origins", origin));
        let further: Vec<Url> = further.collect();
        let api = api_base.iter().chain(&userinfo).chain(&emails).chain(&further);
        let api_origins = api.map(Url::origin).collect();

        let relocation = relocation?;
        Some(Self {
            authorization: relocation.front_channel(authorization?),
            refresh: relocation.back_channel(refresh.or_else(|| token.clone())?),
            token: relocation.back_channel(token?),
            revocation: revocation.map(|url| relocation.back_channel(url)),
            userinfo: userinfo.map(|url| relocation.back_channel(url)),
            emails: emails.map(|url| relocation.back_channel(url)),
            api_base,
            api_origins,
            relocation,
        })
    }

    /// Where a URL of the provider's API is really called.
    pub(crate) fn relocated(&self, url: Url) -> Url {
        self.relocation.back_channel(url)
    }
}
