//! Providers that exist only at run time: a declaration from a file, or an issuer from a setting.
//!
//! They implement the same traits as what `#[oauth_provider]` makes, and are checked by the same rules, when
//! [`build()`](crate::OAuthBuilder::build) is called.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use oauth_declaration::{Declaration, EmailVerified, Offline, PlaceholderKind, ProfilePointers};

use crate::crypto::sha256;
use crate::endpoint::without_user_info;
use crate::parameter::{Host, ParameterError, Segment, Value};
use crate::provider::{
    HasEndSession, HasIdToken, HasProfile, HasRefresh, HasRevocation, Provider,
    ProviderTokenResponse, ScopeOf,
};
use crate::scope::Scope;
use crate::token::{FieldError, TokenResponse};

/// A provider whose [`Declaration`] was made by hand, or read from JSON, TOML or whatever else serde knows.
///
/// ```
/// use oauth_runtime::{Declaration, Declared, EncryptedCookies, KeyRing, OAuth, Scope};
///
/// let declaration: Declaration = serde_json::from_str(r#"{
///     "name": "Acme",
///     "slug": "acme",
///     "authorization_endpoint": "https://{domain}/oauth/authorize",
///     "token_endpoint": "https://{domain}/oauth/token",
///     "placeholders": [{ "name": "domain", "kind": "host" }],
///     "scopes": [{ "variant": "OfflineAccess", "value": "offline_access" }],
///     "offline": { "scope": "offline_access" },
///     "dialect": { "token_request": "json" }
/// }"#)?;
///
/// let acme = OAuth::builder(Declared::from(declaration).with("domain", "acme.example")?)
///     .client_id("client")
///     .client_secret("secret")
///     .redirect_uri("https://app.example/oauth/acme/callback")
///     .scopes([Scope::new("invoices:read")])
///     .persistence(EncryptedCookies::new(KeyRing::generate()?).single_process())
///     .build()?; // lists every mistake of the declaration
/// # let _ = acme;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Only a declaration that `#[oauth_provider]` has checked says at compile time what a provider can do: here every
/// call compiles, and one that the declaration has nothing for is an error at run time, such as
/// [`ApiError::Undeclared`](crate::ApiError::Undeclared). Two of them in one application get a
/// [`name`](crate::OAuthBuilder::name) each, and their sessions are had from [`OAuth::session`](crate::OAuth::session): an
/// extractor knows the type alone.
#[derive(Clone)]
pub struct Declared {
    declaration: Arc<Declaration>,
    parameters: Vec<(Cow<'static, str>, String)>,
}

impl Declared {
    /// Fills a placeholder in, in place of the value that the declaration may have for it.
    ///
    /// # Errors
    ///
    /// [`ParameterError`] if there is no such placeholder, or the value may not stand in its place.
    pub fn with(mut self, name: &str, value: &str) -> Result<Self, ParameterError> {
        let declared = self.declaration.placeholders.iter().find(|it| it.name == name);
        let Some(placeholder) = declared else { return Err(ParameterError::undeclared(name)) };
        let name = placeholder.name.clone();
        let value = match placeholder.kind {
            PlaceholderKind::Host => Host::parse(name.clone(), value)?.as_str().to_owned(),
            PlaceholderKind::Segment => Segment::parse(name.clone(), value)?.as_str().to_owned(),
            PlaceholderKind::Value => Value::parse(name.clone(), value)?.as_str().to_owned(),
        };
        self.parameters.retain(|(known, _)| *known != name);
        self.parameters.push((name, value));
        Ok(self)
    }
}

impl From<Declaration> for Declared {
    /// The declaration is checked when the provider is built. A placeholder that has a default is filled in with it.
    fn from(declaration: Declaration) -> Self {
        let defaults = declaration.placeholders.iter().filter_map(|placeholder| {
            let default = placeholder.default.as_deref()?;
            let value = match placeholder.kind {
                PlaceholderKind::Host => Host::declared(default).as_str().to_owned(),
                PlaceholderKind::Segment => Segment::declared(default).as_str().to_owned(),
                PlaceholderKind::Value => Value::declared(default).as_str().to_owned(),
            };
            Some((placeholder.name.clone(), value))
        });
        Self { parameters: defaults.collect(), declaration: Arc::new(declaration) }
    }
}

impl Provider for Declared {
    type Scope = Scope;
    type TokenResponse = PlainTokenResponse;

    fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Declared")
            .field("name", &self.declaration.name)
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

/// An OpenID Connect provider that is known by its issuer alone: its metadata say where everything is.
///
/// ```
/// use oauth_runtime::{EncryptedCookies, KeyRing, OAuth, OpenId, OpenIdScope};
///
/// let company = OAuth::builder(OpenId::issuer("https://login.company.example"))
///     .client_id("client")
///     .client_secret("secret")
///     .redirect_uri("https://app.example/oauth/callback")
///     .scopes([OpenIdScope::Email])
///     .persistence(EncryptedCookies::new(KeyRing::generate()?).single_process())
///     .build()?;
/// # let _ = company;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The metadata are asked for when the first browser comes, and again in the background: the application starts while the
/// provider is down. ID tokens are verified by the keys that they name.
/// Two of them in one application get a [`name`](crate::OAuthBuilder::name) each, and their sessions are had from
/// [`OAuth::session`](crate::OAuth::session): an extractor knows the type alone.
///
/// The client proves itself by `client_secret_basic`; `openid` and `profile` are asked for by default, a refresh token by
/// `offline_access`. What differs from that is a [`Declaration`] with an `issuer`.
#[derive(Clone)]
pub struct OpenId(Declared);

impl OpenId {
    /// The provider that this issuer is: the `iss` of its tokens, letter for letter.
    #[must_use]
    pub fn issuer(issuer: impl Into<String>) -> Self {
        let issuer = issuer.into();
        let shown = without_user_info(&issuer);
        let host = shown.split("://").last().unwrap_or_default();
        let host = host.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        Self(Declared::from(Declaration {
            name: if host.is_empty() { "OpenID Connect".into() } else { host.clone().into() },
            slug: slug(&issuer, &host).into(),
            issuer: Some(issuer.into()),
            default_scopes: vec!["openid".into(), "profile".into()].into(),
            scopes: OpenIdScope::declared().into(),
            offline: Offline::Scope("offline_access".into()),
            profile: Some(ProfilePointers {
                subject: "/sub".into(),
                name: Some("/name".into()),
                email: Some("/email".into()),
                email_verified: EmailVerified::At("/email_verified".into()),
                picture: Some("/picture".into()),
            }),
            ..Declaration::EMPTY
        }))
    }

