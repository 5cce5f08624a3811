// A table of numbers, each with a field to type it and a slider to move it.

import { htmlElement, niceStep } from "./axes.js";
import { movesByKey } from "./drag.js";

export const LARGEST_PARAMETER = 1e6;

/** Round a number to so many digits after the point, as it will be shown. */
export function rounded(value, step) {
  const digits = Math.min(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), 100);
  return Number(value.toFixed(digits));
}

/** Write a number into its field, shortened if it has more digits than fit. */
function fieldText(value) {
  const all = String(value);
  return all.length <= 11 ? all : String(Number(value.toPrecision(6)));
}

/** One number: `get()` reads it, `edit(value)` follows a move, `release()` ends one. */
export class ParameterCell {
  constructor(parent, name, { get, edit, release }) {
    this.get = get;
    const cell = htmlElement("div", { className: "cell" }, parent);
    this.field = htmlElement("input", { type: "number", step: "0.01" }, cell);
    this.slider = htmlElement("input", { type: "range" }, cell);
    this.field.setAttribute("aria-label", name);
    this.slider.setAttribute("aria-label", `${name}, slider`);
    let moving = false;
    const follow = (input) => () => {
      const value = input.valueAsNumber;
      if (Number.isFinite(value) && Math.abs(value) <= LARGEST_PARAMETER) edit(value);
    };
    const end = () => {
      this.show(true);
      release();
    };
    for (const input of [this.field, this.slider]) {
      input.oninput = follow(input);
      // In a field the keys to left and right move the caret.
      const moves = ({ key }) =>
        input === this.field ? key === "ArrowUp" || key === "ArrowDown" : movesByKey(key);
      input.onkeydown = (event) => {
        moving = moves(event);
        if (event.key === "Enter") end();
      };
      input.onkeyup = (event) => {
        moving = false;
        if (moves(event)) end();
      };
      // A key that is held repeats the change; it ends when the key comes up.
      input.onchange = () => moving || end();
      input.onblur = end;
    }
  }

  /** Bring field and slider up to date; a field being typed in only when it `rests`. */
  show(rests) {
    const value = this.get();
    const typing = !rests && this.field.getRootNode().activeElement === this.field;
    const text = fieldText(value);
    if (!typing && this.field.value !== text) this.field.value = text;
    this.widen(Math.abs(value));
    if (Number(this.slider.value) !== value) this.slider.value = String(value);
  }

  /** Let the number be read but not changed, or changed again. */
  lock(locked) {
    this.field.disabled = this.slider.disabled = locked;
  }

  /** Forget how far the slider reached for another network. */
  reset() {
    Object.assign(this.slider, { min: "", max: "" });
  }

  /** Let the slider reach a value; it never shrinks under the thumb. */
  widen(size) {
    if (size <= Number(this.slider.max) && this.slider.min !== "") return;
    const reach = Math.max(2, niceStep(1.5 * size, 1));
    const step = niceStep(reach / 200, 1);
    Object.assign(this.slider, { min: -reach, max: reach, step });
  }
}
