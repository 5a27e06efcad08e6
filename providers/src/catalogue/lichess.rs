//! Lichess: chess players, their games and studies.

use oauth_runtime::oauth_provider;

/// Signs in with Lichess.
///
/// Tokens: an access token lives for a year; there are no refresh tokens.
/// The e-mail address is a call of the API.
/// Departs from RFC 6749: clients are not registered, and have no secret. Departs from RFC 7009: a token is revoked by
/// a `DELETE`, which is not declared here.
/// Believed, not read: any client ID will do.
#[oauth_provider(
    service_documentation = "https://lichess.org/api",
    setup(
        "Choose a client ID that names the application, such as its domain: nothing is registered.",
        "Leave the client secret out.",
    ),
    authorization_endpoint = "https://lichess.org/oauth",
    token_endpoint = "https://lichess.org/api/token",
    userinfo_endpoint = "https://lichess.org/api/account",
    api_base = "https://lichess.org/api/",
    scopes(
        /// Read the user's e-mail address.
        EmailRead = "email:read",
        /// Read the user's preferences.
        PreferenceRead = "preference:read",
        /// Read incoming challenges.
        ChallengeRead = "challenge:read",
        /// Create, accept and decline challenges.
        ChallengeWrite = "challenge:write",
        /// Play games with the board API.
        BoardPlay = "board:play",
        /// Read private studies.
        StudyRead = "study:read",
        /// Read the user's puzzle activity.
        PuzzleRead = "puzzle:read",
    ),
    default_scopes(EmailRead),
    pkce = required,
    token_endpoint_auth_method = none,
    offline(never),
    profile(subject = "/id", name = "/username"),
)]
pub struct Lichess;
