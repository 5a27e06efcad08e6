//! `oidcc-client-back-channel-logout-rp-basic`: the provider tells the application that a user has logged out.

use std::time::Duration;

use http::StatusCode;
use oauth_providers::{LogoutTokenFault, ResponseMode};

use crate::conformance::{Client, Next, is_taken};

/// A logout that is told after a login: whether it was taken, and what the client does then.
async fn told(fault: Option<LogoutTokenFault>) -> (bool, Next) {
    let mut client = Client::new(ResponseMode::Query);
    assert_eq!(client.log_in().await, Next::goes_on());
    // A browser that has just come back from the provider would be told that it keeps no cookies.
    client.world.clock.advance(Duration::from_secs(60));
    let sid = client.world.emulator.newest_sid();
    let token = client.world.emulator.logout_token(Some("1815"), sid.as_deref(), fault);

    let response = client.tell_logout(&token).await;

    (is_taken(&response), client.look().await)
}

/// A logout with a mistake: `400`, and the session lives.
async fn is_refused(fault: LogoutTokenFault) {
    let (taken, next) = told(Some(fault)).await;

    assert!(!taken, "{fault:?}");
    let lives = Next { calls: vec!["userinfo"], ..Next::goes_on() };
    assert_eq!(next, lives, "{fault:?}");
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout() {
    let (taken, next) = told(None).await;

    assert!(taken, "exactly {}", StatusCode::OK);
    assert_eq!(next, Next::stops_at_once("has to log in"));
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_alg_none() {
    is_refused(LogoutTokenFault::AlgNone).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_alg() {
    is_refused(LogoutTokenFault::AnotherAlgorithm).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_iss() {
    is_refused(LogoutTokenFault::WrongIssuer).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_aud() {
    is_refused(LogoutTokenFault::WrongAudience).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_no_event() {
    is_refused(LogoutTokenFault::MissingEvent).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_wrong_event() {
    is_refused(LogoutTokenFault::WrongEvent).await;
}

#[tokio::test]
async fn oidcc_client_test_rp_backchannel_rpinitlogout_with_nonce() {
    is_refused(LogoutTokenFault::WithNonce).await;
}
