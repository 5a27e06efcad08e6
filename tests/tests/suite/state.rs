//! The state: a callback belongs to one login of one browser.

use std::collections::HashSet;
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use oauth_providers::{
    BoxFuture, Context, EncryptedCookies, Endpoint, GitHub, InsecureCookies, OAuthPersistence,
    PendingLogin, PersistenceError, State, SystemEntropy, Tokens,
};
use oauth_tests::{Cookie, SameSite, Site, Trip, World, application, key_ring};
use tower::ServiceExt as _;
use url::Url;

use crate::persistence::each;
use crate::providers::Acme;
use crate::record::{LoginRecord, forge, login_cookie};
use crate::sources;

/// A callback with another value of a parameter; `None` takes it away.
pub(crate) fn with_parameter(callback: &Url, name: &str, value: Option<&str>) -> Url {
    let pairs: Vec<(String, String)> = callback.query_pairs().into_owned().collect();
    let mut changed = callback.clone();
    changed.set_query(None);
    let kept = pairs.into_iter().filter(|(known, _)| known != name);
    changed.query_pairs_mut().extend_pairs(kept).extend_pairs(value.map(|value| (name, value)));
    changed
}

fn cookie(name: &str, value: &str) -> Cookie {
    Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        host: "app.example".to_owned(),
        domain: None,
        path: "/".to_owned(),
        secure: true,
        http_only: true,
        same_site: SameSite::Lax,
        expires_at: None,
    }
}

#[tokio::test]
async fn st_01_a_callback_of_another_browser_is_refused() {
    for (name, world) in each() {
        let mut alice = world.browser();
        let mut mallory = world.browser();
        let callback = alice.begin_and_agree("/").await;

        let page = mallory.arrive(&callback).await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{name}");
        assert_eq!(page.set_cookies(), [""; 0], "{name}");
        assert_eq!(world.sent.count(), 0, "{name}");
        assert_eq!(mallory.look_at("/").await.status(), StatusCode::SEE_OTHER, "{name}");
    }
}

#[tokio::test]
async fn st_01_a_browser_with_a_login_of_its_own_cannot_finish_another_ones() {
    for (name, world) in each() {
        let callback = world.browser().begin_and_agree("/").await;
        let mut mallory = world.browser();
        mallory.begin("/").await;

        let page = mallory.arrive(&callback).await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{name}");
        assert_eq!(page.set_cookies(), [""; 0], "{name}");
        assert_eq!(world.sent.count(), 0, "{name}");
    }
}

#[tokio::test]
async fn st_02_only_the_state_that_was_kept_proceeds() {
    const RECEIVED: [Option<&str>; 5] = [None, Some(""), Some(" "), Some("wrong"), Some("right")];
    // Where the library looks for a login with the state ``, ` ` and `wrong`.
    const NAMES: [&str; 3] = ["47DEQpj8", "Nqnn8clb", "iBCtWB5Z"];

    for stored in [None, Some(""), Some("right")] {
        for received in RECEIVED {
            let world = World::with(Acme, |it| it.persistence(InsecureCookies::new()));
            let mut browser = world.browser();
            let callback = browser.begin_and_agree("/").await;
            match stored {
                None => browser.jar_mut().clear(),
                Some("") => {
                    forge(&mut browser, |record| record.state = String::new());
                    let name = login_cookie(&browser);
                    let value = browser.jar().value(&name).unwrap().to_owned();
                    for hash in NAMES {
                        let name = format!("__Host-oauth-acme.login.{hash}");
                        browser.jar_mut().put(cookie(&name, &value));
                    }
                }
                Some(_) => {}
            }
            let callback = match received {
                Some("right") => callback,
                other => with_parameter(&callback, "state", other),
            };

            let page = browser.arrive(callback).await;

            let proceeds = (stored, received) == (Some("right"), Some("right"));
            let status = if proceeds { StatusCode::SEE_OTHER } else { StatusCode::BAD_REQUEST };
            assert_eq!(page.status(), status, "{received:?} where {stored:?} is kept");
            assert_eq!(world.sent.count(), usize::from(proceeds), "{received:?} {stored:?}");
        }
    }
}

