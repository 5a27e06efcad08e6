//! Sign in with Apple: a secret that the client signs, a form that the browser posts, and a name that comes once.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth_providers::{
    Admission, Apple, AppleScope, ClientKey, Emulator, IdTokenFault, Identity, OAuthBuilder, User,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::oidc::{NOW, log_in, world_at};
use crate::token_endpoint::form;

fn key() -> ClientKey {
    let keys: Value = serde_json::from_str(include_str!("../../data/client_keys.json")).unwrap();
    let key = ClientKey::from_pem(keys["ES256"]["pem"].as_str().unwrap()).unwrap();
    key.key_id("ABC123DEFG").issuer("TEAM456HIJ")
}

fn apple(configure: impl FnOnce(OAuthBuilder<Apple>) -> OAuthBuilder<Apple>) -> World<Apple> {
    world_at(
        Apple,
        |emulator| emulator.client_jwk(&key().public_jwk()),
        |builder| configure(builder.client_key(key())),
    )
}

/// As the declaration has it, `openid` is not asked for by its name.
fn openid(builder: OAuthBuilder<Apple>) -> OAuthBuilder<Apple> {
    builder.scopes([AppleScope::custom("openid")])
}

#[tokio::test]
async fn apple_says_who_the_user_is_in_the_id_token() {
    let world = apple(|builder| builder);

    let session = world.log_in().await;

    let profile = session.profile().await.unwrap();
    assert_eq!(profile.identity(), &Identity::new("https://appleid.apple.com", "1815"));
    assert_eq!(profile.email().unwrap().verified().unwrap().as_str(), "ada@users.example");
    assert_eq!(profile.name(), None, "Apple says it in the first callback alone");
}

#[tokio::test]
async fn what_apple_says_is_believed_as_any_issuer_is() {
    for (fault, told) in [
        (IdTokenFault::WrongNonce, "id_token: nonce"),
        (IdTokenFault::MissingToken, "id_token: missing"),
        (IdTokenFault::BadSignature, "id_token: signature"),
        (IdTokenFault::WrongIssuer, "id_token: issuer"),
    ] {
        let world = apple(|builder| builder);
        world.emulator.tamper(fault);
        assert_eq!(log_in(&world).await, told, "{fault:?}");
    }
}

#[tokio::test]
async fn with_openid_apple_says_who_the_user_is_in_the_id_token() {
    let world = apple(openid);
    world.emulator.id_token_claim("email", "ada@users.example");
    world.emulator.id_token_claim("email_verified", "true");

    let session = world.log_in().await;

    let profile = session.profile().await.unwrap();
    assert_eq!(profile.identity(), &Identity::new("https://appleid.apple.com", "1815"));
    assert_eq!(profile.email().unwrap().verified().unwrap().as_str(), "ada@users.example");
    assert_eq!(log_in(&world).await, "1815  <ada@users.example>");
}

#[tokio::test]
async fn the_secret_of_an_apple_client_is_signed_for_each_request() {
    let world = apple(|builder| builder);

    world.log_in().await;

    let sent = world.sent.exchanges();
    let fields = form(
        sent.iter().find(|it| it.request.uri().path() == "/auth/token").unwrap().request.body(),
    );
    let value =
        |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, it)| it.as_str());
    assert_eq!(value("client_id"), Some(Emulator::CLIENT_ID));
    assert_eq!(value("client_assertion"), None);
    let parts: Vec<Value> = value("client_secret")
        .unwrap()
        .split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    assert_eq!(parts[0], json!({ "alg": "ES256", "kid": "ABC123DEFG", "typ": "JWT" }));
    let whole = json!({
        "iss": "TEAM456HIJ",
        "sub": Emulator::CLIENT_ID,
        "aud": "https://appleid.apple.com",
        "iat": NOW,
        "exp": NOW + 60,
        "jti": parts[1]["jti"],
    });
    assert_eq!(parts[1], whole);
}

#[test]
fn an_apple_client_without_its_key_is_not_built() {
    let emulator = Emulator::of(Apple);
    let error = World::try_around(Apple, emulator, oauth_tests::StoppedClock::new(), |it| it);

    let error = error.unwrap_err().to_string();
    assert!(error.contains("no client key, which `signed_client_secret` needs"), "{error}");
}

/// What each `on_login` was told of `user`.
type Told = Arc<Mutex<Vec<Option<String>>>>;

fn telling(told: &Told) -> impl FnOnce(OAuthBuilder<Apple>) -> OAuthBuilder<Apple> {
    let told = Arc::clone(told);
    move |builder| {
        builder.on_login(move |login| {
            let user = login.callback_param("user").map(str::to_owned);
            assert_eq!(login.callback_param("code"), None, "the protocol's own are not shown");
            told.lock().unwrap().push(user);
            async { Ok(Admission::new()) }
        })
    }
}

#[tokio::test]
async fn the_name_of_an_apple_user_comes_with_the_first_login_and_never_again() {
    let told = Told::default();
    let world = apple(telling(&told));

    let first = world.log_in().await;
    world.log_in().await;

    let told = told.lock().unwrap();
    let [Some(user), None] = &told[..] else { panic!("{told:?}") };
    let user: Value = serde_json::from_str(user).unwrap();
    let whole = json!({
        "name": { "firstName": "Ada", "lastName": "Lovelace" },
        "email": "ada@users.example",
    });
    assert_eq!(user, whole);
    // It is not kept with the tokens.
    assert!(!format!("{:?}", first.tokens()).contains("Lovelace"));
}

/// A name of 4 KiB is one that the declaration promises to hand over.
#[tokio::test]
async fn a_long_name_of_an_apple_user_comes_too() {
    let told = Told::default();
    let clock = oauth_tests::StoppedClock::new();
    let emulator = Emulator::of(Apple).clock(clock.clone()).client_jwk(&key().public_jwk());
    let emulator = emulator.user(User::new("1815").name("x".repeat(3_900)));
    let world = World::around(Apple, emulator, clock, |builder| {
        let builder = builder.on_failure(|error, _| crate::oidc::answer_told(error));
        telling(&told)(builder.client_key(key()))
    });

    assert_eq!(world.browser().open("/").await.text(), "somebody reads /");
    assert!(told.lock().unwrap()[0].as_ref().unwrap().len() > 3_900);
}
