// The parts of the page, each from the data of the run. One that has nothing to show goes.

function answers(section, targets) {
  byId("answer-list").append(...run.answers.flatMap(({ about, sentence }) => [
    html("dt", null, targets.has(about) ? html("a", { href: targets.get(about) }, about) : about),
    html("dd", null, sentence)]));
  const asides = [
    run.leftOut.length && html("a", { href: "#left-out" }, `${run.leftOut.length === 1 ? "Something" : "Several things"} left out`),
    run.warnings.length && html("a", { href: "#warnings" }, `${run.warnings.length} warning${run.warnings.length === 1 ? "" : "s"}`),
  ].filter(Boolean);
  byId("asides").append(...asides.flatMap((link, i) => (i ? [" · ", link] : [link])));
}

const inFigures = (section, figures) => {
  section.querySelector(".figures").append(...figures);
  return figures.length > 0;
};

function scalingSection(section) {
  return inFigures(section, run.problems.filter((problem) => problem.sentence).map(scalingFigure).filter(Boolean));
}

function pricesSection(section) {
  const groups = run.prices.flatMap(({ price: name, unit, rows }) =>
    [...groupedBy(rows, ({ workers, where }) => JSON.stringify([workers, where ?? ""])).values()].map((rows) => ({ name, unit, rows, workers: rows[0].workers, where: rows[0].where })))
    .map((group) => ({ ...group, rows: group.rows.filter(({ verdict }) => verdict !== "unsupported") })).filter(({ rows }) => rows.length);
  const backends = [...new Set(groups.flatMap(({ rows }) => rows.map(({ backend }) => backend)))].sort();
  const ids = new Map(run.prices.map(({ price: name }, i) => [name, `price-${i + 1}`]));
  const entry = (row, unit) => {
    const format = (value) => price(value, unit);
    return { times: row.times, text: row.value === undefined ? row.verdict : format(row.value), verdict: row.verdict, href: cellLink(run.cells[row.cell]),
      which: row.label.slice(row.backend.length).trim(), title: [row.label, interval(row.interval, format), row.verdict].filter(Boolean).join(", ") };
  };
  let before = null;
  const table = html("table", { class: "map" },
    html("thead", null, html("tr", null, html("th", { scope: "col" }, "price"), backends.map((backend) => html("th", { scope: "col" }, badge(backend), html("span", null, backend))))),
    html("tbody", null, groups.map(({ name, where, workers, unit, rows }) => {
      const id = before === name ? null : ids.get(name);
      before = name;
      return html("tr", { id, class: id && "begins" }, html("th", { scope: "row" }, name, html("small", null, [where, workersText(workers)].filter(Boolean).join(", "))),
        backends.map((backend) => mapped(...rows.filter((row) => row.backend === backend).map((row) => entry(row, unit)))));
    })));
  if (groups.length) section.querySelector("div").append(scrolling(walkable(table), "prices by backends"), keyOf());
  return groups.length > 0;
}

function metgSection(section) {
  return inFigures(section, run.curves.map((question, place) => {
    const { name, parameters, sentence, curves } = question;
    const id = `task-size-${place + 1}`;
    const known = curves.filter(({ points }) => points.length);
    if (known.length === 0) return html("figure", { id }, html("figcaption", null, html("h3", null, name), html("p", null, sentence)));
    const series = known.map(({ label, backend, points, metg }) => ({
      label: metg ? `${label} ${time(metg[0])}` : label, backend,
      points: [...points].sort(([, , a], [, , b]) => a - b).map(([x, y]) => ({ x, y, title: `${label}: ${percent(y)} at ${time(x)}` })) }));
    const marks = known.filter(({ metg }) => metg).map(({ backend, metg: [x, low, high] }) => ({ backend, x, low, high, y: 0.5 }));
    const draw = (width) => lineChart(width, {
      words: `Efficiency by granularity of tasks, ${name}`, series, marks, height: 320, guides: [{ y: 0.5, label: "50 %", solid: true }],
      x: { kind: "log", format: (at) => tickText(at, TIMES), title: "granularity of tasks" },
      y: { kind: "linear", limits: [0, 1.05], ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: percent(at) })) },
    });
    const table = () => tableOf([
      { head: "backend", title: true, text: ({ label }) => label },
      { head: "METG(50 %)", number: true, text: ({ metg }) => (metg ? time(metg[0]) : "") },
      { head: "95 % interval", text: ({ metg }) => (metg ? interval(metg.slice(1), time) : "") },
      { head: "to the shortest", number: true, text: ({ times: ratio }) => (ratio === undefined ? "" : times(ratio)) },
      { head: "verdict", text: ({ metg, verdict }) => (metg ? verdict : "does not cross 50 %") },
      { head: "granularity: efficiency", kind: "long", text: ({ points }) => points.map(([x, y]) => `${time(x)}: ${percent(Math.round(y * 100) / 100)}`).join(", ") },
    ], known);
    return figure({ id, title: name, note: `${sentence} (${parameters})`, height: 320, draw, table });
  }));
}

