// Where the time of workers went: what `runoff explain` measured, if it did.

const PARTS = {
  useful: "useful",
  slower: "slower than in serial",
  displaced: "no core to run on",
  contended: "waiting for a lock",
  io: "waiting for I/O",
  scheduling: "scheduling",
  imbalance: "imbalance",
  idle: "idle",
  stamping: "stamping",
  untold: "not told apart",
};
const whole = (share) => `${share < 0.095 ? +(share * 100).toFixed(1) : Math.round(share * 100)} %`;

// All parts in one bar, in their order.
function partsBar(parts, width = 190, height = 14) {
  const viewBox = `0 0 ${width} ${height}`;
  const picture = svg("svg", { width, height, viewBox, "aria-hidden": "true", class: "strip" });
  let x = 0;
  for (const [name, share] of Object.entries(parts)) {
    picture.append(
      svg(
        "rect",
        { x: x.toFixed(1), y: 0, width: (share * width).toFixed(1), height, class: "part", "data-part": name },
        svg("title", null, `${PARTS[name]}: ${whole(share)}`),
      ),
    );
    x += share * width;
  }
  return picture;
}

// A line for each worker; full where it is in tasks, hatched where it waits in one.
function timelineOf({ timeline, wall }, width = 200) {
  if (!timeline) return "";
  const height = timeline.length * 8;
  const busy = timeline.map((line) => whole([...line].filter((one) => one !== "0").length / line.length));
  const picture = svg("svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    class: "strip timeline",
    "aria-label": `${workersText(timeline.length)} in ${time(wall)}: ${busy.join(", ")} of the time in tasks`,
  });
  timeline.forEach((line, row) => {
    const step = width / line.length;
    for (let first = 0, next; first < line.length; first = next) {
      for (next = first + 1; next < line.length && line[next] === line[first]; ) ++next;
      const waits = line[first] === "w";
      if (line[first] === "0") continue;
      picture.append(
        svg("rect", {
          x: (first * step).toFixed(1),
          y: row * 8 + 1,
          width: ((next - first) * step).toFixed(1),
          height: 6,
          class: "part",
          "data-part": waits ? "io" : "useful",
          opacity: waits ? 1 : ((Number(line[first]) || 0) / 9).toFixed(2),
        }),
      );
    }
  });
  return picture;
}

function largestLoss(parts) {
  const [name, share] = Object.entries(parts)
    .filter(([part]) => part !== "useful" && part !== "stamping")
    .reduce((most, one) => (one[1] > most[1] ? one : most), ["", 0]);
  return share >= 0.01 ? `${PARTS[name]} ${whole(share)}` : "";
}

function partsKey(all) {
  const used = Object.keys(PARTS).filter((name) => all.some(({ parts }) => parts[name] >= 0.01));
  return html(
    "ul",
    { class: "key", "aria-label": "Parts" },
    used.map((name) => {
      const swatch = svg("svg", { width: 16, height: 12, viewBox: "0 0 16 12", "aria-hidden": "true" });
      swatch.append(svg("rect", { width: 16, height: 12, class: "part", "data-part": name }));
      return html("li", null, swatch, PARTS[name]);
    }),
  );
}

// Of a problem: each of its backends that was explained, in the order of the ranking. Nothing where none was.
function whyOf(cells) {
  const explained = cells.filter((cell) => cell.explained);
  if (!explained.length) return null;
  return html(
    "div",
    { class: "why" },
    html("h3", null, "Where workers × time went"),
    scrolling(
      tableOf(
        [
          { head: "backend", title: true, text: (cell) => html("span", null, badge(cell.backend), " ", cell.label) },
          { head: "workers × time", text: ({ explained: { parts } }) => partsBar(parts) },
          { head: "useful", number: true, text: ({ explained: { parts } }) => whole(parts.useful ?? 0) },
          { head: "largest loss", text: ({ explained: { parts } }) => largestLoss(parts) },
          { head: "who ran when", text: ({ explained: one }) => timelineOf(one) },
        ],
        explained,
      ),
      "where workers × time went",
    ),
    partsKey(explained.map((cell) => cell.explained)),
    html(
      "ul",
      { class: "details" },
      explained.map((cell) => html("li", null, unbroken(cell.explained.sentence))),
    ),
  );
}
