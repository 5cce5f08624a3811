// The large panel: outputs, regions with patterns and slopes, joints to drag, points.

import { decimal, elementPool, polyline, setAttributes, setShown, setText, shortDecimal, svgElement, unitStyle } from "./axes.js";
import { lockHandle, makeHandle } from "./drag.js";
import { outputName } from "./shallow.js";

const DOT_PITCH = 9; // px from dot to dot
const LETTER = 6.6; // px, the width of a digit of a slope
const SLOPE_BAND = 44; // px above the sum: a slope turned upright, and the grip
const OUTPUT_NAME = 18; // px more for an upright slope that says of which output it is
const LINE_HEIGHT = 13; // px from one output's slope to the next one's
const OUTSIDE = 0.002; // a part of the domain: joints are rounded when they are moved
const TOGETHER = 4; // px; knobs as close as this are moved apart, upright
const KNOB_PITCH = 11;
const FAR_PITCH = 20; // px between the arrows of joints out of view
const OUTPUT_DASHES = ["none", "8 4"];
const VEIL = "Hidden until you have answered";

/** What is drawn in and above the panel of the sum; `on` as in StageFigure. */
export class SumPanel {
  constructor(panel, handles, on) {
    Object.assign(this, { panel, handles, on, joints: [] });
    const [layer, pool] = [
      (parent) => svgElement("g", {}, parent),
      (parent, tag, attributes) => elementPool(() => svgElement(tag, attributes, parent)),
    ];
    const { below, content } = panel;
    this.shades = pool(layer(below), "rect", { class: "shade" });
    this.slopes = pool(layer(below), "text", { class: "slope" });
    this.dots = pool(layer(below), "circle", { class: "dot", r: 3.2 });
    this.sticks = pool(layer(content), "line", { class: "stick" });
    this.curves = pool(layer(content), "polyline", { class: "sum" });
    this.names = pool(layer(content), "text", { class: "output-name" });
    this.marks = pool(layer(content), "circle", { class: "mark", r: 3.5 });
    this.probe = svgElement("line", { class: "probe" }, content);
    this.values = pool(layer(content), "circle", { class: "point total", r: 4.5 });
    this.veil = svgElement("text", { class: "veil", "text-anchor": "middle" }, content);
    setText(this.veil, VEIL);
    this.grip = this.handle("Probe x", { drag: on.dragProbe, step: on.stepProbe });
    svgElement("rect", { class: "hit" }, this.grip);
    svgElement("path", { class: "grip", d: "M-7-8H7V0L0 7L-7 0Z" }, this.grip);
  }

  handle(name, does) {
    const attributes = { class: "handle", role: "slider", "aria-label": name };
    const element = svgElement("g", attributes, this.handles);
    makeHandle(element, { release: this.on.release, ...does });
    return element;
  }

  /** Make the joints' handles: one a unit, with a knob on each output. */
  shape({ units, outputs }) {
    for (const { handle } of this.joints) handle.remove();
    this.joints = Array.from({ length: units }, (_, d) => this.joint(d, outputs));
    this.panel.limits = null;
    this.dotRows = units > 6 ? 4 : 2;
    // The height of what stands above the panel.
    const upright = SLOPE_BAND + (outputs > 1 ? OUTPUT_NAME : 0);
    this.band = upright + 4 + DOT_PITCH * this.dotRows;
  }

  joint(d, outputs) {
    const handle = this.handle(`Joint of unit ${d + 1}`, {
      drag: (x) => this.on.dragJoint(d, x),
      step: (n) => this.on.stepJoint(d, n),
    });
    const near = svgElement("g", {}, handle);
    const stems = ["hit strip", "stem"].map((name) => svgElement("line", { class: name }, near));
    const knobs = Array.from({ length: outputs }, () => {
      const hit = svgElement("circle", { class: "hit", r: 16 }, near);
      return { hit, knob: svgElement("circle", { class: "knob", r: 6.5 }, near) };
    });
    const far = svgElement("g", {}, handle);
    const arrow = svgElement("path", {}, far);
    const place = svgElement("text", { class: "far" }, far);
    svgElement("rect", { class: "hit", y: -9, width: 54, height: 18 }, far);
    handle.onpointerenter = handle.onfocus = () => this.on.highlight(d);
    handle.onpointerleave = () => this.on.highlight(null);
    handle.addEventListener("blur", () => this.on.highlight(null));
    return { handle, near, stems, knobs, far, arrow, place };
  }

