//! ID tokens that the server signs, by keys that it publishes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use oauth_providers::{OpenId, OpenIdScope, SigningAlgorithm};
use serde_json::{Value, json};

use crate::agent::{Agent, query, text};
use crate::plan::{CLIENT_ID, op};
use crate::world::World;

#[tokio::test]
async fn an_id_token_is_believed_by_the_keys_of_the_server() {
    let world = World::of(op()).build(|it| it.scopes([OpenIdScope::Email]));
    let Some(world) = world.start().await else { return };
    let mut agent = Agent::new();

    let mut page = world.enter(&mut agent, "/protected").await;

    let ada = json!({
        "sub": "ada-1815",
        "name": "Ada Lovelace",
        "picture": "https://op.example/ada.png",
        "email": "ada@users.example",
        "email_verified": true,
    });
    assert_eq!(page["userinfo"], ada);
    assert_eq!(
        page["profile"],
        json!({
            "issuer": "https://op.example",
            "subject": "ada-1815",
            "name": "Ada Lovelace",
            "verified_email": "ada@users.example",
            "picture": "https://op.example/ada.png",
        })
    );
    let claims = page["claims"].as_object_mut().unwrap();
    let taken = |claim: Option<Value>| claim.expect("the claim is there");
    let issued_at = taken(claims.remove("iat")).as_u64().unwrap();
    assert_eq!(taken(claims.remove("exp")).as_u64().unwrap(), issued_at + 3600);
    let mut expected = json!({
        "iss": "https://op.example",
        "aud": CLIENT_ID,
        "nonce": query(agent.visit("/auth"), "nonce").unwrap(),
    });
    expected.as_object_mut().unwrap().extend(ada.as_object().unwrap().clone());
    assert_eq!(page["claims"], expected);
    let answer = agent.get(&world.url("/userinfo")).await;
    assert_eq!(serde_json::from_slice::<Value>(answer.body()).unwrap(), ada);
    assert_eq!(world.server.requests("/.well-known/openid-configuration"), 1);
    assert_eq!(world.server.requests("/jwks"), 1);
    assert_eq!(world.server.requests("/token"), 1);
}

#[tokio::test]
async fn an_issuer_is_known_letter_for_letter() {
    let Some(world) = World::of(OpenId::issuer("https://op.example/")).start().await else {
        return;
    };
    let mut agent = Agent::new();

    let page = agent.get(&world.url("/protected")).await;

    assert_eq!((page.status(), text(&page)), (StatusCode::SERVICE_UNAVAILABLE, "metadata: "));
    assert_eq!(world.server.answered("/.well-known/openid-configuration"), [200]);
}

#[tokio::test]
async fn fifty_logins_ask_for_the_metadata_and_for_the_keys_once() {
    let Some(world) = World::of(op()).start().await else { return };

    let mut logins = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let url = world.url("/protected");
        logins.spawn(async move { Agent::new().follow(&url).await.status() });
    }
    let answers = logins.join_all().await;

    assert_eq!(answers, [StatusCode::OK; 50]);
    assert_eq!(world.server.requests("/token"), 50);
    assert_eq!(world.server.requests("/.well-known/openid-configuration"), 1);
    assert_eq!(world.server.requests("/jwks"), 1);
}

#[tokio::test]
async fn an_id_token_that_answers_another_nonce_logs_nobody_in() {
    let Some(world) = World::of(op()).start().await else { return };
    let mut agent = Agent::new();
    let asked = agent.follow_until(&world.url("/protected"), "/auth").await;
    let nonce = query(&asked.parse().unwrap(), "nonce").unwrap();

    let page = agent.follow(&asked.replace(&nonce, "another")).await;

    assert_eq!(world.refuses(&mut agent, &page).await, "id_token: nonce");
    assert_eq!(world.server.requests("/me"), 0);
}

