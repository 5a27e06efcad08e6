//! The trio under axum, under plain hyper on a port, and as bare tower services.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use oauth_providers::{Body, GitHub, HttpClient as _, OAuth, Reqwest, Session};
use oauth_tests::{Browser, Site, World};
use tower::{ServiceExt as _, service_fn};
use tower_layer::Layer as _;

use crate::providers::Acme;

#[tokio::test]
async fn under_axum_a_handler_takes_a_session() {
    let world = World::new(GitHub);
    let repos = async |session: Session<GitHub>| session.scopes().to_string();
    let router = Router::new()
        .route("/repos", get(repos))
        .layer(world.oauth.filter())
        .route_service("/oauth/github/callback", world.oauth.callback());

    let page = world.browser_of(Site::new(router)).open("/repos").await;

    assert_eq!(page.text(), "read:user user:email");
}

#[tokio::test]
async fn under_axum_a_nested_router_returns_to_the_whole_path() {
    let world = World::new(Acme);
    let invoices = async |_: Session<Acme>| "invoices";
    let nested = Router::new().route("/{year}", get(invoices)).layer(world.oauth.filter());
    let router = Router::new()
        .nest("/company/invoices", nested)
        .route_service("/oauth/acme/callback", world.oauth.callback());

    let page = world.browser_of(Site::new(router)).open("/company/invoices/2025?open=1").await;

    assert_eq!(page.url().as_str(), "https://app.example/company/invoices/2025?open=1");
    assert_eq!(page.text(), "invoices");
}

#[tokio::test]
async fn under_axum_the_trio_may_stand_in_a_nested_router() {
    let world = World::new(Acme);
    let oauth = Router::new()
        .route_service("/callback", world.oauth.callback())
        .route_service("/login", world.oauth.login())
        .route_service("/logout", world.oauth.logout());
    let router = Router::new()
        .route("/", get(async |_: Session<Acme>| "the first page"))
        .layer(world.oauth.filter())
        .nest("/oauth/acme", oauth);

    let page = world.browser_of(Site::new(router)).open("/oauth/acme/login?return_to=/").await;

    assert_eq!(page.text(), "the first page");
}

#[tokio::test]
async fn tr_08_a_handler_without_a_filter_is_an_error_and_not_a_guest() {
    let world = World::new(Acme);
    let router = Router::new()
        .route("/must", get(async |_: Session<Acme>| "reached"))
        .route("/may", get(async |_: Option<Session<Acme>>| "reached"))
        .layer(World::new(GitHub).oauth.filter().optional());
    let mut browser = world.browser_of(Site::new(router));

    for path in ["/must", "/may"] {
        let page = browser.look_at(path).await;

        assert_eq!((page.status(), page.text()), (StatusCode::INTERNAL_SERVER_ERROR, ""));
    }
}

#[tokio::test]
async fn tr_08_behind_an_optional_filter_a_handler_that_needs_a_session_gets_none() {
    let world = World::new(Acme);
    let router = Router::new()
        .route("/", get(async |_: Session<Acme>| "reached"))
        .layer(world.oauth.filter().optional());

    let page = world.browser_of(Site::new(router)).look_at("/").await;

    assert_eq!(
        (page.status(), page.text()),
        (
            StatusCode::UNAUTHORIZED,
            "{\"error\":\"login_required\",\"login_url\":\"/oauth/acme/login\"}"
        )
    );
}

#[tokio::test]
async fn the_trio_is_three_tower_services() {
    let world = World::new(Acme);
    let (oauth, callback) = (world.oauth.clone(), world.oauth.callback());
    let page = service_fn(move |request: Request<Full<Bytes>>| {
        let session = oauth.session(request.extensions()).unwrap().unwrap();
        let words = format!("{} at {}", session.scopes(), request.uri());
        async move { Ok::<_, Infallible>(Response::new(Full::from(words))) }
    });
    let protected = Site::new(world.oauth.filter().layer(page));
    let callback = Site::new(callback);

    let mut browser = world.browser_of(protected.clone());
    let arriving = browser.begin_and_agree("/invoices").await;
    let mut at_callback = world.browser_of(callback);
    *at_callback.jar_mut() = browser.jar().clone();
    let done = at_callback.arrive(arriving).await;
    *browser.jar_mut() = at_callback.jar().clone();
    let page = browser.look_at(done.header("location")).await;

    assert_eq!(page.text(), "read:profile at /invoices");
}

/// The whole application: it stands behind the filter, which lets its own callback through.
async fn whole(
    oauth: OAuth<Acme>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    if request.uri().path() == oauth.callback_path() {
        return oauth.callback().oneshot(request).await;
    }
    let session = oauth.session(request.extensions());
    let words = format!("{:?} at {}", session.map(|it| it.is_some()), request.uri());
    Ok(Response::new(Body::from(words)))
}

#[tokio::test]
async fn under_plain_hyper_on_a_port_a_user_logs_in() {
    let listener =
        tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let world = World::with(Acme, |it| it.redirect_uri(format!("{origin}/callback")));
    let oauth = world.oauth.clone();
    let application = service_fn(move |request| whole(oauth.clone(), request));
    let application = TowerToHyperService::new(world.oauth.filter().layer(application));
    let server = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let application = application.clone();
            tokio::spawn(async move {
                let connection = hyper::server::conn::http1::Builder::new();
                let _ = connection.serve_connection(TokioIo::new(stream), application).await;
            });
        }
    });
    let (reqwest, base) = (Reqwest::new().unwrap(), origin.clone());
    let over_the_wire = Site::new(service_fn(move |request: Request<Full<Bytes>>| {
        let (reqwest, url) = (reqwest.clone(), format!("{base}{}", request.uri()));
        async move {
            let (mut parts, _) = request.into_parts();
            parts.uri = url.parse().unwrap();
            let response = reqwest.call(Request::from_parts(parts, Bytes::new())).await;
            response.map(|response| response.map(Full::new))
        }
    }));
    let mut browser = Browser::new(world.clock.clone(), &origin, over_the_wire)
        .elsewhere(Site::new(world.emulator.clone().into_service()));

    let page = browser.open("/invoices?year=2025").await;
    server.abort();

    assert_eq!(page.text(), "Ok(true) at /invoices?year=2025");
    assert_eq!(browser.jar().names(), ["oauth-acme"]);
}

/// What an application keeps.
#[derive(Clone, Debug)]
struct AppState {
    github: OAuth<GitHub>,
}

#[test]
fn the_front_door_fits_in_a_struct_and_crosses_threads() {
    fn fits<T: Clone + Send + Sync + 'static>(_: &T) {}
    let state = AppState { github: World::new(GitHub).oauth };

    fits(&state);
    fits(&state.github.filter());
    fits(&state.github.callback());
    fits(&state.github.login());
    fits(&state.github.logout());
    assert_eq!(format!("{state:?}"), "AppState { github: OAuth { instance: \"github\", .. } }");
}
