//! What the fuzzer runs: each target takes bytes, goes a user's way with them, and lets another implementation
//! judge what came out.
//!
//! `tests/fuzz/` hands the bytes of libFuzzer to these functions, and `cargo test` hands them the corpus. A target
//! panics if the library did what it promises never to do; what the library merely refuses is no finding.

mod openid;

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, RETRY_AFTER};
use http::{HeaderValue, Request, Response, StatusCode};
use oauth_providers::{
    ApiError, Declared, Emulator, Endpoint, GitHub, Google, Host, Placeholder, PlaceholderKind,
    Profile, Provider, Segment,
};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_encode};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use url::{Url, form_urlencoded};

pub use self::openid::{id_token, jwks, logout_token, metadata, userinfo};
use crate::browser::Browser;
use crate::clock::StoppedClock;
use crate::entropy::CountingEntropy;
use crate::site::Site;
use crate::world::World;

/// A target: its name, which is that of its folder in the corpus, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("callback_query", callback_query),
    ("cookie_header", cookie_header),
    ("id_token", id_token),
    ("json_pointer", json_pointer),
    ("jwks", jwks),
    ("logout_token", logout_token),
    ("metadata", metadata),
    ("retry_after", retry_after),
    ("return_uri", return_uri),
    ("sealed_value", sealed_value),
    ("token_response", token_response),
    ("url_template", url_template),
    ("userinfo", userinfo),
];

/// A callback with any query, in the browser that began a login.
///
/// # Panics
///
/// If a code is exchanged for a query that is not the answer to this login, or a session begins without one.
pub fn callback_query(data: &[u8]) {
    let query = percent_encode(data, NOT_IN_QUERY).to_string();
    let world = World::new(GitHub);
    world.emulator.answer_next(Endpoint::Token, success());
    let mut browser = world.browser();
    block_on(async {
        browser.begin("/page").await;
        let target = format!("{}?{query}", world.oauth.callback_path());
        if let Ok(request) = Request::get(&target).body(Bytes::new()) {
            let page = browser.send_as_it_is(request).await;
            let (logged_in, exchanges) = (is_logged_in(&world, &browser), world.sent.count());
            assert_eq!(logged_in, page.status() == StatusCode::SEE_OTHER && exchanges == 1);
            if exchanges > 0 {
                assert_eq!(exchanges, 1);
                assert_answers_the_login(&query);
            }
        }
    });
}

/// The rules of RFC 6749 s4.1.2, read with another parser.
fn assert_answers_the_login(query: &str) {
    let of = |name: &str| -> Vec<String> {
        let pairs = form_urlencoded::parse(query.as_bytes());
        pairs.filter(|(known, _)| known == name).map(|(_, value)| value.into_owned()).collect()
    };
    assert_eq!(of("state"), [CountingEntropy::FIRST_STATE]);
    assert!(of("code").len() == 1 && !of("code")[0].is_empty(), "{query}");
    for refused in ["error", "access_token", "id_token", "refresh_token"] {
        assert!(of(refused).is_empty(), "{query}");
    }
}

/// Any `Cookie` header at a page and at the callback, of a browser whose real cookies the bytes `0x80` to `0x86`
/// stand for.
///
/// # Panics
///
/// If a page is shown, or a code exchanged, without the cookies that the library has set, whole and unchanged.
pub fn cookie_header(data: &[u8]) {
    thread_local! {
        static REAL: Real = Real::new();
    }
    REAL.with(|real| {
        let mut header = Vec::new();
        for byte in data {
            match byte.checked_sub(0x80).and_then(|index| real.words.get(usize::from(index))) {
                Some(word) => header.extend_from_slice(word.as_bytes()),
                None => header.push(*byte),
            }
        }
        let Ok(cookies) = HeaderValue::from_bytes(&header) else { return };
        let sent = String::from_utf8_lossy(&header).into_owned();
        block_on(async {
            let page = real.site.call(request("/page", &cookies)).await;
            if page.status() == StatusCode::OK {
                assert!(real.session.iter().all(|cookie| sent.contains(cookie)), "{sent}");
            }
            let before = real.world.sent.count();
            real.site.call(request(&real.callback, &cookies)).await;
            if real.world.sent.count() > before {
                assert!(sent.contains(&real.login), "{sent}");
            }
            real.world.sent.clear();
        });
    });
}