#[tokio::test]
async fn an_id_token_that_somebody_in_between_has_changed_logs_nobody_in() {
    let Some(world) = World::of(op()).start().await else { return };
    type Forgery = fn(&mut Value);
    let forgeries: [(Forgery, &str); 4] = [
        (with_another_name, "id_token: signature"),
        (of_another_user, "id_token: signature"),
        (unsigned, "id_token: algorithm"),
        (without_id_token, "id_token: missing"),
    ];
    for (forgery, expected) in forgeries {
        world.wire.forge(forgery);
        let mut agent = Agent::new();

        let page = agent.follow(&world.url("/protected")).await;

        assert_eq!(world.refuses(&mut agent, &page).await, expected);
    }
    assert_eq!(world.server.requests("/me"), 0);
}

fn of_another_user(answer: &mut Value) {
    replace(answer, "ada-1815", "grace-1906");
}

pub(crate) fn with_another_name(answer: &mut Value) {
    replace(answer, "Ada Lovelace", "Eve Lovelace");
}

/// The claims say something else, and the signature is left as it was.
fn replace(answer: &mut Value, claim: &str, by: &str) {
    let token = answer["id_token"].as_str().unwrap().to_owned();
    let claims = token.split('.').nth(1).unwrap();
    let before = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert!(before.contains(claim), "{before}");
    let after = URL_SAFE_NO_PAD.encode(before.replace(claim, by));
    answer["id_token"] = json!(token.replace(claims, &after));
}

