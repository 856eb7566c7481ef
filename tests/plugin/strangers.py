"""Plug-ins of people who do not know the house: python3 strangers.py BUILD ODD LIARS

ODD and LIARS are folders of modules: those of tests/plugin/odd, and those of the contract tests.
"""

import csv
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "contract"))
from said import without_waits  # noqa: E402

BUILD, ODD, LIARS = (os.path.abspath(path) for path in sys.argv[1:4])


def odd(name, kind="backends"):
    return os.path.join(ODD, kind, name + ".so")


class Strangers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="runoff-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def runoff(self, *arguments, **environment):
        return subprocess.run([os.path.join(BUILD, "bin", "runoff"), *arguments], capture_output=True, text=True, timeout=300,
                              cwd=self.folder, env={**os.environ, "RUNOFF_PYTHON": "/bin/true", **environment})

    def samples(self, run):
        with open(os.path.join(self.folder, run, "samples.csv")) as file:
            return list(csv.DictReader(file))

    # What a module does while it is loaded.

    def test_what_it_prints_at_load_is_quoted_and_does_no_harm(self):
        done = self.runoff("list", "backends", "--plugin", odd("prints"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("odd while it is loaded", done.stdout)
        self.assertNotIn("banner", done.stdout)
        self.assertEqual(len(without_waits(done.stderr).splitlines()), 1, done.stderr)
        for text in (odd("prints"), "printed when it was loaded", "a banner, version 3", "and more", "with a warning"):
            self.assertIn(text, done.stderr)

    def refused(self, name, *says):
        done = self.runoff("run", "--plugin", odd(name), "--workloads", "primes", "--backends", "serial")
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        for text in (odd(name), *says):
            self.assertIn(text, done.stderr)
        return done.stderr

    def test_one_that_ends_the_process(self):
        self.refused("exits", "it ended the process with exit status 0 while it was loaded", "no licence was found")
        self.refused("leaves", "it ended the process with exit status 5 while it was loaded")

    def test_one_that_is_cut_short(self):
        with open(odd("prints"), "rb") as whole, open(os.path.join(self.folder, "cut.so"), "wb") as cut:
            cut.write(whole.read(5000))
        done = self.runoff("check", "--plugin", "cut.so")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, "cut.so: .*(it was killed by SIGBUS while it was loaded; is the file whole|file too short)")

    def test_one_that_closes_what_is_not_its_own(self):
        self.refused("closes", "the module closed descriptors that are not its own")
        self.refused("closes_all", "must not close descriptors that are not its own")

    def test_one_that_dies_when_its_process_ends(self):
        said = self.refused("dies_at_end", "it was killed by SIGKILL after it had said what it is")
        self.assertNotIn("loaded", said)

    def test_one_for_another_processor(self):
        with open(odd("leaves"), "rb") as own, open(os.path.join(self.folder, "other.so"), "wb") as other:
            image = bytearray(own.read())
            image[18] ^= 1  # the low byte of e_machine
            other.write(image)
        done = self.runoff("check", "--plugin", "other.so")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("was built for another processor or word size than runoff", done.stderr)

    def test_one_that_hangs_is_waited_for_in_words_and_then_named(self):
        said = self.refused("hangs", "loading it does not end", "it printed: waiting for the device")
        self.assertRegex(said, f"(?m)^runoff: waiting for {re.escape(odd('hangs'))} to say what it is, for at most 20 s$")

    def test_names_and_values_that_the_command_line_cannot_say_are_refused_with_the_rule(self):
        rule = "a name has at most 64 letters, digits, '-' and '_', and begins with a letter"
        for mistake, says in ((1, f"a backend cannot be called 'My Pool:1,2': {rule}"), (2, f"a backend cannot be called '': {rule}"),
                              (3, f"a backend cannot be called '-pool': {rule}"), (4, f"a parameter cannot be called 'the mode': {rule}"),
                              (5, "'mode' cannot be 'b;c=d': a choice is a word"), (6, "'mode' is a choice with nothing to choose"),
                              (7, "its default cannot be: 'chunk' cannot be '0'; it takes a whole number from 1 to 9"),
                              (8, "two parameters are called 'chunk'"), (9, "'chunk' goes with 'mode', which is no option"),
                              (10, "a variable of the environment cannot be called 'A=B'"), (11, "'mode' cannot be '': a choice is a word"),
                              (12, f"'{'a' * 65}': {rule}"), (13, "'mode' has the choice 'a' twice"),
                              (14, "'chunk' goes with 'mode', which cannot be so: 'mode' cannot be 'z'; it takes one of a, b"),
                              (15, "'chunk' is to be from 9 to 1, and there is nothing between"),
                              (16, ".summary has a line break or another control character"),
                              (17, ".summary is no UTF-8; save the source as UTF-8"),
                              (18, "the help of 'chunk' is no UTF-8"),
                              (19, "'mode' has one worker with what cannot be: 'mode' cannot be 'z'")):
            with self.subTest(mistake=mistake):
                self.refused(f"mistake-{mistake}", says)

    # What a workload does while it is made.

    def test_a_workload_that_ends_the_process_is_no_mistake_of_its_user(self):
        for way, says in (("made-exits", "it ended the process with exit status 0 while it was made; a workload's constructor must return"),
                          ("made-dies", "it was killed by SIGKILL while it was made"),
                          ("made-odd", "an exception that no code caught; it was killed by SIGABRT while it was made"),
                          ("made-throws", "no licence was found"),
                          ("price-named", "a price cannot be called 'a=b': its name is one line without '=' and ';'"),
                          ("price-shared", "the price 'a task' is paid 0 times an execution; that is a number above 0")):
            where = "" if way in ("made-exits", "made-dies", "made-odd") else " cannot be made on this machine"
            with self.subTest(way=way):
                done = self.runoff("run", "--plugin", odd("ill", "workloads"), "--workloads", "ill", "--set", f"ill.way={way}",
                                   "--backends", "serial", "--samples", "1")
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn(f"workload 'ill' (way={way}){where}: {says}", done.stderr)

    def test_a_workload_that_says_of_itself_what_cannot_be_is_refused(self):
        for mistake, says in ((1, ".checked_at has 'n=2,99', which cannot be: 'n' cannot be '99'; it takes a whole number from 1 to 10"),
                              (2, ".checked_at has 'm=1', which is not PARAMETER=VALUE"),
                              (3, "'n' is only for a dependent workload, and this one is independent"),
                              (4, "it registers a workload and a backend; a module holds one")):
            with self.subTest(mistake=mistake):
                done = self.runoff("check", "--plugin", odd(f"unsound-{mistake}", "workloads"))
                self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
                self.assertIn(says, done.stderr)

    def test_what_a_library_says_of_itself_may_be_no_text(self):
        done = self.runoff("list", "backends", "--plugin", odd("garbled"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("caf\ufffd is not there", " ".join(done.stdout.split()))

    def test_one_that_lays_out_strings_or_structures_in_its_own_way(self):
        for layout, says in (("old-strings", "a std::string"), ("debug", "a std::vector"), ("packed", "a structure")):
            with self.subTest(layout=layout):
                self.refused(f"layout-{layout}", says, "build it as runoff was built")

    def test_one_that_claims_too_much_is_told_how_much_there_is(self):
        for way in ("huge", "huge-result"):
            with self.subTest(way=way):
                done = self.runoff("run", "--plugin", odd("ill", "workloads"), "--workloads", "ill", "--set", f"ill.way={way}", "--backends",
                                   "serial", "--samples", "1")
                self.assertEqual(done.returncode, 2, done.stderr)
                found = re.search(r"the workload needs at least ([\d.]+) GiB of memory and ([\d.]+) GiB are there", done.stderr)
                self.assertTrue(found, done.stderr)
                self.assertGreater(float(found[1]), float(found[2]))

    def test_a_failure_without_words_is_given_some(self):
        for way, status, says in (("task-silent", "failed", "an exception without words"), ("check-silent", "wrong", "its check says no more")):
            with self.subTest(way=way):
                self.runoff("run", "--plugin", odd("ill", "workloads"), "--workloads", "ill", "--set", f"ill.way={way}", "--backends",
                            "serial", "--samples", "1", "--timeout", "240s", "--out", way)
                self.assertEqual([(row["status"], row["detail"]) for row in self.samples(way)], [(status, says)])

    # Where modules are.

    def test_a_folder_of_plug_ins_is_as_good_as_naming_each(self):
        os.mkdir(os.path.join(self.folder, "mine"))
        for file in (odd("prints"), odd("gullible", "workloads"), odd("mistake-1")):
            os.symlink(file, os.path.join(self.folder, "mine", os.path.basename(file)))
        done = self.runoff("run", "--workloads", "gullible", "--backends", "serial,odd", "--samples", "1", "--timeout", "240s", "--out", "x",
                           RUNOFF_PLUGINS="mine")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual({row["backend"] for row in self.samples("x")}, {"serial", "odd"})
        # Named as well, twice, it is still one; and one that does not work is told by `list`.
        done = self.runoff("list", "--plugin", "mine/prints.so", "--plugin", odd("prints"), RUNOFF_PLUGINS=f"{self.folder}/mine:")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("My Pool:1,2", done.stdout)

    def test_what_is_no_module_in_a_folder_of_plug_ins_leaves_the_others(self):
        mine = os.path.join(self.folder, "mine")
        os.makedirs(os.path.join(mine, "folder.so"))
        for name, to in (("stale", "nowhere.so"), ("loop", "loop.so"), ("prints", odd("prints"))):
            os.symlink(to, os.path.join(mine, name + ".so"))
        done = self.runoff("list", "backends", RUNOFF_PLUGINS="mine")
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = " ".join(done.stdout.split())
        for text in ("odd while it is loaded", "it is a link to a file that is not there", "Too many levels of symbolic links",
                     "it is a folder; RUNOFF_PLUGINS takes one"):
            self.assertIn(text, shown)
        done = self.runoff("list", "--plugin", "mine/loop.so")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("--plugin mine/loop.so: Too many levels of symbolic links", done.stderr)

    def test_a_folder_that_is_not_there_is_said(self):
        done = self.runoff("list", RUNOFF_PLUGINS="nowhere")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("RUNOFF_PLUGINS: cannot read the folder 'nowhere': No such file or directory", done.stderr)

    # What tasks and backends print, and where they stand still.

    def test_what_is_printed_is_kept_with_samples_that_went_well(self):
        done = self.runoff("run", "--plugin", odd("prints"), "--workloads", "primes", "--set", "primes.n=2000", "--backends", "serial,odd",
                           "--samples", "2", "--timeout", "240s", "--out", "x")
        self.assertEqual(done.returncode, 0, done.stderr)
        for row in self.samples("x"):
            self.assertEqual(row["status"], "ok")
            self.assertEqual("started with 2 tasks" in row["printed"], row["backend"] == "odd", row)
        shown = self.runoff("report", "x", "--printed")
        self.assertEqual((shown.returncode, without_waits(shown.stderr)), (0, ""))
        self.assertRegex(shown.stdout, r"^primes/n:2000/grain:1000/odd/workers:1  \(2 samples\)\n  .*started with 2 tasks.*\n$")

    def standstill(self, way, backend, workers):
        for limit in ("2s", "10s", "50s"):  # until a task has begun, which takes a while on a busy machine
            done = self.runoff("run", "--plugin", odd("standstill", "workloads"), "--workloads", "standstill", "--set",
                               f"standstill.way={way}", "--backends", backend, "--workers", workers, "--samples", "1", "--timeout", limit,
                               "--out", f"{way}-{backend}-{limit}")
            self.assertEqual(done.returncode, 1, done.stderr)
            row = [row for row in self.samples(f"{way}-{backend}-{limit}") if row["backend"] == backend.split(":")[0]][0]
            self.assertEqual(row["status"], "timeout", row)
            if "a task begins" in row["detail"]:
                break
        self.assertIn("a task begins", row["detail"])  # what it printed is told as well
        return row["detail"]

    def test_a_deadlock_tells_where_each_thread_waits(self):
        detail = self.standstill("lock", "std-thread:mode=spawn", "2")
        self.assertRegex(detail, r"all \d threads of 1 process wait and used no processor time: [3-9] in futex")

    def test_so_it_is_with_processes(self):
        detail = self.standstill("pipe", "fork", "2")
        found = re.search(r"all (\d+) threads of (\d+) processes wait and used no processor time: (.*?): a task", detail)
        self.assertTrue(found, detail)
        self.assertRegex(found[3], r"\b[12] in read\b")
        self.assertGreaterEqual(int(found[2]), 2)

    def test_one_that_works_for_ever_is_no_deadlock(self):
        self.assertRegex(self.standstill("work", "serial", "1"), r"1 of \d threads? of 1 process ran, using \d+ % of a processor")

    # `runoff check` finds what is broken, says what it means, and what to change.

    def checked(self, file, *words):
        return self.runoff("check", "--plugin", file, *words)

    def test_check_finds_an_oracle_that_believes_all(self):
        done = self.checked(odd("gullible", "workloads"), "--only", "oracle")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for text in ("FAILS    oracle", "ok, though every bit of one task's result was inverted", "this means: ", "to do: compare every slot",
                     "1 of 1 promises is broken"):
            self.assertIn(text, done.stdout)

    def test_a_workload_that_cannot_be_judged_has_no_oracle_that_notices(self):
        for way, says in (("check-throws", "the oracle's file is not there"), ("check-wrong", "wrong: never right; nothing was damaged"),
                          ("made-throws", "no licence was found"), ("made-dies", "crashed: ")):
            with self.subTest(way=way):
                done = self.checked(odd("ill", "workloads"), "--only", "oracle", "--set", f"ill.way={way}")
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                for text in ("FAILS    oracle", says):
                    self.assertIn(text, done.stdout)
        done = self.checked(odd("ill", "workloads"), "--only", "oracle")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_check_gives_up_on_what_does_not_end(self):
        done = self.checked(odd("ill", "workloads"), "--timeout", "1s", "--set", "ill.way=task-hangs")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for text in ("1 more was not asked: time was up 2 times", "this means: it did not end", "left out unchanged and answers: no sample has ended"):
            self.assertIn(text, done.stdout)
        self.assertNotIn("results that are wrong would count as right", done.stdout)

    def test_check_finds_tasks_that_change_their_inputs(self):
        done = self.checked(odd("in-place", "workloads"), "--only", "unchanged")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for text in ("FAILS    unchanged", "of the memory that the workload claimed is another one after an execution",
                     "this means: ", "to do: write slots only"):
            self.assertIn(text, done.stdout)

    def test_check_with_nothing_named_takes_the_folder_of_plug_ins(self):
        os.mkdir(os.path.join(self.folder, "mine"))
        for kind, name in (("workloads", "gullible"), ("backends", "prints")):
            os.symlink(odd(name, kind), os.path.join(self.folder, "mine", name + ".so"))
        done = self.runoff("check", "--only", "oracle", RUNOFF_PLUGINS="mine")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for text in ("backend odd", "workload gullible", "FAILS    oracle"):
            self.assertIn(text, done.stdout)
        # Of one that does not load nothing can be asked.
        os.symlink(odd("leaves"), os.path.join(self.folder, "mine", "leaves.so"))
        done = self.runoff("check", "--only", "oracle", RUNOFF_PLUGINS="mine")
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        self.assertIn("mine/leaves.so: it ended the process with exit status 5", done.stderr)

    def test_check_finds_backends_that_do_nothing_or_have_one_worker_only(self):
        for name, promise, says in (("lazy", "tasks", "0 tasks ran in an execution"),
                                    ("secretly-serial", "workers", "1 of 2 tasks met")):
            with self.subTest(name=name):
                done = self.checked(os.path.join(LIARS, "backends", name + ".so"), "--only", promise)
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertRegex(done.stdout, f"FAILS +{promise}: ")
                self.assertIn(says, done.stdout)
                self.assertNotIn("could not be put to the test", done.stdout)

    def test_check_says_what_it_cannot_do(self):
        for status, says, *words in ((2, "nothing is named to check"), (2, "unknown backend or workload 'tbbb'; did you mean", "tbbb"),
                                     (2, "--only order: nothing of this name is promised here", "serial", "primes", "--only", "order"),
                                     (2, "there is no such file", "--plugin", "nowhere.so"),
                                     (3, "'My Pool:1,2'", "--plugin", odd("mistake-1"))):
            with self.subTest(words=words):
                done = self.runoff("check", *words)
                self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
                self.assertIn(says, done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
