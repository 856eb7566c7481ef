"""plot.py as a program: files, command line, damaged input."""

import resource

from drawn import Drawn, USUAL


class Program(Drawn):
    def test_pictures_and_vector_graphics(self):
        self.write(USUAL)
        done = self.plot(self.folder)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        for name in ("speedup", "scaling", "heatmap"):
            self.assertTrue((self.folder / "plots" / f"{name}.png").read_bytes().startswith(b"\x89PNG"))
            self.assertIn("tbb", (self.folder / "plots" / f"{name}.svg").read_text(encoding="utf-8"))

    def pictures(self, folder=None, **environment):
        done = self.plot(folder or self.folder, **environment)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        return {file.name: file.read_bytes() for file in (self.folder / "plots").iterdir()}

    def test_the_same_files_give_the_same_pictures(self):
        self.write(USUAL)
        first = self.pictures()
        self.assertEqual(set(first), {f"{name}.{suffix}" for name in ("speedup", "scaling", "heatmap") for suffix in ("png", "svg")})
        self.assertEqual(first, self.pictures())

    def test_a_users_own_settings_change_nothing(self):
        self.write(USUAL)
        first = self.pictures()
        settings = self.folder / "matplotlibrc"
        settings.write_text("axes.facecolor: pink\nfont.size: 30\nlines.dashed_pattern: 1, 1\nno.such.setting: 1\n")
        self.assertEqual(first, self.pictures(MATPLOTLIBRC=str(settings)))
        (self.folder / "home").mkdir()
        settings.rename(self.folder / "home" / "matplotlibrc")
        (self.folder / "home" / "stylelib").mkdir()
        (self.folder / "home" / "stylelib" / "torn.mplstyle").write_bytes(b"\xff\xfe")
        (self.folder / "home" / "stylelib" / "odd.mplstyle").write_text("no.such.setting: 1\n")
        self.assertEqual(first, self.pictures(MPLCONFIGDIR=str(self.folder / "home")))
        (self.folder / "home" / "matplotlibrc").rename(settings)
        self.assertEqual(first, self.pictures(".", at=self.folder, MPLBACKEND="no such backend"))

    def test_where_matplotlib_can_keep_nothing_nothing_is_said(self):
        self.write(USUAL[:1])
        self.pictures(MPLCONFIGDIR="/proc/nowhere")

    def test_command_line(self):
        self.assertEqual(self.plot().returncode, 2)

    def test_folder_without_summary(self):
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stderr, f"plot.py: there is no {self.folder}/summary.csv; runoff report makes it\n")

    def test_damaged_summary(self):
        (self.folder / "summary.csv").write_text("workload,backend\nprimes,tbb\n")
        done = self.plot(self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("summary.csv", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_a_picture_is_whole_or_not_there(self):
        self.write(USUAL)
        self.pictures()
        before = {file.name: file.read_bytes() for file in (self.folder / "plots").iterdir()}
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
        try:
            done = self.plot(self.folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stderr, f"plot.py: cannot write {self.folder}/plots/speedup.png: File too large\n")
        self.assertEqual({file.name: file.read_bytes() for file in (self.folder / "plots").iterdir()}, before)

    def test_missing_package_is_told_by_status(self):
        (self.folder / "pandas.py").write_text("raise ImportError('none here')\n")
        self.assertEqual(self.plot(self.folder, PYTHONPATH=str(self.folder)).returncode, 4)
