//! The login as a tower service.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use crate::body::Body;
use crate::engine::Engine;
use crate::http_client::BoxFuture;
use crate::login_options::{LoginOptions, ReservedParameter};

/// Sends a browser to the provider, and back to `?return_to=` afterwards.
///
/// Mount it at the login path (`/oauth/github/login` beside `/oauth/github/callback`, unless the builder was
/// told otherwise). The filter answers that path by itself; mount the service where no filter stands, or
/// where the login takes further parameters.
///
/// Of the request's query only `return_to` is read, and it can only name a place in this application. A GET
/// begins a login (`303`), anything else is `405`, and a prefetch is answered `503`, which browsers drop.
#[derive(Clone, Debug)]
pub struct Login {
    engine: Arc<Engine>,
    options: LoginOptions,
}

impl Login {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine, options: LoginOptions::default() }
    }

    /// Whom the login is probably for: `login_hint` (OpenID Connect Core s3.1.2.1).
    #[must_use]
    pub fn login_hint(self, hint: &str) -> Self {
        self.with("login_hint", hint)
    }

    /// What the provider should show: `login`, `consent`, `select_account`, `none` (OpenID Connect Core
    /// s3.1.2.1).
    #[must_use]
    pub fn prompt(self, prompt: &str) -> Self {
        self.with("prompt", prompt)
    }

    /// A parameter of the provider's own.
    ///
    /// # Errors
    ///
    /// [`ReservedParameter`] if the name belongs to the protocol: `state`, `redirect_uri`, `scope`, ….
    pub fn param(mut self, name: &str, value: &str) -> Result<Self, ReservedParameter> {
        if self.engine.registration.reserved.iter().any(|reserved| reserved == name) {
            return Err(ReservedParameter::new(name));
        }
        self.options.set(name, value)?;
        Ok(self)
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.options.set(name, value).expect("the protocol leaves this name to the application");
        self
    }
}

impl<B: Send + 'static> Service<Request<B>> for Login {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let Self { engine, options } = self.clone();
        let (parts, _) = request.into_parts();
        Box::pin(async move { Ok(engine.answer_login(&parts, &options).await) })
    }
}
