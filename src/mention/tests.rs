//! Tests.
use super::*;

#[test]
fn peek() {
    for text in [
        "Đảng ủy Khối Doanh nghiệp tỉnh Bình Định. Đảng ủy Khối tặng",
        "UỶ BAN NHÂN DÂN TỈNH KONTUM",
        "UỶ BAN NHÂN DÂN TỈNH KONTUM\nSố: 1",
        "Chánh Văn phòng Tỉnh uỷ Kon Tum A Phương cho biết",
    ] {
        let mut found = Vec::new();
        Finder::default().find(text, &mut found);
        for m in found {
            println!("[\"{}\" {:?}", &text[m.start as usize..m.end as usize], m.what);
        }
    }
    println!(
        "{}",
        crate::organ::ids()
            .map(|i| format!("{i:?}={}", crate::organ::get(i).id))
            .skip(17)
            .take(12)
            .collect::<Vec<_>>()
            .join(" ")
    );
}
