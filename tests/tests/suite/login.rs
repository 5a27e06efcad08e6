//! A login from the first request to the page that was asked for.

use std::sync::{Arc, Mutex};

use http::{Response, StatusCode};
use oauth_providers::{
    Admission, Auth0, Body, CallbackError, Email, Endpoint, GitHub, Google, Prompt, Provider,
    Refused, User,
};
use oauth_tests::{Cookie, Page, SameSite, Site, World};
use serde_json::json;

use crate::answers;
use crate::providers::{Acme, AcmeScope, Plain, Public, Tenants};

/// What a login looks like from outside.
struct Login {
    /// Where the browser was sent.
    authorization_url: String,
    /// The token request; the code, which the emulator throws dice for, stands there as `CODE`.
    token_request: String,
    /// Where the browser ended.
    page: Page,
}

async fn log_in<P: Provider>(world: &World<P>, address: &str) -> Login {
    let mut browser = world.browser();
    let page = browser.open(address).await;
    let authorization_url = browser.history()[1].to_string();
    let callback = &browser.history()[2];
    let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").unwrap();
    let token_request = world.sent.exchanges()[0].sent().replace(&*code, "CODE");
    Login { authorization_url, token_request, page }
}

#[tokio::test]
async fn google_logs_a_user_in() {
    let world = World::new(Google);

    let login = log_in(&world, "/inbox?page=2").await;

    assert_eq!(
        login.authorization_url,
        concat!(
            "https://accounts.google.com/o/oauth2/v2/auth?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fgoogle%2Fcallback",
            "&scope=openid%20email%20profile",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
            "&nonce=AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc",
        )
    );
    assert_eq!(
        login.token_request,
        concat!(
            "POST https://oauth2.googleapis.com/token\n",
            "accept: application/json\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "\n",
            "grant_type=authorization_code",
            "&code=CODE",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fgoogle%2Fcallback",
            "&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8",
            "&client_id=emulator-client",
            "&client_secret=emulator-secret",
        )
    );
    assert_eq!(login.page.text(), "somebody reads /inbox?page=2");
}

#[tokio::test]
async fn github_logs_a_user_in() {
    let world = World::new(GitHub);

    let login = log_in(&world, "/inbox?page=2").await;

    assert_eq!(
        login.authorization_url,
        concat!(
            "https://github.com/login/oauth/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fgithub%2Fcallback",
            "&scope=read%3Auser%20user%3Aemail",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
        )
    );
    assert_eq!(
        login.token_request,
        concat!(
            "POST https://github.com/login/oauth/access_token\n",
            "accept: application/json\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "\n",
            "grant_type=authorization_code",
            "&code=CODE",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fgithub%2Fcallback",
            "&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8",
            "&client_id=emulator-client",
            "&client_secret=emulator-secret",
        )
    );
    assert_eq!(login.page.text(), "somebody reads /inbox?page=2");
}

#[tokio::test]
async fn auth0_logs_a_user_in() {
    let world = World::new(Auth0::new("tenant.eu.auth0.com").unwrap());

    let login = log_in(&world, "/inbox?page=2").await;

    assert_eq!(
        login.authorization_url,
        concat!(
            "https://tenant.eu.auth0.com/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fauth0%2Fcallback",
            "&scope=openid%20profile%20email",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
            "&nonce=AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc",
        )
    );
    assert_eq!(
        login.token_request,
        concat!(
            "POST https://tenant.eu.auth0.com/oauth/token\n",
            "accept: application/json\n",
            "authorization: Basic ZW11bGF0b3ItY2xpZW50OmVtdWxhdG9yLXNlY3JldA==\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "\n",
            "grant_type=authorization_code",
            "&code=CODE",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fauth0%2Fcallback",
            "&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8",
        )
    );
    assert_eq!(login.page.text(), "somebody reads /inbox?page=2");
}

#[tokio::test]
async fn a_declared_provider_logs_a_user_in() {
    let world = World::with(Acme, |builder| builder.scopes([AcmeScope::Invoices]));

    let login = log_in(&world, "/inbox?page=2").await;

    assert_eq!(
        login.authorization_url,
        concat!(
            "https://acme.example/oauth/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Facme%2Fcallback",
            "&scope=read%3Aprofile%20invoices%3Awrite",
            "&code_challenge_method=S256",
            "&audience=https%3A%2F%2Fapi.acme.example%2F",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
        )
    );
    assert_eq!(
        login.token_request,
        concat!(
            "POST https://acme.example/oauth/token\n",
            "accept: application/json\n",
            "authorization: Basic ZW11bGF0b3ItY2xpZW50OmVtdWxhdG9yLXNlY3JldA==\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "x-acme-version: 7\n",
            "\n",
            "grant_type=authorization_code",
            "&code=CODE",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Facme%2Fcallback",
            "&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8",
        )
    );
    assert_eq!(login.page.text(), "somebody reads /inbox?page=2");
}

