//! The table of the README, which the example `catalogue` writes.

#[path = "../../../../providers/examples/catalogue/table.rs"]
mod table;

const README: &str = include_str!("../../../../README.md");

#[test]
fn the_table_of_the_readme_is_that_of_the_catalogue() {
    let written = table::written_into(README).expect("the README has the two marks of the table");

    // Whole files would fill the screen.
    let stale = README.lines().zip(written.lines()).find(|(is, would_be)| is != would_be);
    assert!(
        README == written,
        "the table of the README is stale; `cargo run --example catalogue -- --readme README.md` writes it anew: {stale:?}"
    );
}

#[test]
fn the_file_that_contributors_copy_is_that_of_the_catalogue() {
    let shown = include_str!("../../../../providers/README.md");
    let linear = include_str!("../../../../providers/src/catalogue/linear.rs");

    assert!(shown.contains(linear), "providers/README.md shows another linear.rs than there is");
}

#[test]
fn a_table_stands_between_its_marks_and_nothing_else_is_touched() {
    let readme = "above\n\n<!-- catalogue -->\nold\n<!-- /catalogue -->\n\nbelow\n";

    let written = table::written_into(readme).unwrap();

    assert!(written.starts_with("above\n\n<!-- catalogue -->\n"));
    assert!(written.ends_with("\n<!-- /catalogue -->\n\nbelow\n") && !written.contains("old"));
    assert_eq!(table::written_into(&written), Some(written));
    assert_eq!(table::written_into("# A README without a table\n"), None);
}
