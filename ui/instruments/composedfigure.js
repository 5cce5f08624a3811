// Network 1 above, what both compose to below it, network 2 beside that, as one drawing:
// x goes up to y, y is carried over a diagonal into network 2, and y′ back to the left.

import { Panel, decimal, elementPool, polyline, setAttributes, setShown, setText, svgElement, unitStyle } from "./axes.js";
import { makeHandle } from "./drag.js";
import { BentLine, drawGuide, drawStretches, jointsInside } from "./bentpanel.js";
import { Trace } from "./tracing.js";

const SIDE_BY_SIDE = 620; // px
const HIDDEN = "Hidden until you have answered";

/**
 * The picture. `on` holds drag(network, corner, place), where place is [x, y],
 * step(network, corner, n, upright), dragProbe(x), stepProbe(n) and release().
 */
export class ComposedFigure {
  constructor(parent, on) {
    this.svg = svgElement("svg", { class: "composed-figure" }, parent);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.panels = [0, 1, 2].map(() => new Panel(this.picture));
    [this.first, this.second, this.composed] = this.panels;
    this.names = [...this.panels, ...this.panels].map(() =>
      svgElement("text", { class: "axis-name" }, this.picture),
    );
    this.makeMirror();
    const { below, content } = this.composed;
    const pool = (parent, tag, attributes) =>
      elementPool(() => svgElement(tag, attributes, svgElement("g", {}, parent)));
    this.shades = pool(below, "rect", { class: "shade" });
    this.guides = pool(content, "line", { class: "guide" });
    this.heights = pool(this.picture, "polyline", { class: "guide carried" });
    this.curve = svgElement("polyline", { class: "sum" }, content);
    this.bends = pool(content, "circle", { class: "bend", r: 4 });
    this.veil = svgElement("text", { class: "veil", "text-anchor": "middle" }, content);
    setText(this.veil, HIDDEN);
    this.trace = new Trace(this.picture);
    const handles = svgElement("g", {}, this.svg);
    this.makeGrip(handles, on);
    this.lines = [this.first, this.second].map((panel, network) => {
      const drag = (corner, ...at) => on.drag(network, corner, this.placeIn(panel, ...at));
      const step = (corner, n, upright) => on.step(network, corner, n, upright);
      const name = `Network ${network + 1}`;
      return new BentLine(panel, handles, name, { drag, step, release: on.release });
    });
  }

  makeMirror() {
    this.mirror = svgElement("g", {}, this.picture);
    this.mirrorFrame = svgElement("rect", { class: "frame" }, this.mirror);
    this.diagonal = svgElement("line", { class: "zero" }, this.mirror);
    this.mirrorTitle = svgElement("text", { class: "title" }, this.mirror);
    setText(this.mirrorTitle, "The output y becomes the input y");
  }

  makeGrip(parent, on) {
    const attributes = { class: "handle", role: "slider", "aria-label": "Probe x" };
    this.grip = svgElement("g", attributes, parent);
    svgElement("rect", { class: "hit" }, this.grip);
    svgElement("path", { class: "grip", d: "M-7-8H7V0L0 7L-7 0Z" }, this.grip);
    makeHandle(this.grip, {
      drag: (clientX) => on.dragProbe(this.placeIn(this.first, clientX, 0)[0]),
      step: on.stepProbe,
      release: on.release,
    });
  }

  /** Give what a panel shows under a point of the screen, within its frame. */
  placeIn(panel, clientX, clientY) {
    const { left, top } = this.svg.getBoundingClientRect();
    const { box, domain, limits } = panel;
    const inside = (part) => Math.min(Math.max(part, 0), 1);
    const across = inside((clientX - left - box.left) / box.width);
    const up = inside(1 - (clientY - top - box.top) / box.height);
    const between = ([low, high], part) => low + part * (high - low);
    return [between(domain, across), between(limits, up)];
  }

  draw(scene) {
    this.layOut(scene);
    scene.networks.forEach((network, i) => {
      const { corners, colors } = scene;
      const interval = [scene.domain, scene.view][i];
      const colorFrom = i ? scene.networks[0].biases[0].length : 0;
      this.lines[i].draw({ network, corners: corners[i], interval, colorFrom, colors });
    });
    this.drawHeights(scene);
    this.drawComposed(scene);
    this.drawTrace(scene);
  }

  layOut({ width, domain, view, limits }) {
    this.wide = width >= SIDE_BY_SIDE;
    const [margin, gap] = [this.wide ? 38 : 30, 44];
    const across = this.wide ? (width - margin - gap - 8) / 2 : width - margin - 8;
    const height = Math.round(Math.min(290, Math.max(180, across * 0.56)));
    const right = margin + across + gap;
    const [top, pitch] = [24, height + 46];
    const at = (left, row) => ({ left, top: top + row * pitch, width: across, height });
    const boxes = [at(margin, 0), at(margin, 1), at(margin, 2)];
    if (this.wide) boxes.splice(0, 3, at(margin, 0), at(right, 1), at(margin, 1));
    const shown = [[domain, view], [view, limits], [domain, limits]];
    const titles = ["Network 1: y from x", "Network 2: y′ from y", "Composed: y′ from x"];
    const axes = [["x", "y"], ["y", "y′"], ["x", "y′"]];
    this.panels.forEach((panel, i) => {
      panel.arrange(boxes[i], ...shown[i]);
      panel.domain = shown[i][0];
      setText(panel.title, titles[i]);
      this.nameAxes(this.names.slice(2 * i, 2 * i + 2), boxes[i], axes[i]);
    });
    this.placeMirror(at(right, 0));
    const { left, top: start } = boxes[2];
    setAttributes(this.veil, { x: left + across / 2, y: start + height / 2 });
    const total = boxes[this.wide ? 1 : 2].top + height + 22;
    setAttributes(this.svg, { width, height: total, viewBox: `0 0 ${width} ${total}` });
  }

