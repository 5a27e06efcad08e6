//! The grammar: what may stand in `#[oauth_provider(…)]`, read into a `Declaration` that is not yet checked.

pub(crate) mod ahead;
pub(crate) mod dialect;
pub(crate) mod entries;
pub(crate) mod entry;
pub(crate) mod given;
pub(crate) mod list;
pub(crate) mod offline;
pub(crate) mod params;
pub(crate) mod profile;
pub(crate) mod scopes;
pub(crate) mod serde;
pub(crate) mod token_response;

use oauth_declaration::source::OF_A_TOKEN_REQUEST;
use oauth_declaration::{Declaration, Text};
use proc_macro2::{Ident, TokenStream};
use syn::Path;
use syn::parse::{ParseStream, Parser};

use crate::args::entry::Entry;
use crate::args::offline::OfflineArg;
use crate::args::token_response::FieldArg;
use crate::diag;
use crate::key;
use crate::model::Scope;
use crate::notes::Notes;

/// What was given.
#[derive(Default)]
pub(crate) struct Args {
    /// What needs no knowledge of Rust. The other fields are the rest.
    pub(crate) declaration: Declaration,
    /// `name = "GitHub"`
    pub(crate) name: Option<Text>,
    /// `slug = "github"`
    pub(crate) slug: Option<Text>,
    /// `scopes(Variant = "value", …)`
    pub(crate) scopes: Vec<Scope>,
    /// `default_scopes(Variant, …)`
    pub(crate) default_scopes: Vec<Ident>,
    /// `offline(scope = Variant)`
    pub(crate) offline: Option<OfflineArg>,
    /// `token_response { field: Type, … }`
    pub(crate) token_response: Vec<FieldArg>,
    /// `crate = path`
    pub(crate) root: Option<Path>,
}

impl Args {
    /// Reads everything that can be read; the rest is noted.
    pub(crate) fn parse(tokens: TokenStream, notes: &mut Notes) -> Self {
        let mut args = Self::default();
        let example = "token_endpoint = \"https://…\"";
        let read = |input: ParseStream| {
            entries::entries(None, input, notes, example, |entry, input, notes| {
                args.entry(entry, input, notes)
            });
            Ok(())
        };
        let read = read.parse2(tokens);
        notes.left(read);
        args
    }

    /// One entry. It is long because the vocabulary is: one line a key.
    fn entry(&mut self, entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<()> {
        let of = &mut self.declaration;
        let url = |input, notes: &mut Notes| given::text(entry, input, notes).map(Some);
        match entry.name().as_str() {
            key::NAME => self.name = Some(given::text(entry, input, notes)?),
            key::SLUG => self.slug = Some(given::text(entry, input, notes)?),
            key::CONSOLE => of.console = url(input, notes)?,
            key::SERVICE_DOCUMENTATION => of.service_documentation = url(input, notes)?,
            key::SETUP => of.setup = list::texts(entry, input, notes)?,
            key::ISSUER => of.issuer = url(input, notes)?,
            key::AUTHORIZATION_ENDPOINT => of.authorization_endpoint = url(input, notes)?,
            key::TOKEN_ENDPOINT => of.token_endpoint = url(input, notes)?,
            key::REVOCATION_ENDPOINT => of.revocation_endpoint = url(input, notes)?,
            key::USERINFO_ENDPOINT => of.userinfo_endpoint = url(input, notes)?,
            key::JWKS_URI => of.jwks_uri = url(input, notes)?,
            key::END_SESSION_ENDPOINT => of.end_session_endpoint = url(input, notes)?,
            key::PUSHED_AUTHORIZATION_REQUEST_ENDPOINT => {
                of.pushed_authorization_request_endpoint = url(input, notes)?;
            }
            key::API_BASE => of.api_base = url(input, notes)?,
            key::API_ORIGINS => of.api_origins = list::texts(entry, input, notes)?,
            key::SCOPES => self.scopes = scopes::scopes(entry, input, notes)?,
            key::DEFAULT_SCOPES => self.default_scopes = scopes::variants(entry, input, notes)?,
            key::SCOPE_SEPARATOR => of.scope_separator = given::text(entry, input, notes)?,
            key::PKCE => of.pkce = given::word(entry, input, notes)?,
            key::TOKEN_ENDPOINT_AUTH_METHOD => {
                of.token_endpoint_auth_method = given::word(entry, input, notes)?;
            }
            key::RESPONSE_MODE => of.response_mode = given::word(entry, input, notes)?,
            key::AUTHORIZATION_PARAMS => {
                of.authorization_params = params::params(entry, input, notes)?;
            }
            key::TOKEN_PARAMS => {
                of.token_params = params::request_params(entry, input, notes, OF_A_TOKEN_REQUEST)?;
            }
            key::OFFLINE => self.offline = offline::offline(entry, input, notes)?,
            key::HEADERS => of.headers = params::headers(entry, input, notes)?,
            key::TOKEN_RESPONSE => {
                self.token_response = token_response::token_response(entry, input, notes)?;
            }
            key::PROFILE => of.profile = Some(profile::profile(entry, input, notes)?),
            key::EMAILS => of.emails = Some(profile::emails(entry, input, notes)?),
            key::DIALECT => of.dialect = dialect::dialect(entry, input, notes)?,
            key::CRATE => self.root = Some(path(entry, input)?),
            name if key::OF_THE_APPLICATION.contains(&name) => {
                return Err(diag::of_the_application(&entry.key));
            }
            _ => return Err(entry.unknown("key", key::ALL, key::USUAL, notes)),
        }
        Ok(())
    }
}

/// Reads `= path`.
fn path(entry: &Entry, input: ParseStream) -> syn::Result<Path> {
    let (kind, form) = ("a path", "crate = ::my_oauth");
    given::equals(entry, input, kind, form)?;
    let span = entry.guilty(input);
    input.call(Path::parse_mod_style).map_err(|_| diag::wrong_kind(span, key::CRATE, kind, form))
}
