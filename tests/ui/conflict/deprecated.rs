#![deny(warnings)]
use oauth_runtime::{Segment, oauth_provider};

#[oauth_provider(
    issuer = "https://acme.example/{tenant}",
    dialect(callback_params("state")),
)]
#[deprecated]
pub struct Acme { #[param(default = "common")] tenant: Segment }

fn main() {}
