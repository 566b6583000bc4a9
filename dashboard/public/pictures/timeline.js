// What was done and what struck: levers by their strength, each move marked, and shocks beneath, lane by lane.

import { timeAxis } from "./axes.js";
import { picture } from "./frame.js";
import { curtain, shockName } from "./lines.js";
import { el, fitted, label, put, say, shape, show, wide } from "./svg.js";
import { counted, listed, readable } from "./words.js";

const KINDS = [
  "economic",
  "debt",
  "migration",
  "pandemic",
  "security",
  "disinformation",
  "energy",
  "coup",
  "referendum",
  "sanction",
];

/** Levers at work in A or in B: [{name, a: column or -1, b: column or -1}]. */
function levers({ film, b }) {
  const names = [...new Set([...(film.header.levers || []), ...((b && b.header.levers) || [])])];
  const column = (from, name) => (from ? (from.header.levers || []).indexOf(name) : -1);
  return names.map((name) => ({ name, a: column(film, name), b: column(b, name) }));
}

function shockKinds({ film }) {
  const found = [...new Set(film.shocks.map(({ kind }) => kind))];
  return found.sort((p, q) => KINDS.indexOf(p) - KINDS.indexOf(q));
}

/** Moves of a film: the user's, and those that the organization made by itself: [{quarter, lever, value, own}]. */
function movesOf(film) {
  const asked = (film.header.moves || []).map(([when, path, value]) => ({
    quarter: typeof when === "number" ? when : film.dates.indexOf(when),
    path,
    lever: path.split(".")[1],
    value,
    own: false,
  }));
  const policy = film.header.policy || { columns: [], rows: [] };
  const at = (name) => policy.columns.indexOf(name);
  const own = policy.rows.map((row) => {
    const when = row[at("quarter")];
    const quarter = typeof when === "number" ? when : film.dates.indexOf(when);
    return {
      quarter,
      lever: row[at("lever")],
      value: row[at("after")],
      before: row[at("before")],
      why: row[at("because")],
      own: true,
    };
  });
  return [...asked, ...own].filter(({ quarter }) => quarter >= 0);
}

const laneHeight = (em, lanes) => Math.min(Math.max((em * 32) / lanes, em * 1.15), em * 1.75);

function layout(view) {
  const { width, em } = view;
  const rows = levers(view).length;
  const shocks = shockKinds(view).length;
  const lane = laneHeight(em, Math.max(rows + shocks, 1));
  const left = width > em * 32 ? em * 10 : em * 7;
  const second = em * 1.6 + rows * lane + em * 1.8;
  return { left, right: width - em * 2.8, top: em * 1.6, second, bottom: second + shocks * lane + em * 0.2, lane };
}

function draw(view) {
  const { svg, film, b, look, em, small } = view;
  const box = layout(view);
  const group = el("g", {}, svg);
  label(group, 0, em, "Levers", { size: em * 0.95, fill: look.ink, weight: 700 });
  label(group, 0, box.second - em * 0.55, "Shocks", { size: em * 0.95, fill: look.ink, weight: 700 });
  const x = timeAxis(view, group, box);
  const clip = curtain(view, box, x);
  const rows = levers(view);
  const figures = rows.map((lever, k) => {
    lane(view, group, x, clip.url, box, lever, box.top + k * box.lane);
    return label(group, box.right + em * 0.4, box.top + (k + 0.5) * box.lane + em * 0.3, "", {
      size: em * 0.9,
      fill: look.a.text,
      weight: 700,
    });
  });
  const named = shockLanes(view, group, x, clip.url, box);
  const marks = [[film, look.a, ""], ...(b ? [[b, look.b, "B: "]] : [])].flatMap(([from, how, whose]) =>
    movesOf(from).map((move) => {
      const k = rows.findIndex(({ name }) => name === move.lever);
      const y = k < 0 ? box.top - em * 0.4 : box.top + (k + 0.5) * box.lane;
      const node = el(
        "path",
        {
          d: shape(move.own ? "triangle" : "diamond", x(move.quarter), y, em * 0.42),
          fill: how.color,
          stroke: look.card,
          "stroke-width": 1.5,
        },
        group,
      );
      return { ...move, node, whose };
    }),
  );
  const now = el("line", { y1: box.top, y2: box.bottom, stroke: look.faint }, group);
  if (!rows.length) label(group, box.left, em, "none is at work", { size: small, fill: look.soft });
  let last = 0;
  const pad = el(
    "rect",
    { x: 0, y: box.top, width: box.right, height: Math.max(box.bottom - box.top, 1), fill: "transparent" },
    svg,
  );
  pad.addEventListener("pointermove", (event) => {
    const seen = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - seen.left, event.clientY - seen.top];
    view.tip(told(view, box, rows, marks, Math.min(Math.max(Math.round(x.back(px)), 0), last), py), px, py);
  });
  pad.addEventListener("pointerleave", () => view.tip(""));
  return (quarter) => {
    last = quarter;
    clip.to(quarter);
    put(now, "x1", x(quarter));
    put(now, "x2", x(quarter));
    named(quarter);
    rows.forEach((lever, k) => say(figures[k], figure(strength(film, lever.a, quarter))));
    for (const { node, quarter: when } of marks) put(node, "opacity", when <= quarter ? 1 : 0.25);
  };
}

