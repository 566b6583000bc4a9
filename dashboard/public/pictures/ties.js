// Who is tied to whom: members where their tiles lie, ties as wide as they weigh, those of a leaver in sight.

import { picture } from "./frame.js";
import { bothSides } from "./sides.js";
import { hatching, standingOf, token } from "./standing.js";
import { el, fitted, fresh, label, put, say, show } from "./svg.js";
import { counted, listed, write } from "./words.js";

/** How many of its strongest ties are drawn for each member; all of them when it is selected. */
const EACH = 3;

function grid(film, width, em) {
  const [xs, ys] = ["x", "y"].map((axis) => film.members.map((member) => member[axis]));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [columns, rows] = [Math.max(...xs) - left + 1, Math.max(...ys) - top + 1];
  const cell = Math.min(width / columns, em * 6.4);
  return {
    cell,
    height: rows * cell,
    x: (m) => (width - columns * cell) / 2 + (m.x - left + 0.5) * cell,
    y: (m) => (m.y - top + 0.5) * cell,
  };
}

/** Pairs with the mean of their two weights, the strongest first: [{one, other, weight}]. */
function pairs(film) {
  const weights = film.values("ties.weight");
  const count = film.members.length;
  const found = [];
  for (let one = 0; weights && one < count; one += 1) {
    for (let other = one + 1; other < count; other += 1) {
      found.push({ one, other, weight: (weights[one * count + other] + weights[other * count + one]) / 2 });
    }
  }
  return found.sort((p, q) => q.weight - p.weight);
}

/** The strongest few of each member. */
function strongest(all, count) {
  const taken = new Array(count).fill(0);
  return all.filter(({ one, other, weight }) => {
    const wanted = weight > 0 && (taken[one] < EACH || taken[other] < EACH);
    if (wanted)
      [one, other].forEach((row) => {
        taken[row] += 1;
      });
    return wanted;
  });
}

const of = (pair, row) => (pair.one === row ? pair.other : pair.one);
const touches = (pair, row) => pair.one === row || pair.other === row;

function draw(view) {
  const { svg, film, look, width, em, stage } = view;
  const place = grid(film, width, em);
  const all = pairs(film);
  const kept = strongest(all, film.members.length);
  const heaviest = all.length ? all[0].weight : 1;
  const thick = (weight) => Math.max((weight / heaviest) * place.cell * 0.22, 0.6);
  view.pairs = all;
  const lines = el("g", { "stroke-linecap": "round" }, svg);
  const segment = (pair, parent, attributes) => {
    const [one, other] = [film.members[pair.one], film.members[pair.other]];
    return el(
      "line",
      {
        x1: place.x(one),
        y1: place.y(one),
        x2: place.x(other),
        y2: place.y(other),
        "stroke-width": thick(pair.weight).toFixed(1),
        ...attributes,
      },
      parent,
    );
  };
  const drawn = kept.map((pair) => ({
    ...pair,
    node: segment(pair, lines, { stroke: look.faint, "stroke-opacity": 0.5 }),
  }));
  const chosen = el("g", { "stroke-linecap": "round" }, svg);
  const hatch = fresh("hatch");
  hatching(el("defs", {}, svg), hatch, look.ink, 6);
  const nodes = film.members.map((member, row) => node(view, place, member, row, hatch, all));
  const key = label(svg, 0, place.height + em * 1.5, "", { size: em * 0.86, fill: look.soft });
  let marked = null;
  return (quarter) => {
    const leaving = film.members.map(
      (_, row) => film.at("threat", quarter, row) > 0 || film.word("standing", quarter, row) === "in notice",
    );
    const inside = film.members.map((_, row) => film.inside(quarter, row));
    film.members.forEach((_, row) =>
      nodes[row](film.word("standing", quarter, row), leaving[row], row === film.rows.get(stage.selected)),
    );
    for (const { one, other, node: line } of drawn) {
      const alarm = leaving[one] || leaving[other];
      put(line, "stroke", alarm ? look.b.color : look.faint);
      put(line, "stroke-dasharray", alarm ? "7 5" : "none");
      put(line, "stroke-opacity", inside[one] && inside[other] ? (alarm ? 0.95 : 0.5) : 0.14);
    }
    say(
      key,
      fitted(
        leaving.some(Boolean) ? "Dashed: ties of who may leave" : "Width is the weight of a tie",
        em * 0.86,
        width,
      ),
    );
    if (marked === stage.selected) return;
    marked = stage.selected;
    chosen.replaceChildren();
    const row = film.rows.get(marked);
    if (row !== undefined)
      for (const pair of all)
        if (touches(pair, row) && pair.weight > 0)
          segment(pair, chosen, { stroke: look.a.color, "stroke-opacity": 0.85 });
  };
}

