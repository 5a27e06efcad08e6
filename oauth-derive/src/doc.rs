//! The text of doc comments, read and written.

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

/// A value as code: in a fence that it does not hold, on one line.
pub(crate) fn code(value: &str) -> String {
    let shown = |letter: char| match letter.is_control() {
        true => letter.escape_unicode().to_string(),
        false => letter.to_string(),
    };
    let value: String = value.chars().map(shown).collect();
    let longest = value.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let edge = value.is_empty() || value.starts_with(['`', ' ']) || value.ends_with(['`', ' ']);
    let space = if edge { " " } else { "" };
    format!("{fence}{space}{value}{space}{fence}")
}

/// A value as code that may stand in a cell of a table.
pub(crate) fn cell(value: &str) -> String {
    code(value).replace('|', "\\|")
}
