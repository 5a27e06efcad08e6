//! Log in with an OAuth 2.0 provider.
//!
//! Applications depend on `oauth-providers`, which re-exports all of this together with a catalogue of
//! declared providers. This crate is the engine.
//!
//! # What a login is, in the order it happens
//!
//! 1. A browser asks for a page behind the [filter](FilterLayer). It has no session: the filter mints a state,
//!    a code verifier and, for OpenID Connect, a nonce, has the [persistence](OAuthPersistence) remember them as
//!    one [`PendingLogin`], and sends the browser to the provider.
//! 2. The user agrees there, and the browser comes back to the [callback](Callback) with a code.
//! 3. The state finds the login that this browser began; issuer, error and code are looked at, in that order.
//! 4. The code is exchanged for tokens, once, with the client authentication that the provider declares; an ID token is
//!    verified by the keys of its issuer.
//! 5. The application's [`on_login`](OAuthBuilder::on_login) agrees, the tokens are kept, and the browser goes
//!    to the page it asked for.
//! 6. A handler there holds a [`Session`]; its [client](ApiClient) calls the provider's API.
//! 7. Before the token expires one caller renews it, whatever becomes of that caller, and the browser gets the new
//!    one with the next response. A background job does the same with [`OAuth::offline`] or [`OAuth::client_for`].
//!
//! ```
//! use oauth_runtime::{BuildError, EncryptedCookies, Host, KeyRing, OAuth, oauth_provider};
//!
//! /// A server of our own.
//! #[oauth_provider(
//!     authorization_endpoint = "https://{domain}/oauth/authorize",
//!     token_endpoint = "https://{domain}/oauth/token",
//!     api_base = "https://{domain}/api/v1/",
//!     scopes(
//!         /// Read the user's own profile.
//!         ReadProfile = "read:profile",
//!     ),
//!     default_scopes(ReadProfile),
//! )]
//! pub struct Acme {
//!     domain: Host,
//! }
//!
//! let acme = OAuth::builder(Acme::new("acme.example")?)
//!     .client_id("client")
//!     .client_secret("secret")
//!     .redirect_uri("https://app.example/oauth/acme/callback")
//!     .persistence(EncryptedCookies::new(KeyRing::generate()?).single_process())
//!     .build()?;
//!
//! assert_eq!(acme.login_path(), "/oauth/acme/login");
//! # let _ = (acme.filter(), acme.callback());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `reqwest` | yes | `Reqwest`, the HTTP client that is used unless another is given: rustls on ring |
//! | `axum` | | the extractors `Session<P>` and `Option<Session<P>>` for axum handlers |
//! | `emulator` | | `Emulator`, an authorization server made from any declaration, and `InsecureCookies`: for tests |
//! | `postgres` | | `store::PostgresStore`: rows in PostgreSQL, for any number of machines. Needs Rust 1.94 |
//! | `sqlite` | | `store::SqliteStore`: rows in a SQLite file, for the processes of one machine. Needs Rust 1.94 |
//! | `redis` | | `store::RedisStore`, rows in Redis that several processes share: rustls on ring for `rediss://` |
//! | `store-contract` | | `store::contract`, the suite that a store must pass: for authors of backends |
//!
//! # What it does not do
//!
//! It keeps no users: finding or making one is the application's, in `on_login`. Sessions live in sealed
//! cookies ([`EncryptedCookies`]), in a store ([`Sessions`]) or in an [`OAuthPersistence`] of yours, and tokens are renewed
//! once for all callers of one process, or of all that share a store.
//!
//! # Invariants
//!
//! - `authorization` and the readers of `grant` do no I/O: they are functions of values.
//! - The engine is not generic: a provider's type becomes data at [`build`](OAuthBuilder::build).
//! - Only `crypto` names the crypto crate (and `http_client/reqwest` and `store/redis` the same one, as rustls' backend);
//!   only the modules of their features name reqwest, axum, hyper, sqlx and redis.
//! - No redirect is followed, and a code is sent once.
//! - No secret has a `Display`, a `Serialize` or a telling `Debug`.

#![cfg_attr(docsrs, feature(doc_cfg))]

// The doctests and the unit tests declare providers with the attribute, which names this crate from outside.
extern crate self as oauth_runtime;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod answer;
mod answer_shape;
mod api;
mod authenticated;
mod authorization;
mod authorization_url;
#[cfg(feature = "axum")]
mod axum;
mod bearer;
mod body;
mod build_error;
mod callback;
mod client_key;
mod clock;
mod credentials;
mod crypto;
mod declared;
mod doctor;
#[cfg(feature = "emulator")]
mod emulator;
mod encoding;
mod endpoint;
mod endpoints;
mod engine;
mod entropy;
mod error;
mod error_response;
mod filter;
mod form_body;
mod from_env;
mod grant;
mod http_client;
mod instance;
mod issuer;
mod json_object;
mod jwk;
mod jws;
mod jwt_error;
mod keeping;
mod login;
mod login_options;
mod logout;
mod members;
mod metadata;
mod navigation;
mod oauth;
mod oidc;
mod original_uri;
mod outcome;
mod parameter;
mod persistence;
mod pkce;
mod provider;
mod providers;
mod published;
mod refresh;
mod registration;
mod return_to;
mod scope;
mod seal;
mod secret;
mod server;
mod session;
mod state;
pub mod store;
mod token;
mod token_policy;
mod token_record;

