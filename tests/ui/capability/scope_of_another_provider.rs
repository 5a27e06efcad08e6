use oauth_runtime::{OAuth, oauth_provider};

#[oauth_provider(
    authorization_endpoint = "https://acme.example/authorize",
    token_endpoint = "https://acme.example/token"
)]
struct Acme;

#[oauth_provider(
    authorization_endpoint = "https://other.example/authorize",
    token_endpoint = "https://other.example/token",
    scopes(Read = "read")
)]
struct Other;

fn main() {
    let _ = OAuth::builder(Acme).scopes([OtherScope::Read]);
}
