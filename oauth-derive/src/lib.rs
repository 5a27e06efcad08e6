//! `#[oauth_provider(…)]`: an OAuth 2.0 provider as a declaration that the compiler checks.
//!
//! Depend on `oauth-runtime` or `oauth-providers`, which export the attribute; its reference is at
//! [`macro@oauth_provider`]. The way of one attribute through the files: `args` reads what is written, `check`
//! makes a whole `model` of it, `expand` writes that down. After a mistake `fallback` takes the place of
//! `expand`, so that the mistake is the only error that the compiler shows.
//!
//! # Invariants
//!
//! - All mistakes of one attribute are shown in one build; `diag` panics if gathered ones are forgotten.
//! - `expand` cannot fail, and writes no logic: what the runtime can do is done there.
//! - Generated code names the library by `__private` alone, and warns about nothing.
//! - No file, no environment variable and no Cargo.toml is read.

mod args;
mod check;
mod diag;
mod doc;
mod expand;
mod fallback;
mod key;
mod model;
mod notes;
mod spans;
mod value;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Path, parse_quote};

use crate::args::Args;
use crate::check::item;
use crate::notes::Notes;

/// Declares an OAuth 2.0 provider.
///
/// It stands on a struct with named fields or none, above any `#[derive]`.
///
/// ```rust,ignore
/// use oauth_runtime::{Host, oauth_provider};
///
/// /// Signs in with Acme.
/// #[oauth_provider(
///     authorization_endpoint = "https://{domain}/oauth/authorize",
///     token_endpoint = "https://{domain}/oauth/token",
///     revocation_endpoint = "https://{domain}/oauth/revoke",
///     api_base = "https://{domain}/api/v1/",
///     scopes(
///         /// Read the user's own profile.
///         ReadProfile = "read:profile",
///         /// Create and change invoices.
///         Invoices = "invoices:write",
///     ),
///     default_scopes(ReadProfile),
///     token_response {
///         /// The company the user chose on the consent page.
///         company_id: u64,
///     },
/// )]
/// pub struct Acme {
///     /// The customer's own host, e.g. `acme.example`.
///     domain: Host,
/// }
/// ```
///
/// # Keys
///
/// The names are those of RFC 8414, OpenID Connect Discovery and RFC 7591. Write them in this order, and leave
/// a default out.
///
/// | key | value | meaning |
/// | --- | --- | --- |
/// | `name` | `"GitHub"` | what people call it; default: the struct's name |
/// | `slug` | `"github"` | what cookies and paths call it, `[a-z0-9_]+`; default: the struct's name in snake case |
/// | `issuer` | URL | the issuer of RFC 9207 and of ID tokens |
/// | `authorization_endpoint` | URL | REQUIRED; where the browser is sent |
/// | `token_endpoint` | URL | REQUIRED; where the code is exchanged |
/// | `revocation_endpoint` | URL | where a token is revoked (RFC 7009); makes `.revoke()` possible |
/// | `userinfo_endpoint` | URL | who the user is, as JSON, for a bearer token |
/// | `jwks_uri` | URL | the keys that sign ID tokens |
/// | `end_session_endpoint` | URL | where the user is logged out at the provider |
/// | `api_base` | URL | what the API client appends paths to |
/// | `api_origins` | `("https://…", …)` | further origins that may receive the access token |
/// | `scopes` | `( /// doc Variant = "value", … )` | the scopes that people use |
/// | `default_scopes` | `(Variant, …)` | the scopes that every login asks for |
/// | `scope_separator` | `","` | between two scopes of the authorization request; default: a space |
/// | `pkce` | `required`, `optional`, `unsupported` | default: `optional`; S256 is sent unless `unsupported` |
/// | `token_endpoint_auth_method` | `client_secret_basic`, `client_secret_post`, `none` | default: `client_secret_basic` |
/// | `authorization_params` | `(name = "value", …)` | constant parameters of the authorization request |
/// | `offline` | `(scope = Variant)`, `(params(name = "value", …))`, `(always)`, `(never)` | how one asks for a refresh token |
/// | `headers` | `("Name" = "value", …)` | on token and API requests; an identifier is a name too, its `_` read as `-` |
/// | `token_response` | `{ /// doc field: Type, … }` | further typed fields of the token response; `#[serde(…)]` is allowed |
/// | `profile` | `(subject = "/id", …)` | JSON pointers into the userinfo answer: `subject` (REQUIRED), `name`, `email`, `email_verified` (a pointer, `always` or `never`), `picture` |
/// | `emails` | `(endpoint = "https://…", address = "/email", …)` | a second call for a list of addresses; in an element: `address` (REQUIRED), `verified`, `primary` |
/// | `dialect` | `(word = value, …)` | named departures from the RFC, below |
/// | `crate` | path | the crate that exports the attribute, if it has another name here |
///
/// A URL is absolute and `https` (`http` on `localhost`, `127.0.0.1` and `[::1]`), and has no user info and no
/// fragment. The application's own values (`client_id`, `client_secret`, `redirect_uri`) are never declared.
///
/// # Placeholders
///
/// `{name}` in a URL is the value of the field `name`, whose type says where it may stand: a `Host` is the whole
/// host (`https://{domain}/token`), a `Segment` is a segment of the path or a part of one
/// (`https://login.example/{tenant}/token`). Every placeholder has a field, and every field a placeholder.
///
/// # Dialect
///
/// | word | meaning |
/// | --- | --- |
/// | `callback_issuer = "https://…"` | the callback carries this `iss`, although no metadata announces it |
/// | `refresh_endpoint = "https://…"` | a refresh token is presented here, not at the token endpoint |
/// | `refresh_keeps` | a refresh token stays good when it is used: two servers may use it at once |
///
/// # What is generated
///
/// For `Acme`, each as visible as the struct and documented:
///
/// - `Acme` itself, `Clone` and `Debug`, with a table of what is declared in its documentation;
/// - `Acme::new(domain)`, one argument a placeholder, which refuses a value that may not stand in its place;
/// - `enum AcmeScope`, with a variant for each scope, `AcmeScope::custom("…")` and `as_str()`;
/// - `struct AcmeTokenResponse`, which derefs to the standard `TokenResponse` and has the declared fields;
/// - the declaration as one `static`, and the impls that hand it out:
///
/// ```rust,ignore
/// const _: () = {
///     static DECLARATION: Declaration = Declaration { /* every fact */ };
///
///     impl Provider for Acme {
///         type Scope = AcmeScope;
///         type TokenResponse = AcmeTokenResponse;
///
///         fn declaration(&self) -> &Declaration {
///             &DECLARATION
///         }
///
///         fn parameter(&self, name: &str) -> Option<&str> {
///             match name {
///                 "domain" => Some(Host::as_str(&self.domain)),
///                 _ => None,
///             }
///         }
///     }
///
///     impl HasRevocation for Acme {} // and `HasProfile`, where `profile` is declared
/// };
/// ```
#[proc_macro_attribute]
pub fn oauth_provider(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    provider(args.into(), &item.into(), parse_quote!(::oauth_runtime)).into()
}

/// [`macro@oauth_provider`] for a crate that depends on `oauth-providers` alone, which exports it by that name.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn oauth_provider_for_providers(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    provider(args.into(), &item.into(), parse_quote!(::oauth_providers)).into()
}

/// Reads, checks, and writes down the provider or its mistakes. `root` is the crate that holds `__private`.
fn provider(args: TokenStream, tokens: &TokenStream, root: Path) -> TokenStream {
    let item: DeriveInput = match syn::parse2(tokens.clone()) {
        Ok(item) => item,
        Err(error) => return fallback::item(tokens, &item::wrong_item(error.span())),
    };
    let mut notes = Notes::new();
    let args = Args::parse(args, &mut notes);
    let root = args.root.clone().unwrap_or(root);
    match check::provider(&args, &item, root.clone(), notes) {
        Ok(model) => expand::provider(&model),
        Err(mistakes) => fallback::provider(&item, &args, &root, &mistakes),
    }
}

#[cfg(test)]
mod tests;
