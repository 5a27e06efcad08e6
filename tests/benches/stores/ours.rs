//! An application of ours that keeps its sessions in a store.

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use http::header::{COOKIE, LOCATION};
use http::{Request, Response, StatusCode};
use oauth_providers::store::Store;
use oauth_providers::{BoxFuture, HttpClient, OAuth, Session, Sessions, TransportError};
use oauth_tests::key_ring;
use tower::ServiceExt as _;
use url::Url;

use crate::application::{Bench, application_with, cookies_of, json, token_answer};
use crate::visitors::{SESSIONS, Visitors};

/// The application, and browsers that are logged in to it.
pub(crate) struct Ours {
    oauth: OAuth<Bench>,
    visitors: Visitors,
}

impl Ours {
    pub(crate) async fn new(store: impl Store) -> Self {
        let oauth = application_with(Sessions::new(store, key_ring()), TokenEndpoint::new());
        let page = async |session: Session<Bench>| {
            black_box(session.tokens().access_token().expose());
            "the page"
        };
        let router = Router::new()
            .route("/", get(page))
            .route_layer(oauth.filter())
            .route_service(oauth.callback_path(), oauth.callback());
        let visitors = Visitors::new(router, logins(&oauth, SESSIONS).await, DONE).await;
        Self { oauth, visitors }
    }

    /// How long it takes to answer that many requests of browsers that are logged in.
    pub(crate) async fn read(&self, count: usize) -> Duration {
        self.visitors.read(count).await
    }

    /// How long it takes to log that many browsers in.
    pub(crate) async fn write(&self, count: usize) -> Duration {
        let logins = logins(&self.oauth, count).await;
        self.visitors.log_in(logins, DONE).await
    }
}

/// Begins logins; returns the callbacks that their browsers are about to open.
async fn logins(oauth: &OAuth<Bench>, count: usize) -> Vec<Request<Body>> {
    let mut callbacks = Vec::with_capacity(count);
    for _ in 0..count {
        let login = Request::get("https://app.example/login").body(String::new()).unwrap();
        let begun = oauth.login().oneshot(login).await.unwrap();
        let provider = Url::parse(begun.headers()[LOCATION].to_str().unwrap()).unwrap();
        let (_, state) = provider.query_pairs().find(|(name, _)| name == "state").unwrap();
        let callback =
            format!("https://app.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state={state}");
        let callback = Request::get(callback).header(COOKIE, cookies_of(&begun, ""));
        callbacks.push(callback.body(Body::empty()).unwrap());
    }
    callbacks
}

/// Gives each login a refresh token of its own.
struct TokenEndpoint {
    before: String,
    after: String,
    given: AtomicUsize,
}

impl TokenEndpoint {
    fn new() -> Self {
        let answer = token_answer(true);
        let (before, after) = answer.split_once("\"rt.").unwrap();
        Self {
            before: before.to_owned(),
            after: after[12..].to_owned(),
            given: AtomicUsize::new(0),
        }
    }
}

impl HttpClient for TokenEndpoint {
    fn call(
        &self,
        _request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let (before, after) = (&self.before, &self.after);
        let given = self.given.fetch_add(1, Ordering::Relaxed);
        let answer = json(format!("{before}\"rt.{given:012}{after}"));
        Box::pin(std::future::ready(Ok(answer)))
    }
}

const DONE: StatusCode = StatusCode::SEE_OTHER;
