//! Rules about the dialect, but for what it says of a refresh.

use std::collections::HashSet;
use std::iter;

use crate::auth_method::TokenEndpointAuthMethod;
use crate::check::openid;
use crate::check::params::Request;
use crate::check::profile::{has_userinfo, pointer, required};
use crate::check::urls::{self, Urls};
use crate::declaration::Declaration;
use crate::dialect::{
    Dialect, RevocationRequest, TokenRequest, TokenRequestMethod, TokenResponseFormat,
    UserinfoRequest,
};
use crate::mistake::Mistakes;
use crate::names;
use crate::place::Place;
use crate::reading::Reading;
use crate::sentence::{self, brief};
use crate::source::OF_A_USERINFO_REQUEST;
use crate::text::Text;
use crate::value;

/// The words about the authorization request, the callback, the token request and its answer.
pub(crate) fn dialect<'a>(
    declaration: &'a Declaration,
    reading: &Reading,
    urls: &mut Urls<'a>,
    mistakes: &mut Mistakes,
) {
    let (dialect, place) = (&declaration.dialect, Place::of("dialect"));
    openid::tenant_issuer(declaration, reading, urls, mistakes);
    renamed(dialect, &place, mistakes);
    a_secret_is_posted(declaration, reading, &place, mistakes);
    a_signed_secret_is_posted(declaration, reading, &place, mistakes);
    if let Some(fragment) = &dialect.authorization_fragment {
        let key = "authorization_fragment";
        mistakes.value(place.inside(key), key, value::fragment(fragment));
    }
    let key = "callback_issuer";
    urls.identifier(key, place.inside(key), dialect.callback_issuer.as_ref(), mistakes);
    one_issuer(declaration, &place, mistakes);
    of_the_callback("callback_params", &dialect.callback_params, &place, mistakes);
    of_the_callback("callback_once", &dialect.callback_once, &place, mistakes);
    kept_or_not(dialect, &place, mistakes);
    a_get_has_no_body(dialect, &place, mistakes);
    for (key, at) in [
        ("token_response_at", &dialect.token_response_at),
        ("access_token_at", &dialect.access_token_at),
        ("refresh_token_at", &dialect.refresh_token_at),
        ("expires_in_at", &dialect.expires_in_at),
        ("scope_at", &dialect.scope_at),
    ] {
        pointer(key, at.as_ref(), &place, mistakes);
    }
    a_form_is_flat(dialect, &place, mistakes);
    texts("token_types", &dialect.token_types, &place, mistakes);
    let any_case = str::eq_ignore_ascii_case;
    further("token_types", &dialect.token_types, "Bearer", any_case, &place, mistakes);
    openid::id_token(declaration, reading, mistakes);
    error_when(dialect, reading, &place, mistakes);
    pointer("error_at", dialect.error_at.as_ref(), &place, mistakes);
    pointer("error_description_at", dialect.error_description_at.as_ref(), &place, mistakes);
    texts("invalid_grant", &dialect.invalid_grant, &place, mistakes);
    further(
        "invalid_grant",
        &dialect.invalid_grant,
        "invalid_grant",
        PartialEq::eq,
        &place,
        mistakes,
    );
}

/// The words about revocation, calls of the API and the userinfo endpoint.
pub(crate) fn api(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let (dialect, place) = (&declaration.dialect, Place::of("dialect"));
    revocation_request(declaration, reading, &place, mistakes);
    bearer(declaration, &place, mistakes);
    userinfo(declaration, reading, &place, mistakes);
    let request = Request {
        key: "userinfo_params",
        place: place.inside("userinfo_params"),
        params: &dialect.userinfo_params,
        owned: iter::once("access_token").chain(dialect.access_token_param.as_deref()).collect(),
        sources: OF_A_USERINFO_REQUEST,
    };
    request.check(declaration, reading, mistakes);
}

