//! The browser posts the answer, from the provider's page: without the cookies of the application.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use oauth_providers::{
    Declaration, Declared, Emulator, Endpoint, OpenId, Provider as _, ResponseMode,
};
use oauth_tests::{Browser, Form, Page, Trip, World};
use url::Url;

use crate::oidc::{ADA, ISSUER, answer_told, log_in, who, world_at};
use crate::persistence::InMemory;

fn provider() -> Declared {
    let declaration = OpenId::issuer(ISSUER).declaration().clone();
    Declared::from(Declaration { response_mode: ResponseMode::FormPost, ..declaration })
}

fn world() -> World<Declared> {
    world_at(provider(), |emulator| emulator, |builder| builder)
}

/// Agrees at the provider, and has its form in hand.
async fn form_of(browser: &mut Browser, authorization: &Url) -> (Page, Form) {
    let page = browser.arrive(authorization).await;
    let form = page.form().unwrap();
    (page, form)
}

/// A request of another site to the callback.
fn to_callback(
    world: &World<Declared>,
    method: Method,
    kind: &str,
    body: impl Into<Bytes>,
) -> Request<Bytes> {
    Request::builder()
        .method(method)
        .uri(world.oauth.callback_path())
        .header("content-type", kind)
        .header("origin", ISSUER)
        .body(body.into())
        .unwrap()
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn cb_05_a_posted_answer_comes_without_cookies_and_completes_the_login() {
    let world = world();
    let mut browser = world.browser_with(who::<Declared>);
    let authorization = browser.begin("/inbox?page=2").await;
    assert!(authorization.as_str().contains("&response_mode=form_post&"), "{authorization}");
    let (page, form) = form_of(&mut browser, &authorization).await;
    let callback = Url::parse(world.oauth.redirect_uri()).unwrap();
    assert_eq!(form.action, callback);
    assert_eq!(browser.jar().header(&callback, &Method::POST, Trip::CrossSite), None);
    let code = form.fields.iter().find(|(name, _)| name == "code").unwrap().1.clone();

    let posted = browser.post(&page, form).await;

    // The browser is sent to the same path with a GET, with which its cookies come.
    assert_eq!(posted.status(), StatusCode::SEE_OTHER);
    assert_eq!(posted.header("cache-control"), "no-store");
    assert_eq!(posted.header("referrer-policy"), "no-referrer");
    let again = posted.location().unwrap();
    assert_eq!(again.path(), world.oauth.callback_path());
    let query: Vec<(String, String)> = again.query_pairs().into_owned().collect();
    assert!(matches!(&query[..], [(name, key)] if name == "login" && key.len() == 8), "{query:?}");
    let [cookie] = posted.set_cookies()[..] else { panic!("one cookie") };
    // Its place is one of a few: any site can post.
    let name = format!("{}.posted.", world.oauth.instance().session_cookie());
    let place = cookie.strip_prefix(&name).and_then(|rest| rest.split('=').next());
    assert!(place.is_some_and(|place| ["0", "1", "2", "3", "4"].contains(&place)), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60"), "{cookie}");
    assert!(!cookie.contains(&code));
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);

    let done = browser.arrive(&again).await;

    assert_eq!(done.header("location"), "/inbox?page=2");
    assert!(browser.jar().names().iter().all(|name| !name.contains(".posted.")));
    assert!(
        browser.history().iter().all(|url| !url.as_str().contains(&*code)),
        "no URL holds the code"
    );
    assert_eq!(browser.open("/").await.text(), ADA);
}

#[tokio::test]
async fn two_tabs_post_their_answers_in_any_order() {
    for order in [[0, 1], [1, 0]] {
        let world = world();
        let mut browser = world.browser_with(who::<Declared>);
        let begun = [browser.begin("/one").await, browser.begin("/two").await];
        let mut forms = Vec::new();
        for authorization in &begun {
            forms.push(form_of(&mut browser, authorization).await);
        }
        // Both are posted before either goes on.
        let mut next = Vec::new();
        for (page, form) in &forms {
            next.push(browser.post(page, form.clone()).await.location().unwrap());
        }
        for tab in order {
            let done = browser.arrive(&next[tab]).await;
            assert_eq!(done.header("location"), ["/one", "/two"][tab], "{order:?}");
        }
        assert_eq!(world.emulator.requests(Endpoint::Token), 2);
    }
}

#[tokio::test]
async fn cb_05_the_callback_takes_a_get_and_a_form_and_nothing_else() {
    let world = world();
    let mut browser = world.browser();
    let authorization = browser.begin("/").await;
    let (page, form) = form_of(&mut browser, &authorization).await;
    let body =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();

    for method in [Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let page = browser
            .send_from_another_site(to_callback(&world, method.clone(), FORM, body.clone()))
            .await;
        assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(page.header("allow"), "GET, POST", "{method}");
    }
    let in_json = serde_json::json!(
        form.fields.iter().cloned().collect::<std::collections::BTreeMap<_, _>>()
    );
    for kind in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "",
        "application/x-www-form-urlencodedx",
    ] {
        for body in [in_json.to_string(), body.clone()] {
            let page =
                browser.send_from_another_site(to_callback(&world, Method::POST, kind, body)).await;
            assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{kind}");
            assert_eq!(page.set_cookies(), [""; 0], "{kind}");
        }
    }
    let not_text = to_callback(&world, Method::POST, FORM, vec![0xff, 0xfe]);
    assert_eq!(browser.send_from_another_site(not_text).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);

    // None of it has touched the login.
    let again = browser.post(&page, form).await.location().unwrap();
    assert_eq!(browser.arrive(&again).await.header("location"), "/");
}

