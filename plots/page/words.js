// Numbers as the tables of the terminal write them.

// Decimals that show three digits of a number, as it is rounded: 9.996 is 10.0.
function decimalsOf(value) {
  const size = Math.abs(value);
  return size === 0 ? 0 : Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(size / 0.9995) + 1e-9)));
}

function inUnit(value, units, decimals = decimalsOf) {
  const [unit, factor] = units.find(([, size]) => value >= size) ?? units[units.length - 1];
  const number = value / factor;
  return `${number.toFixed(decimals(number, unit))}\u00a0${unit}`;
}

const TIMES = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
  ["ns", 1],
];
const BYTES = [
  ["TiB", 2 ** 40],
  ["GiB", 2 ** 30],
  ["MiB", 2 ** 20],
  ["KiB", 2 ** 10],
  ["B", 1],
];

const time = (ns) => inUnit(ns, TIMES, (number, unit) => (unit === "ns" ? 0 : decimalsOf(number)));
const shortTime = (ns) => inUnit(ns, TIMES, (number) => decimalsOf(number));
const bytes = (value) => inUnit(value, BYTES, (number, unit) => (unit === "B" ? 0 : decimalsOf(number)));
const count = (value) => `${+value.toFixed(value < 100 ? 1 : 0)}`;
const times = (ratio) => `${ratio.toFixed(decimalsOf(ratio))}\u00a0×`;
const percent = (share) => `${+(share * 100).toFixed(2)}\u00a0%`;
// A number and its unit stay in one line.
const unbroken = (sentence) => sentence.replace(/(\d) (?=(?:×|%|[nµm]?s|[KMGT]?i?B)(?![\p{L}\d]))/gu, "$1\u00a0");
const price = (value, unit) => (unit === "bytes" ? bytes(value) : shortTime(value));
const workersText = (number) => `${number} worker${number === 1 ? "" : "s"}`;

// As many digits as a round value has.
const tickText = (value, units) => {
  const [unit, factor] = units.find(([, size]) => value >= size) ?? units[units.length - 1];
  return `${+(value / factor).toPrecision(6)} ${unit}`;
};

// An interval; an end that is not known may be without limit.
function interval(ends, format) {
  if (!ends || ends[0] === null) return "";
  const low = format(ends[0]),
    high = ends[1] === null ? "∞" : format(ends[1]);
  const unit = high.includes("\u00a0") ? high.slice(high.lastIndexOf("\u00a0")) : "";
  return `${unit && low.endsWith(unit) ? low.slice(0, -unit.length) : low} – ${high}`;
}

function median(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const KEPT_OUT = ["wrong", "timeout", "crashed", "failed", "unsupported", "skipped"];
const isKeptOut = (verdict) => KEPT_OUT.includes(verdict);
const isGood = (verdict) => verdict === "fastest" || verdict === "tied";
const kindOf = (verdict) =>
  isGood(verdict) ? "good" : isKeptOut(verdict) ? "bad" : isOpen(verdict) ? "open" : "plain";
const OPEN = ["inconclusive", "too-few", "idle-workers"];
const isOpen = (verdict) => OPEN.includes(verdict);

function groupedBy(list, key) {
  const groups = new Map();
  for (const one of list) {
    const name = key(one);
    if (groups.has(name)) groups.get(name).push(one);
    else groups.set(name, [one]);
  }
  return groups;
}
