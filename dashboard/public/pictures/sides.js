// What draws one run draws two: A beside B where there is room, A above B where there is not, or either alone.

import { el, fitted, label } from "./svg.js";

const HEAD = 1.9; // ems for the line that says whose run it is
const GAP = 1.6; // ems between the two

const MENU = {
  key: "side",
  label: "Show",
  options: [
    ["both", "A and B"],
    ["a", "A"],
    ["b", "B"],
  ],
  initial: "both",
};

/** The parts of a picture of one film, made to show either side or both; a pane is at least `least` ems wide. */
export function bothSides(parts, least) {
  return {
    ...parts,
    choices: (view) => [...(view.b ? [MENU] : []), ...(parts.choices ? parts.choices(view) : [])],
    spread: (view) => Boolean(view.b) && view.chosen.side === "both",
    height: (width, em, view) => placed(parts, { ...view, width, em }, least).height,
    draw(view) {
      view.panes = placed(parts, view, least).panes;
      const steps = view.panes.map((pane) => drawn(parts, view, pane));
      return (quarter) => steps.forEach((step, k) => step(within(view.panes[k], quarter)));
    },
    words: (view, quarter) =>
      view.panes.map((pane) => prefix(pane) + parts.words(pane.view, within(pane, quarter))).join(" "),
    numbers: (view, quarter) =>
      together(view.panes.map((pane) => [pane, parts.numbers(pane.view, within(pane, quarter))])),
  };
}

/** Where each side is drawn, and how high it all is. */
function placed(parts, view, least) {
  const { em, width } = view;
  if (!view.b) return { panes: [{ side: "", view }], height: parts.height(width, em, view) };
  const sides = view.chosen.side === "both" ? ["a", "b"] : [view.chosen.side];
  const beside = sides.length === 2 && width >= (2 * least + GAP) * em;
  const wide = beside ? (width - GAP * em) / 2 : width;
  let top = 0;
  const panes = sides.map((side, k) => {
    const film = side === "b" ? view.b : view.film;
    const own = { ...view, film, side, b: null, ghost: null, width: wide };
    const pane = { side, view: own, left: beside ? k * (wide + GAP * em) : 0, top: beside ? 0 : top };
    pane.bottom = pane.top + HEAD * em + parts.height(wide, em, own);
    top = pane.bottom + GAP * em;
    return pane;
  });
  return { panes, height: Math.ceil(Math.max(...panes.map((pane) => pane.bottom))) };
}

function drawn(parts, view, { side, view: own, left, top }) {
  if (!side) return parts.draw(own);
  const { look, em } = view;
  const title = titleOf(view, side);
  const whole = el("g", { role: "group", "aria-label": `${side.toUpperCase()}: ${title}` }, view.svg);
  const text = `${side.toUpperCase()}\u2002${title}`;
  const size = em * 0.95;
  label(whole, left, top + em, fitted(text, size, own.width, 700), { size, weight: 700, fill: look[side].text });
  el(
    "path",
    {
      d: `M${left} ${top + em * 1.4}h${own.width}`,
      stroke: look[side].color,
      "stroke-width": 2 * view.pen,
      "stroke-dasharray": look[side].dash || null,
    },
    whole,
  );
  const [x, y] = [left, top + HEAD * em];
  own.svg = el("g", { transform: `translate(${x} ${y})` }, whole);
  own.tip = (words, px, py) => view.tip(words, px + x, py + y);
  own.pointer = (event) => {
    const [px, py] = view.pointer(event);
    return [px - x, py - y];
  };
  return parts.draw(own);
}

/** What a side is called: as the page calls it, which knows what was changed, or else as its film does. */
function titleOf({ stage, film, b }, side) {
  const facts = stage.facts || {};
  if (side === "a") return (facts.a && facts.a.title) || film.title;
  return facts.label_b || (facts.b && facts.b.title) || b.title;
}

const prefix = ({ side }) => (side ? `${side.toUpperCase()}: ` : "");
const within = ({ view }, quarter) => Math.min(quarter, view.film.until - 1);

/** One table of both: a column for the side, and every column that either has. */
function together(found) {
  if (!found[0][0].side) return found[0][1];
  const columns = [...new Set(found.flatMap(([, table]) => table.columns))];
  const rows = found.flatMap(([{ side }, table]) => {
    const places = columns.map((name) => table.columns.indexOf(name));
    return table.rows.map((row) => [side.toUpperCase(), ...places.map((at) => (at < 0 ? null : row[at]))]);
  });
  return { columns: ["run", ...columns], rows };
}
