// Reads the data, fills the parts, and opens the view that the link names.

if (!globalThis.DecompressionStream)
  byId("missing").append("This browser is too old to unpack the data of this page. The tables beside this file have the same figures.");
const run = await unpackRun(byId("data").textContent);
run.problems.forEach((problem) => {
  problem.cells = [];
});
run.cells.forEach((cell) => {
  unpackSamples(cell.samples);
  cell.standing = cell.place !== undefined; // for its backend, in the contest of its problem
  run.problems[cell.problem].cells.push(cell);
});

(run.explained ?? []).forEach((one) => {
  run.cells[one.cell].explained = one;
});

document.title = `runoff: ${run.name}`;
byId("about").append(
  [
    run.name,
    run.machine,
    run.name.startsWith(run.started.slice(0, 10)) ? "" : run.started.replace("T", " ").replace("Z", " UTC"),
  ]
    .filter(Boolean)
    .join(" · "),
);

const targets = new Map();
run.prices.forEach(({ price: name }, i) => targets.set(name, `#price-${i + 1}`));
run.curves.forEach(({ name }, i) => targets.set(name, `#task-size-${i + 1}`));
run.sweeps.forEach(({ name }, i) => targets.set(name, `#sweep-${i + 1}`));
run.crossovers.forEach(({ name }, i) => targets.set(name, `#crossover-${i + 1}`));
run.problems.forEach((problem) => {
  if (problem.sentence) targets.set(problem.name, problemLink(problem));
});

answers(byId("answers"), targets);
const map = mapOf(byId("map-table"), byId("filters"));
const filled = {
  answers: run.answers.length > 0,
  experiments: experimentsSection(byId("experiments")),
  map: !map.empty,
  scaling: scalingSection(byId("scaling")),
  prices: pricesSection(byId("prices")),
  metg: metgSection(byId("metg")),
  crossovers: crossoversSection(byId("crossovers")),
  sweeps: sweepsSection(byId("sweeps")),
  warnings: listed(byId("warnings"), run.warnings),
  machine: machineSection(byId("machine")),
  "left-out": listed(byId("left-out"), [...run.leftOut, run.open].filter(Boolean)),
  checklist: checklistSection(byId("checklist")),
};
for (const section of document.querySelectorAll("main > section")) {
  section.hidden = false;
  if (filled[section.id])
    byId("parts").append(html("li", null, html("a", { href: `#${section.id}` }, section.dataset.part)));
  else section.remove();
}

const view = byId("view");
let before = ""; // the link to go back to when a view closes

function open({ problem, cell }) {
  byId("view-title").replaceChildren(
    cell ? `${cell.label} with ${workersText(cell.workers)} on ${problem.name}` : problem.name,
  );
  byId("view-body").replaceChildren(cell ? cellView(problem, cell) : problemView(problem));
  if (!view.open) view.showModal();
  byId("view-title").focus();
  view.scrollTo(0, 0);
}

function follow() {
  const hash = location.hash;
  const found = viewOf(hash);
  byId("missing").replaceChildren();
  if (found) return open(found);
  before = hash;
  if (view.open) view.close();
  if (hash.startsWith("#map")) {
    map.take(hash.split("?")[1] ?? "");
    byId("map")?.scrollIntoView();
  } else if (document.getElementById(hash.slice(1))) {
    byId(hash.slice(1)).scrollIntoView(); // it was not there when the page was loaded
  } else if (hash.includes("/")) {
    byId("missing").append(`This run has no ${decoded(hash.slice(1)).replaceAll("/", " ")}.`);
  }
}
view.addEventListener("close", () => {
  if (viewOf(location.hash)) history.replaceState(null, "", before || location.pathname + location.search);
});
view.addEventListener("click", (event) => {
  if (event.target === view) view.close();
});
byId("close").addEventListener("click", () => view.close());
addEventListener("hashchange", follow);
follow();
performance.mark("interactive");
