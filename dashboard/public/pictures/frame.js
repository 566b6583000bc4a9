// Every picture lives the same life: drawn anew when what it shows changes, stepped when only the clock moves.

import { palette } from "../palette.js";
import { reading } from "./read.js";
import { dressed } from "./sheet.js";
import { el } from "./svg.js";

/**
 * Makes a picture of its parts:
 * - `name`, `title`, and whether it wants the whole width of the page (`wide`);
 * - `choices(view)`: [{key, label, options: [[value, words], ...], initial}] for the menus of its card; `view.picked`
 *   is what was picked so far;
 * - `height(width, em, view)` in pixels;
 * - `draw(view)`: draws everything into `view.svg`; gives a function of the quarter for the few changes of a step;
 * - `spread(view)`: whether it wants the whole width as it is now; `idle(view)`: whether it has nothing to show now;
 * - `words(view, quarter)` and `numbers(view, quarter)`: the same in one or two sentences, and as a table.
 */
export function picture(parts) {
  const { name, title, wide = false } = parts;
  return { name, title, wide, mount: (element, stage) => mounted(parts, element, stage) };
}

function mounted(parts, element, stage) {
  dressed();
  const root = document.createElement("div");
  root.className = `picture picture-${parts.name}`;
  const svg = el("svg", { role: "group", "aria-label": parts.title, class: "picture-svg" }, root);
  const tip = document.createElement("div");
  tip.className = "picture-tip";
  tip.hidden = true;
  root.append(tip);
  element.append(root);

  const chosen = {};
  const kept = new Map();
  let [held, step, view, width] = [null, null, null, 0];
  let [letter, lettered] = [16, ""];
  let alive = true;

  /** The height of a letter; asking makes the browser style the page at once, so only when it may be another. */
  function em() {
    const now = `${stage.size} ${width}`;
    if (now !== lettered) letter = parseFloat(getComputedStyle(element).fontSize) || 16;
    lettered = now;
    return letter;
  }

  function look() {
    const film = reading(stage.films && stage.films.a);
    const ratio = em();
    const own = {
      svg,
      stage,
      film,
      b: reading(stage.films && stage.films.b),
      ghost: apart(reading(stage.films && stage.films.ghost), film),
      fans: stage.fans || {},
      look: palette(stage.theme),
      width,
      em: ratio,
      small: Math.round(ratio * 0.8),
      pen: ratio / 16,
      kept,
      tip: (text, x, y) => tell(tip, text, x, y, width),
      pointer: (event) => {
        const frame = svg.getBoundingClientRect();
        return [event.clientX - frame.left, event.clientY - frame.top];
      },
    };
    own.picked = chosen;
    own.menus = film && parts.choices ? parts.choices(own) : [];
    own.chosen = Object.fromEntries(own.menus.map((menu) => [menu.key, valid(menu, picked(menu))]));
    return own;
  }

  /** A menu that names a value of the store shares it with the whole page. */
  function picked(menu) {
    return menu.shared ? stage[menu.shared] : chosen[menu.key];
  }

  function signature() {
    const { films = {}, fans = {} } = stage;
    return [
      films.a,
      films.b,
      films.ghost,
      fans.a,
      fans.b,
      stage.theme,
      stage.size,
      stage.colour,
      stage.facts && stage.facts.label_b,
      width,
      JSON.stringify(chosen),
    ];
  }

  function redraw() {
    view = look();
    for (const name of ["ink", "card", "focus"]) root.style.setProperty(`--picture-${name}`, view.look[name]);
    svg.replaceChildren();
    tip.hidden = true;
    const height = view.film ? parts.height(width, view.em, view) : 8 * view.em;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("font-family", "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif");
    view.height = height;
    step = view.film ? parts.draw(view) : null;
  }

  function quarter() {
    return Math.min(Math.max(Math.round(stage.quarter || 0), 0), view.film.until - 1);
  }

  function update() {
    if (!alive) return;
    if (!width) width = measured(element);
    if (!width) return;
    const now = signature();
    if (!held || now.some((each, k) => each !== held[k])) {
      redraw();
      held = now;
    }
    if (step) step(quarter());
  }

  return {
    update,
    /** Takes the width that its element has now. */
    resize() {
      const now = measured(element);
      if (now && now !== width) {
        width = now;
        update();
      }
    },
    /** Leaves nothing behind. */
    destroy() {
      alive = false;
      [held, step, view] = [null, null, null];
      root.remove();
    },
    /** One or two sentences on what is shown now. */
    summary: () => (ready() ? parts.words(view, quarter()) : "Nothing to show yet."),
    /** The numbers behind it: {columns, rows}. */
    table: () => (ready() ? plain(parts.numbers(view, quarter())) : { columns: [], rows: [] }),
    /** Menus for the card: [{key, label, options, value}]. */
    menus: () => (ready() ? view.menus.map((menu) => ({ ...menu, value: view.chosen[menu.key] })) : []),
    /** Whether it wants the whole width of the page now. */
    wide: () => Boolean(parts.wide || (ready() && parts.spread && parts.spread(view))),
    /** Whether there is nothing to show, so that its card only takes room. */
    idle: () => Boolean(parts.idle && ready() && parts.idle(view)),
    /** Sets one of the menus. */
    choose(key, value) {
      const menu = ready() && view.menus.find((each) => each.key === key);
      if (menu && menu.shared) stage.set(menu.shared, value);
      else chosen[key] = value;
      update();
    },
    svg,
  };

  function ready() {
    update();
    return Boolean(view && view.film);
  }
}

/** The same table with four digits after the point, which is more than a film of bytes knows of most. */
function plain({ columns, rows }) {
  const cell = (v) => (typeof v !== "number" ? v : Number.isFinite(v) ? Number(v.toFixed(4)) : null);
  return { columns, rows: rows.map((row) => row.map(cell)) };
}

/** A ghost that is the film itself would only hide behind it. */
function apart(ghost, film) {
  return ghost && film && ghost.header.digest !== film.header.digest ? ghost : null;
}

function valid(menu, value) {
  return menu.options.some(([each]) => each === value) ? value : menu.initial;
}

function measured(element) {
  return Math.floor(element.clientWidth);
}

function tell(tip, text, x, y, width) {
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  const room = Math.min(Math.max(x, 4), width - 4);
  tip.style.top = `${y}px`;
  tip.style.left = `${room}px`;
  tip.style.transform = `translate(${room > width * 0.6 ? "calc(-100% - 12px)" : "12px"}, -50%)`;
}
