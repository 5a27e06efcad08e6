//! The login as a tower service.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response};
use http_body::Body as HttpBody;
use serde::Serialize;
use tower_service::Service;

use crate::answer;
use crate::body::Body;
use crate::engine::Engine;
use crate::form_body::form;
use crate::http_client::BoxFuture;
use crate::http_client::error::BoxError;
use crate::login_options::{LoginOptions, Prompt, ReservedParameter};
use crate::original_uri::original_uri;

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
    by_third_parties: bool,
    return_to_param: Option<String>,
}

impl Login {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self {
            engine,
            options: LoginOptions::default(),
            by_third_parties: false,
            return_to_param: None,
        }
    }

    /// Whom the login is probably for: `login_hint` (OpenID Connect Core s3.1.2.1, like the next ones).
    #[must_use]
    pub fn login_hint(self, hint: &str) -> Self {
        self.with("login_hint", hint)
    }

    /// What the provider should show.
    #[must_use]
    pub fn prompt(self, prompt: &Prompt) -> Self {
        self.with("prompt", prompt.as_str())
    }

    /// How long ago the user may have proved who they are; the provider asks them again otherwise. An ID token that does not
    /// say when it was, or says longer ago, ends the login.
    #[must_use]
    pub fn max_age(self, max_age: Duration) -> Self {
        self.with("max_age", &max_age.as_secs().to_string())
    }

    /// How well the user must prove who they are: classes that the provider knows, the best first. An ID token whose `acr` is
    /// none of them ends the login.
    #[must_use]
    pub fn acr_values<'a>(self, values: impl IntoIterator<Item = &'a str>) -> Self {
        self.with("acr_values", &values.into_iter().collect::<Vec<_>>().join(" "))
    }

    /// The languages that the provider should speak to the user, the best first: `fr-CA`.
    #[must_use]
    pub fn ui_locales<'a>(self, locales: impl IntoIterator<Item = &'a str>) -> Self {
        self.with("ui_locales", &locales.into_iter().collect::<Vec<_>>().join(" "))
    }

    /// Which claims are wanted by name (OpenID Connect Core s5.5): a value that has the JSON form that is written there.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    #[must_use]
    pub fn claims(self, claims: &impl Serialize) -> Self {
        self.with("claims", &serde_json::to_string(claims).expect("a request for claims is JSON"))
    }

    /// An API that the access token is for (RFC 8707 s2). It may be called more than once.
    #[must_use]
    pub fn resource(mut self, resource: &str) -> Self {
        self.options.add("resource", resource);
        self
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

    /// Reads the place to return to under this name too: `next`.
    #[must_use]
    pub fn return_to_param(mut self, name: impl Into<String>) -> Self {
        self.return_to_param = Some(name.into());
        self
    }

    /// Lets the provider, or a site that knows it, begin a login here (OpenID Connect Core s4): the path is registered there
    /// as `initiate_login_uri`.
    ///
    /// A GET or a POST names the issuer (`iss`, REQUIRED: another one is `400`), and may name whom the login is for
    /// (`login_hint`) and a place of this application (`target_link_uri`).
    ///
    /// # Security
    ///
    /// Any site can then have a browser log in here, as whoever is logged in at the provider.
    #[must_use]
    pub fn third_party_initiated(mut self) -> Self {
        self.by_third_parties = true;
        self
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.options.set(name, value).expect("the protocol leaves this name to the application");
        self
    }

    async fn answer<B>(self, parts: Parts, body: B) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send,
        B::Error: Into<BoxError>,
    {
        if !self.by_third_parties {
            let name = self.return_to_param.as_deref();
            return self.engine.answer_login(&parts, &self.options, name).await;
        }
        let query = match parts.method {
            Method::GET => original_uri(&parts).query().unwrap_or_default().to_owned(),
            Method::POST => match form(&parts.headers, body).await {
                Ok(form) => form,
                Err(status) => return answer::status(status),
            },
            _ => return answer::method_not_allowed("GET, POST"),
        };
        let param = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        };
        let Some(issuer) = param("iss") else { return answer::invalid_request("`iss` is missing") };
        let mut options = self.options.clone();
        if let Some(hint) = param("login_hint") {
            options.set("login_hint", &hint).expect("it is the application's");
        }
        let place = param("target_link_uri").unwrap_or_default();
        self.engine.answer_third_party(&parts, &options, &issuer, &place).await
    }
}

impl<B> Service<Request<B>> for Login
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
        let login = self.clone();
        let (parts, body) = request.into_parts();
        Box::pin(async move { Ok(login.answer(parts, body).await) })
    }
}
