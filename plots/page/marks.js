// What charts are made of.

const sheet = (width, height, words) =>
  svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words });

const textAt = (x, y, anchor, words, kind) =>
  svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, class: kind }, words);
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

// Points with intervals in rows that share an axis: a cell of a table each.
//   points: {x, low, high, backend, open, text, title}; marks: places of thin lines
function strip(width, axis, points, marks = [], height = 26) {
  const picture = svg("svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "aria-hidden": "true",
    class: "strip",
  });
  const across = scale(axis.kind, axis.limits, [8, width - 8]);
  const middle = height / 2;
  for (const at of marks) picture.append(lineFrom(across(at), 0, across(at), height, "ideal"));
  picture.append(lineFrom(0, middle, width, middle, "rail"));
  if (points.length > 1 && axis.joined) {
    const places = points.map(({ x }) => across(x));
    picture.append(
      inColour(
        svg("g", null, lineFrom(Math.min(...places), middle, Math.max(...places), middle, "line")),
        points[0].backend,
      ),
    );
  }
  for (const { x, low, high, backend, open, text, title } of points) {
    const group = inColour(svg("g", null), backend);
    if (Number.isFinite(low)) group.append(whisker(middle, across(low), across(high), true));
    if (text)
      group.append(
        svg("circle", { cx: across(x).toFixed(1), cy: middle, r: 7.5, class: "disc" }),
        textAt(across(x), middle + 3.5, "middle", text, "in-disc"),
      );
    else group.append(marker(backend, across(x), middle, 4, open));
    if (title) group.append(svg("title", null, title));
    picture.append(group);
  }
  return picture;
}
