//! Battle.net: accounts of Blizzard's players, and their characters.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with Battle.net.
///
/// Tokens: an access token lives for a day; there are no refresh tokens.
/// One host serves all regions but China.
#[oauth_provider(
    name = "Battle.net",
    slug = "battlenet",
    console = "https://develop.battle.net/access/clients",
    service_documentation = "https://develop.battle.net/documentation/guides/using-oauth",
    setup(
        "Create a client.",
        "Enter the redirect URI under Redirect URLs.",
        "Copy the Client ID and the Client Secret.",
    ),
    issuer = "https://{host}",
    authorization_endpoint = "https://{host}/authorize",
    token_endpoint = "https://{host}/token",
    userinfo_endpoint = "https://{host}/userinfo",
    jwks_uri = "https://{host}/jwks/certs",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's characters in World of Warcraft.
        WowProfile = "wow.profile",
        /// Read the user's profile in StarCraft II.
        Sc2Profile = "sc2.profile",
        /// Read the user's profile in Diablo III.
        D3Profile = "d3.profile",
    ),
    default_scopes(OpenId),
    offline(never),
    profile(subject = "/sub", name = "/battletag"),
)]
pub struct BattleNet {
    /// The host of the authorization server: `oauth.battlenet.com.cn` in China.
    #[param(default = "oauth.battle.net")]
    host: Host,
}
