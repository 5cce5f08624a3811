// What polygons of two inputs are called, and pictures of them in words.

import { decimal, shortDecimal, subscript } from "./axes.js";

/** Write a pattern as digits, first unit first. */
export function patternDigits(pattern) {
  return pattern.map((active) => (active ? "1" : "0")).join("");
}

/** Write an affine function of the inputs with its numbers. */
export function affineInWords(intercept, slopes, names, write = decimal) {
  const terms = slopes.map((slope, i) => {
    const text = write(Math.abs(slope));
    return `${slope < 0 ? "−" : "+"} ${text} ${names[i]}`;
  });
  return [write(intercept), ...terms].join(" ");
}

/** Name an output's function: there is only y, or y₁ and so on. */
export function namedOutput(output, outputs) {
  return outputs === 1 ? "y" : `y${subscript(output + 1)}`;
}

/** Say which units are on. */
export function unitsInWords(pattern) {
  const on = pattern.flatMap((active, d) => (active ? [d + 1] : []));
  if (!on.length) return "no unit on";
  const names = on.length > 1 ? `${on.slice(0, -1).join(", ")} and ${on.at(-1)}` : `${on[0]}`;
  return `unit${on.length > 1 ? "s" : ""} ${names} on`;
}

/** Write an area, and which part of the box it is. */
export function areaInWords(area, box) {
  const whole = box.reduce((product, [low, high]) => product * (high - low), 1);
  const percent = (100 * area) / whole;
  const part = percent < 0.1 ? "less than 0.1" : decimal(percent, 1);
  return `area ${shortDecimal(area)}, ${part} % of the box`;
}

/** Write a count with its noun. */
export function countOf(n, noun) {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** State what the panels of a shallow network show. */
export function planesInWords({ weights, biases }, polygons, names, { veiled }) {
  const units = biases[0].map((offset, d) =>
    `unit ${d + 1}: ${affineInWords(offset, weights[0][d], names, shortDecimal)}`);
  const size = countOf(units.length, "hidden unit");
  const start = `A shallow network of two inputs with ${size}. Planes of ${units.join("; ")}. `;
  if (veiled) return `${start}Their sum is hidden until you have answered.`;
  const outputs = biases[1].length;
  const regions = polygons.map(({ pattern, slopes, intercepts }) => {
    const functions = slopes.map((own, j) => {
      const plane = affineInWords(intercepts[j], own, names);
      return `${namedOutput(j, outputs)} = ${plane}`;
    });
    return `${patternDigits(pattern)}, ${functions.join(", ")}`;
  });
  const inView = countOf(polygons.length, "polygon");
  return `${start}${inView} in view, with patterns and planes: ${regions.join("; ")}.`;
}
