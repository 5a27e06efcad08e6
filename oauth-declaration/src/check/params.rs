//! Rules about parameters and headers.

use std::collections::HashSet;
use std::iter;

use crate::auth_method::TokenEndpointAuthMethod;
use crate::declaration::Declaration;
use crate::dialect::Dialect;
use crate::mistake::Mistakes;
use crate::names;
use crate::param::{Param, ParamValue, RequestParam};
use crate::place::Place;
use crate::reading::Reading;
use crate::sentence::brief;
use crate::source::{self, OF_A_HEADER, OF_A_TOKEN_REQUEST, Source};
use crate::text::Text;
use crate::{sentence, value};

/// Names and values of one request, and what may stand among them.
pub(crate) struct Request<'a> {
    pub(crate) key: &'static str,
    pub(crate) place: Place,
    pub(crate) params: &'a [RequestParam],
    /// The names that the library sets itself.
    pub(crate) owned: Vec<&'a str>,
    /// Where a value may come from.
    pub(crate) sources: &'static [Source],
}

/// Constant parameters of the authorization request: none of the protocol's.
pub(crate) fn authorization_params(declaration: &Declaration, mistakes: &mut Mistakes) {
    let given = &declaration.authorization_params;
    constants(declaration, given, &Place::of("authorization_params"), mistakes);
}

/// A parameter is given once, and the protocol's own ones are not given at all, whatever they are called here.
pub(crate) fn constants(
    declaration: &Declaration,
    given: &[Param],
    place: &Place,
    mistakes: &mut Mistakes,
) {
    let owned = owned_of_a_login(declaration);
    let (secrets, mut seen) = (secrets(declaration), HashSet::new());
    for (i, param) in given.iter().enumerate() {
        let place = place.entry(i, &param.name).key();
        name(&param.name, place, &owned, &secrets, &mut seen, mistakes);
    }
}

/// The names of the authorization request and what the dialect makes of them.
pub(crate) fn owned_of_a_login(declaration: &Declaration) -> Vec<&str> {
    let renamed = [&declaration.dialect.client_id_param, &declaration.dialect.scope_param];
    let renamed = renamed.into_iter().flatten().map(|name| &**name);
    names::PROTOCOL_PARAMETERS.iter().copied().chain(renamed).collect()
}

/// What the secret is called: it is told apart, since it never stands in a source.
pub(crate) fn secrets(declaration: &Declaration) -> [&str; 2] {
    let renamed = declaration.dialect.client_secret_param.as_deref();
    ["client_secret", renamed.unwrap_or("client_secret")]
}

/// Further parameters of the token request: none that the library sends itself.
pub(crate) fn token_params(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let request = Request {
        key: "token_params",
        place: Place::of("token_params"),
        params: &declaration.token_params,
        owned: owned(declaration, names::TOKEN_REQUEST_PARAMETERS),
        sources: OF_A_TOKEN_REQUEST,
    };
    request.check(declaration, reading, mistakes);
}

/// The names of a request and what the dialect makes of them.
pub(crate) fn owned<'a>(declaration: &'a Declaration, standard: &[&'a str]) -> Vec<&'a str> {
    let dialect = &declaration.dialect;
    let renamed =
        [&dialect.client_id_param, &dialect.client_secret_param, &dialect.refresh_token_param];
    let renamed = renamed.into_iter().flatten().map(|name| &**name);
    let mut methods =
        iter::once(declaration.token_endpoint_auth_method).chain(dialect.refresh_auth_method);
    let assertion: &[_] = match methods.any(TokenEndpointAuthMethod::is_assertion) {
        true => names::ASSERTION_PARAMETERS,
        false => &[],
    };
    standard.iter().chain(assertion).copied().chain(renamed).collect()
}

/// The names of a logout at the provider, but for that of where the browser comes back.
pub(crate) fn owned_of_a_logout(dialect: &Dialect) -> impl Iterator<Item = &str> {
    let standard = names::END_SESSION_PARAMETERS.iter().copied();
    let others = standard.filter(|name| *name != "post_logout_redirect_uri");
    others.chain(dialect.client_id_param.as_deref())
}

impl Request<'_> {
    /// A parameter is given once, has a name that the library does not set, and a value that is known by then.
    pub(crate) fn check(
        &self,
        declaration: &Declaration,
        reading: &Reading,
        mistakes: &mut Mistakes,
    ) {
        let (secrets, mut seen) = (secrets(declaration), HashSet::new());
        for (i, param) in self.params.iter().enumerate() {
            let place = self.place.entry(i, &param.name);
            name(&param.name, place.key(), &self.owned, &secrets, &mut seen, mistakes);
            self.source(declaration, reading, &param.value, place, mistakes);
        }
    }

    /// A value comes from what is known when the request is made.
    fn source(
        &self,
        declaration: &Declaration,
        reading: &Reading,
        value: &ParamValue,
        place: Place,
        mistakes: &mut Mistakes,
    ) {
        let source = match value {
            ParamValue::Constant(_) => return,
            ParamValue::ClientId => Source::ClientId,
            ParamValue::RedirectUri => Source::RedirectUri,
            ParamValue::Scope => Source::Scope,
            ParamValue::State => Source::State,
            ParamValue::Callback(_) => Source::Callback,
            ParamValue::TokenResponse(_) => Source::TokenResponse,
        };
        if !self.sources.contains(&source) {
            let allowed = source::one_of(self.sources);
            mistakes.push(place, sentence::no_such_source(self.key, source.spelt(), &allowed));
        } else if let ParamValue::Callback(name) = value {
            kept(declaration, reading, name, place.member(), mistakes);
        } else if matches!(value, ParamValue::TokenResponse(name) if name.is_empty()) {
            let message = "`token_response.…` names a member of the answer; add its name";
            mistakes.push(place.member(), message);
        } else if let ParamValue::TokenResponse(name) = value {
            no_token(declaration, name, place.member(), mistakes);
        }
    }
}

