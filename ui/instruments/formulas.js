// The equations of a shallow network with its numbers plugged in, at one input.

import { htmlElement, setText, shortDecimal, subscript, unitStyle } from "./axes.js";
import { factor, outputName } from "./shallow.js";

/** One line a unit and one an output; `on` holds highlight(unit). */
export class Formulas {
  constructor(parent, on) {
    this.box = htmlElement("div", { className: "formulas" }, parent);
    this.on = on;
  }

  /** Make the lines of so many units and outputs. */
  shape({ units, outputs }) {
    this.box.replaceChildren();
    const line = (className) => htmlElement("div", { className }, this.box);
    this.units = Array.from({ length: units }, (_, d) => {
      const element = line("formula");
      element.onpointerenter = () => this.on.highlight(d);
      element.onpointerleave = () => this.on.highlight(null);
      const chip = htmlElement("i", { className: "chip" }, element);
      return { element, chip, text: htmlElement("span", {}, element) };
    });
    this.outputs = Array.from({ length: outputs }, () => {
      const element = line("formula output");
      const span = (className = "") => htmlElement("span", { className }, element);
      const start = span();
      const terms = Array.from({ length: units }, () => span("term"));
      return { start, terms, end: span() };
    });
  }

  /** Mark one unit's line and its terms; null for none. */
  highlight(chosen) {
    this.units.forEach(({ element }, d) => element.classList.toggle("hot", d === chosen));
    for (const { terms } of this.outputs) {
      terms.forEach((term, d) => term.classList.toggle("hot", d === chosen));
    }
  }

  draw({ network, units, values, probe, colors, veiled }) {
    const x = factor(probe);
    const hidden = units.map((unit, d) => {
      const z = unit.at(probe);
      const h = shortDecimal(Math.max(z, 0));
      const { element, chip, text } = this.units[d];
      const sum = `${shortDecimal(unit.theta0)} + ${factor(unit.theta1)}·${x}`;
      setText(text, `h${subscript(d + 1)} = a[${sum}] = a[${shortDecimal(z)}] = ${h}`);
      element.classList.toggle("off", z <= 0);
      chip.style.background = unitStyle(d, colors).stroke;
      return { h, off: z <= 0 };
    });
    this.outputs.forEach(({ start, terms, end }, j) => {
      const name = outputName(j, values.length);
      setText(start, `${name} = ${veiled ? "?" : shortDecimal(network.biases[1][j])}`);
      terms.forEach((term, d) => {
        setText(term, veiled ? "" : ` + ${factor(units[d].phis[j])}·${hidden[d].h}`);
        term.classList.toggle("off", hidden[d].off);
      });
      setText(end, veiled ? "" : ` = ${shortDecimal(values[j])}`);
    });
  }
}
