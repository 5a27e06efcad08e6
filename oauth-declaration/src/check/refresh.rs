//! Rules about what the dialect says of a refresh.

use crate::check::dialect::is_another;
use crate::check::params::{self, Request};
use crate::check::urls::Urls;
use crate::declaration::{Declaration, Offline};
use crate::dialect::Dialect;
use crate::mistake::Mistakes;
use crate::names;
use crate::place::Place;
use crate::reading::Reading;
use crate::sentence;
use crate::source::OF_A_TOKEN_REQUEST;
use crate::value;

/// The words about a refresh.
pub(crate) fn refresh<'a>(
    declaration: &'a Declaration,
    reading: &Reading,
    urls: &mut Urls<'a>,
    mistakes: &mut Mistakes,
) {
    let (dialect, place) = (&declaration.dialect, Place::of("dialect"));
    let key = "refresh_endpoint";
    urls.optional(key, place.inside(key), dialect.refresh_endpoint.as_ref(), mistakes);
    let request = Request {
        key: "refresh_params",
        place: place.inside("refresh_params"),
        params: &dialect.refresh_params,
        owned: params::owned(declaration, names::REFRESH_PARAMETERS),
        sources: OF_A_TOKEN_REQUEST,
    };
    request.check(declaration, reading, mistakes);
    if let Some(grant_type) = &dialect.refresh_grant_type {
        let key = "refresh_grant_type";
        mistakes.value(place.inside(key), key, value::filled(grant_type));
    }
    refresh_token_param(dialect, &place, mistakes);
    one_token(dialect, &place, mistakes);
    there_is_a_refresh(declaration, &place, mistakes);
}

/// The refresh token gets a name of its own among the parameters of a refresh.
fn refresh_token_param(dialect: &Dialect, place: &Place, mistakes: &mut Mistakes) {
    let (key, Some(name)) = ("refresh_token_param", dialect.refresh_token_param.as_deref()) else {
        return;
    };
    let place = place.inside(key);
    let renamed = [dialect.client_id_param.as_deref(), dialect.client_secret_param.as_deref()];
    if mistakes.value(place.clone(), key, value::filled(name)).is_some()
        && (is_another(name, "refresh_token") || renamed.contains(&Some(name)))
    {
        mistakes.push(place, sentence::another_parameter(key, name));
    }
}

/// Where the access token is presented in its place, there is no refresh token to be found.
fn one_token(dialect: &Dialect, place: &Place, mistakes: &mut Mistakes) {
    if dialect.refresh_from_access_token && dialect.refresh_token_at.is_some() {
        let message = "`refresh_from_access_token` says that there is no refresh token; remove `refresh_token_at`";
        let (at, from) =
            (place.inside("refresh_token_at"), place.inside("refresh_from_access_token"));
        mistakes.conflict(&at, &from, message);
    }
}

/// Nothing is said of a refresh that there is not.
fn there_is_a_refresh(declaration: &Declaration, place: &Place, mistakes: &mut Mistakes) {
    if declaration.offline != Offline::Never {
        return;
    }
    let dialect = &declaration.dialect;
    let mut told = false;
    for (key, given) in [
        ("refresh_token_at", dialect.refresh_token_at.is_some()),
        ("refresh_endpoint", dialect.refresh_endpoint.is_some()),
        ("refresh_params", !dialect.refresh_params.is_empty()),
        ("refresh_auth_method", dialect.refresh_auth_method.is_some()),
        ("refresh_grant_type", dialect.refresh_grant_type.is_some()),
        ("refresh_token_param", dialect.refresh_token_param.is_some()),
        ("refresh_from_access_token", dialect.refresh_from_access_token),
        ("refresh_keeps", dialect.refresh_keeps),
        ("refresh_when_expired", dialect.refresh_when_expired),
    ] {
        if given {
            let message = format!(
                "`{key}` speaks of a refresh token, and `offline(never)` says that there is none; keep one"
            );
            // Whatever is said of it, `offline` is one key to change.
            if !told {
                mistakes.push(Place::of("offline").key(), message.as_str());
            }
            told = true;
            mistakes.push(place.inside(key).key(), message);
        }
    }
}
