use oauth_runtime::oauth_provider;

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token",
    token_response { ticket: String },
    dialect(refresh_token_at = "/ticket"),
)]
pub struct Acme;

fn main() {}