/// A parameter that is called otherwise gets a name of its own: no two parameters are called alike.
fn renamed(dialect: &Dialect, place: &Place, mistakes: &mut Mistakes) {
    let mut seen = HashSet::new();
    for (key, standard, name) in [
        ("client_id_param", "client_id", &dialect.client_id_param),
        ("client_secret_param", "client_secret", &dialect.client_secret_param),
        ("scope_param", "scope", &dialect.scope_param),
    ] {
        let Some(name) = name.as_deref() else { continue };
        let place = place.inside(key);
        let other = is_another(name, standard);
        if mistakes.value(place.clone(), key, value::filled(name)).is_none() {
            continue;
        }
        if other || !seen.insert(name) {
            mistakes.push(place, sentence::another_parameter(key, name));
        }
    }
}

/// The secret has a name where it is posted, and nowhere else.
fn a_secret_is_posted(
    declaration: &Declaration,
    reading: &Reading,
    place: &Place,
    mistakes: &mut Mistakes,
) {
    let (dialect, post) = (&declaration.dialect, TokenEndpointAuthMethod::ClientSecretPost);
    let posted = declaration.token_endpoint_auth_method == post
        || dialect.refresh_auth_method == Some(post)
        || reading.unread(&Place::of("token_endpoint_auth_method"))
        || reading.unread(&place.inside("refresh_auth_method"));
    if dialect.client_secret_param.is_some() && !posted {
        let key = "client_secret_param";
        let message = format!(
            "`{key}` names a posted secret; write `token_endpoint_auth_method = client_secret_post`"
        );
        mistakes.push(place.inside(key).key(), message);
    }
}

/// What a key of the client signs is posted, in the place of the secret.
fn a_signed_secret_is_posted(
    declaration: &Declaration,
    reading: &Reading,
    place: &Place,
    mistakes: &mut Mistakes,
) {
    let (method, word) = (Place::of("token_endpoint_auth_method"), "signed_client_secret");
    let message = "`signed_client_secret` is a posted secret; write `token_endpoint_auth_method = client_secret_post`";
    match declaration.token_endpoint_auth_method {
        _ if !declaration.dialect.signed_client_secret || reading.unread(&method) => {}
        TokenEndpointAuthMethod::ClientSecretPost => {}
        // The default is not written: there is no key to change.
        TokenEndpointAuthMethod::ClientSecretBasic => {
            mistakes.push(place.inside(word).key(), message);
        }
        _ => mistakes.conflict(&method, &place.inside(word), message),
    }
}

/// Whether a name is that of a parameter of some request, and not the `standard` one that it takes the place of.
pub(crate) fn is_another(name: &str, standard: &str) -> bool {
    let known = names::PROTOCOL_PARAMETERS.contains(&name)
        || names::BACK_CHANNEL_PARAMETERS.contains(&name);
    known && name != standard
}

/// An `iss` is compared with the one issuer that there is (RFC 9207 s2.4).
fn one_issuer(declaration: &Declaration, place: &Place, mistakes: &mut Mistakes) {
    if declaration.issuer.is_some() && declaration.dialect.callback_issuer.is_some() {
        let message = "`callback_issuer` stands in for `issuer`, which is declared; keep one";
        let (issuer, callback) = (Place::of("issuer"), place.inside("callback_issuer"));
        mistakes.conflict(&issuer, &callback, message);
    }
}

/// What an application has of the callback is none of what the library reads in it.
fn of_the_callback(key: &'static str, names: &[Text], place: &Place, mistakes: &mut Mistakes) {
    texts(key, names, place, mistakes);
    for (i, name) in names.iter().enumerate() {
        if names::CALLBACK_PARAMETERS.contains(&&**name) {
            let message =
                format!("`{name}` belongs to the protocol, which reads it itself; remove it");
            mistakes.push(place.inside(key).element(i), message);
        }
    }
}

