//! An application that keeps its tokens in a session of `tower-sessions`, in whatever store it is given.

use std::hint::black_box;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, StatusCode};
use serde::{Deserialize, Serialize};
use tower_sessions::{Session, SessionManagerLayer, SessionStore};

use crate::visitors::{SESSIONS, Visitors};

/// The application, and browsers that are logged in to it.
pub(crate) struct Application {
    visitors: Visitors,
}

impl Application {
    pub(crate) async fn new(store: impl SessionStore + Clone, token_answer: &str) -> Self {
        let kept: Kept = serde_json::from_str(token_answer).unwrap();
        let log_in = async move |session: Session| session.insert(KEPT, &kept).await.unwrap();
        let page = async |session: Session| match session.get::<Kept>(KEPT).await.unwrap() {
            Some(kept) => {
                black_box(&kept.access_token);
                Ok("the page")
            }
            None => Err(StatusCode::UNAUTHORIZED),
        };
        let router = Router::new().route("/", get(page)).route("/login", get(log_in));
        let router = router.layer(SessionManagerLayer::new(store));
        Self { visitors: Visitors::new(router, logins(SESSIONS), StatusCode::OK).await }
    }

    /// How long it takes to answer that many requests of browsers that are logged in.
    pub(crate) async fn read(&self, count: usize) -> Duration {
        self.visitors.read(count).await
    }

    /// How long it takes to log that many browsers in.
    pub(crate) async fn write(&self, count: usize) -> Duration {
        self.visitors.log_in(logins(count), StatusCode::OK).await
    }
}

fn logins(count: usize) -> Vec<Request<Body>> {
    (0..count).map(|_| Request::get("/login").body(Body::empty()).unwrap()).collect()
}

/// What an application keeps of a token answer: as many bytes as ours.
#[derive(Clone, Deserialize, Serialize)]
struct Kept {
    access_token: String,
    refresh_token: String,
    scope: String,
    tenant: String,
    expires_in: u64,
}

const KEPT: &str = "tokens";