pub(crate) fn unsigned(answer: &mut Value) {
    let token = answer["id_token"].as_str().unwrap();
    let claims = token.split('.').nth(1).unwrap();
    answer["id_token"] =
        json!(format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#)));
}

fn without_id_token(answer: &mut Value) {
    answer.as_object_mut().unwrap().remove("id_token").expect("there is one");
}

#[tokio::test]
async fn an_id_token_is_believed_in_each_way_that_the_server_signs() {
    for algorithm in [
        SigningAlgorithm::Rs256,
        SigningAlgorithm::Ps256,
        SigningAlgorithm::Es256,
        SigningAlgorithm::EdDsa,
        SigningAlgorithm::Hs256,
    ] {
        let name = algorithm.as_str();
        let world = World::of(op())
            .registered(&json!({ "id_token_signed_response_alg": name }))
            .build(move |it| it.id_token_signed_response_alg(algorithm));
        let Some(world) = world.start().await else { return };
        let mut agent = Agent::new();

        let page = world.enter(&mut agent, "/protected").await;

        assert_eq!(header(&page["id_token"])["alg"], name);
        assert_eq!(page["claims"]["sub"], "ada-1815", "{name}");
        assert_eq!(world.verify(&page["id_token"]).await, "ada-1815", "{name}");
        let keys = usize::from(!algorithm.is_symmetric());
        assert_eq!(world.server.requests("/jwks"), keys, "{name}");
    }
}

#[tokio::test]
async fn an_id_token_is_believed_in_each_public_way_without_a_word_of_the_application() {
    for name in ["RS256", "PS256", "ES256", "EdDSA"] {
        let world = World::of(op()).registered(&json!({ "id_token_signed_response_alg": name }));
        let Some(world) = world.start().await else { return };

        let page = world.enter(&mut Agent::new(), "/protected").await;

        assert_eq!(header(&page["id_token"])["alg"], name);
        assert_eq!(page["claims"]["sub"], "ada-1815", "{name}");
    }
}

#[tokio::test]
async fn an_id_token_that_is_signed_in_another_way_than_is_registered_logs_nobody_in() {
    let cases: [(&str, Option<SigningAlgorithm>); 4] = [
        ("RS256", Some(SigningAlgorithm::Es256)),
        ("PS256", Some(SigningAlgorithm::Rs256)),
        ("RS256", Some(SigningAlgorithm::Hs256)),
        // The client's secret is a key only if the application says so.
        ("HS256", None),
    ];
    for (name, expected) in cases {
        let world = World::of(op())
            .registered(&json!({ "id_token_signed_response_alg": name }))
            .build(move |it| match expected {
                Some(expected) => it.id_token_signed_response_alg(expected),
                None => it,
            });
        let Some(world) = world.start().await else { return };
        let mut agent = Agent::new();

        let page = agent.follow(&world.url("/protected")).await;

        assert_eq!(world.refuses(&mut agent, &page).await, "id_token: algorithm", "{name}");
    }
}

#[tokio::test]
async fn a_userinfo_answer_is_believed_in_each_way_that_the_server_signs() {
    for name in ["RS256", "PS256", "ES256", "EdDSA"] {
        let world = World::of(op()).registered(&json!({ "userinfo_signed_response_alg": name }));
        let Some(world) = world.start().await else { return };
        let mut agent = Agent::new();

        let page = world.enter(&mut agent, "/protected").await;

        let answer = agent.get(&world.url("/userinfo")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(header(&json!(text(&answer)))["alg"], name);
        assert_eq!(page["userinfo"]["iss"], "https://op.example", "{name}");
        assert_eq!(page["userinfo"]["aud"], CLIENT_ID, "{name}");
        assert_eq!(page["profile"]["subject"], "ada-1815", "{name}");
        assert_eq!(page["profile"]["name"], "Ada Lovelace", "{name}");
    }
}

#[tokio::test]
async fn a_userinfo_answer_may_be_signed_in_another_way_than_the_id_token() {
    let world = World::of(op())
        .registered(&json!({
            "id_token_signed_response_alg": "ES256",
            "userinfo_signed_response_alg": "RS256",
        }))
        .build(|it| it.id_token_signed_response_alg(SigningAlgorithm::Es256));
    let Some(world) = world.start().await else { return };

    let page = world.enter(&mut Agent::new(), "/protected").await;

    assert_eq!(header(&page["id_token"])["alg"], "ES256");
    assert_eq!(page["profile"]["name"], "Ada Lovelace");
}

#[tokio::test]
async fn a_new_key_of_the_server_is_asked_for_once_and_the_old_one_verifies_nothing_more() {
    let Some(world) = World::of(op()).start().await else { return };
    let mut before = Agent::new();
    let old = world.enter(&mut before, "/protected").await["id_token"].take();
    assert_eq!(header(&old)["kid"], "rsa-1");
    assert_eq!(world.verify(&old).await, "ada-1815");
    assert_eq!(world.server.requests("/jwks"), 1);

    world.server.change_keys();
    let new = world.enter(&mut Agent::new(), "/protected").await["id_token"].take();

    assert_eq!(header(&new)["kid"], "rsa-2");
    assert_eq!(world.server.requests("/jwks"), 2);
    assert_eq!(world.verify(&new).await, "ada-1815");
    assert_eq!(world.verify(&old).await, "unknown_key");
    assert_eq!(world.server.requests("/jwks"), 2);
    // A session is of the application, and not of a key.
    assert_eq!(before.get(&world.url("/protected")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_old_key_is_refused_though_nobody_has_logged_in_with_the_new_one() {
    let Some(world) = World::of(op()).start().await else { return };
    let old = world.enter(&mut Agent::new(), "/protected").await["id_token"].take();
    world.server.change_keys();
    // A token by a key that nobody has published has the application ask for the keys.
    let by_nobody = world.verify(&json!(renamed(&old, "rsa-3"))).await;

    assert_eq!(by_nobody, "unknown_key");
    assert_eq!(world.verify(&old).await, "unknown_key");
    assert_eq!(world.server.requests("/jwks"), 2);
}

/// The header of a token with another `kid`.
fn renamed(token: &Value, kid: &str) -> String {
    let token = token.as_str().unwrap();
    let (_, rest) = token.split_once('.').unwrap();
    let mut header = header(&json!(token));
    header["kid"] = json!(kid);
    format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()))
}

pub(crate) fn header(token: &Value) -> Value {
    let header = token.as_str().unwrap().split('.').next().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap()
}
