//! What OpenID Connect adds: ID tokens, keys, who the user is, logout by both sides.
//!
//! A failure is judged by its value: the application answers with what went wrong in words that a test can compare.

mod apple;
mod backchannel;
mod client_key;
mod discovery;
mod forge;
mod form_post;
mod id_token;
mod keys;
mod logout;
mod mixup;
mod nonce;
mod pushed;
mod tenants;
mod third_party;
mod userinfo;

use bytes::Bytes;
use http::Response;
use oauth_providers::{
    ApiError, Body, CallbackError, Email, Emulator, Endpoint, HasProfile, JwtError, Login,
    OAuthBuilder, OpenId, Provider, Session, TokenError,
};
use oauth_tests::{Site, StoppedClock, World, application_with};
use serde_json::{Value, json};
use url::Url;

use crate::answers;

/// Who signs.
pub(crate) const ISSUER: &str = "https://op.example";

/// What every clock shows.
pub(crate) const NOW: u64 = 1_767_225_600;

/// What the page says when the emulator's user is logged in.
pub(crate) const ADA: &str = "1815 Ada Lovelace <ada@users.example>";

/// An application that is told of a failure, and the provider of an issuer.
pub(crate) fn world() -> World<OpenId> {
    world_of(|emulator| emulator, |builder| builder)
}

/// The same, of a provider and a client that are something else than usual.
pub(crate) fn world_of(
    emulate: impl FnOnce(Emulator) -> Emulator,
    configure: impl FnOnce(OAuthBuilder<OpenId>) -> OAuthBuilder<OpenId>,
) -> World<OpenId> {
    world_at(OpenId::issuer(ISSUER), emulate, configure)
}

/// The same, of any provider.
pub(crate) fn world_at<P: Provider>(
    provider: P,
    emulate: impl FnOnce(Emulator) -> Emulator,
    configure: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>,
) -> World<P> {
    let clock = StoppedClock::new();
    let emulator = emulate(Emulator::of(provider.clone()).clock(clock.clone()));
    World::around(provider, emulator, clock, |builder| {
        configure(builder.on_failure(|error, _| answer_told(error)))
    })
}

/// Logs a new browser in, and returns what it shows. A login that is refused leaves no cookie behind, and the API is asked
/// for nothing.
pub(crate) async fn log_in<P: HasProfile>(world: &World<P>) -> String {
    let mut browser = world.browser_with(who::<P>);
    let before = world.emulator.requests(Endpoint::UserInfo);

    let page = browser.open("/").await;

    if page.status().is_client_error() || page.status().is_server_error() {
        assert_eq!(browser.jar().names(), [""; 0], "{}", page.text());
        assert_eq!(world.emulator.requests(Endpoint::UserInfo), before, "{}", page.text());
    }
    page.text().to_owned()
}

/// A login whose ID token the test makes, of claims that would do; `logged in`, or what was wrong.
pub(crate) async fn log_in_with(
    world: &World<OpenId>,
    make: impl FnOnce(Value) -> String,
) -> String {
    let mut browser = world.browser();
    let authorization = browser.begin("/").await;
    let nonce = nonce_of(&authorization);
    let id_token = make(claims(&nonce));
    let answer = json!({
        "access_token": "an-access-token",
        "token_type": "Bearer",
        "id_token": id_token,
    });
    let callback = browser.agree(authorization).await;
    world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
    let calls = world.sent.count();

    let page = browser.arrive(callback).await;

    let sent = world.sent.exchanges();
    let paths = sent[calls..].iter().map(|it| it.request.uri().path());
    let called: Vec<&str> = paths.filter(|path| *path != "/jwks").collect();
    assert_eq!(called, ["/token"]);
    if page.location().is_some_and(|it| it.as_str() == "https://app.example/") {
        return "logged in".to_owned();
    }
    assert_eq!(browser.jar().names(), [""; 0], "{}", page.text());
    page.text().to_owned()
}

/// The nonce of an authorization request.
pub(crate) fn nonce_of(authorization: &Url) -> String {
    let found = authorization.query_pairs().find(|(name, _)| name == "nonce");
    found.unwrap().1.into_owned()
}

/// The claims of a good ID token.
pub(crate) fn claims(nonce: &str) -> Value {
    json!({
        "iss": ISSUER,
        "sub": "1815",
        "aud": Emulator::CLIENT_ID,
        "iat": NOW,
        "exp": NOW + 3600,
        "nonce": nonce,
    })
}

/// What `verify_id_token` makes of a token for the nonce `a-nonce`: `taken`, or what is wrong.
pub(crate) async fn judged(world: &World<OpenId>, token: &str) -> String {
    match world.oauth.verify_id_token(token, Some("a-nonce")).await {
        Ok(_) => "taken".to_owned(),
        Err(error) => fault(&error),
    }
}

/// Has the issuer publish these keys, as often as they are asked for in one login.
pub(crate) fn publish(world: &World<OpenId>, keys: &[Value]) {
    for _ in 0..2 {
        let set: Response<Bytes> = answers::json(&json!({ "keys": keys }));
        world.emulator.answer_next(Endpoint::Jwks, set);
    }
}

/// What went wrong, down to the claim: `id_token: claim sub`.
pub(crate) fn told(error: &CallbackError) -> String {
    match error {
        CallbackError::IdToken(why) | CallbackError::Exchange(TokenError::IdToken(why)) => {
            format!("id_token: {}", fault(why))
        }
        CallbackError::Exchange(why) | CallbackError::PushedRequest(why) => {
            format!("{}: {}", error.code(), why.code())
        }
        CallbackError::Refused { source: Some(why), .. } => match why.downcast_ref::<ApiError>() {
            Some(ApiError::Profile(why)) => format!("refused: profile: {}", fault(why)),
            Some(why) => format!("refused: {}", why.code()),
            None => format!("refused: {why}"),
        },
        _ => error.code().to_owned(),
    }
}

/// What is wrong with a token.
pub(crate) fn fault(error: &JwtError) -> String {
    match error {
        JwtError::Claim { name } => format!("claim {name}"),
        JwtError::Algorithm { found } => format!("algorithm {found}"),
        _ => error.code().to_owned(),
    }
}

/// The `on_failure` of an application whose pages are compared.
pub(crate) fn answer_told(error: &CallbackError) -> Response<Body> {
    let mut response = Response::new(Body::from(told(error)));
    *response.status_mut() = error.status();
    response
}

/// A page that says who is logged in, by the provider's word.
pub(crate) async fn who<P: HasProfile>(session: Session<P>) -> String {
    match session.profile().await {
        Ok(profile) => {
            let name = profile.name().unwrap_or_default();
            let email = profile.email().map(Email::address).unwrap_or_default();
            format!("{} {name} <{email}>", profile.subject())
        }
        Err(ApiError::Profile(why)) => format!("profile: {}", fault(&why)),
        Err(error) => format!("profile: {}", error.code()),
    }
}

/// Logs a new browser in by a login of the application's own making, and returns what it shows.
pub(crate) async fn log_in_by(world: &World<OpenId>, login: Login) -> String {
    let router = application_with(&world.oauth, who::<OpenId>).route_service("/begin", login);
    let mut browser = world.browser_of(Site::new(router));

    let page = browser.open("/begin").await;

    if page.status().is_client_error() {
        assert_eq!(browser.jar().names(), [""; 0], "{}", page.text());
    }
    page.text().to_owned()
}
