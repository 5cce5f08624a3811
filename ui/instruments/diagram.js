// The network as nodes and edges, with the values that an input gives them.

import { decimal, setAttributes, setFormula, setText, shortDecimal, svgElement, unitStyle } from "./axes.js";
import { outputName } from "./shallow.js";

const WIDEST = 440; // px
const UNIT = { width: 118, height: 24 }; // px
const OUTPUT = { width: 70, height: 24 };
const INPUT_RADIUS = 15;
const HEAD = 16; // px, for the names of the columns

/** The diagram; `on` holds highlight(unit). */
export class NetworkDiagram {
  constructor(parent, on) {
    this.on = on;
    this.svg = svgElement("svg", { class: "diagram", role: "img" }, parent);
    const layer = () => svgElement("g", {}, this.svg);
    [this.edges, this.nodes] = [layer(), layer()];
    const heads = ["+ θ_{d0}", "θ_{d0} + θ_{d1} x → h_{d}"];
    this.heads = heads.map((head) => {
      const attributes = { class: "tick", y: 10, "text-anchor": "middle" };
      const element = svgElement("text", attributes, this.nodes);
      setFormula(element, head);
      return element;
    });
    this.input = svgElement("circle", { class: "node own", r: INPUT_RADIUS }, this.nodes);
    const text = (name) => svgElement("text", { class: name, "text-anchor": "middle" }, this.nodes);
    [this.inputName, this.inputValue] = [text("node-name"), text("node-value")];
    setText(this.inputName, "x");
  }

  /** Make the nodes and edges of so many units and outputs. */
  shape(size) {
    this.size = size;
    for (const group of this.made ?? []) group.remove();
    const line = (group) => svgElement("line", { class: "edge" }, group);
    this.units = Array.from({ length: size.units }, (_, d) => {
      const edges = svgElement("g", { class: "edges" }, this.edges);
      const made = { edges, from: line(edges), to: [] };
      made.to = Array.from({ length: size.outputs }, () => line(edges));
      made.node = this.node(UNIT);
      made.node.group.onpointerenter = () => this.on.highlight(d);
      made.node.group.onpointerleave = () => this.on.highlight(null);
      return made;
    });
    this.outputs = Array.from({ length: size.outputs }, () => this.node(OUTPUT, "node own"));
    this.made = this.units.flatMap(({ edges, node }) => [edges, node.group]);
    this.made.push(...this.outputs.map(({ group }) => group));
  }

  node({ width, height }, name = "node") {
    const group = svgElement("g", { class: "pill" }, this.nodes);
    const bias = svgElement("text", { class: "node-bias" }, group);
    const rect = { class: name, width, height, y: -height / 2, rx: height / 2 };
    const frame = svgElement("rect", rect, group);
    const label = svgElement("text", { class: "node-name", x: 10, y: 4.5 }, group);
    const end = { x: width - 9, y: 4, "text-anchor": "end" };
    const value = svgElement("text", { class: "node-value", ...end }, group);
    return { group, frame, bias, label, value };
  }

  /** Make one unit's node and edges stand out; null for none. */
  highlight(chosen) {
    this.units.forEach(({ edges, node }, d) => {
      for (const group of [edges, node.group]) group.classList.toggle("hot", d === chosen);
    });
  }

  draw({ network, units, values, probe, colors, veiled, sideWidth }) {
    const width = Math.min(sideWidth, WIDEST);
    const pitch = units.length > 6 ? 29 : 38;
    const tall = Math.max(pitch * units.length, 58 * values.length, 76);
    const height = HEAD + tall + 4;
    setAttributes(this.svg, { width, height, viewBox: `0 0 ${width} ${height}` });
    const middle = HEAD + tall / 2;
    const gap = (width - 2 * INPUT_RADIUS - UNIT.width - OUTPUT.width - 8) / 2;
    const unitLeft = 2 * INPUT_RADIUS + 4 + gap;
    const outputLeft = unitLeft + UNIT.width + gap;
    const place = (i, count, step) => middle + (i - (count - 1) / 2) * step;
    const unitY = (d) => place(d, units.length, pitch);
    const outputY = (j) => place(j, values.length, Math.max(58, tall / 2));
    setAttributes(this.heads[0], { x: unitLeft - 20 });
    setAttributes(this.heads[1], { x: unitLeft + UNIT.width / 2 });
    const input = { cx: 2 + INPUT_RADIUS, cy: middle };
    setAttributes(this.input, input);
    setAttributes(this.inputName, { x: input.cx, y: middle + 4.5 });
    setAttributes(this.inputValue, { x: input.cx, y: middle + INPUT_RADIUS + 14 });
    setText(this.inputValue, brief(probe));

    units.forEach((unit, d) => {
      const { from, to, edges, node } = this.units[d];
      const { stroke } = unitStyle(d, colors);
      const z = unit.at(probe);
      const y = unitY(d);
      const right = unitLeft + UNIT.width;
      const start = { x1: input.cx + INPUT_RADIUS, y1: middle };
      setAttributes(from, { ...start, x2: unitLeft, y2: y, stroke, ...weightStyle(unit.theta1) });
      to.forEach((edge, j) => {
        const ends = { x1: right, y1: y, x2: outputLeft, y2: outputY(j) };
        setAttributes(edge, { ...ends, stroke, ...weightStyle(unit.phis[j]) });
      });
      for (const group of [edges, node.group]) group.classList.toggle("off", z <= 0);
      setAttributes(node.group, { transform: `translate(${unitLeft.toFixed(2)} ${y})` });
      setAttributes(node.frame, { stroke });
      setText(node.label, String(d + 1));
      setText(node.value, `${brief(z)} → ${brief(Math.max(z, 0))}`);
      setAttributes(node.bias, { x: -5, y: 4, "text-anchor": "end" });
      setText(node.bias, `${unit.theta0 < 0 ? "" : "+"}${brief(unit.theta0)}`);
    });
    this.outputs.forEach((node, j) => {
      const at = `translate(${outputLeft.toFixed(2)} ${outputY(j)})`;
      setAttributes(node.group, { transform: at });
      setText(node.label, outputName(j, values.length));
      setText(node.value, veiled ? "?" : brief(values[j]));
      const below = { x: OUTPUT.width / 2, y: OUTPUT.height / 2 + 14, "text-anchor": "middle" };
      const name = values.length > 1 ? `φ_{${j + 1}0}` : "φ_{0}";
      setAttributes(node.bias, below);
      setFormula(node.bias, `${name} = ${shortDecimal(network.biases[1][j])}`);
    });
  }
}

/** Write a number in at most seven characters. */
function brief(value) {
  const size = Math.abs(value);
  return decimal(value, size < 10 ? 2 : size < 1000 ? 1 : 0);
}

/** Draw a weight: the larger the thicker, a negative one dashed. */
function weightStyle(weight) {
  const size = Math.abs(weight);
  const width = (0.7 + (6 * size) / (size + 2)).toFixed(2);
  return { "stroke-width": width, "stroke-dasharray": weight < 0 ? "6 4" : "none" };
}
