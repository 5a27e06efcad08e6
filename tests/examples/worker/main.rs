//! A web application and a background worker: two processes that share a store, and one login.
//!
//! `cargo run --example worker` needs nothing else. It starts both, and a provider that is emulated and strict: access
//! tokens live for ten seconds, each refresh token is good once, and a second use of one logs the user out. Log in on the
//! page, and see the worker call the API for you, also while the page is closed.
//!
//! The store is a SQLite file in a folder for what is temporary. `STORE_URL` is another one: `sqlite:path`,
//! `postgres://…`, or `redis://…`. `APP_ADDR` is where the page is, `127.0.0.1:3000` unless set.

#![expect(clippy::print_stdout, reason = "it says what the processes do")]

mod page;

use std::env;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use oauth_providers::store::{PostgresStore, RedisStore, SqliteStore, Store};
use oauth_providers::{Admission, ApiError, Emulator, Environment, GitHub, KeyRing, OAuth, User};
use tokio::process::{Child, Command};
use tokio::time::{interval, sleep};

type Fallible<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Fallible<()> {
    tracing_subscriber::fmt().with_env_filter(variable("RUST_LOG", "warn")).init();
    match env::var("WORKER_ROLE").as_deref() {
        Ok("web") => web().await,
        Ok("worker") => work().await,
        _ => start().await,
    }
}

/// Starts the provider and both processes, and ends them with this one.
async fn start() -> Fallible<()> {
    let home = tempfile::tempdir()?;
    let keys = home.path().join("keys");
    KeyRing::from_file(&keys)?;
    let default_url = format!("sqlite:{}", home.path().join("store.sqlite").display());
    let store_url = variable("STORE_URL", &default_url);
    store(&store_url, Migrate::Now).await?;

    let ada = User::new("1815").name("Ada Lovelace").verified_email("ada@users.example");
    let emulator = Emulator::of(GitHub)
        .user(ada)
        .expire_in(Duration::from_secs(10))
        .rotate_refresh()
        .revoke_family_on_reuse();
    let provider = emulator.clone().serve(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;

    let mut processes = Vec::new();
    for role in ["web", "worker"] {
        let process = Command::new(env::current_exe()?)
            .env("WORKER_ROLE", role)
            .env("WORKER_KEYS", &keys)
            .env("WORKER_PROVIDER", provider.base())
            .env("STORE_URL", &store_url)
            .kill_on_drop(true)
            .spawn()?;
        processes.push(process);
    }
    let [web, worker] = &mut processes[..] else { unreachable!("two were started") };
    let ended = tokio::select! {
        ended = ended("the web application", web) => ended,
        ended = ended("the worker", worker) => ended,
        () = watch(&emulator) => unreachable!("it never ends"),
        _ = tokio::signal::ctrl_c() => Ok(()),
    };
    for process in &mut processes {
        process.kill().await?;
    }
    ended
}

async fn ended(name: &str, process: &mut Child) -> Fallible<()> {
    Err(format!("{name} has ended: {}", process.wait().await?).into())
}

/// Says what the provider has seen.
async fn watch(emulator: &Emulator) {
    let mut seen = 0;
    loop {
        sleep(Duration::from_secs(1)).await;
        if emulator.refreshes() > seen {
            seen = emulator.refreshes();
            println!("provider: refresh {seen}; a second use of one token would end the login");
        }
    }
}

/// The page: what any process of the application would serve.
async fn web() -> Fallible<()> {
    let address = variable("APP_ADDR", "127.0.0.1:3000");
    let listener = tokio::net::TcpListener::bind(&address)
        .await
        .map_err(|error| format!("cannot listen on APP_ADDR={address}: {error}"))?;
    let oauth = github().await?;
    let router = Router::new()
        .route("/", get(page::account))
        .route_layer(oauth.filter())
        .route_service(oauth.callback_path(), oauth.callback())
        .route_service(oauth.login_path(), oauth.login())
        .route_service("/logout", oauth.logout());
    println!("web: open http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

/// The worker: it calls the API for an account, whether anybody looks at the page or not.
async fn work() -> Fallible<()> {
    let oauth = github().await?;
    let mut pace = interval(Duration::from_secs(3));
    loop {
        pace.tick().await;
        match call(&oauth).await {
            Ok(answer) => println!("worker: {answer}"),
            Err(ApiError::Reconnect { .. }) => println!("worker: nobody has logged in yet"),
            Err(error) => println!("worker: {error}"),
        }
    }
}

async fn call(oauth: &OAuth<GitHub>) -> Result<String, ApiError> {
    let response = oauth.client_for(ACCOUNT).await?.get("/user")?.send().await?;
    Ok(format!("the API answered {}", response.status()))
}

/// What both processes have in common, and all that makes them share a login.
async fn github() -> Fallible<OAuth<GitHub>> {
    let keys = KeyRing::from_file(env::var("WORKER_KEYS")?)?;
    let address = variable("APP_ADDR", "127.0.0.1:3000");
    let oauth = OAuth::builder(GitHub)
        .client_id(Emulator::CLIENT_ID)
        .client_secret(Emulator::CLIENT_SECRET)
        .redirect_uri(format!("http://{address}/oauth/github/callback"))
        .environment(Environment::at(env::var("WORKER_PROVIDER")?))
        .store(store(&env::var("STORE_URL")?, Migrate::No).await?, keys)
        .on_login(|_| async { Ok(Admission::new().account(ACCOUNT)) })
        .build()?;
    Ok(oauth)
}

/// Whether the tables are made, or upgraded: one process does it, before the others start.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Migrate {
    Now,
    No,
}

async fn store(url: &str, migrate: Migrate) -> Fallible<Arc<dyn Store>> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let store = SqliteStore::open(Path::new(path)).await?;
        if migrate == Migrate::Now {
            store.migrate().await?;
        }
        return Ok(Arc::new(store));
    }
    if url.starts_with("postgres") {
        let store = PostgresStore::connect(url).await?;
        if migrate == Migrate::Now {
            store.migrate().await?;
        }
        return Ok(Arc::new(store));
    }
    if url.starts_with("redis") {
        return Ok(Arc::new(RedisStore::connect(url).await?));
    }
    Err("STORE_URL begins with `sqlite:`, `postgres:` or `redis:`".into())
}

fn variable(name: &str, otherwise: &str) -> String {
    env::var(name).unwrap_or_else(|_| otherwise.to_owned())
}

/// The one account of this example; an application names them after its own users.
const ACCOUNT: &str = "ada";
