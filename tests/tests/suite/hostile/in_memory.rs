//! Every answer of the corpus to every caller of every endpoint.

use bytes::Bytes;
use http::header::WWW_AUTHENTICATE;
use http::{Response, StatusCode};
use oauth_providers::{ApiError, Endpoint, HttpClient as _};
use oauth_tests::{StoppedClock, World};
use serde_json::Value;
use tower::{Layer as _, Service as _, ServiceExt as _};

use super::corpus::{Reader, Row, of_every_type, rows};
use super::{
    ACCESS_TOKEN, Hostile, Outcome, PAST, call, configured, contained, emulator, exchanged, left,
    read, renewed, site, visited, world,
};

/// Every answer to a reader: its name, itself, and what is to come of it.
fn answers(reader: Reader) -> impl Iterator<Item = (String, Response<Bytes>, Outcome)> {
    let one = move |row: Row| {
        let (answer, expected) = (row.answer(reader), row.expected(reader));
        (row.name, answer, expected)
    };
    rows().into_iter().map(one).chain(of_every_type(reader))
}

/// What the API answers to an access token that is no longer good.
fn not_good() -> Response<Bytes> {
    let response = Response::builder().status(StatusCode::UNAUTHORIZED);
    response.header(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"").body(Bytes::new()).unwrap()
}

fn good() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"good"))
}

#[test]
fn the_corpus_is_large_and_no_two_rows_have_one_name() {
    let mut names: Vec<String> = answers(Reader::Token).map(|(name, ..)| name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), all);
    assert!(all > 400, "{all}");
}

#[tokio::test]
async fn te_13_a_code_is_exchanged_or_refused_as_the_corpus_says() {
    let world = world();
    for (name, answer, expected) in answers(Reader::Token) {
        let mut browser = world.browser_of(site(&world));
        let callback = browser.begin_and_agree("/").await;
        world.emulator.answer_next(Endpoint::Token, answer);

        let page = exchanged(&name, &world, &mut browser, callback.as_str(), expected).await;

        let shown = format!("{:?} {}", page.headers(), page.text());
        for foreign in ["evil.example", "x; Path=/", "xxxxxxxx", "<", ACCESS_TOKEN] {
            assert!(!shown.contains(foreign), "{name}: {foreign} reaches the browser: {shown}");
        }
    }
}

#[tokio::test]
async fn te_13_a_page_is_shown_or_held_back_as_the_corpus_says_of_a_refresh() {
    for (name, answer, expected) in answers(Reader::Token) {
        let world = world();
        let mut browser = world.browser();
        browser.open("/").await;
        world.clock.advance(PAST);
        world.emulator.answer_next(Endpoint::Token, answer);

        visited(&name, &world, &mut browser, expected).await;
    }
}

#[tokio::test]
async fn te_13_a_call_that_the_api_refused_is_repeated_or_given_up_as_the_corpus_says() {
    for (name, answer, expected) in answers(Reader::Token) {
        let world = world();
        let session = world.log_in().await;
        world.emulator.answer_next(Endpoint::Api, not_good());
        world.emulator.answer_next(Endpoint::Api, good());
        world.emulator.answer_next(Endpoint::Token, answer);

        renewed(&name, call(&session.client()).await, expected);

        let api = if expected == Outcome::Tolerated { 2 } else { 1 };
        assert_eq!(super::requests(&world), (2, api), "{name}");
        contained(&name, &world.sent);
    }
}

#[tokio::test]
async fn te_13_a_job_is_done_or_put_off_as_the_corpus_says() {
    for (name, answer, expected) in answers(Reader::Token) {
        let world = world();
        let job = world.oauth.offline("kept-elsewhere");
        world.emulator.answer_next(Endpoint::Token, answer);
        world.emulator.answer_next(Endpoint::Api, good());

        renewed(&name, call(&job).await, expected);

        let api = usize::from(expected == Outcome::Tolerated);
        assert_eq!(super::requests(&world), (1, api), "{name}");
        contained(&name, &world.sent);
    }
}

#[tokio::test]
async fn te_13_a_stack_of_the_application_is_told_what_became_of_the_token() {
    // A large answer is read as it is for a call of ours.
    let small = answers(Reader::Token).filter(|(_, answer, _)| answer.body().len() < 1 << 16);
    for (name, answer, expected) in small {
        let world = world();
        let job = world.oauth.offline("kept-elsewhere");
        let sent = world.sent.clone();
        let stack = tower::service_fn(move |request| {
            let sent = sent.clone();
            async move { sent.call(request).await }
        });
        world.emulator.answer_next(Endpoint::Token, answer);
        world.emulator.answer_next(Endpoint::Api, good());
        let mut stack = job.layer().layer(stack);

        let request = http::Request::get("/x").body(Bytes::new()).unwrap();
        let answer = stack.ready().await.unwrap().call(request).await;

        let answer = answer.map(|answer| String::from_utf8(answer.into_body().into()).unwrap());
        renewed(&name, answer.map_err(|error| *error.downcast::<ApiError>().unwrap()), expected);
        let api = usize::from(expected == Outcome::Tolerated);
        assert_eq!(super::requests(&world), (1, api), "{name}");
    }
}

