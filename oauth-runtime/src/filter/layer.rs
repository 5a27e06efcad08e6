//! The filter as a tower layer.

use std::sync::Arc;

use tower_layer::Layer;

use crate::engine::Engine;
use crate::filter::service::Filter;

/// Protects the routes it is laid over: the first of the trio.
///
/// | request | answer |
/// | --- | --- |
/// | of a browser that is logged in, its token not past its expiry | passes, with the session |
/// | a navigation (a person asked for a page) | `303` to the provider, and back afterwards |
/// | anything else: `fetch`, a POST, an image | `401` with the login URL in a JSON body |
/// | to the path of the redirect URI; a CORS preflight | passes, without a session |
/// | a GET of the login path | `303` to the provider, and back to `?return_to=` |
/// | of a browser whose token has expired and cannot be renewed now | `503` with `Retry-After` |
/// | any, while the persistence fails | `503` |
///
/// Behind [`optional`](Self::optional) everybody passes, with a session or without, unless the persistence fails.
///
/// With axum lay it over routes by `.route_layer(oauth.filter())` and mount `oauth.login()` at `oauth.login_path()`
/// beside them, so that unknown paths stay unknown. Laid over a whole router by `.layer(…)` it answers every path,
/// the login path included, and needs nothing else.
///
/// It cannot protect what is outside of it: with axum, routes that are added after the layer.
#[derive(Clone, Debug)]
pub struct FilterLayer {
    engine: Arc<Engine>,
    optional: bool,
}

impl FilterLayer {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine, optional: false }
    }

    /// Lets everybody pass; handlers then ask whether there is a session.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

impl<S> Layer<S> for FilterLayer {
    type Service = Filter<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Filter::new(inner, Arc::clone(&self.engine), self.optional)
    }
}
