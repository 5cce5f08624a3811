// A line folded by one network, again and again, and painted by another: where it all is.

import { evaluate } from "./relu.js";
import { unitsOf } from "./shallow.js";

const MIDDLE = 0.5; // of the pile, where the flat line lies
const SAME_PLACE = 1e-12; // a part of the outputs: a joint this near to a vertex is one

/**
 * Fold an interval `times` times under `first` and paint it with `second`. Everything is
 * given at the vertices, between which it is affine: `folds[k]` has the places after k
 * folds and the levels in the pile, 0 to 1, `outputs` what is painted there, `pieces` the
 * number of the piece of `second` from each vertex to the next; `layers[k]` are counts.
 */
export function foldedSheet(first, second, times, [low, high]) {
  let rows = [[low, high], [MIDDLE, MIDDLE]]; // places and levels, fold by fold
  const layers = [1];
  for (let k = 0; k < times; k++) {
    rows = cutWhere(rows, rows.at(-2), jointPlaces(first));
    const last = rows[0].length - 1;
    layers.push(last);
    rows.push(outputsOf(first, rows.at(-2)));
    rows.push(rows[0].map((_, i) => i / last));
  }
  const joints = jointPlaces(second);
  rows = cutWhere(rows, rows.at(-2), joints);
  const folded = rows.at(-2);
  const pieces = folded.slice(1).map((place, i) => {
    const middle = (place + folded[i]) / 2;
    return joints.filter((joint) => joint < middle).length;
  });
  const folds = layers.map((_, k) => ({ places: rows[2 * k], levels: rows[2 * k + 1] }));
  return { folds, outputs: outputsOf(second, folded), pieces, layers };
}

/** Find the vertices' numbers, with parts between, at which the pile has a place. */
export function throughPile({ folds }, place) {
  const { places } = folds.at(-1);
  return places.slice(1).flatMap((right, i) => {
    const left = places[i];
    const inside = (left <= place && place < right) || (right < place && place <= left);
    return inside ? [i + (place - left) / (right - left)] : [];
  });
}

/** Give the value of a row between its entries, as `throughPile` numbers them. */
export function valueAt(row, number) {
  const i = Math.min(Math.floor(number), row.length - 2);
  return row[i] + (number - i) * (row[i + 1] - row[i]);
}

/** Mix two folds: 0 is the former, 1 the latter. */
export function betweenFolds(folds, time) {
  const k = Math.min(Math.floor(time), folds.length - 2);
  const part = time - k;
  const mix = (a, b) => a + part * (b - a);
  return { before: folds[k], after: folds[k + 1], part, mix };
}

function outputsOf(network, inputs) {
  return inputs.map((input) => evaluate(network, [input])[0]);
}

function jointPlaces(network) {
  const places = unitsOf(network).map(({ joint }) => joint);
  return [...new Set(places.filter(Number.isFinite))].sort((a, b) => a - b);
}

/** Add vertices to all rows where the values, affine between vertices, pass a joint. */
function cutWhere(rows, values, joints) {
  const cut = rows.map(() => []);
  const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 1);
  const near = SAME_PLACE * largest;
  const add = (number) => rows.forEach((row, j) => cut[j].push(valueAt(row, number)));
  for (let i = 0; i + 1 < values.length; i++) {
    const [left, right] = [values[i], values[i + 1]];
    rows.forEach((row, j) => cut[j].push(row[i]));
    const [low, high] = left < right ? [left, right] : [right, left];
    const between = joints.filter((joint) => joint - low > near && high - joint > near);
    if (right < left) between.reverse();
    for (const joint of between) add(i + (joint - left) / (right - left));
  }
  rows.forEach((row, j) => cut[j].push(row.at(-1)));
  return cut;
}
