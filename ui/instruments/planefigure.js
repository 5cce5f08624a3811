// UDL Fig. 3.8 drawn: each unit's plane, its ReLU, weighted, and the sum of them all.

import { elementPool, keptLimits, niceTicks, setAttributes, setFormula, setShown, setText, svgElement, tickLabels, unitStyle } from "./axes.js";
import { planePolygons } from "./polygons.js";
import { NumberColors, mapColors } from "./planecolors.js";
import { PlanePanel, contourLevels, contourStep } from "./planepanel.js";
import { LineHandles } from "./planelines.js";
import { namedOutput } from "./planewords.js";

const MOST_SMALL = 4; // units whose own panels are shown
const BESIDE = 620; // px: from here on the sum stands beside the small panels
const BETWEEN = 8; // px
const ROW_HEAD = 27; // px, for a row's title
const SUM_MARGIN = { left: 52, right: 14, top: 27, bottom: 76 }; // px, for ticks, names, colour bar
const BETWEEN_SUMS = 46; // px, without a colour bar
const MOST_SMALL_SIZE = 172; // px
const MOST_SUM_SIZE = 560;
const BAR = { drop: 42, height: 9 };
const HIDDEN_SUM = "Hidden until you have answered";
const ROW_TITLES = {
  planes: ["(a) planes θ_{d0} + θ_{d1} x_{1} + θ_{d2} x_{2}", "(a) planes"],
  rectified: ["(b) after the ReLU: h_{d}", "(b) ReLU"],
  weighted: ["(c) weighted: φ_{d} h_{d}", "(c) weighted"],
  first: ["(c) for y_{1}: φ_{1d} h_{d}", "(c) for y_{1}"],
  second: ["(c′) for y_{2}: φ_{2d} h_{d}", "(c′) for y_{2}"],
};

