//! `offline(…)`: how one asks for a refresh token.

use oauth_declaration::Offline;
use proc_macro2::Ident;
use syn::parse::ParseStream;

use crate::args::entries;
use crate::args::entry::Entry;
use crate::args::given;
use crate::args::list;
use crate::args::params;
use crate::diag;
use crate::key;
use crate::notes::Notes;

/// What stands in the parentheses.
pub(crate) enum OfflineArg {
    /// The offline scope, as a variant of `scopes`.
    Scope(Ident),
    /// Anything else.
    Way(Offline),
}

/// Reads `(always)`, `(never)`, `(params(name = "value", …))` or `(scope = Variant)`. There is none where the mistake in
/// its only element has been noted.
pub(crate) fn offline(
    entry: &Entry,
    input: ParseStream,
    notes: &mut Notes,
) -> syn::Result<Option<OfflineArg>> {
    let content = list::open(entry, input, "offline(scope = OfflineAccess)")?;
    let mut ways = Vec::new();
    let example = "offline(always)";
    entries::entries(Some(&entry.place), &content, notes, example, |word, input, notes| {
        ways.push((word.key.clone(), way(word, input, notes)?));
        Ok(())
    });
    let several = ways.len() > 1;
    match ways.pop() {
        Some((word, _)) if several => {
            let message = "`offline` takes one way to ask; keep one";
            Err(syn::Error::new(word.span(), message))
        }
        way => Ok(way.map(|(_, way)| way)),
    }
}

fn way(word: &Entry, input: ParseStream, notes: &mut Notes) -> syn::Result<OfflineArg> {
    Ok(match word.name().as_str() {
        key::SCOPE => OfflineArg::Scope(variant(word, input)?),
        key::PARAMS => OfflineArg::Way(Offline::Params(params::params(word, input, notes)?)),
        key::ALWAYS => given::flag(word, input).map(|_| OfflineArg::Way(Offline::Always))?,
        key::NEVER => given::flag(word, input).map(|_| OfflineArg::Way(Offline::Never))?,
        _ => {
            let known = key::ALL_OFFLINE;
            return Err(word.unknown("`offline` word", known, known, notes));
        }
    })
}

fn variant(entry: &Entry, input: ParseStream) -> syn::Result<Ident> {
    let (kind, form) = ("a variant of `scopes`", "scope = OfflineAccess");
    given::equals(entry, input, kind, form)?;
    let span = entry.guilty(input);
    input.parse().map_err(|_| diag::wrong_kind(span, key::SCOPE, kind, form))
}
