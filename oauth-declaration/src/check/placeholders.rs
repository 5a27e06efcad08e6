//! Rules about the placeholders of the URLs.

use crate::check::urls::{Url, Urls};
use crate::declaration::{Declaration, Placeholder, PlaceholderKind};
use crate::mistake::Mistakes;
use crate::place::Place;
use crate::reading::Reading;
use crate::sentence::{brief, curt};
use crate::value;
use crate::value::url::Slot;

/// Placeholders and fields bind by name, both ways, and a field stands where its type allows it.
pub(crate) fn placeholders(
    declaration: &Declaration,
    reading: &Reading,
    urls: &Urls<'_>,
    mistakes: &mut Mistakes,
) {
    if reading.no_fields {
        return;
    }
    for url in &urls.read {
        for slot in &url.template.slots {
            has_field(declaration, reading, url, slot, mistakes);
        }
    }
    for (i, placeholder) in declaration.placeholders.iter().enumerate() {
        let place = Place::of("placeholders").element(i);
        let before = &declaration.placeholders[..i];
        if before.iter().any(|other| other.name == placeholder.name) {
            mistakes.doubled(place.inside("name"), &placeholder.name);
            continue;
        }
        match uses(&placeholder.name, urls).as_slice() {
            [] if urls.incomplete => {}
            [] => unused(placeholder, reading, &place, mistakes),
            uses => stands_where_it_may(placeholder, reading, &place, uses, mistakes),
        }
        default_fits(placeholder, &place, mistakes);
    }
}

/// A placeholder has a field of its name.
fn has_field(
    declaration: &Declaration,
    reading: &Reading,
    url: &Url<'_>,
    slot: &Slot<'_>,
    mistakes: &mut Mistakes,
) {
    let Slot { name, kind } = *slot;
    let declared = declaration.placeholders.iter().any(|placeholder| placeholder.name == name);
    if declared || reading.strange_fields.iter().any(|field| field == name) {
        return;
    }
    let (key, name) = (url.key, curt(name));
    let message = match &reading.item {
        Some(item) => {
            let (kind, item) = (kind.type_name(), curt(item));
            format!("`{{{name}}}` in `{key}` has no field; add `{name}: {kind}` to `{item}`")
        }
        None => {
            let kind = kind.word();
            format!(
                "`{{{name}}}` in `{key}` is not declared; add the {kind} `{name}` to `placeholders`"
            )
        }
    };
    mistakes.push(url.place.clone(), message);
}

/// A field is a placeholder of at least one URL.
fn unused(placeholder: &Placeholder, reading: &Reading, place: &Place, mistakes: &mut Mistakes) {
    let name = brief(&placeholder.name);
    let what = if reading.item.is_some() { "field" } else { "placeholder" };
    let message =
        format!("the {what} `{name}` stands in no URL; write `{{{name}}}` in one or remove it");
    mistakes.push(place.inside("name"), message);
}

/// A `Host` is a whole authority, a `Segment` stands in the path, a `Value` in the query.
///
/// Where every URL disagrees with the type, the type is the mistake; else the URLs that disagree are.
fn stands_where_it_may(
    placeholder: &Placeholder,
    reading: &Reading,
    place: &Place,
    uses: &[(&Url<'_>, PlaceholderKind)],
    mistakes: &mut Mistakes,
) {
    let wrong: Vec<_> = uses.iter().filter(|(_, kind)| *kind != placeholder.kind).collect();
    let name = brief(&placeholder.name);
    let message = |url: &Url<'_>, expected: PlaceholderKind| {
        let (key, where_it_stands) = (url.key, position(expected));
        let (expected, found) = (reading.kind(expected), reading.kind(placeholder.kind));
        format!(
            "`{{{name}}}` in `{key}` is {where_it_stands}; expected `{expected}`, found `{found}`"
        )
    };
    match wrong.first() {
        Some((url, expected)) if wrong.len() == uses.len() => {
            mistakes.push(place.inside("kind"), message(url, *expected));
        }
        _ => {
            for (url, expected) in wrong {
                mistakes.push(url.place.clone(), message(url, *expected));
            }
        }
    }
}

/// A default is a value that the application could have given.
fn default_fits(placeholder: &Placeholder, place: &Place, mistakes: &mut Mistakes) {
    let Some(default) = &placeholder.default else { return };
    if let Err(expected) = value::parameter(placeholder.kind, default) {
        let (name, found) = (brief(&placeholder.name), brief(default));
        let found = if found.is_empty() { found } else { format!(", found `{found}`") };
        let message = format!("the default of `{name}` must be {expected}{found}");
        mistakes.push(place.inside("default"), message);
    }
}

fn uses<'a, 'u>(name: &str, urls: &'u Urls<'a>) -> Vec<(&'u Url<'a>, PlaceholderKind)> {
    urls.read
        .iter()
        .flat_map(|url| url.template.slots.iter().map(move |slot| (url, slot)))
        .filter(|(_, slot)| slot.name == name)
        .map(|(url, slot)| (url, slot.kind))
        .collect()
}

/// How a sentence calls the place where a placeholder of a kind stands.
fn position(kind: PlaceholderKind) -> &'static str {
    match kind {
        PlaceholderKind::Host => "the host",
        PlaceholderKind::Segment => "in the path",
        PlaceholderKind::Value => "in the query",
    }
}
