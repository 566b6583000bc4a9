// A picture on the page becomes a file: the SVG as it stands, or its pixels at twice the size.

/** The SVG of a picture as text of a file of its own, with background, title and description. */
export function svgText(svg, { title, description, background }) {
  const copy = svg.cloneNode(true);
  const [width, height] = [svg.getAttribute("width"), svg.getAttribute("height")];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  for (const node of copy.querySelectorAll("[tabindex]")) node.removeAttribute("tabindex");
  const add = (name, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    node.textContent = text;
    copy.insertBefore(node, copy.firstChild);
    return node;
  };
  const paper = add("rect", "");
  for (const [key, value] of Object.entries({ width, height, fill: background })) paper.setAttribute(key, value);
  add("desc", description);
  add("title", title);
  return new XMLSerializer().serializeToString(copy);
}

/** Downloads a picture as "svg" or "png"; resolves to the blob that was saved. */
export async function save(svg, kind, name, said) {
  const text = svgText(svg, said);
  const drawn = new Blob([text], { type: "image/svg+xml" });
  const blob = kind === "svg" ? drawn : await pixels(text, svg, said.background);
  offer(blob, `${name}.${kind}`);
  return blob;
}

/** Downloads a table as CSV. */
export function saveTable({ columns, rows }, name) {
  const cell = (v) => (/[",\n]/.test(String(v)) ? `"${String(v).replace(/"/g, '""')}"` : String(v ?? ""));
  const text = [columns, ...rows].map((row) => row.map(cell).join(",")).join("\n");
  offer(new Blob([`${text}\n`], { type: "text/csv" }), `${name}.csv`);
}

async function pixels(text, svg, background) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * svg.getAttribute("width");
  canvas.height = 2 * svg.getAttribute("height");
  const pen = canvas.getContext("2d");
  pen.fillStyle = background;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
