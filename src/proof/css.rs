//! The addresses in a style sheet: `url(…)` and `@import "…"`.
//!
//! Comments and texts are passed over. Not here: any other part of the language.

/// Each address with its offset, in order.
pub(super) fn addresses(css: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    let starts = |rest: &str| rest.find(['/', 'u', '@', '"', '\'']);
    while let Some(hit) = starts(&css[at..]).map(|hit| at + hit) {
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
        } else if rest.starts_with(['"', '\'']) {
            text(rest)
        } else {
            1
        };
        at = hit + skipped.max(1);
    }
    found
}

/// How long a text is with its quotes: up to the same quote, or to the end of the line.
fn text(rest: &str) -> usize {
    let mut escaped = false;
    let ends = |&(_, &byte): &(usize, &u8)| {
        let is_end = !escaped && (byte == rest.as_bytes()[0] || byte == b'\n');
        escaped = !escaped && byte == b'\\';
        is_end
    };
    rest.as_bytes().iter().enumerate().skip(1).find(ends).map_or(rest.len(), |(at, _)| at + 1)
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
        check("a::after{content:\"url(x) \\\" @import 'y'\"} b{c:url(d)}", &["d"]);
        check("a{content:'\n} b{c:url(d)} e{f:'/*'} g{h:url(i)}", &["d", "i"]);
    }
}
