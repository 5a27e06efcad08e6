//! Where a browser is sent: never out of the application, but to the provider.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::{Request, StatusCode, Uri};
use oauth_providers::{Admission, InsecureCookies};
use oauth_tests::{Browser, Page, Site, World};
use percent_encoding::percent_decode;
use url::Url;
use url::form_urlencoded::byte_serialize;

use crate::providers::Acme;
use crate::record::{LoginRecord, forge, login_cookie};

const PAYLOADS: &str = include_str!("../data/redirect_payloads.txt");
const GOOD: &str = include_str!("../data/redirect_good.txt");

/// The lines of a list: they hold every separator but the line feed.
fn lines(list: &'static str) -> Vec<&'static str> {
    list.split('\n').filter(|line| !line.is_empty()).collect()
}

/// Every payload as it is, percent-decoded once, and twice.
pub(crate) fn payloads() -> BTreeSet<Vec<u8>> {
    let decoded = |bytes: &[u8]| percent_decode(bytes).collect::<Vec<u8>>();
    lines(PAYLOADS)
        .into_iter()
        .flat_map(|line| {
            let once = decoded(line.as_bytes());
            let twice = decoded(&once);
            [line.as_bytes().to_vec(), once, twice]
        })
        .collect()
}

/// Where a browser at the login page of the application goes, read as a browser reads it.
fn resolved(location: &str) -> Url {
    Url::parse("https://app.example/login").unwrap().join(location).unwrap()
}

/// A redirect stays in the application, and no header holds a control character.
pub(crate) fn stays_here(page: &Page, payload: &[u8]) {
    let payload = String::from_utf8_lossy(payload);
    for (name, value) in page.headers() {
        let clean = value.as_bytes().iter().all(|byte| *byte >= 0x20 && *byte != 0x7f);
        assert!(clean, "{name}: {value:?} of {payload:?}");
    }
    let url = resolved(page.header("location"));
    let origin = url.origin().ascii_serialization();
    assert_eq!(origin, "https://app.example", "{url} of {payload:?}");
    assert_eq!((url.username(), url.password()), ("", None), "{url} of {payload:?}");
}

/// Finishes a login that an answer began.
pub(crate) async fn finished(browser: &mut Browser, began: &Page) -> Page {
    let callback = browser.agree(began.location().unwrap()).await;
    browser.arrive(callback).await
}

pub(crate) fn navigation(uri: Uri) -> Request<Bytes> {
    Request::builder().uri(uri).header("accept", "text/html").body(Bytes::new()).unwrap()
}

/// The request that begins a login to return there.
pub(crate) fn login_request(return_to: &[u8]) -> Request<Bytes> {
    let return_to: String = byte_serialize(return_to).collect();
    navigation(format!("/oauth/acme/login?return_to={return_to}").parse().unwrap())
}

#[test]
fn the_lists_are_whole() {
    assert_eq!((lines(PAYLOADS).len(), lines(GOOD).len()), (951, 101));
}

#[tokio::test]
async fn rd_01_no_request_target_leads_out_of_the_application() {
    let world = World::new(Acme);
    let browser = world.browser();
    let mut taken = 0;

    for payload in payloads() {
        // What the http crate refuses, no server hands on.
        let Ok(uri) = Uri::try_from(payload.as_slice()) else { continue };
        let mut browser = browser.clone();
        let began = browser.send_as_it_is(navigation(uri)).await;
        let page = finished(&mut browser, &began).await;

        stays_here(&page, &payload);
        taken += 1;
    }
    assert!(taken > 500, "{taken}");
}

#[tokio::test]
async fn rd_01_no_return_to_leads_out_of_the_application() {
    let world = World::new(Acme);
    let browser = world.browser();

    for payload in payloads() {
        let mut browser = browser.clone();
        let began = browser.send(login_request(&payload)).await;
        let page = finished(&mut browser, &began).await;

        stays_here(&page, &payload);
    }
}

#[tokio::test]
async fn rd_01_nothing_that_was_kept_leads_out_of_the_application() {
    let world = World::with(Acme, |it| it.persistence(InsecureCookies::new()));
    let browser = world.browser();

    for payload in payloads() {
        let Ok(text) = String::from_utf8(payload.clone()) else { continue };
        let mut browser = browser.clone();
        let callback = browser.begin_and_agree("/").await;
        forge(&mut browser, |record| record.return_to = text);
        let page = browser.arrive(callback).await;

        stays_here(&page, &payload);
    }
}

#[tokio::test]
async fn rd_01_nothing_that_on_login_says_leads_out_of_the_application() {
    for payload in lines(PAYLOADS) {
        let world = World::with(Acme, |builder| {
            builder.on_login(move |_| std::future::ready(Ok(Admission::new().return_to(payload))))
        });
        let mut browser = world.browser();
        let callback = browser.begin_and_agree("/").await;

        let page = browser.arrive(callback).await;

        stays_here(&page, payload.as_bytes());
    }
}

#[tokio::test]
async fn rd_02_a_good_return_to_is_kept_as_it_is() {
    let world = World::new(Acme);
    let browser = world.browser();

    for good in lines(GOOD) {
        let mut browser = browser.clone();
        let began = browser.send(login_request(good.as_bytes())).await;
        let page = finished(&mut browser, &began).await;

        assert_eq!(resolved(page.header("location")), resolved(good), "{good:?}");
    }
}

#[tokio::test]
async fn rd_02_a_good_request_target_is_kept_as_it_is() {
    let world = World::new(Acme);
    let browser = world.browser();
    let mut taken = 0;

    for good in lines(GOOD) {
        // A fragment never reaches a server, and the login path is no page.
        let Ok(uri) = good.parse::<Uri>() else { continue };
        let without_fragment = good.split('#').next().unwrap_or_default();
        let mut browser = browser.clone();
        let began = browser.send_as_it_is(navigation(uri)).await;
        let page = finished(&mut browser, &began).await;

        assert_eq!(resolved(page.header("location")), resolved(without_fragment), "{good:?}");
        taken += 1;
    }
    assert!(taken > 80, "{taken}");
}

#[tokio::test]
async fn rd_03_no_control_character_reaches_a_header() {
    let mut hostile: Vec<Vec<u8>> = (0..=255).map(|byte| vec![b'/', b'a', byte, b'b']).collect();
    hostile.push(b"/a\r\nset-cookie: a=b".to_vec());
    hostile.push("/a\u{85}\u{2028}\u{2029}b".into());
    hostile.push(vec![b'/', 0xed, 0xa0, 0x80]);
    hostile.push(vec![b'/', 0xff, 0xfe]);
    hostile.push(vec![b'/'; 1 << 20]);
    hostile.push([b"/".to_vec(), vec![b'a'; 1 << 15]].concat());
    let world = World::new(Acme);
    let open = World::with(Acme, |it| it.persistence(InsecureCookies::new()));

    for payload in hostile {
        if payload.len() < 1 << 14 {
            let mut browser = world.browser();
            let began = browser.send(login_request(&payload)).await;
            stays_here(&finished(&mut browser, &began).await, &payload);
        }
        if let Ok(uri) = Uri::try_from(payload.as_slice()) {
            let mut browser = world.browser();
            let began = browser.send_as_it_is(navigation(uri)).await;
            stays_here(&finished(&mut browser, &began).await, &payload);
        }
        if let Ok(text) = String::from_utf8(payload.clone()) {
            let mut browser = open.browser();
            let callback = browser.begin_and_agree("/").await;
            forge(&mut browser, |record| record.return_to = text);
            stays_here(&browser.arrive(callback).await, &payload);
        }
    }
}

#[tokio::test]
async fn rd_04_a_changed_login_is_not_finished() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/invoices").await;
    let name = login_cookie(&browser);
    let value = browser.jar().value(&name).unwrap().to_owned();

    for index in 0..value.len() {
        let mut changed = value.clone().into_bytes();
        changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
        browser.jar_mut().tamper(&name, std::str::from_utf8(&changed).unwrap());
        let page = browser.arrive(&callback).await;

        assert!(page.status().is_client_error(), "{index}");
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn rd_04_two_logins_whose_cookies_are_swapped_are_not_finished() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let first = browser.begin_and_agree("/first").await;
    let second = browser.begin_and_agree("/second").await;
    let names: Vec<String> = browser.jar().names().into_iter().map(str::to_owned).collect();
    let values: Vec<String> =
        names.iter().map(|name| browser.jar().value(name).unwrap().to_owned()).collect();
    browser.jar_mut().tamper(&names[0], &values[1]);
    browser.jar_mut().tamper(&names[1], &values[0]);

    for callback in [first, second] {
        assert!(browser.arrive(callback).await.status().is_client_error());
    }
    assert_eq!(world.sent.count(), 0);
}

#[tokio::test]
async fn rd_04_the_page_to_return_to_does_not_travel_to_the_provider() {
    let quiet = World::new(Acme).browser().begin("/").await;

    let telling = World::new(Acme).browser().begin("/salaries/4711?of=ada").await;

    assert_eq!(telling, quiet);
}

#[tokio::test]
async fn rd_05_the_page_to_return_to_is_checked_when_it_is_used() {
    let world = World::with(Acme, |it| it.persistence(InsecureCookies::new()));
    let mut browser = world.browser();
    let callback = browser.begin_and_agree("/").await;
    forge(&mut browser, |record: &mut LoginRecord| {
        "https://evil.example/".clone_into(&mut record.return_to);
    });

    let page = browser.arrive(callback).await;

    assert_eq!(page.header("location"), "/");
}

#[tokio::test]
async fn rd_07_no_header_says_where_the_application_is() {
    let expected = World::new(Acme).browser().begin("/").await;

    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "https://evil.example/"),
    ] {
        let mut request = navigation(Uri::from_static("/"));
        request.headers_mut().insert(name, value.parse().unwrap());
        let page = World::new(Acme).browser().send_as_it_is(request).await;

        assert_eq!(page.location().unwrap(), expected, "{name}");
        assert!(page.set_cookies()[0].starts_with("__Host-oauth-acme.login."), "{name}");
        assert!(page.set_cookies()[0].contains("; Secure;"), "{name}");
    }
    let absolute = navigation(Uri::from_static("http://evil.example/"));
    let page = World::new(Acme).browser().send_as_it_is(absolute).await;
    assert_eq!(page.location().unwrap(), expected);
}