/// Any bytes where a sealed value is expected, as the browser would send them.
///
/// # Panics
///
/// If anybody is logged in by them.
pub fn sealed_value(data: &[u8]) {
    thread_local! {
        static WORLD: World<GitHub> = World::new(GitHub);
    }
    WORLD.with(|world| {
        let value = BASE64_URL_SAFE_NO_PAD.encode(data);
        let name = world.oauth.instance().session_cookie();
        let login = format!("{}{}", world.oauth.instance().login_cookie_prefix(), "A".repeat(16));
        let Ok(cookies) = HeaderValue::from_str(&format!("{name}={value}; {login}={value}")) else {
            return;
        };
        block_on(async {
            let page = world.site().call(request("/page", &cookies)).await;
            assert_eq!(page.status(), StatusCode::SEE_OTHER);
        });
    });
}

/// Any text as `return_to`, and as the target of the request that begins a login.
///
/// # Panics
///
/// If the browser is sent anywhere but to a page of the application.
pub fn return_uri(data: &[u8]) {
    let world = World::new(GitHub);
    let asked = percent_encode(data, NON_ALPHANUMERIC).to_string();
    let login = format!("{}?return_to={asked}", world.oauth.login_path());
    block_on(async {
        returns_home(&world, &login).await;
        if let Ok(text) = std::str::from_utf8(data)
            && text.starts_with('/')
        {
            returns_home(&world, text).await;
        }
    });
}

async fn returns_home(world: &World<GitHub>, target: &str) {
    let mut browser = world.browser();
    let Ok(request) = Request::get(target).header(ACCEPT, "text/html").body(Bytes::new()) else {
        return;
    };
    let Some(authorization) = browser.send_as_it_is(request).await.location() else { return };
    if authorization.host_str() != Some("github.com") {
        return; // The callback's own path, or a logout.
    }
    world.emulator.answer_next(Endpoint::Token, success());
    let callback = browser.agree(authorization).await;
    let page = browser.arrive(&callback).await;
    let location = page.location().expect("a login that succeeds ends with a redirect");
    assert_eq!(location.origin().ascii_serialization(), World::<GitHub>::ORIGIN);
    assert!(location.username().is_empty() && location.password().is_none(), "{location}");
    let header = page.header("location");
    assert!(header.starts_with('/') && !header.starts_with("//"), "{header}");
    assert!(header.bytes().all(|byte| byte.is_ascii_graphic()), "{header}");
}

/// Any answer of the token endpoint: the first byte says its status and content type, and whether it answers a
/// code or a refresh token.
///
/// # Panics
///
/// If an answer is taken that is no token response to another JSON parser.
pub fn token_response(data: &[u8]) {
    let Some((form, body)) = data.split_first() else { return };
    let status = [200, 200, 200, 400, 401, 503, 201, 302][usize::from(form & 7)];
    let content_type = if form & 8 == 0 { "application/json" } else { "text/html" };
    let answer = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, content_type)
        .body(Bytes::copy_from_slice(body))
        .expect("a status and a text header");
    let world = World::with(Google, |builder| builder.offline_access(true));
    world.emulator.answer_next(Endpoint::Token, answer);
    let taken = block_on(async {
        if form & 16 == 0 {
            let mut browser = world.browser();
            browser.open("/").await;
            assert!(world.sent.count() <= 1);
            is_logged_in(&world, &browser)
        } else {
            let client = world.oauth.offline("refresh-token");
            let refreshed = client.refresh().await.is_ok();
            assert_eq!(world.sent.count(), 1);
            refreshed
        }
    });
    if taken {
        assert_eq!((status, content_type), (200, "application/json"));
        // What stands in a member that nobody reads need not be UTF-8.
        let body = String::from_utf8_lossy(body);
        let answer: HashMap<String, &RawValue> =
            serde_json::from_str(&body).expect("what is taken is a JSON object");
        let text = |name: &str| -> String {
            serde_json::from_str(answer[name].get()).expect("what is taken is a text")
        };
        let access_token = text("access_token");
        assert!(!access_token.is_empty(), "{access_token}");
        assert!(access_token.bytes().all(|byte| byte.is_ascii_graphic()), "{access_token}");
        assert!(text("token_type").eq_ignore_ascii_case("bearer"), "{}", text("token_type"));
        assert!(answer.get("error").is_none_or(|error| error.get() == "null"));
    }
}

