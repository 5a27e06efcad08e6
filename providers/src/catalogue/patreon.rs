//! Patreon: memberships of creators and their patrons.

use oauth_runtime::oauth_provider;

/// Signs in with Patreon.
///
/// Tokens: an access token lives for about a month; a refresh token comes with every login, and rotates.
/// The API answers with the fields that are asked for by name: the profile asks for those that it reads.
/// Believed, not read: the revocation endpoint.
#[oauth_provider(
    console = "https://www.patreon.com/portal/registration/register-clients",
    service_documentation = "https://docs.patreon.com/",
    setup(
        "Click Create Client, and choose version 2 of the API.",
        "Enter the redirect URI under Redirect URIs.",
        "Copy the client ID and the client secret.",
    ),
    authorization_endpoint = "https://www.patreon.com/oauth2/authorize",
    token_endpoint = "https://www.patreon.com/api/oauth2/token",
    revocation_endpoint = "https://www.patreon.com/oauth2/revoke",
    userinfo_endpoint =
        "https://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=email,full_name,image_url,is_email_verified",
    api_base = "https://www.patreon.com/api/oauth2/v2/",
    scopes(
        /// Read the user's name and picture.
        Identity = "identity",
        /// Read the user's e-mail address.
        IdentityEmail = "identity[email]",
        /// Read the user's memberships.
        IdentityMemberships = "identity.memberships",
        /// Read the creator's campaigns.
        Campaigns = "campaigns",
        /// Read the members of the creator's campaigns.
        CampaignsMembers = "campaigns.members",
    ),
    default_scopes(Identity, IdentityEmail),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(
        subject = "/data/id",
        name = "/data/attributes/full_name",
        email = "/data/attributes/email",
        email_verified = "/data/attributes/is_email_verified",
        picture = "/data/attributes/image_url",
    ),
)]
pub struct Patreon;
