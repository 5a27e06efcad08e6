//! Rules about `profile` and `emails`: where the user's data stand.

use proc_macro2::Ident;
use syn::LitStr;

use crate::args::Args;
use crate::args::given::Given;
use crate::args::keys::Keys;
use crate::args::profile::VerifiedArg;
use crate::check::urls::Urls;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::model::{EmailVerified, Emails, Profile};
use crate::value;

/// A profile is read from the userinfo answer, by JSON pointers; the subject is REQUIRED.
pub(crate) fn profile(args: &Args, d: &mut Diagnostics) -> Option<Profile> {
    let given = args.profile.as_ref()?;
    if !args.keys.has(key::USERINFO_ENDPOINT) {
        let message = "`profile` reads the answer of `userinfo_endpoint`; add that key";
        d.push(syn::Error::new(given.key.span(), message));
    }
    let why = "it is the user's identifier, as in `profile(subject = \"/id\")`";
    required(&given.key, &given.value.keys, key::SUBJECT, why, d);
    let profile = &given.value;
    let subject = pointer(key::SUBJECT, profile.subject.as_ref(), d);
    let name = pointer(key::NAME, profile.name.as_ref(), d);
    let email = pointer(key::EMAIL, profile.email.as_ref(), d);
    let email_verified = match profile.email_verified.as_ref().map(|given| &given.value) {
        Some(VerifiedArg::Always) => EmailVerified::Always,
        Some(VerifiedArg::At(literal)) => d
            .ok(value::json_pointer(key::EMAIL_VERIFIED, literal))
            .map_or(EmailVerified::Never, EmailVerified::At),
        Some(VerifiedArg::Never) | None => EmailVerified::Never,
    };
    let picture = pointer(key::PICTURE, profile.picture.as_ref(), d);
    Some(Profile { subject: subject?, name, email, email_verified, picture })
}

/// The second call completes a profile; its endpoint and the pointer to the address are REQUIRED.
pub(crate) fn emails(args: &Args, urls: &mut Urls, d: &mut Diagnostics) -> Option<Emails> {
    let given = args.emails.as_ref()?;
    if !args.keys.has(key::PROFILE) {
        let message = "`emails` completes a profile; add `profile(subject = \"/…\")`";
        d.push(syn::Error::new(given.key.span(), message));
    }
    let why = "it is where the list of addresses comes from";
    required(&given.key, &given.value.keys, key::ENDPOINT, why, d);
    let why = "it points to the address in an element of the list";
    required(&given.key, &given.value.keys, key::ADDRESS, why, d);
    let emails = &given.value;
    let endpoint = urls.given(key::ENDPOINT, emails.endpoint.as_ref(), d);
    let address = pointer(key::ADDRESS, emails.address.as_ref(), d);
    let verified = pointer(key::VERIFIED, emails.verified.as_ref(), d);
    let primary = pointer(key::PRIMARY, emails.primary.as_ref(), d);
    Some(Emails { endpoint: endpoint?, address: address?, verified, primary })
}

fn required(owner: &Ident, given: &Keys, key: &str, why: &str, diagnostics: &mut Diagnostics) {
    if !given.has(key) {
        diagnostics.push(diag::missing(owner.span(), key, why));
    }
}

fn pointer(
    key: &str,
    given: Option<&Given<LitStr>>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    diagnostics.ok(value::json_pointer(key, &given?.value))
}
