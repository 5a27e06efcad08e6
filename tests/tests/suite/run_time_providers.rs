//! Providers that exist only at run time: from an issuer, from a file, from a value made by hand.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use oauth_providers::{
    Admission, Declaration, Declared, Emulator, EncryptedCookies, Endpoint, Environment, Fault,
    KeyRing, OAuth, OpenId, OpenIdScope, Provider, Scope, Session, SessionRejection, User,
    oauth_provider,
};
use oauth_tests::{Site, StoppedClock, World};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::answers;
use crate::state::with_parameter;

const ISSUER: &str = "https://login.company.example/realms/all";

fn company() -> World<OpenId> {
    let provider = OpenId::issuer(ISSUER).named("The company");
    let clock = StoppedClock::new();
    let emulator = Emulator::of(provider.clone())
        .clock(clock.clone())
        .user(User::new("7").name("Ada").verified_email("ada@company.example"))
        .rotate_refresh();
    World::around(provider, emulator, clock, |builder| {
        builder.scopes([OpenIdScope::Email]).offline_access(true)
    })
}

#[tokio::test]
async fn an_issuer_is_all_that_has_to_be_known() {
    let world = company();

    let mut browser = world.browser();
    let asked = browser.begin("/").await;
    let session = world.log_in().await;

    assert_eq!(
        asked.as_str(),
        "https://login.company.example/realms/all/authorize?response_type=code&client_id=emulator-client\
         &redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fopenid_login_company_example_b35536e0%2Fcallback\
         &scope=openid%20profile%20email%20offline_access&code_challenge_method=S256\
         &state=AAAAAAAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAc\
         &code_challenge=kV_a4rdEIOMBGIzdvtPHpZaAUZe1UBR9KEa6gEqRGvU\
         &nonce=AAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABc"
    );
    let profile = session.profile().await.unwrap();
    let email = profile.email().and_then(|email| email.verified()).unwrap();
    assert_eq!((profile.subject(), email.as_str()), ("7", "ada@company.example"));
    assert!(session.id_token().is_some());
    session.client().refresh().await.unwrap();
    let metadata: Vec<String> = world.sent.exchanges()[..1]
        .iter()
        .map(|exchange| exchange.request.uri().to_string())
        .collect();
    assert_eq!(metadata, [format!("{ISSUER}/.well-known/openid-configuration")]);
    assert_eq!(world.emulator.requests(Endpoint::Metadata), 1);
}

#[tokio::test]
async fn a_thousand_browsers_that_come_first_are_one_question_to_the_issuer() {
    let world = company();
    let held = world.emulator.hold_next(Endpoint::Metadata);

    let mut pages = JoinSet::new();
    for _ in 0..1000 {
        let mut browser = world.browser();
        pages.spawn(async move { browser.look_at("/").await.status() });
    }
    tokio::task::yield_now().await;
    drop(held);

    assert_eq!(pages.join_all().await, [StatusCode::SEE_OTHER; 1000]);
    assert_eq!(world.emulator.requests(Endpoint::Metadata), 1);
}

