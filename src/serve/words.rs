//! The words that the server itself shows, in two languages.
//!
//! A closed list of its own and not part of `diagnostic`'s messages: nothing here is about
//! content. What is wrong with that comes in from outside, already in words.

use crate::diagnostic::Language;

/// One set of words.
pub(super) struct Words {
    /// While there is no good build yet.
    pub(super) building: &'static str,
    /// On the button that closes the diagnostics.
    pub(super) close: &'static str,
    /// Nothing at this address, and no `404.html` to say so.
    pub(super) not_found: &'static str,
    /// The request is none.
    pub(super) malformed: &'static str,
    /// The request was meant for another machine.
    pub(super) other_host: &'static str,
    /// Neither `GET` nor `HEAD`.
    pub(super) method: &'static str,
    /// A range that the file does not have.
    pub(super) range: &'static str,
    /// The file is there and cannot be read; the reason follows.
    pub(super) unreadable: &'static str,
}

const VI: Words = Words {
    building: "Đang dựng…",
    close: "Đóng",
    not_found: "Không có gì ở địa chỉ này.",
    malformed: "Yêu cầu sai dạng.",
    other_host: "Bản xem trước chỉ mở qua localhost.",
    method: "Bản xem trước chỉ để đọc.",
    range: "Tệp không có đoạn này.",
    unreadable: "Không đọc được tệp:",
};

const EN: Words = Words {
    building: "Building…",
    close: "Close",
    not_found: "There is nothing at this address.",
    malformed: "Malformed request.",
    other_host: "The preview answers to localhost only.",
    method: "The preview is for reading only.",
    range: "The file has no such range.",
    unreadable: "The file cannot be read:",
};

/// The words of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Vi => &VI,
        Language::En => &EN,
    }
}
