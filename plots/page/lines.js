// Lines with direct labels at their ends, or a legend where there is no room for them.
//   series: {label, backend, open, points: [{x, y, low, high, title}], step}; x, y: {kind, format, ticks, title, limits}
//   guides: {y | line: [[x, y], …], label}; borders: [[x, name], …]; strip: {first, last, names, backends}; marks: {backend, x, low, high, y}
function lineChart(width, { words, series, x, y, guides = [], borders = [], strip = [], marks = [], height = 300 }) {
  const narrow = width < 520;
  const longest = Math.max(...series.map(({ label }) => widthOf(label)), ...guides.map(({ label }) => widthOf(label)));
  const right = narrow ? 12 : Math.min(longest + 34, width * 0.4);
  const left = 62,
    top = strip.length ? 40 : 14,
    bottom = 42;
  const picture = sheet(width, height, words);
  const points = series.flatMap((one) => one.points);
  const across = scale(
    x.kind,
    x.limits ??
      limits(
        points.map((point) => point.x),
        x.kind,
        0.04,
      ),
    [left, width - right],
  );
  const up = scale(
    y.kind,
    y.limits ??
      limits(
        points.flatMap(({ y: at, low, high }) => [at, low ?? at, high ?? at]),
        y.kind,
      ),
    [height - bottom, top],
  );
  axesOf(picture, { across, up, x, y, left, right, top, bottom, width, height });
  reignStrip(picture, strip, across, { left, edge: width - right, top, points });

  const rise = series.filter(rises).length * 2 > series.length;
  bordersOf(picture, borders, across, { top, bottom: height - bottom, rise });

  const ends = [];
  for (const guide of guides) {
    const path = guide.line ?? [
      [across.low, guide.y],
      [across.high, guide.y],
    ];
    const d = path
      .map(([a, b]) => `${across(a).toFixed(1)},${Math.min(Math.max(up(b), top), height - bottom).toFixed(1)}`)
      .join("L");
    picture.append(svg("path", { d: `M${d}`, class: guide.solid ? "guide solid" : "guide" }));
    const [lastX, lastY] = path[path.length - 1];
    // What is too long for the margin is told without the backend that it is of.
    const label = widthOf(guide.label) > right - 30 ? guide.label.split(", ")[0] : guide.label;
    ends.push({ at: Math.min(Math.max(up(lastY), top), height - bottom), from: across(lastX), label });
  }
  for (const one of series) {
    const group = inColour(svg("g", null), one.backend);
    const placed = one.points.map((point) => [across(point.x), up(point.y)]);
    const path = placed
      .map(([a, b], i) =>
        i && one.step ? `V${b.toFixed(1)}H${a.toFixed(1)}` : `${i ? "L" : "M"}${a.toFixed(1)},${b.toFixed(1)}`,
      )
      .join("");
    group.append(svg("path", { d: path, class: one.open ? "line further" : "line" }));
    one.points.forEach((point, i) => {
      if (Number.isFinite(point.low)) group.append(whisker(placed[i][0], up(point.low), up(point.high), false));
      if (one.step && i + 1 < one.points.length) return;
      const dot = marker(one.backend, placed[i][0], placed[i][1], 4, one.open);
      dot.append(svg("title", null, point.title));
      group.append(dot);
    });
    picture.append(group);
    const [endX, endY] = placed[placed.length - 1];
    ends.push({ at: endY, from: endX, label: one.label, backend: one.backend, open: one.open });
  }
  for (const { backend, x: at, low, high, y: level } of marks) {
    const group = inColour(svg("g", null), backend);
    if (low !== null && high !== null)
      group.append(lineFrom(across(low), up(level), Math.min(across(high), width - right), up(level), "span"));
    group.append(lineFrom(across(at), up(level) - 8, across(at), up(level) + 8, "tick-mark"));
    picture.append(group);
  }
  if (!narrow) directLabels(picture, ends, width - right, top, height - bottom);
  return narrow ? html("div", null, picture, legendOf(series)) : picture;
}

