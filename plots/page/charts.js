// Charts as SVG, drawn for the width that they have, and again when it changes. Each says in words what it shows; the
// table behind it has every figure.

const pending = new Map();  // figures that wait until they come into view
const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) begin(entry.target);
}, { rootMargin: "300px" });
const drawn = new Set();
addEventListener("resize", () => {
  for (const holder of drawn) if (holder.isConnected) holder.redraw(); else drawn.delete(holder);
});

function begin(holder) {
  if (!pending.has(holder)) return;
  const draw = pending.get(holder);
  pending.delete(holder);
  observer.unobserve(holder);
  let before = 0;
  holder.redraw = () => {
    const width = Math.round(holder.clientWidth) || 640;
    if (width === before) return;
    before = width;
    holder.replaceChildren(draw(width));
  };
  holder.redraw();
  drawn.add(holder);
}
addEventListener("beforeprint", () => [...pending.keys()].forEach(begin));

// A chart with its title, its words and the table behind it. `draw(width)` gives an SVG, `table()` a table.
function figure({ id, title, note, height, draw, table, legend }) {
  const holder = html("div", { class: "chart" });
  holder.style.setProperty("min-height", `${height}px`);
  const behind = html("details", { class: "behind" }, html("summary", null, "Figures", html("span", { class: "unseen" }, ` of ${title}`)));
  behind.addEventListener("toggle", () => behind.querySelector("table") ?? behind.append(scrolling(table(), title)), { once: true });
  pending.set(holder, draw);
  observer.observe(holder);
  return html("figure", { id }, html("figcaption", null, html("h3", null, title), note && html("p", null, note)), holder, legend, behind);
}

// Wide tables move sideways in a frame of their own, which the keyboard can reach.
const scrolling = (table, name) => html("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": `Table: ${name}` }, table);

const sheet = (width, height, words) =>
  svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words });

const textAt = (x, y, anchor, words, kind) => svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, class: kind }, words);
const lineFrom = (x1, y1, x2, y2, kind) =>
  svg("line", { x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1), class: kind });
const widthOf = (words) => [...words].length * 6.6;

// Between the ends of an interval, upright or lying.
function whisker(at, low, high, lying) {
  const cap = 3;
  const path = lying
    ? `M${low},${at - cap}V${at + cap}M${low},${at}H${high}M${high},${at - cap}V${at + cap}`
    : `M${at - cap},${low}H${at + cap}M${at},${low}V${high}M${at - cap},${high}H${at + cap}`;
  return svg("path", { d: path, class: "whisker" });
}

// Lines with direct labels at their ends, or a legend where there is no room for them.
//   series: {label, backend, open, points: [{x, y, low, high, title}], step}; x, y: {kind, format, ticks, title, limits}
//   guides: {y | line: [[x, y], …], label}; strip: {first, last, names, backends}; marks: {backend, x, low, high, y}
function lineChart(width, { words, series, x, y, guides = [], strip = [], marks = [], height = 300 }) {
  const narrow = width < 520;
  const longest = Math.max(...series.map(({ label }) => widthOf(label)), ...guides.map(({ label }) => widthOf(label)));
  const right = narrow ? 12 : Math.min(longest + 34, width * 0.4);
  const left = 62, top = strip.length ? 40 : 14, bottom = 42;
  const picture = sheet(width, height, words);
  const points = series.flatMap((one) => one.points);
  const across = scale(x.kind, x.limits ?? limits(points.map((point) => point.x), x.kind, 0.04), [left, width - right]);
  const up = scale(y.kind, y.limits ?? limits(points.flatMap(({ y: at, low, high }) => [at, low ?? at, high ?? at]), y.kind), [height - bottom, top]);
  axesOf(picture, { across, up, x, y, left, right, top, bottom, width, height });
  reignStrip(picture, strip, across, { left, edge: width - right, top, points });

  const ends = [];
  for (const guide of guides) {
    const path = guide.line ?? [[across.low, guide.y], [across.high, guide.y]];
    const d = path.map(([a, b]) => `${across(a).toFixed(1)},${Math.min(Math.max(up(b), top), height - bottom).toFixed(1)}`).join("L");
    picture.append(svg("path", { d: `M${d}`, class: guide.solid ? "guide solid" : "guide" }));
    const [lastX, lastY] = path[path.length - 1];
    ends.push({ at: Math.min(Math.max(up(lastY), top), height - bottom), from: across(lastX), label: guide.label });
  }
  for (const one of series) {
    const group = inColour(svg("g", null), one.backend);
    const placed = one.points.map((point) => [across(point.x), up(point.y)]);
    const path = placed.map(([a, b], i) => (i && one.step ? `V${b.toFixed(1)}H${a.toFixed(1)}` : `${i ? "L" : "M"}${a.toFixed(1)},${b.toFixed(1)}`)).join("");
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
    if (low !== null && high !== null) group.append(lineFrom(across(low), up(level), Math.min(across(high), width - right), up(level), "span"));
    group.append(lineFrom(across(at), up(level) - 8, across(at), up(level) + 8, "tick-mark"));
    picture.append(group);
  }
  if (!narrow) directLabels(picture, ends, width - right, top, height - bottom);
  return narrow ? html("div", null, picture, legendOf(series)) : picture;
}

