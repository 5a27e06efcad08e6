//! The entries of one pair of parentheses.

use oauth_declaration::Place;
use syn::parse::ParseStream;

use crate::args::entry::{self, Entry};
use crate::args::list;
use crate::notes::Notes;

/// Reads entries up to the end of `input`; `example` is shown where no key stands.
pub(crate) fn entries(
    owner: Option<&Place>,
    input: ParseStream,
    notes: &mut Notes,
    example: &str,
    mut read: impl FnMut(&Entry, ParseStream, &mut Notes) -> syn::Result<()>,
) {
    let mut written = Vec::new();
    let skipped = list::elements(input, notes, |input, notes| {
        let entry = Entry::read(owner, input, &mut written, example, notes)?;
        let (mistakes, unread) = (notes.diagnostics.len(), notes.all_unread().len());
        notes.spans.put(entry.place.key(), entry.key.span());
        let result = read(&entry, input, notes);
        // A mistake of an entry inside has been noted there; one of an element makes its list incomplete.
        let inside = notes.all_unread().len() > unread;
        if result.is_err() || (notes.diagnostics.len() > mistakes && !inside) {
            notes.unread(entry.place.clone());
        }
        result
    });
    for key in skipped {
        notes.unread(entry::place(owner, key));
    }
}
