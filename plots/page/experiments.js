// Published experiments that the run made again: the figure that was published beside the one that was measured.

function experimentsSection(section) {
  const rowOf = ({ label, workers, published, cell }) => {
    const found = run.cells[cell];
    const here = !found ? "not measured" : found.median === undefined ? found.verdict : time(found.median);
    return html(
      "tr",
      null,
      html("td", null),
      html("th", { scope: "row" }, label),
      html("td", { class: "number" }, `${workers}`),
      html("td", { class: "number" }, found ? html("a", { href: cellLink(found) }, here) : here),
      html("td", null, found ? interval(found.interval, time) : ""),
      html("td", null, published ?? ""),
    );
  };
  const table = html(
    "table",
    { class: "experiments" },
    headRow(
      ["", "backend", "workers", "here", "95 % interval", "published"].map((head) =>
        html("th", { scope: "col", class: ["workers", "here"].includes(head) && "number" }, head),
      ),
    ),
    run.experiments.map(({ name, about, says, rows }) =>
      html(
        "tbody",
        null,
        html(
          "tr",
          null,
          html("th", { scope: "rowgroup" }, name),
          html("th", { scope: "rowgroup", colspan: 4 }, about),
          html("td", { class: "long" }, says),
        ),
        rows.map(rowOf),
      ),
    ),
  );
  if (run.experiments.length) section.querySelector("div").append(scrolling(table, "published experiments, made again"));
  return run.experiments.length > 0;
}
