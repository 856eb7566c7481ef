// Time by what a run varies, and who is best where.

// Where values stand on a logarithmic scale. It has no 0: that stands below the least of the others, so far that there is
// room for both their labels. Where some are below 0, all stand in even steps.
function placesOf(numbers) {
  if (numbers.some((number) => number < 0)) return (number) => 2 ** numbers.indexOf(number);
  const others = numbers.filter((number) => number > 0);
  const least = Math.min(...others),
    most = Math.max(...others);
  const nothing = others.length ? least / Math.max(10, (most / least) ** 0.2) : 1;
  return (number) => number || nothing;
}

function sweepsSection(section) {
  return inFigures(
    section,
    run.sweeps.map((sweep, place) => {
      const { name, axis, parameters, sentence, choices, stops, reigns } = sweep;
      const numbers = stops.map(({ number }) => number);
      const at = placesOf(numbers);
      const lowest = Math.min(...numbers);
      const axisTitle =
        axis + (lowest < 0 ? "; in even steps, as some are below 0" : lowest === 0 ? "; 0 stands below the others" : "");
      const pointOf = (stop, choice) => {
        const one = stop.placed.find((other) => choices[other.choice] === choice);
        const cell = one && run.cells[one.cell];
        return cell?.median === undefined
          ? null
          : {
              x: at(stop.number),
              y: cell.median,
              low: cell.interval?.[0],
              high: cell.interval?.[1],
              title: `${choice.label}, ${workersText(cell.workers)}: ${time(cell.median)}`,
            };
      };
      const seen = new Map();
      const series = choices
        .map((choice) => {
          const open = seen.has(choice.backend);
          seen.set(choice.backend, true);
          return { ...choice, open, points: stops.map((stop) => pointOf(stop, choice)).filter(Boolean) };
        })
        .filter(({ points }) => points.length);
      const reigning = reigns.map(({ first, last, choices: those }) => ({
        first,
        last,
        names: those.map((one) => choices[one].label),
        backends: those.map((one) => choices[one].backend),
      }));
      const draw = (width) =>
        lineChart(width, {
          words: `Time by ${axis}: ${name}. ${sentence}`,
          series,
          strip: reigning,
          height: 340,
          x: {
            kind: "log",
            ticks: stops.map(({ number, value }) => ({ at: at(number), text: value })),
            title: axisTitle,
          },
          y: { kind: "log", format: (ns) => tickText(ns, TIMES) },
        });
      const table = () => {
        const entry = (stop, place) => {
          const one = stop.placed.find((other) => other.choice === place);
          const cell = one && run.cells[one.cell];
          return (
            cell && {
              times: one.times,
              text: cell.median === undefined ? one.verdict : time(cell.median),
              verdict: one.verdict,
              href: cellLink(cell),
              title: `${choices[place].label}, ${workersText(cell.workers)}, ${one.verdict}`,
            }
          );
        };
        return walkable(
          html(
            "table",
            { class: "map" },
            headRow(
              html("th", { scope: "col" }, axis),
              choices.map(({ label, backend }) =>
                html("th", { scope: "col" }, badge(backend), html("span", null, breakable(label))),
              ),
            ),
            html(
              "tbody",
              null,
              stops.map((stop) =>
                html(
                  "tr",
                  null,
                  html("th", { scope: "row" }, stop.value),
                  choices.map((_, place) => mapped(entry(stop, place))),
                ),
              ),
            ),
          ),
        );
      };
      const title = name;
      // What the title has is not said again.
      const others = parameters.split(", ").filter((pair) => pair && !name.split(" ").includes(pair));
      const note = `${sentence}${others.length ? ` (${others.join(", ")})` : ""}`;
      const id = `sweep-${place + 1}`;
      if (series.length === 0)
        return html("figure", { id }, html("figcaption", null, html("h3", null, title), html("p", null, note)));
      return figure({ id, title, note, height: 340, draw, table });
    }),
  );
}
