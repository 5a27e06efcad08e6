//! `oidcc-client-refreshtoken-test-plan`: tokens are renewed, and the ID token that comes with them is the user's still. The
//! last two modules were dropped from the plan.

use std::time::Duration;

use oauth_providers::{Emulator, IdTokenFault, ResponseMode};

use crate::conformance::{Client, Next};

/// A client that has logged in, and whose access token has expired.
async fn expired() -> Client {
    let mut client = Client::with(
        ResponseMode::Query,
        |emulator| {
            let strict = emulator.rotate_refresh().revoke_family_on_reuse();
            Emulator::expire_in(strict, Duration::from_secs(60))
        },
        |builder| builder.offline_access(true),
    );
    assert_eq!(client.log_in().await, Next::goes_on());
    client.world.clock.advance(Duration::from_secs(61));
    client
}

#[tokio::test]
async fn oidcc_client_test_refresh_token() {
    let mut client = expired().await;

    assert_eq!(client.look().await, Next::goes_on());

    // The refresh token that came with the last one is presented next.
    client.world.clock.advance(Duration::from_secs(61));
    assert_eq!(client.look().await, Next::goes_on());
    assert_eq!(client.world.emulator.refreshes(), 2);
}

#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_issuer() {
    let mut client = expired().await;
    client.world.emulator.tamper(IdTokenFault::WrongIssuer);

    assert_eq!(client.look().await, Next::stops("has to log in"));
}

#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_sub() {
    let mut client = expired().await;
    client.world.emulator.tamper(IdTokenFault::WrongSubject);

    assert_eq!(client.look().await, Next::stops("has to log in"));
}

#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_aud() {
    let mut client = expired().await;
    client.world.emulator.tamper(IdTokenFault::WrongAudience);

    assert_eq!(client.look().await, Next::stops("has to log in"));
}

/// One that the login's token did not have must stay away (OpenID Connect Core s12.2), though it names this client.
#[tokio::test]
async fn oidcc_client_test_refresh_token_invalid_azp() {
    let mut client = expired().await;
    client.world.emulator.id_token_claim("azp", Emulator::CLIENT_ID);

    assert_eq!(client.look().await, Next::stops("has to log in"));
}
