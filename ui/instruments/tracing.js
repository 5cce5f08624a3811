// One x on its way through both networks, and all other x that go the same way.

import { elementPool, setAttributes, setShown, svgElement } from "./axes.js";

const SHORTEST = 26; // px; an arrow on a shorter line would hide it

/** What is drawn of it, above the panels. */
export class Trace {
  constructor(parent) {
    const pool = (tag, attributes) => {
      const layer = svgElement("g", {}, parent);
      return elementPool(() => svgElement(tag, attributes, layer));
    };
    this.flats = pool("line", { class: "same flat" });
    this.same = pool("line", { class: "same" });
    this.lines = pool("line", { class: "way" });
    this.heads = pool("path", { class: "way-head", d: "M-6-4.5L4 0L-6 4.5Z" });
    this.twins = pool("circle", { class: "twin", r: 5 });
    this.points = pool("circle", { class: "point total", r: 5 });
  }

  /**
   * Draw the way as lines [x1, y1, x2, y2] in pixels, lines that others share with it,
   * stretches on which all go the same way, and points [x, y] of the others and of x.
   */
  draw({ way, same, flats, twins, points }) {
    this.straight(this.lines, way);
    this.straight(this.same, same);
    this.straight(this.flats, flats);
    this.dots(this.twins, twins);
    this.dots(this.points, points);
    this.heads(way.length).forEach((head, i) => {
      const [x1, y1, x2, y2] = way[i];
      const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
      const middle = `${((x1 + x2) / 2).toFixed(2)} ${((y1 + y2) / 2).toFixed(2)}`;
      setShown(head, Math.hypot(x2 - x1, y2 - y1) >= SHORTEST);
      setAttributes(head, { transform: `translate(${middle}) rotate(${turn.toFixed(1)})` });
    });
  }

  straight(pool, segments) {
    pool(segments.length).forEach((line, i) => {
      const [x1, y1, x2, y2] = segments[i];
      setAttributes(line, { x1, y1, x2, y2 });
    });
  }

  dots(pool, places) {
    pool(places.length).forEach((dot, i) => {
      const [cx, cy] = places[i];
      setAttributes(dot, { cx, cy });
    });
  }
}