#[tokio::test]
async fn st_03_a_wrong_state_spends_neither_the_code_nor_the_login() {
    for (name, world) in each() {
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/invoices").await;
        let forged =
            with_parameter(&callback, "state", Some("AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAd"));
        let failed = with_parameter(&forged, "code", None);
        let failed = with_parameter(&failed, "error", Some("access_denied"));

        for wrong in [forged, failed] {
            let page = browser.arrive(wrong).await;
            assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{name}");
            assert_eq!(page.set_cookies(), [""; 0], "{name}");
            assert_eq!(world.sent.count(), 0, "{name}");
        }

        assert_eq!(browser.arrive(callback).await.header("location"), "/invoices", "{name}");
    }
}

#[tokio::test]
async fn st_03_a_login_under_the_name_of_another_is_not_taken() {
    let world = World::with(Acme, |it| it.persistence(InsecureCookies::new()));
    let mut first = world.browser();
    let callback = first.begin_and_agree("/").await;
    let mut second = world.browser();
    second.begin("/").await;
    let other = second.jar().value(&login_cookie(&second)).unwrap().to_owned();
    let name = login_cookie(&first);
    first.jar_mut().tamper(&name, &other);

    let page = first.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(page.text().contains("<small>no_pending_login</small>"), "{}", page.text());
    assert_eq!(page.set_cookies(), [""; 0]);
    assert_eq!(world.sent.count(), 0);
}

/// Hands back the last login that anybody began, whatever it is asked for.
#[derive(Default)]
struct Careless(Mutex<Vec<PendingLogin>>);

impl OAuthPersistence for Careless {
    fn begin<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.0.lock().unwrap().push(login);
        Box::pin(ready(Ok(())))
    }

    fn take<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        Box::pin(ready(Ok(self.0.lock().unwrap().pop())))
    }

    fn store_tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
        _tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(ready(Ok(())))
    }

    fn tokens<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        Box::pin(ready(Ok(None)))
    }

    fn forget<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        Box::pin(ready(Ok(())))
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}

