// What B did, apart from what A did: the gap through time, and member by member.

import { extremes, linear } from "./axes.js";
import { kindOfSeries } from "./courses.js";
import { picture } from "./frame.js";
import { panel } from "./panel.js";
import { el, fitted, label, put, say, wide } from "./svg.js";
import { LEAST, change, kindOf, listed, write } from "./words.js";

const OF_MEMBERS = [
  ["trust", "trust"],
  ["grievance", "grievance"],
  ["implementation", "implementation"],
  ["challenger", "challenger vote"],
  ["respect", "respect"],
];

/** The two films that are compared: B less A, or without B, A less the baseline. */
function sides({ film, b, ghost }) {
  if (b) return { first: film, second: b, title: "B less A" };
  if (ghost) return { first: ghost, second: film, title: "against the baseline" };
  return null;
}

function choices(view) {
  const { film } = view;
  const initial = film.line("trust") ? "trust" : film.series[0];
  return [
    { key: "series", label: "Series", initial, options: film.series.map((name) => [name, film.label(name)]) },
    {
      key: "member",
      label: "Members",
      initial: "trust",
      options: OF_MEMBERS.filter(([name]) => film.info(`members.${name}`)),
    },
  ];
}

const chartHeight = (em) => em * 16;
const barsHeight = (em) => em * 15;

function height(width, em, view) {
  return Math.ceil(sides(view) ? chartHeight(em) + barsHeight(em) : em * 5);
}

function until(view) {
  const { first, second } = sides(view);
  return Math.min(first.until, second.until);
}

function gaps(view, series) {
  const { first, second } = sides(view);
  const [one, other] = [first.line(series), second.line(series)];
  return Float64Array.from({ length: until(view) }, (_, quarter) =>
    one && other ? other[quarter] - one[quarter] : NaN,
  );
}

/** The members that both films have. */
function shared(view) {
  const { first, second } = sides(view);
  return first.members.filter(({ iso3 }) => second.rows.has(iso3));
}

function memberGap(view, name, quarter, iso3) {
  const { first, second } = sides(view);
  const then = Math.min(quarter, until(view) - 1);
  return second.of(name, then, iso3) - first.of(name, then, iso3);
}

function draw(view) {
  const { svg, film, look, em, chosen, width } = view;
  const two = sides(view);
  if (!two) {
    label(svg, 0, em * 2, "Choose a second scenario B to see the difference.", { size: em, fill: look.soft });
    return () => {};
  }
  const kind = kindOfSeries(view, chosen.series);
  const values = gaps(view, chosen.series);
  const [low, high] = extremes([values, [0]]);
  const far = Math.max(Math.abs(low), Math.abs(high), LEAST[kind] / 4) * 1.15;
  const writer = (v) => change(v, kind).replace(" points", "");
  const chart = panel(
    view,
    { left: 0, top: 0, wide: width, tall: chartHeight(em) },
    {
      title: titled(film.label(chosen.series), two.title, kind, em, width),
      kind: "index",
      zero: true,
      writer,
      limits: kind === "share" ? [-far * 100, far * 100] : [-far, far],
      lines: [
        {
          key: "a",
          name: "",
          values: kind === "share" ? values.map((v) => v * 100) : values,
          until: values.length,
          look: view.b ? look.b : look.a,
        },
      ],
      say: (quarter) => `${film.dates[quarter]}: ${change(values[quarter], kind)}`,
      ...(kind === "share" ? { writer: (v) => change(v / 100, kind).replace(" points", "") } : {}),
    },
  );
  const bars = memberBars(view, chartHeight(em));
  return (quarter) => {
    chart(Math.min(quarter, values.length - 1));
    bars(quarter);
  };
}

/** A title that says what is compared and in what, as far as there is room. */
function titled(what, compared, kind, em, width) {
  const unit = kind === "share" ? ", in points" : "";
  const tries = [`${what}, ${compared}${unit}`, `${what}, ${compared}`, what];
  return tries.find((text) => wide(text, em, 700) < width - 8) || fitted(what, em, width - 8, 700);
}

