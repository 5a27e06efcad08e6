//! Rules about `profile` and `emails`: where the user's data stand.

use crate::check::urls::{self, Urls};
use crate::declaration::{Declaration, EmailVerified};
use crate::mistake::Mistakes;
use crate::place::Place;
use crate::reading::Reading;
use crate::text::Text;
use crate::{sentence, value};

/// A profile is read by JSON pointers, from the userinfo answer or, where there is none, from the claims of the ID token
/// that an issuer signs; the subject is REQUIRED.
pub(crate) fn profile(declaration: &Declaration, reading: &Reading, mistakes: &mut Mistakes) {
    let Some(profile) = &declaration.profile else { return };
    let place = Place::of("profile");
    if declaration.issuer.is_none() && !has_userinfo(declaration, reading) {
        let message = "`profile` reads the answer of `userinfo_endpoint`, or an ID token; add that key or `issuer`";
        mistakes.push(place.key(), message);
    }
    let why = "it is the user's identifier, as in `profile(subject = \"/id\")`";
    if required("subject", &profile.subject, why, &place, reading, mistakes) {
        pointer("subject", Some(&profile.subject), &place, mistakes);
    }
    pointer("name", profile.name.as_ref(), &place, mistakes);
    pointer("email", profile.email.as_ref(), &place, mistakes);
    if let EmailVerified::At(at) = &profile.email_verified {
        pointer("email_verified", Some(at), &place, mistakes);
    }
    pointer("picture", profile.picture.as_ref(), &place, mistakes);
}

/// Whether there is an endpoint that says who the user is.
pub(crate) fn has_userinfo(declaration: &Declaration, reading: &Reading) -> bool {
    let url = declaration.userinfo_endpoint.as_ref();
    urls::has("userinfo_endpoint", url, declaration, reading)
}

/// The second call completes a profile; its endpoint and the pointer to the address are REQUIRED.
pub(crate) fn emails<'a>(
    declaration: &'a Declaration,
    reading: &Reading,
    urls: &mut Urls<'a>,
    mistakes: &mut Mistakes,
) {
    let Some(emails) = &declaration.emails else { return };
    let place = Place::of("emails");
    if declaration.profile.is_none() && !reading.unread(&Place::of("profile")) {
        let message = "`emails` completes a profile; add `profile(subject = \"/…\")`";
        mistakes.push(place.key(), message);
    }
    let why = "it is where the list of addresses comes from";
    let endpoint = required("endpoint", &emails.endpoint, why, &place, reading, mistakes);
    let why = "it points to the address in an element of the list";
    let address = required("address", &emails.address, why, &place, reading, mistakes);
    if endpoint {
        urls.url("endpoint", place.inside("endpoint"), &emails.endpoint, mistakes);
    }
    if address {
        pointer("address", Some(&emails.address), &place, mistakes);
    }
    pointer("verified", emails.verified.as_ref(), &place, mistakes);
    pointer("primary", emails.primary.as_ref(), &place, mistakes);
}

/// Whether a REQUIRED text stands there.
pub(crate) fn required(
    key: &'static str,
    text: &str,
    why: &str,
    owner: &Place,
    reading: &Reading,
    mistakes: &mut Mistakes,
) -> bool {
    let place = owner.inside(key);
    if text.is_empty() && !reading.unread(&place) {
        mistakes.push(place, sentence::missing(key, why));
    }
    !text.is_empty()
}

/// A JSON pointer that may be left out.
pub(crate) fn pointer(
    key: &'static str,
    pointer: Option<&Text>,
    owner: &Place,
    mistakes: &mut Mistakes,
) {
    if let Some(pointer) = pointer {
        mistakes.value(owner.inside(key), key, value::json_pointer(pointer));
    }
}
