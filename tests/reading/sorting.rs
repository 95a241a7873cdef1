//! The registers of initiatives and commendations: complete tables, which a little script
//! lets readers sort, by mouse and by keyboard.

use serde_json::Value;

use super::{
    browser::{Tab, browser},
    fixture::Site,
    server::Server,
};

/// Names in Vietnamese order: letters with a mark of their own stand apart, and numbers in
/// names are numbers.
const NAMES: [&str; 11] = [
    "An toàn giao thông",
    "Ăn sạch",
    "Ấp sáng",
    "Dân vận khéo",
    "Đường hoa",
    "Mẹ đỡ đầu",
    "Mô hình 9",
    "Mô hình 10",
    "Oản",
    "Ông bà mẫu mực",
    "Ơn nghĩa",
];

/// Collectives that events commended; one does not say how many.
const COLLECTIVES: [Option<u32>; 5] = [Some(9), None, Some(1780), Some(10), Some(2)];

/// A site with both registers, in another order, served.
fn served() -> (Server, super::fixture::Built) {
    let mut site = Site::new();
    for index in 0..NAMES.len() {
        let name = NAMES[index * 4 % NAMES.len()];
        let commended = COLLECTIVES.get(index).map_or(String::new(), |count| {
            let count = count.map_or("individuals: 1".to_owned(), |count| format!("collectives: {count}"));
            format!("event: {{date: 2023-05-{:02}, commended: [{{{count}}}]}}\n", 28 - index * 3)
        });
        let front = format!("date: 2023-06-{:02}\ninitiatives: [{name}]\n{commended}", 1 + index);
        site = site.article(&format!("bai-{index:02}"), &front);
    }
    let built = site.build().clean();
    (Server::start(vec![("/", built.out())]), built)
}

/// The cells of a column from the top, in the table that has buttons in its head.
const CELLS: &str = "(column) => {
    const table = document.querySelector('table:has(thead button)');
    return [...table.tBodies[0].rows].map((row) => row.cells[column].textContent.trim());
}";

/// How each column is said to be sorted.
const SORTED: &str = "[...document.querySelectorAll('table:has(thead button) thead th')].map((head) => head.getAttribute('aria-sort'))";

fn cells(tab: &mut Tab, column: usize) -> Vec<String> {
    let cells = tab.eval(&format!("({CELLS})({column})"));
    cells.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Which columns are said to be sorted, and how.
fn sorted(tab: &mut Tab) -> Vec<(usize, String)> {
    let sorted = tab.eval(SORTED);
    let columns = sorted.as_array().into_iter().flatten().enumerate();
    columns.filter_map(|(column, how)| Some((column, how.as_str()?.to_owned()))).collect()
}

fn focus(tab: &mut Tab, column: usize) {
    tab.eval(&format!("document.querySelectorAll('table:has(thead button) thead th')[{column}].querySelector('button').focus()"));
}

/// The buttons are there once the script ran.
const READY: &str = "document.querySelector('thead button')";

#[test]
fn a_register_is_sorted_in_vietnamese_order_by_its_headings() {
    let Some(browser) = browser() else { return };
    let (server, _built) = served();
    let mut tab = browser.tab();
    tab.navigate(&format!("{}/mo-hinh.html", server.origin()));
    tab.wait(READY);
    assert_eq!(
        tab.eval("document.querySelectorAll('table:has(thead button) thead th:not(:has(button))').length"),
        0
    );
    assert_eq!(sorted(&mut tab), []);
    assert_ne!(cells(&mut tab, 0), NAMES);

    tab.eval("document.querySelector('thead button').click()");
    assert_eq!(cells(&mut tab, 0), NAMES);
    assert_eq!(sorted(&mut tab), [(0, "ascending".to_owned())]);

    tab.eval("document.querySelector('thead button').click()");
    let mut names = NAMES;
    names.reverse();
    assert_eq!(cells(&mut tab, 0), names);
    assert_eq!(sorted(&mut tab), [(0, "descending".to_owned())]);
    assert_eq!(tab.errors(), Vec::<String>::new());
}

#[test]
fn a_register_is_sorted_by_keyboard_and_keeps_the_focus_on_the_heading() {
    let Some(browser) = browser() else { return };
    let (server, _built) = served();
    let mut tab = browser.tab();
    tab.call("Emulation.setFocusEmulationEnabled", serde_json::json!({ "enabled": true }));
    tab.navigate(&format!("{}/mo-hinh.html", server.origin()));
    tab.wait(READY);
    for (key, how) in [("Enter", "ascending"), ("Space", "descending"), ("Enter", "ascending")] {
        focus(&mut tab, 0);
        tab.press(key);
        assert_eq!(sorted(&mut tab), [(0, how.to_owned())], "{key}");
        assert_eq!(tab.eval("document.activeElement.matches('th:first-child button')"), true, "{key}");
    }
    assert_eq!(cells(&mut tab, 0), NAMES);
}

#[test]
fn numbers_are_sorted_as_numbers_and_what_is_empty_stays_last() {
    let Some(browser) = browser() else { return };
    let (server, _built) = served();
    let mut tab = browser.tab();
    tab.navigate(&format!("{}/khen-thuong.html", server.origin()));
    tab.wait(READY);
    let columns = tab
        .eval("document.querySelector('table:has(thead button) thead tr').cells.length")
        .as_u64()
        .unwrap_or(0);
    let there: Vec<Vec<String>> = (0..columns as usize).map(|column| cells(&mut tab, column)).collect();
    let collectives = there.iter().position(|cells| cells.iter().any(|cell| cell == "1.780"));
    let column = collectives.expect("a column of collectives");
    for _ in 0..2 {
        focus(&mut tab, column);
        tab.eval("document.activeElement.click()");
        let expect = match sorted(&mut tab).first() {
            Some((_, how)) if how == "ascending" => ["2", "9", "10", "1.780", ""],
            _ => ["1.780", "10", "9", "2", ""],
        };
        assert_eq!(cells(&mut tab, column), expect);
        assert_eq!(sorted(&mut tab).len(), 1);
    }
    // By day, which is written day first.
    let dates = there.iter().position(|cells| cells.iter().any(|cell| cell.contains("28/05/2023")));
    focus(&mut tab, dates.expect("a column of dates"));
    tab.eval("document.activeElement.click()");
    let mut days: Vec<String> = there[dates.unwrap_or(0)].clone();
    days.sort();
    assert_eq!(cells(&mut tab, dates.unwrap_or(0)), days);
}

#[test]
fn a_register_is_whole_without_its_script() {
    let Some(browser) = browser() else { return };
    let (server, _built) = served();
    let mut tab = browser.tab();
    tab.scripts(false);
    tab.navigate(&format!("{}/mo-hinh.html", server.origin()));
    assert_eq!(tab.eval("document.querySelectorAll('button').length"), 0);
    let words = tab.eval("document.querySelector('main').innerText");
    let words = words.as_str().unwrap_or_default();
    assert!(NAMES.iter().all(|name| words.contains(name)), "{words}");
}
