// The instrument "Linear map": a matrix whose columns are dragged, and its three stages.

import { decimal, htmlElement, niceStep, setAttributes, setText, svgElement, themeColors } from "./axes.js";
import { lockHandle, makeHandle, oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { LARGEST_PARAMETER, ParameterCell, rounded } from "./parameters.js";
import { saveButtons } from "./picture.js";
import { PLANE_MARGINS, Plane, arrowPath, dotsElement, dotsPath, ellipsePath, linesPath, polygonsPath } from "./warpplane.js";
import { Player } from "./player.js";
import { applied, imageOfCircle, mapAt, svd2 } from "./svd.js";

const MAP_GRID = 2; // how far the grid reaches
const MAP_LINES = 9;
const MAP_SQUARE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const CLOCK = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 6).map((angle) => [
  Math.cos(angle),
  Math.sin(angle),
]);
const LEAST_REACH = 2.2;
const MAP_FINEST = 0.01;
const STAGES = ["x", "Vᵀx", "SVᵀx", "USVᵀx = Θx"];

const INPUT_LINES = Array.from({ length: MAP_LINES }, (_, i) => MAP_GRID * ((2 * i) / (MAP_LINES - 1) - 1));
const ACROSS = INPUT_LINES.map((y) => [[-MAP_GRID, y], [MAP_GRID, y]]);
const UPWARDS = INPUT_LINES.map((x) => [[x, -MAP_GRID], [x, MAP_GRID]]);

/** Write an angle in degrees, a turn to the left being positive. */
function degrees(angle) {
  return `${decimal((angle * 180) / Math.PI, 1)}°`;
}

/** What a map does, in the words of its three stages. */
function stageWords({ inward, scale, outward, reflects }, time) {
  if (time === 0) return "The input plane";
  if (time <= 1) return `1 · Vᵀ turns by ${degrees(time * inward)}`;
  const sizes = scale.map((s) => decimal(1 + (Math.min(time, 2) - 1) * (s - 1), 2));
  if (time <= 2) return `2 · S scales by ${sizes.join(" and ")}`;
  const over = reflects ? " and turns the plane over" : "";
  return `3 · U turns by ${degrees((time - 2) * outward)}${over}`;
}

