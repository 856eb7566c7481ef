// The parts of the page, each from the data of the run. One that has nothing to show goes.

function answers(section, targets) {
  byId("answer-list").replaceChildren(
    ...run.answers.flatMap(({ about, sentence }) => [
      html("dt", null, targets.has(about) ? html("a", { href: targets.get(about) }, about) : about),
      html("dd", null, unbroken(sentence)),
    ]),
  );
  const asides = [
    run.leftOut.length &&
      html("a", { href: "#left-out" }, `${run.leftOut.length === 1 ? "Something" : "Several things"} left out`),
    run.open && html("a", { href: "#left-out" }, "some verdicts are open"),
    run.warnings.length &&
      html("a", { href: "#warnings" }, `${run.warnings.length} warning${run.warnings.length === 1 ? "" : "s"}`),
  ].filter(Boolean);
  byId("asides").append(...asides.flatMap((link, i) => (i ? [" · ", link] : [link])));
}

const inFigures = (section, figures) => {
  section.querySelector(".figures").append(...figures);
  return figures.length > 0;
};

function scalingSection(section) {
  return inFigures(
    section,
    run.problems
      .filter((problem) => problem.sentence)
      .map(scalingFigure)
      .filter(Boolean)
      .concat(run.weakScaling.map(weakScalingFigure), run.hostScaling.map(hostScalingFigure)),
  );
}

function machineSection(section) {
  section.querySelector("div").append(
    ...(run.setup.length
      ? run.setup.map(({ title, facts }, place) =>
          html(
            "details",
            { open: place < 2 },
            html("summary", null, html("h3", null, title)),
            html(
              "dl",
              { class: "setup" },
              facts.flatMap(([name, text]) => [html("dt", null, name), html("dd", null, text)]),
            ),
          ),
        )
      : [html("p", null, "Unknown: there is no environment.json beside samples.csv.")]),
  );
  return true;
}

function listed(section, lines) {
  section.querySelector("ul").append(...lines.map((line) => html("li", null, line)));
  return lines.length > 0;
}

function checklistSection(section) {
  section
    .querySelector("ol")
    .append(
      ...run.checklist.map(({ rule, met, how }) =>
        html(
          "li",
          null,
          html("b", null, rule),
          ". ",
          html("span", { class: `met ${met.replace(" ", "-")}` }, met),
          ` ${how}`,
        ),
      ),
    );
  return true;
}