#[tokio::test]
async fn rd_10_a_logout_leads_where_the_application_says_and_nowhere_else() {
    let world = World::new(Acme);

    for payload in lines(PAYLOADS).into_iter().step_by(10) {
        let return_to: String = byte_serialize(payload.as_bytes()).collect();
        let address = format!("/logout?return_to={return_to}&post_logout_redirect_uri={return_to}");
        let request = Request::post(address).body(Bytes::new()).unwrap();
        let page = world.browser().send(request).await;

        assert_eq!(page.header("location"), "/");
    }
}

#[tokio::test]
async fn rd_06_no_other_origin_is_the_application_however_like_it() {
    let world = World::with(Acme, |it| it.redirect_uri("https://foo.bar/oauth/acme/callback"));

    for (given, returned) in [
        ("https://foo.bar/a", "/a"),
        ("https://FOO.BAR/a", "/a"),
        ("https://foo.bar:443/a", "/a"),
        ("http://foo.bar/a", "/"),
        ("https://foo.bar.evil.com/a", "/"),
        ("https://evilfoo.bar/a", "/"),
        ("https://sub.foo.bar/a", "/"),
        ("https://foo.bar:8443/a", "/"),
        ("https://foo.bar@evil.com/a", "/"),
        ("https://foo.bar./a", "/"),
    ] {
        let mut browser = Browser::new(world.clock.clone(), "https://foo.bar", world.site())
            .elsewhere(Site::new(world.emulator.clone().into_service()));
        let began = browser.send(login_request(given.as_bytes())).await;
        let page = finished(&mut browser, &began).await;

        assert_eq!(page.header("location"), returned, "{given}");
    }
}

#[tokio::test]
async fn rd_08_a_form_is_not_sent_again_after_the_login() {
    let world = World::new(Acme);
    let mut browser = world.browser();
    let post = Request::post("/transfer").header("accept", "text/html");
    let page = browser.send(post.body(Bytes::from_static(b"amount=7")).unwrap()).await;
    assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(page.set_cookies(), [""; 0]);

    let page = browser.open("/oauth/acme/login").await;

    assert_eq!(page.text(), "somebody reads /");
    assert!(!browser.history()[1..].iter().any(|url| url.path() == "/transfer"));
}

#[tokio::test]
async fn rd_09_a_page_to_return_to_is_kept_up_to_its_limit() {
    let kept = format!("/{}", "a".repeat(2047));
    let long = format!("/{}", "a".repeat(60_000));

    for (given, returned) in [(&kept, &*kept), (&long, "/")] {
        let world = World::new(Acme);
        let mut browser = world.browser();
        let began = browser.send_as_it_is(navigation(given.parse().unwrap())).await;
        assert!(began.set_cookies().iter().all(|line| line.len() < 4096));

        let page = finished(&mut browser, &began).await;

        assert_eq!(page.header("location"), returned);
    }
}
