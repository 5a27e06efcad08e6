//! Hugging Face: models, data sets and Spaces of people and organisations.

use oauth_runtime::oauth_provider;

/// Signs in with Hugging Face.
///
/// Tokens: an access token expires; a refresh token comes with every login.
#[oauth_provider(
    name = "Hugging Face",
    slug = "huggingface",
    console = "https://huggingface.co/settings/applications/new",
    service_documentation = "https://huggingface.co/docs/hub/oauth",
    setup(
        "Create an OAuth application in the settings of your account.",
        "Enter the redirect URI in Redirect URLs, and tick the scopes that are asked for.",
        "Copy Client ID and the app secret.",
    ),
    issuer = "https://huggingface.co",
    authorization_endpoint = "https://huggingface.co/oauth/authorize",
    token_endpoint = "https://huggingface.co/oauth/token",
    userinfo_endpoint = "https://huggingface.co/oauth/userinfo",
    jwks_uri = "https://huggingface.co/oauth/jwks",
    scopes(
        /// Know who the user is.
        OpenId = "openid",
        /// Read the user's name and picture.
        Profile = "profile",
        /// Read the user's e-mail address.
        Email = "email",
        /// Read the user's repositories.
        ReadRepos = "read-repos",
        /// Read and write the user's repositories.
        WriteRepos = "write-repos",
        /// Create, change and delete the user's repositories.
        ManageRepos = "manage-repos",
        /// Run models on behalf of the user.
        InferenceApi = "inference-api",
    ),
    default_scopes(OpenId, Profile, Email),
    offline(always),
    profile(
        subject = "/sub",
        name = "/name",
        email = "/email",
        email_verified = "/email_verified",
        picture = "/picture",
    ),
)]
pub struct HuggingFace;
