//! The ways in which a page is read: widths, schemes, and when a page has come to rest.

use super::browser::Tab;

/// Widths of windows: a phone, a tablet, a desk.
pub(crate) const WIDTHS: [u32; 3] = [360, 768, 1440];

/// Values of `prefers-color-scheme`.
pub(crate) const SCHEMES: [&str; 2] = ["light", "dark"];

/// Waits for every picture, those further down included, and for the next frame.
pub(crate) fn settle(tab: &mut Tab) {
    tab.eval(
        "(async () => {
            for (const image of document.images) image.loading = 'eager';
            const failed = () => {};
            await Promise.all([...document.images].map((image) => image.decode().catch(failed)));
            await document.fonts.ready;
            await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
        })()",
    );
}
