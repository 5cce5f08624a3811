// The corners of two networks as numbers, to be typed.

import { htmlElement, setText, shortDecimal, unitStyle } from "./axes.js";
import { ParameterCell, rounded } from "./parameters.js";

const FINEST_SHOWN = 1e-9; // what rounding leaves of a zero must not be seen

/**
 * The table; `on` holds edit(network, corner, [x, y]), which gives all corners as they
 * are then, and release().
 */
export class CornerTable {
  constructor(parent, on) {
    const details = htmlElement("details", { className: "corner-table" }, parent);
    htmlElement("summary", { textContent: "Corners as numbers" }, details);
    this.body = htmlElement("div", {}, details);
    Object.assign(this, { on, cells: [], ends: [], shape: "", locked: false });
  }

  lock(locked) {
    this.locked = locked;
    for (const cell of this.cells) cell.lock(locked);
  }

  /** Show the corners of both networks; units have the colours that they have anywhere. */
  draw(corners, networks, colors) {
    this.corners = corners;
    const shape = JSON.stringify([corners.map(({ bending }) => bending), colors]);
    if (shape !== this.shape) {
      this.body.replaceChildren();
      this.cells = [];
      this.ends = [];
      let colorFrom = 0;
      networks.forEach((network, i) => {
        this.rows(i, colorFrom, colors);
        colorFrom += network.biases[0].length;
      });
      this.shape = shape;
      this.lock(this.locked);
    }
    for (const cell of this.cells) cell.show(false);
    for (const { element, network, corner } of this.ends) {
      setText(element, shortDecimal(this.placeOf(network, corner)[0]));
    }
  }

  rows(network, colorFrom, colors) {
    const { bending } = this.corners[network];
    const part = (className, parent, textContent = "") =>
      htmlElement("div", { className, textContent }, parent);
    const rows = ["", network ? "y" : "x", network ? "y′" : "y"].map((name, axis) => {
      const row = part("row", this.body);
      row.style.setProperty("--columns", bending.length + 2);
      part("head", row, axis ? name : `Network ${network + 1}`);
      return row;
    });
    const places = ["left end", ...bending.map((d) => `joint of unit ${d + 1}`), "right end"];
    places.forEach((place, corner) => {
      const isEnd = corner === 0 || corner === places.length - 1;
      const head = part("column", rows[0], isEnd ? "end" : String(bending[corner - 1] + 1));
      if (!isEnd) {
        const chip = htmlElement("i", { className: "chip" });
        chip.style.background = unitStyle(colorFrom + bending[corner - 1], colors).stroke;
        head.prepend(chip);
      }
      if (isEnd) this.ends.push({ element: part("column", rows[1]), network, corner });
      else this.cell(rows[1], network, corner, 0, `Network ${network + 1}, ${place}, across`);
      this.cell(rows[2], network, corner, 1, `Network ${network + 1}, ${place}, height`);
    });
  }

  placeOf(network, corner) {
    const { xs, ys } = this.corners[network];
    return [xs[corner], ys[corner]];
  }

  cell(row, network, corner, axis, name) {
    const cell = new ParameterCell(row, name, {
      get: () => rounded(this.placeOf(network, corner)[axis], FINEST_SHOWN) + 0,
      // What is typed and released within one frame must not wait for its drawing.
      edit: (value) => {
        const place = this.placeOf(network, corner).with(axis, value);
        this.corners = this.on.edit(network, corner, place);
      },
      release: this.on.release,
    });
    this.cells.push(cell);
  }
}
