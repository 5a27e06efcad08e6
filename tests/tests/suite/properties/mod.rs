//! What holds whatever a string says: properties, each tried with some hundred values that nobody chose.
//!
//! `PROPTEST_CASES=10000 cargo test -p oauth-tests properties` tries more of them. A case that fails is shown,
//! shortened, and becomes a test of its own: no file keeps it.

mod answers;
mod cookies;
mod redirects;
mod requests;
mod scopes;
mod urls;

use proptest::prelude::ProptestConfig;

/// A part of the usual number of cases, for what takes long.
pub(crate) fn one_case_of(usual: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    ProptestConfig { cases: config.cases.div_ceil(usual), ..config }
}

/// Does what needs no network until it is done.
pub(crate) fn done<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(work)
}
