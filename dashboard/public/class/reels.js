// A few of the page's pictures, in cards as narrow as a phone: title, menus, picture, words.

const NEWS = ["film", "theme", "colour", "select", "size"];

function node(name, className, parent, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent.appendChild(made);
  return made;
}

function menuIn(parent, menu, choose) {
  const label = node("label", "cl-menu", parent, menu.label);
  const select = node("select", "", label);
  for (const [value, words] of menu.options) {
    const option = node("option", "", select, words);
    option.value = String(value);
    option.selected = value === menu.value;
  }
  select.addEventListener("change", () => choose(menu.key, menu.options.map(([each]) => each).find((each) => String(each) === select.value)));
}

function card(host, picture, stage) {
  const frame = node("section", "cl-card", host);
  frame.dataset.picture = picture.name;
  const title = node("h2", "", frame, picture.title);
  title.id = `cl-p-${picture.name}`;
  frame.setAttribute("aria-labelledby", title.id);
  const menus = node("div", "cl-row", frame);
  const body = node("div", "cl-canvas", frame);
  const words = node("p", "cl-small cl-soft", frame);
  const mounted = picture.mount(body, stage);
  let told = "";
  const choose = (key, value) => {
    mounted.choose(key, value);
    update();
  };
  function update() {
    if (!body.clientWidth) return; // on a part of the page that is not shown
    mounted.update();
    if (stage.playing) return;
    words.textContent = mounted.summary();
    const wanted = mounted.menus ? mounted.menus().filter((menu) => menu.options.length > 1) : [];
    if (JSON.stringify(wanted) === told) return;
    told = JSON.stringify(wanted);
    menus.replaceChildren();
    wanted.forEach((menu) => menuIn(menus, menu, choose));
  }
  const sizes = new ResizeObserver(() => {
    if (!body.clientWidth) return;
    mounted.resize();
    update();
  });
  sizes.observe(body);
  return { update, leave: () => { sizes.disconnect(); mounted.destroy(); } };
}

/** Mounts the pictures of these names in `host`; they follow the store. Returns what ends that. */
export async function reels(host, names, stage) {
  const { pictures } = await import("../pictures/index.js");
  const cards = names.map((name) => pictures.find((picture) => picture.name === name)).filter(Boolean).map((picture) => card(host, picture, stage));
  const update = () => cards.forEach((one) => one.update());
  const off = [...NEWS, "quarter", "playing"].map((name) => stage.on(name, update));
  update();
  return () => {
    off.forEach((leave) => leave());
    cards.forEach((one) => one.leave());
  };
}
