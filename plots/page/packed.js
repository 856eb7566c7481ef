// The data of the run: JSON, compressed and in Base64 as harness/report/deflate.h writes it.
async function unpackRun(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// The samples of a cell as harness/report/pack_samples.h packs them, made columns of one value for each sample again.

function unpacked(column, count) {
  if (!Array.isArray(column)) return Array(count).fill(column);
  if (typeof column[0] === "string") return column;
  const [least, unit, ...steps] = column;
  return steps.map((step) => (step === null ? null : least + unit * step));
}

function unpackSamples(samples) {
  const rounds = samples.round;
  samples.round = Array.isArray(rounds) ? unpacked(rounds) : Array.from({ length: rounds }, (_, i) => i + 1);
  for (const [name, column] of Object.entries(samples))
    if (name !== "round") samples[name] = unpacked(column, samples.round.length);
}
