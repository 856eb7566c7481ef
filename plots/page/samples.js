// The samples of a cell: as points, as strips of each quantity, and as a table.

const QUANTITIES = [
  { key: "wall", name: "time", format: time, about: "one warm execution" },
  { key: "cold", name: "cold", format: time, about: "the first execution" },
  { key: "startup", name: "start-up", format: time, about: "loading the runtime and making its workers" },
  { key: "cpu", name: "CPU time", format: time, about: "of all workers, one execution" },
  { key: "memory", name: "memory", format: bytes, about: "largest sum of proportional set sizes" },
  { key: "waited", name: "waits", format: count, about: "voluntary switches of one execution" },
  { key: "displaced", name: "displaced", format: count, about: "involuntary switches of one execution" },
  { key: "copied", name: "copied", format: bytes, about: "results sent between workers" },
];

const statusOf = (cell, i) => cell.samples.status?.[i] ?? "ok";
const disturbedBy = (cell, i) => cell.samples.disturbed?.[i] ?? "";
const good = (cell, key) => (cell.samples[key] ?? []).map((value, i) => (statusOf(cell, i) === "ok" ? value : null));
const middleOf = (cell, key, format) => {
  const middle = median(good(cell, key));
  return middle === null ? "" : format(middle);
};

function sampleFigure(cell) {
  const walls = good(cell, "wall");
  const rounds = cell.samples.round;
  const words = `${walls.filter((one) => one !== null).length} samples by round, median ${cell.median === undefined ? "none" : time(cell.median)}`;
  const draw = (width) => {
    const height = 190,
      left = 62,
      right = 14,
      top = 12,
      bottom = 36;
    const picture = sheet(width, height, words);
    const known = [...walls, ...(cell.interval ?? [])].filter((one) => one !== null && one !== undefined);
    if (known.length === 0) return html("p", { class: "soft" }, "No sample has a time.");
    const up = scale("linear", limits(known, "linear", 0.15), [height - bottom, top]);
    const across = scale("linear", [Math.min(...rounds) - 0.6, Math.max(...rounds) + 0.6], [left, width - right]);
    const whole = [...new Set(rounds)].map((at) => ({ at, text: `${at}` }));
    if (cell.interval)
      picture.append(
        svg("rect", {
          x: left,
          y: up(cell.interval[1]).toFixed(1),
          width: width - left - right,
          height: Math.max(1, up(cell.interval[0]) - up(cell.interval[1])).toFixed(1),
          class: "band",
        }),
      );
    axesOf(picture, {
      across,
      up,
      x: { ticks: whole, title: "round" },
      y: { format: time },
      left,
      right,
      top,
      bottom,
      width,
      height,
    });
    if (cell.median !== undefined)
      picture.append(lineFrom(left, up(cell.median), width - right, up(cell.median), "median"));
    const group = inColour(svg("g", null), cell.backend);
    walls.forEach((value, i) => {
      if (value === null) {
        picture.append(
          svg(
            "text",
            { x: across(rounds[i]).toFixed(1), y: top + 10, "text-anchor": "middle", class: "lost" },
            "×",
            svg("title", null, statusOf(cell, i)),
          ),
        );
        return;
      }
      const dot = svg("circle", {
        cx: across(rounds[i]).toFixed(1),
        cy: up(value).toFixed(1),
        r: walls.length > 60 ? 2.5 : 4,
        class: disturbedBy(cell, i) ? "sample disturbed" : "sample",
      });
      dot.append(
        svg(
          "title",
          null,
          `round ${rounds[i]}: ${time(value)}${disturbedBy(cell, i) && `, disturbed by: ${disturbedBy(cell, i)}`}`,
        ),
      );
      group.append(dot);
    });
    picture.append(group);
    return picture;
  };
  const note = [
    cell.interval
      ? "Each point a process; line: median; band: its 95 % interval."
      : "Each point a process; line: median. Too few samples for an interval.",
    rounds.some((_, i) => disturbedBy(cell, i)) && "Open points: the sample was disturbed.",
  ]
    .filter(Boolean)
    .join(" ");
  return figure({ title: "Samples", note, height: 190, draw, table: () => samplesTable(cell) });
}

function quantities(cell) {
  const rows = QUANTITIES.filter(({ key }) => good(cell, key).some((value) => value !== null));
  const points = (key, format) => {
    const values = good(cell, key).filter((value) => value !== null);
    const [low, high] = limits(values, "linear", 0.1);
    return strip(
      190,
      { kind: "linear", limits: [low, high] },
      values.map((x) => ({ x, backend: cell.backend, open: true, title: format(x) })),
    );
  };
  const range = ({ key, format }) => {
    const values = good(cell, key).filter((value) => value !== null);
    return interval([Math.min(...values), Math.max(...values)], format);
  };
  const table = tableOf(
    [
      {
        head: "quantity",
        title: true,
        text: ({ name, about }) => html("span", null, name, html("small", null, about)),
      },
      { head: "median", number: true, text: ({ key, format }) => middleOf(cell, key, format) },
      { head: "samples", text: ({ key, format }) => points(key, format) },
      { head: "least – greatest", text: range },
    ],
    rows,
  );
  table.classList.add("wide");
  return scrolling(table, "what was measured");
}

function samplesTable(cell) {
  const { samples } = cell;
  const known = (key, format) => ({
    text: (i) => (samples[key]?.[i] === null || samples[key]?.[i] === undefined ? "" : format(samples[key][i])),
    number: true,
  });
  return tableOf(
    [
      { head: "round", title: true, text: (i) => `${samples.round[i]}` },
      { head: "status", text: (i) => (samples.status ? statusOf(cell, i) : "") },
      { head: "disturbed by", text: (i) => disturbedBy(cell, i).replaceAll(";", ", ") },
      ...QUANTITIES.map(({ key, name, format }) => ({ head: name, ...known(key, format) })),
      { head: "workers seen", ...known("seen", count) },
      { head: "detail", kind: "long", text: (i) => samples.detail?.[i] ?? "" },
    ],
    samples.round.map((_, i) => i),
  );
}
