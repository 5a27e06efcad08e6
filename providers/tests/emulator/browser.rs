//! A person's browser, over real HTTP.

use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Request, Response, StatusCode};
use oauth_providers::{HttpClient as _, Reqwest};

/// A browser that keeps the cookies of one origin, the application's.
pub(crate) struct Browser {
    http_client: Reqwest,
    origin: String,
    cookies: Vec<(String, String)>,
}

/// An answer as text, and where it came from.
pub(crate) struct Page {
    pub(crate) url: String,
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    pub(crate) location: Option<String>,
}

impl Browser {
    pub(crate) fn new(origin: &str) -> Self {
        let http_client = Reqwest::new().unwrap();
        Self { http_client, origin: origin.to_owned(), cookies: Vec::new() }
    }

    /// The page at the end of the redirects.
    pub(crate) async fn open(&mut self, url: &str) -> Page {
        let mut page = self.get(url).await;
        for _ in 0..10 {
            let Some(location) = page.location.take() else { return page };
            page = self.get(&location).await;
        }
        panic!("too many redirects from {url}");
    }

    /// A click on the button of a user, on the page where one agrees.
    pub(crate) async fn agree(&mut self, page: &Page, subject: &str) -> Page {
        let answer = self.post(&page.url, &format!("allow={subject}"), &[]).await;
        let location = answer.location.expect("the browser is sent back");
        self.open(&location).await
    }

    pub(crate) async fn get(&mut self, url: &str) -> Page {
        self.send(url, Request::get(url), String::new()).await
    }

    pub(crate) async fn post(&mut self, url: &str, form: &str, headers: &[(&str, &str)]) -> Page {
        let form_type = "application/x-www-form-urlencoded";
        let request = Request::post(url).header(CONTENT_TYPE, form_type);
        let with = |request: http::request::Builder, header: &(&str, &str)| {
            request.header(header.0, header.1)
        };
        self.send(url, headers.iter().fold(request, with), form.to_owned()).await
    }

    /// A call with a bearer token.
    pub(crate) async fn call(&mut self, url: &str, token: &str) -> Page {
        let request = Request::get(url).header("authorization", format!("Bearer {token}"));
        self.send(url, request, String::new()).await
    }

    /// Whether the connection breaks before an answer comes.
    pub(crate) async fn is_cut_off(&mut self, url: &str) -> bool {
        let request = Request::get(url).body("".into()).unwrap();
        self.http_client.call(request).await.is_err()
    }

    async fn send(&mut self, url: &str, request: http::request::Builder, body: String) -> Page {
        let is_ours = url.starts_with(&self.origin);
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let request = if is_ours { request.header(COOKIE, cookies) } else { request };
        let request = request.header("accept", "text/html").body(body.into()).unwrap();
        let response = self.http_client.call(request).await.unwrap();
        if is_ours {
            self.keep_cookies(&response);
        }
        let location = response.headers().get(LOCATION).map(|it| it.to_str().unwrap());
        let base = url.split('/').take(3).collect::<Vec<_>>().join("/");
        Page {
            url: url.to_owned(),
            status: response.status(),
            location: location
                .map(|it| if it.starts_with('/') { base + it } else { it.to_owned() }),
            text: String::from_utf8(response.body().to_vec()).unwrap(),
        }
    }

    fn keep_cookies<B>(&mut self, response: &Response<B>) {
        for line in response.headers().get_all(SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}
