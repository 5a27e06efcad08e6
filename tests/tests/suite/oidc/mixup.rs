//! Several providers in one application: the answer of one is never taken for that of another.

use std::time::Duration;

use oauth_providers::{Emulator, Endpoint, Google, OpenId, Session, SystemEntropy};
use oauth_tests::{Browser, Site, StoppedClock, World, application, application_with};

use crate::oidc::{ISSUER, answer_told, log_in, who, world, world_at, world_of};
use crate::providers::Acme;
use crate::state::with_parameter;

const ANNOUNCED: &str = "authorization_response_iss_parameter_supported";

#[tokio::test]
async fn mx_01_an_issuer_that_is_announced_must_be_named() {
    for (announced, told) in [(true, "issuer_mismatch"), (false, "")] {
        for is_denied in [false, true] {
            let world = world_of(|it| it.metadata_member(ANNOUNCED, announced), |builder| builder);
            if is_denied {
                world.emulator.deny_next();
            }
            let mut browser = world.browser();
            let callback = browser.begin_and_agree("/").await;

            let page = browser.arrive(with_parameter(&callback, "iss", None)).await;

            let told = if is_denied && told.is_empty() { "denied" } else { told };
            assert_eq!(page.text(), told, "announced: {announced}, denied: {is_denied}");
            let exchanged = usize::from(!announced && !is_denied);
            assert_eq!(world.emulator.requests(Endpoint::Token), exchanged);
        }
    }
}

#[tokio::test]
async fn mx_01_another_issuer_than_the_one_that_was_discovered_is_refused() {
    for announced in [true, false] {
        for other in [
            "https://evil.example",
            "https://op.example/",
            "HTTPS://op.example",
            "https://op.example:443",
            "",
        ] {
            for is_denied in [false, true] {
                let world =
                    world_of(|it| it.metadata_member(ANNOUNCED, announced), |builder| builder);
                world.emulator.tamper_next_issuer(other);
                if is_denied {
                    world.emulator.deny_next();
                }
                assert_eq!(log_in(&world).await, "issuer_mismatch", "{other}");
                assert_eq!(world.emulator.requests(Endpoint::Token), 0, "{other}");
            }
        }
    }
    let world = world();
    let mut browser = world.browser();
    let mut callback = browser.begin_and_agree("/").await;
    callback.query_pairs_mut().append_pair("iss", ISSUER);
    assert_eq!(browser.arrive(callback).await.text(), "malformed", "the same twice is twice");
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
}

/// Two providers in one application, by their own callbacks.
struct Two {
    honest: World<OpenId>,
    attacker: World<OpenId>,
    browser: Browser,
}

const HONEST: &str = "https://honest.example";
const ATTACKER: &str = "https://attacker.example";

fn two() -> Two {
    let clock = StoppedClock::new();
    let one = |issuer: &str, name: &str| {
        let provider = OpenId::issuer(issuer);
        let emulator = Emulator::of(provider.clone()).clock(clock.clone());
        let emulator = emulator.metadata_member(ANNOUNCED, false);
        World::around(provider, emulator, clock.clone(), |builder| {
            // The values of one are not those of the other.
            let builder = builder.name(name).entropy(SystemEntropy);
            builder.on_failure(|error, _| answer_told(error))
        })
    };
    let (honest, attacker) = (one(HONEST, "honest"), one(ATTACKER, "attacker"));
    let router = application(&honest.oauth)
        .route_service(attacker.oauth.callback_path(), attacker.oauth.callback())
        .route_service(attacker.oauth.login_path(), attacker.oauth.login())
        .route_service(honest.oauth.login_path(), honest.oauth.login());
    let browser = Browser::new(clock, World::<OpenId>::ORIGIN, Site::new(router))
        .site(HONEST, Site::new(honest.emulator.clone().into_service()))
        .site(ATTACKER, Site::new(attacker.emulator.clone().into_service()));
    Two { honest, attacker, browser }
}

#[tokio::test]
async fn mx_02_each_provider_has_a_callback_of_its_own_unless_it_is_told_otherwise() {
    let Two { honest, attacker, .. } = two();

    assert_ne!(honest.oauth.callback_path(), attacker.oauth.callback_path());
    assert_ne!(honest.oauth.login_path(), attacker.oauth.login_path());
}

/// Where both share one path nevertheless, the login that was begun says whose answer it is: the other finds nothing.
#[tokio::test]
async fn mx_02_at_one_callback_a_provider_does_not_take_the_answer_of_another() {
    let at_one_path = |provider: OpenId, name: &'static str| {
        world_at(
            provider,
            |emulator| emulator.metadata_member(ANNOUNCED, false),
            |builder| builder.name(name).redirect_uri("https://app.example/callback"),
        )
    };
    let honest = at_one_path(OpenId::issuer(HONEST), "honest");
    let attacker = at_one_path(OpenId::issuer(ATTACKER), "attacker");
    let mut browser = honest.browser();
    let callback = browser.begin_and_agree("/").await;
    let mut other = attacker.browser();
    *other.jar_mut() = browser.jar().clone();

    let page = other.arrive(with_parameter(&callback, "iss", None)).await;

    assert_eq!(page.text(), "no_pending_login");
    assert_eq!(attacker.emulator.requests(Endpoint::Token), 0);
    assert_eq!(browser.arrive(callback).await.header("location"), "/");
}

