// The instrument "Linear": a line through points, its summed loss, and gradient descent.

import { decimal, htmlElement, niceStep, setAttributes, setText, themeColors } from "./axes.js";
import { lockHandle, oncePerFrame } from "./drag.js";
import { LineCell } from "./linecell.js";
import { mountedOnce } from "./mounting.js";
import { LARGEST_PARAMETER, rounded } from "./parameters.js";
import { LossMap, SummedLoss, fourDigits } from "./lossmap.js";
import { saveButtons } from "./picture.js";
import { LinePlot, limitsAround } from "./residuals.js";

const ARROW_STEP = 0.01; // a part of what is in view
const DRAG_STEP = 0.0005;
const PLAY_SECONDS = 5; // for the whole path, unless it is short
const STEPS_A_SECOND = 4;

/** What one mounted instrument holds. */
class LinearInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build linear" }, parent);
    this.counters = htmlElement("p", { className: "counters" }, this.root);
    const columns = htmlElement("div", { className: "halves" }, this.root);
    const [left, right] = [0, 1].map(() => htmlElement("div", { className: "view" }, columns));
    const release = () => this.release();
    this.plot = new LinePlot(left, {
      drag: (end, clientY) => this.moveEnd(end, this.plot.outputAt(clientY)),
      step: (end, n) => this.stepEnd(end, n),
      release,
    });
    this.map = new LossMap(right, {
      drag: (...at) => this.edit(this.map.lineAt(...at).map((v, i) => this.tidy(v, i))),
      step: (n, upright) => this.stepOnMap(n, upright ? 1 : 0),
      release,
    });
    saveButtons(left, this.plot.svg, "line-and-residuals");
    saveButtons(right, this.map.svg, "loss-map");
    this.makeFields(left);
    this.makeScrubber(right);
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.root);
    this.moving = false;
    this.pivot = null; // output of the handle about which the line is being turned
    this.step = 0;
  }

  makeFields(parent) {
    const fields = htmlElement("div", { className: "fields" }, parent);
    this.cells = ["Offset φ₀", "Slope φ₁"].map((name, i) => {
      const labelled = htmlElement("div", { className: "labelled" }, fields);
      htmlElement("span", { className: "column", textContent: name }, labelled);
      return new LineCell(labelled, name, {
        limits: () => this.mapLimits[i],
        step: () => this.resolution(i),
        get: () => this.shown[i],
        edit: (value) => this.edit(this.shown.with(i, value)),
        release: () => this.release(),
      });
    });
  }

  makeScrubber(parent) {
    const scrubber = htmlElement("div", { className: "scrubber" }, parent);
    this.button = htmlElement("button", { type: "button" }, scrubber);
    this.button.onclick = () => (this.playing ? this.pause() : this.play());
    this.slider = htmlElement("input", { type: "range", min: 0, step: 1 }, scrubber);
    this.slider.setAttribute("aria-label", "Step of gradient descent");
    this.slider.oninput = () => {
      this.pause();
      this.step = this.slider.valueAsNumber;
      this.requestDraw();
    };
    this.stepText = htmlElement("span", { className: "value" }, scrubber);
    this.bestText = htmlElement("p", { className: "readout" }, parent);
  }

  /** Take what Python sends; only a new revision may change the line on screen. */
  receive({ x, y, line, path, names, locked, revision }, send) {
    this.send = send;
    this.colors = themeColors(this.root);
    this.names = names;
    const dataText = JSON.stringify([x, y]);
    const replaced = this.revision !== revision || this.dataText !== dataText;
    if (this.dataText !== dataText) {
      Object.assign(this, { x, y, dataText, loss: new SummedLoss(x, y) });
    }
    if (this.revision !== revision) {
      Object.assign(this, { line, revision, moving: false, pivot: null });
      this.released = String(line);
      for (const cell of this.cells) cell.reset();
    }
    if (replaced) this.frame();
    const pathText = JSON.stringify(path);
    if (this.pathText !== pathText) {
      this.pause();
      this.step = Math.min(this.step, path.length - 1);
      Object.assign(this, { path, pathText });
    }
    if (replaced) this.step = 0;
    for (const handle of [...this.plot.handles, this.map.handle]) lockHandle(handle, locked);
    for (const cell of this.cells) cell.lock(locked);
    this.requestDraw();
  }

  /** Choose what is in view. */
  frame() {
    this.domain = limitsAround(this.x, 0.06);
    const [low, high] = limitsAround(this.y, 0.15);
    // A line that is far off must not make the data small.
    const far = 0.5 * (high - low);
    const within = (value) => Math.min(Math.max(value, low - far), high + far);
    const ends = this.domain.map((input) => within(this.line[0] + this.line[1] * input));
    this.outputs = [Math.min(low, ...ends), Math.max(high, ...ends)];
    this.mapLimits = this.loss.limits(this.line);
  }

  /** Whether the path in hand starts at the line on screen. */
  get fresh() {
    return String(this.path[0]) === String(this.line);
  }

  get shown() {
    return this.fresh ? this.path[this.step] : this.line;
  }

  /** Give the step of a parameter that can just be seen, on the map or on the line. */
  resolution(i) {
    const size = ([low, high]) => high - low;
    const lifted = size(this.outputs) / (i ? size(this.domain) : 1);
    return niceStep(DRAG_STEP * Math.min(size(this.mapLimits[i]), lifted), 1);
  }

  /** Round a parameter to digits that can be seen. */
  tidy(value, i) {
    return rounded(value, this.resolution(i)) + 0; // −0 becomes 0
  }

  /** Write φ₀ and φ₁ of a line with digits that can be seen. */
  written(line) {
    const digits = (i) => Math.max(0, Math.ceil(-Math.log10(this.resolution(i)) - 1e-9));
    const [phi0, phi1] = line.map((value, i) => decimal(value, digits(i)));
    return `φ₀ = ${phi0}, φ₁ = ${phi1}`;
  }

  /** Take another line, unless it is too far off to be sent. */
  edit(line) {
    if (!line.every((value) => Math.abs(value) <= LARGEST_PARAMETER)) return;
    this.pause();
    this.line = line;
    this.step = 0;
    this.moving = true;
    this.requestDraw();
  }

  /** Turn the line about its other handle. */
  moveEnd(end, output) {
    const inputs = LinePlot.handleInputs(this.domain);
    const other = inputs[1 - end];
    // As it was at first: what rounding moves it by would add up during a drag.
    this.pivot ??= this.shown[0] + this.shown[1] * other;
    const phi1 = this.tidy((output - this.pivot) / (inputs[end] - other), 1);
    this.edit([this.tidy(this.pivot - phi1 * other, 0), phi1]);
  }

  stepEnd(end, n) {
    const [low, high] = this.outputs;
    const input = LinePlot.handleInputs(this.domain)[end];
    const output = this.shown[0] + this.shown[1] * input;
    const step = niceStep(ARROW_STEP * (high - low), 1);
    const moved = Number.isFinite(n) ? output + n * step : n < 0 ? low : high;
    this.moveEnd(end, moved);
  }

  stepOnMap(n, i) {
    const [low, high] = this.mapLimits[i];
    const step = niceStep(ARROW_STEP * (high - low), 1);
    const moved = Number.isFinite(n) ? this.shown[i] + n * step : n < 0 ? low : high;
    this.edit(this.shown.with(i, this.tidy(moved, i)));
  }

  play() {
    const last = this.path.length - 1;
    const from = this.step < last ? this.step : 0;
    const rate = Math.max(STEPS_A_SECOND, last / PLAY_SECONDS) / 1000;
    let start = null;
    const advance = (now) => {
      start ??= now;
      this.step = Math.min(last, from + Math.floor((now - start) * rate));
      this.playing = this.step < last ? requestAnimationFrame(advance) : 0;
      this.requestDraw();
    };
    this.playing = requestAnimationFrame(advance);
    this.requestDraw();
  }

  pause() {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
  }

  /** Tell Python, unless it knows already. */
  release() {
    this.pivot = null;
    if (!this.moving) return;
    this.moving = false;
    this.requestDraw();
    const text = String(this.line);
    if (text === this.released) return;
    this.released = text;
    const [phi0, phi1] = this.line;
    this.send("line", { phi0, phi1, revision: this.revision });
  }

  /** Let the map reach a line that was typed or turned beyond it. */
  widenMap() {
    this.mapLimits = this.mapLimits.map(([low, high], i) => {
      const [value, margin] = [this.line[i], 0.08 * (high - low)];
      if (value >= low && value <= high) return [low, high];
      return [Math.min(low, value - margin), Math.max(high, value + margin)];
    });
  }

  draw() {
    const width = Math.floor(this.plot.svg.parentElement.clientWidth);
    if (width < 100) return;
    this.widenMap();
    const height = Math.round(Math.min(400, Math.max(280, width * 0.72)));
    const { x, y, domain, loss, shown, path, fresh, step, names, colors } = this;
    const size = { width, height, colors, shown };
    this.plot.draw({ x, y, domain, limits: this.outputs, names, ...size });
    const written = this.written(shown);
    this.map.draw({ loss, limits: this.mapLimits, path, fresh, step, written, ...size });
    for (const cell of this.cells) cell.show(false);

    const [now, least] = [loss.at(shown), loss.least].map(fourDigits);
    setText(this.counters, `Summed loss ${now} · at the optimum ${least}`);
    setText(this.bestText, `Least squares (+): ${this.written(loss.best)}`);
    const last = path.length - 1;
    const steps = fresh ? `Step ${step} of ${last}` : "Line moved";
    setText(this.stepText, steps);
    Object.assign(this.slider, { max: last, value: fresh ? step : 0 });
    this.slider.disabled = this.button.disabled = !fresh || last === 0;
    setText(this.button, this.playing ? "Pause" : "Play");
    if (!this.moving) this.describe(now, least);
  }

  describe(now, least) {
    const optimum = `Least squares: ${this.written(this.loss.best)}, summed loss ${least}.`;
    const line = `The line φ₀ + φ₁ x with ${this.written(this.shown)}`;
    const data = `${this.x.length} points, ${this.names[1]} against ${this.names[0]}`;
    const label = `${line} among ${data}; summed loss ${now}. ${optimum}`;
    setAttributes(this.plot.picture, { "aria-label": label });
    const last = this.path.length - 1;
    const end = fourDigits(this.loss.at(this.path[last]));
    const descent = this.fresh ? ` Gradient descent: ${last} steps, to a loss of ${end}.` : "";
    const rings = `Ellipses of equal summed loss over φ₀ and φ₁ for ${data}`;
    const map = `${rings}. ${line}: loss ${now}. ${optimum}`;
    setAttributes(this.map.picture, { "aria-label": map + descent });
  }

  dispose() {
    this.pause();
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(LinearInstrument);
