//! Planning Center: people, services and giving of churches.

use oauth_runtime::oauth_provider;

/// Signs in with Planning Center.
///
/// Tokens: an access token lives for two hours, a refresh token for ninety days; one comes with every login.
/// The answer of the API holds no e-mail address.
#[oauth_provider(
    name = "Planning Center",
    console = "https://api.planningcenteronline.com/oauth/applications",
    service_documentation = "https://api.planningcenteronline.com/docs/overview/authentication",
    setup(
        "Create an OAuth application.",
        "Enter the redirect URI as the authorization callback URL.",
        "Copy the client ID and the secret.",
    ),
    authorization_endpoint = "https://api.planningcenteronline.com/oauth/authorize",
    token_endpoint = "https://api.planningcenteronline.com/oauth/token",
    revocation_endpoint = "https://api.planningcenteronline.com/oauth/revoke",
    userinfo_endpoint = "https://api.planningcenteronline.com/people/v2/me",
    api_base = "https://api.planningcenteronline.com/",
    scopes(
        /// Read and write people, the user included.
        People = "people",
        /// Read and write services and their plans.
        Services = "services",
        /// Read and write events and resources.
        Calendar = "calendar",
        /// Read and write check-ins.
        CheckIns = "check_ins",
        /// Read and write gifts.
        Giving = "giving",
        /// Read and write groups.
        Groups = "groups",
        /// Read registrations.
        Registrations = "registrations",
    ),
    default_scopes(People),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/data/id",
        name = "/data/attributes/name",
        picture = "/data/attributes/avatar",
    ),
)]
pub struct PlanningCenter;
