//! The declared providers, a file each; `providers/README.md` says how one is added.

use crate::listed::Listed;

mod apple;
mod auth0;
mod cognito;
mod github;
mod google;
mod keycloak;
mod microsoft;
mod okta;

/// Exports what each module declares, and lists it.
macro_rules! catalogue {
    ($($module:ident::$provider:ident,)*) => {
        $(pub use self::$module::*;)*

        static CATALOGUE: &[Listed] = &[$(Listed::of::<$provider>(stringify!($provider)),)*];
    };
}

catalogue![
    apple::Apple,
    auth0::Auth0,
    cognito::Cognito,
    github::GitHub,
    google::Google,
    keycloak::Keycloak,
    microsoft::Microsoft,
    okta::Okta,
];

/// Every provider of this crate, in the order of their slugs.
///
/// An application that names its providers by their types needs no list, and its program holds none.
///
/// ```
/// let github = oauth_providers::catalogue().iter().find(|it| it.declaration().slug == "github").unwrap();
///
/// assert_eq!(github.type_name(), "GitHub");
/// assert_eq!(github.declaration().api_base.as_deref(), Some("https://api.github.com/"));
/// ```
#[must_use]
pub fn catalogue() -> &'static [Listed] {
    CATALOGUE
}
