// The summed squared loss of a line φ₀ + φ₁ x, and its map over (φ₀, φ₁).

import { Panel, elementPool, polyline, setAttributes, setShown, setText, svgElement } from "./axes.js";
import { makeHandle } from "./drag.js";

const MARGIN = 1.15; // of the start's own ellipse, so that a path that descends fits in
const WELL_APART = 0.35; // start and optimum, as a part of that ellipse
const FLATTEST = 0.1; // a part of the loss of the best constant
const RINGS = 5; // within the ellipse that touches the box
const MOST_RINGS = 24;
const THINNEST = 0.01; // px; an ellipse without a width would not be drawn

/** Write a number with four significant digits. */
export function fourDigits(value) {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-4 && size < 1e6);
  const text = plain ? value.toPrecision(4) : value.toExponential(3);
  const readable = plain && text.includes("e") ? String(Number(text)) : text;
  return readable.replaceAll("-", "−").replace("e+", "e");
}

/** The summed loss as the quadratic function that it is. */
export class SummedLoss {
  constructor(x, y) {
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const product = (us, vs) => us.reduce((sum, u, i) => sum + u * vs[i], 0);
    [this.n, this.meanX] = [x.length, mean(x)];
    const meanY = mean(y);
    // Around the means the sums keep their digits, and the ellipses' axes are known.
    const [dx, dy] = [x.map((value) => value - this.meanX), y.map((value) => value - meanY)];
    this.sxx = product(dx, dx);
    const slope = product(dx, dy) / this.sxx;
    this.best = [meanY - slope * this.meanX, slope];
    const residuals = dy.map((value, i) => value - slope * dx[i]);
    this.least = product(residuals, residuals);
    this.ofConstant = product(dy, dy);
  }

  /** Give by how much a line's loss is above the least. */
  excess([phi0, phi1]) {
    const turned = phi1 - this.best[1];
    const raised = phi0 - this.best[0] + turned * this.meanX;
    return this.n * raised ** 2 + this.sxx * turned ** 2;
  }

  at(line) {
    return this.least + this.excess(line);
  }

  /** Give the half-axes of an ellipse of equal loss, as (φ₀, φ₁) from its centre. */
  halfAxes(excess) {
    const turned = Math.sqrt(excess / this.sxx);
    return [
      [Math.sqrt(excess / this.n), 0],
      [-this.meanX * turned, turned],
    ];
  }

  /** Give how far an ellipse of equal loss reaches in φ₀ and in φ₁. */
  reach(excess) {
    const [raised, turned] = this.halfAxes(excess);
    return [Math.hypot(raised[0], turned[0]), turned[1]];
  }

  /** Find limits of φ₀ and φ₁ that keep the optimum and a start well in view. */
  limits(start) {
    const flattest = FLATTEST * (this.ofConstant || 1);
    const reach = this.reach(Math.max(this.excess(start), flattest));
    const apart = Math.max(...reach.map((size, i) => Math.abs(start[i] - this.best[i]) / size));
    const isFlat = this.excess(start) <= flattest;
    const part = MARGIN * (isFlat ? 1 : Math.min(1, apart / WELL_APART));
    return this.best.map((middle, i) => [middle - part * reach[i], middle + part * reach[i]]);
  }

  /** Choose the losses above the least, evenly spaced ellipses, that fill a box. */
  levels([limits0, limits1]) {
    const unit = this.reach(1);
    const reached = [limits0, limits1].map((limits, i) => {
      return Math.max(...limits.map((end) => Math.abs(end - this.best[i]))) / unit[i];
    });
    const spacing = Math.max(...reached) / MARGIN / RINGS;
    const corners = limits0.flatMap((phi0) => limits1.map((phi1) => this.excess([phi0, phi1])));
    const wanted = Math.ceil(Math.sqrt(Math.max(...corners)) / spacing);
    const count = Math.min(wanted, MOST_RINGS);
    return Array.from({ length: count }, (_, k) => (spacing * (k + 1)) ** 2);
  }
}

