// The state of the region in a row of large figures, each with its course and with what it is compared to.

import { linear } from "./axes.js";
import { beside, kindOfSeries, limitsOf, linesOf } from "./courses.js";
import { picture } from "./frame.js";
import { course, curtain } from "./lines.js";
import { el, fitted, label, put, say, shape, show, wide } from "./svg.js";
import { change, listed, moved, write } from "./words.js";

/** What is shown, as far as the film has it: whether more of it is good (1), bad (-1) or neither (0). */
const SHOWN = [
  ["integration", 1],
  ["respect", 1],
  ["trust", 1],
  ["members", 0],
  ["challenger_share", -1],
  ["resentment", -1],
  ["legitimacy", 1],
  ["inequality_between", -1],
];
const SHORT = {
  trust: "Trust",
  challenger_share: "Challenger vote",
  inequality_between: "Inequality",
  members: "Members",
};

const present = (film) => SHOWN.filter(([name]) => film.line(name));
const called = (film, name) => SHORT[name] || film.label(name);

function cells(view) {
  const { film, width, em } = view;
  const count = present(film).length || 1;
  const fit = Math.max(Math.floor(width / (em * 10)), 2);
  const columns = fit >= count ? count : Math.ceil(count / Math.ceil(count / fit));
  const tall = em * 9.8;
  return { columns, rows: Math.ceil(count / columns), across: width / columns, tall };
}

function draw(view) {
  const { columns, across, tall } = cells(view);
  const steps = present(view.film).map(([name, good], k) =>
    gauge(view, name, good, { left: (k % columns) * across, top: Math.floor(k / columns) * tall, across, tall }),
  );
  return (quarter) => steps.forEach((step) => step(quarter));
}

function gauge(view, name, good, { left, top, across, tall }) {
  const { svg, film, look, em } = view;
  const kind = kindOfSeries(view, name);
  const group = el("g", { class: "gauge", "data-series": name }, svg);
  const room = across - em * 1.4;
  label(group, left, top + em, fitted(called(film, name), em * 0.95, room), { size: em * 0.95, fill: look.soft });
  const big = Math.min(em * 2.7, room / 3.1);
  const figure = label(group, left, top + em * 1.4 + big * 0.9, "", { size: big, fill: look.ink, weight: 700 });
  const apart = label(group, left + em * 1.1, top + em * 1.9 + big * 1.4, "", { size: em * 0.88, weight: 700 });
  const arrow = el("path", {}, group);
  const box = { left, right: left + room, top: top + em * 2.3 + big * 1.4, bottom: top + tall - em * 1.1 };
  const x = linear(0, Math.max(film.quarters - 1, 1), box.left, box.right);
  const y = linear(...limitsOf(view, name), box.bottom, box.top);
  const clip = curtain(view, box, x);
  el("line", { x1: box.left, x2: box.right, y1: box.bottom + 2, y2: box.bottom + 2, stroke: look.hair }, group);
  for (const line of linesOf(view, name))
    course(group, line.values, line.until, x, y, line.look, clip.url, (line.key === "a" ? 2.4 : 1.6) * view.pen);
  const dot = el("circle", { r: em * 0.28, fill: look.a.color, stroke: look.card, "stroke-width": 1.5 }, group);
  const [values, other] = [film.line(name), beside(view, name)];
  return (quarter) => {
    const v = values[quarter];
    clip.to(quarter);
    say(figure, write(v, kind));
    put(dot, "transform", `translate(${x(quarter).toFixed(1)} ${y(Number.isFinite(v) ? v : y.low).toFixed(1)})`);
    const compare = other && quarter < other.until ? gap(other, v, quarter, kind) : since(film, values, quarter, kind);
    say(apart, compare.find((text) => wide(text, em * 0.88, 700) < across - em * 1.7) || compare[compare.length - 1]);
    const way = compare[0].startsWith("+") ? 1 : compare[0].startsWith("−") ? -1 : 0;
    const color = way * good > 0 ? look.good : way * good < 0 ? look.bad : look.soft;
    put(apart, "fill", color);
    put(arrow, "fill", color);
    put(apart, "x", way ? left + em * 1.1 : left);
    show(arrow, way !== 0);
    if (way)
      put(arrow, "d", shape(way > 0 ? "triangle" : "down", left + em * 0.42, top + em * 1.6 + big * 1.4, em * 0.34));
  };
}

/** The difference to B or to the baseline in words, from the longest to the shortest. */
function gap(other, v, quarter, kind) {
  const inB = other.key === "b";
  return lengths(
    inB ? other.values[quarter] - v : v - other.values[quarter],
    kind,
    inB ? "in B" : "vs baseline",
    inB ? "in B" : "vs base",
  );
}

function since(film, values, quarter, kind) {
  return lengths(
    values[quarter] - values[0],
    kind,
    `since ${film.dates[0].slice(0, 4)}`,
    `from ${film.dates[0].slice(0, 4)}`,
  );
}

function lengths(difference, kind, to, short) {
  const text = change(difference, kind).replace(" points", " pts");
  const bare = text.replace(" pts", "");
  return [`${text} ${to}`, `${bare} ${to}`, `${bare} ${short}`, text, bare];
}

function words(view, quarter) {
  const { film } = view;
  const shown = present(film).map(([name]) => name);
  const now = shown.map(
    (name) => `${called(film, name).toLowerCase()} ${write(film.line(name)[quarter], kindOfSeries(view, name))}`,
  );
  const first = `${film.dates[quarter]}: ${listed(now, 99)}.`;
  const most = shown
    .filter((name) => kindOfSeries(view, name) !== "count")
    .map((name) => [name, film.line(name)[quarter] - film.line(name)[0]])
    .sort((p, q) => Math.abs(q[1]) - Math.abs(p[1]))[0];
  if (!most) return first;
  const course0 = moved(film.line(most[0])[0], film.line(most[0])[quarter], kindOfSeries(view, most[0]));
  return `${first} Most has changed: ${called(film, most[0]).toLowerCase()}, which ${course0} since ${film.dates[0]}.`;
}

function numbers(view, quarter) {
  const { film, b, ghost } = view;
  const others = [
    ["in B", b],
    ["baseline", ghost],
  ].filter(([, each]) => each);
  const columns = ["outcome", "now", "at the start", "unit", ...others.map(([word]) => word)];
  const rows = present(film).map(([name]) => [
    film.label(name),
    film.line(name)[quarter],
    film.line(name)[0],
    (film.info(`series.${name}`) || {}).unit || "",
    ...others.map(([, each]) => (each.line(name) ? each.line(name)[Math.min(quarter, each.until - 1)] : null)),
  ]);
  return { columns, rows };
}

export default picture({
  name: "outcomes",
  title: "How the region fares",
  wide: true,
  height: (width, em, view) => {
    const { rows, tall } = cells({ ...view, width, em });
    return Math.ceil(rows * tall);
  },
  draw,
  words,
  numbers,
});
