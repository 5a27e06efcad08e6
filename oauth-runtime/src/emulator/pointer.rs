//! Writing into a JSON document where a pointer says (RFC 6901).

use serde_json::{Value, json};

/// Puts a value where a JSON pointer says, making the objects on the way.
pub(super) fn set(target: &mut Value, pointer: &str, value: Value) {
    let mut place = target;
    for token in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[token.replace("~1", "/").replace("~0", "~")];
    }
    *place = value;
}
