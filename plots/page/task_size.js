// How well workers are kept busy as tasks become shorter.

function metgSection(section) {
  return inFigures(
    section,
    run.curves.map((question, place) => {
      const { name, parameters, sentence, curves } = question;
      const id = `task-size-${place + 1}`;
      const known = curves.filter(({ points }) => points.length);
      if (known.length === 0)
        return html("figure", { id }, html("figcaption", null, html("h3", null, name), html("p", null, sentence)));
      const series = known.map(({ label, backend, points, metg }) => ({
        label: metg ? `${label} ${time(metg[0])}` : label,
        backend,
        points: [...points]
          .sort(([, , a], [, , b]) => a - b)
          .map(([x, y]) => ({ x, y, title: `${label}: ${percent(y)} at ${time(x)}` })),
      }));
      const marks = known
        .filter(({ metg }) => metg)
        .map(({ backend, metg: [x, low, high] }) => ({ backend, x, low, high, y: 0.5 }));
      const draw = (width) =>
        lineChart(width, {
          words: `Efficiency by granularity of tasks, ${name}`,
          series,
          marks,
          height: 320,
          guides: [{ y: 0.5, label: "50 %", solid: true }],
          x: { kind: "log", format: (at) => tickText(at, TIMES), title: "granularity of tasks" },
          y: {
            kind: "linear",
            limits: [0, 1.05],
            ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: percent(at) })),
          },
        });
      const table = () =>
        tableOf(
          [
            { head: "backend", title: true, text: ({ label }) => label },
            { head: "METG(50 %)", number: true, text: ({ metg }) => (metg ? time(metg[0]) : "") },
            { head: "95 % interval", text: ({ metg }) => (metg ? interval(metg.slice(1), time) : "") },
            {
              head: "to the shortest",
              number: true,
              text: ({ times: ratio }) => (ratio === undefined ? "" : times(ratio)),
            },
            { head: "verdict", text: ({ metg, verdict }) => (metg ? verdict : "does not cross 50 %") },
            {
              head: "granularity: efficiency",
              kind: "long",
              text: ({ points }) =>
                points.map(([x, y]) => `${time(x)}: ${percent(Math.round(y * 100) / 100)}`).join(", "),
            },
          ],
          known,
        );
      return figure({ id, title: name, note: `${sentence} (${parameters})`, height: 320, draw, table });
    }),
  );
}
