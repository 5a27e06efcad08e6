//! The one look of a declaration: each file of the catalogue says the same things in the same places, and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::catalogue::complete::named;
use crate::catalogue::facts::facts;
use crate::sources;

const VOCABULARY: &str = include_str!("../../../../oauth-derive/src/key.rs");
const CATALOGUE: &str = include_str!("../../../../providers/src/catalogue/mod.rs");

/// The keys of the attribute, in the order of its reference.
fn keys() -> Vec<&'static str> {
    let (_, all) = VOCABULARY.split_once("pub(crate) const ALL: &[&str] = &[").unwrap();
    let (all, _) = all.split_once("];").unwrap();
    let value = |constant: &str| {
        let (_, rest) = VOCABULARY.split_once(&format!("const {constant}: &str =")).unwrap();
        rest.split('"').nth(1).unwrap()
    };
    all.split(',').map(str::trim).filter(|constant| !constant.is_empty()).map(value).collect()
}

/// The files of declarations: the name without its ending, and the text.
fn files() -> BTreeMap<String, String> {
    let files = sources::in_folder("providers/src/catalogue").into_iter();
    let files = files.map(|(path, text)| {
        let name = Path::new(&path).file_stem().unwrap().to_str().unwrap().to_owned();
        (name, text)
    });
    files.filter(|(name, _)| name != "mod").collect()
}

/// What is said of a file, as it is written.
struct Written<'a> {
    keys: Vec<&'a str>,
    type_name: &'a str,
}

/// Reads a declaration downwards; what is not in its place is a fault.
fn read(text: &str) -> Result<Written<'_>, String> {
    let mut lines = text.lines();
    let mut next = |what: &str, fits: fn(&str) -> bool| {
        let line = lines.next().unwrap_or("the end of the file");
        fits(line).then_some(line).ok_or_else(|| format!("{what} is missing before: {line}"))
    };
    next("`//! Name: phrase.`", |line| {
        line.starts_with("//! ") && line.contains(": ") && line.ends_with('.')
    })?;
    next("an empty line", str::is_empty)?;
    next("`use oauth_runtime::…;`", |line| {
        line.starts_with("use oauth_runtime::") && line.ends_with("oauth_provider;")
            || line.starts_with("use oauth_runtime::{") && line.ends_with("oauth_provider};")
    })?;
    next("an empty line", str::is_empty)?;
    next("`/// Signs in with …`", |line| line.starts_with("/// Signs in with "))?;
    next("an empty line of documentation", |line| line == "///")?;
    next("`/// Tokens: …`", |line| line.starts_with("/// Tokens: "))?;
    let mut line = lines.find(|line| !line.starts_with("/// ")).unwrap_or_default();
    if line != "#[oauth_provider(" {
        return Err(format!("`#[oauth_provider(` is missing before: {line}"));
    }
    let attribute = lines.by_ref().take_while(|line| *line != ")]");
    let attribute: Vec<&str> = attribute.collect();
    let comment = attribute.iter().find(|line| {
        let line = line.trim_start();
        line.starts_with("//") && !line.starts_with("/// ")
    });
    if let Some(comment) = comment {
        return Err(format!("a comment, where only documentation stands: {comment}"));
    }
    let top = attribute.iter().filter_map(|line| line.strip_prefix("    "));
    let keys = top.filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()));
    let keys = keys.map(|line| line.split([' ', '(', ',']).next().unwrap_or_default()).collect();
    line = lines.next().unwrap_or_default();
    let item = line.strip_prefix("pub struct ").ok_or_else(|| {
        format!("`pub struct` is missing after the attribute, where there is: {line}")
    })?;
    let type_name = match (item.strip_suffix(';'), item.strip_suffix(" {")) {
        (Some(type_name), _) => type_name,
        (_, Some(type_name)) => {
            let mut fields = lines.by_ref().take_while(|line| *line != "}");
            fields.try_for_each(field)?;
            type_name
        }
        _ => return Err(format!("a struct of no or of named fields is missing at: {line}")),
    };
    match lines.next() {
        Some(line) => Err(format!("more than the struct: {line}")),
        None => Ok(Written { keys, type_name }),
    }
}

/// A line of a field: its documentation, its default, or itself.
fn field(line: &str) -> Result<(), String> {
    let line = line.strip_prefix("    ").unwrap_or_default();
    let is_field = [": Host,", ": Segment,", ": Value,"].iter().any(|kind| line.ends_with(kind));
    let fits = line.starts_with("/// ") || line.starts_with("#[param(default = \"") || is_field;
    fits.then_some(()).ok_or_else(|| format!("neither a field nor of one: {line}"))
}