/// The provider was told to post: a code in an address is somebody else's idea.
#[tokio::test]
async fn cb_05_a_code_in_an_address_is_not_taken_where_a_form_is_awaited() {
    let world = world();
    let mut browser = world.browser();
    let authorization = browser.begin("/").await;
    let (_, form) = form_of(&mut browser, &authorization).await;
    let mut callback = form.action.clone();
    callback.query_pairs_mut().extend_pairs(&form.fields);

    let page = browser.arrive(&callback).await;

    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
}

/// What stands in the address of a form says nothing.
#[tokio::test]
async fn cb_05_a_query_beside_a_form_is_not_read() {
    let world = world();
    let mut browser = world.browser();
    let authorization = browser.begin("/inbox").await;
    let (page, mut form) = form_of(&mut browser, &authorization).await;
    form.action.query_pairs_mut().append_pair("code", "another").append_pair("state", "another");

    let next = browser.post(&page, form).await.location().unwrap();

    assert_eq!(next.query_pairs().count(), 1, "{next}");
    assert_eq!(browser.arrive(&next).await.header("location"), "/inbox");
}

#[tokio::test]
async fn cb_05_a_form_of_more_than_128_kib_is_not_read() {
    let world = world();
    let mut browser = world.browser();
    let body = |bytes: usize| format!("state=s&code=c&x={}", "x".repeat(bytes - 17));

    for (bytes, status) in [
        (128 << 10, StatusCode::BAD_REQUEST),
        ((128 << 10) + 1, StatusCode::PAYLOAD_TOO_LARGE),
        (129 << 10, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        assert_eq!(body(bytes).len(), bytes);
        let page = browser
            .send_from_another_site(to_callback(&world, Method::POST, FORM, body(bytes)))
            .await;
        assert_eq!(page.status(), status, "{bytes}");
        assert_eq!(page.set_cookies(), [""; 0], "{bytes}");
    }
}

#[tokio::test]
async fn a_posted_answer_that_is_none_is_refused_where_it_comes() {
    let world = world();
    for (body, told) in [
        ("", "malformed"),
        ("code=c", "malformed"),
        ("state=&code=c", "malformed"),
        ("state=s&state=s&code=c", "malformed"),
        ("state=s&code=c&code=d", "malformed"),
        ("state=s&code=c&id_token=x", "malformed"),
        ("state=s&code=c&access_token=x", "malformed"),
    ] {
        let mut browser = world.browser();
        let page =
            browser.send_from_another_site(to_callback(&world, Method::POST, FORM, body)).await;
        assert_eq!((page.status(), page.text()), (StatusCode::BAD_REQUEST, told), "{body}");
        assert_eq!(page.set_cookies(), [""; 0], "{body}");
    }
}

#[tokio::test]
async fn a_posted_answer_is_of_the_browser_that_began_the_login() {
    let world = world();
    let mut browser = world.browser();
    let authorization = browser.begin("/").await;
    let (page, form) = form_of(&mut browser, &authorization).await;

    // Another person's browser posts it: it has begun nothing.
    let mut other = browser.of_somebody_else();
    let next = other.post(&page, form.clone()).await.location().unwrap();
    assert_eq!(other.arrive(&next).await.text(), "no_pending_login");

    // Nothing was parked in this one.
    assert_eq!(browser.arrive(&next).await.text(), "no_pending_login");

    // The browser loses its cookies on the way.
    let next = browser.post(&page, form.clone()).await.location().unwrap();
    let jar = browser.jar().clone();
    browser.jar_mut().clear();
    assert_eq!(browser.arrive(&next).await.text(), "no_pending_login");

    // Or comes a minute later.
    *browser.jar_mut() = jar.clone();
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(browser.arrive(&next).await.text(), "no_pending_login");

    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
    let next = browser.post(&page, form).await.location().unwrap();
    // The code is a minute old.
    assert_eq!(browser.arrive(&next).await.text(), "exchange: rejected");
}

/// The seal around it says until when it is good, whatever the cookie does.
#[tokio::test]
async fn what_was_posted_is_over_after_a_minute_though_its_cookie_is_kept() {
    let world = world();
    let mut browser = world.browser();
    let next = browser.begin_and_agree("/").await;
    let kept: Vec<_> = browser.jar().cookies().into_iter().cloned().collect();
    world.clock.advance(Duration::from_secs(60));
    for mut cookie in kept {
        cookie.expires_at = None;
        browser.jar_mut().put(cookie);
    }

    assert_eq!(browser.arrive(&next).await.text(), "no_pending_login");
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
}

#[tokio::test]
async fn a_posted_answer_that_was_changed_under_way_is_none() {
    let world = world();
    let mut browser = world.browser();
    let next = browser.begin_and_agree("/").await;
    let names: Vec<String> = browser.jar().names().into_iter().map(str::to_owned).collect();
    let posted = names.iter().find(|name| name.contains(".posted.")).unwrap();
    let value = browser.jar().value(posted).unwrap().to_owned();
    let other = if &value[40..41] == "A" { "B" } else { "A" };
    browser.jar_mut().tamper(posted, &format!("{}{other}{}", &value[..40], &value[41..]));

    assert_eq!(browser.arrive(&next).await.text(), "no_pending_login");

    // A key that is none finds nothing.
    for key in ["", "short", "AAAAAAAA", "AAAAAAAAA", "../../..", "%00%00%00"] {
        let address = format!("{}?login={key}", world.oauth.callback_path());
        let told = browser.arrive(&address).await.text().to_owned();
        assert!(["no_pending_login", "malformed"].contains(&&*told), "{key}: {told}");
    }
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
}

#[tokio::test]
async fn st_04_a_posted_answer_that_comes_again_exchanges_nothing() {
    let world = world();
    let mut browser = world.browser_with(who::<Declared>);
    let authorization = browser.begin("/inbox").await;
    let (page, form) = form_of(&mut browser, &authorization).await;
    let next = browser.post(&page, form.clone()).await.location().unwrap();
    assert_eq!(browser.arrive(&next).await.header("location"), "/inbox");

    // The page is loaded anew, the form posted once more, by this browser and by another.
    assert_eq!(browser.arrive(&next).await.header("location"), "/");
    let again = browser.post(&page, form.clone()).await.location().unwrap();
    assert_eq!(browser.arrive(&again).await.header("location"), "/");
    let mut other = browser.of_somebody_else();
    let there = other.post(&page, form).await.location().unwrap();
    assert_eq!(other.arrive(&there).await.text(), "no_pending_login");

    assert_eq!(world.emulator.requests(Endpoint::Token), 1);
    assert_eq!(browser.open("/").await.text(), ADA);
}

#[tokio::test]
async fn an_error_that_is_posted_is_told() {
    let world = world();
    world.emulator.deny_next();
    assert_eq!(log_in(&world).await, "denied");

    let world = self::world();
    world.emulator.tamper_next_issuer("https://evil.example");
    assert_eq!(log_in(&world).await, "issuer_mismatch");
    assert_eq!(world.emulator.requests(Endpoint::Token), 0);
}

/// Pages of other sites can have a browser post as often as they like.
#[tokio::test]
async fn st_06_answers_that_nobody_asked_for_do_not_fill_the_browser() {
    let world = world();
    let mut browser = world.browser();
    for number in 0..50 {
        let body = format!("state=state-{number}&code={}", "c".repeat(2000));
        browser.send_from_another_site(to_callback(&world, Method::POST, FORM, body)).await;
    }

    let posted = browser.jar().names().into_iter().filter(|name| name.contains(".posted.")).count();
    assert!(posted <= 5, "{posted}");
}

/// A persistence of the application's own that says nothing of forms.
#[tokio::test]
async fn a_persistence_that_parks_nothing_fails_a_posted_login_and_no_other() {
    let at = |mode: ResponseMode| {
        let declaration = OpenId::issuer(ISSUER).declaration().clone();
        let provider = Declared::from(Declaration { response_mode: mode, ..declaration });
        world_at(
            provider,
            |emulator: Emulator| emulator,
            |builder| {
                builder.persistence(InMemory::new()).on_failure(|error, _| answer_told(error))
            },
        )
    };
    let posted = at(ResponseMode::FormPost);
    let mut browser = posted.browser();

    let page = browser.open("/").await;

    assert_eq!((page.status(), page.text()), (StatusCode::INTERNAL_SERVER_ERROR, "store"));
    assert_eq!(posted.emulator.requests(Endpoint::Token), 0);
    assert_eq!(at(ResponseMode::Query).browser().open("/").await.status(), StatusCode::OK);
}
