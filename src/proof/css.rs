//! The addresses in a style sheet: `url(…)` and `@import "…"`.
//!
//! Comments are passed over. Not here: any other part of the language.

/// Each address with its offset, in order.
pub(super) fn addresses(css: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = memchr::memchr3(b'/', b'u', b'@', &css.as_bytes()[at..]).map(|hit| at + hit) {
        let rest = &css[hit..];
        let skipped = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(inner) = rest.strip_prefix("url(") {
            let start = inner.len() - inner.trim_start().len();
            let (from, to) =
                quoted(&inner[start..]).unwrap_or_else(|| (0, inner[start..].find(')').unwrap_or(0)));
            let url = inner[start + from..start + to].trim_end();
            found.push((hit + "url(".len() + start + from, url));
            "url(".len() + start + to
        } else if let Some(inner) = rest.strip_prefix("@import") {
            let start = inner.len() - inner.trim_start().len();
            if let Some((from, to)) = quoted(&inner[start..]) {
                found.push((hit + "@import".len() + start + from, &inner[start + from..start + to]));
            }
            "@import".len() + start
        } else {
            1
        };
        at = hit + skipped.max(1);
    }
    found
}

/// Where the text between quotes is, if there are quotes.
fn quoted(text: &str) -> Option<(usize, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = text[1..].find(quote)?;
    Some((1, 1 + end))
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[track_caller]
    fn check(css: &str, expect: &[&str]) {
        let found = addresses(css);
        assert!(found.iter().all(|(at, url)| css[*at..].starts_with(url)), "{found:?}");
        assert_eq!(found.iter().map(|(_, url)| *url).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn addresses_are_found_quoted_or_not() {
        check("a{b:url(c.png)} d{e:url( 'f g.png' )}", &["c.png", "f g.png"]);
        check("@import \"a.css\"; @import url(b.css);", &["a.css", "b.css"]);
        check("/* url(a) */ b{c:url(data:x)} u/", &["data:x"]);
        check("url(", &[""]);
    }
}
