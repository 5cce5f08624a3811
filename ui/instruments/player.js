// A motion that is played, stopped, reversed, or scrubbed by hand.

import { htmlElement, setText } from "./axes.js";

/** Buttons and a slider for a time from 0 to `last`; `draw` is called as it goes by. */
export class Player {
  /** `label` names the slider; `seconds` are for one unit of time. */
  constructor(parent, { label, seconds, draw, release }) {
    Object.assign(this, { seconds, draw, release, time: 0, last: 1, motion: 0, way: 0 });
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    const row = htmlElement("div", { className: "scrubber" }, parent);
    const buttons = htmlElement("div", { className: "ways" }, row);
    this.buttons = [-1, 1].map((way) => {
      const button = htmlElement("button", { type: "button" }, buttons);
      button.onclick = () => (this.way === way ? this.stop() : this.play(way));
      return button;
    });
    this.slider = htmlElement("input", { type: "range", min: 0, step: 0.01 }, row);
    this.slider.setAttribute("aria-label", label);
    this.slider.oninput = () => {
      this.halt();
      this.time = this.slider.valueAsNumber;
      draw();
    };
    this.slider.onchange = () => this.release();
    this.text = htmlElement("span", { className: "value" }, row);
  }

  get moves() {
    return this.way !== 0;
  }

  /** Go forwards or backwards, from the other end if this one is reached. */
  play(way) {
    this.halt();
    const [from, to] = way > 0 ? [0, this.last] : [this.last, 0];
    if (this.time === to) this.time = from;
    this.way = way;
    const start = this.time;
    let began = null;
    const advance = (now) => {
      began ??= now;
      const gone = this.calm.matches ? Infinity : (now - began) / 1000 / this.seconds;
      const rest = Math.abs(to - start);
      this.time = gone < rest ? start + way * gone : to;
      if (gone >= rest) this.stop();
      else this.motion = requestAnimationFrame(advance);
      this.draw(true);
    };
    this.motion = requestAnimationFrame(advance);
    this.draw();
  }

  halt() {
    cancelAnimationFrame(this.motion);
    Object.assign(this, { motion: 0, way: 0 });
  }

  stop() {
    this.halt();
    this.time = Math.round(this.time * 100) / 100;
    this.draw();
    this.release();
  }

  /** Bring buttons, slider and text up to date. */
  show(text, locked = false) {
    ["Back", "Play"].forEach((name, i) => {
      setText(this.buttons[i], this.way === [-1, 1][i] ? "Pause" : name);
      this.buttons[i].disabled = locked;
    });
    Object.assign(this.slider, { max: this.last, disabled: locked });
    if (this.slider.valueAsNumber !== this.time) this.slider.value = String(this.time);
    this.slider.setAttribute("aria-valuetext", text);
    setText(this.text, text);
  }
}
