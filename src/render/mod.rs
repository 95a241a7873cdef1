//! Rendering: one page's view through its template; `memo` tells which pages need it.

mod memo;

use std::ops::Range;

use serde::Serialize;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::digest::{Digest, Hasher};
use crate::page::view::{PageView, View};
use crate::page::{Page, Viewer, root_of};
use crate::theme::{Theme, template_error};

pub use memo::{Fresh, Memo, Rendered, Why};

/// The bytes of a page. An error is the template's: one that reaches for what its view
/// does not have. Cost: 30–70 µs for an article.
pub fn page(theme: &Theme, viewer: &Viewer, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
    let root = root_of(&page.url);
    Shown { page: viewer.page_view(page, &root), view: viewer.view(page) }.render(theme, page)
}

/// The same, with the range of bytes that an editor wrote; empty at the end where there is no
/// body, or the template changes it.
pub fn page_and_body(
    theme: &Theme,
    viewer: &Viewer,
    page: &Page,
) -> Result<(Vec<u8>, Range<usize>), Box<Diagnostic>> {
    let root = root_of(&page.url);
    let shown = Shown { page: viewer.page_view(page, &root), view: viewer.view(page) };
    let bytes = shown.render(theme, page)?;
    let body = shown.view.body();
    let at = (!body.is_empty()).then(|| memchr::memmem::find(&bytes, body.as_bytes())).flatten();
    let range = at.map_or(bytes.len()..bytes.len(), |at| at..at + body.len());
    Ok((bytes, range))
}

/// What a template sees of its page.
#[derive(Serialize)]
struct Shown<'v> {
    page: PageView<'v>,
    view: View<'v>,
}

impl Shown<'_> {
    fn render(&self, theme: &Theme, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("page", Value::from_serializable(&self.page));
        context.insert_value("view", Value::from_serializable(&self.view));
        let mut bytes = Vec::with_capacity(16 << 10);
        match theme.tera.render_to(page.template, &context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Box::new(template_error(None, &error))),
        }
    }

    /// Stands for all of it, with the template that shows it. About 1 ns a byte.
    fn digest(&self, page: &Page) -> Digest {
        let mut hasher = Hasher::default();
        // Neither texts nor writing to a hasher can fail.
        let _ = serde_json::to_writer(&mut hasher, &(page.template, self));
        hasher.digest()
    }
}
