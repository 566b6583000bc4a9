// Integration against respect: where the region is, whence it came, and where it would be under another policy.

import { extremes, linear, room, ticks, years } from "./axes.js";
import { fanOf, steady } from "./courses.js";
import { picture } from "./frame.js";
import { whyThen } from "./lines.js";
import { el, fresh, label, put, say, shape, show, wide } from "./svg.js";
import { change, moved, tick, write } from "./words.js";

const AXES = ["integration", "respect"];
const LEAST = 0.1;

function height(width, em) {
  return Math.round(Math.min(width * 1.2, Math.max(em * 24, width * 0.62)));
}

function layout(view) {
  const { width, height: tall, em } = view;
  return { left: em * 2.6, right: width - em * 0.8, top: em * 1.6, bottom: tall - em * 3 };
}

/** The courses on the plane, the most important last. */
function travellers(view) {
  const { film, b, ghost, look } = view;
  const found = [];
  if (ghost) found.push({ key: "ghost", name: "baseline", from: ghost, how: look.baseline });
  if (b) found.push({ key: "b", name: "B", from: b, how: look.b });
  found.push({ key: "a", name: b ? "A" : "now", from: film, how: look.a });
  return found.filter(({ from }) => from.line("integration") && from.line("respect"));
}

function scales(view, box) {
  const fans = ["a", "b"].flatMap((which) => AXES.map((axis) => fanOf(view, which, axis)));
  return AXES.map((axis, k) => {
    const all = travellers(view).map(({ from }) => from.line(axis));
    const ends = [fans[k], fans[k + 2]]
      .filter(Boolean)
      .flatMap((fan) => [fan.last || [], fan.q25.slice(-1), fan.q75.slice(-1)]);
    const limits = steady(
      view,
      `${view.film.header.scenario} plane ${axis}`,
      room(extremes([...all, ...ends]), LEAST, [0, 1]),
    );
    return k === 0 ? linear(...limits, box.left, box.right) : linear(...limits, box.bottom, box.top);
  });
}

function frame(view, box, x, y) {
  const { svg, look, small, em } = view;
  const group = el("g", {}, svg);
  for (const v of ticks(x.low, x.high, Math.max(Math.floor((box.right - box.left) / (em * 5)), 2))) {
    el("line", { x1: x(v), x2: x(v), y1: box.top, y2: box.bottom, stroke: look.hair }, group);
    label(group, x(v), box.bottom + small * 1.3, tick(v, "index"), { size: small, fill: look.soft, anchor: "middle" });
  }
  for (const v of ticks(y.low, y.high, Math.max(Math.floor((box.bottom - box.top) / (em * 3.5)), 2))) {
    el("line", { x1: box.left, x2: box.right, y1: y(v), y2: y(v), stroke: look.hair }, group);
    label(group, box.left - 6, y(v) + small * 0.35, tick(v, "index"), { size: small, fill: look.soft, anchor: "end" });
  }
  const size = em * 0.95;
  label(group, box.right, box.bottom + small * 1.3 + size * 1.2, "Integration →", {
    size,
    fill: look.ink,
    weight: 700,
    anchor: "end",
  });
  label(group, 0, em, "↑ Respect", { size, fill: look.ink, weight: 700 });
}

/** Where the background runs ended: faint dots, and the box that holds the middle half of them in each direction. */
function ends(view, x, y) {
  const { svg, look, em } = view;
  for (const [which, how] of [
    ["b", look.b],
    ["a", look.a],
  ]) {
    const [across, up] = AXES.map((axis) => fanOf(view, which, axis));
    if (!across || !up) continue;
    const group = el("g", { class: `ends ends-${which}` }, svg);
    (across.last && up.last ? [...across.last] : []).forEach((v, run) => {
      el(
        "path",
        { d: shape(how.shape, x(v), y(up.last[run]), em * 0.16), fill: how.color, "fill-opacity": 0.35 },
        group,
      );
    });
    const last = across.q25.length - 1;
    const [left, right, low, high] = [x(across.q25[last]), x(across.q75[last]), y(up.q25[last]), y(up.q75[last])];
    el(
      "rect",
      {
        x: left,
        y: high,
        width: Math.max(right - left, 1),
        height: Math.max(low - high, 1),
        fill: how.color,
        "fill-opacity": 0.08,
        stroke: how.color,
        "stroke-width": 1.2,
        "stroke-dasharray": how.dash || null,
        "stroke-opacity": 0.8,
      },
      group,
    );
  }
}

