//! What was sent to the provider, and what came back.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use oauth_providers::{BoxFuture, HttpClient, TransportError};

/// One request, and its answer if there was one.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request, without its extensions.
    pub request: Request<Bytes>,
    /// The answer; `None` if none came.
    pub response: Option<Response<Bytes>>,
}

impl Exchange {
    /// The request as text: its first line, its headers in alphabetical order, its body.
    ///
    /// # Panics
    ///
    /// If a header or the body is not text.
    #[must_use]
    pub fn sent(&self) -> String {
        let (parts, body) = (&self.request, self.request.body());
        let mut headers: Vec<String> = parts
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", value.to_str().expect("a text header")))
            .collect();
        headers.sort_unstable();
        let body = std::str::from_utf8(body).expect("a text body");
        format!("{} {}\n{}\n{body}", parts.method(), parts.uri(), headers.concat())
    }
}

/// An [`HttpClient`] that passes everything on to another and keeps a copy.
#[derive(Clone)]
pub struct Recorder {
    inner: Arc<dyn HttpClient>,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    /// Stands before another client.
    pub fn new(inner: impl HttpClient) -> Self {
        Self { inner: Arc::new(inner), exchanges: Arc::default() }
    }

    /// Everything until now, in its order.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many requests there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.exchanges().len()
    }

    /// Forgets what was recorded.
    pub fn clear(&self) {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl HttpClient for Recorder {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let mut copy = Request::new(request.body().clone());
            *copy.method_mut() = request.method().clone();
            *copy.uri_mut() = request.uri().clone();
            *copy.headers_mut() = request.headers().clone();
            let result = self.inner.call(request).await;
            let response = result.as_ref().ok().map(|response| {
                let mut copy = Response::new(response.body().clone());
                *copy.status_mut() = response.status();
                *copy.headers_mut() = response.headers().clone();
                copy
            });
            let mut exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
            exchanges.push(Exchange { request: copy, response });
            drop(exchanges);
            result
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("count", &self.count()).finish_non_exhaustive()
    }
}
