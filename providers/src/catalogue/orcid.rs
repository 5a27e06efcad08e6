//! ORCID: identifiers and records of researchers.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with ORCID.
///
/// Tokens: an access token lives for twenty years; a refresh token comes with every login.
/// The researcher's iD is in `token_response.orcid`.
/// E-mail addresses are no part of the profile.
#[oauth_provider(
    name = "ORCID",
    console = "https://orcid.org/developer-tools",
    service_documentation = "https://info.orcid.org/documentation/",
    setup(
        "Register for the free public API, or ask for credentials of the member API.",
        "Enter the redirect URI under Redirect URIs.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://{site}/oauth/authorize",
    token_endpoint = "https://{site}/oauth/token",
    userinfo_endpoint = "https://{site}/oauth/userinfo",
    api_base = "https://{api}/v3.0/",
    scopes(
        /// Know the researcher's iD, and read what is public of the record.
        Authenticate = "/authenticate",
        /// Read what the researcher shows to trusted parties; of the member API.
        ReadLimited = "/read-limited",
        /// Add and change works, affiliations and fundings; of the member API.
        ActivitiesUpdate = "/activities/update",
        /// Add and change keywords, names and links; of the member API.
        PersonUpdate = "/person/update",
    ),
    default_scopes(Authenticate),
    pkce = unsupported,
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    token_response {
        /// The researcher's iD: `0000-0001-2345-6789`.
        orcid: String,
        /// The researcher's name, if it is public.
        name: Option<String>,
    },
    profile(subject = "/sub", name = "/name"),
)]
pub struct Orcid {
    /// Where people sign in: `orcid.org`, or `sandbox.orcid.org` to try things out.
    #[param(default = "orcid.org")]
    site: Host,
    /// Where the API is: `pub.orcid.org`, or `api.orcid.org` for members; in the sandbox `pub.sandbox.orcid.org`.
    #[param(default = "pub.orcid.org")]
    api: Host,
}