/** Places on the plane, quarter by quarter; where there is none, the last that was known. */
function spotsOf(from, x, y) {
  const [across, up] = AXES.map((axis) => from.line(axis));
  let last = [x(x.low), y(y.low)];
  return Array.from({ length: from.until }, (_, quarter) => {
    const place = [x(across[quarter]), y(up[quarter])].map((v) => Math.round(v * 10) / 10);
    if (place.every(Number.isFinite)) last = place;
    return last;
  });
}

/** The line behind a moving point: points are written once, and as many of them shown as quarters have passed. */
function trail(view, parent, over, x, y, { from, how, key, name }) {
  const { look, em } = view;
  const spots = spotsOf(from, x, y);
  const line = el(
    "polyline",
    {
      fill: "none",
      stroke: how.color,
      "stroke-width": (key === "ghost" ? 1.8 : 2.6) * view.pen,
      "stroke-dasharray": how.dash || null,
      "stroke-linejoin": "round",
      "stroke-opacity": key === "ghost" ? 0.9 : 0.75,
    },
    parent,
  );
  const stations = years(from.dates, 5).map(([quarter, year]) => {
    const [px, py] = spots[Math.min(quarter, spots.length - 1)];
    const node = el("g", {}, parent);
    el("circle", { cx: px, cy: py, r: em * 0.17, fill: look.card, stroke: how.color, "stroke-width": 1.5 }, node);
    if (key === "a") {
      label(node, px, py - em * 0.4, year, {
        size: view.small,
        fill: look.soft,
        anchor: "middle",
        stroke: look.card,
        "stroke-width": 3,
        "paint-order": "stroke",
      });
    }
    return [quarter, node, px, py];
  });
  const dot = el(
    "path",
    {
      d: shape(how.shape, 0, 0, em * (key === "ghost" ? 0.4 : 0.6)),
      fill: key === "ghost" ? look.card : how.color,
      stroke: key === "ghost" ? how.color : look.card,
      "stroke-width": 2,
    },
    parent,
  );
  const text = label(over, 0, 0, name, {
    size: em,
    fill: how.text,
    weight: 700,
    stroke: look.card,
    "stroke-width": 4,
    "paint-order": "stroke",
    "stroke-linejoin": "round",
  });
  return (quarter) => {
    const now = Math.min(quarter, from.until - 1);
    const [px, py] = spots[now];
    put(line, "points", spots.slice(0, now + 1).join(" "));
    stations.forEach(([at, node, sx, sy]) => show(node, at <= now && Math.hypot(sx - px, sy - py) > em * 1.6));
    put(dot, "transform", `translate(${px} ${py})`);
    const turn = px + em * 1.2 + wide(name, em, 700) > view.width;
    put(text, "text-anchor", turn ? "end" : "start");
    put(text, "x", (px + (turn ? -0.9 : 0.9) * em).toFixed(1));
    put(text, "y", (py + em * (key === "a" ? 1.1 : -0.5)).toFixed(1));
    return [px, py];
  };
}

/** The date, large, in the corner where fewest points lie. */
function dateLabel(view, box, x, y) {
  const { svg, look, em } = view;
  const [across, up] = [em * 8, em * 2.4];
  const spots = travellers(view).flatMap(({ from }) => spotsOf(from, x, y));
  const corners = [1, -1]
    .flatMap((down) => [1, -1].map((right) => ({ right, down })))
    .map(({ right, down }) => {
      const left = right > 0 ? box.right - across : box.left;
      const top = down > 0 ? box.top : box.bottom - up;
      const hits = spots.filter(([px, py]) => px > left && px < left + across && py > top && py < top + up).length;
      return {
        hits,
        x: right > 0 ? box.right - 4 : box.left + 6,
        y: top + em * 1.5,
        anchor: right > 0 ? "end" : "start",
      };
    });
  const best = corners.reduce((one, other) => (other.hits < one.hits ? other : one));
  return label(svg, best.x, best.y, "", { size: em * 1.6, fill: look.faint, weight: 700, anchor: best.anchor });
}

