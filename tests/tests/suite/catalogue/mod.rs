//! The whole catalogue, logged in with as it is declared, whatever departs from the RFCs: no line of code for any provider.

mod complete;
mod facts;
mod odd_cases;
mod otherwise;
mod providers;
mod readme;
mod requests;
mod template;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{
    ClientKey, Clock as _, Declaration, Declared, Emulator, Endpoint, HasDeclaration as _,
    OAuthBuilder, Offline, Pkce, Placeholder, PlaceholderKind, Provider, StackExchange, User, VkId,
    WeChat,
};
use oauth_tests::strings::hostile;
use oauth_tests::{Site, StoppedClock, World, application};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::answers;
use crate::catalogue::providers::InQuery;
use crate::environments::over_http;
use crate::properties::{done, one_case_of};
use crate::secrets::{Canaries, log};
use crate::sources;

/// Every provider of the catalogue, with something in the place of each placeholder.
fn everyone() -> Vec<Declared> {
    let mut everyone: Vec<Declared> =
        oauth_providers::catalogue().iter().map(|listed| filled(listed.declaration())).collect();
    everyone.push(filled(InQuery.declaration()));
    everyone
}

/// A provider whose placeholders have the values that they have by default, or plain ones.
fn filled(declaration: &Declaration) -> Declared {
    let empty = declaration.placeholders.iter().filter(|it| it.default.is_none());
    let value = |placeholder: &Placeholder| match placeholder.kind {
        PlaceholderKind::Host => format!("{}.example", placeholder.name.replace('_', "-")),
        PlaceholderKind::Segment | PlaceholderKind::Value => format!("a-{}", placeholder.name),
    };
    empty.fold(Declared::from(declaration.clone()), |declared, placeholder| {
        declared.with(&placeholder.name, &value(placeholder)).unwrap()
    })
}

/// An application, and a server that behaves as the declaration says and rotates its refresh tokens.
fn world<P: Provider>(provider: P) -> World<P> {
    let clock = StoppedClock::new();
    let declaration = provider.declaration().clone();
    let key = client_key();
    let emulator = Emulator::of(provider.clone())
        .clock(clock.clone())
        .client_jwk(&key.public_jwk())
        .user(User::new("7").name("Ada").verified_email("ada@users.example"))
        .expire_in(LIFETIME)
        .rotate_refresh();
    let asks = matches!(declaration.offline, Offline::Scope(_) | Offline::Params(_));
    let signs = declaration.needs_client_key();
    World::around(provider, emulator, clock, |builder: OAuthBuilder<P>| {
        let builder = builder.offline_access(asks);
        if signs { builder.client_key(key) } else { builder }
    })
}

fn client_key() -> ClientKey {
    let keys: Value = serde_json::from_str(include_str!("../../data/client_keys.json")).unwrap();
    let key = ClientKey::from_pem(keys["ES256"]["pem"].as_str().unwrap()).unwrap();
    key.key_id("a-key").issuer("a-team")
}

const LIFETIME: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn every_one_of_them_is_logged_in_with_called_and_asked_who_the_user_is() {
    for provider in everyone() {
        let declaration = provider.declaration().clone();
        let name = declaration.name.clone();
        let world = world(provider);

        let session = world.log_in().await;

        assert_eq!(session.expires_at(), Some(world.clock.now().after(LIFETIME)), "{name}");
        if declaration.api_base.is_some() {
            let answer = session.client().get("/x").unwrap().send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{name}");
        }
        match &declaration.profile {
            Some(_) => {
                let profile = session.profile().await;
                let profile = profile.unwrap_or_else(|error| panic!("{name}: {error:?}"));
                assert_eq!(profile.subject(), "7", "{name}");
            }
            None => assert_eq!(session.profile().await.unwrap_err().code(), "undeclared", "{name}"),
        }
    }
}

#[tokio::test]
async fn every_one_of_them_that_gives_refresh_tokens_is_refreshed_again_and_again() {
    for provider in everyone() {
        let declaration = provider.declaration().clone();
        let name = declaration.name.clone();
        let refreshes = declaration.offline != Offline::Never;
        let world = world(provider);
        let client = world.log_in().await.client();

        for round in 1..=3 {
            // Some refuse it as long as the access token is good.
            world.clock.advance(LIFETIME);
            let renewed = client.refresh().await;

            match refreshes {
                true => assert!(renewed.is_ok(), "{name} {round}: {renewed:?}"),
                false => assert_eq!(renewed.unwrap_err().code(), "reconnect", "{name}"),
            }
        }
        assert_eq!(world.emulator.refreshes(), if refreshes { 3 } else { 0 }, "{name}");
    }
}

