use oauth_runtime::{OAuth, oauth_provider};

#[oauth_provider(issuer = "https://acme.example")]
struct Acme;

#[oauth_provider(issuer = "https://other.example", scopes(Read = "read"))]
struct Other;

fn main() {
    let _ = OAuth::builder(Acme).scopes([OtherScope::Read]);
}
