// What drawings share: SVG elements, numbers as text, scales and small panels.

/** Make an SVG element with attributes, inside a parent. */
export function svgElement(tag, attributes = {}, parent = null) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  parent?.append(element);
  return element;
}

/** Make an HTML element with properties, inside a parent. */
export function htmlElement(tag, properties = {}, parent = null) {
  const element = Object.assign(document.createElement(tag), properties);
  parent?.append(element);
  return element;
}

/** Set those attributes that differ: an equal one would cost a repaint all the same. */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const isNumber = typeof value === "number";
    const text = isNumber ? String(Math.round(value * 100) / 100) : value;
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** Set an element's text if it differs. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set an SVG text in which "_{…}" is a subscript, if it differs. */
export function setFormula(element, formula) {
  if (element.dataset.formula === formula) return;
  element.dataset.formula = formula;
  element.replaceChildren();
  let lowered = 0;
  for (const [, subscripted, plain] of formula.matchAll(/_\{(.*?)\}|([^_]+)/g)) {
    const attributes = subscripted ? { dy: 3 - lowered, "font-size": "75%" } : { dy: -lowered };
    lowered = subscripted ? 3 : 0;
    setText(svgElement("tspan", attributes, element), subscripted ?? plain);
  }
}

/** Show or hide an SVG element. */
export function setShown(element, shown) {
  if (shown) element.removeAttribute("display");
  else setAttributes(element, { display: "none" });
}

/** Give as many elements as asked for, made once and hidden when not needed. */
export function elementPool(make) {
  const elements = [];
  return (count) => {
    while (elements.length < count) elements.push(make());
    elements.forEach((element, i) => setShown(element, i < count));
    return elements.slice(0, count);
  };
}

/** Write a number with a true minus sign; large and tiny ones by powers of ten. */
export function decimal(value, digits = 3) {
  const size = Math.abs(value);
  const tiny = size > 0 && size < 0.5 * 10 ** -digits;
  let text = value.toFixed(digits);
  if (size >= 1e5 || tiny) text = value.toExponential(Math.max(digits - 1, 0));
  return text.replace(/^-(0\.?0*)$/, "$1").replaceAll("-", "−").replace("e+", "e");
}

/** Write a number like `decimal`, without zeros at its end. */
export function shortDecimal(value) {
  return decimal(value).replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}

/** Write a number with so many significant digits. */
export function significant(value, digits = 3) {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-4 && size < 1e5);
  const text = plain ? value.toPrecision(digits) : value.toExponential(digits - 1);
  const readable = plain && text.includes("e") ? String(Number(text)) : text;
  return readable.replaceAll("-", "−").replace("e+", "e");
}

/** Write a whole number as a subscript. */
export function subscript(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
}

/** Map an interval linearly to another one. */
export function linearScale([low, high], [from, to]) {
  const rate = (to - from) / (high - low);
  return (value) => from + (value - low) * rate;
}

/** Find the round step (1, 2 or 5 times a power of ten) for about so many ticks. */
export function niceStep(span, count) {
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5].find((factor) => raw <= factor * power * 1.0001) ?? 10);
}

