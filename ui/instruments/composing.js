// Two shallow networks of one input, one after the other: y′ = second(first(x)).

import { evaluate, lineRegions } from "./relu.js";
import { decimal } from "./axes.js";
import { unitsOf } from "./shallow.js";

const LEVEL = 1e-14; // of all slopes together
const SAME_INPUT = 1e-9; // a part of the interval

/** Fuse both into one network of two layers: ψ = θ′φᵀ and ψ₀ = θ′₀ + θ′φ₀. */
export function fusedNetwork(first, second) {
  const [phi] = first.weights[1];
  const [phi0] = first.biases[1];
  const theta = second.weights[0].map(([slope]) => slope);
  return {
    weights: [first.weights[0], theta.map((slope) => phi.map((p) => slope * p)), second.weights[1]],
    biases: [
      first.biases[0],
      second.biases[0].map((offset, d) => offset + theta[d] * phi0),
      second.biases[1],
    ],
  };
}

/** Give y and y′ for an x. */
export function bothAt(first, second, x) {
  const y = evaluate(first, [x])[0];
  return [y, evaluate(second, [y])[0]];
}

/** Cut an interval into the regions of the fused network, and name who bends it where. */
export function composedRegions(first, second, [low, high]) {
  const { breakpoints, patterns } = lineRegions(fusedNetwork(first, second), low, high);
  const bends = breakpoints.map((x, i) => {
    const units = patterns[i].flatMap((on, d) => (on === patterns[i + 1][d] ? [] : [d]));
    const [y, output] = bothAt(first, second, x);
    return { x, y, output, units };
  });
  return { bends, count: patterns.length };
}

/** Find an interval that holds all places where the composed function can bend. */
export function intervalOfAllBends(first, second) {
  const joints = (network) =>
    unitsOf(network).flatMap(({ joint }) => (Number.isFinite(joint) ? [joint] : []));
  const own = joints(first);
  const [low, high] = around(own);
  const regions = lineRegions(first, low, high);
  const ends = [-Infinity, ...regions.breakpoints, Infinity];
  // What rounding leaves of no slope would lead to a place that is not there.
  const steep = unitsOf(first).reduce((sum, { theta1, phis }) => sum + Math.abs(theta1 * phis[0]), 0);
  const passed = regions.slopes.flatMap(([slope], i) =>
    (Math.abs(slope) > LEVEL * steep ? joints(second) : [])
      .map((joint) => (joint - regions.intercepts[i][0]) / slope)
      .filter((x) => Number.isFinite(x) && x >= ends[i] && x <= ends[i + 1]),
  );
  return around([...own, ...passed]);
}

function around(places) {
  if (!places.length) return [-1, 1];
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const margin = Math.max(1, high - low);
  return [low - margin, high + margin];
}

/** Find all x of an interval with first(x) = y: single ones, and whole flat pieces. */
export function inputsWithOutput(first, y, [low, high]) {
  const { breakpoints, slopes, intercepts } = lineRegions(first, low, high);
  const ends = [low, ...breakpoints, high];
  const near = SAME_INPUT * (high - low);
  const size = Math.max(1, Math.abs(y));
  const [points, flats] = [[], []];
  slopes.forEach(([slope], i) => {
    const [left, right] = [ends[i], ends[i + 1]];
    if (Math.abs(slope) * (right - left) <= SAME_INPUT * size) {
      const height = slope * left + intercepts[i][0];
      if (Math.abs(height - y) <= SAME_INPUT * size) flats.push([left, right]);
      return;
    }
    const x = (y - intercepts[i][0]) / slope;
    if (x < left - near || x > right + near) return;
    const inside = Math.min(Math.max(x, left), right);
    // A joint belongs to both of its pieces.
    if (!points.length || inside - points.at(-1) > near) points.push(inside);
  });
  const inFlat = (x) => flats.some(([left, right]) => x >= left - near && x <= right + near);
  return { points: points.filter((x) => !inFlat(x)), flats };
}

/** Find the least and the greatest output of a network in an interval. */
export function outputRange(network, [low, high]) {
  const inside = unitsOf(network).flatMap(({ joint }) => (joint > low && joint < high ? [joint] : []));
  const outputs = [low, ...inside, high].map((x) => evaluate(network, [x])[0]);
  return [Math.min(...outputs), Math.max(...outputs)];
}

/** Say which other inputs go the same way as x. */
export function companionsInWords(x, { points, flats }, [low, high]) {
  const near = SAME_INPUT * (high - low);
  const others = points.filter((other) => Math.abs(other - x) > 1e3 * near).map((p) => decimal(p));
  const stretches = flats.map(([left, right]) => `all from ${decimal(left)} to ${decimal(right)}`);
  const all = [...others, ...stretches];
  if (!all.length) return "No other x in view has this y.";
  const has = others.length === 1 && !stretches.length ? "has" : "have";
  return `The same y, and so the same y′, ${has} x = ${all.join(", ")}.`;
}
