// The pictures of the page, in the order in which a newcomer wants them.
//
// `pictures` are {name, title, mount(element, stage, echarts)}; `card(host, picture, stage, echarts)` mounts one with
// title, menus, words, table and downloads, and lets it follow the store by itself. They draw plain SVG.

import fan from "./fan.js";
import outcomes from "./outcomes.js";
import plane from "./plane.js";
import tiles from "./tiles.js";

export { card } from "./card.js";

export const pictures = [outcomes, tiles, plane, fan];
export default pictures;
