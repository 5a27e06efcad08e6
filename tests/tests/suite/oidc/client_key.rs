//! A client that proves itself by a signature: by a key of its own, or by the secret that both sides know.

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header::AUTHORIZATION;
use oauth_providers::{
    ClientKey, ClientKeyError, Declaration, Declared, Emulator, OAuth, OAuthBuilder, OpenId,
    Provider as _, SigningAlgorithm, TokenEndpointAuthMethod,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::oidc::{ADA, ISSUER, NOW, log_in, world_at};
use crate::token_endpoint::form;

fn keys() -> Value {
    serde_json::from_str(include_str!("../../data/client_keys.json")).unwrap()
}

fn provider(token_endpoint_auth_method: TokenEndpointAuthMethod) -> Declared {
    let declaration = OpenId::issuer(ISSUER).declaration().clone();
    Declared::from(Declaration { token_endpoint_auth_method, ..declaration })
}

/// An application with a key, at a server that knows its public half.
fn with_key(key: &ClientKey) -> World<Declared> {
    registered(&key.public_jwk(), key, |builder| builder)
}

fn registered(
    public: &str,
    key: &ClientKey,
    configure: impl FnOnce(OAuthBuilder<Declared>) -> OAuthBuilder<Declared>,
) -> World<Declared> {
    world_at(
        provider(TokenEndpointAuthMethod::PrivateKeyJwt),
        |emulator| emulator.client_jwk(public).rotate_refresh(),
        |builder| configure(builder.client_key(key.clone())),
    )
}

/// Header and claims of each assertion that was sent, and what stood beside it.
fn assertions(world: &World<Declared>) -> Vec<(Value, Value)> {
    let sent = world.sent.exchanges();
    let tokens = sent.iter().filter(|it| it.request.uri().path() == "/token");
    tokens
        .map(|exchange| {
            assert!(!exchange.request.headers().contains_key(AUTHORIZATION));
            let fields = form(exchange.request.body());
            let value = |name: &str| {
                let mut values = fields.iter().filter(|(known, _)| known == name);
                let (_, value) = values.next().unwrap();
                assert!(values.next().is_none(), "{name} twice");
                value.clone()
            };
            assert!(fields.iter().all(|(name, _)| name != "client_secret"));
            assert_eq!(value("client_id"), Emulator::CLIENT_ID);
            assert_eq!(
                value("client_assertion_type"),
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            );
            let assertion = value("client_assertion");
            let parts: Vec<Value> = assertion
                .split('.')
                .take(2)
                .map(|part| {
                    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
                })
                .collect();
            (parts[0].clone(), parts[1].clone())
        })
        .collect()
}

#[tokio::test]
async fn a_client_proves_itself_by_each_kind_of_key_however_it_is_written() {
    let keys = keys();
    for algorithm in ["RS256", "ES256", "ES384", "EdDSA"] {
        let pem = ClientKey::from_pem(keys[algorithm]["pem"].as_str().unwrap()).unwrap();
        let jwk = ClientKey::from_jwk(&keys[algorithm]["jwk"].to_string()).unwrap();
        for (what, key) in [("PEM", pem.key_id("client-key-1")), ("JWK", jwk)] {
            let world = with_key(&key);

            assert_eq!(log_in(&world).await, ADA, "{algorithm} {what}");

            let [(header, claims)] = &assertions(&world)[..] else { panic!("one request") };
            assert_eq!(*header, json!({ "alg": algorithm, "typ": "JWT", "kid": "client-key-1" }));
            let jti = claims["jti"].as_str().unwrap();
            assert_eq!(jti.len(), 22, "128 random bits");
            let whole = json!({
                "iss": Emulator::CLIENT_ID,
                "sub": Emulator::CLIENT_ID,
                "aud": ISSUER,
                "jti": jti,
                "iat": NOW,
                "exp": NOW + 60,
            });
            assert_eq!(*claims, whole, "{algorithm} {what}");
        }
    }
    let pkcs1 = ClientKey::from_pem(keys["RS256"]["pkcs1"].as_str().unwrap()).unwrap();
    assert_eq!(log_in(&with_key(&pkcs1)).await, ADA);
}

#[tokio::test]
async fn a_key_that_says_what_it_is_for_signs_so() {
    let mut jwk = keys()["RS256"]["jwk"].clone();
    jwk["alg"] = json!("PS256");
    let key = ClientKey::from_jwk(&jwk.to_string()).unwrap();
    let world = with_key(&key);

    assert_eq!(log_in(&world).await, ADA);

    assert_eq!(assertions(&world)[0].0["alg"], "PS256");
    let public: Value = serde_json::from_str(&key.public_jwk()).unwrap();
    let whole = json!({
        "kty": "RSA", "kid": "client-key-1", "use": "sig", "alg": "PS256", "n": jwk["n"], "e": jwk["e"],
    });
    assert_eq!(public, whole, "nothing private");
}

#[tokio::test]
async fn each_request_has_an_assertion_of_its_own() {
    let key = ClientKey::from_jwk(&keys()["ES256"]["jwk"].to_string()).unwrap();
    let world = registered(&key.public_jwk(), &key, |builder| builder.offline_access(true));
    let mut browser = world.browser();
    browser.open("/").await;
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(3601));
        assert_eq!(browser.look_at("/").await.text(), "somebody reads /");
    }

    let assertions = assertions(&world);

    assert_eq!(world.emulator.refreshes(), 3);
    let ids: BTreeSet<&str> =
        assertions.iter().map(|(_, it)| it["jti"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 4);
    let times: Vec<u64> = assertions.iter().map(|(_, it)| it["iat"].as_u64().unwrap()).collect();
    assert_eq!(times, [0, 1, 2, 3].map(|turn| NOW + turn * 3601));
}

