//! An explicit start: a "log in" button, wherever it stands.

pub(crate) mod service;
