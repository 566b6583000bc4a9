// Every member is one tile of the same size: its shape says how it stands, its color how it feels.

import { inkOn } from "../palette.js";
import { picture } from "./frame.js";
import { legend, legendHeight } from "./legend.js";
import { hatching, standingOf, STANDINGS, token } from "./standing.js";
import { el, fresh, label, put, say, shape, show, wide } from "./svg.js";
import { change, counted, kindOf, listed, shortChange, tick, write } from "./words.js";

const COLORS = [
  ["trust", "Trust"],
  ["grievance", "Grievance"],
  ["implementation", "Implementation"],
  ["challenger", "Challenger vote"],
];
const YEAR = 4;
/** Least change over a year, of the span of the scale, that is a trend. */
const TREND = 0.03;

function choices({ film, b }) {
  const has = COLORS.filter(([name]) => film.info(`members.${name}`));
  const color = { key: "color", label: "Color", options: has, initial: has[0][0], shared: "colour" };
  if (!b) return [color];
  return [
    color,
    {
      key: "shown",
      label: "Show",
      options: [
        ["a", "A"],
        ["b", "B"],
        ["apart", "B less A"],
      ],
      initial: "apart",
    },
  ];
}

function grid(film, width, em) {
  const xs = film.members.map((member) => member.x);
  const ys = film.members.map((member) => member.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const columns = Math.max(...xs) - left + 1;
  const lines = Math.max(...ys) - top + 1;
  const cell = Math.min(width / columns, em * 6.2);
  return {
    columns,
    lines,
    cell,
    x: (m) => (width - cell * columns) / 2 + (m.x - left + 0.5) * cell,
    y: (m) => (m.y - top + 0.5) * cell,
  };
}

/** What colors the tiles: the quantity, its kind, its limits over all films, and a color for a value. */
function coloring(view) {
  const { film, b, look, chosen } = view;
  const name = chosen.color;
  const kind = kindOf(film.info(`members.${name}`));
  const apart = Boolean(b) && chosen.shown === "apart";
  const other = b && chosen.shown === "b" ? b : film;
  const values = [film, b].filter(Boolean).map((each) => within(each, name));
  if (!apart) {
    const [low, high] = rounded(most(values));
    return { name, kind, apart, film: other, low, high, color: (v) => look.sequential(name, (v - low) / (high - low)) };
  }
  const far = Math.max(largestGap(film, b, name), 0.02);
  return { name, kind, apart, film, low: -far, high: far, color: (v) => look.diverging(v / far) };
}

/** Where all but one in fifty of the values lie, so that one odd state does not take the color from the others. */
function most(arrays) {
  const sorted = arrays
    .flatMap((values) => [...values])
    .filter(Number.isFinite)
    .sort((p, q) => p - q);
  if (!sorted.length) return [0, 1];
  return [sorted[Math.floor(sorted.length * 0.01)], sorted[Math.ceil(sorted.length * 0.99) - 1]];
}

function rounded([low, high]) {
  const [bottom, top] = [Math.floor(low * 20 + 1e-9) / 20, Math.ceil(high * 20 - 1e-9) / 20];
  return top - bottom < 0.1 ? [bottom, bottom + 0.1] : [bottom, top];
}

/** Values of those inside: what is outside shows its number but no color. */
function within(film, name) {
  const values = film.values(`members.${name}`);
  const count = film.members.length;
  return values ? Array.from(values, (v, k) => (film.inside(Math.floor(k / count), k % count) ? v : NaN)) : [];
}

function largestGap(film, b, name) {
  const [one, other] = [within(film, name), within(b, name)];
  return one.reduce((far, v, k) => Math.max(far, Math.abs(other[k] - v) || 0), 0);
}

function valueOf(view, how, quarter, row) {
  const { film, b } = view;
  if (!how.apart) return how.film.at(how.name, Math.min(quarter, how.film.until - 1), row);
  return b.at(how.name, Math.min(quarter, b.until - 1), row) - film.at(how.name, quarter, row);
}

function draw(view) {
  const { svg, film, look, width, em, stage } = view;
  const how = coloring(view);
  const place = grid(film, width, em);
  const hatch = fresh("hatch");
  hatching(el("defs", {}, svg), hatch, look.ink, Math.max(place.cell * 0.1, 5));
  const group = el("g", { role: "group", "aria-label": "Members" }, svg);
  const tiles = film.members.map((member, row) => tile(view, group, place, hatch, member, row));
  roving(
    tiles.map((each) => each.node),
    film.members,
    place,
  );
  const ring = el("path", { fill: "none", stroke: look.focus, "stroke-width": Math.max(place.cell * 0.06, 3) }, svg);
  const count = key(view, how, place.lines * place.cell + em * 0.9);
  view.how = how;
  return (quarter) => {
    const counts = {};
    film.members.forEach((member, row) => {
      const word = how.film.word("standing", Math.min(quarter, how.film.until - 1), row);
      counts[word] = (counts[word] || 0) + 1;
      tiles[row].turn(how, quarter, word, valueOf(view, how, quarter, row), trend(view, how, quarter, row));
    });
    count(counts);
    const row = film.rows.get(stage.selected);
    show(ring, row !== undefined);
    if (row !== undefined) {
      put(ring, "d", shape("square", place.x(film.members[row]), place.y(film.members[row]), place.cell * 0.545));
    }
    if (!stage.playing) tiles.forEach((each) => each.speak());
  };
}

function trend(view, how, quarter, row) {
  if (how.apart) return 0;
  const then = Math.max(quarter - YEAR, 0);
  const moved = how.film.at(how.name, quarter, row) - how.film.at(how.name, then, row);
  return Math.abs(moved) < TREND * (how.high - how.low) ? 0 : Math.sign(moved);
}

function tile(view, parent, place, hatch, member, row) {
  const { look, stage } = view;
  const { cell } = place;
  const [x, y] = [place.x(member), place.y(member)];
  const node = el(
    "g",
    { transform: `translate(${x} ${y})`, tabindex: -1, role: "button", class: "tile", "data-member": member.iso3 },
    parent,
  );
  const turnBody = token(node, cell * 0.46, look, hatch);
  const big = cell * 0.29;
  label(node, 0, cell * 0.03, member.iso3, { size: big, weight: 700, anchor: "middle" });
  // Beside the button, whose name says all of it in words.
  const over = el("g", { transform: `translate(${x} ${y})`, "aria-hidden": true, "pointer-events": "none" }, parent);
  const figure = label(over, 0, cell * 0.32, "", { size: cell * 0.21, anchor: "middle" });
  const arrow = el("path", {}, over);
  const alarm = label(over, -cell * 0.34, -cell * 0.22, "!", { size: cell * 0.25, weight: 900, anchor: "middle" });
  show(alarm, false);
  let said = "";
  const select = () => stage.set("selected", stage.selected === member.iso3 ? null : member.iso3);
  node.addEventListener("click", select);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    select();
  });
  const tell = () => view.tip(said, x + cell * 0.4, y);
  node.addEventListener("pointerenter", tell);
  node.addEventListener("focus", tell);
  node.addEventListener("pointerleave", () => view.tip(""));
  node.addEventListener("blur", () => view.tip(""));
  let now = null;
  return {
    node,
    turn(how, quarter, word, value, way) {
      const color = how.color(value);
      const ink = standingOf(word).filled ? inkOn(color) : look.ink;
      turnBody(word, color, ink);
      put(node, "fill", ink);
      put(over, "fill", ink);
      const digits = how.apart ? shortChange(value, how.kind) : write(value, how.kind).replace(/\s%/, "");
      say(figure, digits);
      put(figure, "x", way ? -cell * 0.06 : 0);
      show(arrow, way !== 0);
      if (way) {
        put(
          arrow,
          "d",
          shape(way > 0 ? "triangle" : "down", wide(digits, cell * 0.21) / 2 + cell * 0.05, cell * 0.25, cell * 0.07),
        );
      }
      const threat = how.film.at("threat", Math.min(quarter, how.film.until - 1), row) > 0 && !how.apart;
      show(alarm, threat);
      now = [how, quarter, word, value, way, threat];
      if (!stage.playing) said = sentence(...now);
    },
    speak() {
      said = sentence(...now);
      put(node, "aria-label", `${member.iso3} ${said}`);
      put(node, "aria-pressed", stage.selected === member.iso3);
    },
  };
  function sentence(how, quarter, word, value, way, threat) {
    const amount = how.apart ? `${change(value, how.kind)} in B` : write(value, how.kind);
    const course = way ? (way > 0 ? ", rising" : ", falling") : "";
    const quantity = COLORS.find(([name]) => name === how.name)[1].toLowerCase();
    const alarmed = threat ? ", threatens to leave" : "";
    return `${member.name}: ${standingOf(word).word}, ${quantity} ${amount}${course}${alarmed}`;
  }
}

