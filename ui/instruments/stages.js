// The four stages of a shallow network y = φ₀ + Σ φ_d a[θ_d0 + θ_d1 x], drawn as SVG.

import { evaluate, lineRegions } from "./relu.js";
import { Panel, decimal, elementPool, polyline, setAttributes, setFormula, setShown, setText, subscript, svgElement, unitStyle } from "./axes.js";
import { makeHandle } from "./drag.js";

const STAGES = {
  lines: ["(a) lines θ_{d0} + θ_{d1} x", "(a) lines"],
  clipped: ["(b) after the ReLU: h_{d}", "(b) ReLU"],
  weighted: ["(c) weighted: φ_{d} h_{d}", "(c) weighted"],
  sum: ["(d) their sum with φ_{0}: y", "(d) sum y"],
};
const NARROW = 560; // px
const DOT = 9; // px from dot to dot
const LETTER = 6.6; // px, the width of a digit of a slope
const SLOPE_BAND = 44; // px above the sum: a slope turned upright, and the grip
const OUTSIDE = 0.002; // a part of the domain: joints are rounded when they are moved

/** Take a network's parameters apart, by unit. */
export function unitsOf({ weights, biases }) {
  return biases[0].map((theta0, d) => ({
    theta0,
    theta1: weights[0][d][0],
    phi: weights[1][0][d],
    joint: weights[0][d][0] === 0 ? NaN : -theta0 / weights[0][d][0],
    at: (x) => theta0 + weights[0][d][0] * x,
  }));
}

/** State what the figure shows in words. */
export function stagesInWords(network, [low, high]) {
  const { breakpoints, patterns, slopes } = lineRegions(network, low, high);
  const ends = [low, ...breakpoints, high];
  const regions = patterns.map((pattern, i) => {
    const on = pattern.flatMap((active, d) => (active ? [d + 1] : []));
    const names = on.length ? `on: ${on.join(", ")}` : "no unit on";
    const place = `${decimal(ends[i])} to ${decimal(ends[i + 1])}`;
    return `${place}, ${names}, slope ${decimal(slopes[i][0])}`;
  });
  const joints = breakpoints.map((x) => decimal(x)).join(", ") || "none";
  return (
    `A shallow network with ${network.biases[0].length} hidden units. ` +
    `Joints in view: ${joints}. Regions: ${regions.join("; ")}.`
  );
}

/**
 * The picture. `on` holds what its handles do: dragJoint(unit, clientX), stepJoint(unit, n),
 * dragProbe(clientX), stepProbe(n) and release().
 */
