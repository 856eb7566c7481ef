// One cell: all that was measured of it.

function cellView(problem, cell) {
  const verdict = cell.contest && cell.contest !== "outdone" ? cell.contest : cell.verdict;
  const body = html(
    "div",
    null,
    html(
      "p",
      { class: "facts" },
      html("a", { href: problemLink(problem) }, problem.name),
      ` · ${problem.bound}-bound, ${problem.shape}`,
      cell.variant && ` · ${cell.variant.replaceAll(";", ", ")}`,
      problem.parameters && ` · ${problem.parameters}`,
    ),
    verdictLine(cell, verdict),
    siblings(problem, cell),
    marksOf(cell),
  );
  const why = whyOf([cell]);
  if (why) body.append(why);
  if (cell.samples.wall) body.append(sampleFigure(cell), quantities(cell));
  if (cell.latencies) body.append(latencyFigure(cell));
  const failed = cell.samples.detail ?? [];
  const told = [...new Set(failed.filter(Boolean))];
  if (told.length)
    body.append(
      html("h3", null, "What its samples say"),
      html(
        "ul",
        { class: "details" },
        told.map((line) => html("li", null, line)),
      ),
    );
  body.append(html("h3", null, "To measure it again"), commandOf(cell.command));
  const program = programOf(problem, cell);
  if (program) body.append(program);
  if (!cell.samples.wall) body.append(scrolling(samplesTable(cell), "samples"));
  return body;
}

function verdictLine(cell, verdict) {
  const figures = [];
  if (cell.median !== undefined)
    figures.push(html("b", null, time(cell.median)), cell.interval ? ` (${interval(cell.interval, time)})` : "");
  if (cell.speedup !== undefined)
    figures.push(
      `, ${times(cell.speedup)} as fast as serial`,
      cell.speedupInterval ? ` (${interval(cell.speedupInterval, times)})` : "",
    );
  if (cell.times > 1)
    figures.push(
      `; takes ${times(cell.times)} as long as the best`,
      cell.timesInterval ? ` (${interval(cell.timesInterval, times)})` : "",
    );
  const word = html("span", { class: `verdict ${kindOf(verdict)}` }, verdict);
  return html(
    "p",
    { class: "verdict-line" },
    word,
    figures.length ? ": " : "",
    figures,
    cell.contest === "outdone" ? "; another number of workers is the better one" : "",
  );
}

// What to know before its figures are believed, and what to do.
function marksOf(cell) {
  if (!cell.marks) return null;
  return html(
    "ul",
    { class: "marks", "aria-label": "What marks this cell" },
    cell.marks.map(([mark, seen]) =>
      html("li", null, html("b", null, run.marks[mark].title), ` (${seen}). ${run.marks[mark].advice}`),
    ),
  );
}

// The same backend with other numbers of workers.
function siblings(problem, cell) {
  const all = problem.cells.filter((one) => one.label === cell.label).sort((a, b) => a.workers - b.workers);
  if (all.length < 2) return null;
  return html(
    "ul",
    { class: "siblings", "aria-label": "Numbers of workers" },
    all.map((one) =>
      html(
        "li",
        null,
        html("a", { href: cellLink(one), "aria-current": one === cell && "true" }, workersText(one.workers)),
      ),
    ),
  );
}

const heightOfShare = (share) => -Math.log10(1 - share);

function latencyFigure(cell) {
  const below = cell.latencies.filter(([share]) => share < 1);
  const top = heightOfShare((1 + Math.max(0, ...below.map(([share]) => share))) / 2);
  const ticks = [0.5, 0.9, 0.99, 0.999, 0.9999]
    .filter((share) => heightOfShare(share) < top * 0.97)
    .map((share) => ({ at: heightOfShare(share), text: percent(share) }));
  const points = cell.latencies.map(([share, ns]) => ({
    x: ns,
    y: share < 1 ? heightOfShare(share) : top,
    title: `${percent(share)}: ${time(ns)}`,
  }));
  const last = cell.latencies[cell.latencies.length - 1];
  const draw = (width) =>
    lineChart(width, {
      words: `Latency of single tasks: slowest ${time(last[1])}`,
      height: 240,
      series: [{ label: `slowest ${time(last[1])}`, backend: cell.backend, step: true, points }],
      x: { kind: "log", format: (at) => tickText(at, TIMES), title: "latency of a task" },
      y: {
        kind: "linear",
        ticks: [{ at: 0, text: "0 %" }, ...ticks, { at: top, text: "all" }],
        limits: [0, top * 1.05],
      },
    });
  return figure({
    title: "Latency of single tasks",
    height: 240,
    draw,
    note: "Share of the tasks that took no longer, with the slow end stretched; medians over processes.",
    table: () =>
      tableOf(
        [
          { head: "share", title: true, text: ([share]) => percent(share) },
          { head: "latency", number: true, text: ([, ns]) => time(ns) },
        ],
        cell.latencies,
      ),
  });
}

// How to write it: a program in the backend's idiom for this shape; nothing where it offers none.
function programOf(problem, cell) {
  const text = run.programs?.[cell.backend]?.[problem.shape];
  if (!text) return null;
  return html(
    "details",
    { class: "command program" },
    html("summary", null, `A program with ${cell.backend}`),
    html("pre", { tabindex: 0, role: "region", "aria-label": `Program with ${cell.backend}` }, html("code", null, text)),
  );
}

function commandOf(command) {
  const said = html("span", { role: "status", class: "soft" });
  const copy = html(
    "button",
    {
      type: "button",
      onclick: () => {
        // Where the clipboard is closed to this page the text is selected, so that a key copies it.
        const select = () => getSelection().selectAllChildren(code);
        (navigator.clipboard?.writeText(command) ?? Promise.reject()).then(
          () => said.replaceChildren("copied"),
          select,
        );
      },
    },
    "Copy",
  );
  // An option is not broken at its hyphens, unless it is longer than a line may be.
  const words = command.split(" ").map((word) => html("span", { class: word.length < 32 && "whole" }, word));
  const code = html(
    "code",
    null,
    words.flatMap((word, i) => (i ? [" ", word] : [word])),
  );
  return html(
    "div",
    { class: "command" },
    html("pre", { tabindex: 0, role: "region", "aria-label": "Command" }, code),
    html("p", null, copy, " ", said),
  );
}
