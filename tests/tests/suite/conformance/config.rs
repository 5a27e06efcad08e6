//! `oidcc-client-config-certification-test-plan`: what the provider says about itself is asked for, checked, and renewed.

use oauth_providers::{Endpoint, ResponseMode};

use crate::conformance::{Client, ISSUER, Next, modules};

const QUERY: ResponseMode = ResponseMode::Query;

#[tokio::test]
async fn oidcc_client_test_discovery_openid_config() {
    let mut client = Client::new(QUERY);

    assert_eq!(client.log_in().await, Next::goes_on());

    let first = &client.world.sent.exchanges()[0].request;
    assert_eq!(first.uri().to_string(), format!("{ISSUER}/.well-known/openid-configuration"));
    assert_eq!(client.world.emulator.requests(Endpoint::Metadata), 1);
}

#[tokio::test]
async fn oidcc_client_test_discovery_jwks_uri_keys() {
    for run in ["https://keys-1.example/op.example/jwks", "https://keys-2.example/op.example/jwks"]
    {
        let mut client = Client::of(QUERY, |emulator| emulator.metadata_member("jwks_uri", run));

        assert_eq!(client.log_in().await, Next::goes_on());

        let sent = client.world.sent.exchanges();
        assert!(sent.iter().any(|it| it.request.uri() == run), "{run}");
    }
}

#[tokio::test]
async fn oidcc_client_test_discovery_issuer_mismatch() {
    modules::discovery_issuer_mismatch(QUERY).await;
}

#[tokio::test]
async fn oidcc_client_test_idtoken_sig_none() {
    modules::idtoken_sig_none(QUERY).await;
}

#[tokio::test]
async fn oidcc_client_test_signing_key_rotation() {
    let mut client = Client::new(QUERY);
    assert_eq!(client.log_in().await, Next::goes_on());

    // The suite has new keys when the second authorization request arrives.
    client.browser.jar_mut().clear();
    client.world.emulator.rotate_keys();

    assert_eq!(client.log_in().await, Next::goes_on());
    assert_eq!(client.key_requests(), 2);
}

#[tokio::test]
async fn oidcc_client_test_signing_key_rotation_just_before_signing() {
    let mut client = Client::new(QUERY);
    client.world.emulator.rotate_keys_before_signing();
    assert_eq!(client.log_in().await, Next::goes_on());

    client.browser.jar_mut().clear();
    client.world.emulator.rotate_keys_before_signing();

    assert_eq!(client.log_in().await, Next::goes_on());
    assert_eq!(client.key_requests(), 2);
}
