//! Logins, refreshes and logouts at an authorization server that nobody here wrote, and which is certified for OpenID
//! Connect: npm's oidc-provider, over real HTTP.
//!
//! `interop/server.mjs` is the server. It needs `node`, and `npm` with its registry the first time. Where these
//! are not to be had a test prints why and passes, unless `CI` is `true`.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod agent;
mod asking;
mod clients;
mod example;
mod id_tokens;
mod login;
mod logout;
mod plan;
mod refresh;
mod renewal;
mod server;
mod wire;
mod world;
