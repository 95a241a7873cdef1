//! Writes the same articles as a site of Hugo, with templates that do the same work.
//!
//! Same: an article's page with its data, event, body, how to cite and five related
//! articles; lists and pages of units, directives and places, fifty rows each; feeds;
//! sitemap; flat addresses. Not there: what `luutru` adds by its model (roll-ups by
//! place, timelines, years, links found in the prose).

use std::io;
use std::path::Path;

use luutru::vi::slug;

use super::article::World;
use super::site::{front_matter, put};

/// Files of the site that do not depend on its articles.
const FILES: [(&str, &str); 12] = [
    ("hugo.yaml", include_str!("hugo/hugo.yaml")),
    ("static/style.css", include_str!("hugo/style.css")),
    ("layouts/baseof.html", include_str!("hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("hugo/layouts/home.html")),
    ("layouts/page.html", include_str!("hugo/layouts/page.html")),
    ("layouts/section.html", include_str!("hugo/layouts/section.html")),
    ("layouts/taxonomy.html", include_str!("hugo/layouts/taxonomy.html")),
    ("layouts/term.html", include_str!("hugo/layouts/term.html")),
    ("layouts/rss.xml", include_str!("hugo/layouts/rss.xml")),
    ("layouts/_partials/rows.html", include_str!("hugo/layouts/_partials/rows.html")),
    ("layouts/_partials/terms.html", include_str!("hugo/layouts/_partials/terms.html")),
    ("layouts/_partials/pages.html", include_str!("hugo/layouts/_partials/pages.html")),
];

/// Writes the site of `count` articles to `dir`.
pub(crate) fn write(world: &World, count: usize, dir: &Path) -> io::Result<()> {
    for (path, text) in FILES {
        put(&dir.join(path), text)?;
    }
    let mut text = String::new();
    for directive in &world.directives {
        let text = format!(
            "---\ntitle: {}\nkind: {}\nissuer: {}\ndate: {}\nterm: {}\nabout: {}\n---\n",
            directive.number,
            directive.kind,
            directive.issuer,
            directive.date,
            directive.term,
            directive.title
        );
        put(&dir.join(format!("content/directives/{}/_index.md", slug(&directive.number))), &text)?;
    }
    for index in 0..count {
        let article = world.article(index);
        text.clear();
        text.push_str("---\n");
        // A slash in a term would be a folder; its page has the number as the title.
        let terms: Vec<String> = article.directives.iter().map(|number| slug(number)).collect();
        front_matter(&article, &terms, &mut text);
        text.push_str("---\n");
        links(&article.body, &mut text);
        let (year, month, _) = article.date.parts();
        put(&dir.join(format!("content/bai-viet/{year}/{month:02}/{}.md", article.stem)), &text)?;
    }
    Ok(())
}

/// Appends `body` with `[[number|words]]` as links of Markdown.
fn links(body: &str, out: &mut String) {
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("[[") {
        let (link, after) = after.split_once("]]").expect("a link of the generator is closed");
        let (number, words) = link.split_once('|').expect("a link of the generator has words");
        out.push_str(before);
        out.push_str(&format!("[{words}](/directives/{}.html)", slug(number)));
        rest = after;
    }
    out.push_str(rest);
}
