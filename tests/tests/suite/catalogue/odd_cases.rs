//! What a departure could do wrong.

use std::time::Duration;

use http::{Response, StatusCode};
use oauth_providers::{
    Declaration, Declared, Endpoint, Fault, HeadHunter, Mailchimp, Provider, Slack, Strava, TikTok,
    VkId, WeChat,
};
use oauth_tests::World;
use serde_json::{Value, json};

use crate::answers;
use crate::catalogue::providers::InQuery;
use crate::catalogue::{LIFETIME, world};

#[tokio::test]
async fn a_callback_that_no_url_holds_is_refused() {
    for declaration in [InQuery.declaration().clone(), WeChat.declaration().clone()] {
        let world = world(Declared::from(declaration));
        let mut browser = world.browser();
        let asked = browser.begin("/").await;
        let state = asked.query_pairs().find(|(param, _)| param == "state").unwrap().1.into_owned();
        let path = world.oauth.callback_path();
        // A form has three letters for each of these.
        let code = "!".repeat(30_000);

        let page = browser.look_at(&format!("{path}?state={state}&code={code}")).await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST);
        assert_eq!(world.emulator.requests(Endpoint::Token), 0);
        assert_eq!(browser.open("/").await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_refresh_token_that_no_request_holds_is_not_taken() {
    let world = World::new(InQuery);
    let token = |bytes: usize| {
        let token = "!".repeat(bytes);
        json!({ "access_token": "at", "token_type": "Bearer", "expires_in": 60, "refresh_token": token })
    };

    for (bytes, taken) in [(16_384, true), (16_385, false)] {
        world.emulator.answer_next(Endpoint::Token, answers::json(&token(bytes)));
        let page = world.browser().open("/oauth/in_query/login").await;
        // No cookie holds it either: what matters is which answer it is.
        assert_eq!(page.status() == StatusCode::BAD_GATEWAY, !taken, "{bytes}: {}", page.status());
    }
}

/// What a browser sees of a server that answers a refresh with the access token that there was.
async fn same_access_token(refresh_token: Option<&str>) -> (World<InQuery>, usize) {
    let world = world(InQuery);
    let mut browser = world.browser();
    browser.open("/").await;
    let answer: Value = {
        let sent = world.sent.exchanges();
        serde_json::from_slice(sent[0].response.as_ref().unwrap().body()).unwrap()
    };
    world.clock.advance(LIFETIME);
    let mut again = answer.clone();
    match refresh_token {
        Some(token) => again["refresh_token"] = json!(token),
        None => drop(again.as_object_mut().unwrap().remove("refresh_token")),
    }
    world.emulator.answer_next(Endpoint::Token, answers::json(&again));
    for _ in 0..5 {
        assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
    }
    let asked = world.emulator.requests(Endpoint::Token);
    world.clock.advance(LIFETIME);
    world.sent.clear();
    browser.look_at("/").await;
    (world, asked)
}

#[tokio::test]
async fn a_refresh_that_prolongs_the_access_token_is_one_refresh() {
    let (_, asked) = same_access_token(None).await;

    assert_eq!(asked, 2, "the login, and one refresh");
}

#[tokio::test]
async fn a_refresh_token_that_comes_with_the_same_access_token_is_kept() {
    let (world, asked) = same_access_token(Some("rotated-0123456789")).await;

    assert_eq!(asked, 2);
    let presented = world.sent.exchanges()[0].request.uri().to_string();
    assert!(presented.contains("refresh_token=rotated-0123456789"), "{presented}");
}

/// What Slack answers to a refresh of the user's token: at the top, where an exchange has the bot's.
#[tokio::test]
async fn a_refresh_of_slack_answers_at_the_top() {
    let world = world(Slack);
    let client = world.log_in().await.client();
    let real = json!({
        "ok": true,
        "access_token": "xoxe.xoxp-1-2",
        "expires_in": 43200,
        "refresh_token": "xoxe-1-2",
        "token_type": "user",
        "scope": "identity.basic",
        "team": { "id": "T1" },
    });
    world.emulator.answer_next(Endpoint::Token, answers::json(&real));

    client.refresh().await.unwrap();

    assert_eq!(client.refresh_token().unwrap().expose(), "xoxe-1-2");
}

#[tokio::test]
async fn nothing_is_renewed_ahead_where_that_is_refused() {
    let world = world(HeadHunter);
    let mut browser = world.browser();
    browser.open("/").await;

    world.clock.advance(LIFETIME - Duration::from_secs(1));
    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
    assert_eq!(world.emulator.refreshes(), 0);
    let early = world.log_in().await.client().refresh().await;
    assert_eq!(early.unwrap_err().code(), "reconnect", "the server means it");

    world.clock.advance(Duration::from_secs(1));
    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
    assert_eq!(world.emulator.refreshes(), 2);
}

#[tokio::test]
async fn a_refresh_never_mixes_two_tokens_of_one_answer() {
    let world = world(Slack);
    let client = world.log_in().await.client();
    let before = client.refresh_token().unwrap();
    let both = json!({
        "ok": true,
        "access_token": "xoxb-bot",
        "refresh_token": "xoxe-of-the-bot",
        "token_type": "bot",
        "authed_user": { "access_token": "xoxp-user" },
        "team": {},
    });
    world.emulator.answer_next(Endpoint::Token, answers::json(&both));

    client.refresh().await.unwrap();

    assert_eq!(client.refresh_token().unwrap(), before);
}

#[tokio::test]
async fn a_bare_refresh_token_that_lacks_what_a_login_brings_asks_for_a_login() {
    let world = world(VkId);

    let error = world.oauth.offline("refresh-token").refresh().await.unwrap_err();

    assert_eq!(error.code(), "reconnect");
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
}

#[tokio::test]
async fn a_challenge_of_the_declared_scheme_renews_the_token() {
    let mut declaration: Declaration = Mailchimp.declaration().clone();
    declaration.offline = oauth_providers::Offline::Always;
    declaration.api_base = Some("https://us1.api.mailchimp.com/".into());
    let world = world(Declared::from(declaration));
    let session = world.log_in().await;
    let challenge = |scheme: &str| {
        let refused = Response::builder().status(StatusCode::UNAUTHORIZED);
        refused.header("www-authenticate", scheme).body(bytes::Bytes::new()).unwrap()
    };

    for (scheme, renewed) in [("OAuth realm=\"x\"", 1), ("Basic realm=\"x\"", 1), ("Bearer", 2)] {
        world.emulator.answer_next(Endpoint::Api, challenge(scheme));
        session.client().get("/lists").unwrap().send().await.unwrap();
        assert_eq!(world.emulator.refreshes(), renewed, "{scheme}");
    }
}

#[test]
fn what_a_dialect_calls_the_protocols_own_is_not_the_applications_to_set() {
    let world = world(TikTok);
    let login = world.oauth.login();

    let refused = login.param("client_key", "evil").unwrap_err();
    assert_eq!(refused.to_string(), "`client_key` belongs to the protocol; the library sets it");
    assert!(world.oauth.login().param("client_secret", "x").is_err());
    assert!(world.oauth.login().param("lang", "de").is_ok());

    let provider = Slack;
    let emulator = oauth_providers::Emulator::of(provider.clone());
    let built =
        World::try_around(provider, emulator, oauth_tests::StoppedClock::new(), |builder| {
            builder.authorization_param("user_scope", "admin")
        });
    let expected = [Fault::Parameter { name: "user_scope".to_owned() }];
    assert_eq!(built.unwrap_err().faults(), expected);
}

#[tokio::test]
async fn an_instant_of_expiry_is_told_by_the_servers_clock() {
    let mut declaration = InQuery.declaration().clone();
    declaration.dialect.expires_in = oauth_providers::ExpiresIn::Timestamp;
    let world = world(Declared::from(declaration));
    let answer =
        json!({ "access_token": "at", "token_type": "Bearer", "expires_in": 784_111_777 + 3600 });
    let mut answer = answers::json(&answer);
    answer.headers_mut().insert("date", "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
    world.emulator.answer_next(Endpoint::Token, answer);

    let session = world.log_in().await;

    let left = session.expires_at().unwrap().since(session.tokens().received_at());
    assert_eq!(left, Duration::from_secs(3600));
}

#[tokio::test]
async fn the_scopes_that_were_granted_are_the_token_responses() {
    let session = world(Strava).log_in().await;

    let answer = session.token_response().unwrap();

    assert_eq!(answer.scope(), Some(session.scopes()));
}
