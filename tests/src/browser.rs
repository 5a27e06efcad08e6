//! A browser in memory: it keeps cookies, follows redirects, posts the forms that post themselves, and remembers where it
//! has been.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use url::form_urlencoded::Serializer;
use url::{Origin, Url};

use crate::clock::StoppedClock;
use crate::jar::{Jar, Trip};
use crate::site::Site;

/// A person's browser, which can reach the sites that it is told of and no others.
#[derive(Clone, Debug)]
pub struct Browser {
    home: Url,
    sites: Vec<(Origin, Site)>,
    elsewhere: Option<Site>,
    jar: Jar,
    history: Vec<Url>,
}

impl Browser {
    /// A browser whose relative addresses are those of an application.
    ///
    /// # Panics
    ///
    /// If the origin is not a URL.
    #[must_use]
    pub fn new(clock: StoppedClock, origin: &str, application: Site) -> Self {
        let home = Url::parse(origin).expect("the application's origin is a URL");
        Self {
            sites: vec![(home.origin(), application)],
            home,
            elsewhere: None,
            jar: Jar::new(clock),
            history: Vec::new(),
        }
    }

    /// Also reaches this site.
    ///
    /// # Panics
    ///
    /// If the origin is not a URL.
    #[must_use]
    pub fn site(mut self, origin: &str, site: Site) -> Self {
        let url = Url::parse(origin).expect("the site's origin is a URL");
        self.sites.push((url.origin(), site));
        self
    }

    /// Finds this site at every address that is no other site's.
    #[must_use]
    pub fn elsewhere(mut self, site: Site) -> Self {
        self.elsewhere = Some(site);
        self
    }

    /// Another person's browser: the same sites, no cookie.
    #[must_use]
    pub fn of_somebody_else(&self) -> Self {
        let mut other = self.clone();
        other.jar.clear();
        other.history.clear();
        other
    }

    /// The cookies.
    #[must_use]
    pub fn jar(&self) -> &Jar {
        &self.jar
    }

    /// The cookies, to change them.
    pub fn jar_mut(&mut self) -> &mut Jar {
        &mut self.jar
    }

    /// Every address that was asked for.
    #[must_use]
    pub fn history(&self) -> &[Url] {
        &self.history
    }

    /// Opens an address as a person does, and follows redirects and forms that post themselves until there is a page.
    ///
    /// # Panics
    ///
    /// If there are more than 10 redirects: the browser would show an error.
    pub async fn open(&mut self, address: &str) -> Page {
        let mut page = self.look_at(address).await;
        for _ in 0..10 {
            page = match (page.location(), page.form()) {
                (Some(location), _) => self.follow(&page, location).await,
                (None, Some(form)) => self.post(&page, form).await,
                (None, None) => return page,
            };
        }
        panic!("more than 10 redirects, the last one to {:?}", page.location());
    }

    /// Opens an address as a person does, and stops there.
    pub async fn look_at(&mut self, address: &str) -> Page {
        let url = self.resolve(address);
        self.navigate(url, Trip::SameSite).await
    }

    /// Begins a login by opening an address of the application, and returns where the provider is.
    ///
    /// # Panics
    ///
    /// If the answer is no redirect.
    pub async fn begin(&mut self, address: &str) -> Url {
        let page = self.look_at(address).await;
        page.location().unwrap_or_else(|| panic!("no login begins: {page:?}"))
    }

    /// Begins a login, agrees at the provider, and returns the callback that is not opened yet.
    ///
    /// # Panics
    ///
    /// If the application or the provider answers with no redirect.
    pub async fn begin_and_agree(&mut self, address: &str) -> Url {
        let authorization = self.begin(address).await;
        self.agree(authorization).await
    }

    /// Agrees at the provider, and returns the callback that is not opened yet. A provider that answers with a form that
    /// posts itself has it posted, and the callback is where the application then sends the browser.
    ///
    /// # Panics
    ///
    /// If the provider, or the application that got the form, answers with no redirect.
    pub async fn agree(&mut self, authorization: Url) -> Url {
        let mut page = self.navigate(authorization, Trip::CrossSite).await;
        if let Some(form) = page.form() {
            page = self.post(&page, form).await;
        }
        page.location().unwrap_or_else(|| panic!("the provider sends nobody back: {page:?}"))
    }

