// The instrument "Build": a shallow network of one input, made by hand.

import { decimal, htmlElement, niceStep, setAttributes, setText, subscript, themeColors, unitStyle } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { LARGEST_PARAMETER, ParameterCell, rounded } from "./parameters.js";
import { StageFigure, slopeAsSum, stagesInWords, unitsOf } from "./stages.js";

const KEY_STEP = 0.01; // a part of the domain
const FINEST_STEP = 0.001;

/** Write a network as text, to copy or to compare it. */
function networkText({ weights, biases }) {
  return JSON.stringify({ weights, biases });
}

/** What one mounted instrument holds. */
class BuildInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build" }, parent);
    const columns = htmlElement("div", { className: "columns" }, this.root);
    this.view = htmlElement("div", { className: "view" }, columns);
    this.counters = htmlElement("p", { className: "counters" }, this.view);
    this.figureBox = htmlElement("div", { className: "figure" }, this.view);
    this.readout = htmlElement("div", { className: "readout" }, this.view);
    this.table = htmlElement("div", { className: "table" }, columns);
    const release = () => this.release();
    const inputAt = (clientX) => this.figure.inputAt(clientX, this.domain);
    this.figure = new StageFigure(this.figureBox, {
      dragJoint: (d, clientX) => this.moveJoint(d, inputAt(clientX)),
      stepJoint: (d, n) => this.moveJoint(d, this.step(unitsOf(this.network)[d].joint, n)),
      dragProbe: (clientX) => this.moveProbe(inputAt(clientX)),
      stepProbe: (n) => this.moveProbe(this.step(this.probe, n)),
      release,
    });
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.figureBox);
    this.moving = false;
  }

  /** Take what Python sends; only a new revision may change what is on screen. */
  receive({ weights, biases, domain, revision }, send) {
    this.send = send;
    this.colors = themeColors(this.root);
    this.domain = domain;
    const [low, high] = domain;
    const inView = this.probe >= low && this.probe <= high;
    if (!inView) this.probe = this.tidy(low + 0.375 * (high - low));
    if (this.revision !== revision) this.load({ weights, biases });
    this.revision = revision;
    this.recolor();
    this.requestDraw();
  }

  load(network) {
    const text = networkText(network);
    const units = this.network?.biases[0].length;
    this.network = JSON.parse(text);
    this.released = text;
    this.moving = false;
    if (units !== network.biases[0].length) this.shape(network.biases[0].length);
    for (const cell of this.cells) cell.reset();
    for (const panel of Object.values(this.figure.panels)) panel.limits = null;
    this.describe();
  }

  shape(units) {
    this.figure.shape(units);
    this.table.replaceChildren();
    this.cells = [];
    this.chips = [];
    const row = (head) => {
      const element = htmlElement("div", { className: "row" }, this.table);
      htmlElement("div", { className: "head", innerHTML: head }, element);
      return element;
    };
    const top = row("");
    for (const name of ["θ<sub>d0</sub>", "θ<sub>d1</sub>", "φ<sub>d</sub>"]) {
      htmlElement("div", { className: "column", innerHTML: name }, top);
    }
    for (let d = 0; d < units; d++) {
      const element = row(`<i class="chip"></i>${d + 1}`);
      this.chips.push(element.querySelector(".chip"));
      element.onpointerenter = () => this.figure.highlight(d);
      element.onpointerleave = () => this.figure.highlight(null);
      const [name, digits] = [`Unit ${d + 1}`, subscript(d + 1)];
      this.cell(element, `${name}, offset θ${digits}₀`, ({ biases }) => [biases[0], d]);
      this.cell(element, `${name}, slope θ${digits}₁`, ({ weights }) => [weights[0][d], 0]);
      this.cell(element, `${name}, weight φ${digits}`, ({ weights }) => [weights[1][0], d]);
    }
    this.cell(row("φ<sub>0</sub>"), "Offset φ₀", ({ biases }) => [biases[1], 0]);
    this.shapeReadout(units);
  }

  cell(parent, name, place) {
    const cell = new ParameterCell(parent, name, {
      get: () => {
        const [array, i] = place(this.network);
        return array[i];
      },
      edit: (value) => {
        const [array, i] = place(this.network);
        array[i] = value;
        this.moved();
      },
      release: () => this.release(),
    });
    this.cells.push(cell);
  }

  shapeReadout(units) {
    this.readout.replaceChildren();
    this.values = [];
    const value = (name, className) => {
      const box = htmlElement("span", { className: "value" }, this.readout);
      if (className) this.chips.push(htmlElement("i", { className }, box));
      htmlElement("span", { innerHTML: `${name} = ` }, box);
      this.values.push(htmlElement("b", {}, box));
    };
    value("x");
    for (let d = 1; d <= units; d++) value(`h<sub>${d}</sub>`, "chip");
    value("y");
    this.sum = htmlElement("div", { className: "slope-sum" }, this.readout);
  }

  recolor() {
    const units = this.network.biases[0].length;
    // The table's chips come first, then those of the readout.
    this.chips.forEach((chip, i) => {
      chip.style.background = unitStyle(i % units, this.colors).stroke;
    });
  }

  /** Move a value by steps within the domain; infinitely many lead to its end. */
  step(x, n) {
    const [low, high] = this.domain;
    const step = niceStep(KEY_STEP * (high - low), 1);
    if (!Number.isFinite(n)) return n < 0 ? low : high;
    return Math.round(x / step + n) * step;
  }

  /** Keep an input inside the domain and free of digits that nobody can see. */
  tidy(x) {
    const [low, high] = this.domain;
    const inside = Math.min(Math.max(x, low), high);
    return rounded(inside, niceStep(FINEST_STEP * (high - low), 1));
  }

  moveJoint(d, x) {
    const { biases, weights } = this.network;
    const [low, high] = this.domain;
    const theta1 = weights[0][d][0];
    const finest = (FINEST_STEP * (high - low) * Math.abs(theta1)) / 4;
    // Rounded, so that the number in its field is the whole number.
    const theta0 = rounded(-theta1 * this.tidy(x), niceStep(finest, 1));
    if (Math.abs(theta0) > LARGEST_PARAMETER) return;
    biases[0][d] = theta0 + 0; // −0 becomes 0
    this.moved();
  }

  moveProbe(x) {
    this.probe = this.tidy(x);
    this.moved();
  }

  moved() {
    this.moving = true;
    this.requestDraw();
  }

  /** Tell Python, unless it knows already. */
  release() {
    if (!this.moving) return;
    this.moving = false;
    this.requestDraw();
    this.describe();
    const text = networkText(this.network);
    if (text === this.released) return;
    this.released = text;
    this.send("network", { revision: this.revision, ...JSON.parse(text) });
  }

  describe() {
    const words = stagesInWords(this.network, this.domain);
    setAttributes(this.figure.picture, { "aria-label": words });
  }

  draw() {
    const width = Math.floor(this.figureBox.clientWidth);
    if (width < 100) return;
    const { network, domain, probe, colors } = this;
    const resting = !this.moving;
    const shown = this.figure.draw({ network, domain, probe, colors, width, resting });
    for (const cell of this.cells) cell.show(false);

    const joints = shown.breakpoints.length;
    const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"} in view`;
    setText(this.counters, `${count(joints, "joint")} · ${count(joints + 1, "region")}`);
    const hidden = unitsOf(network).map((unit) => Math.max(unit.at(probe), 0));
    const values = [probe, ...hidden, shown.output];
    values.forEach((value, i) => setText(this.values[i], decimal(value)));
    const region = shown.breakpoints.filter((x) => x < probe).length;
    const sum = slopeAsSum(network, shown.patterns[region], shown.slopes[region][0]);
    setText(this.sum, `Region ${region + 1} of ${joints + 1}: ${sum}`);
  }

  dispose() {
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

const mountedBuilds = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let instrument = mountedBuilds.get(parentElement);
  if (!instrument) {
    instrument = new BuildInstrument(parentElement);
    mountedBuilds.set(parentElement, instrument);
  }
  instrument.receive(data, setStateValue);
  return () => {
    mountedBuilds.delete(parentElement);
    instrument.dispose();
  };
}
