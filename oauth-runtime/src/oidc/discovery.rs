//! Discovery: an issuer is asked where its endpoints are, when somebody needs them first (OpenID Connect
//! Discovery s4, RFC 8414 s3).
//!
//! The application starts while the provider is down. What is known is used for a day, and asked for again in the background
//! each hour; an issuer that fails is left alone for a second, and what it said before serves meanwhile.

use std::sync::Arc;

use http::StatusCode;
use tracing::debug;

use crate::metadata::MetadataError;
use crate::oidc::peer::Peer;
use crate::published::Known;
use crate::server::{Discovered, Server, ServerSource};

/// Where the provider's endpoints are.
pub(crate) async fn server(peer: &Peer) -> Result<Arc<Server>, MetadataError> {
    let discovered = match &peer.registration.server {
        ServerSource::Known(server) => return Ok(Arc::clone(server)),
        ServerSource::Discovered(discovered) => discovered,
    };
    match discovered.server.look() {
        Known::Fresh(server) => Ok(server),
        Known::Aging(server) => {
            peer.in_background(ask_again);
            Ok(server)
        }
        Known::Unknown => ask(peer, discovered).await,
    }
}

async fn ask_again(peer: Peer) {
    if let ServerSource::Discovered(discovered) = &peer.registration.server
        && let Err(error) = ask(&peer, discovered).await
    {
        debug!(%error, "the issuer's metadata are not renewed yet");
    }
}

async fn ask(peer: &Peer, discovered: &Discovered) -> Result<Arc<Server>, MetadataError> {
    let [of_openid, of_oauth] = &discovered.metadata;
    let fetch = async {
        let mut response = peer.get(of_openid).await?;
        // A server that knows no OpenID Connect has no such document, and one of its own.
        if response.status() == StatusCode::NOT_FOUND {
            response = peer.get(of_oauth).await?;
        }
        discovered.read(&response)
    };
    discovered.server.ask(fetch).await
}
