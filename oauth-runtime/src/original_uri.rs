//! What a browser asked for, whatever a router has made of it.

use http::Uri;
use http::request::Parts;

/// The URI that the browser asked for: a nested router may have taken a prefix away from the request's.
pub(crate) fn original_uri(request: &Parts) -> &Uri {
    #[cfg(feature = "axum")]
    if let Some(axum::extract::OriginalUri(uri)) = request.extensions.get() {
        return uri;
    }
    &request.uri
}
