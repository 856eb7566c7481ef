"""Figures and charts of report.html: its tables are the oracle."""

import csv

import made_up
from pages import UNPACK, Page, at, summary


class Figures(Page):
    def expected(self, ratio):
        digits = 2 if ratio < 9.995 else 1 if ratio < 99.95 else 0
        return f"{ratio:.{digits}f} ×"

    def test_the_map_shows_what_summary_csv_says(self):
        self.open("rich")
        shown = {entry[0]: entry[1:] for entry in self.tab.run(
            "[...document.querySelectorAll('#map td a')].map(link => [link.getAttribute('href'), link.textContent, "
            "link.classList.contains('unsettled')])")}
        standing = [row for row in summary("rich") if row["place"]]
        self.assertEqual(len(shown), len(standing))
        for row in standing:
            text, unsettled = shown[f"#{row['problem'].replace(' ', '+')}/{row['label'].replace(' ', '+')}"]
            ranked = [float(other["typical_ns"]) for other in standing if other["problem"] == row["problem"] and other["typical_ns"]]
            self.assertEqual(text, self.expected(float(row["typical_ns"]) / min(ranked)) if row["typical_ns"] else row["contest"])
            self.assertEqual(unsettled, row["contest"] in ("inconclusive", "too-few"), row)

    def test_experiments_have_the_published_figure_beside_the_measured_one(self):
        self.open("rich")
        shown = self.tab.run("[...document.querySelectorAll('#experiments tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))")
        tbb, = (row for row in summary("rich") if (row["workload"], row["backend"], row["workers"]) == ("primes", "tbb", "4"))
        self.assertEqual([row[0] for row in shown], ["a1", "", "", "b2", ""])
        self.assertEqual(shown[0][1:], ["the sum of primes", "almost 4 ×"])
        self.assertEqual(shown[1][1:4] + shown[1][5:], ["tbb", "4", f"{float(tbb['typical_ns']) / 1e6:.1f} ms", "4 s"])
        self.assertEqual(shown[2][1:], ["tbb", "16", "not measured", "", ""])
        self.assertEqual(shown[4][1:], ["mpi", "2", "crashed", "", ""])
        link = self.tab.run("document.querySelector('#experiments a').getAttribute('href')")
        self.open("rich", link)
        self.assertEqual(self.title(), "tbb with 4 workers on primes")
        self.open("one")
        self.assertEqual(self.tab.run("document.querySelectorAll('#experiments, #parts a[href=\"#experiments\"]').length"), 0)

    def test_samples_are_those_of_samples_csv_within_what_packing_rounds(self):
        columns = {"wall": "wall_ns", "cold": "cold_ns", "startup": "startup_ns", "cpu": "cpu_ns", "memory": "peak_memory_bytes",
                   "waited": "voluntary_switches", "displaced": "involuntary_switches", "seen": "workers_seen"}
        for kind in ("rich", "large", "failed"):
            with open(at(kind) / "samples.csv", newline="", encoding="utf-8") as file:
                expected = {}
                for row in csv.DictReader(file):
                    key = row["workload"], row["parameters"].replace(";", ", "), row["backend"], row["variant"], row["workers"]
                    expected.setdefault(key, []).append(row)
            self.open(kind)
            cells = self.tab.run("(async () => {" + UNPACK + """
                const run = await unpackRun(document.getElementById('data').textContent);
                return run.cells.map(cell => {
                    const problem = run.problems[cell.problem];
                    unpackSamples(cell.samples);
                    return [[problem.workload, problem.parameters, cell.backend, cell.variant, `${cell.workers}`], cell.samples];
                });
            })()""")
            self.assertEqual(len(cells), len(expected))
            for key, samples in cells:
                rows = expected[tuple(key)]
                self.assertEqual(samples["round"], [int(row["sample"]) for row in rows])
                for name, column in columns.items():
                    shown = samples.get(name, [None] * len(rows))
                    self.assertEqual(len(shown), len(rows), (kind, key, name))
                    for one, row in zip(shown, rows):
                        if one is None:
                            self.assertEqual(row[column], "")
                        else:
                            self.assertLessEqual(abs(one - int(row[column])), int(row[column]) * (5e-5 if name == "wall" else 5e-4), (key, name))

    def test_more_hosts_are_what_host_scaling_csv_says(self):
        with open(at("hosts") / "host_scaling.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.open("hosts", "#scaling")
        tables = self.tab.run("[...document.querySelectorAll('#scaling figure')].filter(one => one.querySelector('tr.beyond')).map(one => "
                         "[...one.querySelectorAll('tbody tr')].map(row => [row.classList.contains('beyond'), "
                         "...[...row.cells].map(cell => cell.textContent)]))")
        self.assertEqual(len(tables), 3)  # a problem, one that grows, and messages
        self.assertEqual(sum(map(len, tables)), len(rows))
        for shown, row in zip(sum(tables, []), rows):
            beyond, workers, hosts, _, gain, *_ = shown
            self.assertEqual((workers, hosts), (row["workers"], row["hosts"]))
            self.assertEqual(beyond, workers == "32")
            self.assertEqual(gain == "", row["gain"] == "")
            if gain:
                self.assertAlmostEqual(float(gain.split()[0].replace("\u00a0×", "")), float(row["gain"]), delta=0.02 * float(row["gain"]))

    def test_the_strip_of_a_sweep_names_the_reigns(self):
        with open(at("rich") / "sweeps.csv", newline="", encoding="utf-8") as file:
            reigns = {(row["sweep"], row["reign"]) for row in csv.DictReader(file) if row["reign"]}
        self.open("rich", "#sweeps")
        self.tab.run("dispatchEvent(new Event('beforeprint'))")
        names = self.tab.run("[...new Set([...document.querySelectorAll('#sweeps figure')].flatMap((figure, i) => "
                        "[...figure.querySelectorAll('.reign')].map(band => i + band.textContent)))].length")
        self.assertEqual(names, len(reigns))

    def test_no_value_of_a_sweep_stands_on_another_and_what_is_beside_zero_has_its_label(self):
        self.open("rich", "#sweeps")
        self.tab.run("dispatchEvent(new Event('beforeprint'))")
        charts = dict(self.tab.run("[...document.querySelectorAll('#sweeps figure')].map(one => [one.querySelector('h3').textContent, "
                                   "[...one.querySelectorAll('svg[role=img] .tick[text-anchor=middle]')].map(tick => "
                                   "[tick.textContent, +tick.getAttribute('x')])])"))
        cut, late = charts["cut by cutoff"], charts["late by delay"]
        self.assertEqual([text for text, _ in cut], ["-5", "0", "5"])
        self.assertAlmostEqual(cut[1][1] - cut[0][1], cut[2][1] - cut[1][1], delta=1)
        self.assertGreater(cut[1][1] - cut[0][1], 50)  # pixels
        self.assertEqual([text for text, _ in late[:2]], ["0", "1ns"])

    def test_a_map_over_two_things_shows_what_crossovers_csv_says(self):
        with open(at("rich") / "crossovers.csv", newline="", encoding="utf-8") as file:
            points = list(csv.DictReader(file))
        self.assertEqual(len({point["map"] for point in points}), 1)
        self.assertGreater(len({point["label"] for point in points}), 1)
        self.open("rich", "#crossover-1", width=390, height=844)
        figure = self.tab.run("(() => { const box = document.getElementById('crossover-1').getBoundingClientRect(); "
                         "return [box.top >= 0 && box.top < innerHeight, document.documentElement.scrollWidth]; })()")
        self.assertEqual(figure, [True, 390])
        shown = self.tab.run("[...document.querySelectorAll('#crossover-1 .crossover tbody tr')].flatMap(row => [...row.cells].slice(1).map((cell, i) => "
                        "[cell.closest('table').tHead.rows[0].cells[i + 1].textContent, row.cells[0].textContent, "
                        "cell.querySelector('span').textContent.trim(), cell.querySelector('a').classList.contains('unsettled')]))")
        expected = [[point["across_value"], point["up_value"],
                     point["label"] + (f" +{len(point['open'].split(';'))}" if point["open"] else ""), point["settled"] == "no"]
                    for point in points]
        self.assertEqual(sorted(shown), sorted(expected))
        self.tab.run("document.querySelector('#crossover-1 .behind summary').click()")
        self.tab.settle()
        rows = self.tab.run("[...document.querySelectorAll('#crossover-1 .behind tbody tr')].map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent))")
        self.assertEqual(sorted(rows), sorted([point["up_value"], point["across_value"], point["label"]] for point in points))
        self.tab.run("document.querySelector('#crossover-1 .winner').focus()")
        self.tab.press("ArrowDown")
        self.tab.press("Enter")
        self.assertRegex(self.title(), "on carry grain=1 payload=64KiB$")

    def test_filters_and_order_are_part_of_the_link(self):
        self.open("rich", "#map?bound=cpu&sort=fork")
        rows = self.tab.run("[...document.querySelectorAll('#map tbody th a')].map(link => link.textContent)")
        cpu = [row for row in summary("rich") if row["bound"] == "cpu" and row["place"]]
        self.assertEqual(set(rows), {row["problem"] for row in cpu})
        best = {row["problem"]: float(row["typical_ns"]) for row in reversed(cpu) if row["place"] == "1"}
        fork = {row["problem"]: float(row["typical_ns"]) / best[row["problem"]] for row in cpu if row["label"] == "fork"}
        self.assertEqual(rows, sorted(fork, key=fork.get))
        self.tab.run("document.querySelector('#filters select').value = 'io'; "
                "document.querySelector('#filters select').dispatchEvent(new Event('change'))")
        self.assertEqual(self.tab.run("location.hash"), "#map?bound=io&sort=fork")


class Charts(Page):
    def test_behind_every_chart_is_a_table(self):
        for link in ("", "#fetch+latency=10ms/tbb"):
            self.open("rich", link)
            self.tab.run("dispatchEvent(new Event('beforeprint'))")
            self.tab.run("document.querySelectorAll('.behind:not([open]) > summary').forEach(one => one.click())")
            self.tab.settle()
            charts = self.tab.run("[...document.querySelectorAll('figure')].filter(one => one.querySelector('svg[role=img]')).map(one => "
                             "[one.querySelector('svg[role=img]').getAttribute('aria-label').length > 0, one.querySelectorAll('table td').length > 1])")
            self.assertGreaterEqual(len(charts), 2)
            self.assertTrue(all(named and table for named, table in charts), charts)

    def test_boundaries_of_the_machine_are_marked_at_their_workers(self):
        self.open("many", "#scaling")
        self.tab.run("dispatchEvent(new Event('beforeprint'))")
        marked = self.tab.run("""[...document.querySelectorAll('#scaling figure svg[role=img]')].map(chart => {
            const ticks = new Map([...chart.querySelectorAll('.tick')].map(one => [Math.round(+one.getAttribute('x')), one.textContent]));
            const lines = [...chart.querySelectorAll('.border')].map(one => ticks.get(Math.round(+one.getAttribute('x1'))));
            return [...chart.querySelectorAll('.border-name')].map((one, i) => lines[i] + ' ' + one.textContent)})""")
        self.assertGreaterEqual(len(marked), 3)
        for names in marked:
            self.assertEqual(names, [f"{one['workers']} {one['name']}" for one in made_up.LARGE_MACHINE["placement"]["boundaries"]])

    def test_with_256_workers_no_name_in_a_chart_lies_on_another_or_is_cut_off(self):
        self.open("many", "#scaling")
        self.tab.run("dispatchEvent(new Event('beforeprint'))")
        bad = self.tab.run("""[...document.querySelectorAll('#scaling figure svg[role=img]')].flatMap(chart => {
            const edge = chart.getBoundingClientRect();
            const all = [...chart.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
            return all.flatMap(([name, box], i) => [
                ...(box.right > edge.right + 1 || box.left < edge.left - 1 ? [name + ' is cut off'] : []),
                ...all.slice(i + 1).filter(([, other]) => box.left + 1 < other.right && other.left + 1 < box.right &&
                    box.top + 4 < other.bottom && other.top + 4 < box.bottom).map(([other]) => name + ' lies on ' + other)])})""")
        self.assertEqual(bad, [])
