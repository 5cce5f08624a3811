// The instrument "Activation": a function of one number, and what it does to the plane.

import { decimal, htmlElement, setAttributes, setText, svgElement, themeColors } from "./axes.js";
import { ACTIVATIONS } from "./activations.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { saveButtons } from "./picture.js";
import { PLANE_MARGINS, Plane, dotsElement, dotsPath, linesPath, polygonsPath } from "./warpplane.js";
import { Player } from "./player.js";
import { applied, rotation } from "./svd.js";

const HALF = 2; // how far the grid reaches
const ACTIVATION_LINES = 9;
const SMOOTH = 48; // pieces of a line that is bent everywhere
const N_POINTS = 160;
const ACTIVATION_STEPS = [0.7548776662466927, 0.5698402909980532]; // spread evenly, without a pattern
const POINTS = Array.from({ length: N_POINTS }, (_, i) =>
  ACTIVATION_STEPS.map((step) => HALF * (2 * (((i + 1) * step) % 1) - 1)),
);
const ACTIVATION_FINEST = 1000; // places that differ by less look alike
const ACTIVATION_SIDE = 420; // px
const EVENLY = Array.from({ length: SMOOTH + 1 }, (_, i) => i / SMOOTH);
const ACTIVATION_GRID = Array.from({ length: ACTIVATION_LINES }, (_, i) => HALF * ((2 * i) / (ACTIVATION_LINES - 1) - 1));
const FAMILIES = [
  ACTIVATION_GRID.map((x) => [[x, -HALF], [x, HALF]]),
  ACTIVATION_GRID.map((y) => [[-HALF, y], [HALF, y]]),
];

/** Number the quadrant of a point from 0 to 3, anticlockwise. */
function quadrant([x, y]) {
  if (y > 0) return x > 0 ? 0 : 1;
  return x > 0 ? 3 : 2;
}

/** Cut a line where a function of straight pieces bends, or finely: lists of points. */
function cutGridLine([from, to], { straight, jumps }) {
  const at = (part) => from.map((value, i) => value + part * (to[i] - value));
  if (!straight) return [EVENLY.map(at)];
  const crossings = from.map((value, i) => value / (value - to[i]));
  const inside = crossings.filter((part) => part > 0 && part < 1);
  const parts = [0, ...inside.sort((a, b) => a - b), 1];
  if (!jumps) return [parts.map(at)];
  // Each piece by itself, and from well within, where its side is known.
  return parts.slice(1).map((part, i) => [at(parts[i] + 1e-9), at(part - 1e-9)]);
}

