//! Several providers in one application: mounted with one call, and never taken for each other.

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::{Request, StatusCode};
use oauth_providers::{
    Confusion, EncryptedCookies, GitHub, Google, KeyRing, Logout, OAuth, OAuthBuilder, OpenId,
    Provider, Providers, Session, Shopify,
};
use oauth_tests::{Browser, Site, StoppedClock, World, key_ring};

use crate::providers::{Acme, Plain};

/// A builder with everything but an address.
fn client<P: Provider>(provider: P) -> OAuthBuilder<P> {
    let persistence = EncryptedCookies::new(KeyRing::generate().unwrap()).single_process();
    OAuth::builder(provider).client_id("app").client_secret("secret").persistence(persistence)
}

/// The same, at its default address.
fn at_home<P: Provider>(provider: P) -> OAuthBuilder<P> {
    client(provider).base_url(World::<P>::ORIGIN)
}

fn confusions(providers: Providers) -> Vec<Confusion> {
    providers.build().unwrap_err().confusions().to_vec()
}

fn world<P: Provider>(provider: P, clock: &StoppedClock) -> World<P> {
    let slug = provider.declaration().slug.clone();
    let emulator = oauth_providers::Emulator::of(provider.clone()).clock(clock.clone());
    World::around(provider, emulator, clock.clone(), |builder| {
        builder
            .redirect_uri(format!("{}/auth/{slug}/callback", World::<P>::ORIGIN))
            .persistence(EncryptedCookies::new(key_ring()).single_process())
    })
}

