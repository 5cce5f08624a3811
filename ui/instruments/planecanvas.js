// Ten thousand polygons on a canvas, in place: each exact, none sampled.

import { NumberColors, gradientWay } from "./planecolors.js";

const LAYER_WIDTHS = [2.2, 1.5, 1, 0.8]; // px; the first layer's creases run through
const DENSE = 2500; // polygons, from which on creases are thinner and fainter

/** What Python sent, as numbers. */
export class PolygonSet {
  constructor({ vertices, sizes, makers, planes, areas, patterns }) {
    this.vertices = numbersOf(vertices, Float32Array);
    this.makers = numbersOf(makers, Int8Array);
    this.planes = numbersOf(planes, Float32Array);
    this.areas = numbersOf(areas, Float32Array);
    this.bits = numbersOf(patterns, Uint8Array);
    this.starts = [0];
    for (const size of numbersOf(sizes, Uint32Array)) this.starts.push(this.starts.at(-1) + size);
    this.count = this.starts.length - 1;
    this.boxes = new Float32Array(4 * this.count);
    for (let i = 0; i < this.count; i++) this.boxes.set(this.boxOf(i), 4 * i);
  }

  corners(i) {
    const corners = [];
    for (let k = this.starts[i]; k < this.starts[i + 1]; k++) {
      corners.push([this.vertices[2 * k], this.vertices[2 * k + 1]]);
    }
    return corners;
  }

  boxOf(i) {
    const corners = this.corners(i);
    const [us, vs] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
    return [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)];
  }

  value(i, [u, v]) {
    const [a, b, c] = this.planes.subarray(3 * i, 3 * i + 3);
    return a * u + b * v + c;
  }

  pattern(i, units) {
    const bytes = Math.ceil(units / 8);
    return Array.from({ length: units }, (_, d) => Boolean((this.bits[i * bytes + (d >> 3)] >> (d & 7)) & 1));
  }

  active(i) {
    const bytes = this.bits.length / this.count;
    let count = 0;
    for (let k = i * bytes; k < (i + 1) * bytes; k++) {
      for (let byte = this.bits[k]; byte; byte &= byte - 1) count++;
    }
    return count;
  }

  /** The norm of the gradient, in units of the inputs. */
  steepness(i, extent) {
    return Math.hypot(this.planes[3 * i] / extent[0], this.planes[3 * i + 1] / extent[1]);
  }

  /** The polygon at a point of the unit square. */
  at([u, v]) {
    const { boxes } = this;
    let nearest = { behind: Infinity, i: 0 };
    for (let i = 0; i < this.count; i++) {
      const k = 4 * i;
      if (u < boxes[k] || u > boxes[k + 1] || v < boxes[k + 2] || v > boxes[k + 3]) continue;
      // What rounding makes of a shared edge must leave no gap.
      const behind = farthestBehind(this.corners(i), [u, v]);
      if (behind < nearest.behind) nearest = { behind, i };
      if (behind <= 0) break;
    }
    return nearest.i;
  }
}

function numbersOf(text, Kind) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return new Kind(bytes.buffer);
}

/** How far a point is outside a polygon, behind the edge that it is farthest behind. */
function farthestBehind(corners, [u, v]) {
  return Math.max(...corners.map(([u1, v1], i) => {
    const [u2, v2] = corners[(i + 1) % corners.length];
    const [across, up] = [u2 - u1, v2 - v1];
    return ((u - u1) * up - (v - v1) * across) / (Math.hypot(across, up) || 1);
  }));
}

