//! The way from the application to the server: real HTTP, watched, and kept back where a test says so.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{Request, Response};
use oauth_providers::{BoxFuture, HttpClient, Reqwest, TransportError};
use serde_json::Value;
use tokio::sync::watch;

/// The library's own HTTP client, with an eye on what it carries.
#[derive(Clone)]
pub(crate) struct Wire {
    inner: Reqwest,
    seen: Arc<Mutex<Seen>>,
    open: watch::Sender<bool>,
    forged: Arc<Mutex<Option<Forgery>>>,
}

/// What somebody in between makes of an answer of the token endpoint.
type Forgery = Box<dyn Fn(&mut Value) + Send>;

#[derive(Default)]
struct Seen {
    refreshes: usize,
    newest_refresh_token: Option<String>,
}

impl Wire {
    pub(crate) fn new() -> Self {
        let open = watch::Sender::new(true);
        let inner = Reqwest::new().unwrap();
        Self { inner, seen: Arc::default(), open, forged: Arc::default() }
    }

    /// How many times a refresh token was presented.
    pub(crate) fn refreshes(&self) -> usize {
        self.seen.lock().unwrap().refreshes
    }

    /// The refresh token that the server gave last.
    pub(crate) fn newest_refresh_token(&self) -> String {
        self.seen.lock().unwrap().newest_refresh_token.clone().unwrap()
    }

    /// Keeps the answers to refreshes back, or lets them go.
    pub(crate) fn keep_back(&self, keep: bool) {
        self.open.send_replace(!keep);
    }

    /// Changes the answers of the token endpoint from now on.
    pub(crate) fn forge(&self, forgery: impl Fn(&mut Value) + Send + 'static) {
        *self.forged.lock().unwrap() = Some(Box::new(forgery));
    }

    fn forged(&self, mut response: Response<Bytes>, mut answer: Value) -> Response<Bytes> {
        if let Some(forgery) = &*self.forged.lock().unwrap() {
            forgery(&mut answer);
            response.headers_mut().remove(CONTENT_LENGTH);
            *response.body_mut() = answer.to_string().into();
        }
        response
    }
}

impl HttpClient for Wire {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let form: HashMap<String, String> =
                url::form_urlencoded::parse(request.body()).into_owned().collect();
            let refreshes = form.get("grant_type").is_some_and(|kind| kind == "refresh_token");
            let is_grant = form.contains_key("grant_type");
            let mut response = self.inner.call(request).await?;
            let answer: Option<Value> = serde_json::from_slice(response.body()).ok();
            let token = answer
                .as_ref()
                .and_then(|answer| answer["refresh_token"].as_str().map(str::to_owned));
            if let Some(answer) = answer.filter(|_| is_grant) {
                response = self.forged(response, answer);
            }
            {
                let mut seen = self.seen.lock().unwrap();
                seen.refreshes += usize::from(refreshes);
                seen.newest_refresh_token = token.or(seen.newest_refresh_token.take());
            }
            if refreshes {
                self.open.subscribe().wait_for(|open| *open).await.unwrap();
            }
            Ok(response)
        })
    }
}