/// A token never travels as a parameter, and what the library reads of an answer is no further member of it.
fn no_token(declaration: &Declaration, name: &str, place: Place, mistakes: &mut Mistakes) {
    if is_token(declaration, name) {
        let message = format!(
            "`token_response.{}` is a secret, which never travels as a parameter; remove it",
            brief(name)
        );
        mistakes.push(place, message);
    } else if names::TOKEN_RESPONSE_FIELDS.contains(&name) {
        let message = format!(
            "`token_response.{name}` is a field of every token response; name a further member"
        );
        mistakes.push(place, message);
    }
}

/// Whether a member of the answer is a token, by its standard name or by the one that the dialect gives it.
pub(crate) fn is_token(declaration: &Declaration, name: &str) -> bool {
    let dialect = &declaration.dialect;
    let at = [&dialect.access_token_at, &dialect.refresh_token_at];
    let is_there = |at: &Text| at.strip_prefix('/') == Some(name);
    names::TOKENS.contains(&name) || at.into_iter().flatten().any(is_there)
}

/// What is taken from the callback is kept of it.
fn kept(
    declaration: &Declaration,
    reading: &Reading,
    name: &str,
    place: Place,
    mistakes: &mut Mistakes,
) {
    if name.is_empty() {
        mistakes.push(place, "`callback.…` names a parameter of the callback; add its name");
        return;
    }
    let known: Vec<&str> = declaration.dialect.callback_params.iter().map(|name| &**name).collect();
    let list = Place::of("dialect").inside("callback_params");
    if known.contains(&name) || reading.unread(&list) {
        return;
    }
    match known.get(..4.min(known.len())) {
        Some(usual @ [_, ..]) => {
            mistakes.push(place, sentence::unknown("callback parameter", name, &known, usual));
        }
        _ => {
            let name = brief(name);
            let message = format!(
                "`callback.{name}` is not kept; add `callback_params(\"{name}\")` to `dialect(…)`"
            );
            mistakes.push(place, message);
        }
    }
}

/// A parameter has a name, which is given once and is not the library's to give.
fn name<'a>(
    name: &'a str,
    place: Place,
    owned: &[&str],
    secrets: &[&str],
    seen: &mut HashSet<&'a str>,
    mistakes: &mut Mistakes,
) {
    if name.is_empty() {
        mistakes.push(place, sentence::nameless("parameter"));
    } else if secrets.contains(&name) {
        mistakes.push(place, sentence::secret(name));
    } else if owned.contains(&name) {
        mistakes.push(place, sentence::owned(name));
    } else if !seen.insert(name) {
        mistakes.doubled(place, name);
    }
}

/// A header is one line of visible ASCII, given once; the library's own ones are not given at all.
pub(crate) fn headers(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let request = Request {
        key: "headers",
        place: Place::of("headers"),
        params: &declaration.headers,
        owned: Vec::new(),
        sources: OF_A_HEADER,
    };
    let mut seen = HashSet::new();
    for (i, header) in request.params.iter().enumerate() {
        let place = request.place.entry(i, &header.name);
        let (name, lower) = (sentence::short(&header.name), header.name.to_ascii_lowercase());
        if names::RESERVED_HEADERS.contains(&&*lower) {
            mistakes.push(place.key(), sentence::owned(&name));
        } else if !seen.insert(lower) {
            mistakes.doubled(place.key(), &name);
        }
        if header.name.is_empty() {
            mistakes.push(place.key(), sentence::nameless("header"));
        } else if !value::is_token(&header.name) {
            let message =
                format!("`{name}` is not the name of a header; expected letters, digits and `-`");
            mistakes.push(place.key(), message);
        }
        match &header.value {
            ParamValue::Constant(text) if text.is_empty() => {
                let message =
                    format!("the value of header `{name}` is empty; fill it or remove the header");
                mistakes.push(place, message);
            }
            ParamValue::Constant(text) if !value::is_header_value(text) => {
                let message = format!(
                    "the value of header `{name}` expects visible ASCII with spaces only inside"
                );
                mistakes.push(place, message);
            }
            source => request.source(declaration, reading, source, place, mistakes),
        }
    }
}
