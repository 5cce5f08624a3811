// The instrument "Plane": a shallow network of two inputs, made by hand.

import { htmlElement, setAttributes, setText, themeColors } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { LARGEST_PARAMETER } from "./parameters.js";
import { saveButtons } from "./picture.js";
import { boxOfAll, holds, middleOf, planePolygons } from "./polygons.js";
import { sizeOf } from "./shallow.js";
import { affineInWords, areaInWords, countOf, namedOutput, patternDigits, planesInWords, unitsInWords } from "./planewords.js";
import { BoxedLine } from "./planelines.js";
import { PlaneFigure } from "./planefigure.js";
import { PlaneTable } from "./planetable.js";

/** What one mounted instrument holds. */
class PlaneInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build plane" }, parent);
    const part = (name, parent) => htmlElement("div", { className: name }, parent);
    this.parts = part("parts", this.root);
    const view = part("drawing", this.parts);
    this.counters = htmlElement("p", { className: "counters" }, view);
    this.figureBox = part("figure", view);
    this.figure = new PlaneFigure(this.figureBox, {
      move: (d, ...at) => this.moveLine(d, this.line(d).through(this.figure.inputsAt(...at))),
      turn: (d, ...at) => this.turnTo(d, this.figure.inputsAt(...at)),
      stepMove: (d, n, axis) => this.moveLine(d, this.line(d).through(this.line(d).shifted(n, axis))),
      stepTurn: (d, n) => this.moveLine(d, this.line(d).turned(this.line(d).direction(n), this.line(d).handle)),
      release: () => this.release(),
      highlight: (d) => this.highlight(d),
      point: (inputs) => this.pointAt(inputs),
    });
    saveButtons(this.figureBox, this.figure.svg, "two-inputs");
    const below = part("below", this.parts);
    this.makeReadout(part("polygon", below));
    this.table = new PlaneTable(below, {
      network: () => this.network,
      moved: () => this.moved(),
      release: () => this.release(),
      highlight: (d) => this.highlight(d),
    });
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.figureBox);
    this.moving = false;
    this.pivot = null; // the point about which a line is being turned
    this.hot = null;
  }

  makeReadout(parent) {
    const chooser = htmlElement("label", { className: "chooser" }, parent);
    this.chooserText = htmlElement("span", {}, chooser);
    this.chooser = htmlElement("input", { type: "range", min: 1, step: 1 }, chooser);
    this.chooser.setAttribute("aria-label", "Polygon");
    this.chooser.oninput = () => this.pointAt(middleOf(this.polygons[this.chooser.valueAsNumber - 1].corners));
    this.readout = htmlElement("div", { className: "readout" }, parent);
    this.missing = htmlElement("p", { className: "missing" }, parent);
  }

  /** Take what Python sends; only a new revision may change the network on screen. */
  receive({ weights, biases, box, names, veiled, locked, revision }, send) {
    this.send = send;
    this.colors = themeColors(this.root);
    const boxText = JSON.stringify(box);
    const another = this.revision !== revision || this.boxText !== boxText;
    if (this.boxText !== boxText) this.probe = box.map(([low, high]) => low + 0.6 * (high - low));
    Object.assign(this, { box, boxText, names, veiled });
    if (this.revision !== revision) this.load({ weights, biases });
    this.revision = revision;
    for (const part of [this.figure.handles, this.table]) part.lock(locked);
    if (another) this.figure.forgetLimits();
    this.table.recolor(this.colors);
    this.requestDraw();
  }

  load(network) {
    const text = JSON.stringify(network);
    const [before, now] = [this.network, network].map((known) => known && sizeOf(known));
    this.network = JSON.parse(text);
    this.released = text;
    this.moving = false;
    this.pivot = null;
    if (before?.units !== now.units || before.outputs !== now.outputs) {
      this.figure.shape(now);
      this.parts.classList.toggle("beside", this.figure.isNarrow);
      this.table.shape(now);
    }
    this.table.reset();
  }

  line(d) {
    return new BoxedLine(this.network, d, this.box);
  }

  /** Make one unit stand out wherever it is shown; null for none. */
  highlight(chosen) {
    if (chosen === this.hot) return;
    this.hot = chosen;
    this.table.highlight(chosen);
    this.requestDraw();
  }

  pointAt(inputs) {
    this.probe = inputs;
    this.requestDraw();
  }

  moveLine(d, [theta0, ...slopes]) {
    if (![theta0, ...slopes].every((value) => Math.abs(value) <= LARGEST_PARAMETER)) return;
    this.network.biases[0][d] = theta0;
    this.network.weights[0][d] = slopes;
    this.moved();
  }

  turnTo(d, inputs) {
    const line = this.line(d);
    // As it was at first: the middle of what is in view moves with the line.
    this.pivot ??= line.handle;
    const direction = line.toSquare(inputs).map((u, i) => u - this.pivot[i]);
    this.moveLine(d, line.turned(direction, this.pivot));
  }

  moved() {
    this.moving = true;
    this.requestDraw();
  }

  /** Tell Python, unless it knows already. */
  release() {
    this.pivot = null;
    if (!this.moving) return;
    this.moving = false;
    this.requestDraw();
    const { weights, biases } = this.network;
    const text = JSON.stringify({ weights, biases });
    if (text === this.released) return;
    this.released = text;
    this.send("network", { revision: this.revision, ...JSON.parse(text) });
  }

  draw() {
    const width = Math.floor(this.figureBox.clientWidth);
    if (width < 100) return;
    const { network, box, names, colors, veiled, hot } = this;
    this.polygons = planePolygons(network, box);
    const lines = network.biases[0].map((_, d) => this.line(d));
    const at = this.polygons.findIndex(({ corners }) => holds(corners, this.probe));
    const chosen = this.polygons[at] ?? this.polygons[0];
    const scene = { network, lines, polygons: this.polygons, box, names, width, colors, veiled, chosen, hot };
    this.figure.draw({ ...scene, resting: !this.moving });
    this.table.show();
    this.describe(chosen, Math.max(at, 0));
  }

  /** Write the counters and what the chosen polygon is. */
  describe(chosen, at) {
    const { network, polygons, box, names, veiled } = this;
    const units = network.biases[0].length;
    const everywhere = planePolygons(network, boxOfAll(network, box));
    const most = 1 + units + (units * (units - 1)) / 2;
    const inView = countOf(polygons.length, "polygon");
    const counted = `${inView} in view · ${everywhere.length} in the whole plane · at most ${most}`;
    setText(this.counters, veiled ? "" : counted);
    setText(this.missing, veiled ? "" : missingInWords(units, polygons, everywhere));
    this.chooser.disabled = veiled;
    Object.assign(this.chooser, { max: polygons.length, value: at + 1 });
    setText(this.chooserText, veiled ? "Polygon" : `Polygon ${at + 1} of ${polygons.length}`);
    const { pattern, slopes, intercepts, area } = chosen;
    const outputs = slopes.map((own, j) =>
      `${namedOutput(j, slopes.length)} = ${affineInWords(intercepts[j], own, names)}`);
    const named = `Pattern ${patternDigits(pattern)}: ${unitsInWords(pattern)}`;
    const said = [named, ...outputs, areaInWords(area, box)];
    this.chooser.setAttribute("aria-valuetext", said.join("; "));
    while (this.readout.childElementCount < said.length) htmlElement("div", { className: "value" }, this.readout);
    [...this.readout.children].forEach((line, i) => setText(line, veiled ? "" : (said[i] ?? "")));
    if (!this.moving) {
      setAttributes(this.figure.picture, { "aria-label": planesInWords(network, polygons, names, { veiled }) });
    }
  }

  dispose() {
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

/** Name the patterns that never occur, if there are few units. */
function missingInWords(units, inView, everywhere) {
  if (units > 4) return "";
  const [seen, anywhere] = [inView, everywhere].map(
    (polygons) => new Set(polygons.map(({ pattern }) => patternDigits(pattern))),
  );
  const all = Array.from({ length: 2 ** units }, (_, i) => i.toString(2).padStart(units, "0"));
  const never = all.filter((digits) => !anywhere.has(digits));
  const unseen = all.filter((digits) => anywhere.has(digits) && !seen.has(digits));
  const parts = [];
  if (never.length) parts.push(`Never, anywhere: ${never.join(", ")}.`);
  if (unseen.length) parts.push(`Only out of view: ${unseen.join(", ")}.`);
  return parts.join(" ") || "Every pattern occurs.";
}

export default mountedOnce(PlaneInstrument);
