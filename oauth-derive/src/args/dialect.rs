//! `dialect(…)`: the named departures from the RFC.

use proc_macro2::Ident;
use syn::LitStr;
use syn::parse::ParseStream;

use crate::args::given::{self, Given};
use crate::args::keys::Keys;
use crate::args::list;
use crate::diag::Diagnostics;
use crate::key;

/// `dialect(…)` as it is written, one field a word.
#[derive(Default)]
pub(crate) struct DialectArgs {
    keys: Keys,
    pub(crate) callback_issuer: Option<Given<LitStr>>,
    pub(crate) refresh_endpoint: Option<Given<LitStr>>,
    /// A word without a value: it is there or not.
    pub(crate) refresh_keeps: bool,
}

/// Reads `(word = value, …)`.
pub(crate) fn dialect(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<DialectArgs>> {
    let content = list::open(&key, input, "dialect(callback_issuer = \"https://…\")")?;
    let mut value = DialectArgs::default();
    list::elements(&content, diagnostics, |input, _| value.entry(input));
    Ok(Given { key, value })
}

impl DialectArgs {
    fn entry(&mut self, input: ParseStream) -> syn::Result<()> {
        let key = self.keys.read(input, "callback_issuer = \"https://…\"")?;
        match key.to_string().as_str() {
            key::CALLBACK_ISSUER => self.callback_issuer = Some(given::text(key, input)?),
            key::REFRESH_ENDPOINT => self.refresh_endpoint = Some(given::text(key, input)?),
            key::REFRESH_KEEPS => self.refresh_keeps = given::flag(&key, input)?,
            _ => {
                let known = key::ALL_DIALECT;
                return Err(self.keys.unknown("dialect word", &key, known, known));
            }
        }
        Ok(())
    }
}
