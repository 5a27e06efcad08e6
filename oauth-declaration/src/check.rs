//! The rules of a declaration, in the order of its keys: one function a rule. A rule that is broken is noted, and the
//! next one goes on.

mod dialect;
mod openid;
mod params;
mod placeholders;
mod profile;
mod queries;
mod refresh;
mod scopes;
mod urls;

use crate::auth_method::TokenEndpointAuthMethod;
use crate::check::urls::Urls;
use crate::declaration::{Declaration, Pkce};
use crate::mistake::{Mistake, Mistakes};
use crate::names;
use crate::place::Place;
use crate::reading::Reading;
use crate::{sentence, value};

impl Declaration {
    /// Everything that is wrong with it, in the order of its keys; nothing, if it may be used.
    ///
    /// `#[oauth_provider(...)]` asks the same, so that a declaration that compiles has no mistakes.
    #[must_use]
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.mistakes_of(&Reading::default())
    }

    /// The same for an attribute, which knows more of itself than its value.
    #[doc(hidden)]
    #[must_use]
    pub fn mistakes_of(&self, reading: &Reading) -> Vec<Mistake> {
        let mut mistakes = Mistakes::default();
        let m = &mut mistakes;
        let mut urls = Urls::new(reading);
        name(self, reading, m);
        slug(self, reading, m);
        urls.pages(self, m);
        setup(self, m);
        urls.endpoints(self, m);
        scopes::scopes(self, reading, m);
        scopes::default_scopes(self, reading, m);
        m.value(
            Place::of("scope_separator"),
            "scope_separator",
            value::filled(&self.scope_separator),
        );
        authentication(self, m);
        params::authorization_params(self, m);
        params::token_params(self, reading, m);
        scopes::offline(self, reading, m);
        params::headers(self, reading, m);
        token_response(self, m);
        profile::profile(self, reading, m);
        profile::emails(self, reading, &mut urls, m);
        dialect::dialect(self, reading, &mut urls, m);
        refresh::refresh(self, reading, &mut urls, m);
        dialect::api(self, reading, m);
        openid::logout(self, reading, m);
        queries::queries(self, &urls, m);
        placeholders::placeholders(self, reading, &urls, m);
        mistakes.into_vec()
    }
}

/// `name` is what people read.
fn name(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let place = Place::of("name");
    if declaration.name.is_empty() && reading.item.is_none() {
        let why = "it is what people call the provider";
        mistakes.push(place, sentence::missing("name", why));
    } else {
        mistakes.value(place, "name", value::filled(&declaration.name));
    }
}

/// `slug` is a part of cookie names and paths.
fn slug(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let place = Place::of("slug");
    if declaration.slug.is_empty() && reading.item.is_none() {
        let why = "it is a part of cookie names and paths";
        mistakes.push(place, sentence::missing("slug", why));
    } else {
        mistakes.value(place, "slug", value::slug(&declaration.slug));
    }
}

/// A step is a sentence for people.
fn setup(declaration: &Declaration, mistakes: &mut Mistakes) {
    for (i, step) in declaration.setup.iter().enumerate() {
        mistakes.value(Place::of("setup").element(i), "setup", value::filled(step));
    }
}

/// A public client proves itself by PKCE alone (RFC 9700 s2.1.1), so it cannot do without both.
fn authentication(declaration: &Declaration, mistakes: &mut Mistakes) {
    let public = declaration.token_endpoint_auth_method == TokenEndpointAuthMethod::None;
    if public && declaration.pkce == Pkce::Unsupported {
        let message = "`token_endpoint_auth_method = none` needs PKCE; remove `pkce = unsupported`";
        let method = Place::of("token_endpoint_auth_method");
        mistakes.conflict(&Place::of("pkce"), &method, message);
    }
}

/// A field of the token response is given once, and is none of those of RFC 6749 s5.1: the library reads these itself,
/// and keeps them secret.
fn token_response(declaration: &Declaration, mistakes: &mut Mistakes) {
    let fields = Place::of("token_response");
    for (i, field) in declaration.token_response.iter().enumerate() {
        let place = fields.element(i).inside("name");
        let name = &*field.name;
        let before = &declaration.token_response[..i];
        if names::TOKEN_RESPONSE_FIELDS.contains(&name) {
            mistakes.push(place, sentence::standard_field(name));
        } else if params::is_token(declaration, name) {
            let name = sentence::brief(name);
            let message = format!("`{name}` is a token, which the library reads itself; remove it");
            mistakes.push(place, message);
        } else if name.is_empty() {
            mistakes.push(place, "the name of a field of `token_response` is empty; write one");
        } else if before.iter().any(|field| field.name == name) {
            mistakes.doubled(place, name);
        }
    }
}

#[cfg(test)]
mod tests;
