// The lines on which units switch: each is moved by its middle and turned by its end.

import { decimal, elementPool, niceStep, setAttributes, setShown, setText, svgElement, unitStyle } from "./axes.js";
import { lockHandle, makeHandle } from "./drag.js";
import { rounded } from "./parameters.js";
import { chordOfSquare } from "./polygons.js";
import { affineInWords } from "./planewords.js";

const FINEST = 0.001; // of a line's own slopes
const KEY_PART = 0.01; // of the box
const KEY_DEGREES = 1;
const KNOB_INSET = 9; // px from the frame
const FAR_ROOM = 20; // px between the marks of lines out of view
const KNOB_ROOM = 24; // px between knobs: lines that meet have theirs side by side
const ASIDE = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5]; // in such steps along the line
const ARROW = 15; // px, towards the side on which the unit is on

/** A unit's line θ₀ + θ₁ x₁ + θ₂ x₂ = 0 in a box, seen as the square −1 … 1. */
export class BoxedLine {
  constructor({ weights, biases }, unit, box) {
    this.box = box;
    this.middle = box.map(([low, high]) => (low + high) / 2);
    this.half = box.map(([low, high]) => (high - low) / 2);
    const theta = weights[0][unit];
    this.theta = [biases[0][unit], ...theta];
    this.slopes = theta.map((slope, i) => slope * this.half[i]);
    this.offset = biases[0][unit] + theta[0] * this.middle[0] + theta[1] * this.middle[1];
    this.exists = Math.hypot(...this.slopes) > 0;
    this.chord = chordOfSquare([this.offset, ...this.slopes]);
  }

  toInputs(square) {
    return square.map((u, i) => this.middle[i] + this.half[i] * u);
  }

  toSquare(inputs) {
    return inputs.map((x, i) => (x - this.middle[i]) / this.half[i]);
  }

  /** Its ends in the box as inputs; null if it is out of view. */
  get ends() {
    return this.chord?.map((end) => this.toInputs(end)) ?? null;
  }

  /** The middle of what is in view, or the corner that it is nearest to. */
  get handle() {
    if (this.chord) return [0, 1].map((i) => (this.chord[0][i] + this.chord[1][i]) / 2);
    return this.slopes.map((slope) => (slope * this.offset > 0 ? -1 : 1));
  }

  /** The direction of the line on the square, in degrees. */
  get degrees() {
    return (Math.atan2(this.slopes[0], -this.slopes[1]) * 180) / Math.PI;
  }

  /** θ of the parallel line through some inputs. */
  through(inputs) {
    const [, theta1, theta2] = this.theta;
    const finest = (FINEST / 4) * Math.hypot(...this.slopes);
    return [rounded(-theta1 * inputs[0] - theta2 * inputs[1], niceStep(finest, 1)) + 0, theta1, theta2];
  }

  /** θ of the line turned to a direction of the square, through a point of it. */
  turned([across, up], pivot) {
    const [size, length] = [Math.hypot(...this.slopes), Math.hypot(across, up)];
    if (!length) return this.theta;
    const slopes = [up, -across].map((part, i) => {
      const slope = (part / length) * (size / this.half[i]);
      return rounded(slope, niceStep(FINEST * (size / this.half[i]), 1)) + 0;
    });
    const turned = Object.assign(Object.create(BoxedLine.prototype), this, { theta: [0, ...slopes] });
    return turned.through(this.toInputs(pivot));
  }

  /** Give the inputs by which a key moves the line: along one axis. */
  shifted(n, axis) {
    const start = this.toInputs(this.handle);
    const [low, high] = this.box[axis];
    const moved = Number.isFinite(n) ? start[axis] + n * KEY_PART * (high - low) : n < 0 ? low : high;
    return start.with(axis, moved);
  }

  /** Give the direction to which a key turns the line. */
  direction(n) {
    const turned = this.degrees + n * KEY_DEGREES;
    const radians = Number.isFinite(n) ? (turned * Math.PI) / 180 : n < 0 ? 0 : Math.PI / 2;
    return [Math.cos(radians), Math.sin(radians)];
  }
}

/**
 * The handles on one panel. `on` holds move(unit, clientX, clientY), turn(…), stepMove(unit,
 * n, upright), stepTurn(unit, n), release() and highlight(unit).
 */
export class LineHandles {
  constructor(parent, panel, on) {
    Object.assign(this, { panel, on, handles: [] });
    this.group = svgElement("g", {}, parent);
    this.arrows = elementPool(() => svgElement("path", { class: "side-on" }, panel.creases));
  }

