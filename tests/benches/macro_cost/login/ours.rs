//! A provider of our own, a page for its users, and the callback.

use axum::Router;
use axum::routing::get;
use oauth_providers::{EncryptedCookies, KeyRing, OAuth, Session, oauth_provider};
use tokio::net::TcpListener;

/// Signs in with Acme.
#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    scopes(
        /// Read the user's own profile.
        Profile = "profile",
    ),
    default_scopes(Profile),
)]
struct Acme;

#[tokio::main]
async fn main() {
    let acme = OAuth::builder(Acme)
        .client_id("client")
        .client_secret("secret")
        .redirect_uri("https://app.example/callback")
        .persistence(EncryptedCookies::new(KeyRing::generate().unwrap()))
        .build()
        .unwrap();
    let application = Router::new()
        .route("/", get(page))
        .layer(acme.filter())
        .route_service("/callback", acme.callback());
    let listener = TcpListener::bind("127.0.0.1:3000").await.unwrap();
    axum::serve(listener, application).await.unwrap();
}

async fn page(session: Session<Acme>) -> String {
    session.scopes().to_string()
}
