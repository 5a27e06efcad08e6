//! Of `fapi2-security-profile-final-client-test-plan`, what holds for every client: without DPoP, mTLS and JARM, which the
//! library has not.

use oauth_providers::{Emulator, IdTokenFault, ResponseMode};
use serde_json::json;

use crate::conformance::modules::{
    discovery_issuer_mismatch, invalid_aud, invalid_iss, nonce_invalid, with_fault,
};
use crate::conformance::{Client, Next};
use crate::state::with_parameter;

const QUERY: ResponseMode = ResponseMode::Query;

#[tokio::test]
async fn fapi2_happy_path() {
    let mut client = Client::of(QUERY, Emulator::require_pushed_requests);

    let next = client.log_in().await;

    assert_eq!(next, Next { calls: vec!["par", "token", "userinfo"], ..Next::goes_on() });
}

#[tokio::test]
async fn fapi2_discovery_issuer_mismatch() {
    discovery_issuer_mismatch(QUERY).await;
}

#[tokio::test]
async fn fapi2_ensure_authorization_response_with_invalid_state_fails() {
    let mut client = Client::new(QUERY);
    let callback = client.browser.begin_and_agree("/").await;

    let next = client.come_back(&with_parameter(&callback, "state", Some("another-state"))).await;

    assert_eq!(next, Next::stops_at_once("no_pending_login"));
}

#[tokio::test]
async fn fapi2_ensure_authorization_response_with_invalid_missing_state_fails() {
    let mut client = Client::new(QUERY);
    let callback = client.browser.begin_and_agree("/").await;

    let next = client.come_back(&with_parameter(&callback, "state", None)).await;

    assert_eq!(next, Next::stops_at_once("malformed"));
}

#[tokio::test]
async fn fapi2_invalid_authorization_response_iss() {
    let mut client = Client::new(QUERY);
    client.world.emulator.tamper_next_issuer("https://another-issuer.example");

    assert_eq!(client.log_in().await, Next::stops_at_once("issuer_mismatch"));
}

#[tokio::test]
async fn fapi2_remove_authorization_response_iss() {
    let mut client = Client::new(QUERY);
    let callback = client.browser.begin_and_agree("/").await;

    let next = client.come_back(&with_parameter(&callback, "iss", None)).await;

    assert_eq!(next, Next::stops_at_once("issuer_mismatch"));
}

#[tokio::test]
async fn fapi2_invalid_iss() {
    invalid_iss(QUERY).await;
}

#[tokio::test]
async fn fapi2_invalid_aud() {
    invalid_aud(QUERY).await;
}

#[tokio::test]
async fn fapi2_invalid_nonce() {
    nonce_invalid(QUERY).await;
}

#[tokio::test]
async fn fapi2_invalid_missing_iss() {
    let next = with_fault(QUERY, IdTokenFault::MissingIssuer).await;

    assert_eq!(next, Next::stops("id_token: claim iss"));
}

#[tokio::test]
async fn fapi2_invalid_missing_aud() {
    let next = with_fault(QUERY, IdTokenFault::MissingAudience).await;

    assert_eq!(next, Next::stops("id_token: audience"));
}

#[tokio::test]
async fn fapi2_invalid_missing_exp() {
    let next = with_fault(QUERY, IdTokenFault::MissingExpiry).await;

    assert_eq!(next, Next::stops("id_token: claim exp"));
}

#[tokio::test]
async fn fapi2_invalid_missing_nonce() {
    let next = with_fault(QUERY, IdTokenFault::MissingNonce).await;

    assert_eq!(next, Next::stops("id_token: nonce"));
}

/// Five minutes ago is more than any clock is off.
#[tokio::test]
async fn fapi2_invalid_expired_exp() {
    let mut client = Client::new(QUERY);
    client.world.emulator.id_token_claim("exp", 1_767_225_600 - 301);

    assert_eq!(client.log_in().await, Next::stops("id_token: expired"));
}

#[tokio::test]
async fn fapi2_invalid_null_alg() {
    let next = with_fault(QUERY, IdTokenFault::AlgNone).await;

    assert_eq!(next, Next::stops("id_token: algorithm none"));
}

/// The signature is good, by a key that the provider publishes, in a way that it does not announce.
#[tokio::test]
async fn fapi2_invalid_alternate_alg() {
    let next = with_fault(QUERY, IdTokenFault::AnotherAlgorithm).await;

    assert_eq!(next, Next::stops("id_token: algorithm ES384"));
}

#[tokio::test]
async fn fapi2_invalid_secondary_aud() {
    let next = with_fault(QUERY, IdTokenFault::AnotherAudience).await;

    assert_eq!(next, Next::stops("id_token: audience"));
}

#[tokio::test]
async fn fapi2_valid_aud_as_array() {
    let mut client = Client::new(QUERY);
    client.world.emulator.id_token_claim("aud", json!([Emulator::CLIENT_ID]));

    assert_eq!(client.log_in().await, Next::goes_on());
}

#[tokio::test]
async fn fapi2_token_endpoint_response_without_expires_in() {
    let mut client = Client::of(QUERY, Emulator::omit_expires_in);

    assert_eq!(client.log_in().await, Next::goes_on());
}

#[tokio::test]
async fn fapi2_token_type_case_insensitivity() {
    let mut client = Client::of(QUERY, |emulator| emulator.token_member("token_type", "bEARER"));

    assert_eq!(client.log_in().await, Next::goes_on());
}

/// The suite publishes keys of the same name for other algorithms in every run.
#[tokio::test]
async fn fapi2_decoy_keys() {
    let mut client = Client::of(QUERY, Emulator::publish_decoys);

    assert_eq!(client.log_in().await, Next::goes_on());
}

#[tokio::test]
async fn fapi2_refresh_token() {
    let mut client = Client::with(QUERY, Emulator::rotate_refresh, |it| it.offline_access(true));
    assert_eq!(client.log_in().await, Next::goes_on());
    client.world.clock.advance(std::time::Duration::from_secs(3601));

    assert_eq!(client.look().await, Next::goes_on());
}
