// The line as a sheet seen from its edge, and above it what is painted, both in motion.

import { Panel, elementPool, niceLimits, setAttributes, setShown, setText, svgElement } from "./axes.js";
import { betweenFolds, throughPile, valueAt } from "./sheet.js";

const MOST_MARKED = 16; // layers; of more the marks would hide the sheet
const THICKEST = { curve: 2.5, layer: 6 }; // px
const THINNEST_STROKE = 0.6;
const UNPAINTED = "Painted once the line is folded";
const MOST_A_PIXEL = 2; // stretches a pixel; of more only what differs by pixels is drawn
const LARGEST_PIXEL = 8192;
const CLIP = "painted-part";

/** The picture; `show` gives it a sheet, `draw` a moment. */
export class SheetFigure {
  constructor(parent) {
    this.svg = svgElement("svg", { class: "sheet-figure", role: "img" }, parent);
    this.painted = new Panel(this.svg);
    this.pile = new Panel(this.svg);
    this.pile.group.classList.add("pile");
    const clip = svgElement("clipPath", { id: CLIP }, this.svg);
    this.sweep = svgElement("rect", {}, clip);
    this.edge = svgElement("path", { class: "edge-on" }, this.pile.content);
    const clipped = (panel) => svgElement("g", { "clip-path": `url(#${CLIP})` }, panel.content);
    const layers = [this.painted, this.pile].map(clipped);
    this.strokes = layers.map((layer) =>
      elementPool(() => svgElement("path", { class: "paint" }, layer)),
    );
    this.marks = layers.map((layer, i) => {
      const parent = i ? this.pile.content : layer;
      return elementPool(() => svgElement("circle", { class: "twin", r: 4.5 }, parent));
    });
    this.blank = svgElement("text", { class: "blank", "text-anchor": "middle" }, this.svg);
    setText(this.blank, UNPAINTED);
    this.names = [0, 1].map(() => svgElement("text", { class: "axis-name" }, this.svg));
  }

  /**
   * Take another sheet: what is the same at every moment is found once. Marks it through
   * all layers at a part of its folded length, and gives that place.
   */
  show(sheet, domain, part) {
    const count = rangeOf(sheet.pieces)[1] + 1;
    const stretches = Array.from({ length: count }, () => []);
    sheet.pieces.forEach((piece, i) => stretches[piece].push(i));
    const folded = sheet.folds.slice(1).flatMap(({ places }) => rangeOf(places));
    const [low, high] = rangeOf(sheet.folds.at(-1).places);
    const mark = low + part * (high - low);
    const few = sheet.layers.at(-1) <= MOST_MARKED;
    Object.assign(this, { sheet, stretches, domain });
    this.ranges = [domain, rangeOf(folded)];
    this.limits = niceLimits(rangeOf(sheet.outputs));
    this.marked = few ? throughPile(sheet, mark) : [];
    return mark;
  }

  /** Draw the sheet folded so often, a part of it painted. */
  draw({ folded, paint, width, colors }) {
    const { sheet, stretches } = this;
    this.layOut(width, folded, paint);
    const { before, after, part, mix } = betweenFolds(sheet.folds, folded);
    const isFlat = before === sheet.folds[0];
    const from = isFlat ? this.flatScale : this.foldedScale;
    const across = (i) => mix(from(before.places[i]), this.foldedScale(after.places[i]));
    const { pile, painted } = this;
    const xs = before.places.map((_, i) => across(i));
    const levels = before.levels.map((level, i) => pile.y(mix(level, after.levels[i])));
    const heights = sheet.outputs.map(painted.y);
    const thickness = this.thickness(folded);
    const dense = sheet.pieces.length > MOST_A_PIXEL * pile.box.width;
    const onGrid = (values) => values.map((v) => (dense ? Math.round(v) : Math.round(10 * v) / 10));
    const columns = onGrid(xs);
    [heights, levels].forEach((ys, panel) => {
      const rows = onGrid(ys);
      this.strokes[panel](paint > 0 ? stretches.length : 0).forEach((path, piece) => {
        setAttributes(path, {
          d: separateLines(stretches[piece], columns, rows, dense),
          stroke: colors[piece % colors.length],
          "stroke-width": thickness[panel],
        });
      });
      // Where all is painted the bare line shows only between pixels.
      const isBare = paint < 1 || dense;
      setShown(this.edge, isBare);
      if (panel && isBare) {
        const d = separateLines(sheet.pieces.keys(), columns, rows, dense);
        setAttributes(this.edge, { d, "stroke-width": thickness[panel] });
      }
      this.marks[panel](this.marked.length).forEach((circle, i) => {
        const [cx, cy] = [xs, ys].map((row) => valueAt(row, this.marked[i]));
        setAttributes(circle, { cx, cy });
      });
    });
  }