#[tokio::test]
async fn a_provider_named_by_the_application_logs_a_user_in() {
    let world = World::new(Tenants::new("id.example:8443", "north sea/1").unwrap());

    let login = log_in(&world, "/").await;

    assert_eq!(
        login.authorization_url,
        concat!(
            "https://id.example:8443/north%20sea%2F1/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Ftenants%2Fcallback",
            "&scope=openid",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
            "&nonce=AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc",
        )
    );
    assert_eq!(
        login.token_request,
        concat!(
            "POST https://id.example:8443/north%20sea%2F1/token\n",
            "accept: application/json\n",
            "authorization: Basic ZW11bGF0b3ItY2xpZW50OmVtdWxhdG9yLXNlY3JldA==\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "\n",
            "grant_type=authorization_code",
            "&code=CODE",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Ftenants%2Fcallback",
            "&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8",
        )
    );
    assert_eq!(login.page.text(), "somebody reads /");
}

#[tokio::test]
async fn a_public_client_logs_a_user_in() {
    let world = World::new(Public);

    let login = log_in(&world, "/").await;

    assert_eq!(
        login.authorization_url,
        concat!(
            "https://public.example/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fpublic%2Fcallback",
            "&code_challenge_method=S256",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
        )
    );
    assert_eq!(
        login.token_request,
        concat!(
            "POST https://public.example/token\n",
            "accept: application/json\n",
            "content-type: application/x-www-form-urlencoded\n",
            "user-agent: oauth-runtime/0.1.0\n",
            "\n",
            "grant_type=authorization_code",
            "&code=CODE",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fpublic%2Fcallback",
            "&code_verifier=AAAACAAAAAkAAAAKAAAACwAAAAwAAAANAAAADgAAAA8",
            "&client_id=emulator-client",
        )
    );
    assert_eq!(login.page.text(), "somebody reads /");
}

#[tokio::test]
async fn two_tabs_both_come_back_to_their_own_page() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let first = browser.begin_and_agree("/invoices?year=2025").await;
    let second = browser.begin_and_agree("/profile").await;

    let second = browser.arrive(second).await;
    let first = browser.arrive(first).await;

    assert_eq!(second.header("location"), "/profile");
    assert_eq!(first.header("location"), "/invoices?year=2025");
    assert_eq!(browser.jar().names(), ["__Host-oauth-acme", "__Host-oauth-acme.arrived"]);
}

#[tokio::test]
async fn the_login_path_returns_to_the_page_it_is_given() {
    let world = World::new(Acme);

    let login =
        log_in(&world, "/oauth/acme/login?return_to=%2Finvoices%3Fyear%3D2025%23june").await;

    assert_eq!(login.page.url().as_str(), "https://app.example/invoices?year=2025#june");
}

#[tokio::test]
async fn a_login_takes_a_hint_a_prompt_and_a_parameter_of_the_provider() {
    let world = World::new(Plain);
    let login = world.oauth.login().login_hint("ada@users.example").prompt(&Prompt::Login);
    let login = login.param("tenant", "north sea").unwrap();
    let mut browser = world.browser_of(Site::new(login));

    let url = browser.begin("/oauth/plain/login").await;

    assert_eq!(
        url.as_str(),
        concat!(
            "https://plain.example/authorize?response_type=code",
            "&client_id=emulator-client",
            "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fplain%2Fcallback",
            "&code_challenge_method=S256",
            "&login_hint=ada%40users.example",
            "&prompt=login",
            "&tenant=north%20sea",
            "&state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc",
            "&code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU",
        )
    );
}

#[tokio::test]
async fn offline_access_is_asked_for_in_the_way_that_each_provider_declares() {
    let parameters = |url: url::Url| -> String {
        let asked = url
            .query_pairs()
            .filter(|(name, _)| matches!(&**name, "scope" | "access_type" | "prompt"));
        asked.map(|(name, value)| format!("{name}={value}\n")).collect()
    };
    let google = World::with(Google, |builder| builder.offline_access(true));
    let auth0 = World::with(Auth0::new("tenant.eu.auth0.com").unwrap(), |builder| {
        builder.offline_access(true)
    });
    let acme = World::with(Acme, |builder| builder.offline_access(true));

    let google_url = google.browser().begin("/").await;
    let auth0_url = auth0.browser().begin("/").await;
    let acme_url = acme.browser().begin("/").await;

    assert_eq!(
        parameters(google_url),
        "scope=openid email profile\naccess_type=offline\nprompt=consent\n"
    );
    assert_eq!(parameters(auth0_url), "scope=openid profile email offline_access\n");
    assert_eq!(parameters(acme_url), "scope=read:profile\n");
    assert!(google.log_in().await.tokens().refresh_token().is_some());
    assert!(auth0.log_in().await.tokens().refresh_token().is_some());
}