    /// Posts a form of a page, with the cookies that its way there lets through.
    ///
    /// # Panics
    ///
    /// Never: a URL and these headers are a request.
    pub async fn post(&mut self, from: &Page, form: Form) -> Page {
        let request = Request::post(form.action.as_str())
            .header(ACCEPT, "text/html,application/xhtml+xml")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ORIGIN, from.url.origin().ascii_serialization())
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", "document")
            .body(Serializer::new(String::new()).extend_pairs(&form.fields).finish().into())
            .expect("these are headers");
        let trip = way(&from.url, &form.action);
        self.request(form.action, request, trip).await
    }

    /// Comes from another site to an address, and stops there.
    pub async fn arrive(&mut self, address: impl AsRef<str>) -> Page {
        let url = self.resolve(address.as_ref());
        self.navigate(url, Trip::CrossSite).await
    }

    /// Sends a request whose target is left as it is, which no browser would do.
    pub async fn send_as_it_is(&mut self, request: Request<Bytes>) -> Page {
        let (home, target) = (self.home.clone(), request.uri().clone());
        self.exchange(home, target, request, Trip::SameSite).await
    }

    /// Sends a request of the application's own page.
    pub async fn send(&mut self, request: Request<Bytes>) -> Page {
        let url = self.resolve(&request.uri().to_string());
        self.request(url, request, Trip::SameSite).await
    }

    /// Sends a request that a page of another site caused.
    pub async fn send_from_another_site(&mut self, request: Request<Bytes>) -> Page {
        let url = self.resolve(&request.uri().to_string());
        self.request(url, request, Trip::CrossSite).await
    }

    async fn follow(&mut self, from: &Page, location: Url) -> Page {
        let trip = way(&from.url, &location);
        self.navigate(location, trip).await
    }

    /// What a person would open: an address of the application may be a path.
    fn resolve(&self, address: &str) -> Url {
        self.home.join(address).expect("an address is a URL")
    }

    async fn navigate(&mut self, url: Url, trip: Trip) -> Page {
        let request = Request::builder()
            .header(ACCEPT, "text/html,application/xhtml+xml")
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", "document")
            .body(Bytes::new())
            .expect("these are headers");
        self.request(url, request, trip).await
    }

    /// The request in its origin form, as a server sees it.
    async fn request(&mut self, url: Url, request: Request<Bytes>, trip: Trip) -> Page {
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let target = target.parse().expect("a path is a request target");
        self.exchange(url, target, request, trip).await
    }

    /// The request with the cookies that belong to it.
    async fn exchange(
        &mut self,
        url: Url,
        target: Uri,
        request: Request<Bytes>,
        trip: Trip,
    ) -> Page {
        let (mut parts, body) = request.into_parts();
        let known = self.sites.iter().find(|(origin, _)| *origin == url.origin());
        let site = known.map(|(_, site)| site).or(self.elsewhere.as_ref()).cloned();
        let site = site.unwrap_or_else(|| panic!("the browser knows no site at {url}"));
        parts.uri = target;
        let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
        if !parts.headers.contains_key(HOST) {
            let host = HeaderValue::from_str(authority).expect("a host stands in a header");
            parts.headers.insert(HOST, host);
        }
        if let Some(cookies) = self.jar.header(&url, &parts.method, trip) {
            let cookies = HeaderValue::from_str(&cookies).expect("cookies stand in a header");
            parts.headers.append(COOKIE, cookies);
        }
        self.history.push(url.clone());
        let response = site.call(Request::from_parts(parts, body)).await;
        self.jar.take(&url, response.headers());
        Page { url, response }
    }
}

/// How a browser comes from one address to another.
fn way(from: &Url, to: &Url) -> Trip {
    if from.origin() == to.origin() { Trip::SameSite } else { Trip::CrossSite }
}

/// A form that a page has the browser post at once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Form {
    /// Where it is posted to.
    pub action: Url,
    /// Names and values, in their order.
    pub fields: Vec<(String, String)>,
}

/// What a browser got.
#[derive(Clone, Debug)]
pub struct Page {
    url: Url,
    response: Response<Bytes>,
}

impl Page {
    /// Where it came from.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The value of a header; empty if there is none.
    ///
    /// # Panics
    ///
    /// If it is not text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers().get(name);
        value.map(|value| value.to_str().expect("a text header")).unwrap_or_default()
    }

    /// Every `Set-Cookie` line.
    ///
    /// # Panics
    ///
    /// If one is not text.
    #[must_use]
    pub fn set_cookies(&self) -> Vec<&str> {
        let lines = self.headers().get_all(SET_COOKIE).iter();
        lines.map(|line| line.to_str().expect("a text header")).collect()
    }

    /// Where it sends the browser, resolved as a browser does it; `None` if it is no redirect.
    ///
    /// # Panics
    ///
    /// If it is a redirect to what is no URL.
    #[must_use]
    pub fn location(&self) -> Option<Url> {
        let location = self.headers().get(LOCATION).filter(|_| self.status().is_redirection())?;
        let location = location.to_str().expect("a location is text");
        Some(self.url.join(location).expect("a location is a URL"))
    }

    /// The form that the page posts by itself (OAuth 2.0 Form Post Response Mode s2); `None` if there is none.
    ///
    /// # Panics
    ///
    /// If the form has no URL to go to.
    #[must_use]
    pub fn form(&self) -> Option<Form> {
        let page = std::str::from_utf8(self.response.body()).ok()?;
        let (_, form) = page.split_once("onload=\"document.forms[0].submit()\"")?;
        let action = attribute(form, "action").expect("a form goes somewhere");
        let action = self.url.join(&action).expect("a form goes to a URL");
        let inputs = form.split("<input ").skip(1);
        let fields =
            inputs.filter_map(|it| Some((attribute(it, "name")?, attribute(it, "value")?)));
        Some(Form { action, fields: fields.collect() })
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.response.body()).expect("a text body")
    }
}

/// The first attribute of this name, as it was before it was written into HTML.
fn attribute(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    let mut pieces = value.split("&#");
    let mut text = pieces.next()?.to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(';')?;
        text.push(char::from_u32(number.parse().ok()?)?);
        text.push_str(rest);
    }
    Some(text)
}
