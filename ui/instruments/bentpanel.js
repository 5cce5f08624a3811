// A panel with a network of one input as a broken line, its corners to be dragged.

import { evaluate } from "./relu.js";
import { decimal, elementPool, polyline, setAttributes, svgElement, unitStyle } from "./axes.js";
import { lockHandle, makeHandle } from "./drag.js";
import { unitsOf } from "./shallow.js";

const SHADES = [0.03, 0.1];

/** List where a network bends within an interval, with the units that do it. */
export function jointsInside(network, [low, high]) {
  const units = unitsOf(network).map(({ joint }, d) => ({ joint, d }));
  const inside = units.filter(({ joint }) => joint > low && joint < high);
  return inside.sort((a, b) => a.joint - b.joint);
}

/** Shade the stretches between some inputs by turns, over the height of a panel. */
export function drawStretches(pool, panel, ends) {
  const { top, height } = panel.box;
  pool(ends.length - 1).forEach((shade, i) => {
    const [x, right] = [panel.x(ends[i]), panel.x(ends[i + 1])];
    setAttributes(shade, { x, y: top, width: right - x, height, "fill-opacity": SHADES[i % 2] });
  });
}

/** Draw a line of a unit's colour, thin, between two places in pixels. */
export function drawGuide(line, [x1, y1, x2, y2], unit, colors) {
  setAttributes(line, { x1, y1, x2, y2, ...unitStyle(unit, colors) });
}

/**
 * The line of one network within a placed panel; `on` holds drag(corner, clientX,
 * clientY), step(corner, n, upright) and release().
 */
export class BentLine {
  constructor(panel, handles, name, on) {
    Object.assign(this, { panel, handles, name, on, corners: [], locked: false });
    const pool = (parent, tag, attributes) =>
      elementPool(() => svgElement(tag, attributes, parent));
    this.shades = pool(svgElement("g", {}, panel.below), "rect", { class: "shade" });
    this.guides = pool(svgElement("g", {}, panel.content), "line", { class: "guide" });
    this.curve = svgElement("polyline", { class: "sum" }, panel.content);
  }

  /** Make so many corners, the first and the last at the ends. */
  shape(count) {
    if (this.corners.length === count) return;
    for (const { handle } of this.corners) handle.remove();
    this.corners = Array.from({ length: count }, (_, corner) => {
      const isEnd = corner === 0 || corner === count - 1;
      const name = `handle ${isEnd ? "upright" : "free"}`;
      const handle = svgElement("g", { class: name, role: "slider" }, this.handles);
      svgElement("circle", { class: "hit", r: 16 }, handle);
      const knob = svgElement("circle", { class: "knob", r: 6.5 }, handle);
      makeHandle(handle, {
        drag: (...at) => this.on.drag(corner, ...at),
        step: (n, upright) => this.on.step(corner, n, upright),
        release: this.on.release,
      });
      lockHandle(handle, this.locked);
      return { handle, knob };
    });
  }

  lock(locked) {
    this.locked = locked;
    for (const { handle } of this.corners) lockHandle(handle, locked);
  }

  /** Draw a network whose first unit has the colour number `colorFrom`. */
  draw({ network, corners, interval, colorFrom, colors }) {
    const { panel } = this;
    const { top, height } = panel.box;
    const [low, high] = interval;
    const joints = jointsInside(network, interval);
    const ends = [low, ...joints.map(({ joint }) => joint), high];
    drawStretches(this.shades, panel, ends);
    const heights = ends.map((x) => evaluate(network, [x])[0]);
    setAttributes(this.curve, { points: polyline(ends, heights, panel) });
    this.guides(joints.length).forEach((line, i) => {
      const x = panel.x(joints[i].joint);
      drawGuide(line, [x, top, x, top + height], colorFrom + joints[i].d, colors);
    });
    this.shape(corners.xs.length);
    this.corners.forEach((corner, i) =>
      this.drawCorner(corner, i, corners, colorFrom, colors),
    );
  }

  drawCorner({ handle, knob }, i, { xs, ys, bending }, colorFrom, colors) {
    const { panel } = this;
    const isEnd = i === 0 || i === xs.length - 1;
    const place = isEnd ? `${i ? "right" : "left"} end` : `joint of unit ${bending[i - 1] + 1}`;
    const [low, high] = panel.limits;
    setAttributes(handle, {
      transform: `translate(${panel.x(xs[i]).toFixed(2)} ${panel.y(ys[i]).toFixed(2)})`,
      "aria-label": `${this.name}, ${place}`,
      "aria-orientation": "vertical",
      "aria-valuemin": String(low),
      "aria-valuemax": String(high),
      "aria-valuenow": String(ys[i]),
      "aria-valuetext": `${decimal(xs[i])} to ${decimal(ys[i])}`,
    });
    const stroke = isEnd ? "currentColor" : unitStyle(colorFrom + bending[i - 1], colors).stroke;
    setAttributes(knob, { stroke });
  }
}
