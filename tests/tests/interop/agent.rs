//! A person's browser, over real HTTP.

use bytes::Bytes;
use cookie::Cookie;
use http::header::{ACCEPT, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use http::{Method, Request, Response};
use oauth_providers::{HttpClient as _, Reqwest};
use url::Url;

/// A browser: it keeps cookies and follows redirects. A clone has a copy of the cookies.
#[derive(Clone)]
pub(crate) struct Agent {
    http_client: Reqwest,
    pub(crate) cookies: Vec<Cookie<'static>>,
    /// Where it has been, redirects included.
    pub(crate) visited: Vec<Url>,
}

impl Agent {
    pub(crate) fn new() -> Self {
        Self { http_client: Reqwest::new().unwrap(), cookies: Vec::new(), visited: Vec::new() }
    }

    /// The page at the end of the redirects.
    pub(crate) async fn follow(&mut self, url: &str) -> Response<Bytes> {
        let mut response = self.get(url).await;
        for _ in 0..MOST_REDIRECTS {
            let Some(next) = self.next(&response) else { return response };
            response = self.get(&next).await;
        }
        panic!("more than {MOST_REDIRECTS} redirects from {url}");
    }

    /// The first place with that path that a redirect leads to; it is not visited.
    pub(crate) async fn follow_until(&mut self, url: &str, path: &str) -> String {
        let mut next = url.to_owned();
        for _ in 0..MOST_REDIRECTS {
            let response = self.get(&next).await;
            next = self.next(&response).unwrap();
            if Url::parse(&next).unwrap().path() == path {
                return next;
            }
        }
        panic!("no redirect from {url} leads to {path}");
    }

    /// Where a response sends the browser.
    fn next(&self, response: &Response<Bytes>) -> Option<String> {
        let here = self.visited.last().unwrap();
        Some(here.join(location(response)?).unwrap().into())
    }

    pub(crate) async fn get(&mut self, url: &str) -> Response<Bytes> {
        self.send(Method::GET, url).await
    }

    /// One request, as a person's click makes it.
    pub(crate) async fn send(&mut self, method: Method, url: &str) -> Response<Bytes> {
        let url = Url::parse(url).unwrap();
        let mut request = Request::builder().method(&method).uri(url.as_str());
        request = request.header(ACCEPT, "text/html").header(COOKIE, self.cookies_for(&url));
        if method == Method::POST {
            request = request.header(ORIGIN, url.origin().ascii_serialization());
        }
        let request = request.body(Bytes::new()).unwrap();
        let response = self.http_client.call(request).await.unwrap();
        for line in response.headers().get_all(SET_COOKIE) {
            self.keep(Cookie::parse(line.to_str().unwrap().to_owned()).unwrap());
        }
        self.visited.push(url);
        response
    }

    /// All servers here have one host, so that only the path tells whose a cookie is: ports do not count.
    fn cookies_for(&self, url: &Url) -> String {
        let path = url.path();
        let goes = |cookie: &&Cookie<'_>| match path.strip_prefix(cookie.path().unwrap_or("/")) {
            Some(rest) => rest.is_empty() || rest.starts_with('/') || cookie.path() == Some("/"),
            None => false,
        };
        let pairs = self.cookies.iter().filter(goes).map(|cookie| cookie.stripped().to_string());
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// In the place of the one it replaces. Both servers remove a cookie by emptying it.
    fn keep(&mut self, cookie: Cookie<'static>) {
        self.cookies.retain(|known| (known.name(), known.path()) != (cookie.name(), cookie.path()));
        if !cookie.value().is_empty() {
            self.cookies.push(cookie);
        }
    }
}

pub(crate) fn location(response: &Response<Bytes>) -> Option<&str> {
    response.headers().get(LOCATION).map(|url| url.to_str().unwrap())
}

pub(crate) fn text(response: &Response<Bytes>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

pub(crate) fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

const MOST_REDIRECTS: usize = 10;
