//! `#[oauth_provider(…)]`: an OAuth 2.0 provider as a declaration that the compiler checks.
//!
//! Depend on `oauth-runtime` or `oauth-providers`, which export the attribute; its reference is at
//! [`macro@oauth_provider`]. The way of one attribute through the files: `args` reads what is written into a
//! `Declaration` and takes `notes` of where it stands; `check` adds what needs Rust, asks the declaration for its
//! mistakes and makes a whole `model` of it; `expand` writes that down. After a mistake `fallback` takes the place of
//! `expand`, so that the mistake is the only error that the compiler shows.
//!
//! # Invariants
//!
//! - A rule that needs no Rust stands in `oauth-declaration`, where declarations made at run time meet it too.
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
/// | `slug` | `"github"` | what cookies and paths call it, `[a-z0-9_]{1,64}`; default: the struct's name in snake case |
/// | `console` | URL | the page on which a person registers an application |
/// | `service_documentation` | URL | the page that describes the provider's OAuth |
/// | `setup` | `("…", …)` | what a person does in the console, step by step, a sentence each |
/// | `issuer` | URL | the issuer of RFC 9207 and of ID tokens; where an endpoint of the login or `jwks_uri` is not declared, OpenID Connect Discovery is asked for it and the others |
/// | `authorization_endpoint` | URL | REQUIRED unless there is an `issuer`; where the browser is sent |
/// | `token_endpoint` | URL | REQUIRED unless there is an `issuer`; where the code is exchanged |
/// | `revocation_endpoint` | URL | where a token is revoked (RFC 7009); makes `.revoke()` possible |
/// | `userinfo_endpoint` | URL | who the user is, as JSON, for a bearer token |
/// | `jwks_uri` | URL | the keys that sign ID tokens; without it, the `issuer` is asked for it |
/// | `end_session_endpoint` | URL | where the user is logged out at the provider |
/// | `pushed_authorization_request_endpoint` | URL | where the parameters of the authorization request are sent ahead (RFC 9126) |
/// | `api_base` | URL | what the API client appends paths to |
/// | `api_origins` | `("https://…", …)` | further origins that may receive the access token |
/// | `scopes` | `( /// doc Variant = "value", … )` | the scopes that people use |
/// | `default_scopes` | `(Variant, …)` | the scopes that every login asks for |
/// | `scope_separator` | `","` | between two scopes of the authorization request; default: a space |
/// | `pkce` | `required`, `optional`, `unsupported` | default: `optional`; S256 is sent unless `unsupported` |
/// | `token_endpoint_auth_method` | `client_secret_basic`, `client_secret_post`, `none`, `private_key_jwt`, `client_secret_jwt` | default: `client_secret_basic`; `none` needs PKCE, and `private_key_jwt` a key of the client |
/// | `response_mode` | `query`, `form_post` | how the parameters of the callback come; default: `query` |
/// | `authorization_params` | `(name = "value", …)` | constant parameters of the authorization request |
/// | `token_params` | `(name = value, …)` | further parameters of the token request for a code; values are below |
/// | `offline` | `(scope = Variant)`, `(params(name = "value", …))`, `(always)`, `(never)` | how one asks for a refresh token |
/// | `headers` | `("Name" = "value", …)` | on token and API requests; an identifier is a name too, its `_` read as `-`; a value may be `client_id` |
/// | `token_response` | `{ /// doc field: Type, … }` | further typed fields of the token response; `#[serde(…)]` is allowed, but for `flatten` and the names of the standard fields and of `id_token` |
/// | `profile` | `(subject = "/id", …)` | JSON pointers into the answer of `userinfo_endpoint`, or of the one that the `issuer` names; where there is none, into the claims of the ID token: `subject` (REQUIRED), `name`, `email`, `email_verified` (a pointer, `always` or `never`), `picture` |
/// | `emails` | `(endpoint = "https://…", address = "/email", …)` | a second call for a list of addresses; in an element: `address` (REQUIRED), `verified`, `primary` |
/// | `dialect` | `(word = value, …)` | named departures from the RFC, below |
/// | `crate` | path | the crate that exports the attribute, if it has another name here |
///
/// A URL is absolute and `https` (`http` on `localhost`, `127.0.0.1` and `[::1]`), and has no user info and no
/// fragment. The application's own values (`client_id`, `client_secret`, `redirect_uri`) are never declared.
///
/// # Placeholders
///
/// `{name}` in a URL is the value of the field `name`, whose type says where it may stand. Every placeholder has a
/// field, and every field a placeholder.
///
/// | type | where | example |
/// | --- | --- | --- |
/// | `Host` | the whole host, with or without a port | `https://{domain}/token` |
/// | `Segment` | a segment of the path, or a part of one | `https://login.example/{tenant}/token` |
/// | `Value` | the value of a parameter in the query, or a part of one | `https://login.example/token?region={region}` |
///
/// `#[param(default = "common")]` on a field makes it optional: it is no argument of `new`, and a method of its name
/// gives it another value.
///
/// ```rust,ignore
/// #[oauth_provider(
///     authorization_endpoint = "https://login.example/{tenant}/authorize",
///     token_endpoint = "https://login.example/{tenant}/token",
/// )]
/// pub struct Login {
///     /// The organisation's directory.
///     #[param(default = "common")]
///     tenant: Segment,
/// }
///
/// let everybody = Login::new();
/// let company = Login::new().tenant("acme")?;
/// ```
///
/// # Parameters of requests
///
/// A name is an identifier or a string. The names that the library sends itself are refused, by their standard names
/// and by those that the dialect gives them. A value is a string, or a word that says where it comes from:
///
/// | value | `token_params` | `refresh_params` | `userinfo_params` | `headers` |
/// | --- | --- | --- | --- | --- |
/// | `"text"`: always the same | yes | yes | yes | yes |
/// | `client_id`: the application's identifier | yes | yes | yes | yes |
/// | `redirect_uri`: where browsers come back | yes | yes | no | no |
/// | `scope`: the scopes that were asked for | yes | yes | no | no |
/// | `state`: the state of the login | yes | yes | no | no |
/// | `callback.name`, `callback."my name"`: what the callback carried; it is one of `callback_params` | yes | yes | yes | no |
/// | `token_response.name`: a member of the token response, a text or a whole number | no | no | yes | no |
///
/// # Dialect
///
/// A departure from the RFC has a word; without it, everything is as the RFC has it. A word without a value stands
/// alone. The order is that of a login: metadata, authorization request, callback, token request, token response, refresh,
/// revocation, API, logout.
///
/// | word | meaning |
/// | --- | --- |
/// | `tenant_issuer(template = "https://login.example/{id}/v2.0", claim = "tid")` | the `iss` of an ID token is the template with this claim in place of its placeholder, which is one segment and no field of the struct; the metadata may name the template, or an issuer that fits it |
/// | `client_id_param = "client_key"` | what `client_id` is called, in every request |
/// | `client_secret_param = "secret"` | what `client_secret` is called, where it is posted |
/// | `signed_client_secret` | the client secret is a JWT that a key of the client signs; needs `token_endpoint_auth_method = client_secret_post` |
/// | `scope_param = "user_scope"` | what `scope` is called in the authorization request |
/// | `sorted_params` | the parameters of the authorization request stand in the order of their names |
/// | `authorization_fragment = "wechat_redirect"` | what follows the `#` of the authorization request |
/// | `callback_issuer = "https://…"` | the callback carries this `iss`, although no metadata announces it; never with `issuer` |
/// | `callback_params("realmId", …)` | further parameters that every successful callback carries; they are kept with the tokens |
/// | `callback_once("user", …)` | further parameters that a callback may carry; they are handed to `on_login` and not kept |
/// | `callback_scope` | the granted scopes come with the callback |
/// | `token_request = json`, `query` | how the parameters of a token, refresh or revocation request travel; default: `form` |
/// | `token_request_method = get` | the method of token and refresh requests, with the parameters in the query; default: `post` |
/// | `token_response = form` or `text` | what the token endpoint answers with: a form, or JSON of another content type; default: `json` |
/// | `token_response_at = "/data"` | JSON pointer to the object that holds the members of the token response |
/// | `access_token_at = "/…"` | where the access token stands in the object of `token_response_at`; at a refresh the standard place serves where nothing stands here |
/// | `refresh_token_at = "/…"` | where the refresh token stands in the same object, and the same at a refresh |
/// | `expires_in_at = "/…"` | where the lifetime stands in the same object, and the same at a refresh |
/// | `scope_at = "/…"` | where the granted scopes stand in the same object, and the same at a refresh |
/// | `expires_in = timestamp`, `milliseconds` | what the lifetime is counted in; default: `seconds` |
/// | `missing_token_type` | the answer has no `token_type`; the token is a bearer token |
/// | `token_types("bot", …)` | further values of `token_type` that mean a bearer token |
/// | `missing_id_token` | the scope `openid` brings no ID token: only `userinfo_endpoint` says who the user is; never with `issuer` |
/// | `missing_nonce` | an ID token carries no nonce, and none is sent: state and PKCE alone bind it to its login |
/// | `secret_signs_id_token` | an ID token is signed with the client secret, by HS256 |
/// | `error_when(at = "/ok", is = "false")` | an answer is an error if the value there in the whole answer, as text, is this; or, with `is_not = "0"`, if it is another |
/// | `error_at = "/…"` | where the code of an error stands in the whole answer |
/// | `error_description_at = "/…"` | where the words of an error stand in the whole answer |
/// | `invalid_grant("40029", …)` | the codes that mean the RFC's `invalid_grant` |
/// | `refresh_endpoint = "https://…"` | a refresh token is presented here, not at the token endpoint |
/// | `refresh_params(name = value, …)` | further parameters of a refresh; `redirect_uri` and `scope` may be among them |
/// | `refresh_auth_method = none` | how the client proves itself at a refresh, in the words of `token_endpoint_auth_method` |
/// | `refresh_grant_type = "…"` | the `grant_type` of a refresh |
/// | `refresh_token_param = "…"` | what `refresh_token` is called in a refresh |
/// | `refresh_from_access_token` | there is no refresh token: the access token is presented in its place, and a newer one comes back |
/// | `refresh_keeps` | a refresh token stays good when it is used: two servers may use it at once |
/// | `refresh_when_expired` | a refresh token is refused as long as the access token is good: nothing is renewed ahead |
/// | `revocation_request = bearer`, `access_token` | what a revocation carries; default: `token`, as in RFC 7009 |
/// | `bearer_scheme = "OAuth"` | the word before the access token in `Authorization` |
/// | `access_token_param = "…"` | the access token travels in the query of API calls, under this name |
/// | `access_token_header = "…"` | API calls carry the access token alone in this header, and not in `Authorization` |
/// | `userinfo_request = form`, `post` | the userinfo endpoint takes a `POST` with the access token in a form, or a `POST` without a body; default: `bearer`, a `GET` |
/// | `userinfo_params(name = value, …)` | further parameters of the userinfo request |
/// | `post_logout_redirect_uri_param = "logout_uri"` | what `post_logout_redirect_uri` is called at the end-session endpoint |
///
/// # What is generated
///
/// For `Acme`, each as visible as the struct and documented:
///
/// - `Acme` itself, `Clone` and `Debug`, with tables of what is declared in its documentation: endpoints, scopes,
///   placeholders, how one gets a refresh token, and a clause for each departure from the RFC;
/// - `Acme::new(domain)`, one argument a placeholder without a default, which refuses a value that may not stand in its
///   place; where every placeholder has a default, `Acme::new()` and `Default`, which refuse nothing;
/// - a method for each field with a default, `acme.tenant("…")`, which refuses as `new` does;
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
///     impl HasDeclaration for Acme {
///         const DECLARATION: &'static Declaration = &DECLARATION;
///     }
///
///     impl HasRefresh for Acme {}
///     impl HasRevocation for Acme {}
/// };
/// ```
///
/// What a declaration makes possible is a trait, so that a call without it does not compile:
///
/// | trait | where |
/// | --- | --- |
/// | `HasDeclaration` | everywhere: `Acme::DECLARATION` is the declaration without a value of `Acme` |
/// | `HasEndSession` | `end_session_endpoint` is declared, or the `issuer` is asked for its metadata |
/// | `HasIdToken` | `issuer` is declared |
/// | `HasProfile` | `profile` is declared |
/// | `HasRefresh` | everywhere but with `offline(never)` |
/// | `HasRevocation` | `revocation_endpoint` is declared, or the `issuer` is asked for its metadata |
///
/// # Mistakes
///
/// Everything wrong is refused while the program is compiled, at the token to change, all mistakes in one build. The
/// accepted declaration has no `Declaration::mistakes()`, and a declaration that is made at run time meets the same rules.
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
