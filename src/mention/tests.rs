//! Tests.
use super::*;

fn show(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    Finder::default().find(text, &mut found);
    found
        .iter()
        .map(|m| {
            let kind = match &m.what {
                What::Directive(_) => "d",
                What::Unit(_) => "u",
                What::Place(_) => "p",
            };
            format!("{kind} {}", &text[m.start as usize..m.end as usize])
        })
        .collect()
}

#[test]
fn peek() {
    for text in [
        "Bí thư Tỉnh uỷ Hậu Giang Trần Công Chánh sinh tại Châu Thành, Hậu Giang",
        "Quận ủy 1, 3, 5, Tân Bình và Thành ủy, HĐND, UBND, MTTQ tỉnh Sóc Trăng",
        "các quận 7, 12, Bình Tân; ngụ P.3, TP Vĩnh Long, tỉnh Vĩnh Long",
    ] {
        println!("{:?}", show(text));
    }
}
