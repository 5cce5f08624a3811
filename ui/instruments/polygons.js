// The convex polygons of a box on which a small ReLU network of two inputs is affine.

import { affineMapOf } from "./relu.js";

const THINNEST_PART = 1e-12; // of the half box: a corner as close to a line is on it
const ROUNDING = 8 * Number.EPSILON; // of the numbers that a pre-activation is made of
const PARALLEL = 1e-6; // lines that meet only this far away count as parallel
const SQUARE = [[-1, -1], [1, -1], [1, 1], [-1, 1]];

/**
 * All polygons of a network in a box [[low, high], [low, high]]: corners, anticlockwise;
 * makers, [layer, unit] of the edge that starts at each corner, [−1, side] on the box;
 * pattern, slopes [output][input], intercepts [output] and area.
 */
export function planePolygons(network, box) {
  const { weights, biases } = network;
  const [middle, half] = [box.map(([low, high]) => (low + high) / 2), box.map(([low, high]) => (high - low) / 2)];
  // An affine function on the square: its slopes, its value in the middle, and the size
  // of the numbers that were added up.
  let cells = [{
    corners: SQUARE,
    makers: SQUARE.map((_, side) => [-1, side]),
    pattern: [],
    planes: half.map((size, i) => [size * (1 - i), size * i, middle[i], size + Math.abs(middle[i])]),
  }];
  for (let k = 0; k + 1 < weights.length; k++) {
    cells = cells.flatMap((cell) => cutByLayer(cell, weights[k], biases[k], k));
  }
  const place = (corner) => corner.map((u, i) => middle[i] + half[i] * u);
  return cells.map(({ corners, makers, pattern }) => ({
    corners: corners.map(place),
    makers,
    pattern,
    ...affineMapOf(network, pattern),
    area: areaOf(corners) * half[0] * half[1],
  }));
}

/** Cut a polygon where the units of one more layer change sign. */
function cutByLayer(cell, weight, bias, layer) {
  const planes = weight.map((row, unit) => {
    const plane = [0, 0, bias[unit], Math.abs(bias[unit])];
    row.forEach((factor, j) => {
      for (let i = 0; i < 3; i++) plane[i] += factor * cell.planes[j][i];
      plane[3] += Math.abs(factor) * cell.planes[j][3];
    });
    return plane;
  });
  let pieces = [{ ...cell, active: [] }];
  planes.forEach((plane, unit) => {
    pieces = pieces.flatMap((piece) => cutByUnit(piece, plane, [layer, unit]));
  });
  const off = [0, 0, 0, 0];
  return pieces.map(({ corners, makers, pattern, active }) => ({
    corners,
    makers,
    pattern: [...pattern, ...active],
    planes: planes.map((plane, unit) => (active[unit] ? plane : off)),
  }));
}

/** Cut a polygon along the line where one unit is zero, if it crosses. */
function cutByUnit(piece, [slope1, slope2, offset, size], maker) {
  const { corners, makers, active } = piece;
  const zero = Math.max(THINNEST_PART * Math.hypot(slope1, slope2), ROUNDING * size);
  const values = corners.map(([u, v]) => {
    const value = offset + slope1 * u + slope2 * v;
    return Math.abs(value) <= zero ? 0 : value;
  });
  const above = values.some((value) => value > 0);
  if (!above || !values.some((value) => value < 0)) {
    return [{ ...piece, active: [...active, above] }];
  }
  return [1, -1].map((side) => {
    const part = { ...piece, corners: [], makers: [], active: [...active, side > 0] };
    corners.forEach((corner, i) => {
      const next = (i + 1) % corners.length;
      const [here, there] = [side * values[i], side * values[next]];
      const leaves = here >= 0 && there < 0;
      if (here >= 0) {
        part.corners.push(corner);
        part.makers.push(here === 0 && leaves ? maker : makers[i]);
      }
      if (here * there < 0) {
        part.corners.push(between(corner, corners[next], Math.abs(here), Math.abs(there)));
        part.makers.push(leaves ? maker : makers[i]);
      }
    });
    return part;
  });
}

/** The point between two others that is so far from them; the same from either side. */
function between(start, end, fromStart, fromEnd) {
  return start.map((u, i) => (fromEnd * u + fromStart * end[i]) / (fromStart + fromEnd));
}

/** The area of a convex polygon. */
function areaOf([[u0, v0], ...others]) {
  let doubled = 0;
  for (let i = 0; i + 1 < others.length; i++) {
    const [[u1, v1], [u2, v2]] = [others[i], others[i + 1]];
    doubled += (u1 - u0) * (v2 - v0) - (u2 - u0) * (v1 - v0);
  }
  return doubled / 2;
}

/** The middle of a convex polygon's corners, which lies inside. */
export function middleOf(corners) {
  return [0, 1].map((i) => corners.reduce((sum, corner) => sum + corner[i], 0) / corners.length);
}

/** Whether a point lies in a convex polygon whose corners go anticlockwise. */
export function holds(corners, [x, y]) {
  return corners.every(([x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length];
    return (x2 - x1) * (y - y1) >= (y2 - y1) * (x - x1);
  });
}

/** Cut the line offset + slope1 u + slope2 v = 0 to the square; null if it misses it. */
export function chordOfSquare([offset, slope1, slope2]) {
  const size = Math.hypot(slope1, slope2);
  if (!(size > 0)) return null;
  const foot = [(-offset * slope1) / size / size, (-offset * slope2) / size / size];
  const way = [-slope2 / size, slope1 / size];
  let [from, to] = [-Infinity, Infinity];
  for (const i of [0, 1]) {
    const ends = [(-1 - foot[i]) / way[i], (1 - foot[i]) / way[i]].sort((a, b) => a - b);
    if (way[i] !== 0) [from, to] = [Math.max(from, ends[0]), Math.min(to, ends[1])];
    else if (Math.abs(foot[i]) > 1) return null;
  }
  if (!(to - from > THINNEST_PART)) return null;
  return [from, to].map((t) => foot.map((u, i) => Math.min(Math.max(u + t * way[i], -1), 1)));
}

/** A box around the given one in which every line of a shallow network meets all others. */
export function boxOfAll({ weights, biases }, box) {
  const limits = box.map((ends) => [...ends]);
  const include = (point) => {
    point.forEach((x, i) => {
      limits[i] = [Math.min(limits[i][0], x), Math.max(limits[i][1], x)];
    });
  };
  const lines = weights[0].map((slopes, d) => ({ slopes, offset: biases[0][d], size: Math.hypot(...slopes) }));
  lines.forEach(({ slopes, offset, size }, d) => {
    if (!size) return;
    include(slopes.map((slope) => (-offset * slope) / size / size));
    for (const other of lines.slice(0, d)) {
      const [[a, b], [c, e]] = [slopes, other.slopes];
      const across = a * e - b * c;
      if (Math.abs(across) <= PARALLEL * size * other.size) continue;
      include([(b * other.offset - e * offset) / across, (c * offset - a * other.offset) / across]);
    }
  });
  return limits.map(([low, high]) => [low - (high - low) / 4, high + (high - low) / 4]);
}
