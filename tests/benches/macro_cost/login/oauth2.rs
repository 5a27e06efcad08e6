//! A login with `oauth2`: its requests, our routes, the state in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Redirect;
use axum::routing::get;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, TokenUrl, reqwest,
};
use tokio::net::TcpListener;

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

struct Application {
    client: Client,
    http_client: reqwest::Client,
    begun: Mutex<HashMap<String, PkceCodeVerifier>>,
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
    let state = Application { client, http_client, begun: Mutex::default() };
    let application = Router::new()
        .route("/login", get(login))
        .route("/callback", get(callback))
        .with_state(Arc::new(state));
    let listener = TcpListener::bind("127.0.0.1:3000").await.unwrap();
    axum::serve(listener, application).await.unwrap();
}

async fn login(State(application): State<Arc<Application>>) -> Redirect {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state) = application
        .client
        .authorize_url(CsrfToken::new_random)
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    application.begun.lock().unwrap().insert(state.into_secret(), verifier);
    Redirect::to(url.as_str())
}

async fn callback(
    State(application): State<Arc<Application>>,
    Query(query): Query<HashMap<String, String>>,
) -> String {
    let verifier = application.begun.lock().unwrap().remove(&query["state"]).unwrap();
    let tokens = application
        .client
        .exchange_code(AuthorizationCode::new(query["code"].clone()))
        .set_pkce_verifier(verifier)
        .request_async(&application.http_client)
        .await
        .unwrap();
    format!("{:?}", tokens.scopes())
}
