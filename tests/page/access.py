"""Whether report.html can be read and used by everyone: contrast, keyboard, names, paper."""

from pages import Page

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
                    self.tab.run("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")
                    self.tab.run("dispatchEvent(new Event('beforeprint'))")
                    self.tab.settle()
                    self.assertEqual(self.tab.run(CONTRAST), [])

    def test_the_keyboard_reaches_everything(self):
        for kind, link in (("rich", ""), ("rich", "#primes/tbb")):
            self.open(kind, link)
            self.tab.run("""(() => {
                const here = document.getElementById('view').open ? document.getElementById('view') : document;
                window.wanted = new Set([...here.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
                    .filter(one => one.checkVisibility()));
                document.addEventListener('focusin', event => wanted.delete(event.target));
            })()""")
            count = self.tab.run("wanted.size")
            self.assertGreater(count, 5)
            for _ in range(count + 5):
                if self.tab.run("wanted.size") == 0:
                    break
                self.tab.press("Tab")
            self.assertEqual(self.tab.run("[...wanted].map(one => one.outerHTML.slice(0, 80))"), [])

    def test_enter_opens_a_cell_and_escape_leads_back(self):
        self.open("rich")
        self.tab.run("document.querySelector('#map a[href=\"#primes/tbb\"]').focus()")
        self.tab.press("ArrowRight")  # tbb is the last
        self.tab.press("Enter")
        self.assertEqual(self.title(), "tbb with 4 workers on primes")
        self.assertEqual(self.tab.run("location.hash"), "#primes/tbb")
        self.tab.press("Escape")
        self.assertIsNone(self.title())
        self.assertEqual(self.tab.run("[location.hash, document.activeElement.getAttribute('href')]"), ["", "#primes/tbb"])

    def test_all_that_can_be_used_has_a_name(self):
        for link in ("", "#primes/tbb"):
            self.open("rich", link)
            nodes = self.tab.call("Accessibility.getFullAXTree")["nodes"]
            roles = {"link", "button", "combobox", "checkbox", "dialog", "region", "image", "img", "navigation", "table"}
            nameless = [node["role"]["value"] for node in nodes if not node.get("ignored") and node["role"]["value"] in roles - {"table"}
                        and not node.get("name", {}).get("value")]
            self.assertEqual(nameless, [])
            self.assertIn("link", {node["role"]["value"] for node in nodes if not node.get("ignored")})

    def test_paper(self):
        self.open("rich")
        self.tab.show(794, 1123, media="print")
        shown = self.tab.run("['nav', '#filters', '#answers', '#map', '#checklist'].map(one => document.querySelector(one).checkVisibility())")
        self.assertEqual(shown, [False, False, True, True, True])
        self.tab.call("Emulation.setEmulatedMedia", media="")
        self.assertGreater(len(self.tab.call("Page.printToPDF", printBackground=True)["data"]), 20_000)
        self.assertGreater(self.tab.run("document.querySelectorAll('main figure svg[role=img]').length"), 4)
