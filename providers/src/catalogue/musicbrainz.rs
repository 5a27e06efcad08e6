//! MusicBrainz: editors of the encyclopedia of music.

use oauth_runtime::oauth_provider;

/// Signs in with MusicBrainz.
///
/// Tokens: access tokens expire; a refresh token comes with the parameter `access_type=offline`, and stays the same.
/// The name of an editor is in `sub` and may change; the identifier is `metabrainz_user_id`.
/// Departs from OpenID Connect: `sub` is no stable identifier.
/// Believed, not read: refresh tokens take `access_type=offline`.
#[oauth_provider(
    slug = "musicbrainz",
    console = "https://musicbrainz.org/account/applications",
    service_documentation = "https://musicbrainz.org/doc/Development/OAuth2",
    setup(
        "Register an application of the type Web Application.",
        "Enter the redirect URI.",
        "Copy the OAuth client ID and the OAuth client secret.",
    ),
    authorization_endpoint = "https://musicbrainz.org/oauth2/authorize",
    token_endpoint = "https://musicbrainz.org/oauth2/token",
    revocation_endpoint = "https://musicbrainz.org/oauth2/revoke",
    userinfo_endpoint = "https://musicbrainz.org/oauth2/userinfo",
    scopes(
        /// Read the editor's name and public profile.
        Profile = "profile",
        /// Read the editor's e-mail address.
        Email = "email",
        /// Read and change the editor's tags.
        Tag = "tag",
        /// Read and change the editor's ratings.
        Rating = "rating",
        /// Read and change the editor's collections.
        Collection = "collection",
        /// Submit ISRCs.
        SubmitIsrc = "submit_isrc",
        /// Submit barcodes.
        SubmitBarcode = "submit_barcode",
    ),
    default_scopes(Profile, Email),
    token_endpoint_auth_method = client_secret_post,
    offline(params(access_type = "offline")),
    profile(
        subject = "/metabrainz_user_id",
        name = "/sub",
        email = "/email",
        email_verified = "/email_verified",
    ),
)]
pub struct MusicBrainz;
