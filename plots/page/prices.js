// The price list: prices by backends, each with its variants.

function pricesSection(section) {
  const groups = run.prices
    .flatMap(({ price: name, unit, rows }) =>
      [...groupedBy(rows, ({ workers, where }) => JSON.stringify([workers, where ?? ""])).values()].map((rows) => ({
        name,
        unit,
        rows,
        workers: rows[0].workers,
        where: rows[0].where,
      })),
    )
    .map((group) => ({ ...group, rows: group.rows.filter(({ verdict }) => verdict !== "unsupported") }))
    .filter(({ rows }) => rows.length);
  const backends = [...new Set(groups.flatMap(({ rows }) => rows.map(({ backend }) => backend)))].sort();
  const ids = new Map(run.prices.map(({ price: name }, i) => [name, `price-${i + 1}`]));
  const entry = (row, unit) => {
    const format = (value) => price(value, unit);
    return {
      times: row.times,
      text: row.value === undefined ? row.verdict : format(row.value),
      verdict: row.verdict,
      href: cellLink(run.cells[row.cell]),
      which: row.label.slice(row.backend.length).trim(),
      title: [row.label, interval(row.interval, format), row.verdict].filter(Boolean).join(", "),
    };
  };
  let before = null;
  const table = html(
    "table",
    { class: "map" },
    headRow(
      html("th", { scope: "col" }, "price"),
      backends.map((backend) => html("th", { scope: "col" }, badge(backend), html("span", null, backend))),
    ),
    html(
      "tbody",
      null,
      groups.map(({ name, where, workers, unit, rows }) => {
        const id = before === name ? null : ids.get(name);
        before = name;
        return html(
          "tr",
          { id, class: id && "begins" },
          html(
            "th",
            { scope: "row" },
            name,
            html("small", null, [where, workersText(workers)].filter(Boolean).join(", ")),
          ),
          backends.map((backend) =>
            mapped(...rows.filter((row) => row.backend === backend).map((row) => entry(row, unit))),
          ),
        );
      }),
    ),
  );
  if (groups.length) section.querySelector("div").append(scrolling(walkable(table), "prices by backends"), keyOf());
  return groups.length > 0;
}
