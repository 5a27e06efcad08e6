//! The table of providers in a README, and what a cell of it and of the page says.

use oauth_providers::{Declaration, Listed, Offline, Pkce, Placeholder, catalogue};

/// Where the table begins in a README, and where it ends.
const MARKS: [&str; 2] = ["<!-- catalogue -->\n", "<!-- /catalogue -->"];

/// A README with the table of today between its marks; `None` where it has none.
pub(crate) fn written_into(readme: &str) -> Option<String> {
    let (before, rest) = readme.split_once(MARKS[0])?;
    let (_, after) = rest.split_once(MARKS[1])?;
    Some([before, MARKS[0], &section(), MARKS[1], after].concat())
}

/// The catalogue by name, as a person looks for one.
pub(crate) fn by_name() -> Vec<&'static Listed> {
    let mut providers: Vec<&Listed> = catalogue().iter().collect();
    providers.sort_by_key(|provider| provider.declaration().name.to_lowercase());
    providers
}

fn section() -> String {
    let providers = by_name();
    let rows: Vec<String> = providers.iter().map(|provider| row(provider)).collect();
    format!(
        "{} providers are declared. `cargo run --example catalogue` serves a page to search them by name, scope or host, \
         with the steps of\nregistering an application at each.\n\n\
         <details>\n<summary>All {0}, with the pages where an application is registered</summary>\n\n\
         | provider | type | refresh token | PKCE | departs from the RFC in |\n\
         | --- | --- | --- | --- | --- |\n\
         {}\n\
         </details>\n",
        providers.len(),
        rows.concat(),
    )
}

fn row(provider: &Listed) -> String {
    let declaration = provider.declaration();
    let name = match console(declaration) {
        Some(url) if !url.contains('{') => format!("[{}]({url})", declaration.name),
        _ => declaration.name.to_string(),
    };
    let cells = [
        name,
        format!("`{}`", constructed(provider, |placeholder| placeholder.name.to_string())),
        refresh(declaration),
        pkce(declaration).to_owned(),
        departures_in_short(declaration),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

/// The page where an application is registered; it still holds a placeholder that has no default.
pub(crate) fn console(declaration: &Declaration) -> Option<String> {
    let console = declaration.console.as_deref()?.to_owned();
    let of_default = declaration.placeholders.iter().filter_map(|placeholder| {
        Some((format!("{{{}}}", placeholder.name), placeholder.default.as_deref()?))
    });
    Some(of_default.fold(console, |url, (name, value)| url.replace(&name, value)))
}

/// How a value of the provider's type is had, with `argument` for each placeholder that has no default.
pub(crate) fn constructed(provider: &Listed, argument: fn(&Placeholder) -> String) -> String {
    let (name, placeholders) = (provider.type_name(), &provider.declaration().placeholders);
    let required = placeholders.iter().filter(|placeholder| placeholder.default.is_none());
    let arguments: Vec<String> = required.map(argument).collect();
    match (placeholders.is_empty(), arguments.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => format!("{name}::new()"),
        _ => format!("{name}::new({})?", arguments.join(", ")),
    }
}

/// What brings a refresh token.
pub(crate) fn refresh(declaration: &Declaration) -> String {
    match &declaration.offline {
        Offline::Undeclared => String::new(),
        Offline::Always => "always".to_owned(),
        Offline::Never => "never".to_owned(),
        Offline::Scope(scope) => format!("scope `{scope}`"),
        Offline::Params(params) => {
            let params = params.iter().map(|param| format!("`{}={}`", param.name, param.value));
            params.collect::<Vec<_>>().join(" ")
        }
    }
}

/// What becomes of a challenge.
pub(crate) fn pkce(declaration: &Declaration) -> &'static str {
    match declaration.pkce {
        Pkce::Required => "required",
        Pkce::Optional => "sent",
        Pkce::Unsupported => "not sent",
    }
}

/// As many clauses as a cell bears, and how many there are beside them. PKCE has a column of its own.
fn departures_in_short(declaration: &Declaration) -> String {
    let beside_pkce = Declaration { pkce: Pkce::Optional, ..declaration.clone() };
    let clauses = beside_pkce.departures();
    let mut shown = String::new();
    for (place, clause) in clauses.iter().enumerate() {
        if place > 0 && shown.len() + clause.len() > 90 {
            return format!("{shown}; and {} more", clauses.len() - place);
        }
        shown += if place > 0 { "; " } else { "" };
        shown += clause;
    }
    shown
}
