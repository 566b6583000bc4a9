// Which courses are drawn side by side: the film, its twin B, the baseline behind them, the runs that might have been.

import { LEAST, change, kindOf, write } from "./words.js";
import { extremes, room } from "./axes.js";
import { numbersOf } from "./read.js";

/** Lines for one series, the most important last: [{key, name, values, until, look}]. */
export function linesOf(view, series) {
  const { film, b, ghost, look } = view;
  const found = [];
  const add = (key, name, from, how) => {
    const values = from && from.line(series);
    if (values) found.push({ key, name, values, until: from.until, look: how });
  };
  if (ghost) add("ghost", "baseline", ghost, look.baseline);
  if (b) add("b", "B", b, look.b);
  add("a", b ? "A" : "", film, look.a);
  return found;
}

const fans = new WeakMap();

/** The fan of background runs for one series: {q05, q25, q50, q75, q95, last (of each run)}, or null. */
export function fanOf(view, which, series) {
  const fan = view.fans && view.fans[which];
  if (!fan || !fan.header.arrays[`fan.${series}`]) return null;
  if (!fans.has(fan)) fans.set(fan, new Map());
  const known = fans.get(fan);
  if (!known.has(series)) known.set(series, quantiles(fan, series));
  return known.get(series);
}

function quantiles(fan, series) {
  const read = (name) => (fan.header.arrays[name] ? numbersOf(fan.arrays[name], fan.header.arrays[name]) : null);
  const [all, until] = [read(`fan.${series}`), fan.header.until];
  const rows = fan.header.levels.map((level, k) => [
    `q${String(Math.round(level * 100)).padStart(2, "0")}`,
    all.slice(k * until, (k + 1) * until),
  ]);
  return { ...Object.fromEntries(rows), last: read(`last.${series}`) };
}

/** Kind of a series' numbers. */
export function kindOfSeries(view, series) {
  return kindOf(view.film.info(`series.${series}`), series);
}

/** Limits of an axis for a series: over all courses and their fans, and steady while a user tries levers. */
export function limitsOf(view, series) {
  const kind = kindOfSeries(view, series);
  const fans = ["a", "b"].map((which) => fanOf(view, which, series)).filter(Boolean);
  const all = [...linesOf(view, series).map((line) => line.values), ...fans.flatMap((fan) => [fan.q05, fan.q95])];
  const wanted = room(extremes(all), LEAST[kind], kind === "count" ? [0, Infinity] : [0, 1]);
  return steady(view, `${view.film.header.scenario} ${series}`, wanted);
}

/** Limits that only ever grow while the same scenario is shown, so that a moved lever does not move the axis. */
export function steady(view, key, [low, high]) {
  const before = view.kept.get(key);
  const found = before ? [Math.min(before[0], low), Math.max(before[1], high)] : [low, high];
  view.kept.set(key, found);
  return found;
}

/** What stands beside the course of A: B if there is one, else the baseline, else nothing. */
export function beside(view, series) {
  const lines = linesOf(view, series);
  return lines.find((line) => line.key === "b") || lines.find((line) => line.key === "ghost") || null;
}

/** "0.56 (+0.03 in B)": a value and how B or the baseline differs from it. */
export function compared(view, series, quarter) {
  const kind = kindOfSeries(view, series);
  const value = view.film.line(series)[quarter];
  const other = beside(view, series);
  if (!other || quarter >= other.until) return write(value, kind);
  const gap = other.key === "b" ? other.values[quarter] - value : value - other.values[quarter];
  return `${write(value, kind)} (${change(gap, kind)} ${other.key === "b" ? "in B" : "against the baseline"})`;
}
