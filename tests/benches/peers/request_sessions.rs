//! P3: a request of a browser that is logged in, in process; the session, of 1.5 KB of tokens, is in the same memory.

use tokio::runtime::Builder;

use crate::guarded::Guarded;
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 201;
const REQUESTS: u32 = 200;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let ours = Guarded::by_our_sessions(&runtime, true);
    let bare = ours.without_guard();
    let unrenewable = Guarded::by_our_sessions(&runtime, false);
    let tower_sessions = Guarded::by_tower_sessions(&runtime);

    let visits = |guarded: &Guarded| guarded.visits(&runtime, REQUESTS);
    let cases = vec![
        Case::floor("bare handler", || visits(&bare)),
        Case::ours("filter", || visits(&ours)),
        Case::ours("filter, no refresh token", || visits(&unrenewable)),
        Case::peer("`tower-sessions`", || visits(&tower_sessions)),
    ];
    let seen = Seen::in_turns(ROUNDS, REQUESTS, cases);
    let added = seen.added("filter", "`tower-sessions`");
    let [none, allocated, theirs] =
        [&bare, &ours, &tower_sessions].map(|guarded| guarded.allocations(&runtime));
    Row {
        work: "authenticated request, `Sessions` in memory, 1.5 KB of tokens, axum in process",
        seen,
        aims: vec![
            Aim::at_most(0.8, "added, of `tower-sessions`", added),
            Aim::at_most(
                theirs,
                format!("allocations ({none} with the bare handler), those of `tower-sessions`"),
                allocated,
            ),
        ],
    }
}
