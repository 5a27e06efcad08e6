//! The server: one port, a page for people, and the providers behind their paths.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use oauth_providers::{Body, ConnectionLost, Endpoint, Provider as _};
use tokio::net::TcpListener;
use tower_service::Service as _;

use crate::announcement::announcement;
use crate::arguments::Arguments;
use crate::behaviour::Told;
use crate::choice::Chosen;
use crate::log::{Arrival, outcome};
use crate::page::Pages;
use crate::route::Route;
use crate::stand_in::StandIn;
use crate::{Failure, say};

/// Listens, says where, and answers until it is told to stop.
pub(crate) async fn run(
    arguments: &Arguments,
    chosen: Vec<Chosen>,
    told: &Told<'_>,
) -> Result<(), Failure> {
    let listener = listen(&arguments.addr).await?;
    let address = listener.local_addr()?;
    let url = arguments.url.clone().unwrap_or_else(|| local_url(address));
    let is_alone = chosen.len() == 1;
    let stand_ins = chosen.into_iter().map(|it| {
        let base = match is_alone {
            true => url.clone(),
            false => format!("{url}/{}", it.provider.declaration().slug),
        };
        StandIn::new(it, base, told)
    });
    let stand_ins: Vec<_> = stand_ins.collect();
    told.check(&stand_ins.iter().map(|it| &it.emulator).collect::<Vec<_>>())?;
    if !address.ip().is_loopback() {
        eprintln!(
            "warning: {address} is not only this machine: whoever reaches it can log in as anybody"
        );
    }
    say(&announcement(address, &url, &stand_ins, told));
    say("");
    let pages = Pages::new(&url, &stand_ins, told);
    tokio::spawn(accept(listener, Arc::new(Site { stand_ins, pages })));
    Ok(stopped().await?)
}

async fn listen(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let words = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "the port is taken; `--addr 127.0.0.1:0` takes a free one".to_owned()
            }
            io::ErrorKind::InvalidInput => "expected `127.0.0.1:4000`".to_owned(),
            _ => error.to_string(),
        };
        format!("cannot listen on {address}: {words}").into()
    })
}

/// Where a browser on this machine finds it.
fn local_url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{address}")
}

/// Waits for Ctrl-C, or for what a container is stopped by. As the first process of one, neither would end it by itself.
#[cfg(unix)]
async fn stopped() -> io::Result<()> {
    use std::task::Poll;

    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    std::future::poll_fn(|cx| match (interrupt.poll_recv(cx), terminate.poll_recv(cx)) {
        (Poll::Pending, Poll::Pending) => Poll::Pending,
        _ => Poll::Ready(()),
    })
    .await;
    Ok(())
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn stopped() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// Everything that is served.
struct Site {
    stand_ins: Vec<StandIn>,
    pages: Pages,
}

async fn accept(listener: TcpListener, site: Arc<Site>) -> Infallible {
    loop {
        // A connection that was lost before it was taken is no reason to stop.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let site = Arc::clone(&site);
        let service = hyper::service::service_fn(move |request| answer(Arc::clone(&site), request));
        let mut connection = http1::Builder::new();
        connection.timer(TokioTimer::new());
        tokio::spawn(async move {
            // A client that hangs up ends its own connection alone; and one is broken where that was asked for.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(
    site: Arc<Site>,
    request: Request<Incoming>,
) -> Result<Response<Body>, ConnectionLost> {
    let slugs = site.stand_ins.iter().map(StandIn::slug);
    match Route::of(request.uri().path(), slugs) {
        Route::Index => Ok(html(site.pages.index.clone())),
        Route::Page(number) => Ok(html(site.pages.providers[number].clone())),
        Route::Provider { number, is_announced } => {
            let stand_in = &site.stand_ins[number];
            provider(stand_in, is_announced, request).await
        }
        Route::Nowhere => {
            let words = "Nobody is served under this path; / has a list.\n";
            Ok(text(StatusCode::NOT_FOUND, words.to_owned()))
        }
    }
}

/// The answer of a provider, with a line that says so.
async fn provider(
    stand_in: &StandIn,
    is_announced: bool,
    request: Request<Incoming>,
) -> Result<Response<Body>, ConnectionLost> {
    let mut emulator = match is_announced {
        true => stand_in.announced.clone(),
        false => stand_in.emulator.clone(),
    };
    let mut arrival = Arrival {
        at: SystemTime::now(),
        slug: stand_in.slug().to_owned(),
        endpoint: Endpoint::Unknown,
        method: request.method().clone(),
        path: request.uri().path().to_owned(),
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MOST_BYTES).collect().await else {
        say(&arrival.line("400 the body is too long, or was broken off"));
        return Ok(text(StatusCode::BAD_REQUEST, String::new()));
    };
    let request = Request::from_parts(parts, body.to_bytes());
    arrival.endpoint = emulator.endpoint_of(&request);
    let answered = emulator.call(request).await;
    let Ok(response) = answered else {
        say(&arrival.line("connection broken, as it was told to be"));
        return answered;
    };
    let (parts, body) = response.into_parts();
    let Ok(body) = body.collect().await;
    let response = Response::from_parts(parts, body.to_bytes());
    say(&arrival.line(&outcome(stand_in.declaration(), arrival.endpoint, &response)));
    if arrival.endpoint == Endpoint::Unknown {
        let words = format!(
            "{} has no endpoint here; /{} says where they are.\n",
            stand_in.name(),
            stand_in.slug()
        );
        return Ok(text(StatusCode::NOT_FOUND, words));
    }
    Ok(response.map(Body::from))
}

fn html(page: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn text(status: StatusCode, words: String) -> Response<Body> {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = status;
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}

/// No request to an authorization server is larger.
const MOST_BYTES: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_everybody_is_found_on_this_machine() {
        let url = |address: &str| local_url(address.parse().unwrap());

        assert_eq!(url("127.0.0.1:4000"), "http://127.0.0.1:4000");
        assert_eq!(url("0.0.0.0:4000"), "http://127.0.0.1:4000");
        assert_eq!(url("[::]:4000"), "http://[::1]:4000");
        assert_eq!(url("192.0.2.1:80"), "http://192.0.2.1:80");
    }
}