  shape(units) {
    for (const { middle, end } of this.handles) for (const handle of [middle, end]) handle.remove();
    const { on } = this;
    this.handles = Array.from({ length: units }, (_, d) => ({
      middle: this.handle(d, `Line of unit ${d + 1}, moved`, {
        drag: (...at) => on.move(d, ...at),
        step: (n, upright) => on.stepMove(d, n, upright ? 1 : 0),
      }),
      end: this.handle(d, `Line of unit ${d + 1}, turned`, {
        drag: (...at) => on.turn(d, ...at),
        step: (n) => on.stepTurn(d, n),
      }),
    }));
  }

  handle(d, name, does) {
    const element = svgElement("g", { class: "handle free", role: "slider", "aria-label": name }, this.group);
    // What is held is the hit area: a number beside the knob must not move its centre.
    svgElement("circle", { class: "hit", r: 15 }, element);
    svgElement("circle", { class: "knob", r: name.endsWith("turned") ? 4.5 : 8 }, element);
    svgElement("text", { class: "knob-name", "text-anchor": "middle", y: 4 }, element);
    makeHandle(element, { release: this.on.release, ...does });
    element.onpointerenter = element.onfocus = () => this.on.highlight(d);
    element.onpointerleave = () => this.on.highlight(null);
    element.addEventListener("blur", () => this.on.highlight(null));
    return element;
  }

  lock(locked) {
    for (const { middle, end } of this.handles) for (const handle of [middle, end]) lockHandle(handle, locked);
  }

  /** Draw the handles of lines in view, and marks of those that are not. */
  draw(lines, { colors, names, veiled }) {
    const { panel } = this;
    const { left, top, size } = panel.area;
    const inside = ([x, y]) => [
      Math.min(Math.max(x, left + KNOB_INSET), left + size - KNOB_INSET),
      Math.min(Math.max(y, top + KNOB_INSET), top + size - KNOB_INSET),
    ];
    const far = new Map();
    const [arrows, taken] = [[], []];
    lines.forEach((line, d) => {
      const { middle, end } = this.handles[d];
      setShown(middle, line.exists && !veiled);
      setShown(end, line.chord && !veiled);
      if (!line.exists || veiled) return;
      const { stroke } = unitStyle(d, colors);
      const onScreen = (square) => line.toInputs(square).map((value, i) => (i ? panel.y(value) : panel.x(value)));
      let [x, y] = inside(onScreen(line.handle));
      if (line.chord) {
        [x, y] = this.freePlace(line.chord.map(onScreen), [x, y], taken);
        taken.push([x, y]);
      } else {
        const corner = line.handle.join();
        const rank = far.get(corner) ?? 0;
        far.set(corner, rank + 1);
        x -= Math.sign(line.handle[0]) * FAR_ROOM * rank;
      }
      const equation = `${affineInWords(line.theta[0], line.theta.slice(1), names)} = 0`;
      const out = line.chord ? "" : ", out of view";
      this.put(middle, [x, y], stroke, {
        "aria-valuemin": "-2",
        "aria-valuemax": "2",
        "aria-valuenow": String(-line.offset / Math.hypot(...line.slopes)),
        "aria-valuetext": equation + out,
      });
      middle.classList.toggle("far-line", !line.chord);
      setText(middle.lastChild, String(d + 1));
      if (!line.chord) return;
      this.put(end, inside(onScreen(line.chord[1])), stroke, {
        "aria-valuemin": "-180",
        "aria-valuemax": "180",
        "aria-valuenow": String(line.degrees),
        "aria-valuetext": `${decimal(line.degrees, 0)}°; ${equation}`,
      });
      const steep = Math.hypot(...line.slopes);
      const [ux, uy] = [line.slopes[0] / steep, -line.slopes[1] / steep];
      const tipOf = (length, aside) => {
        const at = [x + length * ux - aside * uy, y + length * uy + aside * ux];
        return at.map((value) => value.toFixed(2)).join(" ");
      };
      const head = `M${tipOf(8 + ARROW, 0)}L${tipOf(3 + ARROW, 4)}L${tipOf(3 + ARROW, -4)}Z`;
      arrows.push({ d: `M${tipOf(8, 0)}L${tipOf(6 + ARROW, 0)}${head}`, stroke, fill: stroke });
    });
    this.arrows(arrows.length).forEach((arrow, i) => setAttributes(arrow, arrows[i]));
  }

  /** Find a place on a line for its knob, near the middle, that no other knob has. */
  freePlace([from, to], middle, taken) {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const places = ASIDE.filter((steps) => Math.abs(steps) * KNOB_ROOM < length / 2).map((steps) =>
      middle.map((at, i) => at + (steps * KNOB_ROOM * (to[i] - from[i])) / length));
    const isFree = ([x, y]) => taken.every((other) => Math.hypot(x - other[0], y - other[1]) >= KNOB_ROOM - 4);
    return places.find(isFree) ?? middle;
  }

  put(element, [x, y], stroke, values) {
    setAttributes(element, { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`, ...values });
    setAttributes(element.children[1], { stroke });
  }
}