#[tokio::test]
async fn without_offline_access_google_gives_no_refresh_token() {
    let session = World::new(Google).log_in().await;

    assert!(session.tokens().refresh_token().is_none());
}

#[tokio::test]
async fn a_session_knows_what_was_granted_and_until_when() {
    let world = World::new(Acme);

    let session = world.log_in().await;

    assert_eq!(session.scopes().to_string(), "read:profile");
    assert_eq!(session.expires_at().unwrap().as_unix_seconds(), 1_767_225_600 + 3600);
    assert_eq!(session.account(), None);
}

#[tokio::test]
async fn te_09_a_scope_that_holds_a_comma_is_one_scope_of_the_session() {
    let world = World::with(Acme, |builder| builder.scopes([AcmeScope::custom("pay:eur,usd")]));
    let answer = json!({ "access_token": "a", "token_type": "Bearer" });
    let mut granted = answer.clone();
    granted["scope"] = json!(["read:profile", "pay:eur,usd"]);

    // Granted as it was asked for, and by name.
    for answer in [answer, granted] {
        world.emulator.answer_next(Endpoint::Token, answers::json(&answer));
        let session = world.log_in().await;

        assert_eq!(session.scopes().to_string(), "read:profile pay:eur,usd");
        assert!(session.scopes().contains("pay:eur,usd"));
    }
}

#[tokio::test]
async fn a_declared_field_of_the_token_response_is_typed() {
    let mut world = World::new(Acme);
    world.emulator = world.emulator.token_member("company_id", 4711);

    let response = world.log_in().await.token_response().unwrap();

    let company_id: u64 = response.company_id;
    assert_eq!(company_id, 4711);
}

#[tokio::test]
async fn a_declared_field_that_is_missing_is_an_error_that_names_it() {
    let world = World::new(Acme);
    let answer = json!({ "access_token": "secret-access", "token_type": "Bearer" });
    world.emulator.answer_next(Endpoint::Token, answers::json(&answer));

    let error = world.log_in().await.token_response().unwrap_err();

    assert_eq!(
        error.to_string(),
        "the answer does not hold what its type declares: missing field `company_id`"
    );
}

#[tokio::test]
async fn the_id_token_is_kept_and_holds_the_nonce_that_was_sent() {
    let session = World::new(Google).log_in().await;

    let id_token = session.id_token().unwrap();

    let claims = id_token.expose().split('.').nth(1).unwrap().to_owned();
    let claims = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, claims).unwrap();
    let mut claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    let made_there = ["sid", "at_hash"].map(|name| claims.as_object_mut().unwrap().remove(name));
    assert!(made_there.iter().all(Option::is_some));
    assert_eq!(
        claims,
        json!({
            "iss": "https://accounts.google.com",
            "sub": "1815",
            "aud": "emulator-client",
            "auth_time": 1_767_225_600,
            "iat": 1_767_225_600,
            "exp": 1_767_225_600 + 3600,
            "nonce": "AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc",
        })
    );
}

#[tokio::test]
async fn a_provider_without_openid_gets_no_nonce_and_gives_no_id_token() {
    let world = World::new(GitHub);

    let url = world.browser().begin("/").await;

    assert!(!url.as_str().contains("nonce"), "{url}");
    let answer = world.log_in().await.token_response().unwrap();
    assert!(!String::from_utf8_lossy(answer.raw()).contains("id_token"));
}

#[tokio::test]
async fn the_profile_is_read_where_the_declaration_says() {
    let mut world = World::new(Google);
    let grace = User::new("1906").name("Grace Hopper").verified_email("grace@users.example");
    world.emulator = world.emulator.user(grace.picture("https://users.example/grace.png"));

    let profile = world.log_in().await.profile().await.unwrap();

    assert_eq!(profile.subject(), "1906");
    assert_eq!(profile.name(), Some("Grace Hopper"));
    assert_eq!(profile.email().map(Email::address), Some("grace@users.example"));
    assert_eq!(profile.picture(), Some("https://users.example/grace.png"));
    assert!(profile.email().unwrap().verified().is_some());
    assert_eq!(world.emulator.requests(Endpoint::UserInfo), 1);
    assert_eq!(world.emulator.requests(Endpoint::Emails), 0);
}

