// One problem: its backends ranked, each at its best number of workers.

const byPlace = (a, b) => (a.place ?? Infinity) - (b.place ?? Infinity);

function problemView(problem) {
  const standing = problem.cells.filter((cell) => cell.standing).sort(byPlace);
  const measured = standing.filter((cell) => cell.median !== undefined);
  const body = html(
    "div",
    null,
    html(
      "p",
      { class: "facts" },
      `${problem.bound}-bound, ${problem.shape}`,
      problem.parameters && ` · ${problem.parameters}`,
      problem.serial && ` · serial ${time(problem.serial)} = 1 ×`,
    ),
    problem.sentence && html("p", { class: "verdict-line" }, unbroken(problem.sentence)),
  );
  if (measured.length) body.append(scrolling(ranking(measured), `ranking of ${problem.name}`));
  const program = measured.length && programOf(problem, measured[0]);
  if (program) body.append(program);
  const why = whyOf([...problem.cells].sort(byPlace));
  if (why) body.append(why);
  const lost = problem.cells.filter((cell) => isKeptOut(cell.verdict));
  if (lost.length)
    body.append(
      html("h3", null, "Kept out"),
      html(
        "ul",
        { class: "details" },
        lost.map((cell) =>
          html(
            "li",
            null,
            html("a", { href: cellLink(cell) }, `${cell.label}, ${workersText(cell.workers)}`),
            `: ${cell.verdict}`,
            reasonOf(cell) && `: ${reasonOf(cell)}`,
          ),
        ),
      ),
    );
  const scaled = scalingFigure(problem);
  if (scaled) body.append(scaled);
  return body;
}

const reasonOf = (cell) =>
  (cell.samples.detail ?? []).find((detail, i) => detail && statusOf(cell, i) === cell.verdict) ?? "";

function ranking(cells) {
  const values = cells.flatMap(({ median: middle, interval: ends }) => [middle, ...(ends ?? [])]);
  const kind = Math.max(...values) / Math.min(...values) > 8 ? "log" : "linear";
  const axis = { kind, limits: limits(values, kind) };
  return tableOf(
    [
      {
        head: "backend",
        title: true,
        text: (cell) => html("span", null, badge(cell.backend), " ", html("a", { href: cellLink(cell) }, cell.label)),
      },
      { head: "workers", number: true, text: (cell) => `${cell.workers}` },
      {
        head: kind === "log" ? "time, logarithmic" : "time",
        text: ({ median: x, interval: ends, backend, contest }) =>
          strip(160, axis, [{ x, low: ends?.[0], high: ends?.[1], backend, open: isOpen(contest) }]),
      },
      { head: "median", number: true, text: (cell) => time(cell.median) },
      { head: "95 % interval", text: (cell) => interval(cell.interval, time) },
      { head: "to the best", number: true, text: (cell) => (cell.times === undefined ? "" : times(cell.times)) },
      { head: "speed-up", number: true, text: (cell) => (cell.speedup === undefined ? "" : times(cell.speedup)) },
      { head: "CPU time", number: true, text: (cell) => middleOf(cell, "cpu", time) },
      { head: "memory", number: true, text: (cell) => middleOf(cell, "memory", bytes) },
      { head: "verdict", text: (cell) => html("span", { class: `verdict ${kindOf(cell.contest)}` }, cell.contest) },
    ],
    cells,
  );
}