  /** How thick the painted curve and the layers are, folded so often. */
  thickness(folded) {
    const thick = (most, room) => String(Math.max(THINNEST_STROKE, Math.min(most, room)));
    const { width, height } = this.pile.box;
    const { layers, pieces } = this.sheet;
    const k = Math.min(Math.floor(folded), layers.length - 2);
    const closed = layers[k] * (layers[k + 1] / layers[k]) ** (folded - k);
    // Layers that are folded together cover each other in the curve.
    const apart = (width * closed) / pieces.length;
    return [thick(THICKEST.curve, apart / 3), thick(THICKEST.layer, height / closed / 3)];
  }

  layOut(width, folded, paint) {
    const [left, right] = [38, 8];
    const tall = Math.round(Math.min(250, Math.max(170, width * 0.24)));
    const pileTall = Math.round(tall * 0.66);
    const box = { left, top: 24, width: width - left - right, height: tall };
    const below = { ...box, top: box.top + tall + 36, height: pileTall };
    const isFolded = folded >= 0.5;
    const axis = this.ranges[Number(isFolded)];
    this.painted.arrange(box, axis, this.limits);
    this.pile.arrange(below, axis, [1.12, -0.12]);
    this.painted.xLabels(0);
    this.pile.yLabels(0);
    setShown(this.pile.zero, false);
    this.flatScale = scaleTo(this.ranges[0], box);
    this.foldedScale = scaleTo(this.ranges[1], box);
    // The axis is x of the flat line or y of the folded one, and neither in between.
    const clear = folded >= 1 ? 1 : Math.abs(2 * folded - 1);
    this.svg.style.setProperty("--clear", clear.toFixed(2));
    const unfolded = folded === 0 && paint === 1;
    setText(this.painted.title, unfolded ? "Composed: y′ from x" : "Painted: y′ of network 2");
    setText(this.pile.title, "The input line, seen from its edge");
    setText(this.names[0], "y′");
    setText(this.names[1], isFolded ? "y" : "x");
    setAttributes(this.names[0], { x: left + 7, y: box.top + 15 });
    setAttributes(this.blank, { x: left + box.width / 2, y: box.top + tall / 2 });
    setShown(this.blank, paint === 0);
    const bottom = below.top + pileTall;
    setAttributes(this.names[1], { class: "axis-name turning", x: left + box.width - 6, y: bottom - 7, "text-anchor": "end" });
    setAttributes(this.sweep, { x: left - 8, y: 0, width: paint * (box.width + 16), height: bottom + 8 });
    const height = bottom + 20;
    setAttributes(this.svg, { width, height, viewBox: `0 0 ${width} ${height}` });
  }
}

function scaleTo([low, high], { left, width }) {
  const rate = high > low ? width / (high - low) : 0;
  return (place) => left + (place - low) * rate;
}

function rangeOf(values) {
  return values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
}

/**
 * Write stretches from vertex to vertex as one path. Of a dense drawing, on a grid of
 * pixels, what would cover a line of the same colour is left out: it cannot be seen.
 */
function separateLines(stretches, xs, ys, dense) {
  const drawn = new Set();
  let text = "";
  let end = -1;
  for (const i of stretches) {
    if (dense) {
      const key = [xs[i], ys[i], xs[i + 1], ys[i + 1]].reduce((k, n) => k * LARGEST_PIXEL + n);
      if (drawn.has(key)) continue;
      drawn.add(key);
    }
    if (i !== end) text += `M${xs[i]} ${ys[i]}`;
    end = i + 1;
    text += `L${xs[end]} ${ys[end]}`;
  }
  return text;
}
