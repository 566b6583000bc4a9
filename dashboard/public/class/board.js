// The board of a class's runs: integration against respect, how outcomes spread, who came nearest, and by which levers.

import { linear, room, ticks } from "../pictures/axes.js";
import { el, label, shape } from "../pictures/svg.js";
import { palette } from "../palette.js";
import { lookOf, said, words } from "./parts.js";

const WIDTH = 900;
const HEIGHT = 700;
const TEXT = 26; // of a picture 900 wide: read from the back of a room

function node(name, className, parent, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (parent) parent.appendChild(made);
  return made;
}

function svgIn(parent, width, height, title) {
  return el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "cl-drawn", "aria-label": title }, parent);
}

const finite = (values) => values.filter((v) => v !== null && v !== undefined && Number.isFinite(v));
const limits = (values, least) => room([Math.min(...values), Math.max(...values)], least);

function markOf(kind, look, parent) {
  const box = el("svg", { viewBox: "-12 -12 24 24", class: "cl-shape", "aria-hidden": "true" }, parent);
  el("path", { d: shape(kind, 0, 0, 9), fill: look.color }, box);
}

function scatter(parent, board, shapes, theme) {
  const look = palette(theme);
  const points = board.points.filter((p) => Number.isFinite(p.integration) && Number.isFinite(p.respect));
  const above = `${board.frontier} of ${board.count}`;
  const svg = svgIn(parent, WIDTH, HEIGHT, `Integration against respect: ${points.length} runs; ${above} lie above the run without moves on both axes.`);
  const box = { left: 84, right: WIDTH - 20, top: 44, bottom: HEIGHT - 84 };
  const x = linear(...limits(finite([...points.map((p) => p.integration), board.base.integration]), 0.04), box.left, box.right);
  const y = linear(...limits(finite([...points.map((p) => p.respect), board.base.respect]), 0.04), box.bottom, box.top);
  for (const v of ticks(x.low, x.high, 5)) {
    el("line", { x1: x(v), x2: x(v), y1: box.top, y2: box.bottom, stroke: look.hair }, svg);
    label(svg, x(v), box.bottom + TEXT * 1.2, said(v, "index"), { size: TEXT * 0.85, fill: look.soft, anchor: "middle" });
  }
  for (const v of ticks(y.low, y.high, 5)) {
    el("line", { x1: box.left, x2: box.right, y1: y(v), y2: y(v), stroke: look.hair }, svg);
    label(svg, box.left - 8, y(v) + TEXT * 0.3, said(v, "index"), { size: TEXT * 0.85, fill: look.soft, anchor: "end" });
  }
  if (board.luck === "same") {
    const [bx, by] = [x(board.base.integration), y(board.base.respect)];
    el("rect", { x: bx, y: box.top, width: Math.max(box.right - bx, 0), height: Math.max(by - box.top, 0), fill: look.good, opacity: 0.09 }, svg);
    el("path", { d: `M${bx} ${box.top}V${box.bottom}M${box.left} ${by}H${box.right}`, stroke: look.ghost, "stroke-width": 3, "stroke-dasharray": "4 8", fill: "none" }, svg);
    label(svg, box.right, box.top - 12, "more of both", { size: TEXT * 0.9, fill: look.good, anchor: "end", weight: 600 });
    const right = bx < (box.left + box.right) / 2;
    label(svg, bx + (right ? 8 : -8), box.bottom - 10, "no lever moved", { size: TEXT * 0.8, fill: look.soft, anchor: right ? "start" : "end" });
  }
  for (const point of points) {
    const drawn = el("path", {
      d: shape(shapes[point.role], x(point.integration), y(point.respect), 13), fill: lookOf(shapes[point.role], theme).color,
      stroke: look.card, "stroke-width": 2.5,
    }, svg);
    el("title", {}, drawn, `${point.name}: integration ${said(point.integration)}, respect ${said(point.respect)}, ${Math.round(point.score)} points`);
  }
  label(svg, box.right, HEIGHT - 12, "Integration →", { size: TEXT * 1.1, fill: look.ink, anchor: "end", weight: 700 });
  label(svg, 0, 24, "↑ Respect", { size: TEXT * 1.1, fill: look.ink, weight: 700 });
}

// equal or near values stand on one another's shoulders, so that none is hidden
function stacked(values, x, size) {
  const taken = [];
  return [...values].sort((p, q) => p.value - q.value).map((one) => {
    const at = x(one.value);
    let level = 0;
    while (taken.some((t) => t.level === level && Math.abs(t.at - at) < size)) level += 1;
    taken.push({ at, level });
    return { ...one, at, level };
  });
}

