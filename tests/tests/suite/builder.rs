//! What `build()` says about values that do not fit.

use oauth_providers::{
    EncryptedCookies, Environment, GitHub, GitHubScope, Google, InsecureCookies, OAuth,
    OAuthBuilder, Provider,
};
use oauth_tests::key_ring;

use crate::providers::{Acme, Plain, Public, Tenants};

fn complete<P: Provider>(provider: P) -> OAuthBuilder<P> {
    OAuth::builder(provider)
        .client_id("client")
        .client_secret("secret")
        .redirect_uri("https://app.example/oauth/callback")
        .persistence(EncryptedCookies::new(key_ring()).single_process())
}

/// What one value that does not fit is answered with.
fn fault<P: Provider>(builder: OAuthBuilder<P>) -> String {
    let error = builder.build().unwrap_err();
    assert_eq!(error.faults().len(), 1, "{error}");
    error.faults()[0].to_string()
}

#[test]
fn every_fault_is_listed_at_once_with_what_mends_it() {
    let error = OAuth::builder(Plain)
        .redirect_uri("http://app.example/callback")
        .scopes([crate::providers::PlainScope::custom("two scopes")])
        .offline_access(true)
        .environment(Environment::at("http://keycloak:8080"))
        .name("My Work")
        .login_path("login")
        .after_logout("//evil.example")
        .build()
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        "Plain cannot be set up\n  \
         - the name `My Work` must be of at most 64 `a-z`, `0-9` and `_`; call `.name(\"work\")`\n  \
         - no client identifier; call `.client_id(\"…\")`\n  \
         - no client secret, which `client_secret_basic` needs; call `.client_secret(\"…\")`\n  \
         - the redirect URI must be an absolute https URL (http on loopback) in its normal form, found \
         `http://app.example/callback`; call \
         `.redirect_uri(\"https://app.example/auth/plain/callback\")`, or `.base_url(\"https://app.example\")`\n  \
         - the provider declares no way to ask for a refresh token; remove `.offline_access(true)`, or \
         add `offline(…)` to its declaration\n  \
         - `two scopes` is not a scope; one scope has no space and no quote\n  \
         - `.login_path` takes a path of this application such as `/oauth/login`, found `login`\n  \
         - `.after_logout` takes a path of this application such as `/`, found `//evil.example`\n  \
         - the environment's base must be an https URL (http on loopback) without query, found \
         `http://keycloak:8080`; call `.environment(Environment::at(\"http://127.0.0.1:9000\"))`\n  \
         - no persistence; call \
         `.persistence(EncryptedCookies::new(KeyRing::from_env(\"OAUTH_KEYS\")?))`"
    );
}

#[test]
fn a_builder_without_a_value_names_what_it_needs() {
    let error = OAuth::builder(GitHub).build().unwrap_err();

    assert_eq!(
        error.to_string(),
        "GitHub cannot be set up\n  \
         - no client identifier; call `.client_id(\"…\")`\n  \
         - no client secret, which `client_secret_post` needs; call `.client_secret(\"…\")`\n  \
         - the redirect URI must be an absolute https URL (http on loopback) in its normal form, found \
         ``; call `.redirect_uri(\"https://app.example/auth/github/callback\")`, or `.base_url(\"https://app.example\")`\n  \
         - no persistence; call \
         `.persistence(EncryptedCookies::new(KeyRing::from_env(\"OAUTH_KEYS\")?))`"
    );
}

#[test]
fn ck_07_a_name_that_leaves_no_room_in_a_cookie_is_refused() {
    let (longest, longer) = ("a".repeat(64), "a".repeat(65));

    assert!(complete(GitHub).name(longest).build().is_ok());
    assert_eq!(
        fault(complete(GitHub).name(&longer)),
        format!(
            "the name `{longer}` must be of at most 64 `a-z`, `0-9` and `_`; call `.name(\"work\")`"
        )
    );
}

#[test]
fn an_empty_value_is_a_missing_one() {
    assert_eq!(
        fault(complete(GitHub).client_id("")),
        "no client identifier; call `.client_id(\"…\")`"
    );
    assert_eq!(
        fault(complete(GitHub).client_secret("")),
        "no client secret, which `client_secret_post` needs; call `.client_secret(\"…\")`"
    );
}

#[test]
fn a_public_client_needs_no_secret() {
    let builder = OAuth::builder(Public)
        .client_id("client")
        .redirect_uri("https://app.example/callback")
        .persistence(InsecureCookies::new());

    assert!(builder.build().is_ok());
}

#[test]
fn tr_02_a_redirect_uri_is_https_or_on_loopback() {
    for good in [
        "https://app.example/callback",
        "https://app.example:8443/callback?tenant=7",
        "http://localhost:3000/callback",
        "http://127.0.0.1:3000/callback",
        "http://[::1]:3000/callback",
    ] {
        assert!(complete(Acme).redirect_uri(good).build().is_ok(), "{good}");
    }
    for bad in [
        "",
        "/callback",
        "app.example/callback",
        "http://app.example/callback",
        "http://localhost.evil.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.1@evil.example/callback",
        "https://user@app.example/callback",
        "https://app.example/callback#fragment",
        "https://app.example",
        "HTTPS://app.example/callback",
        "https://app.example/a/../callback",
        "https://app.example/call back",
        "ftp://app.example/callback",
        "javascript:alert(1)",
    ] {
        let message = fault(complete(Acme).redirect_uri(bad));
        // What may be a password is not shown.
        let shown = bad.replace("127.0.0.1@", "").replace("user@", "");
        assert!(message.contains(&format!("found `{shown}`")), "{message}");
    }
}

