//! Providers that depart from the RFCs, logged in with as they are declared: no line of code for any of them.

mod providers;

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{
    Clock as _, Declaration, Declared, Emulator, Endpoint, OAuthBuilder, Offline, Provider, User,
};
use oauth_tests::{Site, StoppedClock, World, application};

use crate::deviations::providers::{
    Facebook, Mailchimp, Notion, Reddit, Slack, StackExchange, Strava, TikTok, Twitter, VkId,
    WeChat, Withings, Zoom,
};
use crate::sources;

/// What the attribute made of each.
fn declarations() -> Vec<Declaration> {
    let all: [&dyn Fn() -> Declaration; 13] = [
        &|| Facebook::new().declaration().clone(),
        &|| Mailchimp.declaration().clone(),
        &|| Notion.declaration().clone(),
        &|| Reddit.declaration().clone(),
        &|| Slack.declaration().clone(),
        &|| StackExchange.declaration().clone(),
        &|| Strava.declaration().clone(),
        &|| TikTok.declaration().clone(),
        &|| Twitter.declaration().clone(),
        &|| VkId.declaration().clone(),
        &|| WeChat.declaration().clone(),
        &|| Withings.declaration().clone(),
        &|| Zoom.declaration().clone(),
    ];
    all.iter().map(|declaration| declaration()).collect()
}

/// An application, and a server that behaves as the declaration says and rotates its refresh tokens.
fn world<P: Provider>(provider: P) -> World<P> {
    let clock = StoppedClock::new();
    let offline = provider.declaration().offline.clone();
    let emulator = Emulator::of(provider.clone())
        .clock(clock.clone())
        .user(User::new("7").name("Ada").verified_email("ada@users.example"))
        .expire_in(LIFETIME)
        .rotate_refresh();
    let asks = matches!(offline, Offline::Scope(_) | Offline::Params(_));
    World::around(provider, emulator, clock, |builder: OAuthBuilder<P>| {
        builder.offline_access(asks)
    })
}

const LIFETIME: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn every_one_of_them_is_logged_in_with_called_and_asked_who_the_user_is() {
    for declaration in declarations() {
        let name = declaration.name.clone();
        let world = world(Declared::from(declaration.clone()));

        let session = world.log_in().await;

        assert_eq!(session.expires_at(), Some(world.clock.now().after(LIFETIME)), "{name}");
        if declaration.api_base.is_some() {
            let answer = session.client().get("/x").unwrap().send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{name}");
        }
        match &declaration.profile {
            Some(_) => assert_eq!(session.profile().await.unwrap().subject(), "7", "{name}"),
            None => assert_eq!(session.profile().await.unwrap_err().code(), "undeclared", "{name}"),
        }
    }
}

#[tokio::test]
async fn every_one_of_them_that_gives_refresh_tokens_is_refreshed_again_and_again() {
    for declaration in declarations() {
        let name = declaration.name.clone();
        let refreshes = declaration.offline != Offline::Never;
        let world = world(Declared::from(declaration));
        let client = world.log_in().await.client();

        for round in 1..=3 {
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
    for declaration in declarations().into_iter().filter(|it| it.offline != Offline::Never) {
        let name = declaration.name.clone();
        let says_so =
            declaration.dialect.error_at.is_none() || !declaration.dialect.invalid_grant.is_empty();
        let world = world(Declared::from(declaration));
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
    for declaration in declarations() {
        let name = declaration.name.clone();
        let carried = declaration.dialect.callback_params.clone();
        let world = world(Declared::from(declaration));
        let mut browser = world.browser();

        world.emulator.deny_next();
        assert_eq!(browser.open("/").await.status(), StatusCode::FORBIDDEN, "{name}");

        let asked = browser.begin("/").await;
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
    for declaration in declarations().into_iter().filter(|it| it.revocation_endpoint.is_some()) {
        let name = declaration.name.clone();
        let world = world(Declared::from(declaration));
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
    for declaration in declarations() {
        let name = &declaration.name;
        let json = serde_json::to_string_pretty(&declaration).unwrap();
        let toml = toml::to_string(&declaration).unwrap();

        assert_eq!(serde_json::from_str::<Declaration>(&json).unwrap(), declaration, "{name}");
        assert_eq!(toml::from_str::<Declaration>(&toml).unwrap(), declaration, "{name}");
        assert_eq!(declaration.mistakes(), [], "{name}");
    }
}

/// The requests of one login, by their first lines and bodies.
async fn traffic<P: Provider>(provider: P) -> (String, Vec<String>) {
    let world = world(provider);
    let mut browser = world.browser();
    let asked = browser.begin("/").await;
    let page = browser.open("/").await;
    assert_eq!(page.status(), StatusCode::OK);
    let sent = world.sent.exchanges();
    let lines = sent.iter().map(|exchange| {
        let request = &exchange.request;
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let code = body
            .split(['&', '=', '"'])
            .chain(request.uri().query().unwrap_or("").split(['&', '=']));
        let code = code.into_iter().find(|text| text.starts_with("code_") && text.len() > 20);
        let text = format!("{} {} {body}", request.method(), request.uri());
        text.replace(code.unwrap_or("no code"), "CODE")
    });
    (asked.to_string(), lines.collect())
}

#[tokio::test]
async fn slack_is_asked_by_another_scope_parameter() {
    let (asked, sent) = traffic(Slack).await;

    assert_eq!(
        asked,
        "https://slack.com/oauth/v2/authorize?response_type=code&client_id=emulator-client\
         &redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fslack%2Fcallback\
         &user_scope=identity.basic%2Cidentity.email&code_challenge_method=S256\
         &state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc\
         &code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU"
    );
    assert_eq!(sent.len(), 1);
}

#[tokio::test]
async fn wechat_is_asked_in_alphabetical_order_with_a_fragment_and_answers_a_get() {
    let (asked, sent) = traffic(WeChat).await;

    let redirect_uri = "redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fwechat%2Fcallback";
    assert_eq!(
        asked,
        format!(
            "https://open.weixin.qq.com/connect/qrconnect?appid=emulator-client&{redirect_uri}\
             &response_type=code&scope=snsapi_login\
             &state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc#wechat_redirect"
        )
    );
    assert_eq!(
        sent,
        [format!(
            "GET https://api.weixin.qq.com/sns/oauth2/access_token?grant_type=authorization_code&code=CODE\
             &{redirect_uri}&appid=emulator-client&secret=emulator-secret "
        )]
    );
}

#[tokio::test]
async fn notion_is_sent_json() {
    let (_, sent) = traffic(Notion).await;

    assert_eq!(
        sent,
        [
            "POST https://api.notion.com/v1/oauth/token {\"code\":\"CODE\",\"grant_type\":\"authorization_code\",\
          \"redirect_uri\":\"https://app.example/oauth/notion/callback\"}"
        ]
    );
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
    let Ok(serde_json::Value::Object(words)) = serde_json::to_value(oauth_providers::Dialect::NONE)
    else {
        panic!("a dialect is an object")
    };
    let words: BTreeSet<String> = words.into_iter().map(|(word, _)| word).collect();
    let times = |place: &[String], word: &str| place.iter().filter(|it| *it == word).count();

    for word in &words {
        assert_eq!(times(&engine, word), 1, "{word} in the runtime");
        // What follows the `#` never reaches a server.
        let expected = usize::from(word != "authorization_fragment");
        assert_eq!(times(&emulator, word), expected, "{word} in the emulator");
    }
}
