"""What holds for every report.html, whatever the run."""

import csv

import made_up
from pages import KINDS, Page, at, said


class Everywhere(Page):
    def test_says_nothing_on_the_console_and_asks_for_nothing(self):
        for kind in KINDS:
            for link in ("", "#map?sort=difference", "#nowhere/to be found"):
                with self.subTest(kind, link=link):
                    self.open(kind, link)
                    self.tab.run("document.querySelectorAll('main details:not([open]) > summary').forEach(one => one.click())")
                    self.tab.run("dispatchEvent(new Event('beforeprint'))")  # has all charts drawn
                    self.tab.settle()
                    self.assertEqual(self.tab.messages, [])
                    page = (at(kind) / "report.html").as_uri()
                    self.assertEqual([one for one in self.tab.requests if one.split("#")[0] != page and not one.startswith("data:")], [])

    def test_the_first_answer_is_on_the_first_screen(self):
        for kind in KINDS:
            for width, height in ((1280, 800), (390, 844)):
                with self.subTest(kind, width=width):
                    self.open(kind, width=width, height=height)
                    shown = self.tab.run("(() => { const answer = document.querySelector('#answer-list dd'); return { "
                                    "text: answer.previousSibling.textContent + ': ' + answer.textContent, "
                                    "bottom: answer.getBoundingClientRect().bottom, wide: document.documentElement.scrollWidth }; })()")
                    self.assertIn(shown["text"], " ".join(said(kind).split()))
                    self.assertLess(shown["bottom"], height)
                    self.assertLessEqual(shown["wide"], width, "the page moves sideways")

    def test_without_a_script_the_answers_are_there_and_nothing_empty(self):
        for kind in ("rich", "hostile"):
            with self.subTest(kind):
                self.open(kind)
                answers = self.tab.run("[...document.querySelectorAll('#answer-list > *')].map(one => one.textContent)")
                self.tab.open(at(kind) / "report.html", scripts=False)
                self.assertEqual(self.tab.run("[...document.querySelectorAll('#answer-list > *')].map(one => one.textContent)"), answers)
                self.assertEqual(self.tab.run("[...document.querySelectorAll('h1, h2')].filter(one => one.checkVisibility())"
                                              ".map(one => one.textContent)"), ["Answers"])

    def test_every_view_can_be_opened_by_its_link(self):
        for kind in ("rich", "hostile", "failed"):
            self.open(kind)
            links = self.tab.run("[...document.querySelectorAll('.map a')].map(link => link.getAttribute('href'))")
            self.assertTrue(links)
            for link in sorted(set(links))[:8]:
                with self.subTest(kind, link=link):
                    self.open(kind, link)
                    self.assertTrue(self.title())
                    self.assertEqual(self.tab.messages, [])

    def test_nothing_of_a_run_is_markup(self):
        self.open("hostile")
        links = self.tab.run("[...document.querySelectorAll('.map a')].map(link => link.getAttribute('href'))")
        for link in ["", *links]:
            self.open("hostile", link)
            self.assertEqual(self.tab.run("[document.title, document.querySelectorAll('img, i, main dd b, main dt b').length, "
                                     "document.scripts.length]"), ["runoff: made-up", 0, 2])
        self.open("hostile")
        self.assertIn(made_up.MARKUP, self.tab.run("document.querySelector('main').textContent"))

    def test_the_policy_lets_nothing_else_run_and_nothing_out(self):
        self.open("one")
        blocked = self.tab.run("""new Promise(done => {
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
        self.assertIsNone(self.tab.run("window.owned"))

    def test_two_hundred_cells_with_5000_samples_fit_into_400_kb(self):
        with open(at("large") / "samples.csv", newline="", encoding="utf-8") as file:
            self.assertEqual(sum(1 for _ in csv.DictReader(file)), 5000)
        self.assertLess((at("large") / "report.html").stat().st_size, 400_000)
