// The instrument "Build": a shallow network of one input, made by hand.

import { evaluate } from "./relu.js";
import { htmlElement, niceStep, setAttributes, setText, significant, themeColors, unitStyle } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { LARGEST_PARAMETER, ParameterCell, rounded } from "./parameters.js";
import { saveButtons } from "./picture.js";
import { parameterName, pathInWords, phiName, sizeOf, slopeAsSum, stagesInWords, summedLoss, unitsOf, verdictOn } from "./shallow.js";
import { StageFigure } from "./stages.js";
import { NetworkDiagram } from "./diagram.js";
import { Formulas } from "./formulas.js";

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
    const part = (name, parent) => htmlElement("div", { className: name }, parent);
    const view = part("view", columns);
    this.counters = htmlElement("p", { className: "counters" }, view);
    this.counts = htmlElement("span", {}, this.counters);
    this.verdict = htmlElement("span", { className: "verdict" }, this.counters);
    this.verdict.setAttribute("role", "status");
    this.figureBox = part("figure", view);
    this.regionLines = part("readout", view);
    const side = part("side", columns);
    this.diagramBox = part("figure", side);
    this.table = part("table", side);
    const release = () => this.release();
    const highlight = (d) => this.highlight(d);
    const inputAt = (clientX) => this.figure.inputAt(clientX, this.domain);
    this.figure = new StageFigure(this.figureBox, {
      dragJoint: (d, clientX) => this.moveJoint(d, inputAt(clientX)),
      stepJoint: (d, n) => this.moveJoint(d, this.step(unitsOf(this.network)[d].joint, n)),
      dragProbe: (clientX) => this.moveProbe(inputAt(clientX)),
      stepProbe: (n) => this.moveProbe(this.step(this.probe, n)),
      release,
      highlight,
    });
    this.diagram = new NetworkDiagram(this.diagramBox, { highlight });
    const note = "The thicker, the larger |θ| or |φ|; dashed if negative; faint if off at this x.";
    htmlElement("p", { className: "note", textContent: note }, this.diagramBox);
    this.formulas = new Formulas(columns, { highlight });
    saveButtons(this.figureBox, this.figure.svg, "four-stages");
    saveButtons(this.diagramBox, this.diagram.svg, "network-diagram");
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.figureBox);
    this.moving = false;
  }

  /** Take what Python sends; only a new revision may change the network on screen. */
  receive({ weights, biases, domain, points, goal, veiled, locked, revision }, send) {
    this.send = send;
    this.colors = themeColors(this.root);
    this.domain = domain;
    const [low, high] = domain;
    const inView = this.probe >= low && this.probe <= high;
    if (!inView) this.probe = this.tidy(low + 0.375 * (high - low));
    const task = JSON.stringify([points, goal, veiled]);
    const another = this.revision !== revision || this.task !== task;
    Object.assign(this, { points, goal, veiled, task });
    if (this.revision !== revision) this.load({ weights, biases });
    this.revision = revision;
    for (const part of [this.figure.sum, ...this.cells]) part.lock(locked);
    if (another) this.figure.forgetLimits();
    this.describe();
    this.recolor();
    this.requestDraw();
  }

  load(network) {
    const text = networkText(network);
    const [before, now] = [this.network, network].map((known) => known && sizeOf(known));
    this.network = JSON.parse(text);
    this.released = text;
    this.moving = false;
    if (before?.units !== now.units || before.outputs !== now.outputs) this.shape(now);
    for (const cell of this.cells) cell.reset();
  }

  /** Make what depends on how many units and outputs there are. */
  shape(size) {
    for (const part of [this.figure, this.diagram, this.formulas]) part.shape(size);
    this.shapeTable(size);
    this.regionLines.replaceChildren();
    this.slopeSums = Array.from({ length: size.outputs }, () =>
      htmlElement("div", { className: "slope-sum" }, this.regionLines),
    );
  }

  shapeTable(size) {
    const { units, outputs } = size;
    this.table.replaceChildren();
    this.table.style.setProperty("--columns", 2 + outputs);
    this.cells = [];
    this.chips = [];
    this.rows = [];
    const row = (head) => {
      const element = htmlElement("div", { className: "row" }, this.table);
      htmlElement("div", { className: "head", innerHTML: head }, element);
      return element;
    };
    const top = row("");
    const phis = outputs > 1 ? ["φ<sub>1d</sub>", "φ<sub>2d</sub>"] : ["φ<sub>d</sub>"];
    for (const name of ["θ<sub>d0</sub>", "θ<sub>d1</sub>", ...phis]) {
      htmlElement("div", { className: "column", innerHTML: name }, top);
    }
    for (let d = 0; d < units; d++) {
      const element = row(`<i class="chip"></i>${d + 1}`);
      this.rows.push(element);
      this.chips.push(element.querySelector(".chip"));
      for (const event of ["pointerenter", "focusin"]) {
        element.addEventListener(event, () => this.highlight(d));
      }
      for (const event of ["pointerleave", "focusout"]) {
        element.addEventListener(event, () => this.highlight(null));
      }
      const name = (word, i) => `Unit ${d + 1}, ${word} ${parameterName("θ", [d + 1, i], units)}`;
      this.cell(element, name("offset", 0), ({ biases }) => [biases[0], d]);
      this.cell(element, name("slope", 1), ({ weights }) => [weights[0][d], 0]);
      for (let j = 0; j < outputs; j++) {
        const weight = `Unit ${d + 1}, weight ${phiName(j, d + 1, size)}`;
        this.cell(element, weight, ({ weights }) => [weights[1][j], d]);
      }
    }
    const last = row(outputs > 1 ? "φ<sub>j0</sub>" : "φ<sub>0</sub>");
    last.classList.add("offsets");
    for (let j = 0; j < outputs; j++) {
      this.cell(last, `Offset ${phiName(j, 0, size)}`, ({ biases }) => [biases[1], j]);
    }
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

  recolor() {
    this.chips.forEach((chip, d) => {
      chip.style.background = unitStyle(d, this.colors).stroke;
    });
  }

  /** Make one unit stand out wherever it is shown; null for none. */
  highlight(chosen) {
    for (const part of [this.figure, this.diagram, this.formulas]) part.highlight(chosen);
    this.rows.forEach((row, d) => row.classList.toggle("hot", d === chosen));
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
    const { network, domain, probe, points, veiled } = this;
    const stages = stagesInWords(network, domain, { points, veiled });
    setAttributes(this.figure.picture, { "aria-label": stages });
    const path = pathInWords(network, probe, { veiled });
    setAttributes(this.diagram.svg, { "aria-label": path });
  }

  draw() {
    const width = Math.floor(this.figureBox.clientWidth);
    if (width < 100) return;
    const { network, domain, probe, colors, points, veiled } = this;
    const at = (x) => evaluate(network, [x]);
    const [units, values, resting] = [unitsOf(network), at(probe), !this.moving];
    const sideWidth = Math.floor(this.diagramBox.clientWidth);
    const known = { network, units, at, domain, probe, values, points, veiled };
    const scene = { ...known, colors, width, sideWidth, resting };
    const { breakpoints, patterns, slopes } = this.figure.draw(scene);
    this.diagram.draw(scene);
    this.formulas.draw(scene);
    for (const cell of this.cells) cell.show(false);

    this.count(breakpoints.length);
    const region = breakpoints.filter((x) => x < probe).length;
    const place = `Region ${region + 1} of ${breakpoints.length + 1}`;
    this.slopeSums.forEach((line, j) => {
      const sum = slopeAsSum(network, patterns[region], slopes[region], j);
      setText(line, veiled ? "" : `${place}: ${sum}`);
    });
  }

  /** Write the counters: of joints and regions, and the loss if there are points. */
  count(joints) {
    const { network, points, goal, veiled } = this;
    const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"} in view`;
    const counters = [count(joints, "joint"), count(joints + 1, "region")];
    const loss = points && summedLoss(network, points);
    if (points) counters.push(`loss ${significant(loss)}`);
    const [low, high] = this.domain;
    const unseen = points?.x.filter((x) => x < low || x > high).length;
    if (unseen) counters.push(`${unseen} of its ${points.x.length} points out of view`);
    if (goal !== null) counters.push(`best known ${significant(goal)}`);
    setText(this.counts, veiled ? "" : counters.join(" · "));
    const verdict = veiled || goal === null ? "" : verdictOn(loss, goal);
    setText(this.verdict, verdict && ` · ${verdict}`);
  }

  dispose() {
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(BuildInstrument);
