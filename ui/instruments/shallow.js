// A shallow network of one input taken apart: its units, its names, and it in words.

import { evaluate, lineRegions } from "./relu.js";
import { decimal, shortDecimal, significant, subscript } from "./axes.js";

/** Take a network's parameters apart, by unit; `phis` has a weight for each output. */
export function unitsOf({ weights, biases }) {
  return biases[0].map((theta0, d) => {
    const theta1 = weights[0][d][0];
    // What rounding leaves of a zero must not be seen.
    const rounding = 4 * Number.EPSILON * Math.abs(theta0);
    const at = (x) => {
      const z = theta0 + theta1 * x;
      return Math.abs(z) <= rounding ? 0 : z;
    };
    const joint = theta1 === 0 ? NaN : -theta0 / theta1;
    return { theta0, theta1, phis: weights[1].map((row) => row[d]), joint, at };
  });
}

/** Name an output: there is only y, or y₁ and so on. */
export function outputName(j, outputs) {
  return outputs === 1 ? "y" : `y${subscript(j + 1)}`;
}

/** Name a parameter θ or φ by its indices; from ten units on they are set apart. */
export function parameterName(letter, indices, units) {
  return letter + indices.map(subscript).join(units > 9 ? "," : "");
}

/** Name the weight φ of a unit for an output, or the output's offset if `d` is 0. */
export function phiName(j, d, { units, outputs }) {
  return parameterName("φ", outputs === 1 ? [d] : [j + 1, d], units);
}

/** Count a network's units and outputs. */
export function sizeOf({ biases }) {
  return { units: biases[0].length, outputs: biases[1].length };
}

/** Write the slope of an output in a region as the sum that it is. */
export function slopeAsSum(network, pattern, slopes, j) {
  const size = sizeOf(network);
  const of = size.outputs > 1 ? ` of ${outputName(j, size.outputs)}:` : "";
  const on = unitsOf(network).flatMap((unit, d) => (pattern[d] ? [{ ...unit, d }] : []));
  if (!on.length) return `no unit is on, slope${of} 0`;
  const name = ({ d }) =>
    phiName(j, d + 1, size) + parameterName("θ", [d + 1, 1], size.units);
  const terms = on.map(({ phis, theta1 }) => decimal(phis[j] * theta1));
  const sum = terms.join(" + ").replaceAll("+ −", "− ");
  const names = on.map(name).join(" + ");
  return `slope${of} ${names} = ${on.length > 1 ? `${sum} = ` : ""}${decimal(slopes[j])}`;
}

/** Sum the squared residuals of the first output. */
export function summedLoss(network, { x, y }) {
  return x.reduce((sum, input, i) => sum + (evaluate(network, [input])[0] - y[i]) ** 2, 0);
}

/** Say how a loss compares with the best known one, by what is shown of both. */
export function verdictOn(loss, goal) {
  if (loss < goal && significant(loss) !== significant(goal)) return "better than the best known";
  return loss <= 1.01 * goal ? "as good as the best known" : "";
}

/** State what the figure of the stages shows. */
export function stagesInWords(network, [low, high], { points, veiled }) {
  const { units, outputs } = sizeOf(network);
  const plural = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;
  const ofOutputs = outputs > 1 ? ` and ${outputs} outputs` : "";
  const start = `A shallow network with ${plural(units, "hidden unit")}${ofOutputs}. `;
  if (veiled) {
    const line = ({ theta0, theta1 }) => `${shortDecimal(theta0)} + ${factor(theta1)} x`;
    const lines = unitsOf(network).map((unit, d) => `unit ${d + 1}: ${line(unit)}`);
    return `${start}Lines of ${lines.join("; ")}. Their sum is hidden until you have answered.`;
  }
  const { breakpoints, patterns, slopes } = lineRegions(network, low, high);
  const ends = [low, ...breakpoints, high];
  const regions = patterns.map((pattern, i) => {
    const on = pattern.flatMap((active, d) => (active ? [d + 1] : []));
    const names = on.length ? `on: ${on.join(", ")}` : "no unit on";
    const place = `${decimal(ends[i])} to ${decimal(ends[i + 1])}`;
    const of = (j) => (outputs > 1 ? ` of ${outputName(j, outputs)}` : "");
    const steep = slopes[i].map((slope, j) => `slope${of(j)} ${decimal(slope)}`);
    return `${place}, ${names}, ${steep.join(", ")}`;
  });
  const joints = breakpoints.map((x) => decimal(x)).join(", ") || "none";
  const sum = points ? significant(summedLoss(network, points)) : "";
  const loss = points ? ` Summed loss over ${plural(points.x.length, "point")}: ${sum}.` : "";
  return `${start}Joints in view: ${joints}. Regions: ${regions.join("; ")}.${loss}`;
}

/** State what the diagram shows at an input. */
export function pathInWords(network, probe, { veiled }) {
  const on = unitsOf(network).flatMap((unit, d) => (unit.at(probe) > 0 ? [d + 1] : []));
  const { outputs } = sizeOf(network);
  const values = evaluate(network, [probe]).map(
    (value, j) => `${outputName(j, outputs)} = ${decimal(value)}`,
  );
  const end = veiled ? "the output is hidden until you have answered" : values.join(", ");
  const names = on.length ? `units on: ${on.join(", ")}` : "no unit is on";
  return `Network diagram at x = ${decimal(probe)}: ${names}; ${end}.`;
}

/** Write a number as a factor: in parentheses if it is negative. */
export function factor(value) {
  const text = shortDecimal(value);
  return text.startsWith("−") ? `(${text})` : text;
}