function node(view, place, member, row, hatch, all) {
  const { svg, look, stage, film } = view;
  const r = place.cell * 0.3;
  const group = el(
    "g",
    {
      transform: `translate(${place.x(member)} ${place.y(member)})`,
      role: "button",
      tabindex: row ? -1 : 0,
      "data-member": member.iso3,
    },
    svg,
  );
  const turn = token(group, r, look, hatch);
  label(group, 0, r * 0.3, member.iso3, { size: r * 0.82, weight: 700, anchor: "middle", fill: look.ink });
  const alarm = el(
    "circle",
    {
      r: r * 1.5,
      fill: "none",
      stroke: look.b.color,
      "stroke-width": Math.max(r * 0.16, 2),
      "stroke-dasharray": "7 5",
    },
    group,
  );
  const ring = el(
    "circle",
    { r: r * 1.5, fill: "none", stroke: look.focus, "stroke-width": Math.max(r * 0.16, 3) },
    group,
  );
  const near = all
    .filter((pair) => touches(pair, row) && pair.weight > 0)
    .slice(0, 3)
    .map((pair) => `${film.members[of(pair, row)].name} ${write(pair.weight, "share")}`);
  const said = `${member.name}: tied most to ${listed(near, 3)}`;
  group.setAttribute("aria-label", `${member.iso3} ${said}`);
  const select = () => stage.set("selected", stage.selected === member.iso3 ? null : member.iso3);
  group.addEventListener("click", select);
  group.addEventListener("keydown", (event) => key(event, svg, select));
  for (const name of ["pointerenter", "focus"])
    group.addEventListener(name, () => view.tip(said, place.x(member) + r, place.y(member)));
  for (const name of ["pointerleave", "blur"]) group.addEventListener(name, () => view.tip(""));
  return (word, leaving, chosen) => {
    turn(word, look.wash, look.ink);
    show(alarm, leaving);
    show(ring, chosen);
    put(group, "opacity", standingOf(word).filled ? 1 : 0.6);
  };
}

function key(event, svg, select) {
  if (event.key === "Enter" || event.key === " ") select();
  else if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
  else {
    const nodes = [...svg.querySelectorAll("[data-member]")];
    const way = event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1;
    const next = nodes[(nodes.indexOf(event.currentTarget) + way + nodes.length) % nodes.length];
    event.currentTarget.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  }
  event.preventDefault();
  event.stopPropagation();
}

function words(view, quarter) {
  const { film, stage } = view;
  const name = (row) => film.members[row].name;
  const top = view.pairs.slice(0, 3).map(({ one, other }) => `${name(one)} with ${name(other)}`);
  const leaving = film.members.filter((_, row) => film.at("threat", quarter, row) > 0).map((member) => member.name);
  const row = film.rows.get(stage.selected);
  const own =
    row === undefined
      ? ""
      : ` ${name(row)} is tied most to ${listed(
          view.pairs
            .filter((pair) => touches(pair, row))
            .slice(0, 3)
            .map((pair) => name(of(pair, row))),
          3,
        )}.`;
  const threats = leaving.length
    ? `${counted(leaving.length, "member")} threaten${leaving.length === 1 ? "s" : ""} to leave: ${listed(leaving, 5)}.`
    : "Nobody threatens to leave.";
  return `${film.dates[quarter]}: the strongest ties are ${listed(top, 3)}. ${threats}${own}`;
}

function numbers(view) {
  const { film } = view;
  const rows = view.pairs
    .filter(({ weight }) => weight > 0.005)
    .map(({ one, other, weight }) => [film.members[one].iso3, film.members[other].iso3, weight]);
  return { columns: ["member", "other", "weight"], rows };
}

export default picture(bothSides({
  name: "ties",
  title: "Ties between members",
  height: (width, em, view) => Math.ceil(grid(view.film, width, em).height + em * 2.4),
  draw,
  words,
  numbers,
}, 19));
