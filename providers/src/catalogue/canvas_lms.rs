//! Canvas LMS: the courses of a school or university, on its own server or at Instructure.

use oauth_runtime::{Host, oauth_provider};

/// Signs in with a server of Canvas LMS.
///
/// Tokens: an access token lives for an hour; a refresh token comes with every login and stays good.
/// A developer key without scopes needs none; one with scopes grants no more than those.
/// Departs from RFC 7009: a token is given back by a `DELETE` of the token endpoint, which is not declared here.
/// Believed, not read: a refresh brings no new refresh token, and the old one stays good.
#[oauth_provider(
    name = "Canvas LMS",
    service_documentation = "https://developerdocs.instructure.com/services/canvas/oauth2",
    setup(
        "Let an administrator of the root account open Developer Keys and add an API key.",
        "Enter the redirect URI under Redirect URIs, and enforce the scopes if you wish.",
        "Switch the key on, and copy its ID and its key, which is the client secret.",
    ),
    authorization_endpoint = "https://{host}/login/oauth2/auth",
    token_endpoint = "https://{host}/login/oauth2/token",
    userinfo_endpoint = "https://{host}/api/v1/users/self",
    api_base = "https://{host}/api/v1/",
    scopes(
        /// Read users and the user's own entry.
        Users = "url:GET|/api/v1/users/:id",
        /// Read the profiles of users.
        UserProfiles = "url:GET|/api/v1/users/:user_id/profile",
        /// Read the list of the user's courses.
        Courses = "url:GET|/api/v1/courses",
        /// Read the assignments of courses.
        Assignments = "url:GET|/api/v1/courses/:course_id/assignments",
    ),
    token_endpoint_auth_method = client_secret_post,
    offline(always),
    profile(subject = "/id", name = "/name", picture = "/avatar_url"),
    dialect(refresh_keeps),
)]
pub struct CanvasLms {
    /// The host of the server: `school.instructure.com`, or a host of the school's own.
    host: Host,
}
