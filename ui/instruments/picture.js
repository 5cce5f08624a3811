// Pictures to keep: a drawing of the page saved as an SVG of its own, or as a PNG.

import { htmlElement, setAttributes, svgElement } from "./axes.js";

const PNG_SCALE = 2;
const NOT_DRAWN = ".hit"; // what is there to be caught, or shows the focus
const PAGES_OWN = /^(class|style|role|tabindex|aria-.*|data-.*)$/;
const PAINTS = ["fill", "stroke"];
const STROKE_STYLES = ["stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"];
const TEXT_STYLES = ["font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline"];
const INITIAL = new Map([
  ["opacity", "1"],
  ["paint-order", "normal"],
  ["stroke-width", "1"],
  ["stroke-dasharray", "none"],
  ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"],
  ["font-weight", "400"],
  ["text-anchor", "start"],
  ["dominant-baseline", "auto"],
]);

/** Write a computed colour as #rrggbb and an opacity, which every program understands. */
function plainColor(computed) {
  if (computed === "none") return ["none", 1];
  const isSrgb = computed.startsWith("color(srgb ");
  if (!isSrgb && !computed.startsWith("rgb")) return [computed, 1];
  const [red, green, blue, opacity = 1] = computed.match(/[\d.]+(e-?\d+)?/g).map(Number);
  const hex = [red, green, blue].map((part) => {
    const byte = Math.round(isSrgb ? 255 * part : part);
    return byte.toString(16).padStart(2, "0");
  });
  return opacity ? [`#${hex.join("")}`, opacity] : ["none", 1];
}

/** Give an element the styles that it has on the page, as attributes. */
function copyStyles(twin, style) {
  for (const name of PAINTS) {
    const [color, opacity] = plainColor(style.getPropertyValue(name));
    const seen = opacity * Number(style.getPropertyValue(`${name}-opacity`));
    setAttributes(twin, { [name]: color });
    if (color !== "none" && seen < 1) setAttributes(twin, { [`${name}-opacity`]: String(seen) });
  }
  const stroked = twin.getAttribute("stroke") !== "none";
  const isText = ["text", "tspan"].includes(twin.tagName);
  const names = [...(stroked ? STROKE_STYLES : []), ...(isText ? TEXT_STYLES : []), "paint-order"];
  for (const name of names) {
    const value = style.getPropertyValue(name).replace(/(\d)px/g, "$1");
    if (value !== INITIAL.get(name)) setAttributes(twin, { [name]: value });
  }
}

/** Copy an element with its styles; null if nothing of it is drawn. */
function standaloneCopy(element) {
  const style = getComputedStyle(element);
  if (element.matches(NOT_DRAWN) || style.display === "none") return null;
  if (element.tagName === "clipPath") return element.cloneNode(true);
  const twin = element.cloneNode(false);
  const replaced = [...PAINTS, ...PAINTS.map((name) => `${name}-opacity`), ...INITIAL.keys()];
  for (const { name } of [...twin.attributes]) {
    const isLabel = element.getAttribute("role") === "img" && /^(role|aria-label)$/.test(name);
    if (replaced.includes(name) || (PAGES_OWN.test(name) && !isLabel)) twin.removeAttribute(name);
  }
  if (style.opacity !== "1") setAttributes(twin, { opacity: style.opacity });
  if (!["svg", "g"].includes(element.tagName)) copyStyles(twin, style);
  if (element.tagName === "text") {
    if (!element.textContent) return null;
    // Another program's font is wider or narrower: the text keeps its length.
    const textLength = element.getComputedTextLength();
    setAttributes(twin, { textLength, lengthAdjust: "spacingAndGlyphs" });
  }
  for (const child of element.childNodes) {
    const copied = child.nodeType === Node.TEXT_NODE ? child.cloneNode() : standaloneCopy(child);
    if (copied) twin.append(copied);
  }
  return twin;
}

/** Make a drawing of its own, which needs neither the page nor its styles. */
function standaloneSvg(svg) {
  const picture = standaloneCopy(svg);
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const box = svg.getAttribute("viewBox") ?? `0 0 ${width} ${height}`;
  setAttributes(picture, { width, height, viewBox: box });
  const [x, y, across, down] = box.split(/[\s,]+/);
  const fill = getComputedStyle(svg).getPropertyValue("--st-background-color").trim() || "white";
  picture.prepend(svgElement("rect", { x, y, width: across, height: down, fill }));
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}

/** Hand a file to the reader. */
function download(blob, name) {
  const href = URL.createObjectURL(blob);
  htmlElement("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // once it has been read
}

function svgBlob({ text }) {
  return new Blob([text], { type: "image/svg+xml" });
}

/** Draw a standalone SVG twice as large, for screens and slides. */
async function pngBlob(picture) {
  const [width, height] = [picture.width, picture.height].map((n) => Math.round(PNG_SCALE * n));
  const source = URL.createObjectURL(svgBlob(picture));
  const image = new Image(width, height);
  image.src = source;
  await image.decode();
  URL.revokeObjectURL(source);
  const canvas = htmlElement("canvas", { width, height });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Add buttons that save a drawing as it is on the page; `fileName` without its ending. */
export function saveButtons(parent, svg, fileName) {
  const buttons = htmlElement("div", { className: "save" }, parent);
  const formats = { SVG: svgBlob, PNG: pngBlob };
  for (const [format, makeBlob] of Object.entries(formats)) {
    const text = `Save ${format}`;
    const button = htmlElement("button", { type: "button", textContent: text }, buttons);
    button.setAttribute("aria-label", `${text}: ${fileName.replaceAll("-", " ")}`);
    button.onclick = async () => {
      const blob = await makeBlob(standaloneSvg(svg));
      download(blob, `${fileName}.${format.toLowerCase()}`);
    };
  }
}
