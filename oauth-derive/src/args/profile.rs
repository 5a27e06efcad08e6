//! `profile(…)` and `emails(…)`: where the user's data stand.

use oauth_declaration::{EmailVerified, EmailsCall, ProfilePointers, Text};
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use proc_macro2::Ident;

use crate::args::entries;
use crate::args::entry::Entry;
use crate::args::given;
use crate::args::list;
use crate::diag;
use crate::key;
use crate::notes::Notes;

/// Reads `(subject = "/id", …)`.
pub(crate) fn profile(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<ProfilePointers> {
    let content = list::open(entry, input, "profile(subject = \"/id\")")?;
    let mut of = ProfilePointers {
        subject: Text::default(),
        name: None,
        email: None,
        email_verified: EmailVerified::Never,
        picture: None,
    };
    let example = "subject = \"/id\"";
    entries::entries(Some(&entry.place), &content, notes, example, |entry, input, notes| {
        match entry.name().as_str() {
            key::SUBJECT => of.subject = given::text(entry, input, notes)?,
            key::NAME => of.name = Some(given::text(entry, input, notes)?),
            key::EMAIL => of.email = Some(given::text(entry, input, notes)?),
            key::EMAIL_VERIFIED => of.email_verified = verified(entry, input, notes)?,
            key::PICTURE => of.picture = Some(given::text(entry, input, notes)?),
            _ => {
                let known = key::ALL_PROFILE;
                return Err(entry.unknown("`profile` key", known, known, notes));
            }
        }
        Ok(())
    });
    Ok(of)
}

/// Reads `(endpoint = "…", address = "/email", …)`.
pub(crate) fn emails(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<EmailsCall> {
    let form = "emails(endpoint = \"https://…\", address = \"/email\")";
    let content = list::open(entry, input, form)?;
    let mut of = EmailsCall {
        endpoint: Text::default(),
        address: Text::default(),
        verified: None,
        primary: None,
    };
    let example = "address = \"/email\"";
    entries::entries(Some(&entry.place), &content, notes, example, |entry, input, notes| {
        match entry.name().as_str() {
            key::ENDPOINT => of.endpoint = given::text(entry, input, notes)?,
            key::ADDRESS => of.address = given::text(entry, input, notes)?,
            key::VERIFIED => of.verified = Some(given::text(entry, input, notes)?),
            key::PRIMARY => of.primary = Some(given::text(entry, input, notes)?),
            _ => {
                let known = key::ALL_EMAILS;
                return Err(entry.unknown("`emails` key", known, known, notes));
            }
        }
        Ok(())
    });
    Ok(of)
}

/// Reads `= "/pointer"`, `= always` or `= never`.
fn verified(entry: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<EmailVerified> {
    let (kind, form) = ("a pointer, `always` or `never`", "email_verified = always");
    given::equals(entry, input, kind, form)?;
    let span = entry.guilty(input);
    notes.spans.put(entry.place.clone(), span);
    if input.peek(LitStr) {
        return Ok(EmailVerified::At(input.parse::<LitStr>()?.value().into()));
    }
    let word = input.call(Ident::parse_any).map(|word| word.to_string());
    match word.as_deref() {
        Ok(key::ALWAYS) => Ok(EmailVerified::Always),
        Ok(key::NEVER) => Ok(EmailVerified::Never),
        _ => Err(diag::wrong_kind(span, key::EMAIL_VERIFIED, kind, form)),
    }
}