pub use oauth_declaration::{
    Declaration, DeclaredField, DeclaredScope, Dialect, EmailVerified, EmailsCall, ErrorWhen,
    ExpiresIn, List, Mistake, Offline, Param, ParamValue, Pkce, Place, Placeholder,
    PlaceholderKind, ProfilePointers, RequestParam, ResponseMode, RevocationRequest, TenantIssuer,
    Text, TokenEndpointAuthMethod, TokenRequest, TokenRequestMethod, TokenResponseFormat,
    UserinfoRequest,
};
pub use oauth_derive::oauth_provider;

pub use crate::api::client::ApiClient;
pub use crate::api::layer::{Bearer, BearerLayer};
pub use crate::api::profile::{Email, Profile, UnverifiedEmail, VerifiedEmail};
pub use crate::api::request::ApiRequest;
pub use crate::api::response::ApiResponse;
pub use crate::authenticated::NoFilter;
pub use crate::authorization::pending_login::PendingLogin;
#[cfg(feature = "axum")]
pub use crate::axum::SessionRejection;
pub use crate::body::{Body, FilterBody};
pub use crate::build_error::{BuildError, Fault};
pub use crate::callback::outcome::Admission;
pub use crate::callback::service::Callback;
pub use crate::client_key::{ClientKey, ClientKeyError};
pub use crate::clock::{Clock, SystemClock, Timestamp};
pub use crate::credentials::ClientSecret;
pub use crate::crypto::signature::SigningAlgorithm;
pub use crate::declared::{Declared, OpenId, OpenIdScope, PlainTokenResponse};
pub use crate::doctor::diagnosis::{Diagnosis, Finding, Subject, Verdict};
#[cfg(feature = "emulator")]
pub use crate::emulator::{
    ConnectionLost, Emulator, EmulatorService, Endpoint, Hold, IdTokenFault, LogoutTokenFault,
    Served, User,
};
pub use crate::endpoint::Environment;
pub use crate::engine::FailureContext;
pub use crate::entropy::{Entropy, EntropyError, SystemEntropy};
pub use crate::error::{ApiError, CallbackError, PersistenceError, Refused, TokenError};
pub use crate::error_response::{ErrorCode, ErrorResponse};
pub use crate::filter::layer::FilterLayer;
pub use crate::filter::service::Filter;
pub use crate::from_env::{EnvError, EnvFault};
pub use crate::http_client::error::{BoxError, TransportError, TransportErrorKind};
#[cfg(feature = "reqwest")]
pub use crate::http_client::reqwest::Reqwest;
pub use crate::http_client::stream::BodyStream;
pub use crate::http_client::{BodyLimit, BoxFuture, HttpClient};
pub use crate::instance::Instance;
pub use crate::jwt_error::JwtError;
pub use crate::login::service::Login;
pub use crate::login_options::{Prompt, ReservedParameter};
pub use crate::logout::backchannel::BackchannelLogout;
pub use crate::logout::service::Logout;
pub use crate::metadata::MetadataError;
pub use crate::oauth::{OAuth, OAuthBuilder};
pub use crate::oidc::claims::{IdTokenClaims, Identity};
pub use crate::outcome::LoginOutcome;
pub use crate::parameter::{Host, ParameterError, Segment, Value};
pub use crate::persistence::cookies::EncryptedCookies;
#[cfg(feature = "emulator")]
pub use crate::persistence::cookies::InsecureCookies;
pub use crate::persistence::sessions::Sessions;
pub use crate::persistence::{Context, OAuthPersistence, ProviderLogout};
pub use crate::pkce::CodeVerifier;
pub use crate::provider::{
    HasDeclaration, HasEndSession, HasIdToken, HasProfile, HasRefresh, HasRevocation, Provider,
    ProviderTokenResponse, ScopeOf,
};
pub use crate::providers::Providers;
pub use crate::providers::any::AnyOAuth;
pub use crate::providers::confusion::{ConfusedProviders, Confusion};
pub use crate::providers::service::MountedProviders;
pub use crate::refresh::accounts::Accounts;
pub use crate::refresh::guard::RefreshGuard;
pub use crate::return_to::ReturnTo;
pub use crate::scope::{Scope, Scopes};
pub use crate::seal::{KeyError, KeyRing};
pub use crate::session::Session;
pub use crate::state::{Nonce, State};
pub use crate::token::{
    AccessToken, FieldError, IdToken, RefreshToken, TokenResponse, TokenType, Tokens,
};