/** One stop for the tab key; arrows go to the nearest tile that way. */
function roving(nodes, members, place) {
  if (nodes.length) nodes[0].setAttribute("tabindex", 0);
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  nodes.forEach((node, row) =>
    node.addEventListener("keydown", (event) => {
      const way = ways[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      const next = nearest(members, row, way);
      if (next === null) return;
      node.setAttribute("tabindex", -1);
      nodes[next].setAttribute("tabindex", 0);
      nodes[next].focus();
    }),
  );
}

function nearest(members, row, [dx, dy]) {
  let [best, least] = [null, Infinity];
  members.forEach((member, other) => {
    const along = (member.x - members[row].x) * dx + (member.y - members[row].y) * dy;
    const aside = Math.abs((member.x - members[row].x) * dy) + Math.abs((member.y - members[row].y) * dx);
    const far = along + 2.5 * aside;
    if (along > 0 && far < least) [best, least] = [other, far];
  });
  return best;
}

/** The scale of color, and how many members stand how. */
function key(view, how, top) {
  const { svg, look, width, em } = view;
  const size = em * 0.86;
  const group = el("g", { transform: `translate(0 ${top})` }, svg);
  const title = how.apart
    ? `${COLORS.find(([n]) => n === how.name)[1]}, B less A`
    : COLORS.find(([n]) => n === how.name)[1];
  label(group, 0, size, title, { size, fill: look.ink, weight: 700 });
  const from = Math.min(wide(title, size, 700) + em * 1.1, width * 0.5);
  const text = (v) => (how.apart ? shortChange(v, how.kind) : tick(v, how.kind));
  const low = text(Number(how.low.toFixed(2)));
  label(group, from, size, low, { size, fill: look.soft });
  const start = from + wide(low, size) + em * 0.4;
  const bar = Math.min(em * 9, width - start - em * 3.5);
  for (let k = 0; k < 12; k += 1) {
    const v = how.low + ((k + 0.5) / 12) * (how.high - how.low);
    el(
      "rect",
      { x: start + (bar * k) / 12, y: size * 0.05, width: bar / 12 + 0.5, height: size * 1.1, fill: how.color(v) },
      group,
    );
  }
  label(group, start + bar + em * 0.4, size, text(Number(how.high.toFixed(2))), { size, fill: look.soft });
  const present = standings(view);
  const hatch = fresh("hatch");
  hatching(el("defs", {}, group), hatch, look.ink, 5);
  const texts = legend(view, group, em * 1.7, present.map(spaced), (parent, k, x, y) => {
    const sample = el("g", { transform: `translate(${x + em * 0.6} ${y})` }, parent);
    token(sample, em * 0.55, look, hatch, { markAt: [0, 0], markSize: em * 0.32 })(present[k], look.wash, look.ink);
  });
  return (counts) => texts.forEach((node, k) => say(node, `${present[k]} ${counts[present[k]] || 0}`));
}

/** Standings that occur in any of the films. */
function standings({ film, b }) {
  return Object.keys(STANDINGS).filter((word) => [film, b].filter(Boolean).some((each) => occurs(each, word)));
}

const spaced = (word) => `${word} 555`;

function occurs(film, word) {
  const info = film.info("members.standing");
  const number = info && info.words ? info.words.indexOf(word) : -1;
  return number >= 0 && film.values("members.standing").includes(number);
}

function words(view, quarter) {
  const { film, how } = view;
  const rows = film.members.map((member, row) => [
    member.name,
    valueOf(view, how, quarter, row),
    how.film.word("standing", quarter, row),
    row,
  ]);
  const inside = rows.filter(([, , , row]) => how.film.inside(quarter, row)).sort((p, q) => q[1] - p[1]);
  const odd = rows.filter(([, , word]) => word !== "member").map(([name, , word]) => `${name} (${word})`);
  const quantity = COLORS.find(([name]) => name === how.name)[1];
  const said = (v) => (how.apart ? change(v, how.kind) : write(v, how.kind));
  const first = `${film.dates[quarter]}: ${counted(inside.length, "state")} inside.`;
  if (!inside.length) return first;
  const [top, last] = [inside[0], inside[inside.length - 1]];
  const what = `${quantity}${how.apart ? " in B less A" : ""}`;
  const ends = `${what} is highest in ${top[0]} (${said(top[1])}) and lowest in ${last[0]} (${said(last[1])}).`;
  return `${first} ${ends}${odd.length ? ` Not a plain member: ${listed(odd, 5)}.` : ""}`;
}

function numbers(view, quarter) {
  const { film, b, how } = view;
  const columns = ["iso3", "name", "standing", how.name, "a year before"];
  const then = Math.max(quarter - YEAR, 0);
  const rows = film.members.map((member, row) => [
    member.iso3,
    member.name,
    how.film.word("standing", quarter, row),
    how.film.at(how.name, quarter, row),
    how.film.at(how.name, then, row),
    ...(b
      ? [b.word("standing", Math.min(quarter, b.until - 1), row), b.at(how.name, Math.min(quarter, b.until - 1), row)]
      : []),
  ]);
  return { columns: b ? [...columns, "standing in B", `${how.name} in B`] : columns, rows };
}

export default picture({
  name: "tiles",
  title: "Members",
  choices,
  height: (width, em, view) => {
    const place = grid(view.film, width, em);
    return Math.ceil(place.lines * place.cell + em * 2.8 + legendHeight(standings(view).map(spaced), width, em));
  },
  draw,
  words,
  numbers,
});
