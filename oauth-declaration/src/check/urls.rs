//! Rules about URLs.

use crate::declaration::Declaration;
use crate::mistake::Mistakes;
use crate::place::Place;
use crate::reading::Reading;
use crate::sentence::{self, short};
use crate::text::Text;
use crate::value::url::{self, UrlTemplate};

/// A URL that could be read, and where it stands.
pub(crate) struct Url<'a> {
    pub(crate) key: &'static str,
    pub(crate) place: Place,
    pub(crate) template: UrlTemplate<'a>,
}

/// Every URL of the declaration that could be read, for the rules about placeholders.
pub(crate) struct Urls<'a> {
    reading: &'a Reading,
    pub(crate) read: Vec<Url<'a>>,
    /// Not all URLs are there or could be read, so that not all placeholders are known.
    pub(crate) incomplete: bool,
}

/// Whether there is an endpoint: a declared one, or one that an issuer names that is asked.
pub(crate) fn has(
    key: &'static str,
    url: Option<&Text>,
    declaration: &Declaration,
    reading: &Reading,
) -> bool {
    url.is_some()
        || declaration.is_discovered()
        || reading.unread(&Place::of(key))
        || reading.unread(&Place::of("issuer"))
}

impl<'a> Urls<'a> {
    pub(crate) fn new(reading: &'a Reading) -> Self {
        Self { reading, read: Vec::new(), incomplete: reading.partial }
    }

    /// The pages for people.
    pub(crate) fn pages(&mut self, of: &'a Declaration, mistakes: &mut Mistakes) {
        for (key, url) in
            [("console", &of.console), ("service_documentation", &of.service_documentation)]
        {
            self.optional(key, Place::of(key), url.as_ref(), mistakes);
        }
    }

    /// The endpoints, each its own full URL.
    pub(crate) fn endpoints(&mut self, of: &'a Declaration, mistakes: &mut Mistakes) {
        self.identifier("issuer", Place::of("issuer"), of.issuer.as_ref(), mistakes);
        let why = "it is where the browser is sent";
        let url = of.authorization_endpoint.as_ref();
        self.required("authorization_endpoint", url, of, why, mistakes);
        let why = "it is where the authorization code is exchanged";
        self.required("token_endpoint", of.token_endpoint.as_ref(), of, why, mistakes);
        for (key, url) in [
            ("revocation_endpoint", &of.revocation_endpoint),
            ("userinfo_endpoint", &of.userinfo_endpoint),
            ("jwks_uri", &of.jwks_uri),
            ("end_session_endpoint", &of.end_session_endpoint),
            ("pushed_authorization_request_endpoint", &of.pushed_authorization_request_endpoint),
        ] {
            self.optional(key, Place::of(key), url.as_ref(), mistakes);
        }
        self.identifier("api_base", Place::of("api_base"), of.api_base.as_ref(), mistakes);
        self.api_origins(of, mistakes);
    }

    /// A URL is absolute, `https`, and holds neither fragment nor user info.
    pub(crate) fn url(
        &mut self,
        key: &'static str,
        place: Place,
        url: &'a str,
        mistakes: &mut Mistakes,
    ) -> Option<&UrlTemplate<'a>> {
        let Some(template) = mistakes.value(place.clone(), key, UrlTemplate::parse(url)) else {
            self.incomplete = true;
            return None;
        };
        self.read.push(Url { key, place, template });
        self.read.last().map(|url| &url.template)
    }

    /// The URL of a key, if it could be read.
    pub(crate) fn read_of(&self, key: &str) -> Option<&UrlTemplate<'a>> {
        self.read.iter().find(|url| url.key == key).map(|url| &url.template)
    }

    /// A URL that may be left out.
    pub(crate) fn optional(
        &mut self,
        key: &'static str,
        place: Place,
        url: Option<&'a Text>,
        mistakes: &mut Mistakes,
    ) {
        if let Some(url) = url {
            self.url(key, place, url, mistakes);
        }
    }

    /// An issuer has no query (RFC 8414 s2), and to `api_base` paths are appended.
    pub(crate) fn identifier(
        &mut self,
        key: &'static str,
        place: Place,
        url: Option<&'a Text>,
        mistakes: &mut Mistakes,
    ) {
        let Some(url) = url else { return };
        let Some(template) = self.url(key, place.clone(), url, mistakes) else { return };
        let query = url::no_query(template.tail);
        mistakes.value(place, key, query);
    }

    /// The authorization endpoint and the token endpoint are REQUIRED, unless an issuer names them.
    fn required(
        &mut self,
        key: &'static str,
        url: Option<&'a Text>,
        declaration: &Declaration,
        why: &str,
        mistakes: &mut Mistakes,
    ) {
        let place = Place::of(key);
        let issuer = declaration.issuer.is_some() || self.reading.unread(&Place::of("issuer"));
        if url.is_none() && !issuer && !self.reading.unread(&place) {
            self.incomplete = true;
            mistakes.push(place.clone(), sentence::missing(key, why));
        }
        self.optional(key, place, url, mistakes);
    }

    /// An origin is scheme, host and port; it is listed once.
    fn api_origins(&mut self, declaration: &'a Declaration, mistakes: &mut Mistakes) {
        let origins = &declaration.api_origins;
        for (i, origin) in origins.iter().enumerate() {
            let place = Place::of("api_origins").element(i);
            let Some(template) = self.url("api_origins", place.clone(), origin, mistakes) else {
                continue;
            };
            if !template.tail.is_empty() {
                let tail = short(template.tail);
                let message =
                    format!("`api_origins` takes origins, which have no path; remove `{tail}`");
                mistakes.push(place, message);
            } else if origins[..i].contains(origin) {
                mistakes.doubled(place, origin);
            }
        }
    }
}