function axesOf(picture, { across, up, x, y, left, right, top, bottom, width, height }) {
  for (const value of y.ticks ??
    ticksOf(up, Math.max(3, (height - top - bottom) / 45)).map((at) => ({ at, text: y.format(at) }))) {
    if (up(value.at) < top - 1 || up(value.at) > height - bottom + 1) continue;
    picture.append(
      lineFrom(left, up(value.at), width - right, up(value.at), "grid"),
      textAt(left - 7, up(value.at) + 4, "end", value.text, "tick"),
    );
  }
  let last = -Infinity;
  for (const value of x.ticks ??
    ticksOf(across, (width - left - right) / 90).map((at) => ({ at, text: x.format(at) }))) {
    const at = across(value.at),
      room = widthOf(value.text) / 2 + 5;
    if (at - room < last || at < left - 1 || at > width - right + 1) continue;
    last = at + room;
    picture.append(
      lineFrom(at, height - bottom, at, height - bottom + 4, "axis"),
      textAt(at, height - bottom + 17, "middle", value.text, "tick"),
    );
  }
  picture.append(lineFrom(left, height - bottom, width - right, height - bottom, "axis"));
  picture.append(textAt((left + width - right) / 2, height - 6, "middle", x.title, "axis-title"));
}

const rises = ({ points }) => points[points.length - 1].y > points[0].y;

// Where more of x leaves a part of what there is. The name stands along its line, so that near ones do not overlap, and
// where the lines of the chart are not: below where they rise.
function bordersOf(picture, borders, across, { top, bottom, rise }) {
  for (const [value, name] of borders) {
    if (value < across.low || value > across.high) continue;
    const at = across(value);
    const label = textAt(0, 0, rise ? "start" : "end", name, "border-name");
    label.setAttribute("transform", `translate(${(at - 3).toFixed(1)},${rise ? bottom - 4 : top + 3}) rotate(-90)`);
    picture.append(lineFrom(at, top, at, bottom, "border"), label);
  }
}

// Names beside the ends of their lines, moved apart where they would overlap.
function directLabels(picture, ends, edge, top, bottom) {
  ends.sort((a, b) => a.at - b.at);
  const gap = Math.min(14, (bottom - top + 14) / Math.max(1, ends.length));
  const places = spread(
    ends.map(({ at }) => at),
    gap,
    top,
    bottom + 6,
  );
  ends.forEach(({ at, from, label, backend, open }, i) => {
    picture.append(
      svg("path", {
        d: `M${(from + 6).toFixed(1)},${at.toFixed(1)}L${edge + 8},${places[i].toFixed(1)}`,
        class: "lead",
      }),
    );
    if (backend) picture.append(inColour(svg("g", null, marker(backend, edge + 14, places[i], 3.4, open)), backend));
    picture.append(textAt(edge + 22, places[i] + 4, "start", label, "label"));
  });
}

const legendOf = (series) =>
  html(
    "ul",
    { class: "legend" },
    series.map(({ label, backend, open }) => html("li", null, badge(backend, open), " ", label)),
  );

// Who is best over which stretch; several share the height.
function reignStrip(picture, strip, across, { left, edge, top, points }) {
  const stops = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const border = (i) => (i <= 0 ? left : i >= stops.length ? edge : (across(stops[i - 1]) + across(stops[i])) / 2);
  for (const { first, last, backends, names } of strip) {
    const from = border(first),
      to = border(last + 1),
      each = 8 / backends.length;
    backends.forEach((backend, i) => {
      const band = inColour(
        svg("rect", {
          x: from + 1,
          y: top - 14 + i * each,
          width: Math.max(1, to - from - 2),
          height: Math.max(1, each - 0.5),
          class: "reign",
        }),
        backend,
      );
      band.append(svg("title", null, names.join(" or ")));
      picture.append(band);
    });
    let words = names.join(" or ");
    if (widthOf(words) > to - from) words = names.length > 1 ? `one of ${names.length}` : words;
    if (widthOf(words) <= to - from) picture.append(textAt((from + to) / 2, top - 19, "middle", words, "label"));
  }
}