    /// What the API client appends paths to: an API that takes the issuer's access tokens.
    #[must_use]
    pub fn api_base(self, api_base: impl Into<String>) -> Self {
        let mut declaration = (*self.0.declaration).clone();
        declaration.api_base = Some(api_base.into().into());
        Self(Declared::from(declaration))
    }

    /// What people call it, in place of the issuer's host.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        let mut declaration = (*self.0.declaration).clone();
        declaration.name = name.into().into();
        Self(Declared::from(declaration))
    }
}

/// A name for cookies that no other issuer has, on the same host or not.
fn slug(issuer: &str, host: &str) -> String {
    let of_a_slug = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let host: String = host.chars().map(of_a_slug).take(40).collect();
    let hash = sha256(issuer.as_bytes());
    let hash: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("openid_{host}_{hash}")
}

impl Provider for OpenId {
    type Scope = OpenIdScope;
    type TokenResponse = PlainTokenResponse;

    fn declaration(&self) -> &Declaration {
        self.0.declaration()
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        Provider::parameter(&self.0, name)
    }
}

impl fmt::Debug for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuer = self.declaration().issuer.as_deref().map(without_user_info);
        f.debug_struct("OpenId").field("issuer", &issuer).finish()
    }
}

/// The scopes of OpenID Connect Core s5.4 and s11.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum OpenIdScope {
    /// The postal address.
    Address,
    /// The e-mail address, and whether it is verified.
    Email,
    /// A refresh token.
    OfflineAccess,
    /// An ID token.
    OpenId,
    /// The telephone number.
    Phone,
    /// The name, the picture and the like.
    Profile,
    #[doc(hidden)]
    Custom(Cow<'static, str>),
}

impl OpenIdScope {
    /// A scope of this issuer alone.
    #[must_use]
    pub fn custom(value: impl Into<Cow<'static, str>>) -> Self {
        Self::Custom(value.into())
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Address => "address",
            Self::Email => "email",
            Self::OfflineAccess => "offline_access",
            Self::OpenId => "openid",
            Self::Phone => "phone",
            Self::Profile => "profile",
            Self::Custom(value) => value,
        }
    }

    fn declared() -> Vec<oauth_declaration::DeclaredScope> {
        [
            ("OpenId", Self::OpenId, "An ID token."),
            ("Profile", Self::Profile, "The name, the picture and the like."),
            ("Email", Self::Email, "The e-mail address, and whether it is verified."),
            ("Address", Self::Address, "The postal address."),
            ("Phone", Self::Phone, "The telephone number."),
            ("OfflineAccess", Self::OfflineAccess, "A refresh token."),
        ]
        .map(|(variant, scope, doc)| oauth_declaration::DeclaredScope {
            variant: variant.into(),
            value: scope.as_str().to_owned().into(),
            doc: doc.into(),
        })
        .into()
    }
}

#[diagnostic::do_not_recommend]
impl ScopeOf<OpenId> for OpenIdScope {
    fn into_scope(self) -> Scope {
        match self {
            Self::Custom(value) => Scope::new(value),
            known => Scope::new(known.as_str().to_owned()),
        }
    }
}

#[diagnostic::do_not_recommend]
impl ScopeOf<Declared> for Scope {
    fn into_scope(self) -> Scope {
        self
    }
}

/// The token response of a provider that exists only at run time: the standard fields; the others by
/// [`TokenResponse::fields`].
#[derive(Clone, Debug)]
pub struct PlainTokenResponse(TokenResponse);

impl Deref for PlainTokenResponse {
    type Target = TokenResponse;

    fn deref(&self) -> &TokenResponse {
        &self.0
    }
}

impl ProviderTokenResponse for PlainTokenResponse {
    fn from_standard(standard: TokenResponse) -> Result<Self, FieldError> {
        Ok(Self(standard))
    }
}

#[diagnostic::do_not_recommend]
impl HasEndSession for Declared {}
#[diagnostic::do_not_recommend]
impl HasIdToken for Declared {}
#[diagnostic::do_not_recommend]
impl HasProfile for Declared {}
#[diagnostic::do_not_recommend]
impl HasRefresh for Declared {}
#[diagnostic::do_not_recommend]
impl HasRevocation for Declared {}
#[diagnostic::do_not_recommend]
impl HasEndSession for OpenId {}
#[diagnostic::do_not_recommend]
impl HasIdToken for OpenId {}
#[diagnostic::do_not_recommend]
impl HasProfile for OpenId {}
#[diagnostic::do_not_recommend]
impl HasRefresh for OpenId {}
#[diagnostic::do_not_recommend]
impl HasRevocation for OpenId {}
