// The reader's own points: clicked into a plane, one class at a time, or erased.

import { htmlElement, setAttributes, setShown, svgElement } from "./axes.js";
import { rounded } from "./parameters.js";
import { dotsElement, dotsPath } from "./warpplane.js";

const MOST_POINTS = 200;
const STEP = 0.01;

/** Points x, y, class; `changed` is called when the reader changes them. */
export class OwnPoints {
  constructor(parent, plane, { changed }) {
    Object.assign(this, { plane, changed, points: null, chosen: 0, locked: false });
    this.row = htmlElement("div", { className: "classes" }, parent);
    this.buttons = [];
    this.area = svgElement("rect", { class: "catch hit" }, plane.marks);
    this.area.onclick = (event) => this.click(event);
    this.fresh = [0, 1, 2].map(() => dotsElement(plane.content, { "stroke-width": 7 }));
  }

  /** Take other points; null if the data are not the reader's own. */
  load(points) {
    this.points = points;
  }

  /** Offer the classes, which have these colours. */
  arrange(classes, colors, locked) {
    Object.assign(this, { colors, locked });
    const there = this.points !== null;
    this.row.hidden = !there;
    setShown(this.area, there && !locked);
    if (!there || this.buttons.length) return this.press(this.chosen);
    const names = ["Class 1", "Class 2", "Class 3", "Erase"];
    this.buttons = names.map((name, k) => {
      const button = htmlElement("button", { type: "button" }, this.row);
      if (k < 3) {
        const chip = htmlElement("span", { className: "chip" }, button);
        chip.style.background = colors[k];
      }
      button.append(name);
      button.onclick = () => this.press(k);
      return button;
    });
    return this.press(this.chosen);
  }

  press(k) {
    this.chosen = k;
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(i === k));
      button.disabled = this.locked;
    });
  }

  click({ clientX, clientY }) {
    const [x, y] = this.plane.under(clientX, clientY);
    if (this.chosen === 3) {
      const [width, height] = [this.plane.x(1) - this.plane.x(0), this.plane.y(0) - this.plane.y(1)];
      const far = this.points.map(([px, py]) => Math.hypot((px - x) * width, (py - y) * height));
      const nearest = far.indexOf(Math.min(...far));
      if (!(far[nearest] < 20)) return;
      this.points = this.points.toSpliced(nearest, 1);
    } else {
      if (this.points.length >= MOST_POINTS) return;
      const place = [x, y].map((value) => rounded(value, STEP) + 0);
      this.points = [...this.points, [...place, this.chosen]];
    }
    this.changed();
  }

  /** Draw what the page does not know yet above what it does. */
  draw() {
    const { left, top, width, height } = this.plane.box;
    setAttributes(this.area, { x: left, y: top, width, height });
    this.fresh.forEach((element, k) => {
      const own = (this.points ?? []).filter((point) => point[2] === k);
      setAttributes(element, { d: dotsPath(this.plane, own), stroke: this.colors[k] });
    });
  }
}
