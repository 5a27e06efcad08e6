//! The provider, and what it is reached by.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT};
use http::{Request, Response};
use tokio::runtime::Handle;
use url::Url;

use crate::http_client::HttpClient;
use crate::metadata::MetadataError;
use crate::registration::Registration;

/// The provider that is asked for what it publishes.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) registration: Arc<Registration>,
    pub(crate) http_client: Arc<dyn HttpClient>,
}

impl Peer {
    /// Asks for a document that is nobody's secret.
    pub(crate) async fn get(&self, url: &Url) -> Result<Response<Bytes>, MetadataError> {
        let mut request = Request::new(Bytes::new());
        let uri = url.as_str().parse();
        *request.uri_mut() = uri.map_err(|_| MetadataError::Unreadable { what: "a URL" })?;
        for name in [ACCEPT, USER_AGENT] {
            if let Some(value) = self.registration.headers.get(&name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        let response = self.http_client.call(request).await;
        response.map_err(|error| MetadataError::Transport(Arc::new(error)))
    }

    /// Does something that nobody waits for; not at all where there is no tokio runtime.
    pub(crate) fn in_background<F>(&self, work: impl FnOnce(Self) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(work(self.clone()));
        }
    }
}
