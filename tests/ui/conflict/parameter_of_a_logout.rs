use oauth_runtime::oauth_provider;

#[oauth_provider(
    issuer = "https://acme.example",
    end_session_endpoint = "https://acme.example/logout?client_id=a",
)]
pub struct Acme;

fn main() {}
