// Every view has a link: #primes/ a problem, #primes/tbb a backend there, #primes/tbb/2 with so many workers.

const encoded = (words) =>
  encodeURIComponent(words).replaceAll("%20", "+").replaceAll("%3D", "=").replaceAll("%3A", ":");
const decoded = (words) => {
  try {
    return decodeURIComponent(words.replaceAll("+", " "));
  } catch {
    return words; // no link of this page
  }
};

const problemLink = (problem) => `#${encoded(problem.name)}/`;
const cellLink = (cell) =>
  `#${encoded(run.problems[cell.problem].name)}/${encoded(cell.label)}${cell.standing ? "" : `/${cell.workers}`}`;

// {problem} or {problem, cell}; null where the run has no such thing.
function viewOf(hash) {
  const [name, label, workers] = hash.replace(/^#/, "").split("/").map(decoded);
  const problem = run.problems.find((one) => one.name === name);
  if (!problem || label === undefined) return null;
  if (label === "") return { problem };
  const cells = problem.cells.filter((cell) => cell.label === label);
  const cell = workers
    ? cells.find((one) => `${one.workers}` === workers)
    : (cells.find((one) => one.standing) ?? cells[0]);
  return cell ? { problem, cell } : null;
}
