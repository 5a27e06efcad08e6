//! A page, and a client for an API: what an application has before it has a login.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let application = Router::new().route("/", get(page)).with_state(reqwest::Client::new());
    let listener = TcpListener::bind("127.0.0.1:3000").await.unwrap();
    axum::serve(listener, application).await.unwrap();
}

async fn page(State(client): State<reqwest::Client>) -> String {
    client.get("https://acme.example/api").send().await.unwrap().text().await.unwrap()
}