#[tokio::test]
async fn st_03_a_persistence_that_hands_back_another_login_is_not_believed() {
    let world = World::with(Acme, |it| it.persistence(Careless::default()));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;

    let page = browser.arrive(with_parameter(&callback, "state", Some("wrong"))).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(page.text().contains("<small>state_mismatch</small>"), "{}", page.text());
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn st_06_a_login_that_a_persistence_kept_for_too_long_is_over() {
    let world = World::with(Acme, |it| it.persistence(Careless::default()));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;

    world.clock.advance(PendingLogin::LIFETIME);
    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn st_04_a_callback_that_is_opened_again_exchanges_nothing() {
    for (name, world) in each() {
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/invoices").await;
        let old_jar = browser.jar().clone();
        browser.arrive(&callback).await;

        let again = browser.arrive(&callback).await;
        *browser.jar_mut() = old_jar;
        let restored = browser.arrive(&callback).await;

        assert_eq!((again.status(), again.header("location")), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(restored.status(), StatusCode::BAD_REQUEST, "{name}");
        assert_eq!(world.sent.count(), 1, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn st_04_fifty_copies_of_a_callback_are_one_exchange() {
    for (name, world) in each() {
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;

        let copies = (0..50).map(|_| {
            let (mut browser, callback) = (browser.clone(), callback.clone());
            tokio::spawn(async move { browser.arrive(callback).await.status() })
        });
        let mut statuses = Vec::new();
        for copy in copies.collect::<Vec<_>>() {
            statuses.push(copy.await.unwrap());
        }

        let successes = statuses.iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
        assert_eq!((successes, world.sent.count()), (1, 1), "{name}");
    }
}

#[tokio::test]
async fn st_05_five_tabs_come_back_in_any_order_to_their_own_pages() {
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
        let world = World::new(Acme);
        let mut browser = world.browser();
        let mut callbacks = Vec::new();
        for tab in 0..5 {
            callbacks.push(browser.begin_and_agree(&format!("/protected/{tab}")).await);
        }

        for tab in order {
            let page = browser.arrive(&callbacks[tab]).await;

            assert_eq!(page.header("location"), format!("/protected/{tab}"));
        }
    }
}

#[tokio::test]
async fn st_06_two_hundred_logins_leave_five_and_the_last_one_can_be_finished() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    for tab in 0..199 {
        browser.begin(&format!("/protected/{tab}")).await;
    }

    let last = browser.begin_and_agree("/protected/last").await;

    let app = Url::parse("https://app.example/").unwrap();
    let header = browser.jar().header(&app, &Method::GET, Trip::SameSite);
    assert_eq!(browser.jar().names().len(), 5);
    assert!(header.unwrap().len() < 4096);
    assert_eq!(browser.arrive(last).await.header("location"), "/protected/last");
}

#[tokio::test]
async fn st_06_the_oldest_of_six_logins_is_forgotten() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let mut callbacks = Vec::new();
    for tab in 0..6 {
        callbacks.push(browser.begin_and_agree(&format!("/protected/{tab}")).await);
        world.clock.advance(Duration::from_secs(1));
    }

    let oldest = browser.arrive(&callbacks[0]).await;

    assert_eq!(oldest.status(), StatusCode::BAD_REQUEST);
    for (tab, callback) in callbacks.iter().enumerate().skip(1) {
        let page = browser.arrive(callback).await;
        assert_eq!(page.header("location"), format!("/protected/{tab}"));
    }
}

#[tokio::test]
async fn st_06_a_state_is_over_after_ten_minutes_though_its_cookie_is_kept() {
    for persistence in [true, false] {
        let world = World::with(Acme, |it| match persistence {
            true => it,
            false => it.persistence(InsecureCookies::new()),
        });
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        let name = login_cookie(&browser);
        let value = browser.jar().value(&name).unwrap().to_owned();
        browser.jar_mut().put(cookie(&name, &value));

        world.clock.advance(Duration::from_secs(600));
        let page = browser.arrive(callback).await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST);
        assert_eq!(world.sent.count(), 0);
    }
}

#[tokio::test]
async fn st_09_a_parameter_that_stands_there_twice_is_refused() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;

    for twice in ["state", "code", "iss", "error"] {
        for (first, second) in [("a", "a"), ("a", "b")] {
            let mut url = callback.clone();
            let known = url.query_pairs().find(|(name, _)| name == twice).is_some();
            if !known {
                url.query_pairs_mut().append_pair(twice, first);
            }
            url.query_pairs_mut().append_pair(twice, second);

            let page = browser.arrive(url).await;

            assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{twice}");
            assert_eq!(page.set_cookies(), [""; 0], "{twice}");
        }
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn st_10_an_error_without_the_right_state_is_no_answer_of_the_provider() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;
    let foreign = world.browser().begin_and_agree("/").await;
    let (_, foreign) = foreign.query_pairs().find(|(name, _)| name == "state").unwrap();

    for state in [None, Some("wrong"), Some(&*foreign)] {
        let mut url = Url::parse("https://app.example/oauth/acme/callback").unwrap();
        url.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_description", "canary");
        let page = browser.arrive(with_parameter(&url, "state", state)).await;

        assert_eq!(page.status(), StatusCode::BAD_REQUEST);
        assert!(page.text().contains("<h1>This login is over</h1>"), "{}", page.text());
        assert!(!page.text().contains("canary"));
        assert_eq!(page.set_cookies(), [""; 0]);
    }
    assert_eq!(browser.arrive(callback).await.header("location"), "/invoices");
}

#[tokio::test]
async fn st_10_an_error_with_the_right_state_ends_the_login() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let denied = with_parameter(&callback, "code", None);

    let page = browser.arrive(with_parameter(&denied, "error", Some("access_denied"))).await;

    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    assert_eq!(browser.jar().names(), [""; 0]);
    assert_eq!(browser.arrive(callback).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn st_11_a_login_begun_at_one_provider_is_not_finished_at_another() {
    let (acme, github) = (World::new(Acme), World::new(GitHub));
    let router =
        application(&acme.oauth).route_service("/oauth/github/callback", github.oauth.callback());
    let mut browser = acme.browser_of(Site::new(router));
    let of_acme = browser.begin_and_agree("/").await;
    let of_github = github.browser().begin_and_agree("/").await;
    let (_, code) = of_github.query_pairs().find(|(name, _)| name == "code").unwrap();
    let mut mixed = with_parameter(&of_acme, "code", Some(&*code));
    mixed.set_path("/oauth/github/callback");

    let page = browser.arrive(mixed).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(acme.emulator.requests(Endpoint::Token), 0);
    assert_eq!(github.emulator.requests(Endpoint::Token), 0);
}

#[tokio::test]
async fn st_11_a_login_that_says_another_provider_is_not_finished() {
    let world = World::with(Acme, |it| it.persistence(InsecureCookies::new()));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    forge(&mut browser, |record: &mut LoginRecord| "github".clone_into(&mut record.provider));

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(page.text().contains("state_mismatch"), "{}", page.text());
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn st_12_nothing_that_a_request_says_ends_in_the_protocol() {
    let query = "state=evil&code_verifier=evil&nonce=evil&redirect_uri=https://evil.example\
                 &client_id=evil&scope=evil&code_challenge=evil&code_challenge_method=plain";

    for path in ["/invoices", "/oauth/acme/login"] {
        let mut innocent = World::new(Acme).browser();
        let world = World::new(Acme);
        let mut browser = world.browser();

        let expected = innocent.begin("/").await;
        let url = browser.begin(&format!("{path}?{query}")).await;
        let callback = browser.agree(url.clone()).await;
        browser.arrive(callback).await;

        assert_eq!(url, expected);
        assert!(!world.sent.exchanges()[0].sent().contains("evil"));
    }
}

#[tokio::test]
async fn st_12_a_parameter_of_the_protocol_is_not_the_applications_to_set() {
    let world = World::new(Acme);

    for name in [
        "client_id",
        "client_secret",
        "code",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "request",
        "request_uri",
        "response_mode",
        "response_type",
        "scope",
        "state",
    ] {
        let error = world.oauth.login().param(name, "evil").unwrap_err();

        assert_eq!(
            error.to_string(),
            format!("`{name}` belongs to the protocol; the library sets it")
        );
    }
}

#[tokio::test]
async fn a_state_is_not_looked_for_in_a_body() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let body = Bytes::from(callback.query().unwrap().to_owned());
    let request = Request::post("/oauth/acme/callback")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .unwrap();

    let page = browser.send(request).await;

    assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn st_05_ten_tabs_come_back_where_ten_are_allowed() {
    let cookies = EncryptedCookies::new(key_ring()).single_process().most_logins(10);
    let world = World::with(Acme, |builder| builder.persistence(cookies));
    let mut browser = world.browser();
    let mut callbacks = Vec::new();
    for tab in 0..10 {
        callbacks.push((tab, browser.begin_and_agree(&format!("/protected/{tab}")).await));
    }

    for index in [9, 0, 4, 2, 5, 1, 2, 0, 1, 0] {
        let (tab, callback) = callbacks.remove(index);
        let page = browser.arrive(callback).await;
        assert_eq!(page.header("location"), format!("/protected/{tab}"));
    }

    assert_eq!(world.sent.count(), 10);
}

/// The states of this many logins, made of the system's randomness.
async fn minted(logins: usize) -> Vec<String> {
    let careless = Arc::new(Careless::default());
    let world = World::with(Acme, |builder| {
        builder.persistence(Arc::clone(&careless)).entropy(SystemEntropy)
    });
    let login = world.oauth.login();
    for _ in 0..logins {
        let request = Request::get("/login?return_to=/canary-page").body(String::new()).unwrap();
        assert!(login.clone().oneshot(request).await.unwrap().status().is_redirection());
    }
    let logins = std::mem::take(&mut *careless.0.lock().unwrap());
    logins.iter().map(|login| login.state().expose().to_owned()).collect()
}

/// How far bytes are from evenly spread: 255 on average if they are, with a standard deviation of 23.
#[expect(clippy::cast_precision_loss, reason = "counts of a few millions")]
fn chi_square(texts: &[String]) -> f64 {
    let mut counts = [0_u64; 256];
    for text in texts {
        for byte in BASE64_URL_SAFE_NO_PAD.decode(text).unwrap() {
            counts[usize::from(byte)] += 1;
        }
    }
    let expected = counts.iter().sum::<u64>() as f64 / 256.0;
    counts.iter().map(|count| (*count as f64 - expected).powi(2) / expected).sum()
}

#[tokio::test]
async fn st_07_a_state_is_256_random_bits_and_nothing_else() {
    let states = minted(100_000).await;

    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    assert!(states.iter().all(|text| text.len() == 43 && text.bytes().all(unreserved)));
    assert!(chi_square(&states) < 400.0, "{}", chi_square(&states));
    assert_eq!(states.iter().collect::<HashSet<_>>().len(), 100_000);
}

#[test]
fn st_08_no_secret_is_compared_but_in_constant_time() {
    let mut secrets = Vec::new();
    for (path, text) in sources::in_folder("oauth-runtime/src") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code.lines().filter(|line| line.contains("expose()")) {
            assert!(!line.contains("==") && !line.contains("!="), "{path}: {line}");
        }
        for block in code.split("secret_type! {").skip(1) {
            let block = block.split("\n}").next().unwrap();
            let line = block.lines().rfind(|line| !line.trim().is_empty()).unwrap();
            secrets.push(line.split_whitespace().last().unwrap().to_owned());
        }
        if path.ends_with("/secret.rs") {
            // Each of them compares as the macro says, and that is by `subtle`.
            assert!(code.contains("self.0.as_bytes().ct_eq(other.as_bytes()).into()"));
            assert!(code.contains("self.0.matches(other.expose())"));
            assert!(!code.contains("Hash") && !code.contains("derive(Clone, PartialEq"));
        }
    }
    secrets.sort_unstable();

    assert_eq!(
        secrets,
        [
            "AccessToken",
            "AuthorizationCode",
            "ClientSecret",
            "CodeVerifier",
            "IdToken",
            "Nonce",
            "RefreshToken",
            "State",
        ]
    );
}

#[tokio::test]
async fn st_13_the_cookie_of_a_login_comes_back_with_the_browser_and_with_nothing_else() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let name = login_cookie(&browser);
    let login = browser.jar().cookies().into_iter().find(|it| it.name == name).unwrap().clone();

    let header = |method: &Method, trip| browser.jar().header(&callback, method, trip);
    assert!(header(&Method::GET, Trip::CrossSite).is_some_and(|it| it.contains(&name)));
    assert_eq!(header(&Method::POST, Trip::CrossSite), None);
    assert_eq!(login.same_site, SameSite::Lax);

    let page = browser.arrive(callback).await;
    let session = page.set_cookies().into_iter().find(|it| it.starts_with("__Host-oauth-acme="));
    assert!(session.is_some_and(|line| line.contains("SameSite=Lax")), "{page:?}");
}

#[tokio::test]
async fn st_14_a_login_that_is_begun_and_left_changes_nothing_of_the_session() {
    for (name, world) in each() {
        let mut browser = world.browser();
        browser.open("/").await;
        let session = world.oauth.instance().session_cookie();
        let before = browser.jar().value(session).unwrap().to_owned();

        let page = browser.look_at("/oauth/acme/login").await;

        assert_eq!(page.status(), StatusCode::SEE_OTHER, "{name}");
        assert!(!page.set_cookies().iter().any(|it| it.starts_with(&format!("{session}="))));
        assert_eq!(browser.jar().value(session), Some(&*before), "{name}");
        assert_eq!(browser.look_at("/").await.status(), StatusCode::OK, "{name}");
    }
}

#[tokio::test]
async fn st_15_a_login_that_somebody_else_initiates_brings_nothing_of_theirs() {
    let plain = World::new(Acme).browser().begin("/oauth/acme/login").await;
    let world = World::new(Acme);
    let mut browser = world.browser();
    let address = "/oauth/acme/login?iss=https%3A%2F%2Fevil.example\
        &target_link_uri=https%3A%2F%2Fevil.example%2F&login_hint=mallory&scope=admin";

    let asked = browser.begin(address).await;
    let callback = browser.agree(asked.clone()).await;

    assert_eq!(asked, plain);
    assert_eq!(browser.arrive(callback).await.header("location"), "/");
}
