// The gallery of activation functions, as the browser evaluates them.

const SERIES_END = 3; // beyond it the continued fraction is the better one
const DEPTH = 60;

/** The error function, to some 15 digits. */
export function erf(x) {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size <= SERIES_END) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
      term *= (-x * x * (2 * n - 1)) / (n * (2 * n + 1));
      sum += term;
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = size;
  for (let n = DEPTH; n > 0; n -= 1) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * fraction));
}

const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

const LEAK = 0.1;

/**
 * Activations by name: `f`, and `straight` if it is made of straight pieces, which meet
 * at zero, `jumps` if they do not meet.
 */
export const ACTIVATIONS = {
  ReLU: { f: (z) => Math.max(z, 0), straight: true },
  tanh: { f: Math.tanh },
  sigmoid: { f: sigmoid },
  "leaky ReLU": { f: (z) => Math.max(z, LEAK * z), straight: true },
  ELU: { f: (z) => (z > 0 ? z : Math.expm1(z)) },
  softplus: { f: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) },
  SiLU: { f: (z) => z * sigmoid(z) },
  GELU: { f: (z) => (z * (1 + erf(z / Math.SQRT2))) / 2 },
  step: { f: (z) => (z >= 0 ? 1 : 0), straight: true, jumps: true },
};
