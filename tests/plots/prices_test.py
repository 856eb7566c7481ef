"""The price list."""

from drawn import Drawn, USUAL, cell, words

import prices
from tables import RunError

PRICES = "price,backend,variant,workers,unit,value,low,high,n,workload,parameters,verdict,label"


class Prices(Drawn):
    def run_with(self, *rows):
        (self.folder / "prices.csv").write_text("\n".join([PRICES, *rows]) + "\n", encoding="utf-8")
        return self.run_of([cell(backend, workers, 500, 500, workload="region", parameters="tasks=2", bound="runtime", contest="")
                            for backend, workers in (("serial", 1), ("tbb", 1), ("tbb", 2), ("fork", 2), ("mpi", 2))])

    def example(self):
        return self.run_with("empty region,serial,,1,ns,44,43,45,6,region,tasks=2,fastest,serial",
                             "empty region,tbb,,1,ns,60,59,61,6,region,tasks=2,slower,tbb",
                             "empty region,fork,,2,ns,200,190,210,6,region,tasks=2,fastest,fork",
                             "empty region,tbb,,2,ns,300,290,310,6,region,tasks=2,slower,tbb",
                             "empty region,mpi,,2,ns,,,,0,region,tasks=2,crashed,mpi",
                             "start-up,tbb,,2,ns,9000000,,,2,region,tasks=2,too-few,tbb",
                             "memory,fork,,2,bytes,1048576,1e6,1.1e6,6,region,tasks=2,fastest,fork")

    def test_a_row_for_each_price_and_number_of_workers(self):
        run = self.example()
        self.assertEqual([name for name, _ in prices.rows_of(run.prices[run.prices.unit == "ns"])],
                         ["empty region, 1 worker", "empty region, 2 workers", "start-up"])
        said = words(prices.draw(run))
        for needed in ("empty region, 2 workers", "start-up", "memory", "fork", "serial", "nothing is subtracted"):
            self.assertIn(needed, said)

    def test_serial_stands_beside_every_number_of_workers(self):
        run = self.example()
        for name, rows in prices.rows_of(run.prices[run.prices.price == "empty region"]):
            self.assertIn("serial", set(rows.backend), name)

    def test_what_is_a_price_is_no_contest(self):
        run = self.example()
        self.assertTrue(run.cells.empty)
        done = self.plot(self.folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual({file.name for file in (self.folder / "plots").iterdir()}, {"prices.png", "prices.svg"})

    def test_no_prices_no_figure(self):
        self.assertIsNone(prices.draw(self.run_of(USUAL)))

    def test_damaged_prices(self):
        with self.assertRaisesRegex(RunError, "prices.csv is damaged"):
            self.run_with("empty region,tbb,,2,ns,much,,,6,region,tasks=2,fastest,tbb")