/** One plane with all that a map moves. */
class MappedPlane {
  constructor(parent) {
    this.svg = svgElement("svg", { class: "sheet" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.plane = new Plane(this.picture);
    const path = (name) => svgElement("path", { class: name }, this.plane.content);
    this.square = path("square");
    this.lines = ["grid first", "grid second"].map(path);
    this.circle = path("circle");
    this.dots = dotsElement(this.plane.content, { class: "clock", "stroke-width": 6 });
    this.axes = path("axis-lines");
    this.arrows = ["arrow first", "arrow second"].map(path);
  }

  draw(map, reach, side, inward) {
    setAttributes(this.svg, { width: side + PLANE_MARGINS.left + PLANE_MARGINS.right, height: side + PLANE_MARGINS.top + PLANE_MARGINS.bottom });
    const { plane } = this;
    plane.show({ left: PLANE_MARGINS.left, top: PLANE_MARGINS.top, side }, [0, 0], [reach, reach]);
    const moved = (points) => points.map((point) => applied(map, point));
    setAttributes(this.square, { d: polygonsPath(plane, [moved(MAP_SQUARE)]) });
    [UPWARDS, ACROSS].forEach((lines, i) => {
      setAttributes(this.lines[i], { d: linesPath(plane, lines.map(moved)) });
    });
    setAttributes(this.circle, { d: ellipsePath(plane, imageOfCircle(map)) });
    setAttributes(this.dots, { d: dotsPath(plane, moved(CLOCK)) });
    // The right singular vectors are the rows of Vᵀ.
    const [c, s] = [Math.cos(inward), Math.sin(inward)];
    const ends = [[c, -s], [s, c]].map((v) => [v, v.map((part) => -part)]);
    setAttributes(this.axes, { d: linesPath(plane, ends.map(moved)) });
    [[1, 0], [0, 1]].forEach((unit, i) => {
      setAttributes(this.arrows[i], { d: arrowPath(plane, applied(map, unit)) });
    });
  }
}

/** What one mounted instrument holds. */
class LinearMapInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build linear-map" }, parent);
    this.counters = htmlElement("p", { className: "counters" }, this.root);
    const columns = htmlElement("div", { className: "halves" }, this.root);
    const [left, right] = [0, 1].map(() => htmlElement("div", { className: "half" }, columns));
    this.whole = new MappedPlane(left);
    this.staged = new MappedPlane(right);
    setText(this.whole.plane.title, "Θ in one motion: drag the tips");
    this.makeHandles();
    saveButtons(left, this.whole.svg, "linear-map");
    saveButtons(right, this.staged.svg, "three-stages");
    this.makeFields(left);
    this.player = new Player(right, {
      label: "Stage, from 0 to 3",
      seconds: 1.4,
      draw: () => this.requestDraw(),
      release: () => this.release(),
    });
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.root);
    this.moving = false;
  }

  makeHandles() {
    const { marks } = this.whole.plane;
    this.handles = [0, 1].map((j) => {
      const group = svgElement("g", { class: "handle free", role: "slider" }, marks);
      svgElement("circle", { class: "hit", r: 18 }, group);
      svgElement("circle", { class: "knob", r: 7 }, group);
      makeHandle(group, {
        drag: (...at) => this.putColumn(j, this.whole.plane.under(...at)),
        step: (n, upright) => this.stepColumn(j, n, upright ? 1 : 0),
        release: () => this.release(),
      });
      return group;
    });
  }

  makeFields(parent) {
    const fields = htmlElement("div", { className: "fields" }, parent);
    const names = ["θ₁₁", "θ₁₂", "θ₂₁", "θ₂₂"];
    this.cells = names.map((name, k) => {
      const [i, j] = [Math.floor(k / 2), k % 2];
      const labelled = htmlElement("div", { className: "labelled" }, fields);
      htmlElement("span", { className: "column", textContent: name }, labelled);
      return new ParameterCell(labelled, name, {
        get: () => this.theta[i][j],
        edit: (value) => this.edit(this.theta.with(i, this.theta[i].with(j, value))),
        release: () => this.release(),
      });
    });
  }

  /** Take what Python sends; only a new revision may change what is on screen. */
  receive({ theta, moment, locked, revision }, send) {
    this.send = send;
    this.colors = themeColors(this.root);
    if (this.revision !== revision) {
      this.player.halt();
      Object.assign(this, { theta, revision, moving: false, reach: 0 });
      this.player.last = 3;
      this.player.time = moment;
      this.released = this.written;
      for (const cell of this.cells) cell.reset();
    }
    this.locked = locked;
    for (const handle of this.handles) lockHandle(handle, locked.theta);
    for (const cell of this.cells) cell.lock(locked.theta);
    this.requestDraw();
  }

  get written() {
    return JSON.stringify([this.theta, this.player.time]);
  }

  edit(theta) {
    if (!theta.flat().every((value) => Math.abs(value) <= LARGEST_PARAMETER)) return;
    this.theta = theta;
    this.moving = true;
    this.requestDraw();
  }

  putColumn(j, column) {
    const step = Math.min(niceStep(this.reach / 200, 1), MAP_FINEST * Math.max(1, this.reach));
    const tidy = column.map((value) => rounded(value, step) + 0);
    this.edit(this.theta.map((row, i) => row.with(j, tidy[i])));
  }

  stepColumn(j, n, i) {
    const far = Number.isFinite(n) ? this.theta[i][j] + 0.05 * n : Math.sign(n) * 2;
    this.putColumn(j, [0, 1].map((k) => (k === i ? far : this.theta[k][j])));
  }

  /** Tell Python, unless it knows already. */
  release() {
    this.moving = false;
    this.requestDraw();
    if (this.player.moves || this.written === this.released) return;
    this.released = this.written;
    this.send("map", { theta: this.theta, moment: this.player.time, revision: this.revision });
  }

  draw() {
    const room = Math.floor(this.whole.svg.parentElement.clientWidth);
    if (room < 100) return;
    const side = Math.min(room - PLANE_MARGINS.left - PLANE_MARGINS.right, 400);
    const parts = svd2(this.theta);
    const { theta, player, colors } = this;
    const wanted = Math.max(LEAST_REACH, 1.15 * parts.scale[0]);
    // The scale stays as it is during a drag, unless something would leave the picture.
    if (!this.moving || wanted > this.reach) this.reach = wanted;
    this.whole.draw(theta, this.reach, side, parts.inward);
    this.staged.draw(mapAt(parts, player.time), this.reach, side, parts.inward);
    for (const drawn of [this.whole, this.staged]) {
      drawn.arrows.forEach((arrow, i) => setAttributes(arrow, { stroke: colors[i] }));
      drawn.lines.forEach((line, i) => setAttributes(line, { stroke: colors[1 - i] }));
    }
    this.drawHandles();
    for (const cell of this.cells) cell.show(!this.moving);
    const words = stageWords(parts, player.time);
    const stage = Math.ceil(player.time - 1e-9);
    setText(this.staged.plane.title, `In three stages: ${STAGES[stage]}`);
    player.show(words, this.locked.moment);
    this.describe(parts, words);
  }

  drawHandles() {
    const { plane } = this.whole;
    this.handles.forEach((handle, j) => {
      const [x, y] = [this.theta[0][j], this.theta[1][j]];
      setAttributes(handle, { transform: `translate(${plane.place([x, y]).replace(" ", ",")})` });
      setAttributes(handle.querySelector(".knob"), { stroke: this.colors[j] });
      const text = `${decimal(x, 2)}, ${decimal(y, 2)}`;
      handle.setAttribute("aria-label", `Column ${j + 1} of Θ`);
      handle.setAttribute("aria-valuenow", String(x));
      handle.setAttribute("aria-valuetext", text);
    });
  }

  describe(parts, words) {
    const { scale, determinant, rank, reflects } = parts;
    const sizes = scale.map((s) => decimal(s, 4)).join(" and ");
    const verdict = [
      "everything goes to the origin",
      "the plane goes to one line",
      reflects ? "the plane is turned over" : "no reflection",
    ][rank];
    const facts = `Singular values ${sizes} · determinant ${decimal(determinant, 4)} · rank ${rank}`;
    setText(this.counters, `${facts}: ${verdict}`);
    if (this.moving || this.player.moves) return;
    const shape = ["a point", "a segment", "an ellipse"][rank];
    const label = `The unit circle becomes ${shape}. ${facts}: ${verdict}.`;
    setAttributes(this.whole.picture, { "aria-label": `Grid, circle and basis after Θ. ${label}` });
    const stages = [1, 2, 3].map((time) => stageWords(parts, time)).join("; ");
    setAttributes(this.staged.picture, {
      "aria-label": `${words}. The stages: ${stages}.`,
    });
  }

  dispose() {
    this.player.halt();
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(LinearMapInstrument);