export class StageFigure {
  constructor(parent, on) {
    this.on = on;
    this.svg = svgElement("svg", { class: "stages" }, parent);
    // The handles are no part of the image: its descendants are hidden from readers.
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.panels = {};
    for (const stage of Object.keys(STAGES)) this.panels[stage] = new Panel(this.picture);
    const { below, content } = this.panels.sum;
    this.shades = elementPool(() => svgElement("rect", { class: "shade" }, below));
    this.slopes = elementPool(() => svgElement("text", { class: "slope" }, below));
    this.dots = elementPool(() => svgElement("circle", { class: "dot", r: 3.2 }, below));
    this.sumLine = svgElement("polyline", { class: "sum" }, content);
    this.probes = Object.values(this.panels).map((panel) =>
      svgElement("line", { class: "probe" }, panel.content),
    );
    this.sumPoint = svgElement("circle", { class: "point", r: 4.5 }, content);
    this.handles = svgElement("g", {}, this.svg);
    this.units = [];
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

  /** Make the curves, points and handles of so many units. */
  shape(count) {
    for (const unit of this.units) for (const element of unit.elements) element.remove();
    this.units = Array.from({ length: count }, (_, d) => this.unit(d));
    for (const panel of Object.values(this.panels)) panel.limits = null;
  }

  unit(d) {
    const stages = ["lines", "clipped", "weighted"];
    const within = (tag, attributes) =>
      stages.map((stage) => svgElement(tag, attributes, this.panels[stage].content));
    const curves = within("polyline", { class: "curve" });
    const points = within("circle", { class: "point", r: 3.5 });
    const handle = this.handle(`Joint of unit ${d + 1}`, {
      drag: (x) => this.on.dragJoint(d, x),
      step: (n) => this.on.stepJoint(d, n),
    });
    svgElement("circle", { class: "hit", r: 16 }, handle);
    const knob = svgElement("circle", { class: "knob", r: 6.5 }, handle);
    const elements = [...curves, ...points, handle];
    handle.onpointerenter = handle.onfocus = () => this.highlight(d);
    handle.onpointerleave = () => this.highlight(null);
    return { curves, points, handle, knob, elements };
  }

  /** Draw one unit's curves thicker than the others; null for none. */
  highlight(chosen) {
    this.units.forEach(({ curves }, d) => {
      for (const curve of curves) curve.classList.toggle("hot", d === chosen);
    });
  }

  /** Give the input under a point of the screen. */
  inputAt(clientX, [low, high]) {
    const { left, width } = this.panels.sum.box;
    const inside = (clientX - this.svg.getBoundingClientRect().left - left) / width;
    return low + inside * (high - low);
  }

  /** Draw everything anew; `resting` if nothing is being moved. */
  draw({ network, domain, probe, colors, width, resting }) {
    const [low, high] = domain;
    const units = unitsOf(network);
    const regions = lineRegions(network, low, high);
    const ends = [low, ...regions.breakpoints, high];
    const sums = ends.map((x) => evaluate(network, [x])[0]);
    const lines = units.map((unit) => [unit.at(low), unit.at(high)]);
    const clipped = lines.flat(); // the same limits, so that clipping can be seen
    const weighted = units.flatMap(({ phi }, d) => lines[d].map((z) => phi * Math.max(z, 0)));
    const values = { lines: lines.flat(), clipped, weighted, sum: sums };
    this.layOut(width, domain, values, resting);

    const output = evaluate(network, [probe])[0];
    units.forEach((unit, d) => {
      this.drawUnit(this.units[d], unit, unitStyle(d, colors), domain, probe);
      this.drawJoint(this.units[d], unit, domain, network);
    });
    this.drawRegions(ends, regions, colors);
    setAttributes(this.sumLine, { points: polyline(ends, sums, this.panels.sum) });
    this.drawProbe(probe, output, domain);
    return { ...regions, ends, output };
  }

  layOut(width, domain, values, resting) {
    const narrow = width < NARROW;
    const [margin, gap] = [narrow ? 28 : 38, narrow ? 6 : 12];
    const small = (width - 3 * margin - 2 * gap - 6) / 3;
    const height = Math.round(Math.min(150, Math.max(84, small * 0.7)));
    ["lines", "clipped", "weighted"].forEach((stage, i) => {
      const left = margin + i * (small + margin + gap);
      const box = { left, top: 22, width: small, height };
      this.panels[stage].place(box, domain, values[stage], resting);
    });
    const tall = Math.round(Math.min(320, Math.max(210, width * 0.36)));
    this.dotRows = this.units.length > 6 ? 4 : 2;
    this.band = SLOPE_BAND + 4 + DOT * this.dotRows;
    const top = height + 66 + this.band;
    const box = { left: margin, top, width: width - margin - 6, height: tall };
    this.panels.sum.place(box, domain, values.sum, resting);
    setAttributes(this.panels.sum.title, { y: height + 60 });
    for (const [stage, titles] of Object.entries(STAGES)) {
      setFormula(this.panels[stage].title, titles[narrow ? 1 : 0]);
    }
    const total = top + tall + 22;
    setAttributes(this.svg, { width, height: total, viewBox: `0 0 ${width} ${total}` });
  }

  drawUnit(drawn, unit, style, [low, high], probe) {
    const bends = unit.joint > low && unit.joint < high;
    const xs = bends ? [low, unit.joint, high] : [low, high];
    // At its joint a unit is zero; what rounding leaves of it must not be seen.
    const lines = xs.map((x) => (x === unit.joint ? 0 : unit.at(x)));
    const clipped = lines.map((z) => Math.max(z, 0));
    const curves = [lines, clipped, clipped.map((h) => unit.phi * h)];
    const z = unit.at(probe);
    const values = [z, Math.max(z, 0), unit.phi * Math.max(z, 0)];
    ["lines", "clipped", "weighted"].forEach((stage, i) => {
      const panel = this.panels[stage];
      setAttributes(drawn.curves[i], { points: polyline(xs, curves[i], panel), ...style });
      const at = { cx: panel.x(probe), cy: panel.y(values[i]) };
      setAttributes(drawn.points[i], { ...at, fill: style.stroke });
    });
    setAttributes(drawn.knob, { stroke: style.stroke });
  }

  drawJoint(drawn, unit, [low, high], network) {
    const slack = OUTSIDE * (high - low);
    const shown = unit.joint >= low - slack && unit.joint <= high + slack;
    setShown(drawn.handle, shown);
    if (!shown) return;
    const x = Math.min(Math.max(unit.joint, low), high);
    const { sum } = this.panels;
    const y = sum.y(evaluate(network, [x])[0]);
    setAttributes(drawn.handle, {
      transform: `translate(${sum.x(x).toFixed(2)} ${y.toFixed(2)})`,
      "aria-valuemin": String(low),
      "aria-valuemax": String(high),
      "aria-valuenow": String(x),
      "aria-valuetext": `x = ${decimal(unit.joint)}`,
    });
  }

  drawRegions(ends, { patterns, slopes }, colors) {
    const { sum } = this.panels;
    const { top, height } = sum.box;
    const shades = this.shades(patterns.length);
    const texts = this.slopes(patterns.length);
    const dots = [];
    patterns.forEach((pattern, i) => {
      const [left, right] = [sum.x(ends[i]), sum.x(ends[i + 1])];
      const [width, middle] = [right - left, (left + right) / 2];
      const start = top - this.band;
      const rect = { x: left, y: start, width, height: height + this.band };
      setAttributes(shades[i], { ...rect, "fill-opacity": i % 2 ? 0.12 : 0.04 });

      const columns = Math.min(pattern.length, Math.floor((width - 4) / DOT));
      const rows = Math.ceil(pattern.length / columns);
      const fits = columns >= 1 && rows <= this.dotRows;
      pattern.forEach((active, d) => {
        if (!fits) return;
        const row = Math.floor(d / columns);
        const inRow = Math.min(columns, pattern.length - row * columns);
        const cx = middle + DOT * ((d % columns) - (inRow - 1) / 2);
        dots.push({ cx, cy: start + 8 + DOT * row, active, color: unitStyle(d, colors).stroke });
      });

      const slope = decimal(slopes[i][0]);
      const room = (width - 4) / LETTER - slope.length;
      const below = start + 6 + (fits ? DOT * rows : 0);
      setShown(texts[i], width > 13);
      setText(texts[i], room > 6 ? `slope ${slope}` : slope);
      setAttributes(texts[i], {
        x: room > 0 ? middle : -below,
        y: room > 0 ? below + 10 : middle + 4,
        transform: room > 0 ? "" : "rotate(-90)",
        "text-anchor": room > 0 ? "middle" : "end",
      });
    });
    this.dots(dots.length).forEach((dot, i) => {
      const { cx, cy, active, color } = dots[i];
      const fill = active ? color : "none";
      setAttributes(dot, { cx, cy, fill, stroke: color, "stroke-opacity": active ? 1 : 0.6 });
    });
  }

  drawProbe(probe, output, [low, high]) {
    Object.values(this.panels).forEach((panel, i) => {
      const { top, height } = panel.box;
      const x = panel.x(probe);
      setAttributes(this.probes[i], { x1: x, x2: x, y1: top, y2: top + height });
    });
    const { sum } = this.panels;
    const [x, { top, height }] = [sum.x(probe), sum.box];
    setAttributes(this.sumPoint, { cx: x, cy: sum.y(output) });
    setAttributes(this.grip, {
      transform: `translate(${x.toFixed(2)} ${top})`,
      "aria-valuemin": String(low),
      "aria-valuemax": String(high),
      "aria-valuenow": String(probe),
      "aria-valuetext": `x = ${decimal(probe)}, y = ${decimal(output)}`,
    });
    setAttributes(this.grip.firstChild, { x: -9, y: -10, width: 18, height: height + 10 });
  }
}

/** Write the slope of a region as the sum that it is. */
export function slopeAsSum(network, pattern, slope) {
  const units = unitsOf(network).map((unit, d) => ({ ...unit, name: subscript(d + 1) }));
  const on = units.filter((_, d) => pattern[d]);
  if (!on.length) return "no unit is on, slope 0";
  const comma = units.length > 9 ? "," : ""; // else θ₁₁ could be one number or two
  const names = on.map(({ name }) => `φ${name}θ${name}${comma}₁`).join(" + ");
  const terms = on.map(({ phi, theta1 }) => decimal(phi * theta1));
  const sum = terms.join(" + ").replaceAll("+ −", "− ");
  return `slope ${names} = ${on.length > 1 ? `${sum} = ` : ""}${decimal(slope)}`;
}