/** List the round numbers in an interval. */
export function niceTicks([low, high], count) {
  const step = niceStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Write ticks with just the digits that tell them apart. */
export function tickLabels(ticks) {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
  const largest = Math.max(...ticks.map(Math.abs));
  if (step < 1e-3 || largest >= 1e5) {
    const shortest = (tick) => (tick ? Number(tick.toPrecision(4)).toExponential() : "0");
    return ticks.map((tick) => shortest(tick).replaceAll("-", "−").replace("e+", "e"));
  }
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return ticks.map((tick) => decimal(tick, digits));
}

/** Put round limits around values, zero among them. */
export function niceLimits(values) {
  let low = Math.min(0, ...values);
  let high = Math.max(0, ...values);
  if (low === high) return [-1, 1];
  const margin = 0.04 * (high - low);
  const step = niceStep(high - low, 5) / 2;
  if (low < 0) low = Math.floor((low - margin) / step) * step;
  if (high > 0) high = Math.ceil((high + margin) / step) * step;
  return [low, high];
}

/**
 * Keep limits that hold the values, so that nothing jumps while something is moved;
 * when it rests, limits that have become far too wide are narrowed.
 */
export function keptLimits(previous, values, resting) {
  const wanted = niceLimits(values);
  if (!previous) return wanted;
  const wasted = wanted[1] - wanted[0] < 0.6 * (previous[1] - previous[0]);
  if (resting && wasted) return wanted;
  return [Math.min(previous[0], wanted[0]), Math.max(previous[1], wanted[1])];
}

const OKABE_ITO = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
const DASHES = ["none", "7 3", "2 3"];

/** Read the theme's categorical colours. */
export function themeColors(element) {
  const style = getComputedStyle(element);
  const listed = style.getPropertyValue("--st-chart-categorical-colors");
  // A comma inside parentheses belongs to a colour.
  const colors = listed.split(/,(?![^(]*\))/).map((color) => color.trim());
  return listed.trim() ? colors : OKABE_ITO;
}

/** Choose colour and dashes of a unit: dashes tell apart who shares a colour. */
export function unitStyle(unit, colors) {
  const round = Math.floor(unit / colors.length);
  const dashes = DASHES[round % DASHES.length];
  return { stroke: colors[unit % colors.length], "stroke-dasharray": dashes };
}

/** Join points to the text of a polyline. */
export function polyline(xs, ys, panel) {
  const place = (x, i) => `${panel.x(x).toFixed(2)},${panel.y(ys[i]).toFixed(2)}`;
  return xs.map(place).join(" ");
}

/** A rectangle with a title, axes and two scales, `x` and `y`. */
export class Panel {
  constructor(parent) {
    this.group = svgElement("g", { class: "panel" }, parent);
    this.title = svgElement("text", { class: "title" }, this.group);
    this.below = svgElement("g", {}, this.group);
    this.frame = svgElement("rect", { class: "frame" }, this.group);
    this.zero = svgElement("line", { class: "zero" }, this.group);
    this.content = svgElement("g", {}, this.group);
    const label = (anchor) => () =>
      svgElement("text", { class: "tick", "text-anchor": anchor }, this.group);
    this.xLabels = elementPool(label("middle"));
    this.yLabels = elementPool(label("end"));
    this.limits = null;
  }

  /** Put the panel at a place, for a domain and for values that it must hold. */
  place(box, domain, values, resting) {
    this.arrange(box, domain, keptLimits(this.limits, values, resting));
  }

  /** Put the panel at a place, for a domain and for given limits. */
  arrange(box, domain, limits) {
    const { left, top, width, height } = box;
    this.box = box;
    this.limits = limits;
    this.x = linearScale(domain, [left, left + width]);
    this.y = linearScale(this.limits, [top + height, top]);
    setAttributes(this.frame, { x: left, y: top, width, height });
    const zero = this.y(0);
    setShown(this.zero, limits[0] <= 0 && limits[1] >= 0);
    setAttributes(this.zero, { x1: left, x2: left + width, y1: zero, y2: zero });
    setAttributes(this.title, { x: left, y: top - 7 });
    const bottom = top + height;
    this.label(this.xLabels, niceTicks(domain, width / 60), (x) => [this.x(x), bottom + 14]);
    // Not below the frame, where the first label of the other axis stands.
    const lowered = (y) => Math.min(this.y(y) + 3.5, bottom - 1);
    this.label(this.yLabels, niceTicks(this.limits, height / 36), (y) => [left - 4, lowered(y)]);
  }

  label(pool, ticks, place) {
    const texts = tickLabels(ticks);
    pool(ticks.length).forEach((element, i) => {
      const [x, y] = place(ticks[i]);
      setAttributes(element, { x, y });
      setText(element, texts[i]);
    });
  }
}
