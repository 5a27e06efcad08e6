//! Renewing tokens so that nobody is logged out by it ([RFC 6749 s6], [RFC 9700 s4.14]).
//!
//! A provider that rotates refresh tokens takes each of them once, and takes a second use for theft: it then
//! revokes everything. So one refresh token is presented by one caller, however many want its successor:
//!
//! 1. A token that is valid is used. Within a while before its expiry ([`window`]) one caller begins to renew it,
//!    and nobody waits for that.
//! 2. Whoever holds an expired token joins the flight of its refresh token ([`flights`]), or begins it.
//! 3. The flight is a task of its own ([`refresher`]): a caller that goes away cancels nothing.
//! 4. It waits until it is the turn of its process ([`guard`]); what another one was given meanwhile is taken as it is.
//! 5. The new pair is committed ([`hold`]) before anybody gets it; who still presents the old one is given it.
//! 6. `invalid_grant` ends the session; anything else leaves the tokens alone and is not tried again at once, by no
//!    process.
//! 7. A logout leaves a tombstone: a refresh that lands later brings nothing back, and a refresh token that came by it is
//!    revoked.
//!
//! Where one process serves an application, every turn is its own, and steps 4 and 5 are nothing.
//!
//! [RFC 6749 s6]: https://www.rfc-editor.org/rfc/rfc6749#section-6
//! [RFC 9700 s4.14]: https://www.rfc-editor.org/rfc/rfc9700#section-4.14

pub(crate) mod accounts;
pub(crate) mod continued;
pub(crate) mod flights;
pub(crate) mod guard;
mod hold;
mod login_row;
mod logins;
pub(crate) mod refresher;
mod times;
pub(crate) mod window;