  nameAxes([across, up], { left, top, width, height }, names) {
    setAttributes(across, { x: left + width - 6, y: top + height - 7, "text-anchor": "end" });
    setAttributes(up, { x: left + 7, y: top + 15 });
    [across, up].forEach((element, i) => setText(element, names[i]));
  }

  placeMirror({ left, top, width, height }) {
    setShown(this.mirror, this.wide);
    setAttributes(this.mirrorFrame, { x: left, y: top, width, height });
    const line = { x1: left, y1: top + height, x2: left + width, y2: top };
    setAttributes(this.diagonal, line);
    setAttributes(this.mirrorTitle, { x: left, y: top - 7 });
  }

  /** Draw the joints of network 2 as heights of network 1: it bends where they cross. */
  drawHeights({ networks, view, colors }) {
    const joints = jointsInside(networks[1], view);
    const { left, width } = this.first.box;
    this.heights(joints.length).forEach((line, i) => {
      const { joint, d } = joints[i];
      const y = this.first.y(joint);
      const [x, end] = [this.second.x(joint), this.second.box.top];
      const carried = this.wide ? [`${x},${y}`, `${x},${end}`] : [`${left + width},${y}`];
      const { stroke } = unitStyle(networks[0].biases[0].length + d, colors);
      setAttributes(line, { points: [`${left},${y}`, ...carried].join(" "), stroke });
    });
  }

  drawComposed({ networks, domain, regions, veiled, ends, colors }) {
    const panel = this.composed;
    const { top, height } = panel.box;
    const joints = jointsInside(networks[0], domain);
    drawStretches(this.shades, panel, [domain[0], ...joints.map(({ joint }) => joint), domain[1]]);
    this.guides(joints.length).forEach((line, i) => {
      const x = panel.x(joints[i].joint);
      drawGuide(line, [x, top, x, top + height], joints[i].d, colors);
    });
    setShown(this.veil, veiled);
    const [bends, shown] = veiled ? [[], []] : [regions.bends, ends];
    const [xs, ys] = [shown.map(({ x }) => x), shown.map(({ output }) => output)];
    setAttributes(this.curve, { points: polyline(xs, ys, panel) });
    this.bends(bends.length).forEach((dot, i) => {
      const { x, output, units } = bends[i];
      const { stroke } = unitStyle(units[0], colors);
      setAttributes(dot, { cx: panel.x(x), cy: panel.y(output), fill: stroke });
    });
  }

  drawTrace({ probe, traced: [y, output], same, veiled, domain }) {
    const { first, second, composed, wide } = this;
    const bottom = ({ box }) => box.top + box.height;
    const [x, up] = [first.x(probe), first.y(y)];
    const [across, height] = [second.x(y), second.y(output)];
    const way = [[x, bottom(first), x, up]];
    if (wide) way.push([x, up, across, up], [across, up, across, height]);
    else way.push([x, up, first.box.left, up], [across, bottom(second), across, height]);
    const back = composed.x(probe);
    if (wide && !veiled) way.push([across, height, back, height]);
    if (!wide) way.push([across, height, second.box.left, height]);
    if (!wide && !veiled) {
      way.push([back, bottom(composed), back, composed.y(output)]);
      way.push([back, composed.y(output), composed.box.left, composed.y(output)]);
    }
    const level = composed.y(output);
    const { left, width } = first.box;
    const shared = [[left, up, left + width, up]];
    if (!veiled) shared.push([left, level, left + width, level]);
    const ends = veiled ? bottom(first) : level;
    const alone = [...same.points.filter((other) => Math.abs(first.x(other) - x) > 1)];
    for (const other of [...alone, ...(wide ? [probe] : [])]) {
      const start = other === probe ? bottom(first) : up;
      shared.push([first.x(other), start, first.x(other), wide ? ends : bottom(first)]);
      if (!wide && !veiled) shared.push([first.x(other), composed.box.top, first.x(other), level]);
    }
    const flats = same.flats.flatMap(([from, to]) => {
      const stretch = (at) => [first.x(from), at, first.x(to), at];
      return veiled ? [stretch(up)] : [stretch(up), stretch(level)];
    });
    const both = (xs) =>
      xs.flatMap((at) => [[first.x(at), up], ...(veiled ? [] : [[composed.x(at), level]])]);
    const points = [...both([probe]), [across, height]];
    this.trace.draw({ way, same: shared, flats, twins: both(alone), points });
    setAttributes(this.grip, {
      transform: `translate(${x.toFixed(2)} ${first.box.top})`,
      "aria-valuemin": String(domain[0]),
      "aria-valuemax": String(domain[1]),
      "aria-valuenow": String(probe),
      "aria-valuetext": `x = ${decimal(probe)}, y = ${decimal(y)}${veiled ? "" : `, y′ = ${decimal(output)}`}`,
    });
    const tall = first.box.height + 10;
    setAttributes(this.grip.firstChild, { x: -9, y: -10, width: 18, height: tall });
  }
}