/// The user begins at the attacker's server, which sends the browser on to the honest one with its own state: the code of
/// the honest server must not come to the attacker's (RFC 9700 s4.4.1).
#[tokio::test]
async fn mx_03_a_code_of_one_server_is_never_sent_to_another() {
    for names_issuer in [true, false] {
        let Two { honest, attacker, mut browser } = two();
        let at_attacker = browser.begin(attacker.oauth.login_path()).await;
        let honest_request = browser.begin(honest.oauth.login_path()).await;
        // The attacker's server passes the request on, with what it was sent: state, challenge, nonce.
        let mut passed_on = honest_request.clone();
        for name in ["state", "code_challenge", "nonce"] {
            let value = at_attacker.query_pairs().find(|(known, _)| known == name).unwrap().1;
            passed_on = with_parameter(&passed_on, name, Some(&value));
        }
        let mut at_honest = browser.agree(passed_on).await;
        assert_eq!(at_honest.path(), honest.oauth.callback_path());
        if !names_issuer {
            at_honest = with_parameter(&at_honest, "iss", None);
        }
        let mut at_attacker = at_honest.clone();
        at_attacker.set_path(attacker.oauth.callback_path());

        let came_to_honest = browser.arrive(&at_honest).await;
        // Where the honest server lets the attacker choose the path, which it should not.
        let came_to_attacker = browser.arrive(&at_attacker).await;

        assert_eq!(came_to_honest.text(), "no_pending_login");
        assert_eq!(honest.emulator.requests(Endpoint::Token), 0);
        if names_issuer {
            assert_eq!(came_to_attacker.text(), "issuer_mismatch");
            assert_eq!(attacker.emulator.requests(Endpoint::Token), 0);
        } else {
            // Nothing tells whose the code is, so that the path must: the attacker is asked, and its own code is not known.
            assert_eq!(came_to_attacker.text(), "exchange: rejected");
        }
    }
}

/// Two clients of one provider, under one name: nothing of one is opened by the other.
#[tokio::test]
async fn mx_04_what_two_clients_of_one_provider_keep_is_apart_also_under_one_name() {
    let one = world();
    let other = world_of(
        |emulator| emulator.client("another", "secret"),
        |builder| builder.client_id("another").client_secret("secret").entropy(SystemEntropy),
    );
    assert_eq!(one.oauth.instance().session_cookie(), other.oauth.instance().session_cookie());
    let mut browser = one.browser();
    browser.open("/").await;
    let callback = browser.begin_and_agree(one.oauth.login_path()).await;
    // Who has just come back would be told that the browser keeps no cookies.
    one.clock.advance(Duration::from_secs(20));
    assert_eq!(browser.look_at("/").await.text(), "somebody reads /");

    let mut foreign = other.browser();
    *foreign.jar_mut() = browser.jar().clone();

    let sent_away = foreign.look_at("/").await.location().unwrap();
    assert_eq!(sent_away.path(), "/authorize");
    assert_eq!(foreign.arrive(&callback).await.text(), "no_pending_login");
    assert_eq!(browser.arrive(&callback).await.header("location"), "/");
}

#[tokio::test]
async fn mx_04_two_providers_at_one_path_are_no_router() {
    let world = world();
    let router = application_with(&world.oauth, who::<OpenId>);
    let other =
        world_at(Google, |it| it, |builder| builder.redirect_uri(world.oauth.redirect_uri()));

    let both = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        router.route_service(other.oauth.callback_path(), other.oauth.callback())
    }));

    assert!(both.is_err(), "axum refuses a path twice");
}

/// At compile time the types are two (`tests/ui/capability/client_of_another_provider.rs`); at run time the origins are.
#[tokio::test]
async fn mx_05_the_token_of_one_provider_does_not_go_to_the_api_of_another() {
    let session: Session<Google> = World::new(Google).log_in().await;
    let acme = World::new(Acme);

    for foreign in ["https://api.acme.example/v1/me", "https://op.example/userinfo"] {
        let refused = session.client().get(foreign).unwrap_err();
        assert_eq!(refused.code(), "foreign_origin");
    }
    let company = world().log_in().await;
    assert_eq!(
        company.client().get("https://api.acme.example/v1/me").unwrap_err().code(),
        "foreign_origin"
    );
    assert_eq!(acme.sent.count(), 0);
}
