// The map: problems by backends. What it shows is part of its link: #map?bound=io&backends=tbb,fork&sort=tbb

const FILTERS = ["bound", "shape"];
const ANY = "all";

function mapOf(holder, form) {
  const problems = run.problems.filter((problem) => problem.cells.some((cell) => cell.standing));
  const labels = [
    ...new Set(problems.flatMap((problem) => problem.cells.filter((cell) => cell.standing).map(({ label }) => label))),
  ].sort();
  const backendOf = new Map(run.cells.map(({ label, backend }) => [label, backend]));
  const standing = new Map(
    problems.map((problem) => [
      problem,
      new Map(problem.cells.filter((cell) => cell.standing).map((cell) => [cell.label, cell])),
    ]),
  );
  const state = { bound: ANY, shape: ANY, backends: new Set(), sort: "name", falling: false };

  const differences = new Map(
    problems.map((problem) => [
      problem,
      Math.max(0, ...[...standing.get(problem).values()].map((cell) => cell.times ?? 0)),
    ]),
  );
  const orders = {
    name: () => 0,
    difference: (a, b) => differences.get(b) - differences.get(a),
  };
  const byBackend = (label) => (a, b) =>
    (standing.get(a).get(label)?.times ?? Infinity) - (standing.get(b).get(label)?.times ?? Infinity) || 0;

  function draw() {
    const shown = problems.filter((problem) =>
      FILTERS.every((filter) => state[filter] === ANY || problem[filter] === state[filter]),
    );
    shown.sort(orders[state.sort] ?? byBackend(state.sort));
    if (state.falling) shown.reverse();
    const columns = labels.filter(
      (label) =>
        (state.backends.size === 0 || state.backends.has(label)) &&
        shown.some((problem) => standing.get(problem).has(label)),
    );
    const head = (name, words) =>
      html(
        "th",
        { scope: "col", "aria-sort": state.sort === name ? (state.falling ? "descending" : "ascending") : null },
        html(
          "button",
          {
            type: "button",
            onclick: () => {
              set({ falling: state.sort === name && !state.falling, sort: name });
              holder.querySelector("th[aria-sort] button")?.focus();
            },
          },
          words,
        ),
      );
    const rows = shown.map((problem) =>
      html(
        "tr",
        null,
        html(
          "th",
          { scope: "row" },
          html("a", { href: problemLink(problem) }, problem.name),
          html("small", null, `${problem.bound}, ${problem.shape}`),
        ),
        html("td", { class: "number" }, leastOf(problem)),
        columns.map((label) => mapped(entryOf(problem, standing.get(problem).get(label)))),
      ),
    );
    const table = html(
      "table",
      { class: "map" },
      headRow(
        head("name", "workload"),
        head("difference", "best"),
        columns.map((label) => head(label, [badge(backendOf.get(label)), html("span", null, breakable(label))])),
      ),
      html("tbody", null, rows),
    );
    const left = holder.querySelector(".scroll")?.scrollLeft ?? 0;
    holder.replaceChildren(
      rows.length
        ? scrolling(walkable(table), "workloads by backends")
        : html("p", { class: "soft" }, "No workload is of this kind."),
      keyOf(),
    );
    holder.querySelector(".scroll")?.scrollTo(left, 0);
  }

  function set(changes) {
    Object.assign(state, changes);
    draw();
    const link = linkOf(state);
    if (location.hash !== link) history.replaceState(null, "", link);
  }

  const selects = FILTERS.map((filter) =>
    choice(filter, [...new Set(problems.map((problem) => problem[filter]))].sort(), (value) =>
      set({ [filter]: value }),
    ),
  );
  const boxes = labels.map((label) =>
    html("input", {
      type: "checkbox",
      value: label,
      onchange: () => set({ backends: new Set(boxes.filter((box) => box.checked).map((box) => box.value)) }),
    }),
  );
  form.append(
    ...selects.map(({ field }) => field),
    html(
      "details",
      null,
      html("summary", null, "backends"),
      html(
        "ul",
        null,
        labels.map((label, i) =>
          html("li", null, html("label", null, boxes[i], " ", badge(backendOf.get(label)), " ", label)),
        ),
      ),
    ),
  );
  form.addEventListener("submit", (event) => event.preventDefault());

  // Takes what a link says; words that the run does not have are passed over.
  function take(query) {
    const wanted = new URLSearchParams(query);
    const among = (values, value, other) => (values.includes(value) ? value : other);
    FILTERS.forEach((filter, i) => {
      state[filter] = among(selects[i].values, wanted.get(filter), ANY);
      selects[i].select.value = state[filter];
    });
    state.backends = new Set((wanted.get("backends") ?? "").split(",").filter((label) => labels.includes(label)));
    boxes.forEach((box) => {
      box.checked = state.backends.has(box.value);
    });
    state.sort = among(["name", "difference", ...labels], wanted.get("sort"), "name");
    state.falling = wanted.get("falling") === "yes";
    draw();
  }
  take("");
  return { take, empty: problems.length === 0 };
}

function choice(name, values, act) {
  const select = html(
    "select",
    { onchange: () => act(select.value) },
    [ANY, ...values].map((value) => html("option", { value }, value)),
  );
  return { values, select, field: html("label", null, `${name} `, select) };
}

function linkOf({ bound, shape, backends, sort, falling }) {
  const query = new URLSearchParams();
  if (bound !== ANY) query.set("bound", bound);
  if (shape !== ANY) query.set("shape", shape);
  if (backends.size) query.set("backends", [...backends].join(","));
  if (sort !== "name") query.set("sort", sort);
  if (falling) query.set("falling", "yes");
  return `#map${query.size ? `?${query}` : ""}`;
}

const leastOf = (problem) => {
  const known = problem.cells.filter((cell) => cell.standing && cell.times !== undefined).map((cell) => cell.median);
  return known.length ? time(Math.min(...known)) : "";
};

function entryOf(problem, cell) {
  if (!cell) return null;
  const href = cellLink(cell),
    name = `${cell.label} on ${problem.name}`;
  if (cell.times === undefined)
    return {
      text: cell.contest,
      verdict: cell.contest,
      href,
      title: [name, reasonOf(cell)].filter(Boolean).join(": "),
    };
  return {
    times: cell.times,
    text: times(cell.times),
    verdict: cell.contest,
    href,
    title: `${name}: ${time(cell.median)} with ${workersText(cell.workers)}, ${cell.contest}`,
  };
}