function axesOf(picture, { across, up, x, y, left, right, top, bottom, width, height }) {
  for (const value of y.ticks ?? ticksOf(up, Math.max(3, (height - top - bottom) / 45)).map((at) => ({ at, text: y.format(at) }))) {
    if (up(value.at) < top - 1 || up(value.at) > height - bottom + 1) continue;
    picture.append(lineFrom(left, up(value.at), width - right, up(value.at), "grid"), textAt(left - 7, up(value.at) + 4, "end", value.text, "tick"));
  }
  let last = -Infinity;
  for (const value of x.ticks ?? ticksOf(across, (width - left - right) / 90).map((at) => ({ at, text: x.format(at) }))) {
    const at = across(value.at), room = widthOf(value.text) / 2 + 5;
    if (at - room < last || at < left - 1 || at > width - right + 1) continue;
    last = at + room;
    picture.append(lineFrom(at, height - bottom, at, height - bottom + 4, "axis"), textAt(at, height - bottom + 17, "middle", value.text, "tick"));
  }
  picture.append(lineFrom(left, height - bottom, width - right, height - bottom, "axis"));
  picture.append(textAt((left + width - right) / 2, height - 6, "middle", x.title, "axis-title"));
}

// Names beside the ends of their lines, moved apart where they would overlap.
function directLabels(picture, ends, edge, top, bottom) {
  ends.sort((a, b) => a.at - b.at);
  const gap = Math.min(14, (bottom - top + 14) / Math.max(1, ends.length));
  const places = spread(ends.map(({ at }) => at), gap, top, bottom + 6);
  ends.forEach(({ at, from, label, backend, open }, i) => {
    picture.append(svg("path", { d: `M${(from + 6).toFixed(1)},${at.toFixed(1)}L${edge + 8},${places[i].toFixed(1)}`, class: "lead" }));
    if (backend) picture.append(inColour(svg("g", null, marker(backend, edge + 14, places[i], 3.4, open)), backend));
    picture.append(textAt(edge + 22, places[i] + 4, "start", label, "label"));
  });
}

const legendOf = (series) =>
  html("ul", { class: "legend" }, series.map(({ label, backend, open }) => html("li", null, badge(backend, open), " ", label)));

// Who is best over which stretch; several share the height.
function reignStrip(picture, strip, across, { left, edge, top, points }) {
  const stops = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const border = (i) => (i <= 0 ? left : i >= stops.length ? edge : (across(stops[i - 1]) + across(stops[i])) / 2);
  for (const { first, last, backends, names } of strip) {
    const from = border(first), to = border(last + 1), each = 8 / backends.length;
    backends.forEach((backend, i) => {
      const band = inColour(svg("rect", { x: from + 1, y: top - 14 + i * each, width: Math.max(1, to - from - 2), height: Math.max(1, each - 0.5), class: "reign" }), backend);
      band.append(svg("title", null, names.join(" or ")));
      picture.append(band);
    });
    let words = names.join(" or ");
    if (widthOf(words) > to - from) words = names.length > 1 ? `one of ${names.length}` : words;
    if (widthOf(words) <= to - from) picture.append(textAt((from + to) / 2, top - 19, "middle", words, "label"));
  }
}

// Points with intervals in rows that share an axis: a cell of a table each.
//   points: {x, low, high, backend, open, text, title}; marks: places of thin lines
function strip(width, axis, points, marks = [], height = 26) {
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", class: "strip" });
  const across = scale(axis.kind, axis.limits, [8, width - 8]);
  const middle = height / 2;
  for (const at of marks) picture.append(lineFrom(across(at), 0, across(at), height, "ideal"));
  picture.append(lineFrom(0, middle, width, middle, "rail"));
  if (points.length > 1 && axis.joined) {
    const places = points.map(({ x }) => across(x));
    picture.append(inColour(svg("g", null, lineFrom(Math.min(...places), middle, Math.max(...places), middle, "line")), points[0].backend));
  }
  for (const { x, low, high, backend, open, text, title } of points) {
    const group = inColour(svg("g", null), backend);
    if (Number.isFinite(low)) group.append(whisker(middle, across(low), across(high), true));
    if (text) group.append(svg("circle", { cx: across(x).toFixed(1), cy: middle, r: 7.5, class: "disc" }), textAt(across(x), middle + 3.5, "middle", text, "in-disc"));
    else group.append(marker(backend, across(x), middle, 4, open));
    if (title) group.append(svg("title", null, title));
    picture.append(group);
  }
  return picture;
}
