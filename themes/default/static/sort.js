// Makes tables marked data-sorted sortable by their headings. Without it they are complete.
// A column of numbers has class "num"; a cell's data-sort goes before its words. What is
// empty stays last, and rows that are equal stay in order.
for (const table of document.querySelectorAll("table[data-sorted]")) {
  const { sorted, up, down, hint, only = "" } = table.dataset;
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const order = new Intl.Collator("vi", { numeric: true });
  if (body.rows.length < 2) continue;
  table.classList.add("sortable");

  const said = document.createElement("p");
  said.className = "note";
  said.setAttribute("role", "status");
  said.textContent = `${hint} ${only}`;
  table.parentElement.before(said);

  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const isNumber = head.classList.contains("num");
    const value = (row) => {
      const cell = row.cells[at];
      return cell.dataset.sort ?? cell.textContent.trim();
    };
    button.addEventListener("click", () => {
      // The largest number first, else the first letter; then the other way round.
      const was = head.getAttribute("aria-sort");
      const isDown = was ? was === "ascending" : isNumber;
      const compare = (a, b) => (isNumber ? parseFloat(a) - parseFloat(b) : order.compare(a, b));
      const rows = [...body.rows].map((row) => [value(row), row]);
      rows.sort(([a], [b]) => (!a || !b ? !a - !b : isDown ? compare(b, a) : compare(a, b)));
      body.append(...rows.map(([, row]) => row));
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      said.textContent = `${sorted}: ${button.textContent}, ${isDown ? down : up}. ${only}`;
    });
  });
}