/// What a file lacks.
fn faults(file: &str, text: &str) -> Vec<String> {
    let written = match read(text) {
        Ok(written) => written,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let number = text.lines().count();
    if number > 60 {
        faults.push(format!("{number} lines, where 60 are the most"));
    }
    let order = keys();
    let places: Vec<Option<usize>> =
        written.keys.iter().map(|key| order.iter().position(|it| it == key)).collect();
    let disorder = places.windows(2).zip(&written.keys).find(|(pair, _)| pair[0] >= pair[1]);
    if let Some((_, key)) = disorder {
        faults.push(format!("`{key}` stands before a key that the reference has above it"));
    }
    for key in ["console", "service_documentation", "setup"] {
        let is_excused = key != "setup" && named("Nothing found").contains(file);
        if !written.keys.contains(&key) && !is_excused {
            faults.push(format!(
                "`{key}` is missing, and it has no line under Nothing found in providers/unsure.md"
            ));
        }
    }
    // `box` is a word of the language, which no module can be called.
    let slug = if file == "box_com" { "box" } else { file };
    if !facts().contains_key(slug) {
        faults.push(format!("tests/data/facts.json has no row `{slug}`"));
    }
    let listed = oauth_providers::catalogue().iter().find(|it| it.type_name() == written.type_name);
    let Some(listed) = listed else {
        faults.push(format!("catalogue/mod.rs has no row `{file}::{}`", written.type_name));
        return faults;
    };
    let declaration = listed.declaration();
    if declaration.slug != slug {
        faults.push(format!("its slug is `{}`, which is not the file's name", declaration.slug));
    }
    let silent = declaration.scopes.iter().filter(|scope| scope.doc.is_empty());
    faults
        .extend(silent.map(|scope| format!("the scope `{}` has no documentation", scope.variant)));
    faults
}

#[test]
fn each_declaration_has_the_one_look() {
    let faults: Vec<String> = files()
        .iter()
        .flat_map(|(name, text)| {
            let faults = faults(name, text).into_iter();
            faults.map(move |fault| format!("providers/src/catalogue/{name}.rs: {fault}"))
        })
        .collect();

    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_file_that_looks_otherwise_is_told_what_it_lacks() {
    let files = files();
    let (linear, auth0) = (&files["linear"], &files["auth0"]);
    let told = [
        (linear.replace("//! Linear: issues and", "//! Issues and"), "`//! Name: phrase.`"),
        (linear.replace("/// Tokens: ", "/// "), "`/// Tokens: …`"),
        (linear.replace("/// Signs in with", "/// Logs in with"), "`/// Signs in with …`"),
        (linear.replace("    offline(always),\n", "    // Always.\n"), "a comment"),
        (linear.replace("    setup(", "    pkce = optional,\n    setup("), "`pkce` stands before"),
        (linear.replace("    console =", "    api_base ="), "`console` is missing"),
        (format!("{linear}\nimpl Linear {{}}\n"), "more than the struct"),
        (linear.replace("pub struct", "#[derive(Debug)]\npub struct"), "`pub struct` is missing"),
        (auth0.replace("    domain: Host,", "    domain: String,"), "neither a field"),
        (linear.replace("pub struct Linear", "pub struct Unlisted"), "no row `linear::Unlisted`"),
        (linear.replace("    setup(", &"    setup(\n".repeat(40)), "lines, where 60"),
    ];

    for (text, lacks) in told {
        let faults = faults("linear", &text);
        assert!(faults.iter().any(|fault| fault.contains(lacks)), "{lacks}: {faults:?}");
    }
    assert!(faults("line", linear).iter().any(|fault| fault.contains("the file's name")));
    assert!(faults("nobody", linear).iter().any(|fault| fault.contains("facts.json")));
}

#[test]
fn the_catalogue_lists_its_files_in_the_order_of_their_names() {
    let modules: Vec<&str> =
        CATALOGUE.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    let rows: Vec<&str> = CATALOGUE
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','))
        .filter(|row| row.contains("::") && !row.contains(' '))
        .collect();

    let files = files();
    let in_order: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(modules, in_order, "the lines `mod …;` of catalogue/mod.rs");
    let rows_in_order: Vec<String> = files
        .iter()
        .map(|(name, text)| {
            let (_, item) = text.split_once("\npub struct ").expect("a struct in each file");
            let type_name = item.split([';', ' ']).next().unwrap_or_default();
            format!("{name}::{type_name}")
        })
        .collect();
    assert_eq!(rows, rows_in_order, "the rows of `catalogue![…]` in catalogue/mod.rs");
}

#[test]
fn nothing_is_excused_that_is_there() {
    let files = files();
    let whole = files.iter().filter(|(_, text)| {
        read(text).is_ok_and(|it| {
            it.keys.contains(&"console") && it.keys.contains(&"service_documentation")
        })
    });
    let whole: BTreeSet<&str> = whole.map(|(name, _)| &**name).collect();

    let needless: Vec<_> = whole.intersection(&named("Nothing found")).copied().collect();
    assert_eq!(needless, [""; 0], "lines under Nothing found in providers/unsure.md");
}

#[test]
fn no_code_knows_a_provider_by_its_name() {
    let slugs: BTreeSet<&str> =
        oauth_providers::catalogue().iter().map(|it| &*it.declaration().slug).collect();
    let compared = ["slug ==", "slug !=", "slug() ==", "slug() !=", "slug.as_ref() =="];
    let folders = ["oauth-runtime/src", "oauth-declaration/src", "oauth-derive/src"];
    let mut found = Vec::new();

    for (path, text) in folders.into_iter().flat_map(sources::in_folder) {
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code.filter(|_| !path.ends_with("tests.rs")) {
            let of_a_name = line.split('"').skip(1).step_by(2).any(|text| slugs.contains(text));
            let of_a_slug = compared.iter().any(|it| line.contains(it))
                || (line.contains("match ") && line.contains("slug"));
            if of_a_name || of_a_slug {
                found.push(format!("{path}: {}", line.trim()));
            }
        }
    }

    assert!(found.is_empty(), "say it with a word of the dialect:\n{}", found.join("\n"));
}
