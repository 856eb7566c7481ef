// Charts, drawn for the width that they have when they come into view, and again when it changes. Each says in words what
// it shows; the table behind it has every figure.

const pending = new Map(); // figures that wait until they come into view
const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) begin(entry.target);
  },
  { rootMargin: "300px" },
);
const drawn = new Set();
addEventListener("resize", () => {
  for (const holder of drawn)
    if (holder.isConnected) holder.redraw();
    else drawn.delete(holder);
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
function figure({ id, title, note, height, draw, table }) {
  const holder = html("div", { class: "chart" });
  holder.style.setProperty("min-height", `${height}px`);
  pending.set(holder, draw);
  observer.observe(holder);
  return html(
    "figure",
    { id },
    html("figcaption", null, html("h3", null, title), note && html("p", null, note)),
    holder,
    behind(title, table),
  );
}

// The table behind a chart, made when it is asked for.
function behind(title, table) {
  const holder = html(
    "details",
    { class: "behind" },
    html("summary", null, "Figures", html("span", { class: "unseen" }, ` of ${title}`)),
  );
  holder.addEventListener("toggle", () => holder.append(scrolling(table(), title)), { once: true });
  return holder;
}

// Wide tables move sideways in a frame of their own, which the keyboard can reach.
const scrolling = (table, name) =>
  html("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": `Table: ${name}` }, table);
