// The pictures of the page, in the order in which a newcomer wants them.
//
// Each is {name, title, wide, mount(element, stage)}; what is mounted has update(), resize(), destroy(), summary(),
// table(), menus(), choose(key, value) and its `svg`. They draw plain SVG: a step of the clock changes a few
// attributes, 0.2 ms for the fan, where redrawing it with ECharts took 7; the file to download is what is seen.

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

export const pictures = [outcomes, tiles, plane, fan, ladder, ties, lanes, timeline, budget, difference];
export default pictures;
