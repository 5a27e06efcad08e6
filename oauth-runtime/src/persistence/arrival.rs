//! Notices a browser that has just logged in and is not logged in: it did not keep its session's cookie.
//!
//! Without this it would be sent to the provider again, come back, be sent again, for ever.

use http::HeaderMap;

use crate::clock::Timestamp;
use crate::persistence::Context;
use crate::persistence::jar::{self, Attributes};

/// Notes in the browser that a login has just been completed.
pub(crate) fn mark(cx: &Context<'_>, response: &mut HeaderMap) {
    let attributes = Attributes { secure: cx.instance.secure(), seconds: SECONDS };
    jar::set(response, &name(cx), "1", attributes);
}

/// Whether the browser completed a login seconds ago.
pub(crate) fn is_marked(cx: &Context<'_>) -> bool {
    jar::single(&cx.request.headers, &name(cx)).is_some()
}

/// Whether a session is so young that its browser may still be marked.
pub(crate) fn is_fresh(cx: &Context<'_>, logged_in_at: Timestamp) -> bool {
    cx.now.since(logged_in_at).as_secs() <= SECONDS
}

/// Forgets it: the browser has come with its session, or logs out.
pub(crate) fn unmark(cx: &Context<'_>, response: &mut HeaderMap) {
    if is_marked(cx) {
        jar::remove(response, &name(cx), cx.instance.secure());
    }
}

fn name(cx: &Context<'_>) -> String {
    format!("{}.arrived", cx.instance.session_cookie())
}

/// Longer than a redirect takes, shorter than a session is of use.
const SECONDS: u64 = 10;