/// Any `Retry-After` of a token endpoint that is down.
///
/// # Panics
///
/// If somebody is to wait for less than a second or more than an hour, or not for the minutes that were asked for.
pub fn retry_after(data: &[u8]) {
    let Ok(wish) = HeaderValue::from_bytes(data) else { return };
    let world = World::with(Google, |builder| builder.offline_access(true));
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    answer.headers_mut().insert(RETRY_AFTER, wish.clone());
    world.emulator.answer_next(Endpoint::Token, answer);
    let client = world.oauth.offline("refresh-token");
    let error = block_on(client.refresh()).expect_err("503 is no success");
    let ApiError::Unavailable { retry_after } = error else {
        panic!("{error:?}");
    };
    assert!((1..=3600).contains(&retry_after.as_secs()), "{retry_after:?}");
    let seconds = wish.to_str().ok().and_then(|text| text.trim().parse::<u32>().ok());
    if let Some(seconds @ 60..=600) = seconds {
        assert_eq!(retry_after, Duration::from_secs(seconds.into()));
    }
}

/// A pointer on the first line and a userinfo answer after it.
///
/// # Panics
///
/// If the profile's subject is not what another reader of RFC 6901 finds there.
pub fn json_pointer(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (pointer, answer) = text.split_once('\n').unwrap_or((text, "{}"));
    let mut declaration = GitHub.declaration().clone();
    declaration.emails = None;
    if let Some(pointers) = &mut declaration.profile {
        pointers.subject = pointer.to_owned().into();
    }
    let provider = Declared::from(declaration);
    let clock = StoppedClock::new();
    let emulator = Emulator::of(provider.clone()).clock(clock.clone());
    // What is no pointer is refused before anybody logs in.
    let Ok(world) = World::try_around(provider, emulator, clock, |builder| builder) else {
        assert!(!pointer.starts_with('/') || pointer.contains('~'), "{pointer}");
        return;
    };
    let userinfo = Response::builder().header(CONTENT_TYPE, "application/json");
    let userinfo = userinfo.body(Bytes::copy_from_slice(answer.as_bytes())).expect("a text header");
    let profile = block_on(async {
        let session = world.log_in().await;
        world.emulator.answer_next(Endpoint::UserInfo, userinfo);
        session.profile().await
    });
    let subject = profile.as_ref().ok().map(Profile::subject);
    assert_eq!(subject.map(str::to_owned), at(pointer, answer));
}

