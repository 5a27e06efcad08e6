//! What stands ahead in the source, before it is read.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, token};

/// Whether an entry or an element with a doc comment begins here, beyond doubt.
pub(crate) fn begins(input: ParseStream) -> bool {
    let name = input.peek(Ident::peek_any) || input.peek(LitStr);
    let list = input.peek2(token::Paren) || input.peek2(token::Brace);
    let value = input.peek2(Token![=]) || input.peek2(Token![:]);
    input.peek(Token![#]) || (name && (list || value))
}

/// Where what follows a `name` should stand: the next token, or the name if there is none.
pub(crate) fn guilty(input: ParseStream, name: Span) -> Span {
    match input.is_empty() || input.peek(Token![,]) {
        true => name,
        false => input.span(),
    }
}
