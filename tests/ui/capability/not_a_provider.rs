use oauth_runtime::OAuth;

#[derive(Clone, Debug)]
struct Acme;

struct Application {
    acme: OAuth<Acme>,
}

fn main() {}
