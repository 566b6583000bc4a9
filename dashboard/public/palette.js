// The colors and shapes of all pictures: Okabe and Ito (2008), told apart in color, in gray and in the dark.

export const OKABE_ITO = {
  black: "#000000", orange: "#E69F00", sky: "#56B4E9", green: "#009E73",
  yellow: "#F0E442", blue: "#0072B2", vermillion: "#D55E00", purple: "#CC79A7",
};

// A look is never color alone: each has a dash and a shape. `text` is the same hue, dark (or light) enough for words.
const LIGHT = [
  { color: "#0072B2", text: "#00598C", dash: "", shape: "square" },
  { color: "#D55E00", text: "#A64900", dash: "8 4", shape: "circle" },
  { color: "#009E73", text: "#00704F", dash: "12 3 2 3", shape: "triangle" },
  { color: "#CC79A7", text: "#96406F", dash: "2 3", shape: "diamond" },
  { color: "#E69F00", text: "#7F5700", dash: "16 4", shape: "cross" },
  { color: "#56B4E9", text: "#1B6A99", dash: "6 3", shape: "plus" },
  { color: "#1a1a1a", text: "#1a1a1a", dash: "", shape: "down" },
];
const DARK = [
  { color: "#56B4E9", text: "#8CCBF0", dash: "", shape: "square" },
  { color: "#F0803C", text: "#F7A06B", dash: "8 4", shape: "circle" },
  { color: "#2FC49A", text: "#5AD6B3", dash: "12 3 2 3", shape: "triangle" },
  { color: "#DC96BD", text: "#E7B3D0", dash: "2 3", shape: "diamond" },
  { color: "#E9AE2A", text: "#F0C261", dash: "16 4", shape: "cross" },
  { color: "#3A93CF", text: "#7DBDE6", dash: "6 3", shape: "plus" },
  { color: "#f2f2f0", text: "#f2f2f0", dash: "", shape: "down" },
];

const SURFACES = {
  light: {
    page: "#f6f6f4", card: "#ffffff", ink: "#1a1a1a", soft: "#55585c", faint: "#8b8e92", hair: "#dedfe0",
    wash: "#f0f0ee", good: "#00704F", bad: "#A64900", ghost: "#6d7075", focus: "#0072B2",
  },
  dark: {
    page: "#111417", card: "#1a1e22", ink: "#f2f2f0", soft: "#b9bdc2", faint: "#868b91", hair: "#373c42",
    wash: "#252a2f", good: "#5AD6B3", bad: "#F7A06B", ghost: "#a3a8ae", focus: "#8CCBF0",
  },
};

// From least to most; lightness runs one way, so that a gray print keeps the order.
const SEQUENTIAL = {
  light: {
    trust: ["#EDF5FB", "#A9D0EA", "#56A5D8", "#0072B2", "#003D66"],
    grievance: ["#FDF1E6", "#F8C79B", "#EB8B45", "#C75400", "#722C00"],
    implementation: ["#EAF7F2", "#A3DCC8", "#46B894", "#00825F", "#004A37"],
    challenger: ["#FBF0F6", "#E9BFD6", "#CC79A7", "#9A4576", "#581B40"],
  },
  dark: {
    trust: ["#1B2C3A", "#0F4C75", "#0072B2", "#56B4E9", "#D3ECFB"],
    grievance: ["#33241A", "#6E3206", "#C05500", "#F0924F", "#FDE3CF"],
    implementation: ["#182F28", "#00543F", "#00896A", "#4CC5A1", "#D2F3E8"],
    challenger: ["#32222C", "#65314E", "#A85586", "#DC96BD", "#F9E3EF"],
  },
};
// From least to most, neutral in the middle; in gray only its strength is seen, so a sign always stands beside it.
const DIVERGING = {
  light: ["#7A3000", "#D55E00", "#F6C9A4", "#F3F3F1", "#A9D0EA", "#0072B2", "#003D66"],
  dark: ["#FDC9A6", "#F0803C", "#7A3A10", "#2A2F34", "#0F4C75", "#56B4E9", "#D3ECFB"],
};

const named = (theme) => (theme === "dark" ? "dark" : "light");

/** Everything a picture needs to know of a theme, "light" or "dark". */
export function palette(theme) {
  const which = named(theme);
  const looks = which === "dark" ? DARK : LIGHT;
  const surface = SURFACES[which];
  return {
    theme: which,
    ...surface,
    looks,
    a: looks[0],
    b: looks[1],
    baseline: { color: surface.ghost, text: surface.ghost, dash: "2 4", shape: "circle" },
    /** Color of `share` (0 to 1) on the scale of a quantity; unknown quantities use the scale of trust. */
    sequential: (quantity, share) => between(SEQUENTIAL[which][quantity] || SEQUENTIAL[which].trust, share),
    /** Color of `share` (-1 to 1) on the scale of differences. */
    diverging: (share) => between(DIVERGING[which], (share + 1) / 2),
  };
}

/** The surfaces of a theme as custom properties for style sheets: `--c-ink`, `--c-card`, `--c-a`, `--c-b`, ... */
export function variables(theme) {
  const look = palette(theme);
  const found = Object.fromEntries(Object.keys(SURFACES.light).map((key) => [`--c-${key}`, look[key]]));
  return {
    ...found, "--c-a": look.a.color, "--c-b": look.b.color, "--c-a-text": look.a.text, "--c-b-text": look.b.text,
  };
}

/** Black or white, whichever is read more easily on the color. */
export function inkOn(color) {
  return luminance(color) > 0.2 ? "#111111" : "#ffffff";
}

/** Relative luminance (WCAG) of a color "#rrggbb" or "rgb(r, g, b)": 0 black, 1 white. */
export function luminance(color) {
  const [r, g, b] = channels(color).map((v) => {
    const share = v / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(color) {
  if (color.startsWith("#")) return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return color.match(/[\d.]+/g).slice(0, 3).map(Number);
}

function between(stops, share) {
  const place = Math.min(Math.max(Number.isFinite(share) ? share : 0, 0), 1) * (stops.length - 1);
  const left = Math.min(Math.floor(place), stops.length - 2);
  const [one, other] = [channels(stops[left]), channels(stops[left + 1])];
  const mixed = one.map((v, k) => Math.round(v + (other[k] - v) * (place - left)));
  return `rgb(${mixed.join(", ")})`;
}