/** A lever's strength as the height of a bar: what is planned faint, what has been full; B as a line. */
function lane(view, parent, x, clip, box, lever, top) {
  const { film, b, look, em } = view;
  const size = Math.min(em * 0.9, box.lane * 0.72);
  label(parent, 0, top + box.lane * 0.5 + size * 0.35, fitted(readable(lever.name), size, box.left - em * 0.5), {
    size,
    fill: look.ink,
  });
  el(
    "line",
    { x1: box.left, x2: box.right, y1: top + box.lane - 2, y2: top + box.lane - 2, stroke: look.hair },
    parent,
  );
  const high = box.lane - 6;
  const base = top + box.lane - 2;
  if (lever.a >= 0) {
    const path = staircase(film, lever.a, x, base, high, true);
    el("path", { d: path, fill: look.a.color, "fill-opacity": 0.18 }, parent);
    el("path", { d: path, fill: look.a.color, "fill-opacity": 0.8, "clip-path": clip }, parent);
  }
  if (b && lever.b >= 0) {
    el(
      "path",
      {
        d: staircase(b, lever.b, x, base, high, false),
        fill: "none",
        stroke: look.b.color,
        "stroke-width": 2.2,
        "stroke-dasharray": look.b.dash,
        "clip-path": clip,
      },
      parent,
    );
  }
}

function strength(film, column, quarter) {
  const values = film.values("levers.strength");
  return column < 0 || !values ? 0 : values[quarter * film.header.levers.length + column];
}

const figure = (v) => (v === 0 ? "off" : String(Number(v.toFixed(2))).replace("-", "−"));

function staircase(film, column, x, base, high, filled) {
  const steps = Array.from({ length: film.until }, (_, quarter) => seen(strength(film, column, quarter), high));
  let path = `M${x(0).toFixed(1)} ${filled ? base : (base - steps[0] * high).toFixed(1)}`;
  steps.forEach((v, quarter) => {
    if (quarter > 0 && v === steps[quarter - 1]) return;
    path += `H${x(quarter).toFixed(1)}V${(base - v * high).toFixed(1)}`;
  });
  return `${path}H${x(film.until - 1).toFixed(1)}${filled ? `V${base}Z` : ""}`;
}

/** Share of a lane's height: full strength fills it, the least strength can still be seen. */
function seen(v, high) {
  const share = Math.min(Math.abs(v), 1);
  return share > 0 ? Math.max(share, 3 / high) : 0;
}

/** Shocks by kind: height is size, a word where there is room; those of a few members are hatched by their outline. */
function shockLanes(view, parent, x, clip, box) {
  const { film, look, em, small } = view;
  const size = em * 0.85;
  const said = [];
  shockKinds(view).forEach((kind, k) => {
    const top = box.second + k * box.lane;
    label(parent, 0, top + box.lane * 0.5 + size * 0.35, readable(kind), { size, fill: look.ink });
    el(
      "line",
      { x1: box.left, x2: box.right, y1: top + box.lane - 2, y2: top + box.lane - 2, stroke: look.hair },
      parent,
    );
    const drawn = el("g", { "clip-path": clip }, parent);
    const these = film.shocks.filter((each) => each.kind === kind);
    these.forEach((shock, at) => {
      const [from, to] = [x(shock.from), x(Math.min((shock.until ?? shock.from) + 1, film.quarters - 1))];
      const high = (box.lane - 6) * Math.min(Math.max(shock.size || 1, 0.25), 2) * 0.5;
      const some = shock.members && shock.members.length < film.members.length;
      el(
        "rect",
        {
          x: from,
          y: top + box.lane - 2 - high,
          width: Math.max(to - from, 3),
          height: high,
          fill: look.ink,
          "fill-opacity": some ? 0.14 : 0.42,
          stroke: some ? look.soft : "none",
          "stroke-dasharray": some ? "3 2" : null,
        },
        drawn,
      );
      const room =
        Math.min(
          ...these
            .slice(at + 1)
            .map((other) => x(other.from))
            .filter((start) => start > from),
          box.right,
        ) - to;
      const name = shockName(shock);
      const free = these.every(
        (other) => other === shock || other.from > shock.from || (other.until ?? other.from) < shock.from,
      );
      if (name !== kind && free && wide(name, small) < room - 6) {
        const node = label(parent, to + 4, top + box.lane * 0.5 + small * 0.35, name, { size: small, fill: look.soft });
        said.push([shock.from, node]);
      }
    });
  });
  return (quarter) => said.forEach(([from, node]) => show(node, from <= quarter));
}

