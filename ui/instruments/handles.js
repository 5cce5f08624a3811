// A shallow network of one input as a broken line whose corners can be moved.

import { evaluate } from "./relu.js";
import { unitsOf } from "./shallow.js";

const AT_AN_END = 1e-9; // a part of the interval
const STRAIGHT = 1e-9; // a change of slope that is only rounding, as a part of slopes

/**
 * Find what moves the broken line within an interval: corners at its ends and at the
 * joints of `bending` units, by joint; `slack` is a unit that is on throughout.
 */
export function cornersOf(network, [low, high]) {
  const near = AT_AN_END * (high - low);
  const units = unitsOf(network).map((unit, d) => ({ ...unit, d }));
  const inside = units.filter(({ joint }) => joint - low > near && high - joint > near);
  inside.sort((a, b) => a.joint - b.joint);
  // Of units that share a joint only one can be told by its corner.
  const bending = inside.filter(({ joint }, i) => !i || joint - inside[i - 1].joint > near);
  const middle = (low + high) / 2;
  const isOn = (unit) => unit.theta1 !== 0 && unit.at(middle) > 0;
  const slack = units.find((unit) => !inside.includes(unit) && isOn(unit));
  const xs = [low, ...bending.map(({ joint }) => joint), high];
  const ys = xs.map((x) => evaluate(network, [x])[0]);
  return { bending: bending.map(({ d }) => d), slack: slack?.d ?? null, xs, ys };
}

/**
 * Give the network whose corner `moved` lies at (x, y); ends keep their x. By the rule of
 * UDL figure 4.1 φ_d becomes the sign of the change of slope at a joint and |θ_d1| its
 * size; units face the way they did. Where no such weights lead through all corners, an
 * end follows, else other corners do.
 */
export function withCornerAt(network, corners, moved, [x, y]) {
  const { bending, slack } = corners;
  const isEnd = moved === 0 || moved === bending.length + 1;
  const xs = isEnd ? corners.xs : corners.xs.with(moved, x);
  const units = unitsOf(network).map(({ theta0, theta1, phis, joint }) => {
    return { theta0, theta1, phi: phis[0], joint, sign: Math.sign(theta1) };
  });
  bending.forEach((d, i) => (units[d].joint = xs[i + 1]));
  const isOwn = (d) => d === slack || bending.includes(d);
  const others = units.filter((_, d) => !isOwn(d));
  const facesLeft = bending.map((d) => units[d].sign < 0);

  let heights = corners.ys.with(moved, y).map((height, i) => height - sumAt(others, xs[i]));
  if (slack === null) heights = reachable(heights, xs, facesLeft, moved);
  const slopes = slopesBetween(xs, heights);
  const flat = STRAIGHT * Math.max(...slopes.map(Math.abs));
  let before = slopes[0]; // the slope at the left end, less that of units that face left
  bending.forEach((d, i) => {
    const change = slopes[i + 1] - slopes[i];
    setSlope(units[d], change, flat);
    if (facesLeft[i]) before += change;
  });
  if (slack !== null) setSlope(units[slack], units[slack].sign * before, flat);
  const own = units.filter((_, d) => isOwn(d));
  return {
    weights: [units.map(({ theta1 }) => [theta1]), [units.map(({ phi }) => phi)]],
    biases: [units.map(({ theta0 }) => theta0), [heights[0] - sumAt(own, xs[0])]],
  };
}

/** Let a unit change the slope at its joint by so much, where it is on. */
function setSlope(unit, change, flat) {
  const { joint, sign, theta1 } = unit;
  const bends = Math.abs(change) > flat;
  unit.phi = bends ? Math.sign(change) : 0;
  // A unit that bends nothing keeps its slope: without one its joint would be lost.
  unit.theta1 = bends ? sign * Math.abs(change) : theta1;
  unit.theta0 = -joint * unit.theta1 + 0; // −0 becomes 0
}

function sumAt(units, x) {
  return units.reduce(
    (sum, { theta0, theta1, phi }) => sum + phi * Math.max(theta0 + theta1 * x, 0),
    0,
  );
}

function slopesBetween(xs, heights) {
  return heights.slice(1).map((height, i) => (height - heights[i]) / (xs[i + 1] - xs[i]));
}

/**
 * Change heights of others than the moved corner so that units without an offset of
 * slope lead through all: left of all joints only those that face left have a slope.
 */
function reachable(heights, xs, facesLeft, moved) {
  // What must vanish is s₀ + Σ (s_i − s_{i−1}) over units i that face left.
  const last = facesLeft.length;
  const parts = xs.slice(1).map((_, i) => {
    const start = i === 0 ? 1 : Number(facesLeft[i - 1]);
    return start - (i < last ? Number(facesLeft[i]) : 0);
  });
  const gradient = xs.map(() => 0);
  parts.forEach((part, i) => {
    const rate = part / (xs[i + 1] - xs[i]);
    gradient[i] -= rate;
    gradient[i + 1] += rate;
  });
  const excess = gradient.reduce((sum, rate, i) => sum + rate * heights[i], 0);
  const follows = (i) => i !== moved && gradient[i] !== 0;
  const ends = [0, xs.length - 1].filter(follows);
  const followers = ends.length ? ends : xs.map((_, i) => i).filter(follows);
  const size = followers.reduce((sum, i) => sum + gradient[i] ** 2, 0);
  return heights.map((height, i) =>
    followers.includes(i) ? height - (gradient[i] * excess) / size : height,
  );
}
