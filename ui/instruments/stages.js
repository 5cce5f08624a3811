// The four stages of a shallow network y = φ₀ + Σ φ_d a[θ_d0 + θ_d1 x], drawn as SVG.

import { lineRegions } from "./relu.js";
import { Panel, polyline, setAttributes, setFormula, setShown, svgElement, unitStyle } from "./axes.js";
import { SumPanel } from "./sumpanel.js";

const SMALL_STAGES = ["lines", "clipped", "weighted", "second"];
// Titles where there is room, and where there is not.
const TITLES = {
  lines: ["(a) lines θ_{d0} + θ_{d1} x", "(a) lines"],
  clipped: ["(b) after the ReLU: h_{d}", "(b) ReLU"],
  weighted: ["(c) weighted: φ_{d} h_{d}", "(c) weighted"],
  sum: ["(d) their sum with φ_{0}: y", "(d) sum y"],
};
const TITLES_OF_TWO = {
  ...TITLES,
  weighted: ["(c) for y_{1}: φ_{1d} h_{d}", "(c) for y_{1}"],
  second: ["(c′) for y_{2}: φ_{2d} h_{d}", "(c′) for y_{2}"],
  sum: ["(d) their sums with φ_{10} and φ_{20}: y_{1} and y_{2}", "(d) sums y_{1}, y_{2}"],
};
const NARROW = 560; // px
const ROOM_FOR_TITLE = 135; // px
const BETWEEN_ROWS = 46; // px, for ticks and a title

/**
 * The picture. `on` holds what its handles do: dragJoint(unit, clientX), stepJoint(unit, n),
 * dragProbe(clientX), stepProbe(n), release() and highlight(unit).
 */
export class StageFigure {
  constructor(parent, on) {
    this.svg = svgElement("svg", { class: "stages" }, parent);
    // The handles are no part of the image: its descendants are hidden from readers.
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.panels = {};
    for (const stage of [...SMALL_STAGES, "sum"]) this.panels[stage] = new Panel(this.picture);
    this.probes = SMALL_STAGES.map((stage) =>
      svgElement("line", { class: "probe" }, this.panels[stage].content),
    );
    this.sum = new SumPanel(this.panels.sum, svgElement("g", {}, this.svg), on);
    this.units = [];
  }

  /** Make the curves, points and handles of so many units and outputs. */
  shape(size) {
    this.small = SMALL_STAGES.slice(0, 2 + size.outputs);
    this.titles = size.outputs > 1 ? TITLES_OF_TWO : TITLES;
    setShown(this.panels.second.group, size.outputs > 1);
    for (const { curves, points } of this.units) {
      for (const element of [...curves, ...points]) element.remove();
    }
    this.units = Array.from({ length: size.units }, () => {
      const inEach = (tag, attributes) =>
        this.small.map((stage) => svgElement(tag, attributes, this.panels[stage].content));
      const curves = inEach("polyline", { class: "curve" });
      return { curves, points: inEach("circle", { class: "point", r: 3.5 }) };
    });
    this.sum.shape(size);
    this.forgetLimits();
  }

  /** Let the panels choose their limits afresh. */
  forgetLimits() {
    for (const panel of Object.values(this.panels)) panel.limits = null;
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

  /** Draw everything anew; give the regions that are in view. */
  draw(scene) {
    const { network, units, at, domain, points, veiled } = scene;
    const [low, high] = domain;
    const regions = lineRegions(network, low, high);
    const ends = [low, ...regions.breakpoints, high];
    const sums = transposed(ends.map(at));
    const lines = units.map((unit) => [unit.at(low), unit.at(high)]);
    const weighted = (j) =>
      units.flatMap(({ phis }, d) => lines[d].map((z) => phis[j] * Math.max(z, 0)));
    this.layOut(scene, {
      lines: lines.flat(),
      clipped: lines.flat(), // the same limits, so that clipping can be seen
      weighted: weighted(0),
      second: sums.length > 1 ? weighted(1) : [],
      sum: veiled ? [-1, 1] : [...sums.flat(), ...(points?.y ?? [])],
    });
    units.forEach((unit, d) => this.drawUnit(this.units[d], unit, d, scene));
    this.small.forEach((stage, i) => {
      const { x, box } = this.panels[stage];
      const [at, bottom] = [x(scene.probe), box.top + box.height];
      setAttributes(this.probes[i], { x1: at, x2: at, y1: box.top, y2: bottom });
    });
    this.sum.draw({ ...scene, regions, ends, sums });
    return regions;
  }

  layOut({ width, domain, resting }, values) {
    const narrow = width < NARROW;
    const [margin, gap] = [narrow ? 28 : 38, narrow ? 6 : 12];
    const columns = narrow && this.small.length > 3 ? 2 : this.small.length;
    const small = (width - columns * margin - (columns - 1) * gap - 6) / columns;
    const height = Math.round(Math.min(150, Math.max(84, small * 0.7)));
    this.small.forEach((stage, i) => {
      const left = margin + (i % columns) * (small + margin + gap);
      const top = 22 + Math.floor(i / columns) * (height + BETWEEN_ROWS);
      const box = { left, top, width: small, height };
      this.panels[stage].place(box, domain, values[stage], resting);
    });
    const title = 38 + Math.ceil(this.small.length / columns) * (height + BETWEEN_ROWS) - 24;
    const tall = Math.round(Math.min(320, Math.max(210, width * 0.36)));
    const top = title + 6 + this.sum.band;
    const right = this.small.length > 3 ? 24 : 6; // room for the outputs' names
    const box = { left: margin, top, width: width - margin - right, height: tall };
    this.panels.sum.place(box, domain, values.sum, resting);
    setAttributes(this.panels.sum.title, { y: title });
    for (const [stage, titles] of Object.entries(this.titles)) {
      const roomy = stage === "sum" ? !narrow : small >= ROOM_FOR_TITLE;
      setFormula(this.panels[stage].title, titles[roomy ? 0 : 1]);
    }
    const total = top + tall + 22;
    setAttributes(this.svg, { width, height: total, viewBox: `0 0 ${width} ${total}` });
  }

  drawUnit(drawn, unit, d, { domain: [low, high], probe, colors }) {
    const bends = unit.joint > low && unit.joint < high;
    const xs = bends ? [low, unit.joint, high] : [low, high];
    const style = unitStyle(d, colors);
    const stagesAt = (z) => [z, ...[1, ...unit.phis].map((phi) => phi * Math.max(z, 0))];
    const curves = transposed(xs.map((x) => stagesAt(unit.at(x))));
    const values = stagesAt(unit.at(probe));
    this.small.forEach((stage, i) => {
      const panel = this.panels[stage];
      setAttributes(drawn.curves[i], { points: polyline(xs, curves[i], panel), ...style });
      const at = { cx: panel.x(probe), cy: panel.y(values[i]) };
      setAttributes(drawn.points[i], { ...at, fill: style.stroke });
    });
  }
}

/** Turn rows into columns. */
function transposed(rows) {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}
