// What the class's pages share: light or dark, the shapes of the roles, and how numbers are said.

import { palette } from "../palette.js";
import { shape } from "../pictures/svg.js";

const LOOK_OF = ["circle", "square", "triangle", "diamond", "cross"]; // in the palette's own pairs of shape and color

/** Light or dark as the system says, followed while the page is open; returns what ends that. */
export function dressed(stage) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const dress = () => {
    const theme = dark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    stage.set("theme", theme);
  };
  dress();
  dark.addEventListener("change", dress);
  return () => dark.removeEventListener("change", dress);
}

/** Color and words' color of a shape in a theme. */
export function lookOf(kind, theme) {
  return palette(theme).looks.find((look) => look.shape === kind) || palette(theme).looks[LOOK_OF.indexOf(kind)] || palette(theme).a;
}

/** The path of a role's shape in a box from -12 to 12. */
export function mark(kind) {
  return shape(kind, 0, 0, 9);
}

/** A share as a percentage, a count as it is, an index with two decimals, nothing as a dash. */
export function said(value, unit) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (unit === "members") return String(Math.round(value * 10) / 10);
  if (unit === "share") return `${(value * 100).toFixed(Math.abs(value) < 0.095 ? 1 : 0)}\u00a0%`;
  return value.toFixed(2);
}

/** An id as words: "capacity building". */
export function words(name) {
  return name.replaceAll("_", " ");
}
