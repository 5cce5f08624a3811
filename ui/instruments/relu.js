// ReLU networks {weights, biases} in the browser: exact values, patterns and joints.

// Zeros that agree to this, relative to the interval, are one joint.
const SAME_JOINT = 1e-12;

// A pre-activation within so many times its rounding error is zero.
const ZERO_SAFETY = 8;

/** β + Ω h, one number per row of `weight`. */
function affineLayer(weight, bias, h) {
  return weight.map((row, unit) => {
    let sum = bias[unit];
    for (let j = 0; j < row.length; j++) sum += row[j] * h[j];
    return sum;
  });
}

/** max(z, 0) of every number. */
function rectified(z) {
  return z.map((value) => (value > 0 ? value : 0));
}

/** What enters the ReLUs at x, one array per hidden layer. */
export function preActivations(network, x) {
  const { weights, biases } = network;
  const layers = [];
  let h = x;
  for (let k = 0; k + 1 < weights.length; k++) {
    layers.push(affineLayer(weights[k], biases[k], h));
    h = rectified(layers[k]);
  }
  return layers;
}

/** What leaves the ReLUs at x, one array per hidden layer. */
export function hiddenActivations(network, x) {
  return preActivations(network, x).map(rectified);
}

/** The outputs at x, an array of inputs. */
export function evaluate(network, x) {
  const { weights, biases } = network;
  const h = hiddenActivations(network, x).at(-1) ?? x;
  return affineLayer(weights.at(-1), biases.at(-1), h);
}

/** Whether each hidden unit is active (z > 0) at x, the first layer's first. */
export function activationPattern(network, x) {
  return preActivations(network, x).flatMap((z) => z.map((value) => value > 0));
}

/** The affine map of a pattern: slopes [output][input] and intercepts [output]. */
export function affineMapOf(network, pattern) {
  const { weights, biases } = network;
  let slopes = weights.at(-1).map((row) => row.slice());
  const intercepts = biases.at(-1).slice();
  let end = pattern.length;
  // Outputs are few: going from the output back keeps the arrays small.
  for (let k = weights.length - 2; k >= 0; k--) {
    const [weight, bias] = [weights[k], biases[k]];
    const start = end - bias.length;
    slopes = slopes.map((row, output) => {
      const earlier = new Array(weight[0].length).fill(0);
      for (let unit = 0; unit < bias.length; unit++) {
        if (!pattern[start + unit]) continue;
        intercepts[output] += row[unit] * bias[unit];
        for (let j = 0; j < earlier.length; j++) {
          earlier[j] += row[unit] * weight[unit][j];
        }
      }
      return earlier;
    });
    end = start;
  }
  return { slopes, intercepts };
}

/**
 * Where a network of one input bends between `low` and `high`, and what it is between:
 * breakpoints, sorted and strictly inside; patterns [region][unit]; slopes and
 * intercepts [region][output].
 */
export function lineRegions(network, low, high) {
  if (!(low < high && high - low < Infinity)) {
    throw new RangeError(`A finite interval is needed, got ${low} to ${high}.`);
  }
  const { weights, biases } = network;
  if (weights[0][0].length !== 1) {
    throw new RangeError(`One input is needed, got ${weights[0][0].length}.`);
  }
  const closeness = SAME_JOINT * (high - low);
  let line = { points: [low, high], h: [[low], [high]], patterns: [[]] };
  let errors = [0];
  for (let k = 0; k + 1 < weights.length; k++) {
    errors = roundingErrors(weights[k], biases[k], line.h, errors);
    if (!errors.every(Number.isFinite)) {
      throw new RangeError("Pre-activations overflow: the weights are too large.");
    }
    const z = line.h.map((h) => clearedLayer(weights[k], biases[k], h, errors));
    line = cutLine(line, z, closeness);
  }
  const maps = line.patterns.map((pattern) => affineMapOf(network, pattern));
  return {
    breakpoints: line.points.slice(1, -1),
    patterns: line.patterns,
    slopes: maps.map((map) => map.slopes.flat()),
    intercepts: maps.map((map) => map.intercepts),
  };
}

/** What rounding may have made of a zero of each unit, in this layer or before. */
function roundingErrors(weight, bias, h, errorsBefore) {
  const largest = h[0].map((_, j) =>
    h.reduce((size, row) => Math.max(size, Math.abs(row[j])), 0),
  );
  return weight.map((row, unit) => {
    let inherited = 0;
    let size = Math.abs(bias[unit]);
    for (let j = 0; j < row.length; j++) {
      inherited += (row[j] * errorsBefore[j]) ** 2;
      size += Math.abs(row[j]) * largest[j];
    }
    return Math.sqrt(inherited) + Number.EPSILON * size;
  });
}

/** Pre-activations of a layer; what may be but a rounding error is zero. */
function clearedLayer(weight, bias, h, errors) {
  return affineLayer(weight, bias, h).map((z, unit) =>
    Math.abs(z) <= ZERO_SAFETY * errors[unit] ? 0 : z,
  );
}

/** The line cut at the zeros of one more layer, whose pre-activations are z. */
function cutLine({ points, patterns }, z, closeness) {
  const cut = { points: [points[0]], h: [rectified(z[0])], patterns: [] };
  for (let i = 0; i + 1 < points.length; i++) {
    const [left, right, zLeft, zRight] = [points[i], points[i + 1], z[i], z[i + 1]];
    const close = Math.max(
      closeness,
      4 * Number.EPSILON * Math.max(Math.abs(left), Math.abs(right)),
    );
    const active = zLeft.map((a, unit) => a > 0 || (a === 0 && zRight[unit] > 0));
    const atRight = rectified(zRight);
    let previous = left;
    for (const zero of zerosBetween(left, right, zLeft, zRight)) {
      if (zero.x - left > close) {
        if (right - zero.x <= close) {
          atRight[zero.unit] = 0;
          continue;
        }
        if (zero.x - previous > close) {
          cut.patterns.push([...patterns[i], ...active]);
          cut.points.push(zero.x);
          cut.h.push(rectified(zLeft.map((a, unit) => atZero(zero, a, zRight[unit]))));
        }
        previous = zero.x;
      }
      // What interpolation leaves of a zero would make one joint too many.
      cut.h.at(-1)[zero.unit] = 0;
      active[zero.unit] = !active[zero.unit];
    }
    cut.patterns.push([...patterns[i], ...active]);
    cut.points.push(right);
    cut.h.push(atRight);
  }
  return cut;
}

/** Where units change sign between two points, from left to right. */
function zerosBetween(left, right, zLeft, zRight) {
  const zeros = [];
  for (let unit = 0; unit < zLeft.length; unit++) {
    const [a, b] = [zLeft[unit], zRight[unit]];
    if (!((a > 0 && b < 0) || (a < 0 && b > 0))) continue;
    const zero = { unit, fromLeft: Math.abs(a), fromRight: Math.abs(b) };
    zero.x = atZero(zero, left, right);
    // Numbers too large to be multiplied have no zero that could be told.
    if (Number.isFinite(zero.x)) zeros.push(zero);
  }
  return zeros.sort((first, second) => first.x - second.x);
}

/** What an affine function is at a zero, given what it is at the points around. */
function atZero({ fromLeft, fromRight }, valueLeft, valueRight) {
  return (fromRight * valueLeft + fromLeft * valueRight) / (fromLeft + fromRight);
}
