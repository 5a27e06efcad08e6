//! An application that logs in with any OpenID Connect provider, or any OAuth 2.0 server, told everything by environment.
//!
//! ```text
//! APP_ADDR=127.0.0.1:3000 APP_URL=http://127.0.0.1:3000 \
//! OIDC_ISSUER=https://login.example OIDC_CLIENT_ID=… OIDC_CLIENT_SECRET=… cargo run --example oidc
//! ```
//!
//! Register `APP_URL/oauth/callback` as the redirect URI, `APP_URL/` as the place after a logout, and
//! `APP_URL/oauth/backchannel-logout` for logouts at the provider, which end sessions in a `STORE`. `settings.rs` reads the
//! variables; here is what an application does with them.

mod settings;

use std::error::Error;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use oauth_providers::store::{MemoryStore, PostgresStore, RedisStore, SqliteStore};
use oauth_providers::{
    Admission, ApiError, Declared, EncryptedCookies, KeyRing, LoginOutcome, OAuth, OAuthBuilder,
    Refused, Scope, Session,
};
use serde_json::{Value, json};

use crate::settings::Settings;

type Fallible<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Fallible<()> {
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let settings = Settings::from_env()?;
    let oauth = oauth(&settings).await?;
    let listener = tokio::net::TcpListener::bind(&settings.address).await?;
    tracing::info!("open {}/protected", settings.url);
    axum::serve(listener, router(&oauth)).await?;
    Ok(())
}

/// The filter stands over everything but what comes after it.
fn router(oauth: &OAuth<Declared>) -> Router {
    Router::new()
        .route("/protected", get(protected))
        .route("/protected/{*page}", get(protected))
        .route("/protected/api", get(api))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(oauth.filter())
        .route("/healthz", get(|| async { "ok" }))
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service(oauth.login_path(), oauth.login().return_to_param("next"))
        .route_service("/logout", oauth.logout().revoke().end_session())
        .route_service("/oauth/backchannel-logout", oauth.backchannel_logout())
}

async fn protected(session: Session<Declared>) -> String {
    format!("sub={}\n", session.account().unwrap_or_default())
}

/// Calls the provider with the user's token, which is renewed when need be.
async fn api(session: Session<Declared>) -> Result<Response, ApiError> {
    let answer = session.client().userinfo().await?.send().await?;
    let status = answer.status();
    if status == StatusCode::UNAUTHORIZED {
        return Ok(status.into_response());
    }
    if status.is_server_error() {
        return Err(ApiError::Status { status });
    }
    let text = answer.text().await?;
    let userinfo = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Ok(Json(json!({ "status": status.as_u16(), "userinfo": userinfo })).into_response())
}

async fn oauth(settings: &Settings) -> Fallible<OAuth<Declared>> {
    let mut builder = OAuth::builder(Declared::from(settings.provider.clone()))
        .client_id(&settings.client_id)
        .redirect_uri(format!("{}/oauth/callback", settings.url))
        .login_path("/login")
        .scopes(settings.scopes.iter().map(|scope| Scope::new(scope.clone())))
        .pushed_authorization_requests(settings.pushes_requests)
        .on_login(who);
    for (name, value) in &settings.authorization_params {
        builder = builder.authorization_param(name, value);
    }
    if let Some(secret) = &settings.client_secret {
        builder = builder.client_secret(secret);
    }
    if let Some(key) = &settings.client_key {
        builder = builder.client_key(key.clone());
    }
    if let Some(algorithm) = settings.id_token_algorithm {
        builder = builder.id_token_signed_response_alg(algorithm);
    }
    Ok(remembering(builder, settings.store.as_deref()).await?.build()?)
}

/// Names the account by the subject: an application would find or make its own user here.
async fn who(login: LoginOutcome<Declared>) -> Result<Admission, Refused> {
    let subject = match login.session().claims() {
        Some(claims) => claims.subject().to_owned(),
        None => login.session().profile().await?.subject().to_owned(),
    };
    Ok(Admission::new().account(subject))
}

/// What the application remembers its users with.
async fn remembering(
    builder: OAuthBuilder<Declared>,
    store: Option<&str>,
) -> Fallible<OAuthBuilder<Declared>> {
    let keys = match std::env::var("OAUTH_KEYS") {
        Ok(_) => KeyRing::from_env("OAUTH_KEYS")?,
        // Good until the process ends, and then everybody logs in again.
        Err(_) => KeyRing::generate()?,
    };
    Ok(match store {
        None => builder.persistence(EncryptedCookies::new(keys).single_process()),
        Some("memory:") => builder.store(MemoryStore::new(), keys),
        Some(url) if url.starts_with("redis") => {
            builder.store(RedisStore::connect(url).await?, keys)
        }
        Some(url) if url.starts_with("postgres") => {
            let store = PostgresStore::connect(url).await?;
            store.migrate().await?;
            builder.store(store, keys)
        }
        Some(url) => {
            let file = url
                .strip_prefix("sqlite:")
                .ok_or("STORE is `memory:`, `sqlite:FILE`, `redis://…` or `postgres://…`")?;
            let store = SqliteStore::open(file).await?;
            store.migrate().await?;
            builder.store(store, keys)
        }
    })
}
