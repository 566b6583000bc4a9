// The pictures of the page, in the order in which a newcomer wants them.
//
// `pictures` are {name, title, mount(element, stage, echarts)}; `card(host, picture, stage, echarts)` mounts one with
// title, menus, words, table and downloads, and lets it follow the store by itself. They draw plain SVG.

import budget from "./budget.js";
import difference from "./difference.js";
import fan from "./fan.js";
import ladder from "./ladder.js";
import lanes from "./lanes.js";
import outcomes from "./outcomes.js";
import plane from "./plane.js";
import ties from "./ties.js";
import tiles from "./tiles.js";
import timeline from "./timeline.js";

export { card } from "./card.js";

export const pictures = [outcomes, tiles, plane, fan, ladder, lanes, timeline, ties, budget, difference];
export default pictures;
