// What the money of a quarter went to: a bar for each use, those of B beside those of A.

import { el, fitted, label, put, say, show } from "./svg.js";
import { listed, readable } from "./words.js";

const PARTS = "spending.by_use";
const LANE = 1.45; // ems

/** Percent of full dues, with a digit after the point: most levers cost little. */
const digits = (value) => (Number.isFinite(value) ? (100 * value).toFixed(1) : "–");
const percent = (value) => `${digits(value)}\u2009%`;

/** What money was spent on in A or in B: [{use, a, b}], the columns of each film or -1. */
function uses({ film, b }) {
  const of = (from) => (from && from.info(PARTS) ? from.info(PARTS).uses : []);
  const [mine, other] = [of(film), of(b)];
  return [...new Set([...mine, ...other])].map((use) => ({ use, a: mine.indexOf(use), b: other.indexOf(use) }));
}

function spent(from, column, quarter) {
  if (column < 0) return 0;
  if (quarter >= from.until) return NaN;
  return from.values(PARTS)[quarter * from.info(PARTS).uses.length + column];
}

export const usesHeight = (view) => Math.ceil((uses(view).length * LANE + 2.6) * view.em);

/** Draws the bars; gives the function of a step. */
export function drawUses(view) {
  const { svg, film, b, look, em, width } = view;
  const rows = uses(view);
  const size = em * 0.88;
  const title = b ? "Percent of full dues, A · B" : "Percent of full dues";
  label(svg, 2, em * 1.1, fitted(title, em, width - 4, 700), { size: em, fill: look.ink, weight: 700 });
  const left = Math.min(em * 11.5, width * 0.45);
  const room = width - left - em * (b ? 6.4 : 4);
  const sides = [[film, "a", look.a], ...(b ? [[b, "b", look.b]] : [])];
  const most = Math.max(...sides.map(([from]) => Math.max(...(from.values(PARTS) || [0]))), 0.01);
  const high = (LANE * em * 0.72) / sides.length;
  const lanes = rows.map((row, k) => {
    const top = em * 2 + k * LANE * em;
    const name = fitted(readable(row.use), size, left - em * 0.6);
    label(svg, 0, top + em * 0.5 + size * 0.35, name, { size, fill: look.ink });
    el("line", { x1: left, x2: left, y1: top - em * 0.1, y2: top + em * 1.1, stroke: look.faint }, svg);
    const bars = sides.map(([, key, how], place) => {
      const box = { x: left, y: top + place * high, height: Math.max(high - 1, 2), width: 0, fill: how.color };
      const dashed = key === "b" ? { "fill-opacity": 0.35, stroke: how.color, "stroke-dasharray": "3 2" } : {};
      return el("rect", { ...box, ...dashed }, svg);
    });
    return { row, bars, figure: label(svg, 0, top + em * 0.5 + size * 0.35, "", { size, fill: look.soft }) };
  });
  return (quarter) => {
    for (const { row, bars, figure } of lanes) {
      const values = sides.map(([from, key]) => spent(from, row[key], quarter));
      values.forEach((value, k) => {
        show(bars[k], value > 0);
        put(bars[k], "width", Math.max((room * (value || 0)) / most, 0).toFixed(1));
      });
      const longest = Math.max(...values.map((value) => value || 0));
      put(figure, "x", (left + (room * longest) / most + em * 0.4).toFixed(1));
      say(figure, values.map(digits).join(" · "));
    }
  };
}

export function usesWords(view, quarter) {
  const { film, b } = view;
  const of = (from, key) => {
    const rows = uses(view).map((row) => [row.use, spent(from, row[key], quarter)]);
    const paid = rows.filter(([, value]) => value >= 0.0005).sort((p, q) => q[1] - p[1]);
    return listed(
      paid.map(([use, value]) => `${use} ${percent(value)}`),
      6,
    );
  };
  const inB = b && quarter < b.until ? ` In B: ${of(b, "b")}.` : "";
  return `${film.dates[quarter]}, in percent of full dues: ${of(film, "a")}.${inB}`;
}

export function usesNumbers(view, quarter) {
  const { film, b } = view;
  const rows = uses(view);
  const columns = ["quarter", ...rows.map(({ use }) => use), ...(b ? rows.map(({ use }) => `${use} in B`) : [])];
  const lines = Array.from({ length: quarter + 1 }, (_, q) => [
    film.dates[q],
    ...rows.map((row) => spent(film, row.a, q)),
    ...(b ? rows.map((row) => spent(b, row.b, q)) : []),
  ]);
  return { columns, rows: lines };
}