/** The figure; `on` as in LineHandles, with point(inputs) for a polygon pointed at. */
export class PlaneFigure {
  constructor(parent, on) {
    this.on = on;
    this.svg = svgElement("svg", { class: "plane-figure" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.rowTitles = Array.from({ length: 4 }, () => svgElement("text", { class: "title" }, this.picture));
    this.small = svgElement("g", {}, this.picture);
    this.large = svgElement("g", {}, this.picture);
    this.veil = svgElement("text", { class: "veil", "text-anchor": "middle" }, this.picture);
    setText(this.veil, HIDDEN_SUM);
    this.bar = this.colorBar();
    this.kept = {};
    this.svg.onpointermove = (event) => this.point(event, event.pointerType === "mouse" && !event.buttons);
    this.svg.onclick = (event) => this.point(event, true);
  }

  colorBar() {
    const group = svgElement("g", {}, this.picture);
    const gradient = svgElement("linearGradient", { id: "color-bar" }, group);
    const bar = svgElement("rect", { class: "bar", height: BAR.height, fill: "url(#color-bar)" }, group);
    const label = () => svgElement("text", { class: "tick", "text-anchor": "middle" }, group);
    return { gradient, bar, labels: elementPool(label) };
  }

  shape({ units, outputs }) {
    for (const panel of [...(this.panels?.flat() ?? []), ...(this.sums ?? [])]) panel.group.remove();
    this.handles?.group.remove();
    const weighted = outputs > 1 ? ["first", "second"] : ["weighted"];
    this.rows = units > MOST_SMALL ? [] : ["planes", "rectified", ...weighted];
    const many = (n, make) => Array.from({ length: n }, make);
    this.panels = this.rows.map(() => many(units, () => new PlanePanel(this.small, { large: false })));
    this.sums = many(outputs, () => new PlanePanel(this.large, { large: true }));
    this.handles = new LineHandles(this.svg, this.sums[0], this.on);
    this.handles.shape(units);
    this.forgetLimits();
  }

  /** Whether there is but one square, which leaves room at its side. */
  get isNarrow() {
    return !this.rows.length && this.sums.length === 1;
  }

  /** Let colours choose their limits afresh. */
  forgetLimits() {
    this.kept = {};
  }

  /** Say which inputs an event points at, if it is on a sum. */
  point(event, wanted) {
    if (!wanted || this.veiled) return;
    const { left, top } = this.svg.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top];
    const on = this.sums.find(({ area }) =>
      [area.left, area.top].every((start, i) => at[i] >= start && at[i] <= start + area.size));
    if (on) this.on.point(on.inputsAt(at, this.box));
  }

  /** Give the inputs under a point of the screen, on the sum with the handles. */
  inputsAt(clientX, clientY) {
    const { left, top } = this.svg.getBoundingClientRect();
    return this.sums[0].inputsAt([clientX - left, clientY - top], this.box);
  }

  draw(scene) {
    const { network, lines, polygons, box, names, width, resting, veiled, chosen } = scene;
    Object.assign(this, { box, veiled });
    this.arrange(width, names);
    const theme = mapColors(this.svg);
    const colorsOf = (name, pieces) => {
      const limits = keptLimits(this.kept[name], pieces.flatMap(valuesOf), resting);
      this.kept[name] = limits;
      return new NumberColors(limits, theme);
    };

    const stages = this.rows.length ? stagesOf(network, box) : null;
    if (stages) {
      const own = colorsOf("own", stages.planes.flat());
      this.drawRow(0, stages.planes, own, scene);
      this.drawRow(1, stages.rectified, own, scene);
    }
    const sums = this.sums.map((_, j) =>
      polygons.map((polygon) => pieceOf(polygon, j)));
    const weighted = stages?.weighted ?? [];
    if (stages) {
      const phi = colorsOf("weighted", weighted.flat(2));
      weighted.forEach((row, j) => this.drawRow(2 + j, row, phi, scene));
    }
    const of = colorsOf("sum", veiled ? [] : sums.flat());

    this.sums.forEach((panel, j) => {
      const name = namedOutput(j, sums.length);
      const letter = stages ? (j ? "(d′) " : "(d) ") : "";
      const title = `${letter}sum with ${sums.length > 1 ? `φ_{${j + 1}0}: y_{${j + 1}}` : `φ_{0}: ${name}`}`;
      const written = veiled ? [] : polygons;
      panel.draw(title, veiled ? [] : sums[j], of, contourLevels(of.limits), written);
      panel.drawLines(veiled ? [] : this.creases(lines, scene));
      panel.mark(veiled ? null : chosen?.corners);
    });
    this.handles.draw(lines, scene);
    setShown(this.veil, veiled);
    const { left, top, size } = this.sums[0].area;
    setAttributes(this.veil, { x: left + size / 2, y: top + size / 2 });
    this.drawBar(of);
  }

  creases(lines, { colors, hot }) {
    return lines.flatMap(({ ends }, d) => {
      if (!ends) return [];
      const halo = { ends, stroke: "var(--st-background-color)", "stroke-width": 5, "stroke-dasharray": "none" };
      return [halo, { ends, ...unitStyle(d, colors), "stroke-width": d === hot ? 4 : 2.25 }];
    });
  }

  drawRow(row, units, colors, { lines, colors: unitColors, veiled, chosen, hot }) {
    const levels = contourLevels(colors.limits);
    const [long, short] = ROW_TITLES[this.rows[row]];
    const step = ` · contours ${contourStep(colors.limits)} apart`;
    const rowWidth = this.rowWidth;
    setFormula(this.rowTitles[row], rowWidth > 460 ? long + step : rowWidth > 240 ? long : short);
    units.forEach((pieces, d) => {
      const panel = this.panels[row][d];
      panel.draw("", pieces, colors, levels);
      const { ends } = lines[d];
      const style = { ...unitStyle(d, unitColors), "stroke-width": d === hot ? 4 : 2.25 };
      panel.drawLines(ends ? [{ ends, ...style }] : []);
      panel.mark(veiled ? null : chosen?.corners);
    });
  }

  /** Find places for all panels within a width. */
  arrange(width, names) {
    const [units, rows, outputs] = [this.panels[0]?.length ?? 0, this.rows.length, this.sums.length];
    const margin = SUM_MARGIN;
    const beside = rows > 0 && width >= BESIDE;
    const sideways = margin.left + margin.right;
    let size = 0;
    let sumSize = width - sideways;
    if (beside) {
      // Small panels and sums are as high as each other.
      const extra = rows * ROW_HEAD - outputs * margin.top - (outputs - 1) * BETWEEN_SUMS;
      const room = width - units * BETWEEN - sideways;
      size = Math.min(MOST_SMALL_SIZE, (room - extra / outputs) / (units + rows / outputs));
      sumSize = Math.min(room - units * size, (rows * size + extra) / outputs);
    } else if (rows) {
      size = Math.min(MOST_SMALL_SIZE, (width - 2) / units - BETWEEN);
    }
    const sideBySide = !rows && outputs > 1 && width >= BESIDE;
    if (sideBySide) sumSize = width / outputs - sideways;
    sumSize = Math.min(sumSize, MOST_SUM_SIZE);
    this.rowWidth = units * (size + BETWEEN);
    this.panels.forEach((row, r) => {
      const top = (r + 1) * ROW_HEAD + r * size;
      setAttributes(this.rowTitles[r], { x: 1, y: top - 8 });
      row.forEach((panel, d) => panel.place({ left: 1 + d * (size + BETWEEN), top, size }, this.box, names));
    });
    this.rowTitles.forEach((title, r) => setShown(title, r < rows));
    const smallHeight = rows * (ROW_HEAD + size);
    const start = {
      left: margin.left + (beside ? this.rowWidth : 0),
      top: margin.top + (beside ? 0 : smallHeight),
    };
    this.sums.forEach((panel, j) => {
      const left = start.left + (sideBySide ? j * (sumSize + sideways) : 0);
      const top = start.top + (sideBySide ? 0 : j * (sumSize + margin.top + BETWEEN_SUMS));
      panel.place({ left, top, size: sumSize }, this.box, names);
    });
    const last = this.sums.at(-1).area;
    const height = Math.max(last.top + sumSize + margin.bottom, beside ? smallHeight + 4 : 0);
    setAttributes(this.svg, { width, height, viewBox: `0 0 ${width} ${Math.round(height * 100) / 100}` });
  }

  drawBar(colors) {
    const { gradient, bar, labels } = this.bar;
    const { left, top, size } = this.sums.at(-1).area;
    const [low, high] = colors.limits;
    const at = top + size + BAR.drop;
    setAttributes(bar, { x: left, y: at, width: size });
    const stops = high > low ? colors.stops(low, high) : [[0, colors.at(low)]];
    gradient.replaceChildren();
    for (const [part, color] of stops) {
      svgElement("stop", { offset: part.toFixed(5), "stop-color": color }, gradient);
    }
    const ticks = high > low ? niceTicks([low, high], size / 70) : [low];
    const texts = tickLabels(ticks);
    labels(ticks.length).forEach((label, i) => {
      setAttributes(label, { x: left + (size * (ticks[i] - low)) / (high - low || 1), y: at + BAR.height + 13 });
      setText(label, texts[i]);
    });
  }
}

/** One output of a polygon, as a panel draws it. */
function pieceOf({ corners, slopes, intercepts }, output) {
  return { corners, slopes: slopes[output], intercept: intercepts[output] };
}

function valuesOf({ corners, slopes, intercept }) {
  return corners.map(([x1, x2]) => intercept + slopes[0] * x1 + slopes[1] * x2);
}

/** The pieces of each unit's panels: planes, rectified, and weighted for each output. */
function stagesOf({ weights, biases }, box) {
  const [low, high] = [0, 1].map((end) => box.map((limits) => limits[end]));
  const corners = [low, [high[0], low[1]], high, [low[0], high[1]]];
  const planes = weights[0].map((slopes, d) => [{ corners, slopes, intercept: biases[0][d] }]);
  const rectified = weights[0].map((slopes, d) => {
    const alone = { weights: [[slopes], [[1]]], biases: [[biases[0][d]], [0]] };
    return planePolygons(alone, box).map((polygon) => pieceOf(polygon, 0));
  });
  const weighted = weights[1].map((phis) =>
    rectified.map((pieces, d) => pieces.map((piece) => ({
      corners: piece.corners,
      slopes: piece.slopes.map((slope) => phis[d] * slope),
      intercept: phis[d] * piece.intercept,
    }))));
  return { planes, rectified, weighted };
}