function strip(parent, told, shapes, theme) {
  const look = palette(theme);
  const [width, size] = [700, 15];
  const unit = told.unit;
  const whole = unit === "members";
  const shown = finite([...told.values.map((one) => one.value), told.base]);
  const x = linear(...room([Math.min(...shown), Math.max(...shown)], whole ? 2 : 0.04, [0, Infinity]), 24, width - 24);
  const placed = stacked(told.values, x, size);
  const levels = Math.max(...placed.map((one) => one.level)) + 1;
  const step = Math.min(size, 150 / levels);
  const top = 42;
  const bottom = top + Math.max(levels * step, 34) + 12;
  const [low, middle, high] = told.quartiles;
  const svg = svgIn(parent, width, bottom + 34, `${told.label}: half of the class between ${said(low, unit)} and ${said(high, unit)}, the middle at ${said(middle, unit)}; without moves ${said(told.base, unit)}.`);
  label(svg, 0, 26, told.label, { size: 28, fill: look.ink, weight: 600 });
  label(svg, width, 26, `middle ${said(middle, unit)}`, { size: 26, fill: look.soft, anchor: "end" });
  el("rect", { x: x(low), y: top, width: Math.max(x(high) - x(low), 3), height: bottom - top, fill: look.wash, rx: 4 }, svg);
  el("line", { x1: x(middle), x2: x(middle), y1: top, y2: bottom, stroke: look.ink, "stroke-width": 3 }, svg);
  el("line", { x1: 0, x2: width, y1: bottom, y2: bottom, stroke: look.faint }, svg);
  if (Number.isFinite(told.base)) el("line", { x1: x(told.base), x2: x(told.base), y1: top - 6, y2: bottom, stroke: look.ghost, "stroke-width": 3, "stroke-dasharray": "3 6" }, svg);
  for (const one of placed) {
    const drawn = el("path", { d: shape(shapes[one.role], one.at, bottom - 10 - one.level * step, size * 0.45), fill: lookOf(shapes[one.role], theme).color }, svg);
    el("title", {}, drawn, `${one.name}: ${said(one.value, unit)}`);
  }
  for (const v of ticks(x.low, x.high, 5, whole)) label(svg, x(v), bottom + 26, said(v, unit), { size: 24, fill: look.soft, anchor: "middle" });
}

function best(parent, board, shapes, theme, names) {
  const list = node("ol", "cl-best", parent);
  for (const one of board.best) {
    const item = node("li", "", list);
    markOf(shapes[one.role], lookOf(shapes[one.role], theme), item);
    node("span", "", item, names ? `${one.title}: ${one.name}` : one.title);
    node("span", "cl-score-num", item, String(Math.round(one.score)));
    node("small", "", item, one.levers.length ? one.levers.map(words).join(", ") : "moved no lever");
  }
}

function levers(parent, board, theme) {
  const look = palette(theme);
  const shown = board.levers.filter((one) => one.best_used || one.used > 1).slice(0, 8);
  if (!shown.length) return node("p", "cl-soft", parent, "Nobody moved a lever.");
  const [width, row] = [700, 52];
  const text = shown.map((one) => `${one.title} ${one.best_used} of ${one.best_of}`).join(", ");
  const svg = svgIn(parent, width, shown.length * row + 8, `Levers of the best quarter of the class: ${text}.`);
  const share = linear(0, 1, 260, width - 110);
  shown.forEach((one, k) => {
    const y = k * row + 8;
    label(svg, 0, y + 26, one.title, { size: 24, fill: look.ink });
    el("rect", { x: share(0), y: y + 4, width: Math.max(share(one.best_used / one.best_of) - share(0), 2), height: 18, fill: look.a.color, rx: 3 }, svg);
    el("rect", { x: share(0), y: y + 26, width: Math.max(share(one.used / one.of) - share(0), 2), height: 9, fill: look.ghost, rx: 3 }, svg);
    label(svg, width, y + 26, `${one.best_used} / ${one.best_of}`, { size: 22, fill: look.soft, anchor: "end" });
  });
  return node("p", "cl-soft cl-small", parent, "Thick: the best quarter of the class. Thin: everybody.");
}

function table(parent, board, roles) {
  const titles = Object.fromEntries(roles.map((role) => [role.name, role.title]));
  const fold = node("details", "all", parent);
  node("summary", "", fold, "The same as a table");
  const made = node("table", "", node("div", "cl-scroll", fold));
  const head = node("tr", "", node("thead", "", made));
  for (const column of ["Name", "Role", "Integration", "Respect", "Points"]) node("th", "", head, column).scope = "col";
  const body = node("tbody", "", made);
  for (const point of [...board.points].sort((p, q) => q.score - p.score)) {
    const line = node("tr", "", body);
    for (const cell of [point.name, titles[point.role], said(point.integration), said(point.respect), String(Math.round(point.score))]) node("td", "", line, cell);
  }
}

/** Draws the board into `host`. `names` says whether the names of the best are shown. */
export function draw(host, board, roles, theme, names = true) {
  const shapes = Object.fromEntries(roles.map((role) => [role.name, role.shape]));
  host.replaceChildren();
  if (!board || !board.count) {
    node("p", "cl-soft", host, "No run yet: nobody is in the class.");
    return;
  }
  const root = node("div", "cl-board", host);
  const left = node("section", "cl-card", root);
  node("h2", "", left, "Did anybody get more of both?");
  scatter(left, board, shapes, theme);
  const key = node("p", "cl-key", left);
  for (const role of roles) {
    const one = node("span", "", key);
    markOf(role.shape, lookOf(role.shape, theme), one);
    one.append(role.title);
  }
  const luck = board.luck === "same"
    ? `All ${board.count} runs have the same luck (seed ${board.seed}): only the policies differ.`
    : `Each of the ${board.count} runs has a luck of its own (seed ${board.seed}): policy and luck both differ.`;
  const foretold = board.foretold ? `; ${board.foretold} had foretold that theirs would` : "";
  const foresight = board.foretold ? ` Foresight: ${Math.round(board.foresight)} of 100 points in the middle of the class.` : "";
  node("p", "", left, `${luck} ${board.frontier} of ${board.count} came out above a run without moves on both axes${foretold}.${foresight}`);
  const right = node("section", "cl-card", root);
  node("h2", "", right, "Nearest to the goal, in each role");
  best(right, board, shapes, theme, names);
  node("h2", "", right, "What the best moved");
  levers(right, board, theme);
  const below = node("section", "cl-card all", root);
  node("h2", "", below, "How the class's runs spread");
  const strips = node("div", "cl-strips", below);
  for (const told of board.strips) strip(node("div", "", strips), told, shapes, theme);
  node("p", "cl-soft cl-small", below, "Band: the middle half of the class. Line: the middle. Dashes: nobody moves a lever. 50 points: as good as that.");
  table(root, board, roles);
}
