// From values to places on paper.

function scale(kind, [low, high], [from, to]) {
  // A logarithmic scale has no 0: what is beside it stands at its end.
  const turn = kind === "log" ? (value) => Math.log(Math.max(value, low)) : (value) => value;
  const span = turn(high) - turn(low) || 1;
  const place = (value) => from + ((turn(value) - turn(low)) / span) * (to - from);
  return Object.assign(place, { kind, low, high });
}

// Limits with a margin on both sides, so that no point sits on an edge.
function limits(values, kind, margin = 0.06) {
  const known = values.filter((value) => Number.isFinite(value) && (kind !== "log" || value > 0));
  let low = Math.min(...known),
    high = Math.max(...known);
  if (kind === "log") {
    const factor = Math.max(1.03, (high / low) ** margin);
    return [low / factor, high * factor];
  }
  const room = (high - low || Math.abs(high) || 1) * margin;
  return [Math.max(0, low - room), high + room];
}

// Round values between two limits, about as many as asked for.
function linearTicks(low, high, wanted) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const ticks = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step * 1e-9; value += step)
    ticks.push(+value.toPrecision(12));
  return ticks;
}

// In decimal units of times the round values are those of nanoseconds; of bytes they would be powers of two.
function logTicks(low, high, wanted) {
  const decades = Math.log10(high / low);
  if (decades < 0.3) return linearTicks(low, high, wanted);
  const factors =
    decades < 1.1 ? [1, 1.5, 2, 3, 4, 6, 8] : decades > wanted / 1.5 ? [1] : decades > wanted / 3 ? [1, 3] : [1, 2, 5];
  let ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); ++power)
    for (const factor of factors) ticks.push(+(factor * 10 ** power).toPrecision(12));
  ticks = ticks.filter((value) => value >= low && value <= high);
  const each = Math.ceil(ticks.length / (wanted + 2));
  return ticks.filter((_, place) => place % each === 0);
}

const ticksOf = (axis, wanted) => (axis.kind === "log" ? logTicks : linearTicks)(axis.low, axis.high, wanted);

// Places as near to the wanted ones, which ascend, as may be, at least `gap` apart, within limits.
function spread(wanted, gap, bottom, top) {
  const blocks = []; // [sum of wanted places less the offsets of members, members]
  for (const want of wanted) {
    blocks.push([want, 1]);
    while (blocks.length > 1) {
      const [[first, n], [second, m]] = blocks.slice(-2);
      if (second / m - first / n >= gap * n) break;
      blocks.splice(-2, 2, [first + second - m * n * gap, n + m]);
    }
  }
  const places = [];
  for (const [total, members] of blocks)
    for (let member = 0; member < members; ++member) places.push(total / members + gap * member);
  for (let i = places.length - 1, most = top; i >= 0; --i) most = (places[i] = Math.min(places[i], most)) - gap;
  for (let i = 0, least = bottom; i < places.length; ++i) least = (places[i] = Math.max(places[i], least)) + gap;
  return places;
}
