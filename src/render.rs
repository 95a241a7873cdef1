//! Rendering: one page's view through its template.

use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::page::{Page, Viewer, root_of};
use crate::theme::{Theme, template_error};

/// The bytes of a page. An error is the template's: one that reaches for what its view
/// does not have. Cost: 30–70 µs for an article.
pub fn page(theme: &Theme, viewer: &Viewer, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
    let root = root_of(&page.url);
    let mut context = Context::new();
    context.insert_value("page", Value::from_serializable(&viewer.page_view(page, &root)));
    context.insert_value("view", Value::from_serializable(&viewer.view(page)));
    let mut bytes = Vec::with_capacity(16 << 10);
    match theme.tera.render_to(page.template, &context, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Box::new(template_error(None, &error))),
    }
}
