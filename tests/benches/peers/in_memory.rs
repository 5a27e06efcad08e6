//! A callback whose exchange is answered in memory: what is left is our own work.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{COOKIE, LOCATION};
use http::{Request, Response, StatusCode};
use oauth_providers::{BoxFuture, HttpClient, OAuth, TransportError};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use url::Url;

use crate::application::{Bench, application, cookies_of, json};

/// A token endpoint that is not asked twice.
struct Constant;

impl HttpClient for Constant {
    fn call(
        &self,
        _request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let answer = r#"{"access_token":"an-access-token-of-usual-length","token_type":"Bearer"}"#;
        Box::pin(std::future::ready(Ok(json(answer))))
    }
}

/// The application that is logged in to.
pub(crate) struct InMemory(OAuth<Bench>);

impl InMemory {
    pub(crate) fn new() -> Self {
        Self(application(Constant))
    }

    /// How long so many callbacks take, each in the browser that began its login.
    pub(crate) fn callbacks(&self, runtime: &Runtime, count: u32) -> Duration {
        runtime.block_on(async {
            let mut callbacks = Vec::new();
            for _ in 0..count {
                callbacks.push(self.login().await);
            }
            let start = Instant::now();
            for callback in callbacks {
                let done = self.0.callback().oneshot(callback).await.unwrap();
                assert_eq!(done.status(), StatusCode::SEE_OTHER);
            }
            start.elapsed()
        })
    }

    /// Begins a login; returns the callback that its browser is about to open.
    async fn login(&self) -> Request<String> {
        let login = Request::get("https://app.example/login").body(String::new()).unwrap();
        let begun = self.0.login().oneshot(login).await.unwrap();
        let provider = Url::parse(begun.headers()[LOCATION].to_str().unwrap()).unwrap();
        let (_, state) = provider.query_pairs().find(|(name, _)| name == "state").unwrap();
        let callback =
            format!("https://app.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state={state}");
        Request::get(callback).header(COOKIE, cookies_of(&begun, "")).body(String::new()).unwrap()
    }
}
