//! An application at the server.

use axum::Router;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use oauth_providers::{
    ApiError, EncryptedCookies, Environment, HasIdToken, HasProfile, HasRevocation, IdToken,
    KeyRing, OAuth, Provider, Session, VerifiedEmail, oauth_provider,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::agent::{Agent, location};
use crate::server::{Server, installed, skipped};
use crate::wire::Wire;

/// The server, for a client that proves itself in a header.
#[oauth_provider(
    issuer = "https://op.example",
    authorization_endpoint = "https://op.example/auth",
    token_endpoint = "https://op.example/token",
    revocation_endpoint = "https://op.example/token/revocation",
    userinfo_endpoint = "https://op.example/me",
    jwks_uri = "https://op.example/jwks",
    api_base = "https://op.example/",
    scopes(OpenId = "openid", Profile = "profile", Email = "email", Phone = "phone"),
    default_scopes(OpenId, Profile, Email, Phone),
    pkce = required,
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub(crate) struct Op;

/// The server, for a client that proves itself in the form.
#[oauth_provider(
    issuer = "https://op.example",
    authorization_endpoint = "https://op.example/auth",
    token_endpoint = "https://op.example/token",
    revocation_endpoint = "https://op.example/token/revocation",
    userinfo_endpoint = "https://op.example/me",
    jwks_uri = "https://op.example/jwks",
    api_base = "https://op.example/",
    scopes(OpenId = "openid", Profile = "profile", Email = "email", Phone = "phone"),
    default_scopes(OpenId, Profile, Email, Phone),
    pkce = required,
    token_endpoint_auth_method = client_secret_post,
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub(crate) struct OpPost;

/// An application, and the server that it logs in at.
pub(crate) struct World {
    pub(crate) app: String,
    pub(crate) keys: KeyRing,
    pub(crate) server: Server,
    pub(crate) wire: Wire,
}

/// How the application is known to the server.
#[derive(Clone, Copy)]
pub(crate) struct Client {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
}

impl Client {
    /// What the server knows of it. Each is called as it proves itself.
    fn registered(self, app: &str, may_refresh: bool) -> Value {
        let grants = ["authorization_code", "refresh_token"];
        json!({
            "client_id": self.id,
            "client_secret": self.secret,
            "token_endpoint_auth_method": self.id,
            "redirect_uris": [format!("{app}{CALLBACK}")],
            "grant_types": grants[..=usize::from(may_refresh)],
        })
    }

    /// What it proves itself with (RFC 6749 s2.3.1).
    pub(crate) fn authorization(self) -> String {
        let encoded =
            |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(self.id), encoded(self.secret));
        format!("Basic {}", STANDARD.encode(pair))
    }
}

impl World {
    /// `None` if there is nothing to run the server with: the test is skipped.
    pub(crate) async fn new(
        provider: impl HasIdToken + HasProfile + HasRevocation,
        client: Client,
    ) -> Option<Self> {
        Self::start(provider, client, None).await
    }

    /// A server whose access tokens live for some seconds, and whose refresh tokens rotate: one that comes again
    /// revokes everything.
    pub(crate) async fn refreshing(
        provider: impl HasIdToken + HasProfile + HasRevocation,
        client: Client,
        seconds: u32,
    ) -> Option<Self> {
        Self::start(provider, client, Some(seconds)).await
    }

    async fn start(
        provider: impl HasIdToken + HasProfile + HasRevocation,
        client: Client,
        lifetime: Option<u32>,
    ) -> Option<Self> {
        if let Err(why) = installed() {
            skipped(&why);
            return None;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let app = format!("http://{}", listener.local_addr().unwrap());
        let clients = [BASIC, POST].map(|client| client.registered(&app, lifetime.is_some()));
        let server = Server::start(&json!({ "clients": clients, "seconds": lifetime }));
        let keys = KeyRing::generate().unwrap();
        let world = Self { app, keys, server, wire: Wire::new() };
        world.serve(provider, client, listener);
        Some(world)
    }

    /// Another process of the same application; where it listens.
    pub(crate) async fn twin(
        &self,
        provider: impl HasIdToken + HasProfile + HasRevocation,
        client: Client,
    ) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let twin = format!("http://{}", listener.local_addr().unwrap());
        self.serve(provider, client, listener);
        twin
    }

    /// The application, as its author would write it.
    fn serve<P>(&self, provider: P, client: Client, listener: TcpListener)
    where
        P: HasIdToken + HasProfile + HasRevocation,
    {
        let oauth = OAuth::builder(provider)
            .client_id(client.id)
            .client_secret(client.secret)
            .redirect_uri(format!("{}{CALLBACK}", self.app))
            .persistence(EncryptedCookies::new(self.keys.clone()).single_process())
            .environment(Environment::real().replace("https://op.example", &*self.server.base))
            .http_client(self.wire.clone())
            .build()
            .unwrap();
        let router = Router::new()
            .route("/protected", get(protected::<P>))
            .route("/userinfo", get(userinfo::<P>))
            .route_layer(oauth.filter())
            .route_service(oauth.callback_path(), oauth.callback())
            .route_service("/logout", oauth.logout().revoke());
        tokio::spawn(async move { axum::serve(listener, router).await });
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app)
    }

    /// Whether the application sends this browser to the server.
    pub(crate) async fn asks_to_log_in(&self, agent: &mut Agent) -> bool {
        let answer = agent.get(&self.url("/protected")).await;
        let authorization_endpoint = format!("{}/auth?", self.server.base);
        answer.status() == StatusCode::SEE_OTHER
            && location(&answer).is_some_and(|url| url.starts_with(&authorization_endpoint))
    }
}

/// Who is logged in, and what is kept of the server's answer.
async fn protected<P: HasIdToken + HasProfile>(session: Session<P>) -> Result<String, ApiError> {
    let profile = session.profile().await?;
    let id_token = session.id_token();
    let page = json!({
        "subject": profile.subject(),
        "name": profile.name(),
        "verified_email": profile.email().and_then(|email| email.verified()).map(VerifiedEmail::as_str),
        "picture": profile.picture(),
        "expires": session.expires_at().is_some(),
        "id_token": id_token.as_ref().map(IdToken::expose),
        "scopes": session.scopes().to_string(),
    });
    Ok(page.to_string())
}

/// A call of the server's API, its answer handed on.
pub(crate) async fn userinfo<P: Provider>(
    session: Session<P>,
) -> Result<(StatusCode, String), ApiError> {
    let answer = session.client().get("/me")?.send().await?;
    Ok((answer.status(), answer.text().await?))
}

pub(crate) const BASIC: Client =
    Client { id: "client_secret_basic", secret: "client_secret_basic: a+b/c=%&" };
pub(crate) const POST: Client =
    Client { id: "client_secret_post", secret: "client_secret_post: a+b/c=%&" };
pub(crate) const CALLBACK: &str = "/oauth/callback";
