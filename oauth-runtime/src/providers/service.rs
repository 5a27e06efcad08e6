//! All providers of an application as one tower service.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Body as HttpBody;
use tower_service::Service;

use crate::answer;
use crate::body::Body;
use crate::callback::service::Callback;
use crate::http_client::BoxFuture;
use crate::http_client::error::BoxError;
use crate::login::service::Login;
use crate::logout::service::log_out;
use crate::oauth::OAuth;
use crate::original_uri::original_uri;
use crate::provider::Provider;
use crate::providers::any::AnyOAuth;
use crate::providers::mount::Mount;

/// The providers of an application, mounted: a tower service for their login, callback and logout paths.
///
/// Made by [`Providers::build`](crate::Providers::build), and cheap to clone. In axum:
/// `Router::new().route_service("/auth/{*path}", providers)`. Any other path is `404`.
///
/// It is found by the path that the browser asked for. A router that takes a prefix away must say so, as axum's
/// `nest_service` does with the feature `axum`.
#[derive(Clone)]
pub struct MountedProviders {
    mounts: Arc<[Mount]>,
}

impl MountedProviders {
    pub(super) fn new(mounts: Arc<[Mount]>) -> Self {
        Self { mounts }
    }

    /// Each, in the order in which they were mounted: for a page that offers them.
    pub fn iter(&self) -> impl Iterator<Item = &AnyOAuth> {
        self.mounts.iter().map(|mount| &mount.oauth)
    }

    /// One, by the provider's type; the first of this type, if there are several.
    #[must_use]
    pub fn get<P: Provider>(&self) -> Option<OAuth<P>> {
        self.mounts.iter().find_map(|mount| mount.typed.downcast_ref::<OAuth<P>>()).cloned()
    }

    /// One, by its type and its key: `github-work` is the one that was given the name `work`.
    #[must_use]
    pub fn named<P: Provider>(&self, key: &str) -> Option<OAuth<P>> {
        let mount = self.mounts.iter().find(|mount| mount.oauth.key() == key)?;
        mount.typed.downcast_ref::<OAuth<P>>().cloned()
    }
}

impl<B> Service<Request<B>> for MountedProviders
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let path = original_uri(&parts).path();
        for mount in self.mounts.iter() {
            let engine = mount.oauth.engine();
            if path == mount.oauth.callback_path() {
                let mut callback = Callback::new(Arc::clone(engine), mount.on_login.clone());
                return callback.call(Request::from_parts(parts, body));
            }
            if path == mount.oauth.login_path() {
                return Login::new(Arc::clone(engine)).call(Request::from_parts(parts, body));
            }
            if path == mount.oauth.logout_path() {
                let (engine, also) = (Arc::clone(engine), mount.also);
                return Box::pin(async move { Ok(log_out(&engine, &parts, also).await) });
            }
        }
        Box::pin(async { Ok(answer::status(StatusCode::NOT_FOUND)) })
    }
}

impl fmt::Debug for MountedProviders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
