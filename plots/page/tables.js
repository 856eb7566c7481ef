// Tables, and the map: rows by columns, coloured by how many times as long as the best.

const headRow = (...cells) => html("thead", null, html("tr", null, ...cells));

// columns: {head, text(row), number: whether it is set right, title: whether it names the row}
function tableOf(columns, rows, caption) {
  const shown = columns.filter(({ text }) => rows.some((row) => text(row) !== "" && text(row) !== null));
  return html(
    "table",
    null,
    caption && html("caption", null, caption),
    headRow(
      shown.map(({ head, number }) => html("th", { scope: "col", class: number && "number" }, head)),
    ),
    html(
      "tbody",
      null,
      rows.map((row) =>
        html(
          "tr",
          null,
          shown.map(({ text, number, title, kind }) =>
            title
              ? html("th", { scope: "row" }, text(row))
              : html("td", { class: number ? "number" : kind }, text(row)),
          ),
        ),
      ),
    ),
  );
}

const STEPS = [
  [1.03, "up to 1.03 ×"],
  [1.1, "to 1.1 ×"],
  [1.3, "to 1.3 ×"],
  [2, "to 2 ×"],
  [5, "to 5 ×"],
  [Infinity, "longer"],
];
const stepOf = (ratio) => STEPS.findIndex(([most]) => ratio <= most);

// What a place of a map shows: of each entry {times, text, verdict, href, title}, and what tells it from the others.
function mapped(...entries) {
  return html(
    "td",
    null,
    entries.filter(Boolean).map(({ times: ratio, text, verdict, href, title, which }) => {
      const step = ratio === undefined ? null : stepOf(ratio);
      const name = `step${step === null ? " word" : ""}${isOpen(verdict) ? " unsettled" : ""}`;
      return html(
        "a",
        { href, title, class: name, "data-step": step },
        html("span", null, text),
        which && html("small", null, breakable(which)),
      );
    }),
  );
}

// Long settings may be broken where a setting ends.
const breakable = (words) => words.split(/(?<=[;=])/).flatMap((part, i) => (i ? [html("wbr"), part] : [part]));

function keyOf() {
  return html(
    "ul",
    { class: "key", "aria-label": "Colours" },
    STEPS.map(([, words], step) =>
      html("li", null, html("span", { class: "step", "data-step": step, "aria-hidden": "true" }), words),
    ),
    html("li", null, html("span", { class: "step unsettled", "data-step": 3, "aria-hidden": "true" }), "not settled"),
  );
}

// Arrow keys move among the figures of a map.
function walkable(table) {
  table.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const here = event.target.closest("td, th");
    if (!move || !here) return;
    const rows = table.tBodies[0].rows;
    let row = here.parentNode.sectionRowIndex + move[0],
      column = here.cellIndex + move[1];
    for (; rows[row]?.cells[column]; row += move[0], column += move[1]) {
      const link = rows[row].cells[column].querySelector("a");
      if (!link) continue;
      event.preventDefault();
      link.focus();
      return;
    }
  });
  return table;
}
