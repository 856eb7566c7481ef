// Who wins where, over two things that the run varies: the best choice at each point, in its colour.

function crossoversSection(section) {
  return inFigures(section, run.crossovers.map(crossoverFigure));
}

function crossoverFigure({ name, across, up, sentence, rows }, place) {
  const values = new Map(rows.flatMap(({ points }) => points.map(({ number, value }) => [number, value])));
  const columns = [...values].sort(([a], [b]) => a - b);
  const rising = [...rows].reverse(); // the largest on top, as on an axis
  const title = `${name}: who wins where`;
  const map = walkable(
    html(
      "table",
      { class: "map crossover" },
      headRow(
        html("th", { scope: "col" }, html("span", null, `${up} ↑`), html("span", null, `${across} →`)),
        columns.map(([, value]) => html("th", { scope: "col", class: "number" }, value)),
      ),
      html(
        "tbody",
        null,
        rising.map(({ value, points }) =>
          html(
            "tr",
            null,
            html("th", { scope: "row", class: "number" }, value),
            columns.map(([number]) => winnerAt(points.find((point) => point.number === number))),
          ),
        ),
      ),
    ),
  );
  const table = () =>
    tableOf(
      [
        { head: up, title: true, text: ({ row }) => row },
        { head: across, text: ({ value }) => value },
        { head: "best", text: ({ cell, label }) => html("a", { href: cellLink(run.cells[cell]) }, label) },
        { head: "workers", number: true, text: ({ cell }) => `${run.cells[cell].workers}` },
        { head: "median", number: true, text: ({ cell }) => orNothing(run.cells[cell].median, time) },
        { head: "95 % interval", text: ({ cell }) => interval(run.cells[cell].interval, time) },
        { head: "verdict", text: ({ verdict }) => html("span", { class: `verdict ${kindOf(verdict)}` }, verdict) },
        { head: "as good, or not surely slower", kind: "long", text: ({ open }) => open.join(", ") },
      ],
      rows.flatMap(({ value, points }) => points.map((point) => ({ row: value, ...point }))),
    );
  const id = `crossover-${place + 1}`;
  return html(
    "figure",
    { id },
    html("figcaption", null, html("h3", null, html("a", { href: `#${id}`, class: "self" }, name)), html("p", null, sentence)),
    scrolling(map, title),
    behind(title, table),
  );
}

const orNothing = (value, format) => (value === undefined ? "" : format(value));

function winnerAt(point) {
  if (!point) return html("td", null);
  const cell = run.cells[point.cell];
  const more = point.open.length ? ` +${point.open.length}` : "";
  const words = [
    `${point.label}, ${workersText(cell.workers)}: ${orNothing(cell.median, time)}, ${point.verdict}`,
    more && `as good, or not surely slower: ${point.open.join(", ")}`,
  ];
  const link = html(
    "a",
    { href: cellLink(cell), title: words.filter(Boolean).join("; "), class: `winner${point.settled ? "" : " unsettled"}` },
    html("span", null, badge(cell.backend, !point.settled), " ", breakable(point.label), more),
    html("small", null, cell.median === undefined ? point.verdict : time(cell.median)),
  );
  return html("td", null, cell.median === undefined ? link : inColour(link, cell.backend));
}
