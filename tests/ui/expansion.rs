//! What the attribute reads: the declaration, and nothing else.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// What must not come into a program that it was not written into.
const CANARY: &str = "canary-9b1f6f0e";

/// The variables that hold a client's secret while a program is built, as people call them.
const VARIABLES: [&str; 5] =
    ["CLIENT_ID", "CLIENT_SECRET", "GITHUB_CLIENT_SECRET", "OAUTH_CLIENT_SECRET", "SECRET_KEY"];

/// The modules of the standard library that reach outside, and the macros that read while they expand.
const OUTSIDE: [&str; 16] = [
    "env!",
    "include!",
    "include_bytes!",
    "include_str!",
    "std::env",
    "std::fs",
    "std::io",
    "std::os",
    "std::path",
    "std::process",
    "std::time",
    "std::{",
    "Socket",
    "TcpStream",
    "proc_macro::tracked",
    "unsafe",
];

#[test]
fn ma_03_the_attribute_reaches_for_nothing_outside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");

    for source in ["oauth-declaration/src", "oauth-derive/src"].map(|folder| root.join(folder)) {
        // A test is not a part of the attribute.
        for file in files_in(&source).into_iter().filter(|file| !file.ends_with("tests.rs")) {
            let text = fs::read_to_string(&file).unwrap();
            let outside = OUTSIDE.iter().find(|word| text.contains(**word));
            assert_eq!(outside, None, "{}", file.display());
        }
    }
    let manifest = fs::read_to_string(root.join("oauth-derive/Cargo.toml")).unwrap();
    let (_, needed) = manifest.split_once("\n[dependencies]\n").unwrap();
    let needed = needed.lines().take_while(|line| !line.is_empty());
    for line in needed {
        let known = ["oauth-declaration", "proc-macro2", "quote", "syn"];
        assert!(known.iter().any(|name| line.starts_with(name)), "{line}");
    }
}

#[test]
fn ma_03_a_declaration_expands_to_the_same_whatever_stands_around_it() {
    let bare = build(|_, _| {});
    let beside_secrets = build(|folder, rustc| {
        rustc.envs(VARIABLES.map(|name| (name, CANARY)));
        for file in [".env", "Cargo.toml", "client_secret.json"] {
            fs::write(folder.join(file), CANARY).unwrap();
        }
    });

    assert!(contains(&bare, "https://api.github.com/user"), "what is declared is in it");
    assert!(!contains(&beside_secrets, CANARY));
    assert!(bare == beside_secrets, "the two libraries differ");
}

/// A library with a provider that declares everything, compiled in a folder that was empty. It is the same folder each
/// time, because the compiler writes its name into what it makes.
fn build(prepare: impl FnOnce(&Path, &mut Command)) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("expansion");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let dependencies = env::current_exe().unwrap().parent().unwrap().to_owned();
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(&folder).env_remove("RUSTFLAGS");
    for name in VARIABLES {
        rustc.env_remove(name);
    }
    prepare(&folder, &mut rustc);
    let output = rustc
        .args(["--edition=2024", "--crate-type=rlib", "--crate-name=everything"])
        .args(["--cap-lints=allow", "--out-dir=."])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("pass/everything.rs"))
        .arg(format!("-Ldependency={}", dependencies.display()))
        .arg(format!("--extern=oauth_runtime={}", newest_runtime(&dependencies).display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(folder.join("libeverything.rlib")).unwrap()
}

/// The one that this test was built with, or one that was built after it.
fn newest_runtime(dependencies: &Path) -> PathBuf {
    let is_runtime = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("liboauth_runtime-") && name.ends_with(".rlib")
    };
    let entries = fs::read_dir(dependencies).unwrap().map(|entry| entry.unwrap().path());
    let built = |path: &PathBuf| {
        path.metadata().and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
    };
    entries.filter(is_runtime).max_by_key(built).unwrap()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
