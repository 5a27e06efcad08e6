//! What stands ahead in the source, before it is read.

use proc_macro2::Span;
use syn::Token;
use syn::parse::ParseStream;

/// Where what follows a `name` should stand: the next token, or the name if there is none.
pub(crate) fn guilty(input: ParseStream, name: Span) -> Span {
    match input.is_empty() || input.peek(Token![,]) {
        true => name,
        false => input.span(),
    }
}
