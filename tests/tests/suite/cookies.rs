//! The cookies: what they look like, and that nobody but the application can make or change one.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use oauth_providers::{
    BoxFuture, Context, EncryptedCookies, Endpoint, KeyError, KeyRing, OAuthPersistence,
    PendingLogin, PersistenceError, State, Tokens,
};
use oauth_tests::{Browser, Cookie, Page, Site, World, key_ring};
use serde_json::json;
use tokio::sync::Notify;

use crate::answers;
use crate::providers::{Acme, AcmeScope, Plain};
use crate::record::login_cookie;

const SESSION: &str = "__Host-oauth-acme";

/// A key of its own for each number.
fn key(number: u8) -> KeyRing {
    let key: [u8; 32] = std::array::from_fn(|index| number.wrapping_mul(31) ^ (index as u8) ^ 0x80);
    KeyRing::new(&key).unwrap()
}

fn fetch(address: &str) -> Request<Bytes> {
    Request::get(address).body(Bytes::new()).unwrap()
}

/// What the application answers to cookies that a browser may never have had.
async fn answer_to(world: &World<Acme>, cookies: &[HeaderValue]) -> StatusCode {
    let mut request = fetch("/");
    for line in cookies {
        request.headers_mut().append(COOKIE, line.clone());
    }
    world.site().call(request).await.status()
}

async fn logged_in(world: &World<Acme>) -> (Browser, String) {
    let mut browser = world.browser();
    assert_eq!(browser.open("/").await.status(), StatusCode::OK);
    let session = browser.jar().value(SESSION).unwrap().to_owned();
    (browser, session)
}

fn line(name: &str, value: &str) -> HeaderValue {
    HeaderValue::try_from(format!("{name}={value}")).unwrap()
}

/// The lines without the values, which are sealed.
fn shapes(page: &Page) -> Vec<String> {
    page.set_cookies()
        .into_iter()
        .map(|line| {
            let (name, rest) = line.split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            let value = if value.is_empty() { "" } else { "…" };
            let name = name.split(".login.").next().unwrap().to_owned()
                + if name.contains(".login.") { ".login.…" } else { "" };
            format!("{name}={value};{attributes}")
        })
        .collect()
}

#[tokio::test]
async fn ck_01_every_cookie_belongs_to_the_host_alone() {
    let world = World::new(Acme);
    let mut browser = world.browser();

    let begin = browser.look_at("/").await;
    let callback = browser.agree(begin.location().unwrap()).await;
    let done = browser.arrive(callback).await;
    let logout = browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;
    world.emulator.deny_next();
    let failed = world.browser().open("/").await;

    const BEGUN: &str =
        "__Host-oauth-acme.login.…=…; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=600";
    const SPENT: &str =
        "__Host-oauth-acme.login.…=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0";
    const KEPT: &str =
        "__Host-oauth-acme=…; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=604800";
    const GONE: &str = "__Host-oauth-acme=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0";
    assert_eq!(shapes(&begin), [BEGUN]);
    const ARRIVED: &str =
        "__Host-oauth-acme.arrived=…; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=10";
    const LEFT: &str =
        "__Host-oauth-acme.arrived=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0";
    assert_eq!(shapes(&done), [SPENT, KEPT, ARRIVED]);
    assert_eq!(shapes(&logout), [LEFT, GONE]);
    assert_eq!(shapes(&failed), [SPENT]);
}

#[tokio::test]
async fn ck_01_over_http_on_loopback_a_cookie_has_no_prefix() {
    let world =
        World::with(Acme, |it| it.redirect_uri("http://localhost:3000/oauth/acme/callback"));
    let mut browser = Browser::new(world.clock.clone(), "http://localhost:3000", world.site())
        .elsewhere(Site::new(world.emulator.clone().into_service()));

    let begin = browser.look_at("/").await;
    let callback = browser.agree(begin.location().unwrap()).await;
    let done = browser.arrive(callback).await;

    assert_eq!(
        shapes(&begin),
        ["oauth-acme.login.…=…; HttpOnly; SameSite=Lax; Path=/; Max-Age=600"]
    );
    assert_eq!(
        shapes(&done),
        [
            "oauth-acme.login.…=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0",
            "oauth-acme=…; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800",
            "oauth-acme.arrived=…; HttpOnly; SameSite=Lax; Path=/; Max-Age=10",
        ]
    );
}