// Speed-ups by workers: lines where there are many numbers of workers, else rows of points beside their ideal.
function scalingFigure(problem) {
  const known = problem.cells.filter((cell) => cell.speedup !== undefined && cell.backend !== "serial");
  const numbers = [...new Set(known.map(({ workers }) => workers))].sort((a, b) => a - b);
  const groups = [...groupedBy(known, ({ label }) => label).values()].map((cells) =>
    cells.sort((a, b) => a.workers - b.workers),
  );
  if (!groups.some((cells) => cells.length > 1)) return null; // each with one number of workers: nothing is scaled
  const best = (cells) => Math.max(...cells.map(({ speedup }) => speedup));
  groups.sort((a, b) => best(b) - best(a));
  const table = () => scalingTable(problem, groups, numbers, false);
  const title = `${problem.name}, serial ${time(problem.serial)}`;
  if (numbers.length < 4)
    return html(
      "figure",
      null,
      html("figcaption", null, html("h3", null, title)),
      scrolling(scalingTable(problem, groups, numbers, true), `speed-up of ${problem.name}`),
    );
  const series = groups.map((cells) => ({
    label: cells[0].label,
    backend: cells[0].backend,
    points: cells.map((cell) => ({
      x: cell.workers,
      y: cell.speedup,
      low: cell.speedupInterval?.[0],
      high: cell.speedupInterval?.[1],
      title: `${cell.label}, ${workersText(cell.workers)}: ${times(cell.speedup)}`,
    })),
  }));
  const { label } = groups[0][0];
  const laws = lawLines(label, problem.scaling?.[label], problem.serial, [numbers[0], numbers[numbers.length - 1]]);
  const values = series.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]));
  const last = Math.min(numbers[numbers.length - 1], Math.max(...values) * 1.25); // as far as the ideal has room
  const draw = (width) =>
    lineChart(width, {
      words: `Speed-up by workers of ${problem.name}`,
      series,
      height: 320,
      guides: [
        {
          label: "ideal",
          line: [
            [numbers[0], numbers[0]],
            [last, last],
          ],
        },
        ...laws,
      ],
      borders: run.boundaries,
      x: { kind: "log", ticks: numbers.map((at) => ({ at, text: `${at}` })), title: "workers" },
      y: {
        kind: "log",
        format: (at) => `${+at.toPrecision(6)} ×`,
        limits: limits([...values, numbers[0], last], "log"),
      },
    });
  return figure({ title, height: 320, draw, table });
}

function scalingTable(problem, groups, numbers, drawn) {
  const waits = problem.bound === "io";
  const values = groups.flat().flatMap(({ speedup, speedupInterval }) => [speedup, ...(speedupInterval ?? [])]);
  const reach = [...values, ...numbers.filter((number) => number <= Math.max(...values) * 2)];
  const kind = Math.max(...reach) / Math.min(...reach) > 12 ? "log" : "linear";
  const axis = { kind, limits: kind === "log" ? limits(reach, kind) : [0, limits(reach, kind)[1]], joined: true };
  const marks = numbers.filter((number) => number >= axis.limits[0] && number <= axis.limits[1]);
  const points = (cells) =>
    cells.map((cell) => ({
      x: cell.speedup,
      low: cell.speedupInterval?.[0],
      high: cell.speedupInterval?.[1],
      backend: cell.backend,
      text: `${cell.workers}`,
    }));
  const at = (cells, number) => cells.find(({ workers }) => workers === number);
  return tableOf(
    [
      {
        head: "backend",
        title: true,
        text: (cells) => html("span", null, badge(cells[0].backend), " ", cells[0].label),
      },
      drawn && {
        head: `speed-up${kind === "log" ? ", logarithmic" : ""}`,
        text: (cells) => strip(170, axis, points(cells), marks),
      },
      ...numbers.flatMap((number) =>
        [
          {
            head: workersText(number),
            number: true,
            text: (cells) => {
              const cell = at(cells, number);
              return cell ? html("a", { href: cellLink(cell) }, times(cell.speedup)) : "";
            },
          },
          // Workers that wait may be many more than cores: their share of an ideal says nothing.
          waits
            ? null
            : {
                head: "efficiency",
                number: true,
                text: (cells) =>
                  at(cells, number) ? percent(Math.round(at(cells, number).efficiency * 100) / 100) : "",
              },
        ].filter(Boolean),
      ),
      ...scalingColumns(groups, ([cell]) => problem.scaling?.[cell.label]),
    ].filter(Boolean),
    groups,
  );
}
