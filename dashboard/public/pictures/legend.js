// Samples with a word each, in as many lines as the width asks for.

import { el, label, wide } from "./svg.js";

const SIZE = 0.84;
const LINE = 1.45;

/** Where each word goes, and how high it all is: {places: [[x, y], ...], height}. */
function laid(words, width, em, sample) {
  let [x, y] = [0, 0];
  const places = words.map((word) => {
    const room = (sample + 0.4 + 0.8) * em + wide(word, em * SIZE);
    if (x > 0 && x + room - 0.8 * em > width) [x, y] = [0, y + LINE * em];
    const place = [x, y];
    x += room;
    return place;
  });
  return { places, height: words.length ? y + LINE * em : 0 };
}

/** How high a legend of these words is. */
export function legendHeight(words, width, em, sample = 1.2) {
  return laid(words, width, em, sample).height;
}

/**
 * Draws a legend under `top`; `draw(parent, k, x, y)` draws the sample of word k, centered at y, from x on,
 * `sample` ems wide. Gives the nodes of the words.
 */
export function legend(view, parent, top, words, draw, sample = 1.2) {
  const { em, look, width } = view;
  const { places } = laid(words, width, em, sample);
  const group = el("g", { class: "legend" }, parent);
  return words.map((word, k) => {
    const [x, y] = [places[k][0], top + places[k][1] + em * 0.6];
    draw(group, k, x, y);
    return label(group, x + (sample + 0.4) * em, y + em * SIZE * 0.35, word, { size: em * SIZE, fill: look.soft });
  });
}
