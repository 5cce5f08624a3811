// Colours of numbers: of a value where it is drawn, exact along every affine slope.

import { htmlElement } from "./axes.js";

// Brown and teal stay apart for colour-blind readers; the middle is the background.
const ENDS = { light: ["#8c510a", "#01665e"], dark: ["#e2a64c", "#3cc4b2"] };
const FAINTEST = 0.08; // of the end colour, where there is no middle
const FLAT = 1e-4; // of the limits: a change that no eye can tell

/** Read a colour of any notation as red, green and blue. */
function channelsOf(color) {
  const context = htmlElement("canvas").getContext("2d");
  context.fillStyle = color;
  const hex = context.fillStyle;
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}

function hexOf(channels) {
  return `#${channels.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mixed(from, to, part) {
  return from.map((channel, i) => channel + part * (to[i] - channel));
}

/** Read what the theme gives a map of numbers to be coloured with. */
export function mapColors(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color");
  const paper = channelsOf(background.trim() || "white");
  const isDark = 0.3 * paper[0] + 0.59 * paper[1] + 0.11 * paper[2] < 128;
  const ends = ENDS[isDark ? "dark" : "light"].map(channelsOf);
  return { paper, ends };
}

/** Colours for numbers between limits: 0 has the background's if it is among them. */
export class NumberColors {
  constructor([low, high], { paper, ends: [below, above] }) {
    this.limits = [low, high];
    const faint = mixed(paper, above, FAINTEST);
    const around = Math.max(-low, high);
    // One step is as large on either side of 0.
    this.knots = low < 0 && high > 0
      ? [[-around, below], [0, paper], [around, above]]
      : [[low, high <= 0 ? below : faint], [high, high <= 0 ? mixed(paper, below, FAINTEST) : above]];
    if (low === high) this.knots = [[low, faint], [low + 1, faint]];
  }

  channels(value) {
    const { knots } = this;
    const inside = Math.min(Math.max(value, knots[0][0]), knots.at(-1)[0]);
    const i = knots.length > 2 && inside > knots[1][0] ? 1 : 0;
    const [[from, start], [to, end]] = [knots[i], knots[i + 1]];
    return mixed(start, end, (inside - from) / (to - from));
  }

  at(value) {
    return hexOf(this.channels(value));
  }

  /** Whether an affine function between two values is but one colour. */
  isFlat(least, most) {
    return !(most - least > FLAT * (this.limits[1] - this.limits[0]));
  }

  /** Give [part, colour] along a way on which the value goes from one to another. */
  stops(least, most) {
    const inner = this.knots.map(([value]) => value).filter((value) => value > least && value < most);
    return [least, ...inner, most].map((value) => [(value - least) / (most - least), this.at(value)]);
  }
}

/**
 * Where an affine function is least and most, as the ends of a gradient: `corners` and
 * `values` on the screen; null if it is flat for these colours.
 */
export function gradientWay(corners, values, colors) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (colors.isFlat(least, most)) return null;
  // The steepest direction, from the corner with the least value and two others.
  const origin = corners[values.indexOf(least)];
  const [slope1, slope2] = slopesAmong(corners, values);
  const size = slope1 * slope1 + slope2 * slope2;
  const length = (most - least) / size;
  const end = [origin[0] + length * slope1, origin[1] + length * slope2];
  return { origin, end, stops: colors.stops(least, most) };
}

/** The slopes of an affine function, from the widest triangle at the first corner. */
function slopesAmong(corners, values) {
  const [x0, y0] = corners[0];
  let best = { area: 0, slopes: [0, 0] };
  for (let i = 1; i + 1 < corners.length; i++) {
    const [dx1, dy1, dz1] = [corners[i][0] - x0, corners[i][1] - y0, values[i] - values[0]];
    const [dx2, dy2, dz2] = [corners[i + 1][0] - x0, corners[i + 1][1] - y0, values[i + 1] - values[0]];
    const area = dx1 * dy2 - dx2 * dy1;
    if (Math.abs(area) <= Math.abs(best.area)) continue;
    best = { area, slopes: [(dz1 * dy2 - dz2 * dy1) / area, (dx1 * dz2 - dx2 * dz1) / area] };
  }
  return best.slopes;
}
