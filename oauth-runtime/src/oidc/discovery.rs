//! Discovery: an issuer is asked where its endpoints are, when somebody needs them first (OpenID Connect Discovery s4).
//!
//! The application starts while the provider is down. Whoever comes while the question is under way waits for the one
//! answer; a question that failed is asked again by the next one.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http::header::{ACCEPT, USER_AGENT};

use crate::http_client::{BodyLimit, HttpClient};
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
            let ask = || ask(discovered, registration, http_client);
            discovered.found.get_or_try_init(ask).await.cloned()
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
    request.extensions_mut().insert(BodyLimit::BACK_CHANNEL);
    let response = http_client.call(request).await?;
    let metadata = Metadata::read(&response, &discovered.issuer)?;
    let endpoints = discovered.declared.completed_by(&metadata)?;
    let server = Server::new(endpoints, &discovered.relocation, &discovered.query);
    let what = "`authorization_endpoint` or `token_endpoint`";
    server.map(Arc::new).ok_or(MetadataError::Unreadable { what })
}
