//! What the end-to-end tests share: time and randomness that hold still, a browser in memory, a record of
//! what was sent to the provider, and an application to log in to.
//!
//! Nothing here opens a connection, but [`Postgres`], which is a server. A [`World`] is an application, the emulated provider it logs in with, and
//! Nothing here opens a connection but [`RedisServer`]. A [`World`] is an application, the emulated provider it logs in with, and
//! the clock they both read; a [`Browser`] walks between the two. What properties are tried with stands in
//! [`strings`].

mod browser;
mod clock;
mod entropy;
pub mod fuzz;
mod jar;
mod postgres;
mod recorder;
mod redis;
mod server;
mod site;
pub mod strings;
mod watched_store;
mod world;

pub use crate::browser::{Browser, Form, Page};
pub use crate::clock::StoppedClock;
pub use crate::entropy::CountingEntropy;
pub use crate::jar::{Cookie, Jar, SameSite, Trip};
pub use crate::postgres::Postgres;
pub use crate::recorder::{Exchange, Recorder};
pub use crate::redis::RedisServer;
pub use crate::server::free_port;
pub use crate::site::Site;
pub use crate::watched_store::WatchedStore;
pub use crate::world::{World, application, application_with, key_ring};

/// The README's examples, as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
