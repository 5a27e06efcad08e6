//! An application that knows the server by its issuer alone, and believes the server's ID tokens.

use std::future::ready;

use axum::Router;
use axum::routing::{get, post};
use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};
use oauth_providers::{
    ApiError, Body, CallbackError, Declaration, Declared, EncryptedCookies, Environment,
    FailureContext, HasEndSession, HasIdToken, HasProfile, HasRevocation, HttpClient as _, KeyRing,
    Login, OAuth, OAuthBuilder, OpenId, Provider as _, Reqwest, Session, Timestamp, TokenError,
    VerifiedEmail,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::agent::{Agent, text};
use crate::server::{Server, installed, skipped};
use crate::wire::Wire;
use crate::world::{CALLBACK, World, userinfo};

/// What is settled before an application and its server start.
pub(crate) struct Plan<P: HasIdToken> {
    provider: P,
    client: Value,
    server: Value,
    build: Box<dyn FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P>>,
    logins: Vec<(&'static str, Settle)>,
}

/// What a login asks for beside what every one does.
type Settle = Box<dyn FnOnce(Login) -> Login>;

impl World {
    /// An application that is registered with `client_secret_basic`, and no more than that.
    pub(crate) fn of<P>(provider: P) -> Plan<P>
    where
        P: HasEndSession + HasIdToken + HasProfile + HasRevocation,
    {
        Plan {
            provider,
            client: json!({
                "client_id": CLIENT_ID,
                "client_secret": SECRET,
                "grant_types": ["authorization_code", "refresh_token"],
            }),
            server: json!({}),
            build: Box::new(|builder| builder.client_secret(SECRET)),
            logins: Vec::new(),
        }
    }

    /// Logs a browser in, which was at a page with a login of its own; what the application knows then.
    pub(crate) async fn enter(&self, agent: &mut Agent, path: &str) -> Value {
        let page = agent.follow(&self.url(path)).await;
        self.known(agent, &page).await
    }

    /// What the application knows of a browser that has come back from the server.
    pub(crate) async fn known(&self, agent: &mut Agent, page: &Response<bytes::Bytes>) -> Value {
        assert_eq!(page.status(), StatusCode::OK, "{}", text(page));
        let page = agent.get(&self.url("/protected")).await;
        assert_eq!(page.status(), StatusCode::OK, "{}", text(&page));
        serde_json::from_slice(page.body()).unwrap()
    }

    /// What the application says to an ID token that comes from an application on the user's device.
    pub(crate) async fn verify(&self, id_token: &Value) -> String {
        let url = self.url("/device");
        let id_token = id_token.as_str().unwrap().to_owned();
        let request = Request::post(url).header(CONTENT_TYPE, "text/plain");
        let answer = Reqwest::new().unwrap().call(request.body(id_token.into()).unwrap()).await;
        text(&answer.unwrap()).to_owned()
    }

    /// A page that says why a login has failed, and a browser that nobody is logged in with.
    pub(crate) async fn refuses(&self, agent: &mut Agent, page: &Response<bytes::Bytes>) -> String {
        assert!(page.status().is_client_error(), "{} {}", page.status(), text(page));
        assert!(self.asks_to_log_in(agent).await);
        text(page).to_owned()
    }
}

impl<P: HasEndSession + HasIdToken + HasProfile + HasRevocation> Plan<P> {
    /// What the server knows of the client besides: metadata of its registration.
    pub(crate) fn registered(mut self, metadata: &Value) -> Self {
        extend(&mut self.client, metadata);
        self
    }

    /// Settings of the server, as `server.mjs` has them.
    pub(crate) fn server(mut self, settings: &Value) -> Self {
        extend(&mut self.server, settings);
        self
    }

    /// What the application says to its builder.
    pub(crate) fn build(
        mut self,
        more: impl FnOnce(OAuthBuilder<P>) -> OAuthBuilder<P> + 'static,
    ) -> Self {
        let before = self.build;
        self.build = Box::new(|builder| more(before(builder)));
        self
    }

    /// A path of the application where a login begins that asks for more.
    pub(crate) fn login(
        mut self,
        path: &'static str,
        settle: impl FnOnce(Login) -> Login + 'static,
    ) -> Self {
        self.logins.push((path, Box::new(settle)));
        self
    }

    /// `None` if there is nothing to run the server with: the test is skipped.
    pub(crate) async fn start(mut self) -> Option<World> {
        if let Err(why) = installed() {
            skipped(&why);
            return None;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let app = format!("http://{}", listener.local_addr().unwrap());
        extend(
            &mut self.client,
            &json!({
                "redirect_uris": [format!("{app}{CALLBACK}")],
                "post_logout_redirect_uris": [format!("{app}{AFTER_LOGOUT}")],
                "backchannel_logout_uri": format!("{app}{BACKCHANNEL_LOGOUT}"),
            }),
        );
        extend(&mut self.server, &json!({ "clients": [self.client] }));
        let server = Server::start(&self.server);
        let (keys, wire) = (KeyRing::generate().unwrap(), Wire::new());
        let builder = OAuth::builder(self.provider)
            .client_id(CLIENT_ID)
            .redirect_uri(format!("{app}{CALLBACK}"))
            .after_logout(AFTER_LOGOUT)
            .persistence(EncryptedCookies::new(keys.clone()).single_process())
            .environment(Environment::real().replace(ISSUER, &*server.base))
            .http_client(wire.clone())
            .on_failure(failure);
        let oauth = (self.build)(builder).build().unwrap();
        let device = oauth.clone();
        let verify =
            async move |id_token: String| match device.verify_id_token(&id_token, None).await {
                Ok(claims) => claims.subject().to_owned(),
                Err(error) => error.code().to_owned(),
            };
        let mut router = Router::new()
            .route("/protected", get(known::<P>))
            .route("/userinfo", get(userinfo::<P>))
            .route_layer(oauth.filter())
            .route_service(oauth.callback_path(), oauth.callback())
            .route_service("/logout", oauth.logout().revoke().end_session())
            .route_service(BACKCHANNEL_LOGOUT, oauth.backchannel_logout())
            .route(AFTER_LOGOUT, get(|| ready("goodbye")))
            .route("/device", post(verify))
            .route("/", get(|| ready("welcome")));
        for (path, settle) in self.logins {
            router = router.route_service(path, settle(oauth.login()));
        }
        tokio::spawn(async move { axum::serve(listener, router).await });
        Some(World { app, keys, server, wire })
    }
}

/// Members of another object in place of those of their names; `null` takes one away.
fn extend(object: &mut Value, more: &Value) {
    let members = object.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
}

/// Everything that the library says of who is logged in.
async fn known<P: HasIdToken + HasProfile>(
    session: Session<P>,
) -> Result<String, (StatusCode, String)> {
    let profile = session.profile().await.map_err(|error| {
        let why = if let ApiError::Profile(why) = &error { why.code() } else { error.code() };
        (StatusCode::BAD_GATEWAY, why.to_owned())
    })?;
    let claims = session.claims().expect("an ID token is kept");
    let email = profile.email().and_then(|email| email.verified()).map(VerifiedEmail::as_str);
    let page = json!({
        "profile": {
            "issuer": profile.identity().issuer(),
            "subject": profile.subject(),
            "name": profile.name(),
            "verified_email": email,
            "picture": profile.picture(),
        },
        "userinfo": profile.raw(),
        "id_token": session.id_token().expect("an ID token is kept").expose(),
        "claims": claims.fields::<Value>().unwrap(),
        "acr": claims.acr(),
        "auth_time": claims.auth_time().map(Timestamp::as_unix_seconds),
    });
    Ok(page.to_string())
}

/// Why a login has failed, in words that stay as they are.
fn failure(error: &CallbackError, _: &FailureContext<'_>) -> Response<Body> {
    let why = match error {
        CallbackError::IdToken(error) => error.code(),
        CallbackError::Denied(refusal) | CallbackError::Provider(refusal) => {
            refusal.code().as_str()
        }
        CallbackError::Exchange(error) | CallbackError::PushedRequest(error) => match error {
            TokenError::Rejected { response, .. } => response.code().as_str(),
            other => other.code(),
        },
        _ => "",
    };
    let words = format!("{}: {why}", error.code());
    Response::builder().status(error.status()).body(words.into()).unwrap()
}

/// A person's click on the application's own button for it.
pub(crate) async fn log_out(world: &World, agent: &mut Agent) -> Response<bytes::Bytes> {
    let answer = agent.send(Method::POST, &world.url("/logout")).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer
}

/// The server by its issuer, and its own API besides.
pub(crate) fn op() -> OpenId {
    OpenId::issuer(ISSUER).api_base("https://op.example/")
}

/// The server by its issuer, with a declaration that says more than that.
pub(crate) fn declared(more: impl FnOnce(&mut Declaration)) -> Declared {
    let mut declaration = op().declaration().clone();
    more(&mut declaration);
    Declared::from(declaration)
}

pub(crate) const ISSUER: &str = "https://op.example";
pub(crate) const CLIENT_ID: &str = "portal";
/// Long enough to be the key of an HS256.
const SECRET: &str = "a secret, of more than thirty-two bytes: %&+/=";
pub(crate) const AFTER_LOGOUT: &str = "/goodbye";
const BACKCHANNEL_LOGOUT: &str = "/oauth/backchannel-logout";