function sweepsSection(section) {
  return inFigures(section, run.sweeps.map((sweep, place) => {
    const { name, axis, parameters, sentence, choices, stops, reigns } = sweep;
    const numbers = stops.map(({ number }) => number);
    // A logarithmic scale has no 0: it stands a decade below the least of the others.
    const least = Math.min(...numbers.filter((number) => number > 0));
    const at = (number) => (number > 0 ? number : Number.isFinite(least) ? least / 10 : 1);
    const pointOf = (stop, choice) => {
      const one = stop.placed.find((other) => choices[other.choice] === choice);
      const cell = one && run.cells[one.cell];
      return cell?.median === undefined ? null : { x: at(stop.number), y: cell.median, low: cell.interval?.[0], high: cell.interval?.[1],
        title: `${choice.label}, ${workersText(cell.workers)}: ${time(cell.median)}` };
    };
    const seen = new Map();
    const series = choices.map((choice) => {
      const open = seen.has(choice.backend);
      seen.set(choice.backend, true);
      return { ...choice, open, points: stops.map((stop) => pointOf(stop, choice)).filter(Boolean) };
    }).filter(({ points }) => points.length);
    const reigning = reigns.map(({ first, last, choices: those }) => ({ first, last, names: those.map((one) => choices[one].label), backends: those.map((one) => choices[one].backend) }));
    const draw = (width) => lineChart(width, {
      words: `Time by ${axis}: ${name}. ${sentence}`, series, strip: reigning, height: 340,
      x: { kind: "log", ticks: stops.map(({ number, value }) => ({ at: at(number), text: value })), title: axis },
      y: { kind: "log", format: (ns) => tickText(ns, TIMES) },
    });
    const table = () => {
      const entry = (stop, place) => {
        const one = stop.placed.find((other) => other.choice === place);
        const cell = one && run.cells[one.cell];
        return cell && { times: one.times, text: cell.median === undefined ? one.verdict : time(cell.median), verdict: one.verdict, href: cellLink(cell), title: `${choices[place].label}, ${workersText(cell.workers)}, ${one.verdict}` };
      };
      return walkable(html("table", { class: "map" },
        html("thead", null, html("tr", null, html("th", { scope: "col" }, axis), choices.map(({ label, backend }) => html("th", { scope: "col" }, badge(backend), html("span", null, breakable(label)))))),
        html("tbody", null, stops.map((stop) => html("tr", null, html("th", { scope: "row" }, stop.value), choices.map((_, place) => mapped(entry(stop, place))))))));
    };
    const title = name;
    const note = `${sentence}${parameters ? ` (${parameters})` : ""}`;
    const id = `sweep-${place + 1}`;
    if (series.length === 0) return html("figure", { id }, html("figcaption", null, html("h3", null, title), html("p", null, note)));
    return figure({ id, title, note, height: 340, draw, table });
  }));
}

function machineSection(section) {
  section.querySelector("div").append(...(run.setup.length ? run.setup.map(({ title, facts }, place) =>
    html("details", { open: place < 2 }, html("summary", null, html("h3", null, title)),
      html("dl", { class: "setup" }, facts.flatMap(([name, text]) => [html("dt", null, name), html("dd", null, text)])))) :
    [html("p", null, "Unknown: there is no environment.json beside samples.csv.")]));
  return true;
}

function listed(section, lines) {
  section.querySelector("ul").append(...lines.map((line) => html("li", null, line)));
  return lines.length > 0;
}

function checklistSection(section) {
  section.querySelector("ol").append(...run.checklist.map(({ rule, met, how }) =>
    html("li", null, html("b", null, rule), ". ", html("span", { class: `met ${met.replace(" ", "-")}` }, met), ` ${how}`)));
  return true;
}