/** Choose for each polygon the number that its colour tells, and their limits. */
export function toldByColor(polygons, colour, units, extent) {
  const each = (tell) => Float64Array.from({ length: polygons.count }, (_, i) => tell(i));
  if (colour === "active units") return { numbers: each((i) => polygons.active(i)), limits: [0, units] };
  if (colour === "gradient") {
    const numbers = each((i) => polygons.steepness(i, extent));
    return { numbers, limits: [0, numbers.reduce((most, number) => Math.max(most, number), 0)] };
  }
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < polygons.count; i++) {
    for (const corner of polygons.corners(i)) {
      const value = polygons.value(i, corner);
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { numbers: null, limits: [low, high] };
}

/** Draw everything into a square of so many pixels; `scene` as PlaneMap makes it. */
export function drawPolygons(context, size, scene) {
  const { polygons, colour, told, theme, layerColors, text, background } = scene;
  const colors = new NumberColors(told.limits, theme);
  const onScreen = ([u, v]) => [size * u, size * (1 - v)];
  context.clearRect(0, 0, size, size);
  context.globalAlpha = colour === "layer" ? 0.35 : 1;
  for (let i = 0; i < polygons.count; i++) {
    const inSquare = polygons.corners(i);
    const corners = inSquare.map(onScreen);
    trace(context, corners);
    const values = told.numbers ? [told.numbers[i]] : inSquare.map((corner) => polygons.value(i, corner));
    const paint = paintOf(context, corners, values, colors);
    context.fillStyle = paint;
    context.fill();
    if (context.globalAlpha < 1) continue;
    // Neighbours leave a seam between their smoothed edges.
    context.strokeStyle = paint;
    context.lineWidth = 0.7;
    context.stroke();
  }
  context.globalAlpha = 1;
  const byLayer = creasesByLayer(polygons);
  byLayer.forEach((path, layer) => {
    const dense = polygons.count > DENSE ? 0.5 : 1;
    context.strokeStyle = colour === "layer" ? layerColors[layer % layerColors.length] : text;
    context.lineWidth = dense * (colour === "layer" ? LAYER_WIDTHS[Math.min(layer, 3)] : 1);
    context.globalAlpha = colour === "layer" ? 1 : 0.45 * dense;
    context.beginPath();
    for (const [u1, v1, u2, v2] of path) {
      context.moveTo(size * u1, size * (1 - v1));
      context.lineTo(size * u2, size * (1 - v2));
    }
    context.stroke();
  });
  context.globalAlpha = 1;
  for (const [u, v, value] of scene.points ?? []) {
    if (u < 0 || u > 1 || v < 0 || v > 1) continue;
    context.beginPath();
    context.arc(size * u, size * (1 - v), 3.5, 0, 2 * Math.PI);
    context.fillStyle = value === undefined || told.numbers ? background : colors.at(value);
    context.fill();
    context.strokeStyle = text;
    context.lineWidth = 1;
    context.stroke();
  }
  return colors;
}

function trace(context, corners) {
  context.beginPath();
  context.moveTo(...corners[0]);
  for (let k = 1; k < corners.length; k++) context.lineTo(...corners[k]);
  context.closePath();
}

/** Give a polygon's paint: of its one value, or of the values at its corners. */
function paintOf(context, corners, values, colors) {
  const way = values.length > 1 ? gradientWay(corners, values, colors) : null;
  if (!way) return colors.at(values[0]);
  const gradient = context.createLinearGradient(...way.origin, ...way.end);
  for (const [part, color] of way.stops) gradient.addColorStop(part, color);
  return gradient;
}

/** List every edge between polygons once, by the layer that made it. */
function creasesByLayer(polygons) {
  const byLayer = [];
  const { vertices, makers, starts } = polygons;
  for (let i = 0; i < polygons.count; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const next = k + 1 < starts[i + 1] ? k + 1 : starts[i];
      const edge = [vertices[2 * k], vertices[2 * k + 1], vertices[2 * next], vertices[2 * next + 1]];
      // Its other polygon has it the other way round.
      const forward = edge[0] < edge[2] || (edge[0] === edge[2] && edge[1] < edge[3]);
      if (makers[k] >= 0 && forward) (byLayer[makers[k]] ??= []).push(edge);
    }
  }
  return byLayer;
}
