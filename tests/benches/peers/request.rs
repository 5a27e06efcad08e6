//! P2: a request of a browser that is logged in, in process; the session holds 1.5 KB of tokens.

use tokio::runtime::Builder;

use crate::guarded::Guarded;
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 201;
const REQUESTS: u32 = 200;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let bare = Guarded::not_at_all(&runtime);
    let ours = Guarded::by_us(&runtime, true);
    let unrenewable = Guarded::by_us(&runtime, false);
    let tower_sessions = Guarded::by_tower_sessions(&runtime);
    let axum_login = Guarded::by_axum_login(&runtime);
    let private = Guarded::by_private_cookies(&runtime);

    let visits = |guarded: &Guarded| guarded.visits(&runtime, REQUESTS);
    let cases = vec![
        Case::floor("bare handler", || visits(&bare)),
        Case::ours("filter", || visits(&ours)),
        Case::ours("filter, no refresh token", || visits(&unrenewable)),
        Case::peer("`tower-sessions`", || visits(&tower_sessions)),
        Case::peer("`axum-login`", || visits(&axum_login)),
        Case::peer("private cookie jar", || visits(&private)),
    ];
    let seen = Seen::in_turns(ROUNDS, REQUESTS, cases);
    let aims = vec![
        Aim::at_most(0.2, "added, of the private jar", seen.added("filter", "private cookie jar")),
        Aim::at_most(1.0, "added, of `tower-sessions`", seen.added("filter", "`tower-sessions`")),
        Aim::at_most(0.6, "added, of `axum-login`", seen.added("filter", "`axum-login`")),
    ];
    Row { work: "authenticated request, sealed cookies of 1.5 KB, axum in process", seen, aims }
}
