// The instrument "Warping": the input plane beside what each layer makes of it.

import { elementPool, htmlElement, setAttributes, setShown, setText, svgElement, themeColors } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { saveButtons } from "./picture.js";
import { PLANE_MARGINS, Plane, dotsElement } from "./warpplane.js";
import { Player } from "./player.js";
import { SampleCard } from "./samplecard.js";
import { OwnPoints } from "./ownpoints.js";

const MORE_COLORS = ["#785EF0", "#B8860B", "#8A8A8A"];
const MOST_SIDE = 430; // px
const CATCH = 14; // px around a point

/** Give numbers on the way from some to others. */
function interpolated(from, to, part) {
  return part === 0 ? from : from.map((value, i) => value + part * (to[i] - value));
}

/** One plane with data, grid, and what the network makes of them. */
class WarpedPlane {
  constructor(parent) {
    this.svg = svgElement("svg", { class: "sheet" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.plane = new Plane(this.picture);
    const { content, marks } = this.plane;
    this.sides = elementPool(() => svgElement("path", { class: "side-of" }, this.below));
    this.below = svgElement("g", {}, content);
    this.lines = ["grid first", "grid second"].map((name) =>
      svgElement("path", { class: name }, content),
    );
    const above = svgElement("g", {}, content);
    this.dots = elementPool(() => dotsElement(above, { class: "dots" }));
    this.straight = svgElement("path", { class: "axis-lines" }, content);
    this.cut = svgElement("path", { class: "edge-line" }, content);
    this.names = elementPool(() => svgElement("text", { class: "class-name" }, marks));
    this.ring = svgElement("circle", { class: "ring-mark hit", r: 8 }, marks);
    this.axes = [0, 1].map(() => svgElement("text", { class: "axis-name" }, marks));
  }

  /** Draw flat lists of numbers x, y, x, y and so on. */
  draw(side, view, flat, { offsets, kinds, families, labels, members, samples, classes, axes, colors, near, line }) {
    const { left, top, right, bottom } = PLANE_MARGINS;
    setAttributes(this.svg, { width: side + left + right, height: side + top + bottom });
    const { plane } = this;
    plane.show({ left, top, side }, view.slice(0, 2), view.slice(2));
    // Numbers are made text only once, as this is what a frame takes its time for.
    const at = (list, i) => `${plane.x(list[2 * i]).toFixed(1)} ${plane.y(list[2 * i + 1]).toFixed(1)}`;
    const piece = (list, from, to) => {
      let path = `M${at(list, from)}`;
      for (let i = from + 1; i < to; i += 1) path += `L${at(list, i)}`;
      return path;
    };
    // Polygons that were folded over would cancel others of the same path.
    const oneWay = (list, from, to) => {
      let area = 0;
      for (let i = from; i < to; i += 1) {
        const next = i + 1 < to ? i + 1 : from;
        area += list[2 * i] * list[2 * next + 1] - list[2 * next] * list[2 * i + 1];
      }
      if (area >= 0) return piece(list, from, to);
      let path = `M${at(list, to - 1)}`;
      for (let i = to - 2; i >= from; i -= 1) path += `L${at(list, i)}`;
      return path;
    };
    const pieces = (list, bounds, kept, piece) => {
      let path = "";
      for (let i = 0; i + 1 < bounds.length; i += 1) {
        if (kept(i)) path += piece(list, bounds[i], bounds[i + 1]);
      }
      return path;
    };
    this.lines.forEach((element, family) => {
      const d = pieces(flat.lines, offsets.lines, (i) => families[i] === family, piece);
      setAttributes(element, { d, stroke: "var(--st-text-color)" });
    });
    this.sides(kinds.length ? classes.length : 0).forEach((element, k) => {
      const d = pieces(flat.sides, offsets.sides, (i) => kinds[i] === k, oneWay);
      setAttributes(element, { d, fill: colors[k] });
    });
    const width = String(labels.length > 600 ? 5 : 7);
    const paths = classes.map(() => "");
    labels.forEach((k, i) => (paths[k] += `M${at(flat.points, i)}h0`));
    this.dots(classes.length).forEach((element, k) => {
      setAttributes(element, { d: paths[k], stroke: colors[k], "stroke-width": width });
    });
    let cut = "";
    for (let i = 0; 4 * i < flat.cut.length; i += 1) cut += piece(flat.cut, 2 * i, 2 * i + 2);
    setAttributes(this.cut, { d: cut });
    setShown(this.straight, line !== null);
    if (line) setAttributes(this.straight, { d: `M${at(line, 0)}L${at(line, 1)}` });
    this.drawNames(flat.points, { members, samples, classes, colors });
    setShown(this.ring, near !== null);
    if (near !== null) {
      const [cx, cy] = at(flat.points, near).split(" ").map(Number);
      setAttributes(this.ring, { cx, cy });
    }
    setText(this.axes[0], axes[0]);
    setAttributes(this.axes[0], { x: left + side - 6, y: top + side - 7 });
    setText(this.axes[1], axes[1]);
    setAttributes(this.axes[1], { x: left + 8, y: top + 16, "text-anchor": "start", style: "text-anchor: start" });
  }

  /** Write the name of each class of real data amid its points. */
  drawNames(points, { members, samples, classes, colors }) {
    this.names(samples.length ? classes.length : 0).forEach((element, k) => {
      const own = members[k];
      const mean = [0, 1].map((a) => own.reduce((sum, i) => sum + points[2 * i + a], 0) / own.length);
      const { plane } = this;
      setText(element, own.length ? classes[k] : "");
      if (own.length) setAttributes(element, { x: plane.x(mean[0]), y: plane.y(mean[1]) + 5, fill: colors[k], style: `fill: ${colors[k]}` });
    });
  }

  /** Find the point under the pointer, null if there is none. */
  nearest(points, { offsetX, offsetY }) {
    let [best, distance] = [null, CATCH];
    for (let i = 0; 2 * i < points.length; i += 1) {
      const away = Math.hypot(this.plane.x(points[2 * i]) - offsetX, this.plane.y(points[2 * i + 1]) - offsetY);
      if (away < distance) [best, distance] = [i, away];
    }
    return best;
  }
}

/** What one mounted instrument holds. */
class WarpingInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build warping" }, parent);
    const columns = htmlElement("div", { className: "halves" }, this.root);
    const [left, right] = [0, 1].map(() => htmlElement("div", { className: "half" }, columns));
    this.input = new WarpedPlane(left);
    this.hidden = new WarpedPlane(right);
    saveButtons(left, this.input.svg, "input-plane");
    saveButtons(right, this.hidden.svg, "warped-plane");
    this.requestDraw = oncePerFrame(() => this.draw());
    this.player = new Player(right, {
      label: "Layer, from the input on",
      seconds: 1.6,
      draw: (now) => (now ? this.draw() : this.requestDraw()),
      release: () => this.release(),
    });
    this.own = new OwnPoints(left, this.input.plane, {
      changed: () => {
        this.requestDraw();
        this.release();
      },
    });
    this.card = new SampleCard(left);
    this.near = null;
    for (const drawn of [this.input, this.hidden]) {
      drawn.svg.onpointermove = (event) => this.point(drawn.nearest(drawn.shown, event));
      drawn.svg.onpointerleave = () => this.point(null);
    }
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.root);
  }

  /** Take what Python sends; only a new revision moves time and the reader's points. */
  receive({ revision, time, own, locked, ...rest }, send) {
    Object.assign(this, rest, { send, locked });
    this.colors = [...themeColors(this.root), ...MORE_COLORS];
    this.members = this.classes.map((_, k) =>
      this.labels.flatMap((label, i) => (label === k ? [i] : [])),
    );
    this.near = null;
    this.player.last = this.layers.length - 1;
    if (this.revision !== revision) {
      this.player.halt();
      this.revision = revision;
      this.player.time = time;
      this.own.load(own);
      this.released = this.written;
    }
    if (this.player.time > this.player.last) this.player.time = this.player.last;
    this.own.arrange(this.classes, this.colors, locked.own);
    this.card.receive(this.samples, this.images);
    this.requestDraw();
  }

  get written() {
    return JSON.stringify([this.player.time, this.own.points]);
  }

  point(near) {
    if (near === this.near) return;
    this.near = near;
    this.card.show(near);
    this.requestDraw();
  }

  release() {
    if (this.player.moves || this.written === this.released) return;
    this.released = this.written;
    const [time, own] = [this.player.time, this.own.points];
    this.send("state", { time, own, revision: this.revision });
  }

  draw() {
    const { left, right } = PLANE_MARGINS;
    const room = Math.floor(this.input.svg.parentElement.clientWidth);
    if (room < 100 || !this.layers) return;
    const side = Math.min(room - left - right, MOST_SIDE);
    const { layers, player } = this;
    const from = Math.min(Math.floor(player.time), layers.length - 1);
    const to = Math.min(from + 1, layers.length - 1);
    const part = player.time - from;
    const smooth = part * part * (3 - 2 * part);
    const mixed = Object.fromEntries(
      ["points", "lines", "cut", "sides", "view"].map((name) => [name, interpolated(layers[from][name], layers[to][name], smooth)]),
    );
    const common = this;
    const line = part === 0 && from === layers.length - 1 ? this.straight : null;
    const axes = part === 0 ? layers[from].axes : ["", ""];
    this.input.shown = layers[0].points;
    this.hidden.shown = mixed.points;
    // What stays as it is during a motion is not drawn anew.
    if (!player.moves) {
      this.input.draw(side, layers[0].view, layers[0], { ...common, axes: layers[0].axes, line: null });
    }
    this.hidden.draw(side, mixed.view, mixed, { ...common, axes, line });
    this.own.draw();
    const title = part === 0 ? layers[from].name : `${layers[from].name} → ${layers[to].name}`;
    setText(this.input.plane.title, layers[0].name);
    setText(this.hidden.plane.title, title);
    player.show(part === 0 ? title : `${title}, ${Math.round(100 * part)} %`, this.locked.time);
    if (player.moves) return;
    setAttributes(this.input.picture, { "aria-label": this.alt });
    setAttributes(this.hidden.picture, { "aria-label": `${title}. ${this.alt}` });
  }

  dispose() {
    this.player.halt();
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(WarpingInstrument);