#[tokio::test]
async fn github_is_asked_for_the_addresses_in_a_second_call() {
    let mut world = World::new(GitHub);
    world.emulator = world.emulator.user(User::new("7").verified_email("octo@users.example"));

    let profile = world.log_in().await.profile().await.unwrap();

    assert_eq!(profile.subject(), "7");
    assert_eq!(profile.email().unwrap().verified().unwrap().as_str(), "octo@users.example");
    assert_eq!(world.emulator.requests(Endpoint::Emails), 1);
}

#[tokio::test]
async fn an_address_that_github_has_not_verified_is_not_verified() {
    let mut world = World::new(GitHub);
    world.emulator = world.emulator.user(User::new("7").unverified_email("octo@users.example"));

    let profile = world.log_in().await.profile().await.unwrap();

    assert_eq!(profile.email().unwrap().address(), "octo@users.example");
    assert!(profile.email().unwrap().verified().is_none());
}

#[tokio::test]
async fn without_the_scope_for_addresses_the_github_user_is_known_all_the_same() {
    let world = World::new(GitHub);
    world.emulator.fail_next(Endpoint::Emails, StatusCode::NOT_FOUND);

    let profile = world.log_in().await.profile().await.unwrap();

    assert_eq!((profile.subject(), profile.email()), ("1815", None));
}

#[tokio::test]
async fn a_provider_that_verifies_no_address_gives_an_unverified_one() {
    let mut world = World::new(Acme);
    world.emulator = world.emulator.user(User::new("7").verified_email("ada@users.example"));

    let profile = world.log_in().await.profile().await.unwrap();

    assert_eq!(profile.email().unwrap().address(), "ada@users.example");
    assert!(profile.email().unwrap().verified().is_none());
}

#[tokio::test]
async fn on_login_names_the_account() {
    let world = World::with(Acme, |builder| {
        builder.on_login(async |login| {
            let profile = login.session().profile().await?;
            Ok(Admission::new().account(format!("user-{}", profile.subject())))
        })
    });

    let page = world.browser().open("/invoices").await;

    assert_eq!(page.text(), "user-1815 reads /invoices");
}

#[tokio::test]
async fn on_login_sees_where_the_browser_goes_and_the_cookies_of_the_application() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let world = World::with(Acme, |builder| {
        builder.on_login(move |login| {
            let cookies = login.request().headers["cookie"].to_str().unwrap().to_owned();
            let basket = cookies.split("; ").any(|pair| pair == "basket=3");
            kept.lock().unwrap().push((login.return_to().as_str().to_owned(), basket));
            std::future::ready(Ok(Admission::new()))
        })
    });
    let mut browser = world.browser();
    browser.jar_mut().put(Cookie {
        name: "basket".to_owned(),
        value: "3".to_owned(),
        host: "app.example".to_owned(),
        domain: None,
        path: "/".to_owned(),
        secure: true,
        http_only: false,
        same_site: SameSite::Lax,
        expires_at: None,
    });

    browser.open("/checkout").await;

    assert_eq!(*seen.lock().unwrap(), [("/checkout".to_owned(), true)]);
}

#[tokio::test]
async fn on_login_sends_the_browser_elsewhere_in_the_application() {
    let world = World::with(Acme, |builder| {
        builder.on_login(async |_| Ok(Admission::new().return_to("/welcome?new=1")))
    });

    let page = world.browser().open("/invoices").await;

    assert_eq!(page.text(), "somebody reads /welcome?new=1");
}

#[tokio::test]
async fn on_login_cannot_send_the_browser_to_another_site() {
    let world = World::with(Acme, |builder| {
        builder.on_login(async |_| Ok(Admission::new().return_to("//evil.example/welcome")))
    });

    let page = world.browser().open("/invoices").await;

    assert_eq!(page.text(), "somebody reads /");
}

#[tokio::test]
async fn on_login_refuses_a_user_who_is_told_why_and_not_logged_in() {
    let world = World::with(Acme, |builder| {
        builder.on_login(async |_| Err(Refused::new("Your <company> has no contract.")))
    });
    let mut browser = world.browser();

    let page = browser.open("/invoices").await;

    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    assert!(page.text().contains("<p>Your &#60;company&#62; has no contract.</p>"));
    assert_eq!(browser.jar().names(), [""; 0]);
}

#[tokio::test]
async fn work_of_the_application_that_fails_refuses_the_login_without_a_detail() {
    let world = World::with(Acme, |builder| {
        builder.on_login(async |_| {
            let port: u16 = "canary".parse()?;
            Ok(Admission::new().account(port.to_string()))
        })
    });

    let page = world.browser().open("/invoices").await;

    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    assert!(page.text().contains("<p>the login could not be completed</p>"));
    assert!(!page.text().contains("invalid digit"));
}