#[tokio::test]
async fn ck_02_a_session_with_one_other_bit_is_no_session() {
    let world = World::new(Acme);
    let (_, session) = logged_in(&world).await;
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(&session[1..]).unwrap();
    assert_eq!(answer_to(&world, &[line(SESSION, &session)]).await, StatusCode::OK);

    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let value = format!("1{}", BASE64_URL_SAFE_NO_PAD.encode(changed));

        let status = answer_to(&world, &[line(SESSION, &value)]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "bit {bit}");
    }
}

#[tokio::test]
async fn ck_02_a_cookie_with_one_other_character_is_no_session() {
    let world = World::new(Acme);
    let (_, session) = logged_in(&world).await;

    for bit in 0..session.len() * 8 {
        let mut changed = session.clone().into_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        let cookie = [SESSION.as_bytes(), b"=", &changed].concat();
        // What no header can hold, no browser sends. A space around the value is none of it.
        let Ok(cookie) = HeaderValue::from_bytes(&cookie) else { continue };

        let status = answer_to(&world, &[cookie]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "bit {bit}");
    }
}

#[tokio::test]
async fn ck_02_a_session_cut_short_or_lengthened_is_no_session() {
    let world = World::new(Acme);
    let (_, session) = logged_in(&world).await;

    for length in 0..session.len() {
        let status = answer_to(&world, &[line(SESSION, &session[..length])]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{length}");
    }
    for more in ["A", "AA", "AAAA", "=", "=="] {
        let value = format!("{session}{more}");
        assert_eq!(answer_to(&world, &[line(SESSION, &value)]).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn ck_02_no_two_seals_of_one_value_are_alike() {
    let world = World::new(Acme);
    let session = world.log_in().await;
    let (tokens, keys) = (session.tokens(), key_ring());

    let nonces: HashSet<Vec<u8>> = (0..10_000)
        .map(|_| {
            let sealed = BASE64_URL_SAFE_NO_PAD
                .decode(tokens.seal(&keys, world.oauth.instance(), "row").unwrap());
            sealed.unwrap()[13..25].to_vec()
        })
        .collect();

    assert_eq!(nonces.len(), 10_000);
}

#[tokio::test]
async fn ck_03_the_cookie_of_a_login_is_no_session() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    browser.begin("/").await;
    let login = browser.jar().value(&login_cookie(&browser)).unwrap().to_owned();

    let status = answer_to(&world, &[line(SESSION, &format!("1{login}"))]).await;

    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn ck_03_the_session_of_one_provider_is_none_of_another() {
    let acme = World::new(Acme);
    let plain = World::new(Plain);
    let (_, session) = logged_in(&acme).await;
    let mut request = fetch("/");
    request.headers_mut().insert(COOKIE, line("__Host-oauth-plain", &session));

    let page = plain.site().call(request).await;

    assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn ck_03_the_session_of_one_application_is_none_of_another_with_the_same_key() {
    let one = World::new(Acme);
    let other = World::with(Acme, |builder| builder.client_id("another-client"));
    let (_, session) = logged_in(&one).await;

    let status = answer_to(&other, &[line(SESSION, &session)]).await;

    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn ck_03_the_session_of_one_instance_is_none_of_another() {
    let work = World::with(Acme, |builder| builder.name("work"));
    let home = World::with(Acme, |builder| builder.name("home"));
    let mut browser = work.browser_with(|| async {});
    browser.open("/").await;
    let session = browser.jar().value("__Host-oauth-acme-work").unwrap();

    let accepted = answer_to(&home, &[line("__Host-oauth-acme-home", session)]).await;

    assert_eq!(accepted, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn ck_03_the_login_of_one_provider_is_none_of_another() {
    let acme = World::new(Acme);
    let plain = World::with(Plain, |builder| builder);
    let mut browser = acme.browser();
    let callback = browser.begin_and_agree("/").await;
    let name = login_cookie(&browser);
    let value = browser.jar().value(&name).unwrap();
    let mut request = fetch(&format!("/oauth/plain/callback?{}", callback.query().unwrap()));
    let renamed = name.replace("acme", "plain");
    request.headers_mut().insert(COOKIE, line(&renamed, value));

    let page = plain.site().call(request).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!((acme.sent.count(), plain.sent.count()), (0, 0));
}

#[tokio::test]
async fn ck_03_tokens_sealed_for_a_database_are_no_cookie() {
    let world = World::new(Acme);
    let session = world.log_in().await;
    let sealed = session.tokens().seal(&key_ring(), world.oauth.instance(), SESSION).unwrap();

    let status = answer_to(&world, &[line(SESSION, &format!("1{sealed}"))]).await;

    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn ck_04_a_session_is_over_after_its_lifetime_though_its_cookie_is_kept() {
    let hour = Duration::from_secs(3600);
    let weekly = World::new(Acme);
    let hourly = World::with(Acme, |builder| {
        builder.persistence(EncryptedCookies::new(key_ring()).single_process().lifetime(hour))
    });

    for (mut world, lifetime) in [(weekly, 7 * 24 * hour), (hourly, hour)] {
        world.emulator = world.emulator.omit_expires_in();
        let (_, session) = logged_in(&world).await;

        world.clock.advance(lifetime - Duration::from_secs(1));
        let before = answer_to(&world, &[line(SESSION, &session)]).await;
        world.clock.advance(Duration::from_secs(1));
        let after = answer_to(&world, &[line(SESSION, &session)]).await;

        assert_eq!((before, after), (StatusCode::OK, StatusCode::UNAUTHORIZED));
    }
}

#[tokio::test]
async fn ck_05_a_key_that_was_replaced_opens_until_it_is_removed() {
    let with =
        |keys| World::with(Acme, |it| it.persistence(EncryptedCookies::new(keys).single_process()));
    let (_, session) = logged_in(&with(key(1))).await;
    let cookie = [line(SESSION, &session)];

    let rotated = answer_to(&with(key(2).also_accept(&key(1))), &cookie).await;
    let removed = answer_to(&with(key(2)), &cookie).await;

    assert_eq!((rotated, removed), (StatusCode::OK, StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn ck_05_the_first_key_seals() {
    let with =
        |keys| World::with(Acme, |it| it.persistence(EncryptedCookies::new(keys).single_process()));
    let (_, session) = logged_in(&with(key(2).also_accept(&key(1)))).await;
    let cookie = [line(SESSION, &session)];

    let first = answer_to(&with(key(2)), &cookie).await;
    let second = answer_to(&with(key(1)), &cookie).await;

    assert_eq!((first, second), (StatusCode::OK, StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn ck_05_a_browser_with_a_key_that_nobody_knows_logs_in_again() {
    let before = World::new(Acme);
    let (mut browser, _) = logged_in(&before).await;
    let after = World::around(Acme, before.emulator.clone(), before.clock.clone(), |builder| {
        builder.persistence(EncryptedCookies::new(key(9)).single_process())
    });
    let jar = browser.jar().clone();
    browser = after.browser();
    *browser.jar_mut() = jar;
    after.clock.advance(Duration::from_secs(10));

    let page = browser.open("/invoices").await;

    assert_eq!(page.text(), "somebody reads /invoices");
}

#[test]
fn ck_06_a_weak_key_is_refused() {
    let hex = "7f".repeat(32);
    let text = "changeme-changeme-changeme-chang";

    for (key, length) in [(&b""[..], 0), (b"short", 5), (&[0xe7; 31], 31), (hex.as_bytes(), 64)] {
        let error = KeyRing::new(key).unwrap_err();
        assert!(matches!(error, KeyError::Length { bytes } if bytes == length), "{error}");
    }
    for key in [&[0; 32][..], &[0xff; 32], text.as_bytes(), &hex.as_bytes()[..32]] {
        let error = KeyRing::new(key).unwrap_err();
        assert!(matches!(error, KeyError::Weak), "{error}");
    }
}

/// An application whose provider answers with so many bytes more than it must.
fn padded(bytes: usize) -> World<Acme> {
    let mut world = World::with(Acme, |builder| {
        let cookies = EncryptedCookies::new(key_ring()).single_process();
        builder.persistence(cookies.most_cookies(8))
    });
    world.emulator = world.emulator.token_member("padding", "x".repeat(bytes));
    world
}

#[tokio::test]
async fn ck_07_a_large_session_is_split_and_found_again() {
    // Across the first and the second boundary of a cookie, which holds 2,850 bytes of the session.
    let sizes = (1..=20).map(|k| k * 1024).chain(2400..2700).step_by(7).chain(5250..5550);

    for bytes in sizes.step_by(3) {
        let world = padded(bytes);
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        let page = browser.arrive(callback).await;

        assert!(page.set_cookies().iter().all(|line| line.len() <= 4096), "{bytes}");
        assert!(browser.jar().names().len() <= 9, "{bytes}");
        assert_eq!(browser.look_at("/").await.status(), StatusCode::OK, "{bytes}");
    }
}

#[tokio::test]
async fn ck_07_a_session_that_fits_no_cookies_is_refused() {
    for kibibytes in [40, 400] {
        let world = padded(kibibytes * 1024);
        let mut browser = world.browser();

        let page = browser.open("/").await;

        assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.text().contains("<small>store</small>"), "{}", page.text());
        assert_eq!(browser.jar().names(), [""; 0]);
    }
}

#[tokio::test]
async fn ck_08_a_set_of_parts_that_does_not_fit_is_no_session() {
    let world = padded(9 * 1024);
    let (browser, first) = logged_in(&world).await;
    let parts: Vec<String> = (browser.jar().cookies().iter())
        .filter(|cookie| !cookie.name.ends_with(".arrived"))
        .map(|cookie| cookie.value.clone())
        .collect();
    assert_eq!(parts.len(), 4);
    let named = |index: usize| match index {
        0 => line(SESSION, &parts[0]),
        _ => line(&format!("{SESSION}.{index}"), &parts[index]),
    };
    let whole: Vec<HeaderValue> = (0..4).map(named).collect();
    assert_eq!(answer_to(&world, &whole).await, StatusCode::OK);
    let count = |count: &str| line(SESSION, &format!("{count}{}", &first[1..]));
    let many = |name: &str| -> Vec<HeaderValue> {
        (0..1000).map(|index| line(&format!("{name}.{index}"), "x")).collect()
    };

    let hostile: Vec<Vec<HeaderValue>> = vec![
        vec![named(0), named(1), named(3)],
        vec![named(0), named(2), named(1), named(1), named(3)],
        vec![named(1), named(2), named(3)],
        [vec![count("99999999")], whole[1..].to_vec()].concat(),
        [vec![count("-1")], whole[1..].to_vec()].concat(),
        [vec![count("x")], whole[1..].to_vec()].concat(),
        [vec![count("0")], whole[1..].to_vec()].concat(),
        [vec![count("3")], whole[1..].to_vec()].concat(),
        [vec![count("9")], whole[1..].to_vec()].concat(),
        [vec![count("")], whole[1..].to_vec()].concat(),
        vec![line(SESSION, "")],
        vec![line(SESSION, "8")],
        many(SESSION),
    ];
    for cookies in hostile {
        assert_eq!(answer_to(&world, &cookies).await, StatusCode::UNAUTHORIZED, "{cookies:?}");
    }
}

#[tokio::test]
async fn ck_08_parts_that_are_too_many_or_foreign_do_no_harm() {
    let world = padded(9 * 1024);
    let (browser, _) = logged_in(&world).await;
    let mut cookies: Vec<HeaderValue> =
        browser.jar().cookies().iter().map(|it| line(&it.name, &it.value)).collect();
    cookies.push(line(&format!("{SESSION}.4"), "stale"));
    cookies.push(line(&format!("{SESSION}.99"), "foreign"));
    cookies.push(line(&format!("{SESSION}.x"), "foreign"));
    cookies.push(line(&format!("{SESSION}-other"), "foreign"));
    cookies.extend((0..1000).map(|index| line(&format!("other{index}"), "x")));

    assert_eq!(answer_to(&world, &cookies).await, StatusCode::OK);
}

#[tokio::test]
async fn ck_09_the_parts_of_a_longer_session_are_removed() {
    let world = padded(9 * 1024);
    let (mut browser, _) = logged_in(&world).await;
    assert_eq!(browser.jar().names().len(), 4);
    let small = json!({ "access_token": "a", "token_type": "Bearer" });
    world.emulator.answer_next(Endpoint::Token, answers::json(&small));

    browser.open("/oauth/acme/login").await;

    assert_eq!(browser.jar().names(), [SESSION]);
    assert_eq!(browser.look_at("/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn ck_09_a_logout_removes_every_part() {
    let world = padded(9 * 1024);
    let (mut browser, _) = logged_in(&world).await;

    let page = browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;

    assert_eq!(
        page.set_cookies(),
        [
            "__Host-oauth-acme=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
            "__Host-oauth-acme.1=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
            "__Host-oauth-acme.2=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
            "__Host-oauth-acme.3=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
        ]
    );
    assert_eq!(browser.jar().names(), [""; 0]);
}

#[tokio::test]
async fn ck_09_a_login_that_was_under_way_does_not_outlive_a_logout() {
    let world = World::new(Acme);
    let (mut browser, _) = logged_in(&world).await;
    let callback = browser.begin_and_agree("/oauth/acme/login").await;
    let login = login_cookie(&browser);

    let page = browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;

    let removed = format!("{login}=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0");
    assert!(page.set_cookies().contains(&&*removed), "{page:?}");
    assert_eq!(browser.jar().names(), [""; 0]);
    assert_eq!(browser.arrive(callback).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn ck_10_a_second_cookie_of_the_sessions_name_makes_it_no_session() {
    let world = World::new(Acme);
    let (_, victim) = logged_in(&world).await;
    let (_, attacker) = logged_in(&world).await;

    for order in [[&victim, &attacker], [&attacker, &victim]] {
        let separate = order.map(|value| line(SESSION, value));
        let joined = format!("{SESSION}={}; {SESSION}={}", order[0], order[1]);

        assert_eq!(answer_to(&world, &separate).await, StatusCode::UNAUTHORIZED);
        let joined = HeaderValue::try_from(joined).unwrap();
        assert_eq!(answer_to(&world, &[joined]).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn ck_10_a_second_cookie_of_a_login_does_not_log_in() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    let name = login_cookie(&browser);
    let mut tossed = browser.jar().cookies()[0].clone();
    tossed.domain = Some("app.example".to_owned());
    browser.jar_mut().put(Cookie { name, ..tossed });

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn ck_10_a_cookie_without_the_prefix_is_nobodys() {
    let world = World::new(Acme);
    let (_, session) = logged_in(&world).await;

    for name in ["oauth-acme", "__Secure-oauth-acme", "__host-oauth-acme"] {
        let status = answer_to(&world, &[line(name, &session)]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{name}");
    }
}

#[tokio::test]
async fn ck_11_a_cookie_header_of_any_shape_is_read_or_passed_over() {
    let world = World::new(Acme);
    let (_, session) = logged_in(&world).await;
    let own = format!("{SESSION}={session}");
    let long = "x".repeat(64 * 1024);

    for other in [
        &b""[..],
        long.as_bytes(),
        &[0xff, 0xfe, b'=', 0xff],
        b"a=\"quoted; value\"",
        b"=",
        b"==;=",
        b";;;",
        b"a=1,b=2",
        b"lonely",
    ] {
        let strange = HeaderValue::from_bytes(other).unwrap();
        let own_line = HeaderValue::try_from(&own).unwrap();
        let joined = HeaderValue::from_bytes(&[other, b"; ", own.as_bytes()].concat()).unwrap();

        let nobody = answer_to(&world, std::slice::from_ref(&strange)).await;
        let crumbs = answer_to(&world, &[strange, own_line]).await;
        let line = answer_to(&world, &[joined]).await;

        assert_eq!((nobody, crumbs), (StatusCode::UNAUTHORIZED, StatusCode::OK));
        assert_eq!(line, StatusCode::OK);
    }
}

#[tokio::test]
async fn ck_11_the_cookies_of_the_application_are_left_alone() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let mut basket = Cookie {
        name: "basket".to_owned(),
        value: "3".to_owned(),
        host: "app.example".to_owned(),
        domain: None,
        path: "/".to_owned(),
        secure: true,
        http_only: false,
        same_site: oauth_tests::SameSite::Lax,
        expires_at: None,
    };
    browser.jar_mut().put(basket.clone());
    basket.name = "oauth-acme".to_owned();
    browser.jar_mut().put(basket);

    browser.open("/").await;
    browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;

    assert_eq!(browser.jar().names(), ["basket", "oauth-acme"]);
}

/// Sets a cookie with every answer, as a persistence with a sliding session does.
struct Sliding(EncryptedCookies);

impl OAuthPersistence for Sliding {
    fn begin<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        login: PendingLogin,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.0.begin(cx, response, login)
    }

    fn take<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        state: &'a State,
    ) -> BoxFuture<'a, Result<Option<PendingLogin>, PersistenceError>> {
        self.0.take(cx, response, state)
    }

    fn store_tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.0.store_tokens(cx, response, tokens)
    }

    fn tokens<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<Option<Tokens>, PersistenceError>> {
        response.append(SET_COOKIE, HeaderValue::from_static("seen=now; Secure; Path=/"));
        response.append(SET_COOKIE, HeaderValue::from_static("seen2=now; Secure; Path=/"));
        self.0.tokens(cx, response)
    }

    fn forget<'a>(
        &'a self,
        cx: &'a Context<'a>,
        response: &'a mut HeaderMap,
    ) -> BoxFuture<'a, Result<(), PersistenceError>> {
        self.0.forget(cx, response)
    }

    fn refresh_guard(&self) -> Option<oauth_providers::RefreshGuard> {
        Some(oauth_providers::RefreshGuard::in_process())
    }
}

#[tokio::test]
async fn ck_12_a_response_that_sets_a_cookie_is_one_browsers_alone() {
    let world = World::with(Acme, |builder| {
        builder.persistence(Sliding(EncryptedCookies::new(key_ring()).single_process()))
    });
    let cached = || async {
        [
            ("cache-control", "public, max-age=31536000"),
            ("set-cookie", "own=1; Path=/"),
            ("vary", "accept"),
        ]
    };
    let mut browser = world.browser_with(cached);

    let page = browser.open("/").await;

    let values = |name: &str| -> Vec<&str> {
        page.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    };
    assert!(values("cache-control").join(", ").contains("no-store"), "{page:?}");
    assert!(values("vary").join(", ").contains("cookie"), "{page:?}");
    assert_eq!(
        page.set_cookies(),
        [
            "seen=now; Secure; Path=/",
            "seen2=now; Secure; Path=/",
            "__Host-oauth-acme.arrived=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
            "own=1; Path=/",
        ]
    );
}

#[tokio::test]
async fn a_login_that_fits_no_cookie_is_begun_without_its_page_or_not_at_all() {
    let scoped = |bytes: usize| {
        let scope = AcmeScope::custom("s".repeat(bytes));
        World::with(Acme, |builder| builder.scopes([scope]))
    };
    let page = format!("/{}", "a".repeat(1500));

    let mut browser = scoped(2000).browser();
    let callback = browser.begin_and_agree(&page).await;
    let returned = browser.arrive(callback).await;
    let refused = scoped(4000).browser().look_at("/").await;

    assert_eq!(returned.header("location"), "/");
    assert_eq!(refused.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(refused.set_cookies(), [""; 0]);
}

#[tokio::test]
async fn ck_13_a_response_that_leaves_after_the_logout_sets_no_cookie() {
    let world = World::with(Acme, |builder| {
        builder.persistence(Sliding(EncryptedCookies::new(key_ring()).single_process()))
    });
    // Without a refresh token the session is known by its login alone.
    let answer = json!({ "access_token": "a", "token_type": "Bearer" });
    world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
    let mut browser = world.browser();
    browser.open("/").await;
    let (inside, entered) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow_page = {
        let (inside, entered) = (Arc::clone(&inside), Arc::clone(&entered));
        move || async move {
            entered.notify_one();
            inside.notified().await;
            "slow"
        }
    };
    let mut slow = world.browser_with(slow_page);
    *slow.jar_mut() = browser.jar().clone();
    let request = tokio::spawn(async move { slow.look_at("/slow").await });
    entered.notified().await;

    browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;
    inside.notify_one();
    let page = request.await.unwrap();

    assert_eq!(page.text(), "slow");
    assert_eq!(page.set_cookies(), [""; 0]);
}

#[tokio::test]
async fn st_06_logins_are_capped_whatever_the_cookies_are_called() {
    let name = "n".repeat(64);
    let world = World::with(Acme, |builder| builder.name(&*name));
    let login = format!("/oauth/acme/login?return_to=/{}", "a".repeat(200));
    let mut browser = world.browser();

    for _ in 0..20 {
        browser.look_at(&login).await;
    }

    let names = browser.jar().names();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names.iter().all(|it| it.len() > 90), "{names:?}");
    browser.send(Request::post("/logout").body(Bytes::new()).unwrap()).await;
    assert_eq!(browser.jar().names(), [""; 0]);
}
