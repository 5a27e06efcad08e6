//! A login with `axum-oidc`: its two layers, and sessions in memory.

use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::http::Uri;
use axum::response::IntoResponse;
use axum::routing::get;
use axum_oidc::error::MiddlewareError;
use axum_oidc::{EmptyAdditionalClaims, OidcAuthLayer, OidcClaims, OidcClient, OidcLoginLayer};
use tokio::net::TcpListener;
use tower::ServiceBuilder;
use tower_sessions::{MemoryStore, SessionManagerLayer};

#[tokio::main]
async fn main() {
    let client = OidcClient::<EmptyAdditionalClaims>::discover_new(
        Uri::from_static("https://app.example"),
        "https://acme.example".to_owned(),
        "client".to_owned(),
        Some("secret".to_owned()),
        vec!["profile".to_owned()],
    );
    let answer = async |failure: MiddlewareError| failure.into_response();
    let login = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(answer))
        .layer(OidcLoginLayer::<EmptyAdditionalClaims>::new());
    let auth = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(answer))
        .layer(OidcAuthLayer::new(client.await.unwrap()));
    let application = Router::new()
        .route("/", get(page))
        .layer(login)
        .layer(auth)
        .layer(SessionManagerLayer::new(MemoryStore::default()));
    let listener = TcpListener::bind("127.0.0.1:3000").await.unwrap();
    axum::serve(listener, application).await.unwrap();
}

async fn page(claims: OidcClaims<EmptyAdditionalClaims>) -> String {
    claims.subject().to_string()
}