#[tokio::test]
async fn one_call_mounts_login_callback_and_logout_of_each() {
    let clock = StoppedClock::new();
    let (acme, plain) = (world(Acme, &clock), world(Plain, &clock));
    let providers =
        Providers::new().with(acme.oauth.clone()).with(plain.oauth.clone()).build().unwrap();
    let who = async |acme: Option<Session<Acme>>, plain: Option<Session<Plain>>| {
        format!("acme {} plain {}", acme.is_some(), plain.is_some())
    };
    let router = Router::new()
        .route("/", get(who))
        .layer(acme.oauth.filter().optional())
        .layer(plain.oauth.filter().optional())
        .route_service("/auth/{*path}", providers.clone());
    let mut browser = Browser::new(clock, World::<Acme>::ORIGIN, Site::new(router))
        .elsewhere(Site::new(acme.emulator.clone().into_service()));

    assert_eq!(browser.open("/auth/acme/login").await.text(), "acme true plain false");

    let mut browser = browser.elsewhere(Site::new(plain.emulator.clone().into_service()));
    assert_eq!(browser.open("/auth/plain/login").await.text(), "acme true plain true");
    let logout = Request::post("/auth/acme/logout").body(Bytes::new()).unwrap();
    assert_eq!(browser.send(logout).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(browser.open("/").await.text(), "acme false plain true");
    assert_eq!(browser.open("/auth/other/login").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(browser.look_at("/auth/acme/logout").await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_login_page_gets_a_list_and_the_code_its_types() {
    let providers = Providers::new()
        .with(at_home(Google).build().unwrap())
        .with(at_home(GitHub).build().unwrap())
        .with(at_home(GitHub).name("work").client_id("other").build().unwrap())
        .build()
        .unwrap();

    let list: Vec<_> = providers
        .iter()
        .map(|it| (it.name(), it.key(), it.login_path(), it.callback_path(), it.logout_path()))
        .collect();
    assert_eq!(
        list,
        [
            (
                "Google",
                "google",
                "/auth/google/login",
                "/auth/google/callback",
                "/auth/google/logout"
            ),
            (
                "GitHub",
                "github",
                "/auth/github/login",
                "/auth/github/callback",
                "/auth/github/logout"
            ),
            (
                "GitHub",
                "github-work",
                "/auth/github-work/login",
                "/auth/github-work/callback",
                "/auth/github-work/logout"
            ),
        ]
    );
    let google: OAuth<Google> = providers.get().unwrap();
    assert_eq!(google.redirect_uri(), "https://app.example/auth/google/callback");
    assert_eq!(providers.get::<GitHub>().unwrap().instance().key(), "github");
    assert_eq!(providers.named::<GitHub>("github-work").unwrap().instance().key(), "github-work");
    assert!(providers.named::<Google>("github").is_none());
    assert!(providers.get::<Acme>().is_none());
    assert_eq!(
        format!("{providers:?}"),
        "[AnyOAuth { instance: \"google\", .. }, AnyOAuth { instance: \"github\", .. }, AnyOAuth { instance: \"github-work\", .. }]"
    );
}

#[tokio::test]
async fn a_logout_does_what_its_provider_was_mounted_with() {
    let clock = StoppedClock::new();
    let acme = world(Acme, &clock);
    let providers =
        Providers::new().with_logout(acme.oauth.clone(), Logout::revoke).build().unwrap();
    let router = Router::new()
        .route("/", get(async || "home"))
        .route_layer(acme.oauth.filter())
        .route_service("/auth/{*path}", providers);
    let mut browser = acme.browser_of(Site::new(router));
    browser.open("/").await;

    browser.send(Request::post("/auth/acme/logout").body(Bytes::new()).unwrap()).await;

    assert_eq!(acme.emulator.requests(oauth_providers::Endpoint::Revocation), 1);
}

#[tokio::test]
async fn mx_02_each_provider_has_a_redirect_uri_of_its_own_by_default() {
    let of = |base: &str| client(Acme).base_url(base).build().unwrap();

    assert_eq!(of("https://app.example").redirect_uri(), "https://app.example/auth/acme/callback");
    assert_eq!(of("https://app.example/").redirect_uri(), "https://app.example/auth/acme/callback");
    assert_eq!(
        of("https://app.example/shop").redirect_uri(),
        "https://app.example/shop/auth/acme/callback"
    );
    let named = at_home(Acme).name("work").build().unwrap();
    assert_eq!(named.redirect_uri(), "https://app.example/auth/acme-work/callback");
    let told = at_home(Acme).redirect_uri("https://app.example/back").build().unwrap();
    assert_eq!(told.redirect_uri(), "https://app.example/back");
    let refused = client(Acme).base_url("app.example").build().unwrap_err().to_string();
    assert!(refused.contains("found `app.example/auth/acme/callback`"), "{refused}");
}

#[tokio::test]
async fn mx_04_two_providers_at_one_path_are_refused() {
    let acme = at_home(Acme).redirect_uri("https://app.example/back").build().unwrap();
    let plain = at_home(Plain).redirect_uri("https://app.example/back").build().unwrap();

    let found = confusions(Providers::new().with(acme).with(plain));

    let path = |path: &str| Confusion::Path {
        first: "acme".to_owned(),
        second: "plain".to_owned(),
        path: path.to_owned(),
    };
    assert_eq!(found, [path("/login"), path("/back"), path("/logout")]);
    assert_eq!(
        found[1].to_string(),
        "`acme` and `plain` both answer at `/back`; call `.redirect_uri(…)`, `.login_path(…)` or `.name(\"…\")` on one"
    );
}

#[tokio::test]
async fn mx_04_a_login_that_begins_where_another_ends_is_refused() {
    let acme = at_home(Acme).build().unwrap();
    let plain = at_home(Plain).login_path("/auth/acme/callback").build().unwrap();

    let found = confusions(Providers::new().with(acme).with(plain));

    assert_eq!(found.len(), 1);
    assert!(
        found[0].to_string().starts_with("`acme` and `plain` both answer at `/auth/acme/callback`")
    );
}

#[tokio::test]
async fn mx_04_a_logout_that_is_in_its_own_way_is_refused() {
    let acme = at_home(Acme).redirect_uri("https://app.example/logout").build().unwrap();

    assert_eq!(confusions(Providers::new().with(acme)).len(), 1);
}

#[tokio::test]
async fn mx_04_two_that_share_a_cookie_are_refused() {
    let of = |id: &str, path: &str| {
        at_home(Acme).client_id(id).redirect_uri(format!("https://app.example/{path}/callback"))
    };

    let found = confusions(
        Providers::new().with(of("a", "a").build().unwrap()).with(of("b", "b").build().unwrap()),
    );

    assert_eq!(
        found,
        [Confusion::Cookie { first: "acme".to_owned(), cookie: "__Host-oauth-acme".to_owned() }]
    );
}

#[tokio::test]
async fn mx_04_two_that_are_one_client_of_one_issuer_are_refused() {
    let of = |name: &str| at_home(OpenId::issuer("https://op.example")).name(name);
    let one = of("one").build().unwrap();

    let found = confusions(Providers::new().with(one.clone()).with(of("two").build().unwrap()));
    assert_eq!(
        found,
        [Confusion::Client {
            first: one.instance().key().to_owned(),
            second: one.instance().key().replace("one", "two"),
            client_id: "app".to_owned(),
            server: "https://op.example".to_owned(),
        }]
    );

    // The same client identifier at two servers, and two clients of one server, are two.
    let elsewhere = at_home(OpenId::issuer("https://other.example")).name("two");
    let other = of("three").client_id("another");
    let providers =
        Providers::new().with(one).with(elsewhere.build().unwrap()).with(other.build().unwrap());
    assert!(providers.build().is_ok());
}

#[tokio::test]
async fn mx_04_one_application_at_two_shops_is_two() {
    let of = |shop: &str| {
        let shopify = Shopify::new(format!("{shop}.myshopify.com")).unwrap();
        at_home(shopify).name(shop).build().unwrap()
    };

    assert!(Providers::new().with(of("one")).with(of("two")).build().is_ok());
}

#[tokio::test]
async fn mx_04_where_no_issuer_is_known_its_token_endpoint_stands_for_it() {
    let of = |name: &str| at_home(Acme).name(name).build().unwrap();

    let found = confusions(Providers::new().with(of("one")).with(of("two")));

    assert_eq!(found.len(), 1);
    let said = Providers::new().with(of("one")).with(of("two")).build().unwrap_err().to_string();
    assert_eq!(
        said,
        "two providers could be taken for each other\n  - `acme-one` and `acme-two` are the client `app` at \
         `https://acme.example/oauth/token`; register two clients, or mount it once"
    );
}