/** What a move did, in words. */
function deed({ own, value, why, path }) {
  return own ? `set to ${value} by itself, because ${why}` : `${path.split(".").slice(2).join(".")} set to ${value}`;
}

function told(view, box, rows, marks, quarter, y) {
  const { film, b } = view;
  const when = film.dates[quarter];
  if (y < box.second) {
    const lever = rows[Math.floor((y - box.top) / box.lane)];
    if (!lever) return "";
    const moved = marks
      .filter((move) => move.lever === lever.name && move.quarter <= quarter)
      .map((move) => `\n${move.whose}${film.dates[move.quarter]}: ${deed(move)}`);
    const inB = b ? `, in B ${strength(b, lever.b, Math.min(quarter, b.until - 1)).toFixed(2)}` : "";
    const now = `${readable(lever.name)} ${strength(film, lever.a, quarter).toFixed(2)}`;
    return `${when}: ${now}${inB}${moved.slice(-3).join("")}`;
  }
  const kind = shockKinds(view)[Math.floor((y - box.second) / box.lane)];
  const acting = film.shocks.filter(
    (shock) => shock.kind === kind && shock.from <= quarter && quarter <= (shock.until ?? shock.from),
  );
  if (!acting.length) return "";
  const lines = acting.map((shock) => `${shockName(shock)}, size ${shock.size}, ${whom(film, shock)}`);
  return `${when}: ${lines.join("\n")}`;
}

function whom(film, { members }) {
  if (!members || members.length === film.members.length) return "all members";
  return listed(
    members.map((row) => film.members[row].name),
    6,
  );
}

function words(view, quarter) {
  const { film, b } = view;
  const on = (from, which) =>
    levers(view)
      .filter((lever) => strength(from, lever[which], Math.min(quarter, from.until - 1)) !== 0)
      .map(({ name }) => readable(name).toLowerCase());
  const moves = movesOf(film).filter((move) => move.quarter <= quarter);
  const acting = film.shocks.filter((shock) => shock.from <= quarter && quarter <= (shock.until ?? shock.from));
  const inB = b ? `; in B ${listed(on(b, "b"), 9)}` : "";
  const mine = `${film.dates[quarter]}: at work are ${listed(on(film, "a"), 9)}${inB}.`;
  const past = moves.length
    ? ` ${counted(moves.length, "move")} so far, the last in ${film.dates[moves[moves.length - 1].quarter]}.`
    : "";
  return `${mine}${past} Shocks now: ${listed(acting.map(shockName), 5)}.`;
}

function numbers(view, quarter) {
  const { film, b } = view;
  const rows = levers(view);
  const columns = [
    "quarter",
    ...rows.map(({ name }) => name),
    ...(b ? rows.map(({ name }) => `${name} in B`) : []),
    "shocks",
  ];
  const lines = Array.from({ length: quarter + 1 }, (_, q) => [
    film.dates[q],
    ...rows.map((lever) => strength(film, lever.a, q)),
    ...(b ? rows.map((lever) => strength(b, lever.b, Math.min(q, b.until - 1))) : []),
    film.shocks
      .filter((shock) => shock.from <= q && q <= (shock.until ?? shock.from))
      .map(shockName)
      .join("; "),
  ]);
  return { columns, rows: lines };
}

export default picture({
  name: "timeline",
  title: "Levers and shocks",
  wide: true,
  height: (width, em, view) => Math.ceil(layout({ ...view, width, em }).bottom + em * 2),
  draw,
  words,
  numbers,
});
