//! DigitalOcean: teams and their servers, volumes and domains.

use oauth_runtime::oauth_provider;

/// Signs in with DigitalOcean.
///
/// Tokens: an access token lives for 30 days; refresh tokens come with every login.
/// The user chooses a team, for which the token is good. The user also stands in `info` of the token response.
/// Believed, not read: the user stands in `info` of the token response.
#[oauth_provider(
    slug = "digitalocean",
    console = "https://cloud.digitalocean.com/account/api/applications",
    service_documentation = "https://docs.digitalocean.com/reference/api/oauth/",
    setup(
        "Register an OAuth application on the API page of the control panel.",
        "Enter the redirect URI under Callback URL.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://cloud.digitalocean.com/v1/oauth/authorize",
    token_endpoint = "https://cloud.digitalocean.com/v1/oauth/token",
    revocation_endpoint = "https://cloud.digitalocean.com/v1/oauth/revoke",
    userinfo_endpoint = "https://api.digitalocean.com/v2/account",
    api_base = "https://api.digitalocean.com/",
    scopes(
        /// Read everything in the team.
        Read = "read",
        /// Create, change and delete everything in the team.
        Write = "write",
    ),
    default_scopes(Read),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/account/uuid",
        name = "/account/name",
        email = "/account/email",
        email_verified = "/account/email_verified",
    ),
)]
pub struct DigitalOcean;