/** What one mounted instrument holds. */
class ActivationInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build activation" }, parent);
    this.counters = htmlElement("p", { className: "counters" }, this.root);
    const columns = htmlElement("div", { className: "halves" }, this.root);
    const [left, right] = [0, 1].map(() => htmlElement("div", { className: "half" }, columns));
    this.makeCurve(left);
    this.makePlane(right);
    saveButtons(left, this.curveSvg, "activation");
    saveButtons(right, this.svg, "activated-plane");
    this.sliders = {
      scale: this.makeSlider(left, "Scale S", { min: 0.1, max: 10, step: 0.1 }),
      turn: this.makeSlider(left, "Turn of the grid", { min: 0, max: 90, step: 1 }),
    };
    this.player = new Player(right, {
      label: "From x to a(Sx)",
      seconds: 1.8,
      draw: () => this.requestDraw(),
      release: () => this.release(),
    });
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.root);
  }

  makeCurve(parent) {
    this.curveSvg = svgElement("svg", { class: "sheet" }, parent);
    this.curvePicture = svgElement("g", { role: "img" }, this.curveSvg);
    this.curvePlane = new Plane(this.curvePicture);
    this.halves = [0, 1].map(() => svgElement("path", { class: "side-of" }, this.curvePlane.content));
    this.curve = svgElement("path", { class: "circle" }, this.curvePlane.content);
  }

  makePlane(parent) {
    this.svg = svgElement("svg", { class: "sheet" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.plane = new Plane(this.picture);
    const { content } = this.plane;
    this.quadrants = [0, 1, 2, 3].map(() => svgElement("path", { class: "side-of" }, content));
    this.lines = svgElement("path", { class: "grid" }, content);
    this.dots = [0, 1, 2, 3].map(() => dotsElement(content, { "stroke-width": 6 }));
    this.ring = svgElement("circle", { class: "ring-mark", r: 9 }, content);
  }

  makeSlider(parent, name, limits) {
    const row = htmlElement("div", { className: "scrubber" }, parent);
    const text = htmlElement("span", { className: "value named" }, row);
    const slider = htmlElement("input", { type: "range", ...limits }, row);
    slider.setAttribute("aria-label", name);
    slider.oninput = () => this.requestDraw();
    slider.onchange = () => this.release();
    return { name, slider, text };
  }

  /** Take what Python sends; only a new revision moves what is on screen. */
  receive({ activation, scale, turn, time, locked, revision }, send) {
    Object.assign(this, { activation, locked, send });
    this.colors = themeColors(this.root);
    if (this.revision !== revision) {
      this.player.halt();
      this.revision = revision;
      this.player.time = time;
      this.sliders.scale.slider.value = String(scale);
      this.sliders.turn.slider.value = String(turn);
      this.released = this.written;
    }
    this.sliders.scale.slider.disabled = locked.scale;
    this.sliders.turn.slider.disabled = locked.turn;
    this.requestDraw();
  }

  get state() {
    const { scale, turn } = this.sliders;
    return { scale: scale.slider.valueAsNumber, turn: turn.slider.valueAsNumber, time: this.player.time };
  }

  get written() {
    return JSON.stringify(this.state);
  }

  release() {
    this.requestDraw();
    if (this.player.moves || this.written === this.released) return;
    this.released = this.written;
    this.send("state", { ...this.state, revision: this.revision });
  }

  draw() {
    const { left, right, top, bottom } = PLANE_MARGINS;
    const room = Math.floor(this.svg.parentElement.clientWidth);
    if (room < 100) return;
    const side = Math.min(room - left - right, ACTIVATION_SIDE);
    for (const svg of [this.svg, this.curveSvg]) {
      setAttributes(svg, { width: side + left + right, height: side + top + bottom });
    }
    const { scale, turn, time } = this.state;
    const kind = ACTIVATIONS[this.activation];
    const moved = (x) => (1 - time) * x + time * kind.f(scale * x);
    const ends = [-HALF, -0.64 / scale, HALF].map(moved).map(Math.abs);
    const reach = 1.12 * Math.max(HALF, ...ends);
    this.drawCurve({ left, top, side }, kind, scale);
    this.drawPlane({ left, top, side }, reach, kind, moved, (turn * Math.PI) / 180);
    const { name, text } = this.sliders.scale;
    setText(text, `${name} = ${decimal(scale, 1)}`);
    setText(this.sliders.turn.text, `${this.sliders.turn.name}: ${decimal(turn, 0)}°`);
    const words = time === 0 ? "x" : time === 1 ? `${this.activation}(Sx)` : `${Math.round(100 * time)} % of the way`;
    this.player.show(words, this.locked.time);
    this.describe(moved, words, scale);
  }

  drawCurve(place, { f, straight, jumps }, scale) {
    const { curvePlane, colors } = this;
    const parts = straight ? (jumps ? [[-HALF, -1e-9], [0, HALF]] : [[-HALF, 0, HALF]]) : [EVENLY.map((part) => HALF * (2 * part - 1))];
    const lines = parts.map((inputs) => inputs.map((x) => [x, f(scale * x)]));
    const heights = lines.flat().map(([, y]) => Math.abs(y));
    const reach = 1.12 * Math.max(1, ...heights);
    curvePlane.show(place, [0, 0], [1.12 * HALF, reach]);
    [[-HALF, 0], [0, HALF]].forEach(([from, to], i) => {
      const corners = [[from, -reach], [to, -reach], [to, reach], [from, reach]];
      setAttributes(this.halves[i], { d: polygonsPath(curvePlane, [corners]), fill: i ? colors[0] : colors[1] });
    });
    setAttributes(this.curve, { d: linesPath(curvePlane, lines) });
    setText(curvePlane.title, `${this.activation}(Sx), one coordinate`);
  }

  drawPlane(place, reach, kind, moved, angle) {
    const { plane, colors } = this;
    plane.show(place, [0, 0], [reach, reach]);
    const turn = rotation(angle);
    const image = (point) => point.map(moved);
    const lines = FAMILIES.flat().flatMap((line) => cutGridLine(line.map((end) => applied(turn, end)), kind));
    setAttributes(this.lines, { d: linesPath(plane, lines.map((line) => line.map(image))), stroke: "var(--st-text-color)" });
    // Each coordinate moves by itself: a quadrant's image is as far as its sides reach.
    const reached = [1, -1].map((sign) => {
      const heights = EVENLY.map((part) => moved(sign * HALF * Math.max(part, 1e-9)));
      return [Math.min(...heights), Math.max(...heights)];
    });
    const tints = [0, 1, 2, 3];
    tints.forEach((q) => {
      const [[x0, x1], [y0, y1]] = [reached[q === 0 || q === 3 ? 0 : 1], reached[q < 2 ? 0 : 1]];
      const corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
      setAttributes(this.quadrants[q], { d: polygonsPath(plane, [corners]), fill: colors[q] });
      const own = POINTS.filter((point) => quadrant(point) === q).map(image);
      setAttributes(this.dots[q], { d: dotsPath(plane, own), stroke: colors[q] });
    });
    const collapsed = image([-1, -1]).every((value, i) => value === image([-HALF, -HALF])[i]);
    setAttributes(this.ring, { cx: plane.x(image([-1, -1])[0]), cy: plane.y(image([-1, -1])[1]), "stroke-opacity": collapsed ? "1" : "0" });
    setText(plane.title, "The plane, both coordinates");
  }

  describe(moved, words, scale) {
    const rounded = (value) => Math.round(moved(value) * ACTIVATION_FINEST);
    const places = new Set(POINTS.map((point) => point.map(rounded).join()));
    const facts = `${N_POINTS} points at ${places.size} places that differ by 0.001 or more`;
    setText(this.counters, facts);
    if (this.player.moves) return;
    const label = `${words}, S = ${decimal(scale, 1)}: ${facts}.`;
    setAttributes(this.picture, { "aria-label": `A grid and points, each quadrant in a colour. ${label}` });
    setAttributes(this.curvePicture, { "aria-label": `The curve of ${this.activation}(Sx) from −2 to 2, S = ${decimal(scale, 1)}.` });
  }

  dispose() {
    this.player.halt();
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(ActivationInstrument);
