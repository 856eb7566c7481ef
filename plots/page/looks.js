// What tells backends apart: each has its colour and its marker wherever it appears, as in the plots.

function crc32(text) {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; ++bit) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const look = (backend) =>
  (Object.hasOwn(LOOKS.known, backend) && LOOKS.known[backend]) || LOOKS.others[crc32(backend) % LOOKS.others.length];

// In the colours of the backend, for light and for dark paper.
function inColour(node, backend) {
  const { light, dark } = look(backend);
  node.classList.add("coloured");
  node.style.setProperty("--light", light);
  node.style.setProperty("--dark", dark);
  return node;
}

function polygon(corners, turn, radius = 1) {
  const points = [];
  for (let i = 0; i < corners; ++i) {
    const angle = ((i + turn) / corners) * 2 * Math.PI - Math.PI / 2;
    points.push(`${(radius * Math.cos(angle)).toFixed(3)},${(radius * Math.sin(angle)).toFixed(3)}`);
  }
  return `M${points.join("L")}Z`;
}

const PLUS = "M-.36,-1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z";
const MARKERS = {
  s: "M-.85,-.85H.85V.85H-.85Z",
  D: "M0,-1.15L1.15,0L0,1.15L-1.15,0Z",
  d: "M0,-1.2L.75,0L0,1.2L-.75,0Z",
  "^": polygon(3, 0, 1.2),
  v: polygon(3, 0.5, 1.2),
  "<": polygon(3, 0.25, 1.2),
  ">": polygon(3, -0.25, 1.2),
  p: polygon(5, 0, 1.1),
  h: polygon(6, 0, 1.1),
  H: polygon(6, 0.5, 1.1),
  8: polygon(8, 0.5, 1.1),
  o: "M-1,0A1,1 0 1 1 1,0A1,1 0 1 1 -1,0Z",
  P: PLUS,
  X: PLUS,
};

// `open`: only its outline, for what the samples do not settle and for further variants.
function marker(backend, x, y, radius = 4, open = false) {
  const { marker: shape } = look(backend);
  const turn = shape === "X" ? " rotate(45)" : "";
  return svg("path", {
    d: MARKERS[shape],
    class: open ? "marker open" : "marker",
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${turn} scale(${radius})`,
  });
}

// The marker by itself, in front of a name.
function badge(backend, open = false) {
  const picture = svg("svg", { class: "badge", width: 12, height: 12, viewBox: "-6 -6 12 12", "aria-hidden": "true" });
  picture.append(marker(backend, 0, 0, 4, open));
  return inColour(picture, backend);
}
