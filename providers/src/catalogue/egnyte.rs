//! Egnyte: files of companies.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a company at Egnyte.
///
/// Tokens: access tokens do not expire; there are no refresh tokens.
/// Until an application is approved, it works at the one domain that it was registered with.
#[oauth_provider(
    console = "https://developers.egnyte.com/",
    service_documentation = "https://developers.egnyte.com/docs/read/Public_API_Authentication",
    setup(
        "Register an application with the domain that it is tested with.",
        "Enter the redirect URI.",
        "Copy the key and the secret, which are the client ID and the client secret.",
        "Have the application approved, so that it works at other domains.",
    ),
    authorization_endpoint = "https://{domain}/puboauth/token",
    token_endpoint = "https://{domain}/puboauth/token",
    api_base = "https://{domain}/pubapi/",
    scopes(
        /// Read and write files and folders.
        Filesystem = "Egnyte.filesystem",
        /// List, create and delete links to files and folders.
        Link = "Egnyte.link",
        /// Read and change users.
        User = "Egnyte.user",
        /// Read and change groups.
        Group = "Egnyte.group",
        /// Read and change permissions of folders.
        Permission = "Egnyte.permission",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(never),
)]
pub struct Egnyte {
    /// The company's own host: `company.egnyte.com`.
    domain: Host,
}