#[tokio::test(start_paused = true)]
async fn an_application_starts_and_stays_up_while_its_issuer_is_down() {
    let world = company();
    world.emulator.fail_next(Endpoint::Metadata, StatusCode::BAD_GATEWAY);
    world.emulator.lose_next_request(Endpoint::Metadata);
    let mut browser = world.browser();

    for asked in [1, 1, 2, 2] {
        let page = browser.look_at("/").await;
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text().contains("The provider cannot be reached"), "{}", page.text());
        assert_eq!(world.emulator.requests(Endpoint::Metadata), asked);
        tokio::time::advance(Duration::from_millis(500)).await;
    }

    assert_eq!(browser.open("/").await.status(), StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn an_issuer_that_fails_slowly_fails_for_all_who_wait_at_once() {
    let world = company();
    let held = world.emulator.hold_next(Endpoint::Metadata);
    let slow = Response::builder().status(StatusCode::SERVICE_UNAVAILABLE).body(Bytes::new());
    let mut pages = JoinSet::new();
    for _ in 0..20 {
        let mut browser = world.browser();
        pages.spawn(async move { browser.look_at("/").await.status() });
    }
    tokio::task::yield_now().await;
    world.emulator.answer_next(Endpoint::Metadata, slow.unwrap());
    pages.abort_all();
    while pages.join_next().await.is_some() {}
    drop(held);

    let mut pages = JoinSet::new();
    for _ in 0..20 {
        let mut browser = world.browser();
        pages.spawn(async move { browser.look_at("/").await.status() });
    }

    assert_eq!(pages.join_all().await, [StatusCode::SERVICE_UNAVAILABLE; 20]);
    assert_eq!(
        world.emulator.requests(Endpoint::Metadata),
        2,
        "a question that was dropped, and one"
    );
}

#[tokio::test]
async fn metadata_of_another_issuer_or_without_safe_endpoints_are_refused() {
    let good = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/authorize"),
        "token_endpoint": format!("{ISSUER}/token"),
        "jwks_uri": format!("{ISSUER}/jwks"),
    });
    let with = |member: &str, value: Value| {
        let mut metadata = good.clone();
        metadata[member] = value;
        metadata
    };
    let without_token = json!({ "issuer": ISSUER, "authorization_endpoint": ISSUER });
    for metadata in [
        with("issuer", json!(format!("{ISSUER}/"))),
        with("issuer", json!("https://evil.example")),
        with("issuer", json!(null)),
        with("token_endpoint", json!("http://login.company.example/token")),
        with("token_endpoint", json!("http://127.0.0.1:6379/token")),
        with("authorization_endpoint", json!("http://localhost:6379/authorize")),
        with("token_endpoint", json!("https://me:pw@login.company.example/token")),
        with("token_endpoint", json!("https://login.company.example/token#x")),
        with("authorization_endpoint", json!("javascript:alert(1)")),
        with("revocation_endpoint", json!("//evil.example")),
        with("userinfo_endpoint", json!(7)),
        without_token,
        json!([]),
        json!("metadata"),
        json!(null),
    ] {
        let world = company();
        world.emulator.answer_next(Endpoint::Metadata, answers::json(&metadata));

        let page = world.browser().look_at("/").await;

        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE, "{metadata}");
        assert_eq!(world.sent.count(), 1, "{metadata}");
    }
}

#[tokio::test]
async fn what_the_metadata_do_not_name_is_said_when_it_is_asked_for() {
    let world = company();
    let metadata = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/authorize"),
        "token_endpoint": format!("{ISSUER}/token"),
        "jwks_uri": format!("{ISSUER}/jwks"),
    });
    world.emulator.answer_next(Endpoint::Metadata, answers::json(&metadata));

    let session = world.log_in().await;

    // Who the user is, the ID token has said already.
    assert_eq!(session.profile().await.unwrap().subject(), "7");
    assert_eq!(session.claims().unwrap().subject(), "7");
    assert_eq!(world.emulator.requests(Endpoint::UserInfo), 0);
    let error = session.client().userinfo().await.unwrap_err();
    assert_eq!(error.to_string(), "the provider has no `userinfo_endpoint`");
}

#[oauth_provider(
    issuer = "https://id.example",
    token_endpoint = "https://token.example/mine",
    scopes(OpenId = "openid"),
    default_scopes(OpenId),
    profile(subject = "/sub")
)]
struct Partly;

#[tokio::test]
async fn a_declared_endpoint_wins_over_a_discovered_one() {
    let world = World::new(Partly);

    let session = world.log_in().await;

    assert_eq!(session.profile().await.unwrap().subject(), "1815");
    let asked: Vec<String> =
        world.sent.exchanges().iter().map(|exchange| exchange.request.uri().to_string()).collect();
    assert_eq!(
        asked,
        [
            "https://id.example/.well-known/openid-configuration",
            "https://token.example/mine",
            "https://id.example/jwks",
            "https://id.example/userinfo",
        ]
    );
}

