// A map of the plane as rotation, scale and rotation, in closed form.

/** Multiply two 2 × 2 matrices, lists of rows. */
export function product(A, B) {
  return A.map((row) => [0, 1].map((j) => row[0] * B[0][j] + row[1] * B[1][j]));
}

/** Apply a 2 × 2 matrix to a point. */
export function applied(A, [x, y]) {
  return A.map((row) => row[0] * x + row[1] * y);
}

/** Make the rotation by an angle, counterclockwise. */
export function rotation(angle) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [c, -s],
    [s, c],
  ];
}

/**
 * Write Θ as U S Vᵀ: `inward`, the angle of Vᵀ, `scale`, both ≥ 0, and `outward`, the
 * angle of U, which before that turns the second axis round if `reflects`.
 */
export function svd2([[a, b], [c, d]]) {
  // A map of the plane is a turn with a scale, plus a reflection with a scale.
  const turning = Math.hypot(a + d, c - b) / 2;
  const mirroring = Math.hypot(a - d, c + b) / 2;
  let turn = Math.atan2(c - b, a + d);
  let mirror = Math.atan2(c + b, a - d);
  const rounding = 4 * Number.EPSILON * (turning + mirroring);
  // Without one of the two, circles stay circles and Vᵀ need not turn them.
  if (mirroring <= rounding) mirror = turn;
  else if (turning <= rounding) turn = mirror;
  const halfTurns = Math.ceil((turn - mirror) / 2 / Math.PI - 0.5);
  const inward = (turn - mirror) / 2 - halfTurns * Math.PI;
  const outward = wrapped((turn + mirror) / 2 + halfTurns * Math.PI);
  const least = turning - mirroring;
  const reflects = least < -rounding;
  const scale = [turning + mirroring, Math.abs(least) <= rounding ? 0 : Math.abs(least)];
  const rank = scale.filter((size) => size > 0).length;
  const area = scale[0] * scale[1];
  return { inward, scale, outward, reflects, rank, determinant: reflects ? -area : area };
}

/** Bring an angle between −π and π. */
function wrapped(angle) {
  return angle - 2 * Math.PI * Math.ceil(angle / (2 * Math.PI) - 0.5);
}

/** Give the map at a time from 0, nothing done yet, to 3, all of Θ. */
export function mapAt({ inward, scale, outward, reflects }, time) {
  const [first, second, third] = [0, 1, 2].map((k) => Math.min(Math.max(time - k, 0), 1));
  // A sheet of paper that shows its other side, seen from above.
  const turnedOver = reflects ? Math.cos(Math.PI * third) : 1;
  const stretched = [
    [1 + second * (scale[0] - 1), 0],
    [0, turnedOver * (1 + second * (scale[1] - 1))],
  ];
  return product(rotation(third * outward), product(stretched, rotation(first * inward)));
}

/** Give the ellipse that a map makes of the unit circle. */
export function imageOfCircle(map) {
  const { scale, outward } = svd2(map);
  return { halfAxes: scale, angle: outward };
}