  /** Keep the joints where they are, or let them be moved again. */
  lock(locked) {
    for (const { handle } of this.joints) lockHandle(handle, locked);
  }

  /** Draw what belongs to the panel, which has been placed. */
  draw(scene) {
    const { veiled, regions, ends, sums, values, points, colors, domain } = scene;
    setShown(this.veil, veiled);
    const { left, top, width, height } = this.panel.box;
    setAttributes(this.veil, { x: left + width / 2, y: top + height / 4 });
    if (veiled) this.panel.yLabels(0);
    this.drawRegions(ends, veiled ? { patterns: [], slopes: [] } : regions, colors);
    this.drawOutputs(ends, veiled ? [] : sums);
    this.drawPoints(veiled ? null : points, scene);
    this.drawJoints(scene);
    this.drawProbe(scene.probe, veiled ? [] : values, domain);
  }

  drawOutputs(ends, sums) {
    const { panel } = this;
    const { left, top, width, height } = panel.box;
    this.curves(sums.length).forEach((curve, j) => {
      const dashes = { "stroke-dasharray": OUTPUT_DASHES[j] };
      setAttributes(curve, { points: polyline(ends, sums[j], panel), ...dashes });
    });
    const names = sums.length > 1 ? sums.map((values) => panel.y(values.at(-1))) : [];
    if (names.length > 1 && Math.abs(names[0] - names[1]) < 15) {
      const [middle, half] = [(names[0] + names[1]) / 2, names[0] > names[1] ? 7.5 : -7.5];
      names.splice(0, 2, middle + half, middle - half);
    }
    this.names(names.length).forEach((element, j) => {
      const y = Math.min(Math.max(names[j], top + 6), top + height - 4) + 4;
      setAttributes(element, { x: left + width + 5, y });
      setText(element, outputName(j, names.length));
    });
  }

  drawPoints(points, { at, domain: [low, high] }) {
    const { panel } = this;
    const inView = points ? points.x.flatMap((x, i) => (x >= low && x <= high ? [i] : [])) : [];
    const [sticks, marks] = [this.sticks(inView.length), this.marks(inView.length)];
    inView.forEach((i, k) => {
      const x = panel.x(points.x[i]);
      const [y, fitted] = [panel.y(points.y[i]), panel.y(at(points.x[i])[0])];
      setAttributes(sticks[k], { x1: x, x2: x, y1: y, y2: fitted });
      setAttributes(marks[k], { cx: x, cy: y });
    });
  }

  drawJoints({ units, at, domain: [low, high], colors, veiled }) {
    const { panel } = this;
    const { left, top, width, height } = panel.box;
    const slack = OUTSIDE * (high - low);
    const taken = { "-1": [], 0: [], 1: [] };
    units.forEach((unit, d) => {
      const joint = this.joints[d];
      setShown(joint.handle, !Number.isNaN(unit.joint));
      if (Number.isNaN(unit.joint)) return;
      const side = unit.joint < low - slack ? -1 : Number(unit.joint > high + slack);
      const inside = Math.min(Math.max(unit.joint, low), high);
      const x = panel.x(inside);
      const rank = taken[side].filter((other) => Math.abs(other - x) < TOGETHER).length;
      taken[side].push(x);
      setShown(joint.near, !side);
      setShown(joint.far, side);
      const { stroke } = unitStyle(d, colors);
      let y = top + 14 + FAR_PITCH * rank;
      if (side) this.drawFar(joint, side, unit.joint, stroke);
      else {
        const heights = (veiled ? [0] : at(inside)).map(panel.y);
        y = heights[0];
        this.drawKnobs(joint, heights, rank * (y > top + height / 2 ? -1 : 1), stroke);
      }
      setAttributes(joint.handle, {
        transform: `translate(${(side ? left + (side + 1) * (width / 2) : x).toFixed(2)} ${y.toFixed(2)})`,
        "aria-valuemin": String(low),
        "aria-valuemax": String(high),
        "aria-valuenow": String(inside),
        "aria-valuetext": `x = ${decimal(unit.joint)}${side ? ", out of view" : ""}`,
      });
    });
  }

  drawKnobs({ stems, knobs }, heights, rank, stroke) {
    const shift = KNOB_PITCH * rank;
    const last = heights.at(-1) - heights[0];
    const ends = { y1: Math.min(0, shift), y2: Math.max(last, last + shift) };
    for (const stem of stems) setAttributes(stem, { x1: 0, x2: 0, ...ends });
    setAttributes(stems[1], { stroke });
    knobs.forEach(({ hit, knob }, j) => {
      const cy = (heights[j] ?? heights[0]) - heights[0] + shift;
      setAttributes(hit, { cy });
      setAttributes(knob, { cy, stroke });
    });
  }