function draw(view) {
  const { svg, film, b, look, em } = view;
  const box = layout(view);
  const [x, y] = scales(view, box);
  frame(view, box, x, y);
  ends(view, x, y);
  const id = fresh("head");
  const tip = el(
    "marker",
    { id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" },
    el("defs", {}, svg),
  );
  el("path", { d: "M0 0L10 5L0 10Z", fill: look.ink }, tip);
  const over = el("g");
  const moving = travellers(view).map((each) => ({
    ...each,
    go: trail(view, el("g", { class: `trail trail-${each.key}` }, svg), over, x, y, each),
  }));
  const arrow = el("line", { stroke: look.ink, "stroke-width": 2 * view.pen, "marker-end": `url(#${id})` }, svg);
  svg.append(over);
  const date = dateLabel(view, box, x, y);
  const pad = el(
    "rect",
    { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, fill: "transparent" },
    svg,
  );
  let last = 0;
  const at = (event) => {
    const seen = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - seen.left, event.clientY - seen.top];
    return [closest(film, x, y, px, py, last), px, py];
  };
  pad.addEventListener("pointermove", (event) => {
    const [nearest, px, py] = at(event);
    const told = AXES.map((axis) => `${axis} ${write(film.line(axis)[nearest], "index")}`).join(", ");
    view.tip(`${film.dates[nearest]}: ${told}\nclick: why?`, px, py);
  });
  pad.addEventListener("click", (event) => whyThen(view.stage, at(event)[0]));
  pad.addEventListener("pointerleave", () => view.tip(""));
  return (quarter) => {
    last = quarter;
    say(date, film.dates[quarter]);
    const spots = Object.fromEntries(moving.map((each) => [each.key, each.go(quarter)]));
    const to = b && spots.b;
    const far = to ? Math.hypot(to[0] - spots.a[0], to[1] - spots.a[1]) : 0;
    show(arrow, far > em * 1.8);
    if (far <= em * 1.8) return;
    const cut = (em * 0.8) / far;
    const mix = (k, share) => (spots.a[k] + (to[k] - spots.a[k]) * share).toFixed(1);
    put(arrow, "x1", mix(0, cut));
    put(arrow, "y1", mix(1, cut));
    put(arrow, "x2", mix(0, 1 - cut));
    put(arrow, "y2", mix(1, 1 - cut));
  };
}

function closest(film, x, y, px, py, last) {
  const [across, up] = AXES.map((axis) => film.line(axis));
  let [best, least] = [0, Infinity];
  for (let quarter = 0; quarter <= last; quarter += 1) {
    const far = Math.hypot(x(across[quarter]) - px, y(up[quarter]) - py);
    if (far < least) [best, least] = [quarter, far];
  }
  return best;
}

function words(view, quarter) {
  const { film, b, ghost } = view;
  const now = AXES.map((axis) => film.line(axis)[quarter]);
  const course = AXES.map((axis) => `${axis} ${moved(film.line(axis)[0], film.line(axis)[quarter], "index")}`).join(
    " and ",
  );
  const place = AXES.map((axis, k) => `${axis} ${write(now[k], "index")}`).join(", ");
  const first = `${film.dates[quarter]}: ${place}. Since ${film.dates[0]}, ${course}.`;
  const other = b || ghost;
  if (!other) return first;
  const sign = b ? 1 : -1;
  const gaps = AXES.map(
    (axis, k) =>
      `${change(sign * (other.line(axis)[Math.min(quarter, other.until - 1)] - now[k]), "index")} in ${axis}`,
  );
  return `${first} ${b ? "B differs by" : "Against the baseline:"} ${gaps.join(" and ")}.`;
}

function numbers(view, quarter) {
  const all = travellers(view).reverse();
  const columns = ["quarter", ...all.flatMap(({ key }) => AXES.map((axis) => `${axis} ${key}`))];
  const rows = Array.from({ length: quarter + 1 }, (_, q) => [
    view.film.dates[q],
    ...all.flatMap(({ from }) => AXES.map((axis) => (q < from.until ? from.line(axis)[q] : null))),
  ]);
  return { columns, rows };
}

export default picture({ name: "plane", title: "Integration against respect", height, draw, words, numbers });
