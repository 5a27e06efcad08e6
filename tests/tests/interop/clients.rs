//! How a client proves to the server that it is itself.

use http::StatusCode;
use oauth_providers::{ClientKey, Declared, TokenEndpointAuthMethod};
use serde_json::{Value, json};

use crate::agent::Agent;
use crate::plan::{Plan, declared, log_out};
use crate::renewal::{HOUR, today};
use crate::server::{Key, installed};
use crate::world::World;

/// An application with a key, whose public half the server knows.
fn with_key(key: ClientKey, algorithm: &str) -> Plan<Declared> {
    let public: Value = serde_json::from_str(&key.public_jwk()).unwrap();
    World::of(declared(|it| {
        it.token_endpoint_auth_method = TokenEndpointAuthMethod::PrivateKeyJwt;
    }))
    .registered(&json!({
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": algorithm,
        "jwks": { "keys": [public] },
    }))
    .build(|it| it.client_key(key))
}

const KINDS: [(&str, &str); 3] = [("ec", "ES256"), ("rsa", "RS256"), ("ed25519", "EdDSA")];

#[tokio::test]
async fn a_client_proves_itself_by_a_key_in_a_jwk() {
    for (kind, algorithm) in KINDS {
        let Some(key) = key(kind) else { return };
        let key = ClientKey::from_jwk(&key.jwk).unwrap().key_id("of the portal");
        let Some(world) = with_key(key, algorithm).start().await else { return };

        let page = world.enter(&mut Agent::new(), "/protected").await;

        assert_eq!(page["claims"]["sub"], "ada-1815", "{kind}");
        assert_eq!(world.server.answered("/token"), [200], "{kind}");
    }
}

#[tokio::test]
async fn a_client_proves_itself_by_a_key_in_pem() {
    for (kind, algorithm) in KINDS {
        let Some(key) = key(kind) else { return };
        let key = ClientKey::from_pem(&key.pem).unwrap().key_id("of the portal");
        let Some(world) = with_key(key, algorithm).start().await else { return };

        let page = world.enter(&mut Agent::new(), "/protected").await;

        assert_eq!(page["claims"]["sub"], "ada-1815", "{kind}");
        assert_eq!(world.server.answered("/token"), [200], "{kind}");
    }
}

#[tokio::test]
async fn a_client_proves_itself_by_a_key_that_has_no_name() {
    let Some(key) = key("ec") else { return };
    let key = ClientKey::from_pem(&key.pem).unwrap();
    let Some(world) = with_key(key, "ES256").start().await else { return };

    let page = world.enter(&mut Agent::new(), "/protected").await;

    assert_eq!(page["claims"]["sub"], "ada-1815");
}

#[tokio::test]
async fn a_client_proves_itself_by_its_key_wherever_it_has_to() {
    let Some(key) = key("ec") else { return };
    let clock = today();
    let key = ClientKey::from_pem(&key.pem).unwrap().key_id("of the portal");
    let world = with_key(key, "ES256").server(&json!({ "pushed": true })).build({
        let clock = clock.clone();
        |it| it.offline_access(true).clock(clock)
    });
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();
    world.enter(&mut agent, "/protected").await;
    clock.advance(HOUR);
    assert_eq!(agent.get(&world.url("/protected")).await.status(), StatusCode::OK);

    log_out(&world, &mut agent).await;

    assert_eq!(world.server.answered("/request"), [201]);
    assert_eq!(world.server.answered("/token"), [200, 200]);
    assert_eq!(world.server.answered("/token/revocation"), [200]);
}

#[tokio::test]
async fn a_key_that_the_server_does_not_know_logs_nobody_in() {
    let (Some(own), Some(other)) = (key("ec"), key("ec")) else { return };
    let own = ClientKey::from_jwk(&own.jwk).unwrap().key_id("of the portal");
    let other = ClientKey::from_jwk(&other.jwk).unwrap().key_id("of the portal");
    let Some(world) = with_key(own, "ES256").build(|it| it.client_key(other)).start().await else {
        return;
    };
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/protected")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "exchange: invalid_client");
    assert_eq!(world.server.answered("/token"), [401]);
}

#[tokio::test]
async fn a_client_proves_itself_by_what_it_signs_with_its_secret() {
    let provider = declared(|it| {
        it.token_endpoint_auth_method = TokenEndpointAuthMethod::ClientSecretJwt;
    });
    let world = World::of(provider).registered(&json!({
        "token_endpoint_auth_method": "client_secret_jwt",
        "token_endpoint_auth_signing_alg": "HS256",
    }));
    let Some(world) = world.start().await else { return };

    let page = world.enter(&mut Agent::new(), "/protected").await;

    assert_eq!(page["claims"]["sub"], "ada-1815");
    assert_eq!(world.server.answered("/token"), [200]);
}

#[tokio::test]
async fn a_client_that_signs_with_another_secret_logs_nobody_in() {
    let provider = declared(|it| {
        it.token_endpoint_auth_method = TokenEndpointAuthMethod::ClientSecretJwt;
    });
    let world = World::of(provider)
        .registered(&json!({ "token_endpoint_auth_method": "client_secret_jwt" }))
        .build(|it| it.client_secret("another, which is as long as it has to be"));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let page = agent.follow(&world.url("/protected")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "exchange: invalid_client");
}

#[tokio::test]
async fn a_public_client_logs_in_without_a_proof() {
    let provider = declared(|it| it.token_endpoint_auth_method = TokenEndpointAuthMethod::None);
    let public = json!({ "token_endpoint_auth_method": "none", "client_secret": null });
    let Some(world) = World::of(provider).registered(&public).start().await else { return };

    let page = world.enter(&mut Agent::new(), "/protected").await;

    assert_eq!(page["claims"]["sub"], "ada-1815");
    assert_eq!(world.server.answered("/token"), [200]);
}

/// A key, where there is a node to make one.
fn key(kind: &str) -> Option<Key> {
    installed().is_ok().then(|| Key::generate(kind))
}
