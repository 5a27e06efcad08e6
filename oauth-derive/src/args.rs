//! The grammar: what may stand in `#[oauth_provider(…)]`, as it is written and not yet checked.

pub(crate) mod dialect;
pub(crate) mod given;
pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod offline;
pub(crate) mod params;
pub(crate) mod profile;
pub(crate) mod scopes;
pub(crate) mod token_response;

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Path};

use crate::args::dialect::DialectArgs;
use crate::args::given::Given;
use crate::args::keys::Keys;
use crate::args::offline::OfflineArg;
use crate::args::params::ParamArg;
use crate::args::profile::{EmailsArgs, ProfileArgs};
use crate::args::scopes::ScopeArg;
use crate::args::token_response::FieldArg;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::value::{Pkce, TokenEndpointAuthMethod};

/// What was given, one field a key.
#[derive(Default)]
pub(crate) struct Args {
    /// Every key that was written, also one whose value could not be read.
    pub(crate) keys: Keys,
    /// `name = "GitHub"`
    pub(crate) name: Option<Given<LitStr>>,
    /// `slug = "github"`
    pub(crate) slug: Option<Given<LitStr>>,
    /// `issuer = "https://…"`
    pub(crate) issuer: Option<Given<LitStr>>,
    /// `authorization_endpoint = "https://…"`
    pub(crate) authorization_endpoint: Option<Given<LitStr>>,
    /// `token_endpoint = "https://…"`
    pub(crate) token_endpoint: Option<Given<LitStr>>,
    /// `revocation_endpoint = "https://…"`
    pub(crate) revocation_endpoint: Option<Given<LitStr>>,
    /// `userinfo_endpoint = "https://…"`
    pub(crate) userinfo_endpoint: Option<Given<LitStr>>,
    /// `jwks_uri = "https://…"`
    pub(crate) jwks_uri: Option<Given<LitStr>>,
    /// `end_session_endpoint = "https://…"`
    pub(crate) end_session_endpoint: Option<Given<LitStr>>,
    /// `api_base = "https://…/"`
    pub(crate) api_base: Option<Given<LitStr>>,
    /// `api_origins("https://…", …)`
    pub(crate) api_origins: Option<Given<Vec<LitStr>>>,
    /// `scopes(Variant = "value", …)`
    pub(crate) scopes: Option<Given<Vec<ScopeArg>>>,
    /// `default_scopes(Variant, …)`
    pub(crate) default_scopes: Option<Given<Vec<Ident>>>,
    /// `scope_separator = ","`
    pub(crate) scope_separator: Option<Given<LitStr>>,
    /// `pkce = required`
    pub(crate) pkce: Option<Given<Pkce>>,
    /// `token_endpoint_auth_method = client_secret_post`
    pub(crate) token_endpoint_auth_method: Option<Given<TokenEndpointAuthMethod>>,
    /// `authorization_params(name = "value", …)`
    pub(crate) authorization_params: Option<Given<Vec<ParamArg>>>,
    /// `offline(scope = Variant)`
    pub(crate) offline: Option<Given<OfflineArg>>,
    /// `headers("User-Agent" = "value", …)`
    pub(crate) headers: Option<Given<Vec<ParamArg>>>,
    /// `token_response { field: Type, … }`
    pub(crate) token_response: Option<Given<Vec<FieldArg>>>,
    /// `profile(subject = "/id", …)`
    pub(crate) profile: Option<Given<ProfileArgs>>,
    /// `emails(endpoint = "https://…", address = "/email", …)`
    pub(crate) emails: Option<Given<EmailsArgs>>,
    /// `dialect(callback_issuer = "https://…")`
    pub(crate) dialect: Option<Given<DialectArgs>>,
    /// `crate = path`
    pub(crate) root: Option<Given<Path>>,
}

impl Args {
    /// Reads everything that can be read; the rest is noted in `diagnostics`.
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut args = Self::default();
        let read = |input: ParseStream| {
            list::elements(input, diagnostics, |input, diagnostics| args.entry(input, diagnostics));
            Ok(())
        };
        let read = read.parse2(tokens);
        diagnostics.ok(read);
        args
    }

    /// One entry. It is long because the vocabulary is: one line a key.
    fn entry(&mut self, input: ParseStream, diagnostics: &mut Diagnostics) -> syn::Result<()> {
        let key = self.keys.read(input, "token_endpoint = \"https://…\"")?;
        let d = diagnostics;
        match key.to_string().as_str() {
            key::NAME => self.name = Some(given::text(key, input)?),
            key::SLUG => self.slug = Some(given::text(key, input)?),
            key::ISSUER => self.issuer = Some(given::text(key, input)?),
            key::AUTHORIZATION_ENDPOINT => {
                self.authorization_endpoint = Some(given::text(key, input)?);
            }
            key::TOKEN_ENDPOINT => self.token_endpoint = Some(given::text(key, input)?),
            key::REVOCATION_ENDPOINT => self.revocation_endpoint = Some(given::text(key, input)?),
            key::USERINFO_ENDPOINT => self.userinfo_endpoint = Some(given::text(key, input)?),
            key::JWKS_URI => self.jwks_uri = Some(given::text(key, input)?),
            key::END_SESSION_ENDPOINT => self.end_session_endpoint = Some(given::text(key, input)?),
            key::API_BASE => self.api_base = Some(given::text(key, input)?),
            key::API_ORIGINS => self.api_origins = Some(list::texts(key, input, d)?),
            key::SCOPES => self.scopes = Some(scopes::scopes(key, input, d)?),
            key::DEFAULT_SCOPES => self.default_scopes = Some(scopes::variants(key, input, d)?),
            key::SCOPE_SEPARATOR => self.scope_separator = Some(given::text(key, input)?),
            key::PKCE => self.pkce = Some(given::word(key, input)?),
            key::TOKEN_ENDPOINT_AUTH_METHOD => {
                self.token_endpoint_auth_method = Some(given::word(key, input)?);
            }
            key::AUTHORIZATION_PARAMS => {
                self.authorization_params = Some(params::params(key, input, d)?);
            }
            key::OFFLINE => self.offline = Some(offline::offline(key, input, d)?),
            key::HEADERS => self.headers = Some(params::headers(key, input, d)?),
            key::TOKEN_RESPONSE => {
                self.token_response = Some(token_response::token_response(key, input, d)?);
            }
            key::PROFILE => self.profile = Some(profile::profile(key, input, d)?),
            key::EMAILS => self.emails = Some(profile::emails(key, input, d)?),
            key::DIALECT => self.dialect = Some(dialect::dialect(key, input, d)?),
            key::CRATE => self.root = Some(path(key, input)?),
            name if key::OF_THE_APPLICATION.contains(&name) => {
                let message = format!(
                    "`{name}` is the application's, never the declaration's; pass it to `.{name}(…)` of the builder"
                );
                return Err(syn::Error::new(key.span(), message));
            }
            _ => return Err(self.keys.unknown("key", &key, key::ALL, key::USUAL)),
        }
        Ok(())
    }
}

/// Reads `= path`.
fn path(key: Ident, input: ParseStream) -> syn::Result<Given<Path>> {
    let (kind, form) = ("a path", "crate = ::my_oauth");
    given::equals(&key, input, kind, form)?;
    let span = given::guilty(&key, input);
    let value = input
        .call(Path::parse_mod_style)
        .map_err(|_| diag::wrong_kind(span, key::CRATE, kind, form))?;
    Ok(Given { key, value })
}
