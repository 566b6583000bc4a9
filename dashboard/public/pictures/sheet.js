// The few rules of style that pictures bring with them, so that they look the same on every page.

const RULES = `
.picture { position: relative; }
.picture-svg { display: block; max-width: 100%; overflow: visible; }
.picture-svg text { pointer-events: none; user-select: none; }
.picture-svg [role="button"] { cursor: pointer; }
.picture-svg [role="button"]:focus { outline: none; }
.picture-svg [role="button"]:focus-visible { outline: 3px solid var(--picture-focus); outline-offset: 2px; }
.picture-tip { position: absolute; z-index: 3; pointer-events: none; white-space: pre-line; width: max-content;
  max-width: 20em; background: var(--picture-ink); color: var(--picture-card); font-size: 0.88em; line-height: 1.35;
  padding: 0.35em 0.6em; border-radius: 6px; }
.picture-tip[hidden] { display: none; }
`;

/** Puts the rules into the page, once. */
export function dressed() {
  if (document.getElementById("picture-sheet")) return;
  const sheet = document.createElement("style");
  sheet.id = "picture-sheet";
  sheet.textContent = RULES;
  document.head.append(sheet);
}