#[test]
fn tr_02_an_environment_is_https_or_on_loopback_unless_told_otherwise() {
    for good in [
        Environment::real(),
        Environment::at("https://staging.example"),
        Environment::at("http://127.0.0.1:9000/"),
        Environment::at("http://localhost:9000/base"),
        Environment::back_channel("http://keycloak:8080").insecure_http(),
        Environment::at("http://keycloak:8080").insecure_http(),
    ] {
        assert!(complete(Acme).environment(good.clone()).build().is_ok(), "{good:?}");
    }
    for bad in [
        Environment::at(""),
        Environment::at("staging.example"),
        Environment::at("http://staging.example"),
        Environment::at("http://localhost.evil.example"),
        Environment::at("http://127.0.0.1@evil.example"),
        Environment::back_channel("http://keycloak:8080"),
        Environment::at("https://staging.example?x"),
        Environment::at("https://staging.example#x"),
        Environment::at("ftp://staging.example").insecure_http(),
    ] {
        let message = fault(complete(Acme).environment(bad.clone()));
        assert!(message.starts_with("the environment's base must be"), "{message} {bad:?}");
    }
}

#[test]
fn tr_02_a_host_of_the_application_cannot_become_another_url() {
    for bad in [
        "",
        "evil.example/",
        "a.example/path",
        "user@evil.example",
        "a.example?x",
        "a.example#x",
        "a example",
        "a.example\\b",
        "http://a.example",
    ] {
        let error = Tenants::new(bad, "north").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`domain` must be a host such as `tenant.example.com`",
            "{bad:?}"
        );
    }
    for bad in ["", ".", ".."] {
        let error = Tenants::new("a.example", bad).unwrap_err();
        assert_eq!(error.to_string(), "`tenant` must be one segment of a path", "{bad:?}");
    }
}

#[test]
fn rd_10_a_path_of_the_application_is_a_path() {
    for bad in [
        "",
        "login",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/a?b",
        "/a\r\nb",
    ] {
        let login = fault(complete(Acme).login_path(bad));
        let logout = fault(complete(Acme).after_logout(bad));

        assert!(login.starts_with("`.login_path` takes a path"), "{login}");
        assert!(logout.starts_with("`.after_logout` takes a path"), "{logout}");
    }
}

#[test]
fn a_scope_of_the_applications_own_is_checked() {
    for bad in ["", "a b", "a\"b", "a\\b", "ä", "a\n"] {
        let message = fault(complete(GitHub).scopes([GitHubScope::custom(bad)]));
        assert!(
            message.ends_with("is not a scope; one scope has no space and no quote"),
            "{bad:?}"
        );
    }
}

#[test]
fn the_paths_of_the_trio_are_those_of_the_redirect_uri() {
    let oauth = complete(Google).redirect_uri("https://app.example/auth/google/done").build();

    let oauth = oauth.unwrap();

    assert_eq!(oauth.redirect_uri(), "https://app.example/auth/google/done");
    assert_eq!(oauth.callback_path(), "/auth/google/done");
    assert_eq!(oauth.login_path(), "/auth/google/login");
}

#[test]
fn se_01_an_error_of_the_builder_shows_no_secret() {
    let builder = complete(Acme).client_secret("canary").redirect_uri("x");

    let shown = format!("{builder:?} {builder:#?}");
    let error = builder.build().unwrap_err();

    assert!(!shown.contains("canary"), "{shown}");
    assert!(!format!("{error} {error:?} {error:#?}").contains("canary"));
}

#[test]
fn a_parameter_of_the_protocol_is_not_taken_from_the_application() {
    for name in ["state", "redirect_uri", "code_challenge", "client_id", "nonce", "scope"] {
        let fault = fault(complete(Plain).authorization_param(name, "x"));

        assert!(fault.contains(name), "{fault}");
    }
}

#[tokio::test]
async fn two_providers_may_share_one_http_client() {
    let sent = oauth_tests::Recorder::new(oauth_providers::Emulator::of(Plain));
    let shared: std::sync::Arc<dyn oauth_providers::HttpClient> = std::sync::Arc::new(sent.clone());
    let first = complete(Plain).shared_http_client(std::sync::Arc::clone(&shared)).build().unwrap();
    let second = complete(Acme).shared_http_client(shared).build().unwrap();

    let _ = first.offline("first").refresh().await;
    let _ = second.offline("second").refresh().await;

    let hosts: Vec<String> =
        sent.exchanges().iter().map(|it| it.request.uri().to_string()).collect();
    assert_eq!(hosts, ["https://plain.example/token", "https://acme.example/oauth/token"]);
}
