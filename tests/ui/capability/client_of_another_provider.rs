use oauth_runtime::{ApiClient, oauth_provider};

#[oauth_provider(issuer = "https://acme.example")]
struct Acme;

#[oauth_provider(issuer = "https://other.example")]
struct Other;

fn main() {
    let _ = |client: ApiClient<Acme>| -> ApiClient<Other> { client };
}