#[tokio::test]
async fn an_assertion_is_for_whom_the_application_says() {
    let key = ClientKey::from_jwk(&keys()["ES256"]["jwk"].to_string()).unwrap();
    for (audience, told) in [
        ("https://op.example", ADA),
        ("https://op.example/token", ADA),
        ("https://another.example", "exchange: rejected"),
    ] {
        let world = with_key(&key.clone().audience(audience));
        assert_eq!(log_in(&world).await, told, "{audience}");
        assert_eq!(assertions(&world)[0].1["aud"], audience);
    }
}

#[tokio::test]
async fn the_key_of_another_client_proves_nothing() {
    let keys = keys();
    let own = ClientKey::from_jwk(&keys["ES256"]["jwk"].to_string()).unwrap();
    for other in ["RS256", "ES384", "EdDSA"] {
        let public = ClientKey::from_jwk(&keys[other]["jwk"].to_string()).unwrap().public_jwk();
        let world = registered(&public, &own, |builder| builder);
        assert_eq!(log_in(&world).await, "exchange: rejected", "{other}");
    }
    let renamed = own.clone().key_id("client-key-2");
    let world = registered(&own.public_jwk(), &renamed, |builder| builder);
    assert_eq!(log_in(&world).await, "exchange: rejected");
}

#[tokio::test]
async fn a_client_proves_itself_by_its_secret_without_telling_it() {
    let secret = "a-secret-of-the-client-that-is-long-enough";
    let of = |known: &str| {
        world_at(
            provider(TokenEndpointAuthMethod::ClientSecretJwt),
            |emulator| emulator.client(Emulator::CLIENT_ID, known),
            |builder| builder.client_secret(secret),
        )
    };
    let world = of(secret);

    assert_eq!(log_in(&world).await, ADA);

    let (header, claims) = &assertions(&world)[0];
    assert_eq!(*header, json!({ "alg": "HS256", "typ": "JWT" }));
    assert_eq!(claims["aud"], ISSUER);
    for exchange in world.sent.exchanges() {
        assert!(!exchange.sent().contains(secret));
    }
    assert_eq!(log_in(&of("another-secret")).await, "exchange: rejected");
}

/// The secret is a key of ID tokens too, where that was registered.
#[tokio::test]
async fn a_secret_that_is_not_told_signs_id_tokens_too() {
    let world = world_at(
        provider(TokenEndpointAuthMethod::ClientSecretJwt),
        |emulator| emulator.signing_algorithm(SigningAlgorithm::Hs256),
        |builder| builder.id_token_signed_response_alg(SigningAlgorithm::Hs256),
    );

    assert_eq!(log_in(&world).await, ADA);
}

fn build(configure: impl FnOnce(OAuthBuilder<Declared>) -> OAuthBuilder<Declared>) -> String {
    let builder = OAuth::builder(provider(TokenEndpointAuthMethod::PrivateKeyJwt))
        .client_id("app")
        .redirect_uri("https://app.example/callback")
        .store(oauth_providers::store::MemoryStore::new(), oauth_tests::key_ring());
    configure(builder).build().unwrap_err().to_string()
}

#[test]
fn a_client_without_its_key_is_not_built() {
    let missing = "no client key, which `private_key_jwt` needs";
    assert!(build(|builder| builder).contains(missing));
    assert!(build(|builder| builder.client_secret("secret")).contains(missing));
    // A key is no secret that both sides know.
    let key = ClientKey::from_jwk(&keys()["ES256"]["jwk"].to_string()).unwrap();
    let symmetric = build(|builder| {
        builder.client_key(key).id_token_signed_response_alg(SigningAlgorithm::Hs256)
    });
    assert!(symmetric.contains("`HS256` signs tokens with the client secret"), "{symmetric}");
}

#[test]
fn what_is_no_key_that_can_sign_is_said_and_not_repeated() {
    let keys = keys();
    let pem = |text: &str| ClientKey::from_pem(text).map(drop);
    let jwk = |text: &Value| ClientKey::from_jwk(&text.to_string()).map(drop);
    for text in [
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ] {
        assert_eq!(pem(text), Err(ClientKeyError::NotPem), "{text}");
    }
    assert_eq!(pem(keys["ES256"]["sec1"].as_str().unwrap()), Err(ClientKeyError::Sec1));
    for other in ["short", "P-521"] {
        assert_eq!(
            pem(keys[other]["pem"].as_str().unwrap()),
            Err(ClientKeyError::Unknown),
            "{other}"
        );
    }
    for algorithm in ["RS256", "ES256", "ES384", "EdDSA"] {
        for (name, value) in
            [("d", json!(null)), ("d", json!("")), ("d", json!("AAAA")), ("kty", json!("oct"))]
        {
            let mut changed = keys[algorithm]["jwk"].clone();
            changed[name] = value;
            assert_eq!(jwk(&changed), Err(ClientKeyError::NotJwk), "{algorithm} without {name}");
        }
        let secret = keys[algorithm]["jwk"]["d"].as_str().unwrap();
        let key = ClientKey::from_jwk(&keys[algorithm]["jwk"].to_string()).unwrap();
        assert!(!format!("{key:?} {}", key.public_jwk()).contains(secret));
    }
    // The point of another key does not go with the number.
    let mut mixed = keys["ES256"]["jwk"].clone();
    mixed["crv"] = json!("P-384");
    assert_eq!(jwk(&mixed), Err(ClientKeyError::NotJwk));
    assert_eq!(ClientKey::from_jwk("").map(drop), Err(ClientKeyError::NotJwk));
}
