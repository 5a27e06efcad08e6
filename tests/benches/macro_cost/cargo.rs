//! Throw-away crates, and what it costs to compile them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

/// A folder for crates that are gone when the bench has ended.
pub(crate) struct Workshop {
    folder: TempDir,
    ticks: f64,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let ticks = Command::new("getconf").arg("CLK_TCK").output().unwrap().stdout;
        let ticks = String::from_utf8(ticks).unwrap().trim().parse().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), ticks }
    }

    /// A crate of this workshop. What it depends on has the versions of this repository, and is fetched.
    pub(crate) fn make(
        &self,
        name: &str,
        dependencies: &str,
        sources: &[(&str, &str)],
    ) -> Made<'_> {
        let folder = self.folder.path().join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{}\n\n[profile.release]\nstrip = true\n\n[workspace]\n",
            dependencies.replace("{root}", &repository().display().to_string())
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let made = Made { workshop: self, folder };
        for (name, text) in sources {
            made.write(name, text);
        }
        made.cargo(&["fetch", "--quiet"]);
        made
    }

    /// The processor time of all processes that this one has waited for, and of theirs.
    fn of_children(&self) -> f64 {
        let stat = fs::read_to_string("/proc/self/stat").unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let ticks = |field: &str| field.parse::<f64>().unwrap();
        // proc_pid_stat(5): `cutime` and `cstime` are fields 16 and 17; behind the name comes field 3.
        fields.split(' ').skip(13).take(2).map(ticks).sum::<f64>() / self.ticks
    }
}

/// One crate.
pub(crate) struct Made<'a> {
    workshop: &'a Workshop,
    folder: PathBuf,
}

impl Made<'_> {
    /// Checks it and all that it depends on, from nothing: user and system seconds together.
    pub(crate) fn check_from_nothing(&self) -> Duration {
        let _ = fs::remove_dir_all(self.folder.join("target"));
        let taken = self.check();
        fs::remove_dir_all(self.folder.join("target")).unwrap();
        taken
    }

    /// Checks what has changed.
    pub(crate) fn check(&self) -> Duration {
        let before = self.workshop.of_children();
        self.cargo(&["check", "--quiet", "--offline"]);
        let taken = self.workshop.of_children() - before;
        eprintln!("{}: {taken:.2} s", self.folder.file_name().unwrap().display());
        Duration::from_secs_f64(taken)
    }

    /// Writes a source file of it, so that it has changed.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join("src").join(name), text).unwrap();
    }

    /// Its program, as it would be shipped.
    pub(crate) fn release(&self) -> Vec<u8> {
        self.cargo(&["build", "--quiet", "--offline", "--release"]);
        fs::read(self.folder.join("target/release").join(self.folder.file_name().unwrap())).unwrap()
    }

    /// The names of the packages that are compiled for it, itself left out.
    pub(crate) fn packages(&self) -> BTreeSet<String> {
        let tree =
            self.cargo(&["tree", "--quiet", "--offline", "--edges=normal,build", "--prefix=none"]);
        let names = tree.lines().filter_map(|line| line.split(' ').next());
        names.skip(1).map(str::to_owned).collect()
    }

    /// The same cargo and compiler as this bench's, without what the environment would add.
    fn cargo(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
