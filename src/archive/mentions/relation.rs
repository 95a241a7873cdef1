//! What a sentence says of two documents that it names: "Kết luận 01 … về tiếp tục thực hiện
//! Chỉ thị 05".
//!
//! Read is only what stands between the two. Right behind the first may stand its date and its
//! issuer, then one of the phrases below, then the second, with a word or two before it. Any
//! other word, and any end of a sentence, means that nothing is said: "Kết luận 01, Huyện ủy
//! ban hành kế hoạch về thực hiện Chỉ thị 05" is about the plan.
//!
//! Not here: which documents they are (`directive`), whether a record says so (`suggest`).

use crate::document::Relation;
use crate::mention::text::{Form, Token, Word, tokenise};

/// The longest text between two documents that is read, in bytes.
const LONGEST: usize = 400;

/// How the document before `between` stands to the one behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) relation: Relation,
    /// It is the second that continues, replaces … the first: "được thay thế bằng".
    pub(super) turned: bool,
}

/// What the text between two documents says of them. Linear.
pub(super) fn said(between: &str) -> Option<Said> {
    if between.len() > LONGEST {
        return None;
    }
    let mut tokens = Vec::new();
    tokenise(between, &mut tokens);
    let mut rest = Rest { tokens: &tokens };
    rest.tail()?;
    let passive = rest.take("được");
    let about = rest.take("về");
    if about {
        rest.take("việc");
    }
    let relation = rest.verb(about)?;
    let turned = passive && AGENTS.iter().any(|agent| rest.take(agent));
    if passive != turned {
        return None;
    }
    rest.tokens.iter().all(|token| is_among(token, FILLERS)).then_some(Said { relation, turned })
}

/// What is not read yet.
struct Rest<'t> {
    tokens: &'t [Token],
}

impl Rest<'_> {
    /// Takes these words, whatever their case, if they stand here.
    fn take(&mut self, words: &str) -> bool {
        let words: Vec<Word> = words.split(' ').map(Word::of).collect();
        let here = self.tokens.len() >= words.len()
            && self.tokens.iter().zip(&words).all(|(token, word)| token.word == *word);
        if here {
            self.tokens = &self.tokens[words.len()..];
        }
        here
    }

    /// Takes date, term and issuer of the first document. `None` at anything else but a verb.
    fn tail(&mut self) -> Option<()> {
        let mut issuer = false;
        while let [token, more @ ..] = self.tokens {
            if is_among(token, STARTS) {
                return Some(());
            }
            self.tokens = more;
            match token.form {
                Form::Mark if token.is('(') => {
                    let close = more.iter().position(|token| token.is(')'))?;
                    self.tokens = &more[close + 1..];
                }
                // What an issuer's name is cut off by is the subject of the sentence.
                Form::Mark if token.is(',') => issuer = false,
                Form::Mark if ['-', '/', '"', '“', '”'].iter().any(|&mark| token.is(mark)) => {}
                Form::Mark => return None,
                Form::Number => {}
                _ if token.word == const { Word::of("của") } => issuer = true,
                _ if is_among(token, DATES) => {}
                _ if issuer && (token.is_capital() || is_among(token, BODIES)) => {}
                _ => return None,
            }
        }
        None
    }

    fn verb(&mut self, about: bool) -> Option<Relation> {
        let on = self.take("tiếp tục");
        let hard = HARD.iter().filter(|word| self.take(word)).count() > 0;
        if self.take("thực hiện") || about && hard {
            return match (on, about) {
                (true, _) => Some(Relation::Continues),
                (false, true) => Some(Relation::Implements),
                (false, false) => None,
            };
        }
        if on || hard {
            return None;
        }
        if self.take("thay thế") {
            self.take("cho");
            return Some(Relation::Replaces);
        }
        if self.take("sửa đổi") {
            let _ = self.take_mark(',') || self.take("và");
            self.take("bổ sung");
            return Some(Relation::Amends);
        }
        (self.take("bổ sung") && about).then_some(Relation::Amends)
    }

    fn take_mark(&mut self, mark: char) -> bool {
        let here = self.tokens.first().is_some_and(|token| token.is(mark));
        if here {
            self.tokens = &self.tokens[1..];
        }
        here
    }
}

/// Whether a token is one of these words, in small letters.
fn is_among(token: &Token, words: &str) -> bool {
    token.form == Form::Lower && words.split(' ').any(|word| Word::of(word) == token.word)
}

/// First words of what is said.
const STARTS: &str = "về tiếp thay sửa bổ được";
/// Before "thực hiện", in the order in which they are said; behind "về" instead of it.
const HARD: [&str; 4] = ["đẩy mạnh", "tổ chức", "triển khai", "cụ thể hóa"];
/// Behind a verb that is passive.
const AGENTS: [&str; 4] = ["bởi", "bằng", "theo", "tại"];
/// Words of a date or a term; "đã", "nhằm", "để" before a verb.
const DATES: &str = "ngày tháng năm khóa nhiệm kỳ đã nhằm để";
/// Small words of the names of those who issue documents.
const BODIES: &str = "bộ ban chính trị chấp hành trung ương bí thư đảng tỉnh huyện quận thành thị xã phố ủy nhân dân hội đồng tướng phủ thường vụ quốc khóa";
/// Between the verb and the second document.
const FILLERS: &str = "nghiêm túc có hiệu quả tốt toàn diện đồng bộ các một số điều khoản nội dung của việc";

#[cfg(test)]
mod tests {
    use super::{Said, said};
    use crate::document::Relation::{self, *};

    #[track_caller]
    fn check(between: &str, relation: impl Into<Option<(Relation, bool)>>) {
        let expect = relation.into().map(|(relation, turned)| Said { relation, turned });
        assert_eq!(said(between), expect, "{between}");
    }

    #[test]
    fn a_phrase_between_two_documents_says_how_one_stands_to_the_other() {
        check(" về tiếp tục thực hiện ", (Continues, false));
        check(" tiếp tục thực hiện ", (Continues, false));
        check(
            " ngày 18/5/2021 của Bộ Chính trị khóa XIII về tiếp tục đẩy mạnh thực hiện ",
            (Continues, false),
        );
        check(", ngày 18-5-2021, của Bộ Chính trị về việc thực hiện ", (Implements, false));
        check(" (ngày 3/8/2021) của Ban Thường vụ Tỉnh ủy Sóc Trăng về triển khai ", (Implements, false));
        check(" về cụ thể hóa ", (Implements, false));
        check(" thay thế ", (Replaces, false));
        check(" của Thủ tướng Chính phủ thay thế cho ", (Replaces, false));
        check(" đã được thay thế bằng ", (Replaces, true));
        check(" sửa đổi, bổ sung một số điều của ", (Amends, false));
        check(" được sửa đổi, bổ sung bởi ", (Amends, true));
        check(" về bổ sung ", (Amends, false));
    }

    #[test]
    fn nothing_is_said_where_any_other_word_stands_between() {
        for between in [
            " và ",
            " ",
            ", ",
            " về kết quả thực hiện ",
            " về học tập và thực hiện ",
            ", Huyện ủy ban hành kế hoạch về thực hiện ",
            " của Bộ Chính trị, Huyện ủy về thực hiện ",
            ". Về tiếp tục thực hiện ",
            " không thay thế ",
            " thực hiện ",
            " được thay thế ",
            " tiếp tục ",
            " bổ sung ",
            " về tiếp tục thực hiện nhiệm vụ và ",
        ] {
            check(between, None);
        }
    }
}
