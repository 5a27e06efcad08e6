//! Of `oidcc-client-test-plan`, and of the plans of other certificates, what a client of the code flow can pass.

use oauth_providers::{Emulator, IdTokenFault, ResponseMode, SigningAlgorithm};

use crate::conformance::modules::with_fault;
use crate::conformance::{Client, Next};

const QUERY: ResponseMode = ResponseMode::Query;

#[tokio::test]
async fn oidcc_client_test_missing_aud() {
    let next = with_fault(QUERY, IdTokenFault::MissingAudience).await;

    assert_eq!(next, Next::stops("id_token: audience"));
}

#[tokio::test]
async fn oidcc_client_test_ignores_unparseable_key_in_jwks() {
    let mut client = Client::of(QUERY, Emulator::publish_decoys);

    assert_eq!(client.log_in().await, Next::goes_on());
}

/// A login at a provider that signs in this way, as it is registered.
async fn signed_by(algorithm: SigningAlgorithm, fault: Option<IdTokenFault>) -> Next {
    let mut client = Client::with(
        QUERY,
        |emulator| emulator.signing_algorithm(algorithm),
        |builder| builder.id_token_signed_response_alg(algorithm),
    );
    if let Some(fault) = fault {
        client.world.emulator.tamper(fault);
    }
    client.log_in().await
}

#[tokio::test]
async fn oidcc_client_test_invalid_sig_hs256() {
    let algorithm = SigningAlgorithm::Hs256;

    assert_eq!(signed_by(algorithm, None).await, Next::goes_on());
    let next = signed_by(algorithm, Some(IdTokenFault::BadSignature)).await;
    assert_eq!(next, Next::stops("id_token: signature"));
}

#[tokio::test]
async fn oidcc_client_test_invalid_sig_es256() {
    let algorithm = SigningAlgorithm::Es256;

    assert_eq!(signed_by(algorithm, None).await, Next::goes_on());
    let next = signed_by(algorithm, Some(IdTokenFault::BadSignature)).await;
    assert_eq!(next, Next::stops("id_token: signature"));
}

/// That the token stands in the header, and there alone, is looked at in every run.
#[tokio::test]
async fn oidcc_client_test_userinfo_bearer_header() {
    let mut client = Client::new(QUERY);

    assert_eq!(client.log_in().await, Next::goes_on());
}

#[tokio::test]
async fn oidcc_client_test_userinfo_signed() {
    let mut client = Client::of(QUERY, Emulator::sign_userinfo);

    assert_eq!(client.log_in().await, Next::goes_on());
}

/// Of the code flow the claim is optional, and checked where it is.
#[tokio::test]
async fn oidcc_client_test_invalid_athash() {
    let next = with_fault(QUERY, IdTokenFault::WrongAccessTokenHash).await;

    assert_eq!(next, Next::stops("id_token: hash"));
}

#[tokio::test]
async fn oidcc_client_test_nonce_unless_code_flow() {
    let mut client = Client::new(QUERY);

    // That each request has one is looked at in every run.
    assert_eq!(client.log_in().await, Next::goes_on());
}

#[tokio::test]
async fn oidcc_client_test_form_post_error() {
    let mut client = Client::with(
        ResponseMode::FormPost,
        |emulator| emulator,
        |builder| builder.authorization_param("prompt", "none").authorization_param("max_age", "0"),
    );
    client.world.emulator.deny_next();

    assert_eq!(client.log_in().await, Next::stops_at_once("denied"));
}
