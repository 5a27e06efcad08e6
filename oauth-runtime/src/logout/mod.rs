//! The way out.

pub(crate) mod service;