/** A bar a member, from the most that was lost to the most that was gained; sorted anew when the clock rests. */
function memberBars(view, top) {
  const { svg, film, look, em, chosen, width, stage } = view;
  const name = chosen.member;
  const kind = kindOf(film.info(`members.${name}`), name);
  const group = el("g", {}, svg);
  const title = OF_MEMBERS.find(([each]) => each === name)[1];
  label(
    group,
    2,
    top + em * 1.1,
    titled(`${title.charAt(0).toUpperCase()}${title.slice(1)} of members`, sides(view).title, kind, em, width),
    { size: em, fill: look.ink, weight: 700 },
  );
  const box = { left: em * 0.4, right: width - em * 0.4, top: top + em * 3, bottom: top + barsHeight(em) - em * 3 };
  const members = shared(view);
  if (!members.length) {
    label(group, 2, top + em * 3, "A and B have no member in common.", { size: em, fill: look.soft });
    return () => {};
  }
  const reach = reaches(view, name);
  const across = (box.right - box.left) / members.length;
  const size = Math.min(across * 0.62, em * 0.85);
  const turned = wideNames(across, em);
  const bars = members.map((member) => {
    const node = el("g", {}, group);
    const bar = el("rect", { x: across * 0.12, width: across * 0.76, stroke: look.faint, "stroke-width": 0.5 }, node);
    const code = label(node, 0, 0, member.iso3, { size, fill: look.soft, anchor: turned ? "end" : "middle" });
    put(
      code,
      "transform",
      turned
        ? `translate(${across / 2 + size * 0.35} ${box.bottom + em * 0.95}) rotate(-90)`
        : `translate(${across / 2} ${box.bottom + size * 1.3})`,
    );
    const figure = label(node, across / 2, 0, "", {
      size: Math.max(size, em * 0.6),
      fill: look.ink,
      anchor: "middle",
      weight: 700,
    });
    node.addEventListener("click", () => stage.set("selected", stage.selected === member.iso3 ? null : member.iso3));
    return { node, bar, code, figure };
  });
  const zero = el("line", { x1: box.left, x2: box.right, stroke: look.ink, "stroke-width": 1.2 }, group);
  const ends = [box.top, box.bottom].map((at) => {
    el("line", { x1: box.left, x2: box.right, y1: at, y2: at, stroke: look.hair }, group);
    return label(group, box.right, at + (at === box.top ? -3 : em * 0.75), "", {
      size: em * 0.75,
      fill: look.soft,
      anchor: "end",
    });
  });
  let order = members.map((_, row) => row);
  return (quarter) => {
    const now = members.map(({ iso3 }) => memberGap(view, name, quarter, iso3));
    const [low, high] = reach[Math.min(quarter, reach.length - 1)];
    const y = linear(low, high, box.bottom, box.top);
    put(zero, "y1", y(0).toFixed(1));
    put(zero, "y2", y(0).toFixed(1));
    ends.forEach((node, k) =>
      say(node, (k ? low : high) === 0 ? "" : change(k ? low : high, kind).replace(" points", "")),
    );
    if (!stage.playing) order = [...order].sort((p, q) => (now[p] || 0) - (now[q] || 0));
    order.forEach((row, place) => {
      const { node, bar, code, figure } = bars[row];
      const v = Number.isFinite(now[row]) ? now[row] : 0;
      put(node, "transform", `translate(${(box.left + place * across).toFixed(1)} 0)`);
      put(bar, "y", Math.min(y(v), y(0)).toFixed(1));
      put(bar, "height", Math.abs(y(v) - y(0)).toFixed(1));
      put(bar, "fill", look.diverging(v / Math.max(-low, high)));
      const edge = place === 0 || place === order.length - 1;
      say(figure, edge && !stage.playing ? change(v, kind).replace(" points", "") : "");
      put(figure, "y", (v >= 0 ? y(v) - 4 : y(v) + size * 1.2).toFixed(1));
      put(figure, "text-anchor", place === 0 ? "start" : "end");
      put(figure, "x", place === 0 ? 0 : across);
      put(code, "font-weight", members[row].iso3 === stage.selected ? 700 : 400);
    });
  };
}

/** Between which limits the bars stand in each quarter: round numbers that no gap so far passes. */
function reaches(view, name) {
  let [low, high] = [0, 0];
  const round = (v) => [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1].find((step) => step >= v) ?? v;
  return Array.from({ length: until(view) }, (_, quarter) => {
    shared(view).forEach(({ iso3 }) => {
      const gap = memberGap(view, name, quarter, iso3) || 0;
      [low, high] = [Math.min(low, gap), Math.max(high, gap)];
    });
    return [-round(-low), round(Math.max(high, low ? 0 : 0.01))];
  });
}

const wideNames = (across, em) => across < em * 2.1;

function words(view, quarter) {
  const { film, chosen } = view;
  const two = sides(view);
  if (!two) return "There is no second scenario to compare with.";
  const kind = kindOfSeries(view, chosen.series);
  const values = gaps(view, chosen.series);
  const then = Math.min(quarter, values.length - 1);
  const most = [...values.keys()]
    .filter((q) => q <= then)
    .reduce((best, q) => (Math.abs(values[q]) > Math.abs(values[best]) ? q : best), 0);
  const sorted = shared(view)
    .map((member) => [member.name, memberGap(view, chosen.member, quarter, member.iso3)])
    .filter(([, v]) => Number.isFinite(v))
    .sort((p, q) => q[1] - p[1]);
  const member = OF_MEMBERS.find(([name]) => name === chosen.member)[1];
  const memberKind = kindOf(film.info(`members.${chosen.member}`), chosen.member);
  const ends = sorted.length
    ? [sorted[0], sorted[sorted.length - 1]].map(([name, v]) => `${name} (${change(v, memberKind)})`)
    : [];
  const now = sides(view).second.line(chosen.series)[then];
  return (
    `${film.dates[then]}: ${film.label(chosen.series).toLowerCase()} differs by ${change(values[then], kind)} ` +
    `(${two.title}; now ${write(now, kind)}); the gap was largest in ${film.dates[most]} ` +
    `(${change(values[most], kind)}). In ${member} most and least: ${listed(ends, 2)}.`
  );
}

function numbers(view, quarter) {
  const { film, chosen } = view;
  if (!sides(view)) return { columns: [], rows: [] };
  const values = gaps(view, chosen.series);
  const last = Math.min(quarter, values.length - 1);
  const rows = Array.from({ length: last + 1 }, (_, q) => [film.dates[q], values[q]]);
  const members = shared(view)
    .map(({ iso3 }) => [iso3, memberGap(view, chosen.member, quarter, iso3)])
    .sort((p, q) => p[1] - q[1]);
  return {
    columns: ["quarter or member", `difference in ${chosen.series}, or for members in ${chosen.member}`],
    rows: [...rows, ...members],
  };
}

export default picture({
  name: "difference",
  title: "The difference",
  idle: (view) => !view.b && !view.ghost,
  choices,
  height,
  draw,
  words,
  numbers,
});
