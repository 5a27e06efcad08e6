//! A login with `axum-login`: its sessions and guard, the requests of `oauth2`.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::response::Redirect;
use axum::routing::get;
use axum_login::{AuthManagerLayerBuilder, AuthUser, AuthnBackend, UserId, login_required};
use oauth2::basic::{BasicClient, BasicRequestTokenError};
use oauth2::{
    AsyncHttpClient, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, TokenUrl,
    reqwest,
};
use tokio::net::TcpListener;
use tower_sessions::{MemoryStore, Session, SessionManagerLayer};

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;
type Failure = BasicRequestTokenError<<reqwest::Client as AsyncHttpClient<'static>>::Error>;
type AuthSession = axum_login::AuthSession<Users>;

#[derive(Clone, Debug)]
struct User {
    access_token: String,
}

impl AuthUser for User {
    type Id = String;

    fn id(&self) -> String {
        self.access_token.clone()
    }

    fn session_auth_hash(&self) -> &[u8] {
        self.access_token.as_bytes()
    }
}

#[derive(Clone)]
struct Users {
    client: Client,
    http_client: reqwest::Client,
}

#[derive(Clone)]
struct Credentials {
    code: String,
    verifier: String,
}

impl AuthnBackend for Users {
    type User = User;
    type Credentials = Credentials;
    type Error = Failure;

    async fn authenticate(&self, credentials: Credentials) -> Result<Option<User>, Failure> {
        let tokens = self
            .client
            .exchange_code(AuthorizationCode::new(credentials.code))
            .set_pkce_verifier(PkceCodeVerifier::new(credentials.verifier))
            .request_async(&self.http_client)
            .await?;
        Ok(Some(User { access_token: tokens.access_token().secret().clone() }))
    }

    async fn get_user(&self, id: &UserId<Self>) -> Result<Option<User>, Failure> {
        Ok(Some(User { access_token: id.clone() }))
    }
}

#[tokio::main]
async fn main() {
    let client = BasicClient::new(ClientId::new("client".to_owned()))
        .set_client_secret(ClientSecret::new("secret".to_owned()))
        .set_auth_uri(AuthUrl::new("https://acme.example/authorize".to_owned()).unwrap())
        .set_token_uri(TokenUrl::new("https://acme.example/token".to_owned()).unwrap())
        .set_redirect_uri(RedirectUrl::new("https://app.example/callback".to_owned()).unwrap());
    let http_client =
        reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let sessions = SessionManagerLayer::new(MemoryStore::default());
    let auth = AuthManagerLayerBuilder::new(Users { client, http_client }, sessions).build();
    let application = Router::new()
        .route("/", get(page))
        .route_layer(login_required!(Users, login_url = "/login"))
        .route("/login", get(login))
        .route("/callback", get(callback))
        .layer(auth);
    let listener = TcpListener::bind("127.0.0.1:3000").await.unwrap();
    axum::serve(listener, application).await.unwrap();
}

async fn page(auth: AuthSession) -> String {
    format!("{:?}", auth.user)
}

async fn login(auth: AuthSession, session: Session) -> Redirect {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state) = auth
        .backend
        .client
        .authorize_url(CsrfToken::new_random)
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    session.insert("login", (state.secret(), verifier.secret())).await.unwrap();
    Redirect::to(url.as_str())
}

async fn callback(
    mut auth: AuthSession,
    session: Session,
    Query(query): Query<HashMap<String, String>>,
) -> Redirect {
    let (state, verifier): (String, String) = session.remove("login").await.unwrap().unwrap();
    assert_eq!(state, query["state"]);
    let credentials = Credentials { code: query["code"].clone(), verifier };
    let user = auth.authenticate(credentials).await.unwrap().unwrap();
    auth.login(&user).await.unwrap();
    Redirect::to("/")
}
