//! The contract between a declared provider and the library.
//!
//! `#[oauth_provider(...)]` implements [`Provider`] and the capability traits; nobody writes them by hand.
//! A capability trait says that the declaration holds what a call needs, so that the call does not compile
//! without it and the message names the key to add.

use std::fmt;
use std::ops::Deref;

use oauth_declaration::Declaration;

use crate::scope::Scope;
use crate::token::{FieldError, TokenResponse};

/// A provider: a type that hands out its [`Declaration`].
///
/// Implemented by `#[oauth_provider(...)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a provider",
    label = "not declared with `#[oauth_provider(...)]`",
    note = "put `#[oauth_provider(authorization_endpoint = \"…\", token_endpoint = \"…\")]` on the struct"
)]
pub trait Provider: Clone + fmt::Debug + Send + Sync + 'static {
    /// The scopes of this provider: `GitHubScope`.
    type Scope: ScopeOf<Self> + Clone + fmt::Debug + Send + Sync + 'static;
    /// What its token endpoint answers: `GitHubTokenResponse`.
    type TokenResponse: ProviderTokenResponse;

    /// The facts.
    fn declaration(&self) -> &Declaration;

    /// The value of a placeholder, ready for its place in a URL; `None` if there is no such placeholder.
    fn parameter(&self, name: &str) -> Option<&str>;
}

/// A scope that may be asked of `P`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a scope of `{P}`",
    label = "not a scope of `{P}`",
    note = "use a variant of the enum that `#[oauth_provider]` made for `{P}`, or its `custom(\"…\")`"
)]
pub trait ScopeOf<P: Provider> {
    /// The value on the wire.
    fn into_scope(self) -> Scope;
}

/// The token response of a provider: the standard fields, and the declared ones beside them.
pub trait ProviderTokenResponse:
    Deref<Target = TokenResponse> + Clone + fmt::Debug + Send + Sync + 'static
{
    /// Reads the declared fields from the whole answer.
    ///
    /// # Errors
    ///
    /// [`FieldError`] if a declared field is missing or of another type.
    fn from_standard(standard: TokenResponse) -> Result<Self, FieldError>;
}

/// A provider whose declaration is known without a value of it: one that `#[oauth_provider(...)]` declares.
///
/// The URLs still hold their placeholders.
///
/// ```
/// use oauth_runtime::{HasDeclaration, Host, oauth_provider};
///
/// #[oauth_provider(
///     authorization_endpoint = "https://{domain}/oauth/authorize",
///     token_endpoint = "https://{domain}/oauth/token",
/// )]
/// struct Acme {
///     /// The customer's own host.
///     domain: Host,
/// }
///
/// assert_eq!(Acme::DECLARATION.token_endpoint.as_deref(), Some("https://{domain}/oauth/token"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no declaration of its own",
    label = "what it declares is known at run time only",
    note = "ask a value of it: `provider.declaration()`"
)]
pub trait HasDeclaration: Provider {
    /// The facts.
    const DECLARATION: &'static Declaration;
}

/// A provider that declares where its users' profile stands.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who the user is",
    label = "no profile is declared",
    note = "add `userinfo_endpoint = \"https://…\"` and `profile(subject = \"/…\")` to its `#[oauth_provider(...)]`"
)]
pub trait HasProfile: Provider {}

/// A provider whose issuer signs ID tokens (OpenID Connect Core s2).
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no ID token",
    label = "no issuer is declared",
    note = "add `issuer = \"https://…\"` to its `#[oauth_provider(...)]`"
)]
pub trait HasIdToken: Provider {}

/// A provider that may give a refresh token: one that does not declare `offline(never)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no refresh token",
    label = "it declares `offline(never)`",
    note = "if it does give refresh tokens, change `offline(never)` in its `#[oauth_provider(...)]` to `offline(always)`, \
            `offline(scope = …)` or `offline(params(…))`"
)]
pub trait HasRefresh: Provider {}

/// A provider that declares where tokens are revoked.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot revoke a token",
    label = "no revocation endpoint is declared",
    note = "add `revocation_endpoint = \"https://…\"` to its `#[oauth_provider(...)]`"
)]
pub trait HasRevocation: Provider {}

/// A provider that declares where users are logged out (OpenID Connect RP-Initiated Logout s2).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot log a user out",
    label = "no end-session endpoint is declared",
    note = "add `end_session_endpoint = \"https://…\"` to its `#[oauth_provider(...)]`"
)]
pub trait HasEndSession: Provider {}
