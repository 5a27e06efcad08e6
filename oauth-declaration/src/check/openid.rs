//! Rules about what the dialect says of OpenID Connect: an issuer that many tenants share, and a logout.

use crate::auth_method::TokenEndpointAuthMethod;
use crate::check::params;
use crate::check::profile::required;
use crate::check::urls::{self, Urls};
use crate::declaration::{Declaration, PlaceholderKind};
use crate::mistake::Mistakes;
use crate::place::Place;
use crate::reading::Reading;
use crate::sentence::{self, short};
use crate::value;
use crate::value::url;

/// The tenants are those of the issuer; the template and the claim are REQUIRED.
pub(crate) fn tenant_issuer(
    declaration: &Declaration,
    reading: &Reading,
    urls: &Urls<'_>,
    mistakes: &mut Mistakes,
) {
    let Some(tenants) = &declaration.dialect.tenant_issuer else { return };
    let place = Place::of("dialect").inside("tenant_issuer");
    if declaration.issuer.is_none() && !reading.unread(&Place::of("issuer")) {
        let message = "`tenant_issuer` says who the tenants of `issuer` are; add that key";
        mistakes.push(place.key(), message);
    }
    let why = "it is the `iss` of an ID token, as in `template = \"https://…/{tenantid}\"`";
    if required("template", &tenants.template, why, &place, reading, mistakes) {
        template(declaration, &tenants.template, place.inside("template"), urls, mistakes);
    }
    let why = "it names the tenant in an ID token, as in `claim = \"tid\"`";
    if required("claim", &tenants.claim, why, &place, reading, mistakes) {
        mistakes.value(place.inside("claim"), "claim", value::claim(&tenants.claim));
    }
}

/// The template has one segment for the tenant, and is of the issuer's origin, so that nobody else's `iss` fits it. Its
/// placeholder is none of the struct's.
fn template(
    declaration: &Declaration,
    template: &str,
    place: Place,
    urls: &Urls<'_>,
    mistakes: &mut Mistakes,
) {
    let origin = mistakes.value(place.clone(), "template", url::of_tenants(template));
    let expected = declaration.issuer.as_deref().zip(urls.read_of("issuer"));
    let expected = expected.and_then(|(issuer, template)| {
        let filled = template.slots.iter().any(|slot| slot.kind == PlaceholderKind::Host);
        issuer.strip_suffix(template.tail).filter(|_| !filled)
    });
    if let (Some(origin), Some(expected)) = (origin, expected)
        && origin != expected
    {
        let expected = short(expected);
        let message =
            format!("`template` is of another origin than `issuer`; expected `{expected}`");
        mistakes.push(place, message);
    }
}

/// What is said of ID tokens needs an issuer of them; one that the secret signs needs a secret.
pub(crate) fn id_token(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let (dialect, place) = (&declaration.dialect, Place::of("dialect"));
    if dialect.missing_id_token && declaration.issuer.is_some() {
        let message = "`missing_id_token` leaves nothing for `issuer` to sign; keep one";
        mistakes.conflict(&Place::of("issuer"), &place.inside("missing_id_token"), message);
    }
    let by_secret = ("secret_signs_id_token", dialect.secret_signs_id_token);
    for (key, given) in [("missing_nonce", dialect.missing_nonce), by_secret] {
        let issuer = declaration.issuer.is_some() || reading.unread(&Place::of("issuer"));
        if given && !issuer {
            let message = format!("`{key}` says what the ID tokens of `issuer` are; add that key");
            mistakes.push(place.inside(key).key(), message);
        }
    }
    let has_secret = !matches!(
        declaration.token_endpoint_auth_method,
        TokenEndpointAuthMethod::None | TokenEndpointAuthMethod::PrivateKeyJwt
    );
    if dialect.secret_signs_id_token && (!has_secret || dialect.signed_client_secret) {
        let (word, _) = by_secret;
        let message =
            "`secret_signs_id_token` needs a secret that both sides know; the client has none";
        mistakes.push(place.inside(word).key(), message);
    }
}

/// The word about a logout at the provider: where the browser comes back gets a name of its own there.
pub(crate) fn logout(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let (key, endpoint) = ("post_logout_redirect_uri_param", "end_session_endpoint");
    let (dialect, place) = (&declaration.dialect, Place::of("dialect").inside(key));
    let Some(name) = dialect.post_logout_redirect_uri_param.as_deref() else { return };
    if mistakes.value(place.clone(), key, value::filled(name)).is_some()
        && params::owned_of_a_logout(dialect).any(|owned| owned == name)
    {
        mistakes.push(place.clone(), sentence::another_parameter(key, name));
    }
    let url = declaration.end_session_endpoint.as_ref();
    if !urls::has(endpoint, url, declaration, reading) {
        mistakes.push(place.key(), sentence::without_endpoint(key, endpoint));
    }
}
