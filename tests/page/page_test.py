"""What report.html is in a browser. RUNOFF names the program, whose tables are the oracle of what the page shows.

Exits with 77, which ctest takes for skipped, where there is no Chromium.
"""

import csv
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import browser
import made_up

RUNOFF = os.environ["RUNOFF"]
SCRIPTS = pathlib.Path(__file__).parent
UNPACK = (SCRIPTS.parent.parent / "plots" / "page" / "packed.js").read_text(encoding="utf-8")
SKIPPED = 77


def setUpModule():
    global folder, tab, said
    folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
    said = {}
    for kind in ("rich", "hostile", "one", "failed", "large", "many", "hosts"):
        run, facts = made_up.large(200, 25) if kind == "large" else getattr(made_up, kind)()
        run.write(at(kind), facts)
        done = subprocess.run([RUNOFF, "report", at(kind)], capture_output=True, text=True, check=False,
                              env={**os.environ, "RUNOFF_PYTHON": "/bin/true"})
        assert done.returncode in (0, 1) and done.stderr == "", done.stderr
        said[kind] = done.stdout
    tab = browser.Browser()


def tearDownModule():
    tab.close()
    folder.cleanup()


def at(kind):
    return pathlib.Path(folder.name) / kind


def summary(kind):
    with open(at(kind) / "summary.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Page(unittest.TestCase):
    def open(self, kind, link="", width=1280, height=800, dark=False):
        tab.show(width, height, dark)
        tab.open(at(kind) / "report.html", link)

    def title(self):
        return tab.run("document.getElementById('view').open ? document.getElementById('view-title').textContent : null")


class Everywhere(Page):
    def test_says_nothing_on_the_console_and_asks_for_nothing(self):
        for kind in said:
            for link in ("", "#map?sort=difference", "#nowhere/to be found"):
                with self.subTest(kind, link=link):
                    self.open(kind, link)
                    tab.run("document.querySelectorAll('main details:not([open]) > summary').forEach(one => one.click())")
                    tab.run("dispatchEvent(new Event('beforeprint'))")  # has all charts drawn
                    tab.settle()
                    self.assertEqual(tab.messages, [])
                    page = (at(kind) / "report.html").as_uri()
                    self.assertEqual([one for one in tab.requests if one.split("#")[0] != page and not one.startswith("data:")], [])

    def test_the_first_answer_is_on_the_first_screen(self):
        for kind, text in said.items():
            for width, height in ((1280, 800), (390, 844)):
                with self.subTest(kind, width=width):
                    self.open(kind, width=width, height=height)
                    shown = tab.run("(() => { const answer = document.querySelector('#answer-list dd'); return { "
                                    "text: answer.previousSibling.textContent + ': ' + answer.textContent, "
                                    "bottom: answer.getBoundingClientRect().bottom, wide: document.documentElement.scrollWidth }; })()")
                    self.assertIn(shown["text"], " ".join(text.split()))
                    self.assertLess(shown["bottom"], height)
                    self.assertLessEqual(shown["wide"], width, "the page moves sideways")

    def test_every_view_can_be_opened_by_its_link(self):
        for kind in ("rich", "hostile", "failed"):
            self.open(kind)
            links = tab.run("[...document.querySelectorAll('.map a')].map(link => link.getAttribute('href'))")
            self.assertTrue(links)
            for link in sorted(set(links))[:8]:
                with self.subTest(kind, link=link):
                    self.open(kind, link)
                    self.assertTrue(self.title())
                    self.assertEqual(tab.messages, [])

    def test_nothing_of_a_run_is_markup(self):
        self.open("hostile")
        links = tab.run("[...document.querySelectorAll('.map a')].map(link => link.getAttribute('href'))")
        for link in ["", *links]:
            self.open("hostile", link)
            self.assertEqual(tab.run("[document.title, document.querySelectorAll('img, i, main dd b, main dt b').length, "
                                     "document.scripts.length]"), ["runoff: made-up", 0, 2])
        self.open("hostile")
        self.assertIn(made_up.MARKUP, tab.run("document.querySelector('main').textContent"))

    def test_the_policy_lets_nothing_else_run_and_nothing_out(self):
        self.open("one")
        blocked = tab.run("""new Promise(done => {
            const blocked = [];
            addEventListener('securitypolicyviolation', event => {
                blocked.push(event.effectiveDirective);
                if (blocked.length === 4) done(blocked.sort());
            });
            document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.owned = 1'}));
            document.body.append(Object.assign(document.createElement('style'), {textContent: 'body {color: red}'}));
            document.body.append(Object.assign(document.createElement('img'), {src: 'http://example.invalid/x.png'}));
            fetch('http://example.invalid/').catch(() => 0);
        })""")
        self.assertEqual(blocked, ["connect-src", "img-src", "script-src-elem", "style-src-elem"])
        self.assertIsNone(tab.run("window.owned"))

    def test_two_hundred_cells_with_5000_samples_fit_into_400_kb(self):
        with open(at("large") / "samples.csv", newline="", encoding="utf-8") as file:
            self.assertEqual(sum(1 for _ in csv.DictReader(file)), 5000)
        self.assertLess((at("large") / "report.html").stat().st_size, 400_000)


class Figures(Page):
    def expected(self, ratio):
        digits = 2 if ratio < 9.995 else 1 if ratio < 99.95 else 0
        return f"{ratio:.{digits}f} ×"

    def test_the_map_shows_what_summary_csv_says(self):
        self.open("rich")
        shown = {entry[0]: entry[1:] for entry in tab.run(
            "[...document.querySelectorAll('#map td a')].map(link => [link.getAttribute('href'), link.textContent, "
            "link.classList.contains('unsettled')])")}
        standing = [row for row in summary("rich") if row["place"]]
        self.assertEqual(len(shown), len(standing))
        for row in standing:
            text, unsettled = shown[f"#{row['problem'].replace(' ', '+')}/{row['label'].replace(' ', '+')}"]
            ranked = [float(other["median_ns"]) for other in standing if other["problem"] == row["problem"] and other["median_ns"]]
            self.assertEqual(text, self.expected(float(row["median_ns"]) / min(ranked)) if row["median_ns"] else row["contest"])
            self.assertEqual(unsettled, row["contest"] in ("inconclusive", "too-few"), row)

    def test_experiments_have_the_published_figure_beside_the_measured_one(self):
        self.open("rich")
        shown = tab.run("[...document.querySelectorAll('#experiments tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))")
        tbb, = (row for row in summary("rich") if (row["workload"], row["backend"], row["workers"]) == ("primes", "tbb", "4"))
        self.assertEqual([row[0] for row in shown], ["a1", "", "", "b2", ""])
        self.assertEqual(shown[0][1:], ["the sum of primes", "almost 4 ×"])
        self.assertEqual(shown[1][1:4] + shown[1][5:], ["tbb", "4", f"{float(tbb['median_ns']) / 1e6:.1f} ms", "4 s"])
        self.assertEqual(shown[2][1:], ["tbb", "16", "not measured", "", ""])
        self.assertEqual(shown[4][1:], ["mpi", "2", "crashed", "", ""])
        link = tab.run("document.querySelector('#experiments a').getAttribute('href')")
        self.open("rich", link)
        self.assertEqual(self.title(), "tbb with 4 workers on primes")
        self.open("one")
        self.assertEqual(tab.run("document.querySelectorAll('#experiments, #parts a[href=\"#experiments\"]').length"), 0)

    def test_a_cell_has_all_its_samples(self):
        with open(at("rich") / "samples.csv", newline="", encoding="utf-8") as file:
            walls = [int(row["wall_ns"]) for row in csv.DictReader(file)
                     if (row["workload"], row["backend"], row["workers"]) == ("primes", "tbb", "4")]
        self.open("rich", "#primes/tbb/4")
        self.assertEqual(self.title(), "tbb with 4 workers on primes")
        tab.run("document.querySelector('#view-body .behind summary').click()")
        tab.settle()
        times = tab.run("[...document.querySelectorAll('#view-body .behind tbody tr')].map(row => row.cells[2].textContent)")
        self.assertEqual(times, [f"{wall / 1e6:.1f} ms" for wall in walls])
        self.assertEqual(tab.run("document.querySelectorAll('#view-body circle.sample').length"), len(walls))
        self.assertEqual(tab.run("document.querySelectorAll('#view-body circle.disturbed').length"), 1)

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
            cells = tab.run("(async () => {" + UNPACK + """
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

    def test_behind_every_chart_is_a_table(self):
        for link in ("", "#fetch+latency=10ms/tbb"):
            self.open("rich", link)
            tab.run("dispatchEvent(new Event('beforeprint'))")
            tab.run("document.querySelectorAll('.behind:not([open]) > summary').forEach(one => one.click())")
            tab.settle()
            charts = tab.run("[...document.querySelectorAll('figure')].filter(one => one.querySelector('svg[role=img]')).map(one => "
                             "[one.querySelector('svg[role=img]').getAttribute('aria-label').length > 0, one.querySelectorAll('table td').length > 1])")
            self.assertGreaterEqual(len(charts), 2)
            self.assertTrue(all(named and table for named, table in charts), charts)

    def test_boundaries_of_the_machine_are_marked_at_their_workers(self):
        self.open("many", "#scaling")
        tab.run("dispatchEvent(new Event('beforeprint'))")
        marked = tab.run("""[...document.querySelectorAll('#scaling figure svg[role=img]')].map(chart => {
            const ticks = new Map([...chart.querySelectorAll('.tick')].map(one => [Math.round(+one.getAttribute('x')), one.textContent]));
            const lines = [...chart.querySelectorAll('.border')].map(one => ticks.get(Math.round(+one.getAttribute('x1'))));
            return [...chart.querySelectorAll('.border-name')].map((one, i) => lines[i] + ' ' + one.textContent)})""")
        self.assertGreaterEqual(len(marked), 3)
        for names in marked:
            self.assertEqual(names, [f"{one['workers']} {one['name']}" for one in made_up.LARGE_MACHINE["placement"]["boundaries"]])

    def test_with_256_workers_no_name_in_a_chart_lies_on_another_or_is_cut_off(self):
        self.open("many", "#scaling")
        tab.run("dispatchEvent(new Event('beforeprint'))")
        bad = tab.run("""[...document.querySelectorAll('#scaling figure svg[role=img]')].flatMap(chart => {
            const edge = chart.getBoundingClientRect();
            const all = [...chart.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
            return all.flatMap(([name, box], i) => [
                ...(box.right > edge.right + 1 || box.left < edge.left - 1 ? [name + ' is cut off'] : []),
                ...all.slice(i + 1).filter(([, other]) => box.left + 1 < other.right && other.left + 1 < box.right &&
                    box.top + 4 < other.bottom && other.top + 4 < box.bottom).map(([other]) => name + ' lies on ' + other)])})""")
        self.assertEqual(bad, [])

    def test_more_hosts_are_what_host_scaling_csv_says(self):
        with open(at("hosts") / "host_scaling.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.open("hosts", "#scaling")
        tables = tab.run("[...document.querySelectorAll('#scaling figure')].filter(one => one.querySelector('tr.beyond')).map(one => "
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

    def test_why_shows_where_the_time_went(self):
        for link in ("#matmul/", "#matmul/fork/2"):
            self.open("rich", link)
            text = tab.run("document.querySelector('#view-body .why').textContent")
            self.assertIn("its workers wait 42 % of the time for the last tasks", text)
            self.assertIn("imbalance 42 %", text)
            widths = tab.run("[...document.querySelectorAll('.why td:nth-child(2) rect')].map(one => +one.getAttribute('width'))")
            self.assertAlmostEqual(widths[0] / sum(widths), 7 / 12, delta=0.01)
            self.assertRegex(tab.run("document.querySelector('.why .timeline').getAttribute('aria-label')"), "2 workers in 6.00 ms: 100 %, 16 %")
        self.open("rich", "#primes/")
        self.assertFalse(tab.run("document.querySelector('#view-body .why') !== null"))

    def test_the_winner_shows_how_to_write_it(self):
        for link, backend in (("#matmul/", "tbb"), ("#matmul/fork/2", "fork")):
            self.open("rich", link)
            shown = tab.run("document.querySelector('#view-body .program code').textContent")
            self.assertEqual(shown, subprocess.run([RUNOFF, "show", backend], capture_output=True, text=True, check=True).stdout)

    def test_the_strip_of_a_sweep_names_the_reigns(self):
        with open(at("rich") / "sweeps.csv", newline="", encoding="utf-8") as file:
            reigns = {(row["sweep"], row["reign"]) for row in csv.DictReader(file) if row["reign"]}
        self.open("rich", "#sweeps")
        tab.run("dispatchEvent(new Event('beforeprint'))")
        names = tab.run("[...new Set([...document.querySelectorAll('#sweeps figure')].flatMap((figure, i) => "
                        "[...figure.querySelectorAll('.reign')].map(band => i + band.textContent)))].length")
        self.assertEqual(names, len(reigns))

    def test_a_map_over_two_things_shows_what_crossovers_csv_says(self):
        with open(at("rich") / "crossovers.csv", newline="", encoding="utf-8") as file:
            points = list(csv.DictReader(file))
        self.assertEqual(len({point["map"] for point in points}), 1)
        self.assertGreater(len({point["label"] for point in points}), 1)
        self.open("rich", "#crossover-1", width=390, height=844)
        figure = tab.run("(() => { const box = document.getElementById('crossover-1').getBoundingClientRect(); "
                         "return [box.top >= 0 && box.top < innerHeight, document.documentElement.scrollWidth]; })()")
        self.assertEqual(figure, [True, 390])
        shown = tab.run("[...document.querySelectorAll('#crossover-1 .crossover tbody tr')].flatMap(row => [...row.cells].slice(1).map((cell, i) => "
                        "[cell.closest('table').tHead.rows[0].cells[i + 1].textContent, row.cells[0].textContent, "
                        "cell.querySelector('span').textContent.trim(), cell.querySelector('a').classList.contains('unsettled')]))")
        expected = [[point["across_value"], point["up_value"],
                     point["label"] + (f" +{len(point['open'].split(';'))}" if point["open"] else ""), point["settled"] == "no"]
                    for point in points]
        self.assertEqual(sorted(shown), sorted(expected))
        tab.run("document.querySelector('#crossover-1 .behind summary').click()")
        tab.settle()
        rows = tab.run("[...document.querySelectorAll('#crossover-1 .behind tbody tr')].map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent))")
        self.assertEqual(sorted(rows), sorted([point["up_value"], point["across_value"], point["label"]] for point in points))
        tab.run("document.querySelector('#crossover-1 .winner').focus()")
        tab.press("ArrowDown")
        tab.press("Enter")
        self.assertRegex(self.title(), "on carry grain=1 payload=64KiB$")

    def test_a_cell_says_what_marks_it_and_what_to_do(self):
        marks = "[...document.querySelectorAll('#view-body .marks li')].map(one => one.textContent)"
        for kind, link, seen in (
                ("rich", "#primes/tbb/4", ["The host took cores away (1 of 6 samples, round 2). Measure at another time",
                                           "Other programs used the cores (1 of 6 samples, round 2). Stop what else runs"]),
                ("rich", "#primes/tbb/2", []),
                ("rich", "#stream/mpi/2", ["It crashed (all 6 samples). Run the command below alone"]),
                ("failed", "#primes/tbb", ["It ran out of time (all 6 samples). Give it more"]),
                ("one", "#primes/serial", ["Too few samples for a verdict (1). Take 6 or more: --samples 6."])):
            with self.subTest(kind, link=link):
                self.open(kind, link)
                shown = tab.run(marks)
                self.assertEqual(len(shown), len(seen), shown)
                for text in seen:
                    self.assertTrue(any(one.startswith(text) for one in shown), shown)

    def test_filters_and_order_are_part_of_the_link(self):
        self.open("rich", "#map?bound=cpu&sort=fork")
        rows = tab.run("[...document.querySelectorAll('#map tbody th a')].map(link => link.textContent)")
        cpu = [row for row in summary("rich") if row["bound"] == "cpu" and row["place"]]
        self.assertEqual(set(rows), {row["problem"] for row in cpu})
        best = {row["problem"]: float(row["median_ns"]) for row in reversed(cpu) if row["place"] == "1"}
        fork = {row["problem"]: float(row["median_ns"]) / best[row["problem"]] for row in cpu if row["label"] == "fork"}
        self.assertEqual(rows, sorted(fork, key=fork.get))
        tab.run("document.querySelector('#filters select').value = 'io'; "
                "document.querySelector('#filters select').dispatchEvent(new Event('change'))")
        self.assertEqual(tab.run("location.hash"), "#map?bound=io&sort=fork")


class Commands(Page):
    def words(self, link):
        """What a shell makes of the command that a cell shows."""
        command = tab.run("document.querySelector('#view-body code').textContent")
        done = subprocess.run(["sh", "-c", f"set -- {command}\nfor word; do printf '%s\\0' \"$word\"; done"], capture_output=True,
                              text=True, check=True)
        self.assertEqual(shlex.split(command), done.stdout.split("\0")[:-1])
        return done.stdout.split("\0")[:-1]

    def test_hostile_names_reach_runoff_as_they_are(self):
        self.open("hostile")
        link = tab.run("[...document.querySelectorAll('#map td a')].map(one => one.getAttribute('href')).find(one => one.includes('a%26b'))")
        self.open("hostile", link)
        self.assertEqual(self.words(link), [
            "/tmp/my runoff/'bin'/runoff", "run", "--workloads", made_up.MARKUP, "--set", f"{made_up.MARKUP}.path=it's",
            "--set", f"{made_up.MARKUP}.text={made_up.MARKUP}", "--set", f"{made_up.MARKUP}.glob=*$(reboot)`x`", "--backends",
            "a&b:mode=<i>&amp", "--workers", "1", "--samples", "6", "--plugin", "it's.so"])

    def test_a_command_measures_its_cell(self):
        self.open("rich", "#primes/std-thread+mode=pool/2")
        words = self.words("")
        done = subprocess.run([RUNOFF, *words[1:], "--dry-run"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("primes/std-thread/mode:pool/workers:2", done.stdout)


# For every text that shows: its colour and what lies behind it, by the formulas of WCAG 2.1.
CONTRAST = """(() => {
  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[0-9.]+/g).map(Number);
    return { rgb: [r, g, b].map(v => colour.startsWith('color(srgb') ? v * 255 : v), a }; };
  const light = ({ rgb }) => { const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const owner = text.parentElement;
    if (!text.data.trim() || !owner.checkVisibility() || owner.closest('script, style, noscript, title, .unseen, .skip, option')) continue;
    const style = getComputedStyle(owner);
    const front = parse(owner instanceof SVGElement ? style.fill : style.color);
    let back = null, pattern = false;
    for (let node = owner; node && !back; node = node.parentElement) {
      const look = getComputedStyle(node);
      const colour = parse(look.backgroundColor);
      if (colour.a === 1) back = colour;
      pattern ||= !back && look.backgroundImage !== 'none';
    }
    back ??= { rgb: matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255] };
    const [low, high] = [light(front), light(back)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5 || pattern) bad.push(`${text.data.trim().slice(0, 30)}: ${ratio.toFixed(2)}${pattern ? ' on a pattern' : ''}`);
  }
  return [...new Set(bad)];
})()"""


class Access(Page):
    def test_contrast_of_text(self):
        for kind, link in (("rich", ""), ("rich", "#primes/"), ("rich", "#fetch+latency=10ms/tbb"), ("rich", "#stream/mpi/2"), ("hostile", ""), ("failed", "#primes/tbb")):
            for dark in (False, True):
                with self.subTest(kind, link=link, dark=dark):
                    self.open(kind, link, dark=dark)
                    tab.run("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")
                    tab.run("dispatchEvent(new Event('beforeprint'))")
                    tab.settle()
                    self.assertEqual(tab.run(CONTRAST), [])

    def test_the_keyboard_reaches_everything(self):
        for kind, link in (("rich", ""), ("rich", "#primes/tbb")):
            self.open(kind, link)
            tab.run("""(() => {
                const here = document.getElementById('view').open ? document.getElementById('view') : document;
                window.wanted = new Set([...here.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
                    .filter(one => one.checkVisibility()));
                document.addEventListener('focusin', event => wanted.delete(event.target));
            })()""")
            count = tab.run("wanted.size")
            self.assertGreater(count, 5)
            for _ in range(count + 5):
                if tab.run("wanted.size") == 0:
                    break
                tab.press("Tab")
            self.assertEqual(tab.run("[...wanted].map(one => one.outerHTML.slice(0, 80))"), [])

    def test_enter_opens_a_cell_and_escape_leads_back(self):
        self.open("rich")
        tab.run("document.querySelector('#map a[href=\"#primes/tbb\"]').focus()")
        tab.press("ArrowRight")  # tbb is the last
        tab.press("Enter")
        self.assertEqual(self.title(), "tbb with 4 workers on primes")
        self.assertEqual(tab.run("location.hash"), "#primes/tbb")
        tab.press("Escape")
        self.assertIsNone(self.title())
        self.assertEqual(tab.run("[location.hash, document.activeElement.getAttribute('href')]"), ["", "#primes/tbb"])

    def test_all_that_can_be_used_has_a_name(self):
        for link in ("", "#primes/tbb"):
            self.open("rich", link)
            nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
            roles = {"link", "button", "combobox", "checkbox", "dialog", "region", "image", "img", "navigation", "table"}
            nameless = [node["role"]["value"] for node in nodes if not node.get("ignored") and node["role"]["value"] in roles - {"table"}
                        and not node.get("name", {}).get("value")]
            self.assertEqual(nameless, [])
            self.assertIn("link", {node["role"]["value"] for node in nodes if not node.get("ignored")})

    def test_paper(self):
        self.open("rich")
        tab.show(794, 1123, media="print")
        shown = tab.run("['nav', '#filters', '#answers', '#map', '#checklist'].map(one => document.querySelector(one).checkVisibility())")
        self.assertEqual(shown, [False, False, True, True, True])
        tab.call("Emulation.setEmulatedMedia", media="")
        self.assertGreater(len(tab.call("Page.printToPDF", printBackground=True)["data"]), 20_000)
        self.assertGreater(tab.run("document.querySelectorAll('main figure svg[role=img]').length"), 4)


if __name__ == "__main__":
    if not browser.find():
        print("skipped: no Chromium here; apt-get install chromium-headless-shell")
        sys.exit(SKIPPED)
    unittest.main()
