// Planes with axes of one scale, and what is drawn in them as one path.

import { Panel, linearScale, setAttributes, setShown, svgElement } from "./axes.js";

export const PLANE_MARGINS = { left: 30, right: 8, top: 24, bottom: 22 };
const ARROW_HEAD = 9; // px
const DOTS = { fill: "none", "stroke-linecap": "round" };
let planeCount = 0;

/** A square panel of two inputs or two hidden units, clipped. */
export class Plane extends Panel {
  constructor(parent) {
    super(parent);
    const id = `plane-${(planeCount += 1)}`;
    this.upright = svgElement("line", { class: "zero" });
    this.content.before(this.upright);
    this.clip = svgElement("rect", {}, svgElement("clipPath", { id }, this.group));
    setAttributes(this.content, { "clip-path": `url(#${id})` });
    this.marks = svgElement("g", {}, this.group);
  }

  /** Put a square panel at a place, showing so much around a point, across and up. */
  show({ left, top, side }, [x, y], [across, up]) {
    const box = { left, top, width: side, height: side };
    this.arrange(box, [x - across, x + across], [y - up, y + up]);
    setAttributes(this.clip, { x: left, y: top, width: side, height: side });
    const zero = this.x(0);
    const inside = zero >= left && zero <= left + side;
    const ends = { x1: zero, x2: zero, y1: top, y2: top + side };
    setAttributes(this.upright, ends);
    setShown(this.upright, inside);
  }

  /** Give where a point is drawn, as text. */
  place([x, y]) {
    return `${this.x(x).toFixed(2)} ${this.y(y).toFixed(2)}`;
  }

  /** Give what lies under a point of the screen. */
  under(clientX, clientY) {
    const { left, top, width, height } = this.frame.getBoundingClientRect();
    const across = linearScale([left, left + width], this.domain);
    const up = linearScale([top + height, top], this.limits);
    return [across(clientX), up(clientY)];
  }

  arrange(box, domain, limits) {
    this.domain = domain;
    super.arrange(box, domain, limits);
  }
}

/** Draw lines from point to point as one path. */
export function linesPath(plane, lines) {
  return lines.map((points) => `M${points.map((p) => plane.place(p)).join("L")}`).join("");
}

/** Draw polygons as one path. */
export function polygonsPath(plane, polygons) {
  return polygons.map((points) => `M${points.map((p) => plane.place(p)).join("L")}Z`).join("");
}

/** Draw points as one path of round dots; the width of its stroke is their size. */
export function dotsPath(plane, points) {
  return points.map((point) => `M${plane.place(point)}h0`).join("");
}

/** Make the path of dots. */
export function dotsElement(parent, attributes) {
  return svgElement("path", { ...DOTS, ...attributes }, parent);
}

/** Draw an arrow from the origin. */
export function arrowPath(plane, tip) {
  const [x, y] = [plane.x(tip[0]), plane.y(tip[1])];
  const [across, down] = [x - plane.x(0), y - plane.y(0)];
  const length = Math.hypot(across, down);
  const stem = `M${plane.place([0, 0])}L${plane.place(tip)}`;
  if (length < ARROW_HEAD) return stem;
  const wing = (turn) => {
    const angle = Math.atan2(down, across) + Math.PI + turn;
    const end = [x + ARROW_HEAD * Math.cos(angle), y + ARROW_HEAD * Math.sin(angle)];
    return end.map((value) => value.toFixed(2)).join(" ");
  };
  return `${stem}M${wing(0.45)}L${plane.place(tip)}L${wing(-0.45)}`;
}

/** Draw an ellipse around the origin; one without a width is the segment that it is. */
export function ellipsePath(plane, { halfAxes, angle }) {
  const [across, up] = [Math.cos(angle), Math.sin(angle)].map((part) => part * halfAxes[0]);
  const unit = plane.x(1) - plane.x(0);
  const size = halfAxes.map((half) => (half * unit).toFixed(3)).join(" ");
  const arc = `A${size} ${((-angle * 180) / Math.PI).toFixed(3)} 1 1 `;
  const [tip, end] = [plane.place([across, up]), plane.place([-across, -up])];
  return `M${tip}${arc}${end}${arc}${tip}`;
}
