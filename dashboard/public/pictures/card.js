// A card holds one picture with its title, its words, its table and its downloads, and draws only when it is seen.

import { palette, variables } from "../palette.js";
import { save, saveTable } from "./save.js";
import { dressed } from "./sheet.js";

const NEWS = ["film", "fan", "quarter", "playing", "select", "theme", "settings"];

/**
 * Puts a picture in a card into `host`; it follows the store by itself and costs nothing while out of sight.
 * Gives {element, picture, update, resize, destroy, summary, table, cost()}: `cost()` is the milliseconds of its last step.
 */
export function card(host, kind, stage, echarts) {
  dressed();
  const element = node("section", "card", host);
  element.dataset.picture = kind.name;
  const head = node("div", "card-head", element);
  const title = node("h2", "card-title", head, kind.title);
  title.id = `card-${kind.name}-${Math.random().toString(36).slice(2, 7)}`;
  element.setAttribute("aria-labelledby", title.id);
  const tools = node("div", "card-tools", head);
  const menus = node("span", "card-tools", tools);
  const body = node("div", "card-body", element);
  const words = node("p", "card-words", element);
  const shelf = node("div", "card-table", element);
  shelf.hidden = true;
  shelf.tabIndex = 0;
  shelf.setAttribute("role", "region");
  shelf.setAttribute("aria-label", `${kind.title}: the numbers`);
  const picture = kind.mount(body, stage, echarts);
  let [seen, dirty, spent, shown, told] = [true, true, 0, "", ""];

  const toggle = button(tools, "Table", () => {
    shelf.hidden = !shelf.hidden;
    toggle.setAttribute("aria-pressed", String(!shelf.hidden));
    write();
  });
  toggle.setAttribute("aria-pressed", "false");
  const said = () => ({ title: kind.title, description: picture.summary(), background: palette(stage.theme).card });
  const file = () => `comity-${kind.name}`;
  button(tools, "PNG", () => save(picture.svg, "png", file(), said()));
  button(tools, "SVG", () => save(picture.svg, "svg", file(), said()));
  button(tools, "CSV", () => saveTable(picture.table(), file()));

  function update() {
    if (!seen) {
      dirty = true;
      return;
    }
    dirty = false;
    const start = performance.now();
    picture.update();
    spent = performance.now() - start;
    if (!stage.playing) write();
  }

  function write() {
    const text = picture.summary();
    if (text !== told) words.textContent = told = text;
    arrange();
    if (!shelf.hidden) fill(shelf, picture.table());
  }

  function arrange() {
    const wanted = picture.menus ? picture.menus() : [];
    const now = JSON.stringify(wanted);
    if (now === shown) return;
    shown = now;
    menus.replaceChildren(...wanted.filter(({ options }) => options.length > 1).map((menu) => select(menu, (value) => {
      picture.choose(menu.key, value);
      update();
    })));
  }

  function themed() {
    for (const [key, value] of Object.entries(variables(stage.theme))) element.style.setProperty(key, value);
  }

  themed();
  const leave = NEWS.map((name) => stage.on(name, name === "theme" ? () => { themed(); update(); } : update));
  const watch = new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting;
    if (seen && dirty) update();
  }, { rootMargin: "80px" });
  watch.observe(element);
  const size = new ResizeObserver(() => picture.resize());
  size.observe(body);
  update();

  return {
    element, picture, update, summary: picture.summary, table: picture.table, resize: picture.resize, cost: () => spent,
    /** Leaves nothing behind. */
    destroy() {
      leave.forEach((off) => off());
      watch.disconnect();
      size.disconnect();
      picture.destroy();
      element.remove();
    },
  };
}

function node(name, kind, parent, text = "") {
  const made = document.createElement(name);
  made.className = kind;
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

function button(parent, text, act) {
  const made = node("button", "card-button", parent, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function select(menu, choose) {
  const label = document.createElement("label");
  label.className = "card-menu";
  const word = document.createElement("span");
  word.textContent = menu.label;
  const list = document.createElement("select");
  for (const [value, text] of menu.options) list.append(new Option(text, value, false, value === menu.value));
  list.addEventListener("change", () => choose(list.value));
  label.append(word, list);
  return label;
}

function fill(shelf, { columns, rows }) {
  const table = document.createElement("table");
  const line = (parent, cells, name) => {
    const row = parent.insertRow();
    for (const cell of cells) {
      const made = document.createElement(name);
      made.textContent = typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(3) : String(cell ?? "–");
      row.append(made);
    }
  };
  line(table.createTHead(), columns, "th");
  const body = table.createTBody();
  rows.forEach((row) => line(body, row, "td"));
  shelf.replaceChildren(table);
}