#[tokio::test]
async fn an_issuer_moves_with_the_environment_and_keeps_its_name() {
    let provider = OpenId::issuer(ISSUER);
    let clock = StoppedClock::new();
    let emulator = Emulator::of(provider.clone()).clock(clock.clone());
    let world = World::around(provider, emulator, clock, |builder| {
        builder.environment(Environment::at("http://127.0.0.1:9000"))
    });

    let url = world.browser().begin("/").await;

    let moved = "http://127.0.0.1:9000/login.company.example/realms/all/authorize";
    assert!(url.as_str().starts_with(moved), "{url}");
    let asked = world.sent.exchanges()[0].request.uri().to_string();
    let metadata = "login.company.example/realms/all/.well-known/openid-configuration";
    assert_eq!(asked, format!("http://127.0.0.1:9000/{metadata}"));
}

#[tokio::test]
async fn an_issuer_that_the_metadata_announce_is_demanded_of_the_callback() {
    let world = company();
    let metadata = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/authorize"),
        "token_endpoint": format!("{ISSUER}/token"),
        "jwks_uri": format!("{ISSUER}/jwks"),
        "authorization_response_iss_parameter_supported": true,
    });
    world.emulator.answer_next(Endpoint::Metadata, answers::json(&metadata));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;

    let page = browser.arrive(with_parameter(&callback, "iss", None)).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
    assert_eq!(browser.open("/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn ck_03_a_session_of_an_emulated_issuer_is_none_of_the_real_one() {
    let world_at = |environment| {
        let provider = OpenId::issuer(ISSUER);
        let clock = StoppedClock::new();
        let emulator = Emulator::of(provider.clone()).clock(clock.clone());
        World::around(provider, emulator, clock, |builder| builder.environment(environment))
    };
    let emulated = world_at(Environment::at("http://127.0.0.1:9000"));
    let real = world_at(Environment::real());
    let mut browser = emulated
        .browser()
        .site("http://127.0.0.1:9000", Site::new(emulated.emulator.clone().into_service()));
    assert_eq!(browser.open("/").await.status(), StatusCode::OK);

    let cookie = real.oauth.instance().session_cookie();
    let value = browser.jar().value(cookie).unwrap();
    let request =
        http::Request::get("https://app.example/").header("cookie", format!("{cookie}={value}"));
    let page = real.browser().send_as_it_is(request.body(Bytes::new()).unwrap()).await;

    assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn two_providers_of_run_time_are_two() {
    let world_of = |host: &str| {
        let declaration = Declaration {
            name: host.to_owned().into(),
            slug: host.to_owned().into(),
            authorization_endpoint: Some(format!("https://{host}.example/authorize").into()),
            token_endpoint: Some(format!("https://{host}.example/token").into()),
            ..Declaration::EMPTY
        };
        World::with(Declared::from(declaration), |builder| {
            let account = host.to_owned();
            builder.on_login(move |_| {
                let account = account.clone();
                async move { Ok(Admission::new().account(account)) }
            })
        })
    };
    let (a, b) = (world_of("a"), world_of("b"));
    let (of_a, of_b) = (a.oauth.clone(), b.oauth.clone());
    let account = |session: Option<Session<Declared>>| {
        session.map_or("nobody".to_owned(), |it| it.account().unwrap_or_default().to_owned())
    };
    let page = move |extensions: http::Extensions| {
        let of_a = account(of_a.session(&extensions).unwrap());
        let of_b = account(of_b.session(&extensions).unwrap());
        async move { format!("{of_a} {of_b}") }
    };
    let extracted = async |session: Result<Session<Declared>, SessionRejection>| match session {
        Ok(_) => "somebody".to_owned(),
        Err(rejection) => rejection.to_string(),
    };
    let router = axum::Router::new()
        .route(
            "/",
            axum::routing::get(move |request: axum::extract::Request| {
                page(request.into_parts().0.extensions)
            }),
        )
        .route("/extracted", axum::routing::get(extracted))
        .layer(a.oauth.filter().optional())
        .layer(b.oauth.filter().optional())
        .route_service(a.oauth.callback_path(), a.oauth.callback())
        .route_service(b.oauth.callback_path(), b.oauth.callback());
    let mut browser = a.browser_of(Site::new(router));

    browser.open(a.oauth.login_path()).await;

    assert_eq!(browser.open("/").await.text(), "a nobody");
    let refusal = "two providers of this type stand before the handler; give each a `.name(\"…\")`, and ask \
                   `oauth.session(…)`";
    assert_eq!(browser.open("/extracted").await.text(), refusal);
}

const FILE: &str = r#"
name = "Acme"
slug = "acme"
authorization_endpoint = "https://{domain}/oauth/authorize"
token_endpoint = "https://{domain}/oauth/token?region={region}"
userinfo_endpoint = "https://{domain}/{tenant}/me"
api_base = "https://{domain}/api/"
default_scopes = ["read"]
token_endpoint_auth_method = "client_secret_post"
offline = { params = { access_type = "offline" } }
authorization_params = { prompt = "consent" }
token_params = { audience = "api", device_id = { from = "callback.device_id" } }
scopes = [{ variant = "Read", value = "read", doc = "Read everything." }]
profile = { subject = "/id", email = "/mail", email_verified = "always" }
placeholders = [
    { name = "domain", kind = "host" },
    { name = "tenant", kind = "segment", default = "common" },
    { name = "region", kind = "value", default = "e u" },
]

[dialect]
token_request = "json"
callback_params = ["device_id"]
"#;

#[tokio::test]
async fn a_declaration_from_a_file_logs_in_like_one_in_the_source() {
    let declaration: Declaration = toml::from_str(FILE).unwrap();
    let provider = Declared::from(declaration).with("domain", "acme.example").unwrap();
    let world =
        World::with(provider, |builder| builder.scopes([Scope::new("write")]).offline_access(true));

    let url = world.browser().begin("/").await;
    let session = world.log_in().await;

    assert!(url.as_str().contains("&scope=read%20write&"), "{url}");
    assert!(url.as_str().contains("&prompt=consent&access_type=offline&"), "{url}");
    assert_eq!(session.profile().await.unwrap().subject(), "1815");
    assert!(session.tokens().callback_param("device_id").is_some());
    session.client().refresh().await.unwrap();
    let token = &world.sent.exchanges()[0].request;
    assert_eq!(token.uri(), "https://acme.example/oauth/token?region=e%20u");
    assert_eq!(token.headers()["content-type"], "application/json");
}

#[test]
fn ma_01_every_mistake_of_a_declaration_is_a_fault_of_the_build() {
    let text = FILE
        .replace("https://{domain}/oauth/authorize", "http://{domain}/oauth/authorize")
        .replace("[\"read\"]", "[\"raed\"]")
        .replace("subject = \"/id\"", "subject = \"id\"")
        .replace("[\"device_id\"]", "[\"state\"]");
    let declaration: Declaration = toml::from_str(&text).unwrap();

    let error = OAuth::builder(Declared::from(declaration)).build().unwrap_err().to_string();

    assert_eq!(
        error,
        "Acme cannot be set up\n  \
         - in the declaration, `authorization_endpoint` must be an absolute `https` URL, found \
         `http://{domain}/oauth/authorize`\n  \
         - in the declaration, `default_scopes[0]`: unknown scope `raed`; did you mean `read`?\n  \
         - in the declaration, `token_params.device_id`: unknown callback parameter `device_id`, expected `state`\n  \
         - in the declaration, `profile.subject`: `subject` is a JSON pointer and begins with `/`; write `\"/id\"`\n  \
         - in the declaration, `dialect.callback_params[0]`: `state` belongs to the protocol, which reads it \
         itself; remove it\n  \
         - `{domain}` has no value; call `.with(\"domain\", \"…\")` of the provider\n  \
         - no client identifier; call `.client_id(\"…\")`\n  \
         - no client secret, which `client_secret_post` needs; call `.client_secret(\"…\")`\n  \
         - the redirect URI must be an absolute https URL (http on loopback) in its normal form, found ``; call \
         `.redirect_uri(\"https://app.example/auth/acme/callback\")`, or `.base_url(\"https://app.example\")`\n  \
         - no persistence; call `.persistence(EncryptedCookies::new(KeyRing::from_env(\"OAUTH_KEYS\")?))`"
    );
}

#[test]
fn ma_01_a_file_that_is_no_declaration_is_refused_where_it_is_wrong() {
    let refused = |text: &str| toml::from_str::<Declaration>(text).unwrap_err().to_string();

    let unknown = refused("token_endpont = \"https://a.example\"");
    assert!(unknown.contains("unknown field `token_endpont`"), "{unknown}");
    let word = refused("pkce = \"maybe\"");
    assert!(word.contains("unknown variant `maybe`, expected one of `required`"), "{word}");
    let nested = refused("[dialect]\nlenient = true");
    assert!(nested.contains("unknown field `lenient`"), "{nested}");
    let source = refused("token_params = { a = { from = \"env.SECRET\" } }");
    assert!(source.contains("unknown source `env.SECRET`"), "{source}");
}

#[test]
fn a_placeholder_takes_what_may_stand_in_its_place() {
    let declared = || Declared::from(toml::from_str::<Declaration>(FILE).unwrap());

    let refusal = |name, value| declared().with(name, value).unwrap_err().to_string();
    assert_eq!(
        refusal("domain", "evil.example/x"),
        "`domain` must be a host such as `tenant.example.com`"
    );
    assert_eq!(refusal("tenant", ".."), "`tenant` must be one segment of a path");
    assert_eq!(refusal("region", ""), "`region` must be a text that is not empty");
    assert_eq!(refusal("realm", "x"), "`realm` must be a placeholder of the declaration");
    let filled = declared().with("region", "a&b=c#d").unwrap().with("region", "x y").unwrap();
    assert_eq!(filled.parameter("region"), Some("x%20y"));
    assert_eq!(filled.parameter("tenant"), Some("common"));
    assert_eq!(filled.parameter("domain"), None);
}

#[test]
fn an_issuer_that_is_no_url_is_a_fault_of_the_build() {
    for issuer in
        ["", "login.company.example", "http://login.company.example", "https://a b", "https://a/?x"]
    {
        let keys = KeyRing::generate().unwrap();
        let built = OAuth::builder(OpenId::issuer(issuer))
            .client_id("client")
            .client_secret("secret")
            .redirect_uri("https://app.example/callback")
            .persistence(EncryptedCookies::new(keys).single_process())
            .build();

        let faults = built.unwrap_err().faults().to_vec();
        assert!(matches!(faults[..], [Fault::Declaration(_)]), "{issuer}: {faults:?}");
    }
}

#[tokio::test]
async fn a_server_without_openid_connect_is_asked_for_the_metadata_of_oauth() {
    let provider = OpenId::issuer(ISSUER);
    let world = World::new(provider);
    let metadata = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/authorize"),
        "token_endpoint": format!("{ISSUER}/token"),
    });
    world.emulator.fail_next(Endpoint::Metadata, StatusCode::NOT_FOUND);
    world.emulator.answer_next(Endpoint::Unknown, answers::json(&metadata));

    let location = world.browser().begin("/").await;

    assert!(location.as_str().starts_with(&format!("{ISSUER}/authorize?")), "{location}");
    let asked: Vec<String> =
        world.sent.exchanges().iter().map(|exchange| exchange.request.uri().to_string()).collect();
    let host = "https://login.company.example";
    assert_eq!(
        asked,
        [
            format!("{ISSUER}/.well-known/openid-configuration"),
            format!("{host}/.well-known/oauth-authorization-server/realms/all"),
        ]
    );
}