/// RFC 6901 read by hand: the text or the whole number at a pointer.
fn at(pointer: &str, answer: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(answer).ok()?;
    if !pointer.is_empty() {
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = token.replace("~1", "/").replace("~0", "~");
            value = match value {
                Value::Object(mut members) => members.remove(&token)?,
                Value::Array(mut elements) => {
                    let plain = token == "0" || !token.starts_with(['0', '+']);
                    let index = token.parse().ok().filter(|index| *index < elements.len());
                    elements.swap_remove(index.filter(|_| plain)?)
                }
                _ => return None,
            };
        }
    }
    match value {
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// A host, a segment and a template, a line each, for the authorization endpoint.
///
/// # Panics
///
/// If a browser is sent to another host than the one that was given.
pub fn url_template(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let (host, segment, path) = (next(), next(), next());
    let (Ok(_), Ok(tenant)) = (Host::parse("domain", host), Segment::parse("tenant", segment))
    else {
        return;
    };
    let mut declaration = GitHub.declaration().clone();
    let placeholder =
        |name: &'static str, kind| Placeholder { name: name.into(), kind, default: None };
    let mut placeholders = vec![placeholder("domain", PlaceholderKind::Host)];
    if path.contains("{tenant}") {
        placeholders.push(placeholder("tenant", PlaceholderKind::Segment));
    }
    declaration.placeholders = placeholders.into();
    declaration.authorization_endpoint = Some(format!("https://{{domain}}/{path}").into());
    let values = [("domain", host), ("tenant", segment)].into_iter();
    let declared = |name: &str| declaration.placeholders.iter().any(|known| known.name == name);
    let values: Vec<_> = values.filter(|(name, _)| declared(name)).collect();
    let provider = values
        .into_iter()
        .try_fold(Declared::from(declaration), |provider, (name, value)| provider.with(name, value))
        .expect("what a field of the type takes is taken");
    let clock = StoppedClock::new();
    let emulator = Emulator::of(provider.clone()).clock(clock.clone());
    let Ok(world) = World::try_around(provider, emulator, clock, |builder| builder) else {
        return;
    };
    let authorization = block_on(world.browser().begin("/"));
    let expected = Url::parse(&format!("https://{host}/")).expect("a host that was taken is one");
    assert_eq!((expected.path(), expected.query(), expected.fragment()), ("/", None, None));
    assert!(expected.username().is_empty() && expected.password().is_none(), "{host}");
    assert_eq!(authorization.origin(), expected.origin(), "{authorization}");
    assert_eq!(authorization.scheme(), "https");
    assert!(authorization.username().is_empty() && authorization.password().is_none());
    if path == "a/{tenant}/b" {
        let segments: Vec<&str> = authorization.path_segments().expect("https").collect();
        assert_eq!(segments, ["a", tenant.as_str(), "b"]);
    }
}

/// A browser that is logged in and has begun another login, as words for [`cookie_header`].
struct Real {
    world: World<GitHub>,
    site: Site,
    callback: String,
    session: Vec<String>,
    login: String,
    words: Vec<String>,
}

impl Real {
    fn new() -> Self {
        let mut world = World::new(GitHub);
        // A session that needs two cookies.
        world.emulator = world.emulator.token_member("padding", "x".repeat(4000));
        let mut browser = world.browser();
        let callback = block_on(async {
            browser.open("/page").await;
            browser.begin_and_agree(world.oauth.login_path()).await
        });
        let prefix = world.oauth.instance().login_cookie_prefix();
        let cookies = browser.jar().cookies();
        let text = |name: &str| format!("{name}={}", browser.jar().value(name).unwrap_or_default());
        let (login, session): (Vec<String>, Vec<String>) = cookies
            .iter()
            .map(|cookie| text(&cookie.name))
            .filter(|cookie| cookie.len() > 200)
            .partition(|cookie| cookie.starts_with(prefix));
        let [login] = <[String; 1]>::try_from(login).expect("one login is under way");
        assert_eq!(session.len(), 2, "the session needs two cookies: {session:?}");
        let all = [&session[..], std::slice::from_ref(&login)].concat();
        let mut words = vec![all.join("; ")];
        for cookie in &all {
            let (name, value) = cookie.split_once('=').unwrap_or_default();
            words.extend([name.to_owned(), value.to_owned()]);
        }
        let callback = callback[url::Position::BeforePath..].to_owned();
        let site = world.site();
        Self { world, site, callback, session, login, words }
    }
}

/// What no request target may hold, so that any bytes make one; what has a meaning in a query stays.
const NOT_IN_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

fn success() -> Response<Bytes> {
    let answer = json!({ "access_token": "access", "token_type": "Bearer" }).to_string();
    let response = Response::builder().header(CONTENT_TYPE, "application/json");
    response.body(answer.into()).expect("a text header")
}

fn request(target: &str, cookies: &HeaderValue) -> Request<Bytes> {
    Request::get(target)
        .header(ACCEPT, "text/html")
        .header(COOKIE, cookies)
        .body(Bytes::new())
        .expect("a path of the application")
}

fn is_logged_in<P: Provider>(world: &World<P>, browser: &Browser) -> bool {
    browser.jar().names().contains(&world.oauth.instance().session_cookie())
}

/// Runs on a runtime of the thread, which refreshes need.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: Runtime =
            Builder::new_current_thread().enable_time().build().expect("a runtime of one thread");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}
