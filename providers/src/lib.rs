//! Log in with GitHub, Google, Microsoft, Apple, or one of 200 others, or with a provider that you declare.
//!
//! This is the crate that an application depends on: the catalogue of declared providers, and everything of
//! `oauth-runtime` besides, the attribute included. Enable the feature `axum` for its extractors.
//!
//! Each provider is a type, whose page has its scopes, its endpoints and what it does otherwise than the RFC; some of
//! those that people ask for most:
//!
//! | provider | type | client authentication | refresh token | departs from the RFC in |
//! | --- | --- | --- | --- | --- |
//! | Amazon Cognito | [`Cognito`] | `client_secret_basic` | always | the name of where a logout comes back |
//! | Apple | [`Apple`] | `client_secret_post`, signed by a key | always | a callback that is posted |
//! | Auth0 | [`Auth0`] | `client_secret_basic` | scope `offline_access` | |
//! | GitHub | [`GitHub`] | `client_secret_post` | GitHub Apps only | errors with 200; an issuer in the callback |
//! | Google | [`Google`] | `client_secret_post` | `access_type=offline` | |
//! | Keycloak | [`Keycloak`] | `client_secret_basic` | always | |
//! | Microsoft | [`Microsoft`] | `client_secret_post` | scope `offline_access` | an issuer for each tenant |
//! | Okta | [`Okta`] | `client_secret_basic` | scope `offline_access` | |
//!
//! [`catalogue()`] lists them all; `cargo run --example catalogue` in the repository is a page to search them. A
//! declaration is data and costs nothing unused, so there is no feature for each provider. One that is not here is
//! declared in your own code in the same way: see [`macro@oauth_provider`].
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `reqwest` | yes | `Reqwest`, the HTTP client that is used unless another is given: rustls on ring |
//! | `axum` | | the extractors `Session<P>` and `Option<Session<P>>` for axum handlers |
//! | `emulator` | | `Emulator`, an authorization server made from any declaration, and `InsecureCookies`: for tests |
//! | `emulator-program` | | the program `emulator`, for an application in any language; the library has nothing of it |
//! | `postgres` | | `store::PostgresStore`: rows in PostgreSQL, for any number of machines. Needs Rust 1.94 |
//! | `sqlite` | | `store::SqliteStore`: rows in a SQLite file, for the processes of one machine. Needs Rust 1.94 |
//! | `redis` | | `store::RedisStore`, rows in Redis that several processes share: rustls on ring for `rediss://` |
//! | `store-contract` | | `store::contract`, the suite that a store must pass: for authors of backends |
//!
//! # Invariants
//!
//! - There is no function in this library but the list of its providers: a provider is a declaration.
//! - Nothing here names an HTTP client, a store or a web framework.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod catalogue;
mod listed;

#[doc(inline)]
pub use oauth_derive::oauth_provider_for_providers as oauth_provider;
#[doc(inline)]
pub use oauth_runtime::*;

pub use crate::catalogue::*;
pub use crate::listed::Listed;