#[tokio::test]
async fn a_denied_consent_is_answered_with_a_page_and_a_way_back() {
    let world = World::new(Acme);
    world.emulator.deny_next();
    let mut browser = world.browser();

    let page = browser.open("/invoices").await;

    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    assert!(page.text().contains("<h1>You are not logged in</h1>"), "{}", page.text());
    assert!(
        page.text()
            .contains("<a href=\"/oauth/acme/login?return_to=%2Finvoices\">Log in with Acme</a>")
    );
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
    assert_eq!(browser.jar().names(), [""; 0]);
}

#[tokio::test]
async fn after_a_denied_consent_the_next_login_succeeds() {
    let world = World::new(Acme);
    world.emulator.deny_next();
    let mut browser = world.browser();
    browser.open("/invoices").await;

    let page = browser.open("/oauth/acme/login?return_to=/invoices").await;

    assert_eq!(page.text(), "somebody reads /invoices");
}

#[tokio::test]
async fn on_failure_replaces_the_answer_and_keeps_it_private() {
    let world = World::with(Acme, |builder| {
        builder.on_failure(|error: &CallbackError, cx| {
            let words = format!("{} {} {}", error.code(), cx.provider(), cx.login_url());
            let mut response = Response::new(Body::from(words));
            *response.status_mut() = StatusCode::IM_A_TEAPOT;
            let forever = http::HeaderValue::from_static("public, max-age=31536000");
            response.headers_mut().insert("cache-control", forever);
            response
        })
    });
    world.emulator.deny_next();

    let page = world.browser().open("/invoices").await;

    assert_eq!(page.status(), StatusCode::IM_A_TEAPOT);
    assert_eq!(page.text(), "denied Acme /oauth/acme/login?return_to=%2Finvoices");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn an_error_in_an_answer_with_200_is_an_error() {
    let world = World::new(GitHub);
    let error = json!({
        "error": "bad_verification_code",
        "error_description": "The code passed is incorrect or expired.",
        "error_uri": "https://docs.github.com/",
    });
    world.emulator.answer_next(Endpoint::Token, answers::json(&error));
    let mut browser = world.browser();

    let page = browser.open("/invoices").await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert!(page.text().contains("<small>exchange</small>"), "{}", page.text());
    assert_eq!(browser.jar().names(), [""; 0]);
}

#[tokio::test]
async fn a_parameter_of_the_application_goes_out_with_every_login() {
    let world = World::with(Acme, |builder| {
        builder
            .authorization_param("audience", "https://mine.example/")
            .authorization_param("hd", "a b")
    });

    let url = world.browser().begin("/").await;

    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let values = |name: &str| -> Vec<&str> {
        pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| &**value).collect()
    };
    // The declared one gives way.
    assert_eq!(values("audience"), ["https://mine.example/"]);
    assert_eq!(values("hd"), ["a b"]);
}

#[tokio::test]
async fn the_whole_profile_can_be_read_into_a_type_of_the_application() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct User {
        id: String,
    }
    let session = World::new(Acme).log_in().await;

    let profile = session.profile().await.unwrap();

    assert_eq!(profile.fields::<User>().unwrap(), User { id: profile.subject().to_owned() });
    assert_eq!(profile.fields::<u64>().unwrap_err().code(), "unreadable");
}

#[tokio::test]
async fn a_refusal_with_a_cause_tells_the_user_the_reason_and_the_application_the_cause() {
    let seen = Arc::new(Mutex::new(String::new()));
    let place = Arc::clone(&seen);
    let world = World::with(Acme, |builder| {
        builder
            .on_login(async |_| Err(Refused::because("Try again later.", "the database is down")))
            .on_failure(move |error, _| {
                let cause = std::error::Error::source(error).unwrap();
                *place.lock().unwrap() = format!("{error}: {cause}");
                Response::new(Body::from("no"))
            })
    });

    world.browser().open("/").await;

    assert_eq!(
        *seen.lock().unwrap(),
        "the application refused the login: Try again later.: the database is down"
    );
}

#[tokio::test]
async fn a_login_is_begun_by_a_get_alone() {
    let world = World::new(Acme);

    let post = http::Request::post("/oauth/acme/login").body(bytes::Bytes::new()).unwrap();
    let page = world.browser().send(post).await;

    assert_eq!((page.status(), page.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET"));
    assert_eq!(page.set_cookies(), [""; 0]);
}
