//! The steps, as Redis takes them: each one script on one key.

use std::sync::LazyLock;

use redis::{Cmd, Script};

/// One step on the row or the index under one key.
pub(super) struct Step {
    text: &'static str,
    script: LazyLock<Script, fn() -> Script>,
}

impl Step {
    /// The command that names the script by its hash, which Redis may have forgotten.
    pub(super) fn by_hash(&self, key: &str, arguments: &[&[u8]]) -> Cmd {
        command("EVALSHA", self.script.get_hash(), key, arguments)
    }

    /// The command that brings the script.
    pub(super) fn in_full(&self, key: &str, arguments: &[&[u8]]) -> Cmd {
        command("EVAL", self.text, key, arguments)
    }
}

fn command(name: &str, script: &str, key: &str, arguments: &[&[u8]]) -> Cmd {
    let mut command = redis::cmd(name);
    command.arg(script).arg(1).arg(key);
    for argument in arguments {
        command.arg(*argument);
    }
    command
}

/// A step is what every script begins with, what every step on a row or on an index begins with, and what is its own.
macro_rules! steps {
    ($($name:ident = $on:literal, $file:literal;)*) => {$(
        pub(super) static $name: Step = {
            const TEXT: &str =
                concat!(include_str!("clock.lua"), include_str!($on), include_str!($file));
            Step { text: TEXT, script: LazyLock::new(|| Script::new(TEXT)) }
        };
    )*};
}

steps! {
    LOAD = "row.lua", "load.lua";
    INSERT = "row.lua", "insert.lua";
    REPLACE = "row.lua", "replace.lua";
    TOUCH = "row.lua", "touch.lua";
    REMOVE = "row.lua", "remove.lua";
    ACQUIRE = "row.lua", "acquire.lua";
    RENEW = "row.lua", "renew.lua";
    RELEASE = "row.lua", "release.lua";
    LIST = "index.lua", "list.lua";
    KEYS = "index.lua", "keys.lua";
}