/// A parameter of the callback is kept, or is handed over once.
fn kept_or_not(dialect: &Dialect, place: &Place, mistakes: &mut Mistakes) {
    for (i, name) in dialect.callback_once.iter().enumerate() {
        let kept = dialect.callback_params.iter().position(|kept| kept == name);
        let Some(kept) = kept.filter(|_| value::filled(name).is_ok()) else { continue };
        let message =
            format!("`{}` is in `callback_params` and in `callback_once`; keep one", brief(name));
        mistakes.push(place.inside("callback_params").element(kept), message.as_str());
        mistakes.push(place.inside("callback_once").element(i), message);
    }
}

/// The body of a GET has no meaning (RFC 9110 s9.3.1): its parameters are in the query.
fn a_get_has_no_body(dialect: &Dialect, place: &Place, mistakes: &mut Mistakes) {
    let get = dialect.token_request_method == TokenRequestMethod::Get;
    if get && dialect.token_request == TokenRequest::Json {
        let message = "`token_request_method = get` has no body; remove `token_request = json`";
        let (request, method) =
            (place.inside("token_request"), place.inside("token_request_method"));
        mistakes.conflict(&request, &method, message);
    }
}

/// A form holds no object, so nothing stands inside of one.
fn a_form_is_flat(dialect: &Dialect, place: &Place, mistakes: &mut Mistakes) {
    if dialect.token_response != TokenResponseFormat::Form {
        return;
    }
    let form = place.inside("token_response");
    if dialect.token_response_at.is_some() {
        let message = "`token_response = form` holds no object; remove `token_response_at`";
        mistakes.conflict(&form, &place.inside("token_response_at"), message);
    }
    for (key, at) in [
        ("access_token_at", &dialect.access_token_at),
        ("refresh_token_at", &dialect.refresh_token_at),
        ("expires_in_at", &dialect.expires_in_at),
        ("scope_at", &dialect.scope_at),
    ] {
        if at.as_deref().is_some_and(|at| at.matches('/').count() > 1) {
            let message = format!(
                "`token_response = form` holds no object; let `{key}` point to a field, as in `\"/name\"`"
            );
            mistakes.conflict(&form, &place.inside(key), &message);
        }
    }
}

/// The texts of a list are not empty, and each is given once.
fn texts(key: &'static str, texts: &[Text], place: &Place, mistakes: &mut Mistakes) {
    for (i, text) in texts.iter().enumerate() {
        let place = place.inside(key).element(i);
        if text.is_empty() {
            mistakes.push(place, format!("`{key}` holds an empty text; fill it or remove it"));
        } else if mistakes.value(place.clone(), key, value::filled(text)).is_some()
            && texts[..i].contains(text)
        {
            mistakes.doubled(place, text);
        }
    }
}

/// What the RFC says need not be said.
fn further(
    key: &'static str,
    texts: &[Text],
    standard: &str,
    is: fn(&str, &str) -> bool,
    place: &Place,
    mistakes: &mut Mistakes,
) {
    for (i, text) in texts.iter().enumerate() {
        if is(text, standard) {
            let message = format!("`{key}` adds to `{standard}`, which is always known; remove it");
            mistakes.push(place.inside(key).element(i), message);
        }
    }
}

/// An error is told by one value at one place.
fn error_when(dialect: &Dialect, reading: &Reading, place: &Place, mistakes: &mut Mistakes) {
    let Some(when) = &dialect.error_when else { return };
    let place = place.inside("error_when");
    let why = "it points to the value that tells an error, as in `at = \"/ok\"`";
    if required("at", &when.at, why, &place, reading, mistakes) {
        pointer("at", Some(&when.at), &place, mistakes);
    }
    let (is, is_not) = (place.inside("is"), place.inside("is_not"));
    match (&when.is, &when.is_not) {
        (Some(_), Some(_)) => {
            let message = "`error_when` takes `is` or `is_not`, and not both; keep one";
            mistakes.conflict(&is, &is_not, message);
        }
        (None, None) if !reading.unread(&place) && !reading.unread_inside(&place) => {
            let message = "`error_when` compares with a text; add `is = \"…\"` or `is_not = \"…\"`";
            mistakes.push(place.key(), message);
        }
        _ => {}
    }
}

