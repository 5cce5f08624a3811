// Points, a line φ₀ + φ₁ x with two handles, and its residuals as squares.

import { Panel, elementPool, setAttributes, setText, svgElement } from "./axes.js";
import { makeHandle } from "./drag.js";
import { fourDigits } from "./lossmap.js";

const HANDLES = [0.08, 0.92]; // parts of the domain
const FEW = 40; // points; more of them are drawn lighter

/** Find limits around values, with zero among them if it is near. */
export function limitsAround(values, part) {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(low) || 1;
  if (low > 0 && low < span) low = 0;
  else low -= part * span;
  return [low, high + part * span];
}

/** The picture: `on` holds drag(end, clientY), step(end, n) and release(). */
export class LinePlot {
  constructor(parent, on) {
    this.svg = svgElement("svg", { class: "plot" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.clip = svgElement("rect", {}, svgElement("clipPath", { id: "in-plot" }, this.picture));
    this.panel = new Panel(this.picture);
    const clipped = svgElement("g", { "clip-path": "url(#in-plot)" }, this.panel.content);
    const group = () => svgElement("g", {}, clipped);
    const [squares, points] = [group(), group()];
    this.squares = elementPool(() => svgElement("rect", { class: "square" }, squares));
    this.line = svgElement("line", { class: "fitted" }, clipped);
    clipped.append(points);
    this.points = elementPool(() => svgElement("circle", { class: "point" }, points));
    this.names = ["middle", "start"].map((anchor) =>
      svgElement("text", { class: "axis", "text-anchor": anchor }, this.picture),
    );
    this.handles = ["left", "right"].map((side, end) => {
      const attributes = { role: "slider", "aria-label": `Line, ${side} handle` };
      const handle = svgElement("g", { class: "handle upright", ...attributes }, this.svg);
      svgElement("circle", { class: "hit", r: 16 }, handle);
      svgElement("circle", { class: "knob", r: 6.5 }, handle);
      makeHandle(handle, {
        drag: (_, clientY) => on.drag(end, clientY),
        step: (n) => on.step(end, n),
        release: on.release,
      });
      return handle;
    });
  }

  /** Give the inputs at which the handles sit. */
  static handleInputs([low, high]) {
    return HANDLES.map((part) => low + part * (high - low));
  }

  /** Give the output under a height of the screen, within the panel. */
  outputAt(clientY) {
    const { top, height } = this.panel.box;
    const up = 1 - (clientY - this.svg.getBoundingClientRect().top - top) / height;
    const [low, high] = this.panel.limits;
    return low + Math.min(Math.max(up, 0), 1) * (high - low);
  }

  draw({ x, y, domain, limits, shown, names, colors, width, height }) {
    const { panel } = this;
    const box = { left: 50, top: 22, width: width - 58, height: height - 62 };
    panel.arrange(box, domain, limits);
    setText(panel.title, "The line and its squared residuals");
    setAttributes(this.clip, { x: box.left, y: box.top, width: box.width, height: box.height });
    setAttributes(this.svg, { width, height, viewBox: `0 0 ${width} ${height}` });
    names.forEach((name, i) => setText(this.names[i], name));
    setAttributes(this.names[0], { x: box.left + box.width / 2, y: height - 6 });
    setAttributes(this.names[1], { x: box.left + 6, y: box.top + 14 });

    const predict = (input) => shown[0] + shown[1] * input;
    const [y1, y2] = domain.map((input) => panel.y(predict(input)));
    const ends = { x1: box.left, x2: box.left + box.width, y1, y2 };
    setAttributes(this.line, { ...ends, stroke: colors[1] });
    const [squares, points] = [this.squares(x.length), this.points(x.length)];
    const lightness = Math.min(1, FEW / x.length);
    // Sums of still fainter ones change their hue, since browsers round each.
    const opacity = Math.max(0.18 * lightness, 0.03);
    x.forEach((input, i) => {
      const [cx, cy, on] = [panel.x(input), panel.y(y[i]), panel.y(predict(input))];
      const side = Math.abs(cy - on);
      // Always to the same side, the roomier one, so that none flips during a drag.
      const left = cx > box.left + box.width / 2 ? cx - side : cx;
      setAttributes(squares[i], { x: left, y: Math.min(cy, on), width: side, height: side });
      setAttributes(squares[i], { fill: colors[1], "fill-opacity": opacity });
      setAttributes(points[i], { cx, cy, r: 2.5 + 2 * lightness, fill: colors[0] });
    });
    this.drawHandles(domain, predict, colors);
  }

  drawHandles(domain, predict, colors) {
    const [low, high] = this.panel.limits;
    LinePlot.handleInputs(domain).forEach((input, end) => {
      const output = predict(input);
      const inside = Math.min(Math.max(output, low), high);
      const at = `${this.panel.x(input).toFixed(2)} ${this.panel.y(inside).toFixed(2)}`;
      setAttributes(this.handles[end].lastChild, { stroke: colors[1] });
      setAttributes(this.handles[end], {
        transform: `translate(${at})`,
        "aria-orientation": "vertical",
        "aria-valuemin": String(low),
        "aria-valuemax": String(high),
        "aria-valuenow": String(output),
        "aria-valuetext": `at x = ${fourDigits(input)}, y = ${fourDigits(output)}`,
      });
    });
  }
}
