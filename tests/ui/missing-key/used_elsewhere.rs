use oauth_runtime::{Host, Provider, oauth_provider};

#[oauth_provider(scopes(Read = "read"), token_response { company: u64 })]
pub struct Acme {
    domain: Host,
}

fn main() {
    let acme = Acme::new("acme.example").unwrap().clone();
    println!("{:?} {:?}", acme.declaration(), [AcmeScope::Read, AcmeScope::custom("a")]);
    let _: fn(&AcmeTokenResponse) -> u64 = |response| response.company;
}
