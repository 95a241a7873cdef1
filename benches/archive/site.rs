//! Writes articles as a site of `luutru`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use luutru::vi::slug;

use super::article::{Article, World, publisher};

/// Writes the site of `count` articles to `dir`: `content/` with the settings, the
/// articles by year and month, and the records of directives and publishers.
///
/// Search and data are off unless `full`: the comparison is about pages, links and feeds.
pub(crate) fn write(world: &World, count: usize, dir: &Path, full: bool) -> io::Result<()> {
    let content = dir.join("content");
    let switches = if full { "" } else { "search: false\ndata: false\n" };
    put(
        &content.join("site.yaml"),
        &format!(
            "title: Lưu trữ báo chí ({count} bài)\nlanguage: vi\nbase_url: https://luutru.example/\npage_size: \
             50\n{switches}"
        ),
    )?;
    for directive in &world.directives {
        let text = format!(
            "---\nnumber: {}\nkind: {}\nissuer: {}\ndate: {}\nterm: {}\ntitle: {}\n---\n",
            directive.number,
            directive.kind,
            directive.issuer,
            directive.date,
            directive.term,
            directive.title
        );
        put(&content.join(format!("directives/{}.md", slug(&directive.number))), &text)?;
    }
    for province in world.places.provinces() {
        let name = publisher(province);
        let text = format!("---\nname: {name}\nplace: {}\n---\n", province.short);
        put(&content.join(format!("publishers/{}.md", slug(&name))), &text)?;
    }
    for index in 0..count {
        let article = world.article(index);
        put(&dir.join(path(&article)), &text(&article))?;
    }
    Ok(())
}

/// Where an article's file is within a site.
pub(super) fn path(article: &Article) -> String {
    let (year, month, _) = article.date.parts();
    format!("content/articles/{year}/{month:02}/{}.md", article.stem)
}

/// The file of an article.
pub(super) fn text(article: &Article) -> String {
    let mut text = "---\n".to_owned();
    front_matter(article, &article.directives, &mut text);
    text.push_str("---\n");
    text.push_str(&article.body);
    text
}

/// The front matter without its fences: what both generators share, but for the names of
/// the directives.
pub(super) fn front_matter(article: &Article, directives: &[String], text: &mut String) {
    let Article { title, date, added, publisher, byline, event, .. } = article;
    let list = |items: &[String]| {
        format!("[{}]", items.iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", "))
    };
    let written = write!(
        text,
        "title: \"{title}\"\ndate: {date}\nadded: {added}\npublisher: {publisher}\nbyline: {byline}\nlocalities: \
         {}\nunits: {}\ndirectives: {}\nevent: {{date: {}, host: \"{}\", directives: [\"{}\"], stage: {}, \
         commended: [{{collectives: {}, individuals: {}}}]}}\n",
        list(&article.localities),
        list(&article.units),
        list(directives),
        event.date,
        article.units[0],
        event.directive,
        event.stage,
        event.collectives,
        event.individuals,
    );
    written.expect("a string takes any text");
}

/// Writes a file and the folders above it.
pub(super) fn put(path: &Path, text: &str) -> io::Result<()> {
    let file = match File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().expect("a generated file has a folder"))?;
            File::create(path)
        }
        other => other,
    };
    file?.write_all(text.as_bytes())
}
