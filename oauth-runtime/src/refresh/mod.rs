//! Renewing tokens so that nobody is logged out by it ([RFC 6749 s6], [RFC 9700 s4.14]).
//!
//! A provider that rotates refresh tokens takes each of them once, and takes a second use for theft: it then
//! revokes everything. So one refresh token is presented by one caller, however many want its successor:
//!
//! 1. A token that is valid is used. Within a while before its expiry ([`window`]) one caller begins to renew it,
//!    and nobody waits for that.
//! 2. Whoever holds an expired token joins the flight of its refresh token ([`flights`]), or begins it.
//! 3. The exchange runs in a task of its own ([`refresher`]): a caller that goes away cancels nothing.
//! 4. The new pair is committed before anybody gets it; who still presents the old one is given it.
//! 5. `invalid_grant` ends the session; anything else leaves the tokens alone and is not tried again at once.
//! 6. A logout leaves a tombstone: a refresh that lands later brings nothing back, and is revoked.
//!
//! [RFC 6749 s6]: https://www.rfc-editor.org/rfc/rfc6749#section-6
//! [RFC 9700 s4.14]: https://www.rfc-editor.org/rfc/rfc9700#section-4.14

pub(crate) mod accounts;
pub(crate) mod flights;
pub(crate) mod guard;
pub(crate) mod login_row;
pub(crate) mod refresher;
pub(crate) mod window;

use std::time::Duration;

/// How long an ended login stays ended, whatever lands: longer than any request that began before.
const TOMBSTONE: Duration = Duration::from_secs(600);

/// How long nobody tries again after a failure, unless the server says how long.
const FIRST_BACKOFF: Duration = Duration::from_secs(1);
const MOST_BACKOFF: Duration = Duration::from_secs(3600);
