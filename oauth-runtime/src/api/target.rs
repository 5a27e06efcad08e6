//! Where an API call goes: only where the token may go.

use url::Url;

use crate::endpoint::{has_user_info, without_user_info};
use crate::error::ApiError;
use crate::registration::Registration;

/// The URL of a call: a path under `api_base`, or a whole URL of a declared origin.
pub(crate) fn resolve(registration: &Registration, path: &str) -> Result<Url, ApiError> {
    // `people:search` is a path of Google's, and no URL.
    let url = if path.contains("://") && !path.starts_with('/') {
        Url::parse(path).map_err(|error| ApiError::Malformed(error.into()))?
    } else {
        under_base(registration, path)?
    };
    let declared = registration.api.origins.contains(&url.origin());
    if !declared || has_user_info(&url) {
        return Err(ApiError::ForeignOrigin { url: without_query(&url) });
    }
    Ok(registration.api.relocated(url))
}

/// `/x` under `https://a/api/v1/` is `https://a/api/v1/x`, and never anything outside of it.
fn under_base(registration: &Registration, path: &str) -> Result<Url, ApiError> {
    let base = registration.api.base.as_ref().ok_or(ApiError::NoApiBase)?;
    let base = base.as_str().trim_end_matches('/');
    let relative = path.strip_prefix('/').unwrap_or(path);
    let joined = format!("{base}/{relative}");
    let url = Url::parse(&joined).map_err(|error| ApiError::Malformed(error.into()))?;
    let head = relative.split(['?', '#']).next().unwrap_or_default();
    let inside = url.as_str().strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
    if !inside || head.starts_with('/') || head.contains('\\') {
        return Err(ApiError::ForeignOrigin { url: without_query(&url) });
    }
    Ok(url)
}

fn without_query(url: &Url) -> String {
    without_user_info(&url[..url::Position::AfterPath])
}
