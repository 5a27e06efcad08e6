//! EVE Online: characters of players.

use oauth_runtime::oauth_provider;

/// Signs in with EVE Online, as one character.
///
/// Tokens: an access token lives for 20 minutes; refresh tokens come with every login.
/// Who the character is stands in the access token, which is a JWT: in `name`, and at the end of `sub` its identifier.
/// There is no profile.
#[oauth_provider(
    name = "EVE Online",
    console = "https://developers.eveonline.com/applications",
    service_documentation = "https://developers.eveonline.com/docs/services/sso/",
    setup(
        "Create an application, with the scopes that it may ask for.",
        "Enter the redirect URI under Callback URL.",
        "Copy Client ID and Secret Key.",
    ),
    authorization_endpoint = "https://login.eveonline.com/v2/oauth/authorize",
    token_endpoint = "https://login.eveonline.com/v2/oauth/token",
    revocation_endpoint = "https://login.eveonline.com/v2/oauth/revoke",
    scopes(
        /// Read what is public of the character.
        PublicData = "publicData",
        /// Read what the character owns.
        ReadAssets = "esi-assets.read_assets.v1",
        /// Read where the character is.
        ReadLocation = "esi-location.read_location.v1",
        /// Read the character's skills.
        ReadSkills = "esi-skills.read_skills.v1",
        /// Read the character's wallet.
        ReadWallet = "esi-wallet.read_character_wallet.v1",
    ),
    default_scopes(PublicData),
    offline(always),
)]
pub struct EveOnline;
