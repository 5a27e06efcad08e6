//! Rules about the queries of the endpoints.

use crate::check::params::{self, secrets};
use crate::check::urls::Urls;
use crate::declaration::Declaration;
use crate::dialect::{TokenRequest, TokenRequestMethod};
use crate::mistake::Mistakes;
use crate::names;
use crate::sentence::{self, brief};

/// No parameter stands in a request twice (RFC 6749 s3.1, s3.2): an endpoint has none that the library adds to its
/// query. The secret stands in no URL.
pub(crate) fn queries(declaration: &Declaration, urls: &Urls<'_>, mistakes: &mut Mistakes) {
    let secrets = secrets(declaration);
    for url in &urls.read {
        let owned = owned(declaration, url.key);
        for name in parameters(url.template.tail) {
            if secrets.contains(&name) {
                mistakes.push(url.place.clone(), sentence::secret(name));
            } else if owned.contains(&name) {
                let (key, name) = (url.key, brief(name));
                let message = format!(
                    "`{key}` holds `{name}`, which the library sets itself; remove it from the query"
                );
                mistakes.push(url.place.clone(), message);
            }
        }
    }
}

/// What the library adds to the query of a URL.
fn owned<'a>(declaration: &'a Declaration, key: &str) -> Vec<&'a str> {
    let dialect = &declaration.dialect;
    let in_the_query = dialect.token_request == TokenRequest::Query
        || dialect.token_request_method == TokenRequestMethod::Get;
    match key {
        "authorization_endpoint" => params::owned_of_a_login(declaration),
        "token_endpoint" if in_the_query => {
            params::owned(declaration, names::TOKEN_REQUEST_PARAMETERS)
        }
        "refresh_endpoint" if in_the_query => params::owned(declaration, names::REFRESH_PARAMETERS),
        "end_session_endpoint" => {
            let back_to = dialect.post_logout_redirect_uri_param.as_deref();
            let back_to = back_to.unwrap_or("post_logout_redirect_uri");
            params::owned_of_a_logout(dialect).chain([back_to]).collect()
        }
        _ => Vec::new(),
    }
}

/// The names of the parameters behind a path. No parameter is nameless.
fn parameters(tail: &str) -> impl Iterator<Item = &str> {
    let query = tail.split_once('?').map_or("", |(_, query)| query);
    let names = query.split('&').map(|parameter| parameter.split('=').next().unwrap_or_default());
    names.filter(|name| !name.is_empty())
}
