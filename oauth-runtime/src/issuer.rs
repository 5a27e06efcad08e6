//! Who signs ID tokens: one issuer, or one for each tenant of a provider.

use oauth_declaration::TenantIssuer;

/// What the `iss` of tokens and of callbacks is compared with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Issuer {
    /// The issuer, letter for letter: `https://a` and `https://a/` are two. Or the template of its tenants'.
    text: String,
    /// What the declaration says of tenants.
    tenants: Option<TenantIssuer>,
}

impl Issuer {
    /// The issuer of a provider that is not asked for its metadata.
    pub(crate) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), tenants: None }
    }

    /// Who the metadata say the issuer is, if that is the issuer that was asked, or what the declaration has its tenants'
    /// be.
    pub(crate) fn announced(
        found: &str,
        asked: &str,
        tenants: Option<&TenantIssuer>,
    ) -> Option<Self> {
        let fits_template = |it: &TenantIssuer| found == it.template || fits(&it.template, found);
        let is_expected = found == asked || tenants.is_some_and(fits_template);
        is_expected.then(|| Self { text: found.to_owned(), tenants: tenants.cloned() })
    }

    /// Whether a callback or a token may name this issuer. Which tenant a token is of is its claims' to repeat.
    pub(crate) fn admits(&self, issuer: &str) -> bool {
        fits(&self.text, issuer)
    }

    /// The tenant that an issuer is of, and the claim that must repeat it where there is more than one; `None` where there
    /// are no tenants.
    pub(crate) fn tenant<'i>(&self, issuer: &'i str) -> Option<(&'i str, Option<&str>)> {
        let tenants = self.tenants.as_ref()?;
        let claim = (self.text == tenants.template).then_some(&*tenants.claim);
        Some((tenant(&tenants.template, issuer)?, claim))
    }

    /// As it is kept with a login: the issuer, or the template with its placeholder.
    pub(crate) fn as_text(&self) -> &str {
        &self.text
    }
}

/// Whether an issuer is what a login has kept of [`Issuer::as_text`].
pub(crate) fn fits(kept: &str, issuer: &str) -> bool {
    // The template itself is nobody's issuer.
    let is_template = kept.contains('{');
    if is_template { tenant(kept, issuer).is_some() } else { kept == issuer }
}

/// What stands in an issuer where the template has its placeholder: one segment of letters, digits, `-`, `.` and `_`.
fn tenant<'i>(template: &str, issuer: &'i str) -> Option<&'i str> {
    let (before, rest) = template.split_once('{')?;
    let (_, after) = rest.split_once('}')?;
    let tenant = issuer.strip_prefix(before)?.strip_suffix(after)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_one = !tenant.is_empty() && tenant.bytes().all(is_plain) && !tenant.starts_with('.');
    is_one.then_some(tenant)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "https://login.example/{tenantid}/v2.0";

    fn tenants() -> TenantIssuer {
        TenantIssuer { template: TEMPLATE.into(), claim: "tid".into() }
    }

    #[test]
    fn id_27_a_tenant_is_one_plain_segment() {
        let issuer = |tenant: &str| format!("https://login.example/{tenant}/v2.0");

        assert_eq!(tenant(TEMPLATE, &issuer("9188-04_d.x")), Some("9188-04_d.x"));
        for odd in ["", "a/b", "..", ".", "a@b", "a%2Fb", "a?b", "{tenantid}", "ä"] {
            assert_eq!(tenant(TEMPLATE, &issuer(odd)), None, "{odd}");
        }
        assert_eq!(tenant(TEMPLATE, "https://login.example/a/v2.0/"), None);
        assert_eq!(tenant(TEMPLATE, "https://evil.example/a/v2.0"), None);
        assert_eq!(tenant(TEMPLATE, "https://login.example/v2.0"), None);
        assert_eq!(tenant("https://a.example", "https://a.example"), None);
    }

    #[test]
    fn the_metadata_name_the_issuer_that_was_asked_or_one_that_the_declaration_has() {
        let asked = "https://login.example/common/v2.0";
        let announced = |found: &str| Issuer::announced(found, asked, Some(&tenants()));
        let one = "https://login.example/9188/v2.0";

        let every = announced(TEMPLATE).unwrap();
        assert!(every.admits(one) && !every.admits("https://evil.example/9188/v2.0"));
        assert_eq!(every.tenant(one), Some(("9188", Some("tid"))));
        let single = announced(one).unwrap();
        assert!(single.admits(one) && !single.admits("https://login.example/9189/v2.0"));
        assert_eq!(single.tenant(one), Some(("9188", None)));
        assert!(announced(asked).unwrap().admits(asked));
        assert_eq!(announced("https://evil.example/9188/v2.0"), None);
        assert_eq!(Issuer::announced(TEMPLATE, asked, None), None);
        assert_eq!(Issuer::announced(one, asked, None), None);
    }
}
