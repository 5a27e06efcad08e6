//! P4: a request of a browser that is not logged in, in process: `401` for a program, `303` for a person.

use http::StatusCode;
use oauth_providers::Emulator;
use tokio::runtime::Builder;

use crate::application::{Bench, application};
use crate::guarded::Guarded;
use crate::redirect;
use crate::table::{Aim, Case, Row, Seen};

const ROUNDS: usize = 201;
const REQUESTS: u32 = 200;

pub(crate) fn row() -> Row {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let bare = Guarded::not_at_all(&runtime);
    let ours = Guarded::by_us(&runtime, true);
    let oauth = application(Emulator::of(Bench));
    let (program, person) = ("application/json", "text/html,*/*");
    let to_login = StatusCode::SEE_OTHER;

    let cases = vec![
        Case::floor("bare handler", || bare.strangers(&runtime, REQUESTS, program, StatusCode::OK)),
        Case::ours("`401`", || {
            ours.strangers(&runtime, REQUESTS, program, StatusCode::UNAUTHORIZED)
        }),
        Case::ours("`303`", || ours.strangers(&runtime, REQUESTS, person, to_login)),
        Case::ours("`login()` alone", || redirect::logins(&runtime, &oauth, REQUESTS)),
    ];
    let seen = Seen::in_turns(ROUNDS, REQUESTS, cases);
    let aims = vec![
        Aim::at_most(2.0, "`401`, of the bare handler", seen.ratio("`401`", "bare handler")),
        Aim::at_most(
            2.0,
            "`303`, of the bare handler and `login()` alone together",
            seen.of_floor_and("`303`", "`login()` alone"),
        ),
    ];
    Row { work: "unauthenticated request, axum in process", seen, aims }
}
