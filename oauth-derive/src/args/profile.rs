//! `profile(…)` and `emails(…)`: where the user's data stand.

use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::args::given::{self, Given};
use crate::args::keys::Keys;
use crate::args::list;
use crate::diag::{self, Diagnostics};
use crate::key;

/// `profile(…)` as it is written.
#[derive(Default)]
pub(crate) struct ProfileArgs {
    pub(crate) keys: Keys,
    pub(crate) subject: Option<Given<LitStr>>,
    pub(crate) name: Option<Given<LitStr>>,
    pub(crate) email: Option<Given<LitStr>>,
    pub(crate) email_verified: Option<Given<VerifiedArg>>,
    pub(crate) picture: Option<Given<LitStr>>,
}

/// `always`, `never` or a pointer.
pub(crate) enum VerifiedArg {
    Always,
    Never,
    At(LitStr),
}

/// `emails(…)` as it is written.
#[derive(Default)]
pub(crate) struct EmailsArgs {
    pub(crate) keys: Keys,
    pub(crate) endpoint: Option<Given<LitStr>>,
    pub(crate) address: Option<Given<LitStr>>,
    pub(crate) verified: Option<Given<LitStr>>,
    pub(crate) primary: Option<Given<LitStr>>,
}

/// Reads `(subject = "/id", …)`.
pub(crate) fn profile(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<ProfileArgs>> {
    let content = list::open(&key, input, "profile(subject = \"/id\")")?;
    let mut value = ProfileArgs::default();
    list::elements(&content, diagnostics, |input, _| value.entry(input));
    Ok(Given { key, value })
}

/// Reads `(endpoint = "…", address = "/email", …)`.
pub(crate) fn emails(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<EmailsArgs>> {
    let form = "emails(endpoint = \"https://…\", address = \"/email\")";
    let content = list::open(&key, input, form)?;
    let mut value = EmailsArgs::default();
    list::elements(&content, diagnostics, |input, _| value.entry(input));
    Ok(Given { key, value })
}

impl ProfileArgs {
    fn entry(&mut self, input: ParseStream) -> syn::Result<()> {
        let key = self.keys.read(input, "subject = \"/id\"")?;
        match key.to_string().as_str() {
            key::SUBJECT => self.subject = Some(given::text(key, input)?),
            key::NAME => self.name = Some(given::text(key, input)?),
            key::EMAIL => self.email = Some(given::text(key, input)?),
            key::EMAIL_VERIFIED => self.email_verified = Some(verified(key, input)?),
            key::PICTURE => self.picture = Some(given::text(key, input)?),
            _ => {
                let known = key::ALL_PROFILE;
                return Err(self.keys.unknown("`profile` key", &key, known, known));
            }
        }
        Ok(())
    }
}

impl EmailsArgs {
    fn entry(&mut self, input: ParseStream) -> syn::Result<()> {
        let key = self.keys.read(input, "address = \"/email\"")?;
        match key.to_string().as_str() {
            key::ENDPOINT => self.endpoint = Some(given::text(key, input)?),
            key::ADDRESS => self.address = Some(given::text(key, input)?),
            key::VERIFIED => self.verified = Some(given::text(key, input)?),
            key::PRIMARY => self.primary = Some(given::text(key, input)?),
            _ => {
                let known = key::ALL_EMAILS;
                return Err(self.keys.unknown("`emails` key", &key, known, known));
            }
        }
        Ok(())
    }
}

fn verified(key: Ident, input: ParseStream) -> syn::Result<Given<VerifiedArg>> {
    let (kind, form) = ("a pointer, `always` or `never`", "email_verified = always");
    given::equals(&key, input, kind, form)?;
    if input.peek(LitStr) {
        let value = VerifiedArg::At(input.parse()?);
        return Ok(Given { key, value });
    }
    let span = given::guilty(&key, input);
    let word = input.call(Ident::parse_any).map(|word| word.to_string());
    let value = match word.as_deref() {
        Ok(key::ALWAYS) => VerifiedArg::Always,
        Ok(key::NEVER) => VerifiedArg::Never,
        _ => return Err(diag::wrong_kind(span, key::EMAIL_VERIFIED, kind, form)),
    };
    Ok(Given { key, value })
}
