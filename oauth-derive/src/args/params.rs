//! `authorization_params(key = "value", …)`, `headers("Name" = "value", …)`: names and values.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use crate::args::given::Given;
use crate::args::list;
use crate::diag::{self, Diagnostics};

/// A name, which is an identifier or a string, and its value.
pub(crate) struct ParamArg {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: LitStr,
}

/// Reads `(name = "value", …)`; a name is taken as it is spelt.
pub(crate) fn params(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<Vec<ParamArg>>> {
    read(key, input, diagnostics, "prompt = \"consent\"", |name| name)
}

/// Reads `(name = "value", …)`; in an identifier, `_` stands for `-`.
pub(crate) fn headers(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
) -> syn::Result<Given<Vec<ParamArg>>> {
    let hyphens = |name: String| name.replace('_', "-");
    read(key, input, diagnostics, "\"User-Agent\" = \"acme\"", hyphens)
}

fn read(
    key: Ident,
    input: ParseStream,
    diagnostics: &mut Diagnostics,
    example: &str,
    respell: fn(String) -> String,
) -> syn::Result<Given<Vec<ParamArg>>> {
    let content = list::open(&key, input, &format!("{key}({example})"))?;
    let mut value = Vec::new();
    list::elements(&content, diagnostics, |input, _| {
        let param = param(input, respell).map_err(|error| {
            let kind = "names and strings";
            diag::wrong_kind(error.span(), &key.to_string(), kind, example)
        })?;
        value.push(param);
        Ok(())
    });
    Ok(Given { key, value })
}

fn param(input: ParseStream, respell: fn(String) -> String) -> syn::Result<ParamArg> {
    let name_span = input.span();
    let name = if input.peek(LitStr) {
        input.parse::<LitStr>()?.value()
    } else {
        respell(input.call(Ident::parse_any)?.unraw().to_string())
    };
    input.parse::<Token![=]>()?;
    let value = input.parse()?;
    Ok(ParamArg { name, name_span, value })
}
