use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_response { id_token: String, #[serde(alias = "refresh_token")] a: String,
    #[serde(rename = "access_token")] b: String, #[serde(flatten)] c: String },
)]
pub struct Acme;

fn main() {}
