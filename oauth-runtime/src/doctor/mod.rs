//! Looks at everything that could keep a login from working, before anybody tries one.
//!
//! It reads the registration, and asks the provider two harmless questions: where its endpoints are, where an issuer says
//! that, and whether its token endpoint answers at all. No secret is sent, and none stands in what is said.

mod client;
mod clock;
pub(crate) mod diagnosis;

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use url::Url;

use crate::doctor::diagnosis::{Diagnosis, Finding, Subject};
use crate::engine::Engine;
use crate::error::causes;
use crate::http_client::HttpClient;
use crate::http_client::error::TransportError;

/// Everything that is to be said of one provider in one application.
pub(crate) async fn examine(engine: &Engine) -> Diagnosis {
    let mut findings = Vec::new();
    findings.extend(client::client_id(&engine.registration.client_id));
    findings.extend(client::client_secret(&engine.registration));
    findings.push(cookies(engine));
    findings.extend(server(engine).await);
    Diagnosis::new(&engine.registration, findings)
}

/// The application's address decides what its cookies may be.
fn cookies(engine: &Engine) -> Finding {
    let registration = &engine.registration;
    let name = registration.instance.session_cookie();
    if registration.instance.secure() {
        return Finding::good(
            Subject::Cookies,
            format!("`{name}` is sent over https alone, and to this host alone"),
        );
    }
    let host = registration.redirect_uri.host_str().unwrap_or_default();
    Finding::note(
        Subject::Cookies,
        format!(
            "`{name}` is not `Secure`, as the redirect URI is http: browsers must open the application as `{host}`, on this \
             machine; where others log in, give an https address"
        ),
    )
}

/// Whether the provider can be asked, and what time it has.
async fn server(engine: &Engine) -> Vec<Finding> {
    let declaration = &engine.registration.declaration;
    let server = match tokio::time::timeout(PATIENCE, engine.server()).await {
        Ok(Ok(server)) => server,
        Ok(Err(error)) => {
            return vec![Finding::wrong(
                Subject::Server,
                format!(
                    "its metadata cannot be had: {}; look at the placeholders of the provider, and whether this machine reaches \
                     it",
                    causes(&error)
                ),
            )];
        }
        Err(_) => return vec![Finding::wrong(Subject::Server, silent("its metadata"))],
    };
    let mut findings = Vec::new();
    if declaration.is_discovered() {
        let issuer = engine.registration.issuer.as_deref().unwrap_or_default();
        findings.push(Finding::good(
            Subject::Server,
            format!("`{issuer}` says where its endpoints are"),
        ));
    }
    findings.extend(token_endpoint(engine, &server.token).await);
    findings
}

/// A GET without anything: every answer shows that there is a server, and most say what time it is there.
async fn token_endpoint(engine: &Engine, endpoint: &Url) -> Vec<Finding> {
    let place = format!("`{}`", without_query(endpoint));
    match tokio::time::timeout(PATIENCE, ask(&*engine.http_client, endpoint)).await {
        Ok(Ok(answer)) => vec![
            Finding::good(Subject::Server, format!("{place} answers")),
            clock::compared(answer.headers(), engine.clock.now()),
        ],
        Ok(Err(error)) => {
            vec![Finding::wrong(
                Subject::Server,
                format!("{place} cannot be reached: {}", causes(&error)),
            )]
        }
        Err(_) => vec![Finding::wrong(Subject::Server, silent(&place))],
    }
}

async fn ask(
    http_client: &dyn HttpClient,
    endpoint: &Url,
) -> Result<Response<Bytes>, TransportError> {
    let request = Request::get(endpoint.as_str()).body(Bytes::new());
    let request = request.map_err(TransportError::failed)?;
    http_client.call(request).await
}

fn silent(what: &str) -> String {
    format!("{what} did not come within {} seconds", PATIENCE.as_secs())
}

fn without_query(url: &Url) -> &str {
    url.as_str().split('?').next().unwrap_or_default()
}

const PATIENCE: Duration = Duration::from_secs(10);