/** The map: `on` holds drag(clientX, clientY), step(n, upright) and release(). */
export class LossMap {
  constructor(parent, on) {
    this.svg = svgElement("svg", { class: "map" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.clip = svgElement("rect", {}, svgElement("clipPath", { id: "in-map" }, this.picture));
    this.panel = new Panel(this.picture);
    const { below, content } = this.panel;
    const clipped = svgElement("g", { "clip-path": "url(#in-map)" }, below);
    const rings = svgElement("g", {}, clipped);
    this.rings = elementPool(() => svgElement("ellipse", { class: "ring" }, rings));
    this.equal = svgElement("ellipse", { class: "equal" }, clipped);
    this.labels = elementPool(() => svgElement("text", { class: "level" }, below));
    this.descent = svgElement("g", { class: "descent", "clip-path": "url(#in-map)" }, content);
    this.trail = svgElement("polyline", { class: "trail" }, this.descent);
    this.dots = elementPool(() => svgElement("circle", { class: "iterate", r: 2.6 }, this.descent));
    this.best = svgElement("path", { class: "best", d: "M-6 0H6M0-6V6" }, content);
    this.names = ["φ₀", "φ₁"].map((name) => {
      const text = svgElement("text", { class: "axis" }, this.picture);
      setText(text, name);
      return text;
    });
    const role = { role: "slider", "aria-label": "Line on the loss map" };
    this.handle = svgElement("g", { class: "handle free", ...role }, this.svg);
    svgElement("circle", { class: "hit", r: 16 }, this.handle);
    this.knob = svgElement("circle", { class: "knob", r: 6.5 }, this.handle);
    makeHandle(this.handle, on);
  }

  /** Give φ₀ and φ₁ under a point of the screen, within the map. */
  lineAt(clientX, clientY) {
    const { left, top } = this.svg.getBoundingClientRect();
    const { box } = this.panel;
    const across = Math.min(Math.max((clientX - left - box.left) / box.width, 0), 1);
    const up = Math.min(Math.max(1 - (clientY - top - box.top) / box.height, 0), 1);
    return [across, up].map((part, i) => {
      const [low, high] = this.limits[i];
      return low + part * (high - low);
    });
  }

  draw({ loss, limits, shown, written, path, fresh, step, colors, width, height }) {
    this.limits = limits;
    const box = { left: 50, top: 22, width: width - 58, height: height - 62 };
    this.panel.arrange(box, limits[0], limits[1]);
    setText(this.panel.title, "Summed loss of every line");
    setAttributes(this.clip, { x: box.left, y: box.top, width: box.width, height: box.height });
    setAttributes(this.svg, { width, height, viewBox: `0 0 ${width} ${height}` });
    setAttributes(this.names[0], { x: box.left + box.width / 2, y: height - 6 });
    setAttributes(this.names[1], { x: 11, y: box.top + box.height / 2 });
    this.drawRings(loss, limits, shown);

    const columns = [0, 1].map((i) => path.map((point) => point[i]));
    setAttributes(this.trail, { points: polyline(...columns, this.panel), stroke: colors[2] });
    this.descent.classList.toggle("stale", !fresh);
    this.dots(path.length).forEach((dot, i) => {
      const [cx, cy] = this.place(path[i]);
      const done = fresh && i <= step;
      setAttributes(dot, { cx, cy, stroke: colors[2], fill: done ? colors[2] : "transparent" });
    });
    setAttributes(this.best, { transform: `translate(${this.place(loss.best).join(" ")})` });

    const inside = shown.map((value, i) => Math.min(Math.max(value, limits[i][0]), limits[i][1]));
    setAttributes(this.knob, { stroke: colors[1] });
    setAttributes(this.handle, {
      transform: `translate(${this.place(inside).join(" ")})`,
      "aria-valuemin": String(limits[0][0]),
      "aria-valuemax": String(limits[0][1]),
      "aria-valuenow": String(shown[0]),
      "aria-valuetext": `${written}, summed loss ${fourDigits(loss.at(shown))}`,
    });
  }

  place([phi0, phi1]) {
    return [this.panel.x(phi0), this.panel.y(phi1)];
  }

  drawRings(loss, limits, shown) {
    const levels = loss.levels(limits);
    const rings = this.rings(levels.length);
    levels.forEach((level, k) => setAttributes(rings[k], this.ellipse(loss, level)));
    const excess = loss.excess(shown);
    setShown(this.equal, excess > 0);
    setAttributes(this.equal, this.ellipse(loss, excess));

    const { left, top, width } = this.panel.box;
    const texts = this.labels(levels.length);
    let lowest = Infinity;
    levels.forEach((level, k) => {
      const [, turned] = loss.halfAxes(level);
      const [x, y] = this.place(loss.best.map((middle, i) => middle + turned[i]));
      const fits = x > left + 20 && x < left + width - 20 && y > top + 8 && y < lowest - 15;
      if (fits) lowest = y;
      setShown(texts[k], fits);
      setAttributes(texts[k], { x, y: y + 3.5 });
      setText(texts[k], fourDigits(loss.least + level));
    });
  }

  /** Give the attributes of an ellipse of equal loss: exact, no polygon. */
  ellipse(loss, excess) {
    const [cx, cy] = this.place(loss.best);
    // Two half-axes of the picture, conjugate but not at right angles to each other.
    const [[ax, ay], [bx, by]] = loss.halfAxes(excess).map((axis) => {
      const [x, y] = this.place(loss.best.map((middle, i) => middle + axis[i]));
      return [x - cx, y - cy];
    });
    const [across, down] = [ax * ax + bx * bx, ay * ay + by * by];
    const mixed = ax * ay + bx * by;
    const rx = Math.sqrt((across + down + Math.hypot(across - down, 2 * mixed)) / 2);
    const ry = Math.max(Math.abs(ax * by - ay * bx) / rx || 0, THINNEST); // the area stays
    const tilt = (Math.atan2(2 * mixed, across - down) / 2) * (180 / Math.PI);
    return { cx, cy, rx, ry, transform: `rotate(${tilt} ${cx} ${cy})` };
  }
}
