// The instrument "Plane map": the polygons of a network, each telling what it is.

import { decimal, htmlElement, niceTicks, setText, significant, themeColors, tickLabels } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { affineMapOf } from "./relu.js";
import { mapColors } from "./planecolors.js";
import { PolygonSet, drawPolygons, toldByColor } from "./planecanvas.js";
import { affineInWords, areaInWords, countOf, namedOutput, patternDigits } from "./planewords.js";

const MAP_MARGIN = { left: 46, right: 14, top: 8, bottom: 74 }; // px, for ticks, names and the legend
const MOST_SIZE = 640;
const TOLD = {
  value: "value of the output",
  "active units": "number of active units",
  gradient: "norm of the gradient",
  layer: "layer that made each crease",
};

/** What one mounted instrument holds. */
class PlaneMap {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build plane-map" }, parent);
    const parts = htmlElement("div", { className: "parts beside" }, this.root);
    const view = htmlElement("div", { className: "drawing" }, parts);
    this.counters = htmlElement("p", { className: "counters" }, view);
    this.figureBox = htmlElement("div", { className: "figure" }, view);
    this.canvas = htmlElement("canvas", {}, this.figureBox);
    this.canvas.setAttribute("role", "img");
    this.makeSave();
    const polygon = htmlElement("div", { className: "polygon" }, parts);
    const chooser = htmlElement("label", { className: "chooser" }, polygon);
    this.chooserText = htmlElement("span", {}, chooser);
    this.chooser = htmlElement("input", { type: "range", min: 1, step: 1 }, chooser);
    this.chooser.setAttribute("aria-label", "Polygon");
    this.chooser.oninput = () => this.choose(this.chooser.valueAsNumber - 1);
    this.readout = htmlElement("div", { className: "readout" }, polygon);
    this.canvas.onpointermove = (event) => {
      if (event.pointerType === "mouse") this.point(event);
    };
    this.canvas.onclick = (event) => this.point(event);
    this.probe = [0.6, 0.6];
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.figureBox);
  }

  makeSave() {
    const save = htmlElement("div", { className: "save" }, this.figureBox);
    const button = htmlElement("button", { type: "button", textContent: "Save PNG" }, save);
    button.onclick = () => {
      const href = this.canvas.toDataURL("image/png");
      htmlElement("a", { href, download: "polygons.png" }).click();
    };
  }

  /** Take what Python sends; it is drawn in the next frame, in place. */
  receive(data) {
    const { weights, biases, box, names, colour, output, points } = data;
    const text = JSON.stringify(data);
    if (this.known !== text) {
      this.known = text;
      Object.assign(this, { network: { weights, biases }, box, names, colour, output, points });
      this.extent = box.map(([low, high]) => high - low);
      this.polygons = new PolygonSet(data);
      this.units = biases.slice(0, -1).reduce((sum, bias) => sum + bias.length, 0);
      this.told = toldByColor(this.polygons, colour, this.units, this.extent);
      this.chosen = this.polygons.at(this.probe);
    }
    this.layer = null; // a new theme has other colours
    this.requestDraw();
  }

  point({ clientX, clientY }) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const at = [clientX - left - MAP_MARGIN.left, clientY - top - MAP_MARGIN.top];
    const part = [at[0] / this.size, 1 - at[1] / this.size];
    if (part.some((share) => share < 0 || share > 1)) return;
    this.probe = part;
    this.chosen = this.polygons.at(part);
    this.requestDraw();
  }

  choose(i) {
    this.chosen = i;
    const corners = this.polygons.corners(i);
    this.probe = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length);
    this.requestDraw();
  }

  draw() {
    const width = Math.floor(this.figureBox.clientWidth);
    if (width < 100 || !this.polygons) return;
    const size = Math.min(MOST_SIZE, width - MAP_MARGIN.left - MAP_MARGIN.right);
    const scale = globalThis.devicePixelRatio || 1;
    const [across, down] = [MAP_MARGIN.left + size + MAP_MARGIN.right, MAP_MARGIN.top + size + MAP_MARGIN.bottom];
    if (this.size !== size || this.scale !== scale) {
      Object.assign(this, { size, scale, layer: null });
      Object.assign(this.canvas, { width: Math.round(across * scale), height: Math.round(down * scale) });
      Object.assign(this.canvas.style, { width: `${across}px`, height: `${down}px` });
    }
    this.layer ??= this.drawLayer(size, scale);
    const context = this.canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = this.background;
    context.fillRect(0, 0, across, down);
    context.drawImage(this.layer, MAP_MARGIN.left, MAP_MARGIN.top, size, size);
    this.drawAround(context, size);
    this.mark(context, size);
    this.describe();
  }

  /** Draw the polygons on a canvas of their own, which pointing leaves alone. */
  drawLayer(size, scale) {
    const style = getComputedStyle(this.root);
    this.text = style.color;
    this.background = style.getPropertyValue("--st-background-color").trim() || "white";
    const pixels = Math.round(size * scale);
    const layer = htmlElement("canvas", { width: pixels, height: pixels });
    const context = layer.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    this.layerColors = themeColors(this.root);
    this.theme = mapColors(this.root);
    this.colors = drawPolygons(context, size, this);
    return layer;
  }

  /** Draw the frame, ticks, names and what the colours mean. */
  drawAround(context, size) {
    const { box, names, text } = this;
    const { left, top } = MAP_MARGIN;
    Object.assign(context, { strokeStyle: text, fillStyle: text, lineWidth: 1, textBaseline: "alphabetic" });
    context.globalAlpha = 0.3;
    context.strokeRect(left, top, size, size);
    context.globalAlpha = 1;
    const family = getComputedStyle(this.root).fontFamily;
    context.font = `11px ${family}`;
    const place = [
      (part) => [left + size * part, top + size + 15, "center"],
      (part) => [left - 6, top + size * (1 - part) + 3.5, "right"],
    ];
    box.forEach(([low, high], i) => {
      const ticks = niceTicks([low, high], size / 80);
      const texts = tickLabels(ticks);
      ticks.forEach((tick, k) => this.write(context, texts[k], ...place[i]((tick - low) / (high - low))));
    });
    context.font = `12px ${family}`;
    this.write(context, names[0], left + size / 2, top + size + 31, "center");
    context.save();
    context.translate(12, top + size / 2);
    context.rotate(-Math.PI / 2);
    this.write(context, names[1], 0, 0, "center");
    context.restore();
    context.font = `11px ${family}`;
    this.drawLegend(context, left, top + size + 42, size);
  }

  write(context, words, x, y, align) {
    context.textAlign = align;
    context.fillText(words, x, y);
  }

  drawLegend(context, left, top, size) {
    const { colour, layerColors, colors, text } = this;
    if (colour === "layer") {
      const layers = this.network.weights.length - 1;
      for (let k = 0; k < layers; k++) {
        const x = left + (k * size) / Math.max(layers, 4);
        context.fillStyle = layerColors[k % layerColors.length];
        context.fillRect(x, top + 4, 16, 4);
        context.fillStyle = text;
        this.write(context, `layer ${k + 1}`, x + 21, top + 10, "left");
      }
      return;
    }
    const [low, high] = this.told.limits;
    const gradient = context.createLinearGradient(left, 0, left + size, 0);
    const stops = high > low ? colors.stops(low, high) : [[0, colors.at(low)]];
    for (const [part, color] of stops) gradient.addColorStop(part, color);
    context.fillStyle = gradient;
    context.fillRect(left, top, size, 9);
    context.fillStyle = text;
    const ticks = high > low ? niceTicks([low, high], size / 80) : [low];
    const texts = tickLabels(ticks);
    ticks.forEach((tick, k) => {
      const x = left + (size * (tick - low)) / (high - low || 1);
      this.write(context, texts[k], x, top + 22, "center");
    });
  }

  mark(context, size) {
    const { left, top } = MAP_MARGIN;
    const place = ([u, v]) => [left + size * u, top + size * (1 - v)];
    const corners = this.polygons.corners(this.chosen).map(place);
    context.lineJoin = "round";
    for (const [color, width] of [[this.background, 4.5], [this.text, 2]]) {
      context.beginPath();
      for (const corner of corners) context.lineTo(...corner);
      context.closePath();
      Object.assign(context, { strokeStyle: color, lineWidth: width });
      context.stroke();
    }
  }

  /** Write the counters and what the chosen polygon is. */
  describe() {
    const { polygons, network, names, box, output, chosen, colour, told } = this;
    const counted = countOf(polygons.count, "polygon");
    setText(this.counters, `${counted} in view · coloured by the ${TOLD[colour]}`);
    Object.assign(this.chooser, { max: polygons.count, value: chosen + 1 });
    const [number, all] = [chosen + 1, polygons.count].map((n) => n.toLocaleString("en"));
    setText(this.chooserText, `Polygon ${number} of ${all}`);
    const pattern = polygons.pattern(chosen, this.units);
    const { slopes, intercepts } = affineMapOf(network, pattern);
    const plane = affineInWords(intercepts[output], slopes[output], names);
    const steep = significant(Math.hypot(...slopes[output]));
    const on = pattern.filter(Boolean).length;
    const said = [
      `Pattern ${this.layersOf(pattern)}: ${on} of ${countOf(this.units, "unit")} on`,
      `${namedOutput(output, slopes.length)} = ${plane}; norm of the gradient ${steep}`,
      areaInWords(polygons.areas[chosen], box),
    ];
    this.chooser.setAttribute("aria-valuetext", said.join("; "));
    while (this.readout.childElementCount < said.length) htmlElement("div", { className: "value" }, this.readout);
    [...this.readout.children].forEach((line, i) => setText(line, said[i]));
    const [low, high] = told.limits.map((limit) => decimal(limit));
    const range = colour === "layer" ? "" : `, from ${low} to ${high}`;
    const label = `The plane of ${names[0]} and ${names[1]} with ${counted}`;
    this.canvas.setAttribute("aria-label", `${label}, coloured by the ${TOLD[colour]}${range}.`);
  }

  /** Write a pattern as digits, one group a layer. */
  layersOf(pattern) {
    let start = 0;
    return this.network.biases.slice(0, -1).map((bias) => {
      start += bias.length;
      return patternDigits(pattern.slice(start - bias.length, start));
    }).join(" ");
  }

  dispose() {
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(PlaneMap);
