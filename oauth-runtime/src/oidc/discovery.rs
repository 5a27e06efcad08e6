//! Discovery: an issuer is asked where its endpoints are, when somebody needs them first (OpenID Connect Discovery s4).
//!
//! The application starts while the provider is down. Whoever comes while the question is under way waits for the one
//! answer, be it a failure; an issuer that failed is left alone for a second, and then asked again by the next one.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http::header::{ACCEPT, USER_AGENT};
use tokio::time::Instant;

use crate::http_client::HttpClient;
use crate::metadata::{Metadata, MetadataError};
use crate::registration::Registration;
use crate::server::{Discovered, Server, ServerSource};

/// Where the provider's endpoints are.
pub(crate) async fn server(
    registration: &Registration,
    http_client: &dyn HttpClient,
) -> Result<Arc<Server>, MetadataError> {
    match &registration.server {
        ServerSource::Known(server) => Ok(Arc::clone(server)),
        ServerSource::Discovered(discovered) => {
            let question = discovered.question();
            let asked = async || (ask(discovered, registration, http_client).await, Instant::now());
            question.answer.get_or_init(asked).await.0.clone()
        }
    }
}

async fn ask(
    discovered: &Discovered,
    registration: &Registration,
    http_client: &dyn HttpClient,
) -> Result<Arc<Server>, MetadataError> {
    let mut request = Request::new(Bytes::new());
    let uri = discovered.metadata.as_str().parse();
    *request.uri_mut() = uri.expect("build() took this URL for the issuer's");
    for name in [ACCEPT, USER_AGENT] {
        if let Some(value) = registration.headers.get(&name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    let response = http_client.call(request).await;
    let response = response.map_err(|error| MetadataError::Transport(Arc::new(error)))?;
    let metadata = Metadata::read(&response, &discovered.issuer)?;
    let endpoints = discovered.declared.completed_by(&metadata, &discovered.issuer)?;
    let server = Server::new(endpoints, &discovered.relocation, &discovered.query);
    let what = "`authorization_endpoint` or `token_endpoint`";
    server.map(Arc::new).ok_or(MetadataError::Unreadable { what })
}
