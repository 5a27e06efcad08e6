//! The keys by which an issuer signs (OpenID Connect Core s10.1.1).
//!
//! They are asked for again when they grow old, and once when a token does not fit them: the issuer may have changed them. A key
//! that the issuer has taken back verifies nothing after an hour. While the issuer cannot be asked, the last good set serves
//! for a day.

use std::sync::Arc;

use http::StatusCode;
use tracing::debug;
use url::Url;

use crate::jwk::KeySet;
use crate::metadata::MetadataError;
use crate::oidc::discovery;
use crate::oidc::peer::Peer;
use crate::published::Known;

/// The issuer's keys.
pub(crate) async fn keys(peer: &Peer) -> Result<Arc<KeySet>, MetadataError> {
    let published = &peer.registration.keys;
    match published.look() {
        Known::Fresh(keys) => Ok(keys),
        Known::Aging(keys) => {
            peer.in_background(ask_again);
            Ok(keys)
        }
        Known::Unknown => published.ask(fetch(peer)).await,
    }
}

/// The keys that the issuer has now, if they are others than those that a token did not fit.
pub(crate) async fn newer_keys(peer: &Peer, seen: &Arc<KeySet>) -> Option<Arc<KeySet>> {
    peer.registration.keys.ask_anew(seen, fetch(peer)).await
}

async fn ask_again(peer: Peer) {
    if let Err(error) = peer.registration.keys.ask(fetch(&peer)).await {
        debug!(%error, "the issuer's keys are not renewed yet");
    }
}

async fn fetch(peer: &Peer) -> Result<KeySet, MetadataError> {
    let unreadable = || MetadataError::Unreadable { what: "`jwks_uri`" };
    let server = discovery::server(peer).await?;
    let url: &Url = server.jwks.as_ref().ok_or_else(unreadable)?;
    let response = peer.get(url).await?;
    if response.status() != StatusCode::OK {
        return Err(MetadataError::Status { status: response.status() });
    }
    let what = "the set of keys";
    KeySet::parse(response.body()).ok_or(MetadataError::Unreadable { what })
}
