//! The modules that more than one plan has.

use oauth_providers::{Emulator, IdTokenFault, ResponseMode, SigningAlgorithm};

use crate::conformance::{Client, Next};

/// A login at a provider that makes one mistake in its ID token.
pub(super) async fn with_fault(mode: ResponseMode, fault: IdTokenFault) -> Next {
    let mut client = Client::new(mode);
    client.world.emulator.tamper(fault);
    client.log_in().await
}

pub(super) async fn client_test(mode: ResponseMode) {
    let mut client = Client::new(mode);

    assert_eq!(client.log_in().await, Next::goes_on());
}

pub(super) async fn invalid_iss(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::WrongIssuer).await;

    assert_eq!(next, Next::stops("id_token: issuer"));
}

pub(super) async fn missing_sub(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::MissingSubject).await;

    assert_eq!(next, Next::stops("id_token: claim sub"));
}

pub(super) async fn invalid_aud(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::WrongAudience).await;

    assert_eq!(next, Next::stops("id_token: audience"));
}

pub(super) async fn missing_iat(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::MissingIssuedAt).await;

    assert_eq!(next, Next::stops("id_token: claim iat"));
}

pub(super) async fn kid_absent_single_jwks(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::NoKeyId).await;

    assert_eq!(next, Next::goes_on());
}

pub(super) async fn kid_absent_multiple_jwks(mode: ResponseMode) {
    let mut client = Client::of(mode, Emulator::publish_two_keys);
    client.world.emulator.tamper(IdTokenFault::NoKeyId);

    assert_eq!(client.log_in().await, Next::goes_on());
}

pub(super) async fn idtoken_sig_rs256(mode: ResponseMode) {
    let mut client = Client::with(
        mode,
        |emulator| emulator.signing_algorithm(SigningAlgorithm::Rs256),
        |builder| builder.id_token_signed_response_alg(SigningAlgorithm::Rs256),
    );

    assert_eq!(client.log_in().await, Next::goes_on());
}

pub(super) async fn idtoken_sig_none(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::AlgNone).await;

    assert_eq!(next, Next::stops("id_token: algorithm none"));
}

pub(super) async fn invalid_sig_rs256(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::BadSignature).await;

    assert_eq!(next, Next::stops("id_token: signature"));
}

pub(super) async fn nonce_invalid(mode: ResponseMode) {
    let next = with_fault(mode, IdTokenFault::WrongNonce).await;

    assert_eq!(next, Next::stops("id_token: nonce"));
}

/// The user is whom the ID token names: what userinfo says of another one reaches no page.
pub(super) async fn userinfo_invalid_sub(mode: ResponseMode) {
    let mut client = Client::new(mode);
    client.world.emulator.userinfo_member("sub", "somebody-else");

    let next = client.log_in().await;

    assert_eq!((next.calls, next.page.as_str()), (vec!["token", "userinfo"], "profile: subject"));
}

pub(super) async fn scope_userinfo_claims(mode: ResponseMode) {
    let mut client = Client::new(mode);

    let next = client.log_in().await;

    let history = client.browser.history();
    let asked = history.iter().find(|url| url.path() == "/authorize").unwrap();
    let scope = asked.query_pairs().find(|(name, _)| name == "scope").unwrap().1;
    assert_eq!(scope, "openid profile");
    assert_eq!(next.page, "1815 Ada Lovelace <ada@users.example>");
}

pub(super) async fn client_secret_basic(mode: ResponseMode) {
    let (id, secret) = ("a:b %+é", "s+ /?&=:%é");
    let mut client = Client::with(
        mode,
        |emulator| emulator.client(id, secret),
        |builder| builder.client_id(id).client_secret(secret),
    );

    assert_eq!(client.log_in().await, Next::goes_on());
}

pub(super) async fn discovery_issuer_mismatch(mode: ResponseMode) {
    for other in ["https://another-issuer.example", "https://op.example/", "HTTPS://op.example"] {
        let mut client = Client::of(mode, |emulator| emulator.metadata_member("issuer", other));

        assert_eq!(client.log_in().await, Next::stops_at_once("metadata"), "{other}");

        let history = client.browser.history();
        assert_eq!(history.len(), 1, "no authorization request at all: {history:?}");
    }
}
