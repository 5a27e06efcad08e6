//! The provider says that a user has logged out there (OpenID Connect Back-Channel Logout s2.5 to s2.8).

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body::Body as HttpBody;
use tower_service::Service;
use tracing::{error, info, warn};

use crate::answer;
use crate::body::Body;
use crate::engine::Engine;
use crate::error::{PersistenceError, causes};
use crate::form_body::form;
use crate::http_client::BoxFuture;
use crate::http_client::error::BoxError;
use crate::jwt_error::JwtError;
use crate::oidc::verify;
use crate::persistence::ProviderLogout;

/// Ends the sessions of users who have logged out at the provider: made by
/// [`OAuth::backchannel_logout`](crate::OAuth::backchannel_logout).
///
/// The provider POSTs a logout token, without a browser. One that is verified ends the sessions that it names, in whatever
/// browser they are, and is answered `200`; also where there are none. One that is not, or that was told before, is `400` and
/// ends nothing. While the issuer's keys or the store cannot be had the answer is `503`: the provider may try again; where
/// the persistence cannot end sessions it is `501`. Nothing is revoked: jobs with offline access go on.
#[derive(Clone, Debug)]
pub struct BackchannelLogout {
    engine: Arc<Engine>,
}

impl BackchannelLogout {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine }
    }

    async fn answer<B>(&self, parts: Parts, body: B) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send,
        B::Error: Into<BoxError>,
    {
        if parts.method != Method::POST {
            return answer::method_not_allowed("POST");
        }
        let form = match form(&parts.headers, body).await {
            Ok(form) => form,
            Err(status) => return answer::status(status),
        };
        let Some(token) = only(&form, "logout_token") else {
            return answer::invalid_request("`logout_token` must be there once");
        };
        match self.verified(&token).await {
            Ok(logout) => self.end(&parts, &logout).await,
            Err(JwtError::Keys(failure)) => {
                let (provider, causes) = (self.engine.key(), causes(&failure));
                warn!(provider, causes, "a logout of the provider cannot be verified now");
                answer::unavailable(None)
            }
            Err(refused) => {
                warn!(provider = self.engine.key(), code = refused.code(), "{refused}: no logout");
                answer::invalid_request(&refused.to_string())
            }
        }
    }

    async fn verified(&self, token: &str) -> Result<ProviderLogout, JwtError> {
        let token =
            verify::logout_token(&self.engine.peer(), token, self.engine.clock.now()).await?;
        Ok(ProviderLogout {
            subject: token.subject,
            sid: token.sid,
            id: token.jti,
            expires_at: token.expires_at,
        })
    }

    async fn end(&self, parts: &Parts, logout: &ProviderLogout) -> Response<Body> {
        let provider = self.engine.key();
        let cx = self.engine.context(parts);
        match self.engine.persistence.end_sessions(&cx, logout).await {
            Ok(Some(ended)) => {
                info!(provider, sessions = ended.len(), "the provider logs a user out");
                for tokens in ended {
                    // What is being renewed for such a session brings it back no more.
                    self.engine.refresher.end(&Arc::new(tokens), false).await;
                }
                answer::status(StatusCode::OK)
            }
            Ok(None) => answer::invalid_request(&JwtError::Replayed.to_string()),
            Err(failure @ PersistenceError::Unsupported { .. }) => {
                error!(provider, causes = causes(&failure), "use `Sessions`, or end them yourself");
                answer::status(StatusCode::NOT_IMPLEMENTED)
            }
            Err(failure) => {
                error!(provider, causes = causes(&failure), "a logout of the provider failed");
                answer::unavailable(None)
            }
        }
    }
}

impl<B> Service<Request<B>> for BackchannelLogout
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut TaskContext<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let logout = self.clone();
        let (parts, body) = request.into_parts();
        Box::pin(async move { Ok(logout.answer(parts, body).await) })
    }
}

/// The value of a field that stands in a form once.
fn only(form: &str, name: &str) -> Option<String> {
    let mut values =
        url::form_urlencoded::parse(form.as_bytes()).filter(|(known, _)| known == name);
    match (values.next(), values.next()) {
        (Some((_, value)), None) => Some(value.into_owned()),
        _ => None,
    }
}
