//! P12: a token answer is read, and the whole of it kept.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use oauth_providers::{Emulator, Session};
use oauth2::basic::BasicTokenType;
use oauth2::{ExtraTokenFields, StandardTokenResponse};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::runtime::Builder;

use crate::application::{Bench, application, log_in, token_answer};
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 201;
const ANSWERS: u32 = 500;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let session = runtime.block_on(session());
    let answer = token_answer(true);
    let answer = answer.as_bytes();

    let ours = || drop(black_box(session.token_response().unwrap()));
    let peer = || drop(black_box(serde_json::from_slice::<Whole>(answer).unwrap()));
    let cases = vec![
        Case::floor("serde, borrowed", || {
            times(|| {
                black_box(serde_json::from_slice::<Borrowed<'_>>(answer).unwrap());
            })
        }),
        Case::ours("`Session::token_response`", || times(ours)),
        Case::peer("`oauth2`", || times(peer)),
        Case::peer("`oauth2` without the further members", || {
            times(|| drop(black_box(serde_json::from_slice::<Standard>(answer).unwrap())))
        }),
    ];
    let seen = Seen::in_turns(ROUNDS, ANSWERS, cases);
    let aims = vec![Aim::at_most(
        0.65,
        "of `oauth2`",
        seen.ratio("`Session::token_response`", "`oauth2`"),
    )];
    Row { work: "token answer of 1.5 KB read, the whole of it kept", seen, aims }
}

fn times(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..ANSWERS {
        work();
    }
    start.elapsed()
}

/// A session, which reads the answer that it was made of whenever it is asked.
pub(crate) async fn session() -> Session<Bench> {
    use std::convert::Infallible;

    use http::header::COOKIE;
    use http::{Request, Response};
    use tower::{Layer as _, ServiceExt as _, service_fn};

    let emulator = Emulator::of(Bench);
    let oauth = application(emulator.clone());
    let cookies = log_in(&oauth, &emulator, token_answer(true)).await;
    let (sender, receiver) = std::sync::mpsc::channel();
    let finder = oauth.clone();
    let page = service_fn(move |request: Request<()>| {
        sender.send(finder.session(request.extensions()).unwrap().unwrap()).unwrap();
        std::future::ready(Ok::<_, Infallible>(Response::new(oauth_providers::Body::default())))
    });
    let visit = Request::get("/").header(COOKIE, cookies).body(()).unwrap();
    oauth.filter().layer(page).oneshot(visit).await.unwrap();
    receiver.recv().unwrap()
}

/// The members that everybody reads.
#[derive(Deserialize)]
#[expect(dead_code, reason = "read, and nothing more")]
struct Borrowed<'a> {
    access_token: &'a str,
    token_type: &'a str,
    expires_in: Option<u64>,
    refresh_token: Option<&'a str>,
    scope: Option<&'a str>,
}

/// What `oauth2` has for an answer whose further members are kept.
pub(crate) type Whole = StandardTokenResponse<Further, BasicTokenType>;
type Standard = StandardTokenResponse<oauth2::EmptyExtraTokenFields, BasicTokenType>;

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Further(HashMap<String, Value>);

impl ExtraTokenFields for Further {}
