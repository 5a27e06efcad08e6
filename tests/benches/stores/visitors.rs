//! Browsers that are logged in, each with a session of its own, and sixteen requests at a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderValue, Request, StatusCode};
use tower::ServiceExt as _;

/// How many there are.
pub(crate) const SESSIONS: usize = 1_000;

/// How many requests are under way at once.
const AT_ONCE: usize = 16;

/// An application, and the cookies of its browsers.
pub(crate) struct Visitors {
    router: Router,
    cookies: Vec<HeaderValue>,
    next: AtomicUsize,
}

impl Visitors {
    /// Logs them in.
    pub(crate) async fn new(
        router: Router,
        logins: Vec<Request<Body>>,
        answered: StatusCode,
    ) -> Self {
        let (_, responses) = answers(&router, logins, answered).await;
        let cookies = responses.iter().map(cookies_of).collect();
        Self { router, cookies, next: AtomicUsize::new(0) }
    }

    /// How long it takes to answer that many requests of browsers that take turns.
    pub(crate) async fn read(&self, count: usize) -> Duration {
        let next = self.next.fetch_add(count, Ordering::Relaxed);
        let cookies = self.cookies.iter().cycle().skip(next % self.cookies.len());
        let requests = cookies.take(count).map(|cookies| {
            Request::get("/").header(COOKIE, cookies.clone()).body(Body::empty()).unwrap()
        });
        answers(&self.router, requests.collect(), StatusCode::OK).await.0
    }

    /// How long it takes to answer these requests, which log other browsers in.
    pub(crate) async fn log_in(
        &self,
        logins: Vec<Request<Body>>,
        answered: StatusCode,
    ) -> Duration {
        answers(&self.router, logins, answered).await.0
    }
}

/// The requests are there before the clock starts; all must be answered with this status.
async fn answers(
    router: &Router,
    mut requests: Vec<Request<Body>>,
    answered: StatusCode,
) -> (Duration, Vec<Response>) {
    let share = requests.len().div_ceil(AT_ONCE);
    let mut shares = Vec::new();
    while !requests.is_empty() {
        shares.push(requests.split_off(requests.len().saturating_sub(share)));
    }
    let start = Instant::now();
    let tasks: Vec<_> = shares
        .into_iter()
        .map(|share| {
            let router = router.clone();
            tokio::spawn(async move {
                let mut responses = Vec::with_capacity(share.len());
                for request in share {
                    responses.push(router.clone().oneshot(request).await.unwrap());
                }
                responses
            })
        })
        .collect();
    let mut responses = Vec::new();
    for task in tasks {
        responses.append(&mut task.await.unwrap());
    }
    let took = start.elapsed();
    assert!(responses.iter().all(|response| response.status() == answered));
    (took, responses)
}

/// What a browser sends back of the cookies that a response sets, from its second page on.
fn cookies_of(response: &Response) -> HeaderValue {
    let set = response.headers().get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap());
    let kept =
        set.filter_map(|line| line.split(';').next().filter(|_| !line.contains("Max-Age=0")));
    let pairs: Vec<&str> = kept.filter(|pair| !pair.contains(".arrived=")).collect();
    HeaderValue::try_from(pairs.join("; ")).unwrap()
}
