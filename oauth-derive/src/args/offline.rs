//! `offline(…)`: how one asks for a refresh token.

use proc_macro2::Ident;
use syn::parse::ParseStream;

use crate::args::given::{self, Given};
use crate::args::keys::Keys;
use crate::args::list;
use crate::args::params::{self, ParamArg};
use crate::diag::{self, Diagnostics};
use crate::key;

/// What stands in the parentheses.
pub(crate) enum OfflineArg {
    Always,
    Never,
    Params(Vec<ParamArg>),
    Scope(Ident),
}

/// Reads `(always)`, `(never)`, `(params(name = "value", …))` or `(scope = Variant)`.
pub(crate) fn offline(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<OfflineArg>> {
    let content = list::open(&key, input, "offline(scope = OfflineAccess)")?;
    let mut ways = Vec::new();
    list::elements(&content, diagnostics, |input, diagnostics| {
        ways.push(way(input, diagnostics)?);
        Ok(())
    });
    let several = ways.len() > 1;
    match ways.pop() {
        Some((word, _)) if several => {
            let message = "`offline` takes one way to ask; keep one";
            Err(syn::Error::new(word.span(), message))
        }
        Some((_, value)) => Ok(Given { key, value }),
        // The mistake in its only element has been noted: nothing more is said.
        None => Ok(Given { key, value: OfflineArg::Never }),
    }
}

fn way(input: ParseStream, diagnostics: &mut Diagnostics) -> syn::Result<(Ident, OfflineArg)> {
    let word = Keys::default().read(input, "offline(always)")?;
    let value = match word.to_string().as_str() {
        key::SCOPE => OfflineArg::Scope(variant(&word, input)?),
        key::PARAMS => OfflineArg::Params(params::params(word.clone(), input, diagnostics)?.value),
        key::ALWAYS => OfflineArg::Always,
        key::NEVER => OfflineArg::Never,
        _ => {
            let known = key::ALL_OFFLINE;
            return Err(diag::unknown("`offline` word", &word, known, known));
        }
    };
    Ok((word, value))
}

fn variant(key: &Ident, input: ParseStream) -> syn::Result<Ident> {
    let (kind, form) = ("a variant of `scopes`", "scope = OfflineAccess");
    given::equals(key, input, kind, form)?;
    let span = given::guilty(key, input);
    input.parse().map_err(|_| diag::wrong_kind(span, "scope", kind, form))
}
