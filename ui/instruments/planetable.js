// The parameters of a shallow network of two inputs, to be typed or slid.

import { htmlElement, unitStyle } from "./axes.js";
import { ParameterCell } from "./parameters.js";
import { parameterName, phiName } from "./shallow.js";

/** A row a unit; `on` holds network(), moved(), release() and highlight(unit). */
export class PlaneTable {
  constructor(parent, on) {
    this.box = htmlElement("div", { className: "table plane-table" }, parent);
    this.on = on;
    this.rows = [];
    this.cells = [];
  }

  shape(size) {
    const { units, outputs } = size;
    this.box.replaceChildren();
    this.box.style.setProperty("--columns", 3 + outputs);
    this.cells = [];
    const row = (head) => {
      const element = htmlElement("div", { className: "row" }, this.box);
      htmlElement("div", { className: "head", innerHTML: head }, element);
      return element;
    };
    const top = row("");
    const phis = outputs > 1 ? ["φ<sub>1d</sub>", "φ<sub>2d</sub>"] : ["φ<sub>d</sub>"];
    for (const name of ["θ<sub>d0</sub>", "θ<sub>d1</sub>", "θ<sub>d2</sub>", ...phis]) {
      htmlElement("div", { className: "column", innerHTML: name }, top);
    }
    this.rows = Array.from({ length: units }, (_, d) => {
      const element = row(`<i class="chip"></i>${d + 1}`);
      for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, () => this.on.highlight(d));
      for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, () => this.on.highlight(null));
      const name = (word, i) => `Unit ${d + 1}, ${word} ${parameterName("θ", [d + 1, i], units)}`;
      this.cell(element, name("offset", 0), ({ biases }) => [biases[0], d]);
      for (const i of [1, 2]) this.cell(element, name("slope", i), ({ weights }) => [weights[0][d], i - 1]);
      for (let j = 0; j < outputs; j++) {
        const weight = `Unit ${d + 1}, weight ${phiName(j, d + 1, size)}`;
        this.cell(element, weight, ({ weights }) => [weights[1][j], d]);
      }
      return element;
    });
    const last = row(outputs > 1 ? "φ<sub>j0</sub>" : "φ<sub>0</sub>");
    last.classList.add("offsets");
    for (let j = 0; j < outputs; j++) {
      this.cell(last, `Offset ${phiName(j, 0, size)}`, ({ biases }) => [biases[1], j]);
    }
  }

  cell(parent, name, place) {
    const at = () => place(this.on.network());
    const cell = new ParameterCell(parent, name, {
      get: () => {
        const [array, i] = at();
        return array[i];
      },
      edit: (value) => {
        const [array, i] = at();
        array[i] = value;
        this.on.moved();
      },
      release: () => this.on.release(),
    });
    this.cells.push(cell);
  }

  /** Forget how far sliders reached for another network. */
  reset() {
    for (const cell of this.cells) cell.reset();
  }

  lock(locked) {
    for (const cell of this.cells) cell.lock(locked);
  }

  recolor(colors) {
    this.rows.forEach((row, d) => {
      row.querySelector(".chip").style.background = unitStyle(d, colors).stroke;
    });
  }

  highlight(chosen) {
    this.rows.forEach((row, d) => row.classList.toggle("hot", d === chosen));
  }

  show() {
    for (const cell of this.cells) cell.show(false);
  }
}
