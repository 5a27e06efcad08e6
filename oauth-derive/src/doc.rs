//! The text of doc comments, read and written.

use oauth_declaration::code;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The lines of the doc comments among `attrs`, joined; empty if there are none.
pub(crate) fn text(attrs: &[Attribute]) -> String {
    let lines: Vec<String> = attrs.iter().filter_map(line).collect();
    lines.join("\n").trim().to_owned()
}

fn line(attr: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attr.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if meta.path.is_ident("doc") => {
            let text = text.value();
            Some(text.strip_prefix(' ').unwrap_or(&text).trim_end().to_owned())
        }
        _ => None,
    }
}

/// A value as code that may stand in a cell of a table.
pub(crate) fn cell(value: &str) -> String {
    code(value).replace('|', "\\|")
}
