// What the laws of scaling say of one backend, as `report` fitted them: Amdahl's and the Universal Scalability Law.

const rateBy = ({ rate, contention, coherence }, n) =>
  (rate * n) / (1 + contention[0] * (n - 1) + coherence[0] * n * (n - 1));

// Their lines, as speed-ups over a serial time in ns, from the first number of workers to the last.
function lawLines(label, scaling, serial, [first, last]) {
  const steps = Array.from({ length: 33 }, (_, i) => first * (last / first) ** (i / 32));
  return [
    ["Amdahl", scaling?.amdahl],
    ["Universal Scalability", scaling?.universal],
  ]
    .filter(([, law]) => law && !law.misses)
    .map(([name, law]) => ({
      label: `${name}, ${label}`,
      line: steps.map((n) => [n, rateBy(law, n) * serial * 1e-9]),
    }));
}

const share = ([value, low, high]) => `${percent(round(value))} (${percent(round(low))} – ${percent(round(high))})`;
const round = (value) => +value.toPrecision(2);

function enoughText({ enough: [value, low, high] }, most) {
  if (low === most) return `beyond ${most}`;
  return low === value && high === value ? `${value}` : `${value} (${low} – ${high ?? "?"})`;
}

function lawText(law) {
  if (!law) return "";
  if (law.misses) return `misses by ${percent(round(law.misses))}`;
  const [coherence, low, high] = law.coherence.map(round);
  return `${share(law.contention)}${coherence || high ? `, κ ${coherence} (${low} – ${high})` : ""}`;
}

// Columns of the table of workers, those that have something to say; `of` gives a row's scaling.
function scalingColumns(groups, of) {
  const most = (cells) => cells[cells.length - 1].workers;
  return [
    { head: "more do not pay from", text: (cells) => (of(cells) ? enoughText(of(cells), most(cells)) : "") },
    {
      head: "serial fraction (Karp–Flatt)",
      text: (cells) => (of(cells)?.serial ? `${share(of(cells).serial.slice(1))} at ${of(cells).serial[0]}` : ""),
    },
    { head: "Amdahl: serial fraction", text: (cells) => lawText(of(cells)?.amdahl) },
    { head: "Universal Scalability: σ", text: (cells) => lawText(of(cells)?.universal) },
  ].filter(({ text }) => groups.some(text));
}

// Of how much of each worker a workload makes use that grows with them: speed-up by worker, 1 is ideal.
function weakScalingFigure({ title, rows }) {
  const numbers = [...new Set(rows.flatMap(({ shares }) => shares.map(([workers]) => workers)))].sort((a, b) => a - b);
  const many = numbers.length > 4; // then intervals beside all figures leave no room to compare them
  const shareAt = ({ shares }, number) => shares.find(([workers, value]) => workers === number && value !== undefined);
  const table = tableOf(
    [
      { head: "backend", title: true, text: ({ backend, label }) => html("span", null, badge(backend), " ", label) },
      ...numbers.map((number) => ({
        head: many ? `${number}` : workersText(number),
        number: true,
        text: (row) => {
          const found = shareAt(row, number);
          if (!found) return "";
          return many ? html("span", { title: share(found.slice(1)) }, percent(round(found[1]))) : share(found.slice(1));
        },
      })),
    ],
    rows,
  );
  return html(
    "figure",
    null,
    html(
      "figcaption",
      null,
      html("h3", null, title),
      html(
        "p",
        null,
        "Weak scaling: speed-up over serial on the same problem, by worker; 100 % is ideal.",
        many ? " By number of workers; a figure's title has its interval." : "",
      ),
    ),
    scrolling(table, title),
  );
}

// Of what more hosts bring to one backend; a line stands between one host and several.
function hostScalingFigure({ title, note, oneHost, rows }) {
  const ratio = (found) => (found ? `${times(found[0])} (${times(found[1])} – ${times(found[2])})` : "");
  const added = (found) => (found ? found.map(signedTime).reduce((a, b, i) => a + (i === 1 ? ` (${b} – ` : `${b})`)) : "");
  const columns = [
    { head: "workers", number: true, text: ({ workers }) => `${workers}` },
    { head: "hosts", number: true, text: ({ hosts }) => `${hosts}` },
    { head: "time", number: true, text: ({ median }) => time(median) },
    { head: "gain", text: ({ gain }) => ratio(gain) },
    { head: "efficiency", text: ({ efficiency }) => (efficiency ? share(efficiency) : "") },
    { head: "added a task", text: (row) => added(row.added) },
    { head: "where", text: ({ where }) => where },
  ];
  const table = tableOf(
    columns.filter(({ text }) => rows.some(text)),
    rows,
  );
  table.querySelectorAll("tbody tr")[oneHost]?.classList.add("beyond");
  return html(
    "figure",
    null,
    html("figcaption", null, html("h3", null, title), html("p", null, note)),
    scrolling(table, title),
  );
}

const signedTime = (ns) => (ns < 0 ? `-${time(-ns)}` : time(ns));
