//! The corpus of the fuzzer, which every test run goes through again.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use oauth_tests::fuzz::{TARGETS, Target};

fn fuzz(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(path)
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Runs a target with every file of its folder.
fn replay((name, target): Target) {
    let folder = fuzz("corpus").join(name);
    let inputs = names_in(&folder);
    assert!(inputs.len() >= 5, "{name} has a corpus");
    for input in inputs {
        let data = fs::read(folder.join(&input)).unwrap();
        assert!(catch_unwind(|| target(&data)).is_ok(), "fuzz/corpus/{name}/{input}");
    }
}

#[test]
fn ds_04_every_input_of_the_corpus_keeps_what_is_promised() {
    for target in TARGETS {
        replay(*target);
    }
}

#[test]
fn every_target_has_a_program_and_a_corpus() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let programs = names_in(&fuzz("fuzz_targets"));
    let programs: BTreeSet<String> =
        programs.iter().map(|file| file.trim_end_matches(".rs").to_owned()).collect();

    assert_eq!(targets, programs);
    assert_eq!(targets, names_in(&fuzz("corpus")));
    let manifest = fs::read_to_string(fuzz("Cargo.toml")).unwrap();
    for target in targets {
        let path = format!("fuzz_targets/{target}.rs");
        let program = fs::read_to_string(fuzz(&path)).unwrap();
        assert!(program.contains(&format!("oauth_tests::fuzz::{target}(data)")), "{program}");
        assert!(manifest.contains(&path), "{path}");
    }
}
