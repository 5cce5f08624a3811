// The instrument "Composed": two shallow networks by hand, one after the other.

import { decimal, htmlElement, keptLimits, niceStep, setAttributes, setText, themeColors } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { LARGEST_PARAMETER, rounded } from "./parameters.js";
import { saveButtons } from "./picture.js";
import { cornersOf, withCornerAt } from "./handles.js";
import { bothAt, companionsInWords, composedRegions, inputsWithOutput, intervalOfAllBends, outputRange } from "./composing.js";
import { CornerTable } from "./cornertable.js";
import { ComposedFigure } from "./composedfigure.js";

const ARROW_PART = 0.01; // of what is in view
const FINEST_PART = 0.001;
const TRACED = 0.575; // of the domain, where x is at first
const APART = 0.005; // of the interval: how close joints may come

/** What one mounted instrument holds. */
class ComposedInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build composed" }, parent);
    this.counters = htmlElement("p", { className: "counters" }, this.root);
    this.figureBox = htmlElement("div", { className: "figure" }, this.root);
    this.figure = new ComposedFigure(this.figureBox, {
      drag: (network, corner, place) => {
        const views = this.viewOf(network);
        this.moveCorner(network, corner, place.map((value, i) => this.tidy(value, views[i])));
      },
      step: (...moved) => this.stepCorner(...moved),
      dragProbe: (x) => this.moveProbe(x),
      stepProbe: (n) => this.moveProbe(this.stepped(this.probe, n, this.domain)),
      release: () => this.release(),
    });
    this.traced = htmlElement("p", { className: "traced" }, this.root);
    this.companions = htmlElement("p", { className: "traced" }, this.root);
    this.table = new CornerTable(this.root, {
      edit: (...moved) => {
        this.moveCorner(...moved);
        return this.corners();
      },
      release: () => this.release(),
    });
    saveButtons(this.figureBox, this.figure.svg, "composed-networks");
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.figureBox);
    this.moving = false;
  }

  /** Take what Python sends; only a new revision may change the networks on screen. */
  receive({ first, second, domain, probe, most, veiled, locked, revision }, send) {
    Object.assign(this, { send, most, veiled });
    this.colors = themeColors(this.root);
    const moved = String(this.domain) !== String(domain);
    this.domain = domain;
    if (this.passedProbe !== probe || moved) {
      this.probe = probe ?? this.tidy(domain[0] + TRACED * (domain[1] - domain[0]), domain);
      this.passedProbe = probe;
    }
    if (this.revision !== revision || moved) {
      this.networks = JSON.parse(JSON.stringify([first, second]));
      this.released = JSON.stringify(this.networks);
      Object.assign(this, { revision, moving: false, view: null, limits: null });
    }
    for (const part of [...this.figure.lines, this.table]) part.lock(locked);
    this.requestDraw();
  }

  /** Round a number of an interval to digits that can be seen. */
  tidy(value, [low, high]) {
    return rounded(value, niceStep(FINEST_PART * (high - low), 1)) + 0; // −0 becomes 0
  }

  /** Move a value by steps within an interval; infinitely many lead to its end. */
  stepped(value, n, [low, high]) {
    const step = niceStep(ARROW_PART * (high - low), 1);
    const moved = Number.isFinite(n) ? value + n * step : n < 0 ? low : high;
    return Math.min(Math.max(this.tidy(moved, [low, high]), low), high);
  }

  moveProbe(x) {
    const [low, high] = this.domain;
    this.probe = Math.min(Math.max(this.tidy(x, this.domain), low), high);
    this.requestDraw();
  }

  /** What is in view across and upright of a network's panel. */
  viewOf(network) {
    return network ? [this.view, this.limits] : [this.domain, this.view];
  }

  /** Give the corners of both networks. */
  corners() {
    return this.networks.map((network, i) => cornersOf(network, this.viewOf(i)[0]));
  }

  moveCorner(network, corner, [x, y]) {
    const [interval] = this.viewOf(network);
    const corners = cornersOf(this.networks[network], interval);
    const { xs } = corners;
    if (corner >= xs.length) return;
    const gap = APART * (interval[1] - interval[0]);
    const [from, to] = [(xs[corner - 1] ?? x) + gap, (xs[corner + 1] ?? x) - gap];
    const inside = Math.min(Math.max(x, from), to);
    const changed = withCornerAt(this.networks[network], corners, corner, [inside, y]);
    const parameters = [changed.weights, changed.biases].flat(3);
    if (!parameters.every((value) => Math.abs(value) <= LARGEST_PARAMETER)) return;
    this.networks[network] = changed;
    this.moving = true;
    this.requestDraw();
  }

  stepCorner(network, corner, n, upright) {
    const views = this.viewOf(network);
    const { xs, ys } = cornersOf(this.networks[network], views[0]);
    const place = [xs[corner], ys[corner]];
    const isEnd = corner === 0 || corner === xs.length - 1;
    const i = upright || isEnd ? 1 : 0;
    place[i] = this.stepped(place[i], n, views[i]);
    this.moveCorner(network, corner, place);
  }

  /** Tell Python, unless it knows already. */
  release() {
    if (!this.moving) return;
    this.moving = false;
    this.requestDraw();
    const text = JSON.stringify(this.networks);
    if (text === this.released) return;
    this.released = text;
    const [first, second] = JSON.parse(text);
    this.send("networks", { first, second, revision: this.revision });
  }

  /** Choose which y and y′ are in view; nothing jumps while something is moved. */
  frame() {
    const [low, high] = outputRange(this.networks[0], this.domain);
    const [least, most] = this.domain;
    const step = niceStep(Math.max(high, most) - Math.min(low, least), 5) / 2;
    const tiny = 1e-9 * (most - least);
    const view = [
      low < least - tiny ? Math.floor(low / step) * step : least,
      high > most + tiny ? Math.ceil(high / step) * step : most,
    ];
    const before = this.moving && this.view;
    this.view = before
      ? [Math.min(before[0], view[0]), Math.max(before[1], view[1])]
      : view;
    const outputs = outputRange(this.networks[1], this.view);
    this.limits = keptLimits(this.limits, [...outputs, ...this.domain], !this.moving);
  }

  draw() {
    const width = Math.floor(this.figureBox.clientWidth);
    if (width < 100) return;
    this.frame();
    const { networks, domain, view, limits, probe, veiled, colors } = this;
    const [first, second] = networks;
    const regions = composedRegions(first, second, domain);
    const traced = bothAt(first, second, probe);
    const same = inputsWithOutput(first, traced[0], domain);
    const atEnd = (x) => ({ x, output: bothAt(first, second, x)[1] });
    const ends = [atEnd(domain[0]), ...regions.bends, atEnd(domain[1])];
    const corners = this.corners();
    const known = { networks, domain, view, limits, probe, veiled, colors, width };
    this.figure.draw({ ...known, regions, traced, same, ends, corners });
    this.table.draw(corners, networks, colors);
    this.count(regions.count);
    const [y, output] = traced.map((value) => decimal(value));
    const end = veiled ? "" : ` → y′ = ${output}`;
    setText(this.traced, `x = ${decimal(probe)} → y = ${y}${end}`);
    setText(this.companions, companionsInWords(probe, same, domain));
    if (!this.moving) this.describe(regions);
  }

  count(inView) {
    const { networks, most, veiled } = this;
    const [first, second] = networks;
    const total = composedRegions(first, second, intervalOfAllBends(first, second)).count;
    const counts = [`${inView} in view`, `${total} in total`];
    const limit = `at most ${most}`;
    const shown = veiled ? [limit] : [...counts, limit];
    setText(this.counters, `Regions of the composed network: ${shown.join(" · ")}`);
  }

  describe({ bends, count }) {
    const { domain, probe, veiled } = this;
    const places = bends.map(({ x }) => decimal(x)).join(", ") || "none";
    const inView = `on x from ${decimal(domain[0])} to ${decimal(domain[1])}`;
    const composed = veiled
      ? "What they compose to is hidden until you have answered."
      : `Composed they have ${count} regions ${inView}; joints: ${places}.`;
    const label = `Two networks with handles, y from x and y′ from y. ${composed}`;
    const way = `${this.traced.textContent}. ${this.companions.textContent}`;
    setAttributes(this.figure.picture, { "aria-label": `${label} Traced: ${way}` });
  }

  dispose() {
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(ComposedInstrument);