#[tokio::test]
async fn te_13_a_stack_of_the_application_is_handed_every_answer_of_the_api() {
    let world = world();
    let session = world.log_in().await;
    for (name, answer, _) in answers(Reader::Text) {
        let emulator = world.emulator.clone();
        let mut stack = session.client().layer().layer(emulator);
        let (status, before) = (answer.status(), world.emulator.requests(Endpoint::Api));
        world.emulator.answer_next(Endpoint::Api, answer);

        let request = http::Request::get("/x").body(Bytes::new()).unwrap();
        let answer = stack.ready().await.unwrap().call(request).await.unwrap();

        assert_eq!(answer.status(), status, "{name}");
        assert_eq!(world.emulator.requests(Endpoint::Api), before + 1, "{name}");
    }
}

#[tokio::test]
async fn te_13_a_logout_is_a_logout_whatever_the_revocation_is_answered() {
    let world = world();
    for (name, answer, _) in answers(Reader::Token) {
        let mut browser = world.browser_of(site(&world));
        browser.open("/").await;
        world.emulator.answer_next(Endpoint::Revocation, answer);

        left(&name, &world, &mut browser).await;

        assert_eq!(world.sent.count(), 1, "{name}");
    }
}

#[tokio::test]
async fn te_13_a_profile_is_read_or_refused_as_the_corpus_says_of_userinfo() {
    let world = world();
    let session = world.log_in().await;
    for (name, answer, expected) in answers(Reader::UserInfo) {
        world.sent.clear();
        world.emulator.answer_next(Endpoint::UserInfo, answer);

        read(&name, session.profile().await, expected);

        let calls = if expected == Outcome::Tolerated { 2 } else { 1 };
        assert_eq!(world.sent.count(), calls, "{name}");
        contained(&name, &world.sent);
    }
}

#[tokio::test]
async fn te_13_a_profile_is_read_or_refused_as_the_corpus_says_of_the_addresses() {
    let world = world();
    let session = world.log_in().await;
    for (name, answer, expected) in answers(Reader::Emails) {
        world.sent.clear();
        world.emulator.answer_next(Endpoint::Emails, answer);

        read(&name, session.profile().await, expected);

        assert_eq!(world.sent.count(), 2, "{name}");
        contained(&name, &world.sent);
    }
}

#[tokio::test]
async fn te_13_an_address_is_verified_by_what_says_true_and_by_nothing_else() {
    let world = world();
    let session = world.log_in().await;
    for (endpoint, reader, other) in [
        (Endpoint::UserInfo, Reader::UserInfo, Endpoint::Emails),
        (Endpoint::Emails, Reader::Emails, Endpoint::UserInfo),
    ] {
        let rows = of_every_type(reader).into_iter();
        for (name, answer, _) in rows.filter(|(name, ..)| name.starts_with("`verified`")) {
            let unverified = Response::new(Bytes::from_static(
                br#"{"id":"1815","mail":"ada@hostile.example","verified":false}"#,
            ));
            world.emulator.answer_next(other, unverified);
            world.emulator.answer_next(endpoint, answer);

            let profile = session.profile().await.unwrap();

            let verified = profile.email().unwrap().verified().is_some();
            let says_so = name.ends_with("is true") || name.ends_with("is \"true\"");
            assert_eq!(verified, says_so, "{name}");
        }
    }
}

#[tokio::test]
async fn te_13_an_answer_of_the_api_is_read_as_json_or_refused_as_the_corpus_says() {
    let world = world();
    let session = world.log_in().await;
    for (name, answer, expected) in answers(Reader::Json) {
        world.sent.clear();
        world.emulator.answer_next(Endpoint::Api, answer);

        let answer = async { session.client().get("/x")?.send().await?.json::<Value>().await };

        read(&name, answer.await, expected);
        assert_eq!(world.sent.count(), 1, "{name}");
        contained(&name, &world.sent);
    }
}

#[tokio::test]
async fn te_13_an_answer_of_the_api_is_read_as_text_or_refused_as_the_corpus_says() {
    let world = world();
    let session = world.log_in().await;
    for (name, answer, expected) in answers(Reader::Text) {
        world.sent.clear();
        world.emulator.answer_next(Endpoint::Api, answer);

        read(&name, call(&session.client()).await, expected);

        assert_eq!(world.sent.count(), 1, "{name}");
        contained(&name, &world.sent);
    }
}

#[tokio::test]
async fn te_13_an_answer_of_the_api_streams_whatever_it_is() {
    let clock = StoppedClock::new();
    let emulator = emulator(&clock);
    let world = World::around(Hostile, emulator.clone(), clock, |builder| {
        configured(builder).http_client(emulator)
    });
    let session = world.log_in().await;
    for (name, answer, _) in answers(Reader::Text) {
        let (status, length) = (answer.status(), answer.body().len());
        world.emulator.answer_next(Endpoint::Api, answer);

        let (parts, mut body) =
            session.client().get("/x").unwrap().stream().await.unwrap().into_parts();
        let mut read = 0;
        while let Some(chunk) = body.chunk().await.unwrap() {
            read += chunk.len();
        }

        assert_eq!((parts.status, read), (status, length), "{name}");
    }
}
