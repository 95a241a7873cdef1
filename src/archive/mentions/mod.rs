//! What the mentions of an article mean.

mod look;
pub(super) mod place;

pub use look::{Kind, Look, Reading, look};
