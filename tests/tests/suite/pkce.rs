//! Proof Key for Code Exchange: only who began a login can finish it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::StatusCode;
use oauth_providers::{Auth0, Endpoint, GitHub, Google, InsecureCookies, Provider};
use oauth_tests::World;

use crate::answers;
use crate::providers::{Acme, Plain, Public, Tenants};
use crate::record::{forge, login_cookie};
use crate::state::with_parameter;

async fn sends_s256<P: Provider>(provider: P) {
    let world = World::new(provider);
    let mut browser = world.browser();

    let url = browser.begin("/").await;
    let callback = browser.agree(url.clone()).await;
    browser.arrive(callback).await;

    let sent = world.sent.exchanges()[0].sent();
    assert!(url.as_str().contains("&code_challenge_method=S256&"), "{url}");
    assert!(
        url.as_str().contains("&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU"),
        "{url}"
    );
    assert!(sent.contains("&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8"), "{sent}");
}

#[tokio::test]
async fn pk_01_every_provider_is_sent_a_challenge_and_its_verifier() {
    sends_s256(Plain).await;
    sends_s256(Acme).await;
    sends_s256(Public).await;
    sends_s256(GitHub).await;
    sends_s256(Google).await;
    sends_s256(Auth0::new("tenant.eu.auth0.com").unwrap()).await;
}

#[tokio::test]
async fn pk_02_each_login_has_a_verifier_of_its_own() {
    let world = World::new(Acme);
    let mut browser = world.browser();

    let first = browser.begin("/").await;
    let second = browser.begin("/").await;

    let challenge = |url: &url::Url| {
        url.query_pairs().find(|(name, _)| name == "code_challenge").unwrap().1.into_owned()
    };
    assert_ne!(challenge(&first), challenge(&second));
}

#[tokio::test]
async fn pk_05_a_login_that_lost_its_verifier_is_not_exchanged_without_one() {
    let world = World::with(Acme, |it| it.persistence(InsecureCookies::new()));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    forge(&mut browser, |record| record.code_verifier = None);

    let page = browser.arrive(callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn pk_05_a_login_cut_short_anywhere_is_not_exchanged() {
    for sealed in [true, false] {
        let world = World::with(Acme, |it| match sealed {
            true => it,
            false => it.persistence(InsecureCookies::new()),
        });
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;
        let name = login_cookie(&browser);
        let value = browser.jar().value(&name).unwrap().to_owned();

        for length in 0..value.len() {
            browser.jar_mut().tamper(&name, &value[..length]);
            let page = browser.arrive(&callback).await;

            assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{length} of {}", value.len());
        }
        assert_eq!(world.sent.count(), 0);
    }
}

#[tokio::test]
async fn pk_06_the_verifier_is_in_no_url_cookie_or_page() {
    const VERIFIER: &str = "AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8";
    let world = World::new(Acme);
    let mut browser = world.browser();

    let callback = browser.begin_and_agree("/").await;
    let under_way = browser.jar().clone();
    let page = browser.arrive(callback).await;

    let cookies = under_way.cookies().into_iter().chain(browser.jar().cookies());
    for cookie in cookies {
        let sealed = cookie.value.trim_start_matches('1');
        let decoded = BASE64_URL_SAFE_NO_PAD.decode(sealed).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&decoded).contains(VERIFIER));
        assert!(!cookie.value.contains(VERIFIER));
    }
    assert!(!format!("{page:?}").contains(VERIFIER));
    assert!(!format!("{:?}", browser.history()).contains(VERIFIER));
}

#[tokio::test]
async fn pk_07_a_code_of_another_login_is_refused_by_the_provider_and_ends_this_one() {
    let world = World::new(Acme);
    let attacker = world.browser().begin_and_agree("/").await;
    let (_, code) = attacker.query_pairs().find(|(name, _)| name == "code").unwrap();
    let mut victim = world.browser();
    let callback = victim.begin_and_agree("/").await;

    let page = victim.arrive(with_parameter(&callback, "code", Some(&*code))).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 1);
    assert_eq!(victim.jar().names(), [""; 0]);
    assert_eq!(victim.arrive(callback).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.sent.count(), 1);
}

/// The challenge's parameters in the authorization URL, and the verifier that was sent.
async fn proof<P: Provider>(provider: P) -> (Vec<(String, String)>, String) {
    let world = World::new(provider);
    let mut browser = world.browser();
    let url = browser.begin("/").await;
    let callback = browser.agree(url.clone()).await;
    browser.arrive(callback).await;
    let challenge = url.query_pairs().into_owned();
    let challenge = challenge.filter(|(name, _)| name.starts_with("code_challenge"));
    let body = world.sent.exchanges()[0].request.body().clone();
    let mut form = url::form_urlencoded::parse(&body);
    let verifier = form.find(|(name, _)| name == "code_verifier").unwrap().1.into_owned();
    (challenge.collect(), verifier)
}

#[tokio::test]
async fn pk_03_the_verifier_itself_is_never_the_challenge() {
    for (challenge, verifier) in
        [proof(Acme).await, proof(Public).await, proof(GitHub).await, proof(Google).await]
    {
        let method = ("code_challenge_method".to_owned(), "S256".to_owned());
        assert_eq!(challenge.len(), 2, "{challenge:?}");
        assert!(challenge.contains(&method), "{challenge:?}");
        assert!(!challenge.iter().any(|(_, value)| *value == verifier), "{challenge:?}");
    }
}

/// A provider that says nothing of PKCE, and one that demands it.
#[tokio::test]
async fn pk_04_silence_about_pkce_does_not_turn_it_off() {
    let silent = World::new(Plain).browser().begin("/").await;
    let demanding = Tenants::new("acme.example", "emea").unwrap();
    let demanding = World::new(demanding).browser().begin("/").await;

    for (url, names) in [
        (silent, &["code_challenge", "code_challenge_method", "state"][..]),
        (demanding, &["code_challenge", "code_challenge_method", "nonce", "state"][..]),
    ] {
        let mut found: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        found.sort_unstable();
        found.retain(|name| names.contains(&&**name));
        assert_eq!(found, names, "{url}");
    }
}

#[tokio::test]
async fn pk_08_the_verifier_is_gone_whatever_became_of_the_login() {
    let error = || {
        let body = r#"{"error":"invalid_grant"}"#;
        answers::answer(StatusCode::BAD_REQUEST, "application/json", body)
    };
    for end in ["success", "token error", "network error", "denial"] {
        let world = World::new(Acme);
        match end {
            "token error" => world.emulator.answer_next(Endpoint::Token, error()),
            "network error" => world.emulator.lose_next_request(Endpoint::Token),
            "denial" => world.emulator.deny_next(),
            _ => {}
        }
        let mut browser = world.browser();
        let began = browser.look_at("/").await;
        let set = cookie::Cookie::parse(began.set_cookies()[0].to_owned()).unwrap();
        let callback = browser.agree(began.location().unwrap()).await;

        let page = browser.arrive(callback).await;

        let removed = page.set_cookies().into_iter().find(|line| line.starts_with(set.name()));
        let removed = cookie::Cookie::parse(removed.expect(end).to_owned()).unwrap();
        assert_eq!((removed.name(), removed.value()), (set.name(), ""), "{end}");
        assert_eq!(removed.max_age().unwrap().whole_seconds(), 0, "{end}");
        assert_eq!(
            (removed.path(), removed.domain(), removed.secure(), removed.http_only()),
            (set.path(), set.domain(), set.secure(), set.http_only()),
            "{end}"
        );
        assert!(!browser.jar().names().contains(&set.name()), "{end}");
    }
}