#[tokio::test]
async fn a_refresh_token_that_is_dead_ends_the_session_whatever_the_provider_calls_it() {
    for provider in everyone().into_iter().filter(|it| it.declaration().offline != Offline::Never) {
        let declaration = provider.declaration().clone();
        let name = declaration.name.clone();
        let says_so =
            declaration.dialect.error_at.is_none() || !declaration.dialect.invalid_grant.is_empty();
        let world = world(provider);
        let client = world.log_in().await.client();
        world.emulator.revoke_everything();

        let error = client.refresh().await.unwrap_err();

        // Who has no word for it cannot say it: nobody is logged out for what may pass.
        let expected = if says_so { "reconnect" } else { "unavailable" };
        assert_eq!(error.code(), expected, "{name}");
    }
}

#[tokio::test]
async fn every_one_of_them_may_be_declined_and_refuses_a_code_that_it_did_not_give() {
    for provider in everyone() {
        let declaration = provider.declaration().clone();
        let name = declaration.name.clone();
        let carried = declaration.dialect.callback_params.clone();
        let world = world(provider);
        let mut browser = world.browser();

        world.emulator.deny_next();
        assert_eq!(browser.open("/").await.status(), StatusCode::FORBIDDEN, "{name}");

        let asked = browser.begin("/").await;
        let is_challenged = asked.query_pairs().any(|(param, _)| param == "code_challenge");
        assert_eq!(is_challenged, declaration.pkce != Pkce::Unsupported, "{name}");
        let state = asked.query_pairs().find(|(param, _)| param == "state").unwrap().1.into_owned();
        let mut callback = format!("{}?state={state}&code=stolen", world.oauth.callback_path());
        carried.iter().for_each(|param| callback += &format!("&{param}=x"));
        let page = browser.look_at(&callback).await;
        let failed = [StatusCode::BAD_REQUEST, StatusCode::BAD_GATEWAY];
        assert!(failed.contains(&page.status()), "{name}: {}", page.status());
        assert_eq!(browser.open("/").await.status(), StatusCode::OK, "{name}");
    }
}

#[tokio::test]
async fn every_one_of_them_that_revokes_takes_the_token_back() {
    let revokes = |it: &Declared| it.declaration().revocation_endpoint.is_some();
    for provider in everyone().into_iter().filter(revokes) {
        let name = provider.declaration().name.clone();
        let world = world(provider);
        let router = application(&world.oauth);
        let router = router.route_service("/leave", world.oauth.logout().revoke());
        let mut browser = world.browser_of(Site::new(router));
        browser.open("/").await;
        world.sent.clear();

        let page = browser.send(Request::post("/leave").body(Bytes::new()).unwrap()).await;

        assert_eq!(page.status(), StatusCode::SEE_OTHER, "{name}");
        let answer = world.sent.exchanges()[0].response.as_ref().unwrap().status();
        assert_eq!(
            (world.emulator.requests(Endpoint::Revocation), answer.as_u16()),
            (1, 200),
            "{name}"
        );
    }
}

#[test]
fn a_file_gives_back_what_the_attribute_made_of_each() {
    for provider in everyone() {
        let declaration = provider.declaration().clone();
        let name = &declaration.name;
        let json = serde_json::to_string_pretty(&declaration).unwrap();
        let toml = toml::to_string(&declaration).unwrap();

        assert_eq!(serde_json::from_str::<Declaration>(&json).unwrap(), declaration, "{name}");
        assert_eq!(toml::from_str::<Declaration>(&toml).unwrap(), declaration, "{name}");
        assert_eq!(declaration.mistakes(), [], "{name}");
    }
}

