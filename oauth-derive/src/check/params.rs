//! Rules about constant parameters and headers.

use std::collections::HashSet;

use crate::args::params::ParamArg;
use crate::diag::{self, Diagnostics};
use crate::key;
use crate::model::Param;
use crate::value;

/// A parameter is given once, and the protocol's own ones are not given at all.
pub(crate) fn params(given: &[ParamArg], diagnostics: &mut Diagnostics) -> Vec<Param> {
    let mut seen = HashSet::new();
    for param in given {
        if param.name.is_empty() {
            let message = "a parameter has a name; remove it";
            diagnostics.push(syn::Error::new(param.name_span, message));
        } else if key::OF_THE_PROTOCOL.contains(&param.name.as_str()) {
            diagnostics.push(diag::owned(param.name_span, &param.name));
        } else if !seen.insert(&param.name) {
            diagnostics.push(diag::doubled(param.name_span, &param.name));
        }
    }
    given
        .iter()
        .map(|param| Param { name: param.name.clone(), value: param.value.value() })
        .collect()
}

/// A header is one line of visible ASCII, given once; the library's own ones are not given at all.
pub(crate) fn headers(given: &[ParamArg], diagnostics: &mut Diagnostics) -> Vec<Param> {
    let mut seen = HashSet::new();
    let mut headers = Vec::new();
    for header in given {
        let lower = header.name.to_ascii_lowercase();
        if key::HEADERS_OF_THE_PROTOCOL.contains(&lower.as_str()) {
            diagnostics.push(diag::owned(header.name_span, &header.name));
        } else if !seen.insert(lower) {
            diagnostics.push(diag::doubled(header.name_span, &header.name));
        }
        let name = diagnostics.ok(value::header_name(&header.name, header.name_span));
        let value = diagnostics.ok(value::header_value(&header.name, &header.value));
        if let (Some(name), Some(value)) = (name, value) {
            headers.push(Param { name, value });
        }
    }
    headers
}
