//! What an issuer says about itself: where it is asked, what of it is believed, and for how long.

use std::time::Duration;

use http::StatusCode;
use oauth_providers::{Endpoint, OpenId};
use serde_json::{Value, json};

use crate::oidc::{ADA, log_in, world, world_at, world_of};

/// OpenID Connect Discovery s4.1: appended to the issuer, whose last slash is taken away.
#[tokio::test]
async fn tr_10_the_metadata_stand_behind_the_issuer() {
    for (issuer, asked) in [
        ("https://op.example", "https://op.example/.well-known/openid-configuration"),
        ("https://op.example/", "https://op.example/.well-known/openid-configuration"),
        (
            "https://op.example/realms/all",
            "https://op.example/realms/all/.well-known/openid-configuration",
        ),
        ("https://op.example/a/", "https://op.example/a/.well-known/openid-configuration"),
        ("https://op.example:8443/a", "https://op.example:8443/a/.well-known/openid-configuration"),
    ] {
        let world = world_at(OpenId::issuer(issuer), |it| it, |builder| builder);

        assert_eq!(log_in(&world).await, ADA, "{issuer}");

        assert_eq!(world.sent.exchanges()[0].request.uri(), asked, "{issuer}");
        assert_eq!(world.log_in().await.claims().unwrap().issuer(), issuer);
    }
}

#[tokio::test]
async fn tr_10_metadata_that_cannot_be_used_begin_no_login() {
    for (name, value) in [
        ("issuer", json!("https://another.example")),
        ("issuer", json!("https://op.example/")),
        ("issuer", json!("https://OP.example")),
        ("issuer", json!("http://op.example")),
        ("issuer", json!(null)),
        ("issuer", json!(["https://op.example"])),
        ("authorization_endpoint", Value::Null),
        ("token_endpoint", Value::Null),
        ("authorization_endpoint", json!("http://op.example/authorize")),
        ("token_endpoint", json!("http://op.example/token")),
        ("jwks_uri", json!("http://op.example/jwks")),
        ("userinfo_endpoint", json!("http://op.example/userinfo")),
        ("end_session_endpoint", json!("http://op.example/end_session")),
        ("pushed_authorization_request_endpoint", json!("http://op.example/par")),
        ("token_endpoint", json!("http://127.0.0.1:8080/token")),
        ("token_endpoint", json!("file:///etc/passwd")),
        ("token_endpoint", json!("/token")),
        ("token_endpoint", json!("")),
        ("token_endpoint", json!(1)),
        ("token_endpoint", json!("https://user:pw@op.example/token")),
    ] {
        let world = world_of(|emulator| emulator.metadata_member(name, &value), |builder| builder);

        let told = log_in(&world).await;

        assert_eq!(told, "metadata", "{name}: {value}");
        assert_eq!(world.emulator.requests(Endpoint::Authorization), 0, "{name}: {value}");
        assert_eq!(world.sent.count(), 1, "{name}: {value}");
    }
}

/// Without keys nobody can be known.
#[tokio::test]
async fn tr_10_an_issuer_without_keys_logs_nobody_in() {
    let world = world_of(|it| it.metadata_member("jwks_uri", Value::Null), |builder| builder);

    assert_eq!(log_in(&world).await, "id_token: keys");
}

#[tokio::test(start_paused = true)]
async fn tr_11_logins_go_on_while_the_metadata_cannot_be_had() {
    for (hours, told) in
        [(1, ADA), (23, ADA), (25, ADA), (7 * 24 - 1, ADA), (7 * 24 + 1, "metadata")]
    {
        let world = world();
        assert_eq!(log_in(&world).await, ADA);
        for _ in 0..10 {
            world.emulator.fail_next(Endpoint::Metadata, StatusCode::INTERNAL_SERVER_ERROR);
        }
        tokio::time::advance(Duration::from_secs(hours * 3600)).await;

        assert_eq!(log_in(&world).await, told, "after {hours} h");
    }
}

#[tokio::test(start_paused = true)]
async fn tr_11_an_issuer_that_is_down_at_the_start_is_asked_again_in_a_second() {
    let world = world();
    world.emulator.fail_next(Endpoint::Metadata, StatusCode::BAD_GATEWAY);
    let mut browser = world.browser();
    for _ in 0..100 {
        let page = browser.look_at("/").await;
        assert_eq!((page.status(), page.text()), (StatusCode::SERVICE_UNAVAILABLE, "metadata"));
    }
    assert_eq!(world.emulator.requests(Endpoint::Metadata), 1);

    tokio::time::advance(Duration::from_secs(1)).await;

    assert_eq!(log_in(&world).await, ADA);
    assert_eq!(world.emulator.requests(Endpoint::Metadata), 2);
}

/// The answer that is there is used, and the next one asked for meanwhile.
#[tokio::test(start_paused = true)]
async fn tr_11_metadata_are_renewed_in_the_background_each_hour() {
    let world = world();
    assert_eq!(log_in(&world).await, ADA);
    tokio::time::advance(Duration::from_secs(3599)).await;
    assert_eq!(log_in(&world).await, ADA);
    assert_eq!(world.emulator.requests(Endpoint::Metadata), 1);

    tokio::time::advance(Duration::from_secs(1)).await;
    let held = world.emulator.hold_next(Endpoint::Metadata);
    assert_eq!(log_in(&world).await, ADA, "nobody waits for it");
    drop(held);
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }

    assert_eq!(log_in(&world).await, ADA);
    assert_eq!(world.emulator.requests(Endpoint::Metadata), 2);
}

#[tokio::test]
async fn a_login_asks_the_provider_for_nothing_but_its_tokens_once_the_issuer_is_known() {
    let world = world();
    world.log_in().await;
    world.sent.clear();

    world.log_in().await;

    let asked = world.sent.exchanges();
    let asked: Vec<String> = asked.iter().map(|it| it.request.uri().to_string()).collect();
    assert_eq!(asked, ["https://op.example/token"]);
}