#[tokio::test]
async fn se_02_no_log_holds_what_a_dialect_puts_into_a_url() {
    for declaration in
        [WeChat::DECLARATION, StackExchange::DECLARATION, VkId::DECLARATION, InQuery::DECLARATION]
    {
        let (log, _guard) = log();
        let has_api = declaration.api_base.is_some();
        let provider = filled(declaration);
        let secret = "canary-client-secret-0123456789";
        let emulator = Emulator::of(provider.clone()).client(Emulator::CLIENT_ID, secret);
        let served = emulator.clone().serve(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let (world, mut browser) =
            over_http(provider, &emulator, &served.base(), |builder| builder.client_secret(secret));
        let mut canaries = Canaries::default();
        canaries.add("the client's secret", secret);

        let page = browser.open("/").await;
        assert_eq!(page.status(), StatusCode::OK, "{}", page.text());
        canaries.add_front_channel(&browser);
        // The browser saw another server than the application: its tokens are the recorder's to tell.
        for exchange in world.sent.exchanges() {
            let answer = exchange.response.map(http::Response::into_body).unwrap_or_default();
            let text = String::from_utf8(answer.to_vec()).unwrap();
            let tokens = text.split(['"', '&', '=']);
            let tokens =
                tokens.filter(|it| it.starts_with("access_") || it.starts_with("refresh_"));
            tokens.filter(|it| it.len() > 20).for_each(|token| canaries.add("a token", token));
        }
        let session = world.log_in().await;
        canaries.add("the access token", session.tokens().access_token().expose());
        session.profile().await.unwrap();
        if has_api {
            emulator.lose_next_request(Endpoint::Api);
            let error = session.client().get("/x").unwrap().send().await.unwrap_err();
            canaries.none_in(&format!("{error:?} {error}"));
        }
        emulator.lose_next_answer(Endpoint::Token);
        let page = world
            .browser()
            .site(&served.base(), Site::new(emulator.into_service()))
            .open("/")
            .await;
        assert_eq!(page.status(), StatusCode::BAD_GATEWAY);

        canaries.none_in(&log.text());
    }
}

#[test]
fn every_word_of_the_dialect_is_read_in_one_place_of_the_runtime_and_in_one_of_the_emulator() {
    let (mut engine, mut emulator) = (Vec::new(), Vec::new());
    for (path, text) in sources::in_folder("oauth-runtime/src") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        let words = code.split("dialect.").skip(1).map(|rest| {
            let end = rest.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_');
            rest[..end.unwrap_or(rest.len())].to_owned()
        });
        let place = if path.contains("/emulator/") { &mut emulator } else { &mut engine };
        if !path.ends_with("tests.rs") {
            place.extend(words);
        }
    }
    let Ok(Value::Object(words)) = serde_json::to_value(oauth_providers::Dialect::NONE) else {
        panic!("a dialect is an object")
    };
    let words: BTreeSet<String> = words.into_iter().map(|(word, _)| word).collect();
    let times = |place: &[String], word: &str| place.iter().filter(|it| *it == word).count();

    // Without an issuer nobody gives or awaits an ID token: the rules alone need the word.
    for word in words.iter().filter(|word| *word != "missing_id_token") {
        assert_eq!(times(&engine, word), 1, "{word} in the runtime");
        // What follows the `#` never reaches a server.
        let expected = usize::from(word != "authorization_fragment");
        assert_eq!(times(&emulator, word), expected, "{word} in the emulator");
    }
}

/// Answers of a token endpoint that hold anything at all, with members that a dialect may look for among them.
fn answers_of_any_kind() -> impl Strategy<Value = Vec<u8>> {
    let name = select(
        &[
            "access_token",
            "token_type",
            "expires_in",
            "expires",
            "error",
            "errcode",
            "status",
            "ok",
        ][..],
    );
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        hostile().prop_map(Value::from),
        Just(Value::from("Bearer")),
    ];
    let object = vec((name, value), 0..8).prop_map(|it| it.into_iter().collect::<Value>());
    let nested = (select(&["body", "authed_user", "error"][..]), object.clone(), object.clone());
    let nested = nested.prop_map(|(name, inner, mut outer)| {
        outer[name] = inner;
        outer
    });
    prop_oneof![
        4 => nested.prop_map(|it| it.to_string().into_bytes()),
        2 => object.prop_map(|it| it.to_string().into_bytes()),
        1 => hostile().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..64),
    ]
}

proptest! {
    #![proptest_config(one_case_of(1))]

    #[test]
    fn any_answer_in_any_dialect_is_a_login_or_a_refusal(
        provider in select(everyone()),
        (body, is_json) in (answers_of_any_kind(), any::<bool>()),
    ) {
        let declaration = provider.declaration().clone();
        // What a declaration calls an error is never a login.
        let document: Value = serde_json::from_slice(&body).unwrap_or_default();
        let is_said = declaration.dialect.error_when.as_ref().is_some_and(|when| {
            let found = document.pointer(&when.at).filter(|it| !it.is_null() && !it.is_object());
            let found = found.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
            match (&when.is, found) {
                (Some(is), Some(found)) => found == **is,
                (None, Some(found)) => Some(&*found) != when.is_not.as_deref(),
                (_, None) => false,
            }
        });
        let holds_a_token = body.windows(12).any(|window| window == b"access_token");
        let world = world(provider);
        let content_type = if is_json { "application/json" } else { "text/plain" };
        world.emulator.answer_next(Endpoint::Token, answers::answer(StatusCode::OK, content_type, body));

        let page = done(async { world.browser().open("/").await });

        let refused = [StatusCode::BAD_REQUEST, StatusCode::BAD_GATEWAY, StatusCode::SERVICE_UNAVAILABLE];
        prop_assert!(refused.contains(&page.status()) || (page.status() == StatusCode::OK && holds_a_token && !is_said));
    }
}
