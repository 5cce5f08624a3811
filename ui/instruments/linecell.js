// A field and a slider for one number of a line, in steps that suit the data.

import { ParameterCell, rounded } from "./parameters.js";

const FIELD_STEPS = 20; // steps of a drag for one of the arrow keys in a field

/** A number whose slider reaches as far as the map, `limits()`, in round steps. */
export class LineCell extends ParameterCell {
  constructor(parent, name, { limits, step, ...on }) {
    super(parent, name, on);
    Object.assign(this, { limits, step });
  }

  widen() {
    const [low, high] = this.limits();
    const step = this.step();
    const ends = [Math.floor(low / step), Math.ceil(high / step)];
    const [min, max] = ends.map((end) => rounded(end * step, step));
    const wanted = [min, max, step].map(String);
    const now = [this.slider.min, this.slider.max, this.slider.step];
    if (String(now) === String(wanted)) return;
    Object.assign(this.slider, { min, max, step });
    this.field.step = String(FIELD_STEPS * step);
  }
}
