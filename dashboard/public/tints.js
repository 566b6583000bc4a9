// The colors of the two sides, for panels that are drawn by style sheets.

import { palette } from "./palette.js";

/** Custom properties of a theme: `--a`, `--b` (of for and against as well), and the same dark enough for words. */
export function tints(theme) {
  const look = palette(theme);
  return {
    "--a": look.a.color, "--a-text": look.a.text, "--b": look.b.color, "--b-text": look.b.text, "--bad": look.bad,
    "--good": look.good,
  };
}
