//! What servers of a test's own have in common.

use std::env;
use std::net::{Ipv4Addr, TcpListener};

/// A port that nobody listens on at this moment.
///
/// # Panics
///
/// If the system has none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port can be had");
    listener.local_addr().expect("a listener has an address").port()
}

/// Says that a test does not run since a program is not installed.
///
/// # Panics
///
/// If `CI` is `true`: nothing is skipped there.
#[expect(clippy::print_stdout, reason = "who runs the tests has to see what did not run")]
pub(crate) fn skipped(program: &str) {
    assert!(env::var("CI").as_deref() != Ok("true"), "{program} is not installed");
    println!("skipped: {program} is not installed");
}