  drawFar({ far, arrow, place }, side, joint, fill) {
    setAttributes(arrow, { d: `M${-side} 0l${-9 * side}-6v12Z`, fill });
    setText(place, shortDecimal(joint));
    setAttributes(place, { x: -14 * side, y: 4, "text-anchor": side > 0 ? "end" : "start" });
    setAttributes(far.lastChild, { x: side > 0 ? -54 : 0 });
  }

  drawRegions(ends, { patterns, slopes }, colors) {
    const { panel } = this;
    const { top, height } = panel.box;
    const outputs = slopes[0]?.length ?? 0;
    const shades = this.shades(patterns.length);
    const texts = this.slopes(patterns.length * outputs);
    const dots = [];
    patterns.forEach((pattern, i) => {
      const [left, right] = [panel.x(ends[i]), panel.x(ends[i + 1])];
      const [width, middle] = [right - left, (left + right) / 2];
      const start = top - this.band;
      const rect = { x: left, y: start, width, height: height + this.band };
      setAttributes(shades[i], { ...rect, "fill-opacity": i % 2 ? 0.12 : 0.04 });

      const columns = Math.min(pattern.length, Math.floor((width - 4) / DOT_PITCH));
      const rows = Math.ceil(pattern.length / columns);
      const fits = columns >= 1 && rows <= this.dotRows;
      pattern.forEach((active, d) => {
        if (!fits) return;
        const row = Math.floor(d / columns);
        const inRow = Math.min(columns, pattern.length - row * columns);
        const cx = middle + DOT_PITCH * ((d % columns) - (inRow - 1) / 2);
        const color = unitStyle(d, colors).stroke;
        dots.push({ cx, cy: start + 8 + DOT_PITCH * row, active, color });
      });
      const below = start + 6 + (fits ? DOT_PITCH * rows : 0);
      const own = texts.slice(i * outputs, (i + 1) * outputs);
      this.writeSlopes(own, slopes[i], { width, middle, below });
    });
    this.dots(dots.length).forEach((dot, i) => {
      const { cx, cy, active, color } = dots[i];
      const fill = active ? color : "none";
      setAttributes(dot, { cx, cy, fill, stroke: color, "stroke-opacity": active ? 1 : 0.6 });
    });
  }

  /** Write a region's slopes one below the other, or upright side by side if it is narrow. */
  writeSlopes(texts, slopes, { width, middle, below }) {
    const numbers = slopes.map((slope) => decimal(slope));
    const longest = Math.max(...numbers.map((number) => number.length));
    // An output's name and a space are three letters.
    const room = (width - 4) / LETTER - longest - (slopes.length > 1 ? 3 : 0);
    texts.forEach((text, j) => {
      const name = texts.length > 1 ? `${outputName(j, texts.length)} ` : "";
      const prefix = room > 6 ? `slope ${name}` : name;
      const sideways = (j - (texts.length - 1) / 2) * LINE_HEIGHT;
      setShown(text, width > LINE_HEIGHT * texts.length);
      setText(text, prefix + numbers[j]);
      setAttributes(text, {
        x: room > 0 ? middle : -below,
        y: room > 0 ? below + 10 + LINE_HEIGHT * j : middle + 4 + sideways,
        transform: room > 0 ? "" : "rotate(-90)",
        "text-anchor": room > 0 ? "middle" : "end",
      });
    });
  }

  drawProbe(probe, values, [low, high]) {
    const { panel } = this;
    const [x, { top, height }] = [panel.x(probe), panel.box];
    setAttributes(this.probe, { x1: x, x2: x, y1: top, y2: top + height });
    this.values(values.length).forEach((circle, j) =>
      setAttributes(circle, { cx: x, cy: panel.y(values[j]) }),
    );
    const names = values.map((y, j) => `, ${outputName(j, values.length)} = ${decimal(y)}`);
    setAttributes(this.grip, {
      transform: `translate(${x.toFixed(2)} ${top})`,
      "aria-valuemin": String(low),
      "aria-valuemax": String(high),
      "aria-valuenow": String(probe),
      "aria-valuetext": `x = ${decimal(probe)}${names.join("")}`,
    });
    setAttributes(this.grip.firstChild, { x: -9, y: -10, width: 18, height: height + 10 });
  }
}
