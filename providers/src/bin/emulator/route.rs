//! What a path of the server leads to.

use crate::choice::ISSUER;

/// Where a request goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Route {
    /// The page with everybody.
    Index,
    /// The page of one provider, by its number.
    Page(usize),
    /// A provider, by its number.
    Provider {
        number: usize,
        /// It is to call itself by its own address.
        is_announced: bool,
    },
    /// Nobody is here.
    Nowhere,
}

impl Route {
    /// A provider that is alone is found without its slug, too.
    pub(crate) fn of<'s>(path: &str, mut slugs: impl ExactSizeIterator<Item = &'s str>) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() {
            return Self::Index;
        }
        let alone = (slugs.len() == 1).then_some((0, path));
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let named = slugs.position(|slug| slug == first).map(|number| (number, rest));
        match named.or(alone) {
            Some((number, "")) => Self::Page(number),
            Some((number, rest)) => {
                Self::Provider { number, is_announced: rest.split('/').next() == Some(ISSUER) }
            }
            None => Self::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(path: &str, slugs: &[&str]) -> Route {
        Route::of(path, slugs.iter().copied())
    }

    fn provider(number: usize, is_announced: bool) -> Route {
        Route::Provider { number, is_announced }
    }

    #[test]
    fn several_are_found_under_their_slugs() {
        let slugs = ["github", "google"];

        assert_eq!(route("/", &slugs), Route::Index);
        assert_eq!(route("/google", &slugs), Route::Page(1));
        assert_eq!(route("/google/", &slugs), Route::Page(1));
        assert_eq!(route("/google/accounts.google.com/o", &slugs), provider(1, false));
        assert_eq!(route("/google/issuer/accounts.google.com/o", &slugs), provider(1, true));
        assert_eq!(route("/github.com/login", &slugs), Route::Nowhere);
    }

    #[test]
    fn one_is_found_with_and_without_its_slug() {
        assert_eq!(route("/", &["github"]), Route::Index);
        assert_eq!(route("/github", &["github"]), Route::Page(0));
        assert_eq!(route("/github.com/login", &["github"]), provider(0, false));
        assert_eq!(route("/github/github.com/login", &["github"]), provider(0, false));
        assert_eq!(route("/issuer/github.com/login", &["github"]), provider(0, true));
    }
}