/// A revocation request has an endpoint that it is sent to.
fn revocation_request(
    declaration: &Declaration,
    reading: &Reading,
    place: &Place,
    mistakes: &mut Mistakes,
) {
    let (key, endpoint) = ("revocation_request", "revocation_endpoint");
    let url = declaration.revocation_endpoint.as_ref();
    let given = declaration.dialect.revocation_request != RevocationRequest::Token;
    if given && !urls::has(endpoint, url, declaration, reading) {
        mistakes.push(place.inside(key).key(), sentence::without_endpoint(key, endpoint));
    }
}

/// A bearer token stands in `Authorization` behind one word, in the query under one name, or alone in another header.
fn bearer(declaration: &Declaration, place: &Place, mistakes: &mut Mistakes) {
    let dialect = &declaration.dialect;
    let (scheme, param) = (place.inside("bearer_scheme"), place.inside("access_token_param"));
    let header = place.inside("access_token_header");
    if let Some(word) = &dialect.bearer_scheme {
        mistakes.value(scheme.clone(), "bearer_scheme", value::scheme(word));
    }
    if let Some(name) = &dialect.access_token_param {
        mistakes.value(param.clone(), "access_token_param", value::filled(name));
    }
    if let Some(name) = &dialect.access_token_header {
        mistakes.value(header.clone(), "access_token_header", value::header(name));
    }
    if dialect.bearer_scheme.is_some() && dialect.access_token_param.is_some() {
        let message =
            "`access_token_param` leaves out the header that `bearer_scheme` is for; keep one";
        mistakes.conflict(&scheme, &param, message);
    }
    if dialect.bearer_scheme.is_some() && dialect.access_token_header.is_some() {
        let message =
            "`access_token_header` stands for the header that `bearer_scheme` is for; keep one";
        mistakes.conflict(&scheme, &header, message);
    }
    if dialect.access_token_param.is_some() && dialect.access_token_header.is_some() {
        let message =
            "`access_token_param` and `access_token_header` are two places for one token; keep one";
        mistakes.conflict(&param, &header, message);
    }
    let sent = |name: &Text| {
        declaration.headers.iter().position(|sent| sent.name.eq_ignore_ascii_case(name))
    };
    if let Some(name) = &dialect.access_token_header
        && let Some(at) = sent(name)
    {
        let other = Place::of("headers").entry(at, &declaration.headers[at].name);
        let message = "`access_token_header` is one of the `headers`; remove it from them";
        mistakes.conflict(&other, &header, message);
    }
}

/// What is said of the userinfo request needs an endpoint that says who the user is.
fn userinfo(declaration: &Declaration, reading: &Reading, place: &Place, mistakes: &mut Mistakes) {
    let dialect = &declaration.dialect;
    for (key, given) in [
        ("userinfo_request", dialect.userinfo_request != UserinfoRequest::Bearer),
        ("userinfo_params", !dialect.userinfo_params.is_empty()),
    ] {
        if given && !has_userinfo(declaration, reading) {
            let message = sentence::without_endpoint(key, "userinfo_endpoint");
            mistakes.push(place.inside(key).key(), message);
        }
    }
    let calls = declaration.api_base.is_some()
        || !declaration.api_origins.is_empty()
        || declaration.emails.is_some();
    let unread = ["api_base", "api_origins", "emails"].into_iter().map(Place::of);
    let calls = calls || unread.into_iter().any(|key| reading.unread(&key));
    let form = dialect.userinfo_request == UserinfoRequest::Form;
    for (key, given) in [
        ("access_token_param", dialect.access_token_param.is_some()),
        ("access_token_header", dialect.access_token_header.is_some()),
    ] {
        if form && given && !calls {
            let message = format!(
                "`userinfo_request = form` leaves no call for `{key}`; remove it or add `api_base`"
            );
            mistakes.conflict(&place.inside("userinfo_request"), &place.inside(key), &message);
        }
    }
}
