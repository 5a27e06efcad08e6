//! The wording of the common sentences: one for a mistake, whoever finds it.

/// The letters of the longest sentence.
const LONGEST: usize = 140;

/// A word that is not in the vocabulary: with the nearest known one, else with the `usual` ones.
#[must_use]
pub fn unknown(what: &str, spelt: &str, known: &[&str], usual: &[&str]) -> String {
    let found = brief(spelt);
    match nearest(spelt, known).map(brief) {
        Some(near) => format!("unknown {what} `{found}`; did you mean `{near}`?"),
        None => {
            let start = format!("unknown {what} `{found}`, expected ");
            let room = LONGEST.saturating_sub(start.chars().count());
            start + &one_of(usual, room)
        }
    }
}

/// A key, a scope, a parameter that stands there a second time.
#[must_use]
pub fn doubled(name: &str) -> String {
    format!("`{}` is given twice; keep one", short(name))
}

/// A key that must be there and is not.
#[must_use]
pub fn missing(key: &str, why: &str) -> String {
    format!("missing `{key}`; {why}")
}

/// A list without elements.
#[must_use]
pub fn empty(key: &str) -> String {
    format!("`{key}` is empty; remove it or fill it")
}

/// A parameter, a header with an empty name.
#[must_use]
pub fn nameless(what: &str) -> String {
    format!("the name of a {what} is empty; write one or remove the {what}")
}

/// Something that the library sends itself.
#[must_use]
pub fn owned(name: &str) -> String {
    format!("`{}` belongs to the protocol, which sets it itself; remove it", short(name))
}

/// A parameter that would be called as another one is.
pub(crate) fn another_parameter(key: &str, name: &str) -> String {
    let name = brief(name);
    format!("`{key}` names `{name}`, which is another parameter; choose another name")
}

/// Something that is said of a request without an endpoint.
pub(crate) fn without_endpoint(key: &str, endpoint: &str) -> String {
    format!("`{key}` says how `{endpoint}` is asked; add that key")
}

/// A declared field that the library reads itself.
#[must_use]
pub fn standard_field(name: &str) -> String {
    match name {
        "id_token" => {
            "`id_token` is read by the library; remove it, and call `.id_token()` of the session"
                .to_owned()
        }
        _ => format!("`{}` is a field of every token response; remove it", short(name)),
    }
}

/// A secret that somebody wrote down.
#[must_use]
pub fn secret(name: &str) -> String {
    format!(
        "`{}` is a secret, which never stands in a source; pass it to `.client_secret(…)` of the builder",
        brief(name)
    )
}

/// A value that comes from nowhere: with the nearest of the `known` words, else with what is `allowed`.
#[must_use]
pub fn unknown_source(key: &str, spelt: &str, known: &[&str], allowed: &str) -> String {
    let found = cut(spelt, 15);
    match nearest(spelt, known) {
        Some(near) => format!("unknown `{key}` value `{found}`; did you mean `{near}`?"),
        None => format!("unknown `{key}` value `{found}`, expected {allowed}"),
    }
}

/// A value that comes from where it cannot.
#[must_use]
pub fn no_such_source(key: &str, source: &str, allowed: &str) -> String {
    format!("`{key}` takes no `{}`; expected {allowed}", short(source))
}

/// The known word that differs in at most a third of its letters.
#[must_use]
pub fn nearest<'a>(spelt: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        // A word of another length is another word; this also bounds the work.
        .filter(|word| spelt.len() <= 2 * word.len() + 3)
        .map(|word| (distance(spelt, word), *word))
        .filter(|(distance, word)| *distance <= word.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// As much of `text` as fits into a sentence.
#[must_use]
pub fn short(text: &str) -> String {
    cut(text, 50)
}

/// As much of `text` as fits where a sentence says it twice.
#[must_use]
pub fn brief(text: &str) -> String {
    cut(text, 30)
}

/// As much of `text` as fits where a sentence says it twice, beside the longest key.
pub(crate) fn curt(text: &str) -> String {
    cut(text, 17)
}

/// A letter as a reader can see it.
#[must_use]
pub fn shown(letter: char) -> String {
    match letter.is_control() || letter.is_whitespace() {
        true => format!("`{}`", letter.escape_unicode()),
        false => format!("`{letter}`"),
    }
}

fn cut(text: &str, length: usize) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(length).collect();
    match letters.next() {
        Some(_) => format!("{start}…"),
        None => start,
    }
}

/// `` `a` `` or `` one of `a`, `b` ``, and no more of them than fit.
fn one_of(words: &[&str], room: usize) -> String {
    let listed: Vec<String> = words.iter().map(|word| format!("`{}`", cut(word, 22))).collect();
    let whole = |few: &[String]| format!("one of {}", few.join(", "));
    match listed.as_slice() {
        [only] => only.clone(),
        all if whole(all).chars().count() <= room => whole(all),
        all => {
            let fits = |many: &usize| whole(&all[..*many]).chars().count() + 3 <= room;
            let many = (1..all.len()).rev().find(fits).unwrap_or(1);
            format!("{}, …", whole(&all[..many]))
        }
    }
}

/// How many letters one inserts, removes, replaces, or swaps with their neighbour, to get from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let replaced = row[j] + usize::from(a[i] != b[j]);
            let mut least = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_names_the_nearest_one() {
        let known = ["authorization_endpoint", "token_endpoint"];

        assert_eq!(
            unknown("key", "token_endpont", &known, &known),
            "unknown key `token_endpont`; did you mean `token_endpoint`?"
        );
    }

    #[test]
    fn a_strange_word_names_the_usual_ones() {
        assert_eq!(
            unknown("key", "logo", &["scopes"], &["scopes", "api_base"]),
            "unknown key `logo`, expected one of `scopes`, `api_base`"
        );
    }

    #[test]
    fn a_long_list_is_cut_where_the_sentence_would_be_too_long() {
        let known = ["client_secret_basic", "client_secret_post", "none", "private_key_jwt"];
        let refusal =
            |spelt: &str| unknown("`token_endpoint_auth_method` value", spelt, &known, &known);

        assert_eq!(
            refusal("client_assertion"),
            "unknown `token_endpoint_auth_method` value `client_assertion`, expected one of `client_secret_basic`, `client_secret_post`, `none`, …"
        );
        assert!(refusal(&"client_assertion".repeat(9)).chars().count() <= LONGEST);
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
        assert_eq!(distance("raed", "read"), 1);
    }
}
