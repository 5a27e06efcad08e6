//! Whole logins and single attacks, against an application and an emulated provider in memory.
//!
//! A name that begins with `st_01` or the like is a check of the security yardstick.

#![expect(
    clippy::unwrap_used,
    reason = "what a test is made of may fail it as the test itself may"
)]

mod answers;
mod api;
mod builder;
mod callback;
mod catalogue;
mod checks;
mod conformance;
mod cookies;
mod denial_of_service;
mod doctor;
mod environments;
mod filter;
mod frameworks;
mod from_env;
mod fuzz;
mod hostile;
mod least_declaration;
mod login;
mod oidc;
mod own_process;
mod persistence;
mod pkce;
mod processes;
mod properties;
mod providers;
mod record;
mod redirect;
mod redis;
mod refresh;
mod run_time_providers;
mod secret_sources;
mod secrets;
mod sessions;
mod several;
mod sources;
mod state;
mod stores;
mod tls;
mod token_endpoint;
mod transport;
