//! A person's browser, over real HTTP.

use bytes::Bytes;
use cookie::{Cookie, SameSite};
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
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

    /// The page behind the form of a page, its script's or the user's click on a button included.
    pub(crate) async fn submit(
        &mut self,
        page: &Response<Bytes>,
        button: Option<(&str, &str)>,
    ) -> Response<Bytes> {
        let (action, mut fields) = form(text(page));
        fields.extend(button.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let from = self.visited.last().unwrap().clone();
        let to = from.join(&action).unwrap();
        let body =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let response = self.request(Method::POST, to, &from, Some(body)).await;
        match self.next(&response) {
            Some(next) => self.follow(&next).await,
            None => response,
        }
    }

    /// Some seconds pass: the mark of a login that has just been completed is gone.
    pub(crate) fn rest(&mut self) {
        self.cookies.retain(|cookie| !cookie.name().ends_with(".arrived"));
    }

    /// How many times the server has asked who the user is.
    pub(crate) fn interactions(&self) -> usize {
        self.visited.iter().filter(|url| url.path().starts_with("/interaction/")).count()
    }

    /// The newest place with that path that it has been at.
    pub(crate) fn visit(&self, path: &str) -> &Url {
        self.visited.iter().rev().find(|url| url.path() == path).unwrap()
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
        self.request(method, url.clone(), &url, None).await
    }

    /// One request from a page. The origins of the two say here whether it crosses sites: a POST that does takes no
    /// cookies with it.
    async fn request(
        &mut self,
        method: Method,
        url: Url,
        from: &Url,
        form: Option<String>,
    ) -> Response<Bytes> {
        let mut request = Request::builder().method(&method).uri(url.as_str());
        request = request.header(ACCEPT, "text/html");
        let crosses = from.origin() != url.origin();
        let cookies = self.cookies_for(&url, crosses && method == Method::POST);
        request = request.header(COOKIE, cookies);
        if method == Method::POST {
            request = request.header(ORIGIN, from.origin().ascii_serialization());
        }
        if form.is_some() {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(form.unwrap_or_default().into()).unwrap();
        let response = self.http_client.call(request).await.unwrap();
        for line in response.headers().get_all(SET_COOKIE) {
            self.keep(Cookie::parse(line.to_str().unwrap().to_owned()).unwrap());
        }
        self.visited.push(url);
        response
    }

    /// All servers here have one host, so that only the path tells whose a cookie is: ports do not count.
    fn cookies_for(&self, url: &Url, is_lax_kept_back: bool) -> String {
        let path = url.path();
        let goes = |cookie: &&Cookie<'_>| match path.strip_prefix(cookie.path().unwrap_or("/")) {
            Some(rest) => rest.is_empty() || rest.starts_with('/') || cookie.path() == Some("/"),
            None => false,
        };
        let is_taken =
            |cookie: &&Cookie<'_>| !is_lax_kept_back || cookie.same_site() == Some(SameSite::None);
        let goes = |cookie: &&Cookie<'_>| goes(cookie) && is_taken(cookie);
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

/// Where the only form of a page leads, and its hidden fields.
fn form(page: &str) -> (String, Vec<(String, String)>) {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
        let value = rest.split('"').next().unwrap();
        // What oidc-provider escapes.
        ["&lt;/<", "&gt;/>", "&quot;/\"", "&#39;/'", "&#x27;/'", "&amp;/&"].iter().fold(
            value.to_owned(),
            |value, pair| {
                let (escaped, letter) = pair.split_once('/').unwrap();
                value.replace(escaped, letter)
            },
        )
    };
    let tags = page.split('<').map(|tag| tag.split('>').next().unwrap());
    let form = tags.clone().find(|tag| tag.starts_with("form ")).unwrap();
    let fields = tags.filter(|tag| tag.starts_with("input "));
    let fields = fields.map(|tag| (attribute(tag, "name"), attribute(tag, "value")));
    (attribute(form, "action"), fields.collect())
}

pub(crate) fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

const MOST_REDIRECTS: usize = 10;
