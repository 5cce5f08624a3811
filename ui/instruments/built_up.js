// The instrument "Built up": the best network of D units, one unit after the other.

import {
  Panel,
  elementPool,
  htmlElement,
  keptLimits,
  polyline,
  setAttributes,
  setShown,
  setText,
  significant,
  svgElement,
} from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { LogPanel } from "./logpanel.js";
import { heightsAt, morph } from "./morph.js";
import { mountedOnce } from "./mounting.js";
import { saveButtons } from "./picture.js";

const MORPH = 260; // ms from one D to the next
const REST = 140; // ms at each, so that it can be seen
const ROW = { left: 58, right: 12, top: 24, bottom: 26 };
const ERROR_PART = 0.3; // of the height

/** What one mounted instrument holds. */
class BuiltUp {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build built-up" }, parent);
    this.counters = htmlElement("p", { className: "counters" }, this.root);
    this.makeScrubber();
    this.svg = svgElement("svg", { class: "sheet" }, this.root);
    this.picture = svgElement("g", { role: "img" }, this.svg);
    this.makePanels();
    saveButtons(this.root, this.svg, "built-up");
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.root);
    this.motion = 0;
    this.playing = false;
  }

  makeScrubber() {
    const row = htmlElement("div", { className: "scrubber" }, this.root);
    this.button = htmlElement("button", { type: "button" }, row);
    this.button.onclick = () => (this.playing ? this.rest() : this.play());
    this.slider = htmlElement("input", { type: "range", min: 1, step: 1 }, row);
    this.slider.setAttribute("aria-label", "Hidden units D");
    this.slider.oninput = () => this.goTo(this.slider.valueAsNumber);
    this.slider.onchange = () => this.release();
    this.valueText = htmlElement("span", { className: "value" }, row);
  }

  makePanels() {
    this.top = new Panel(this.picture);
    this.below = new Panel(this.picture);
    this.curves = new LogPanel(this.picture);
    setText(this.top.title, "Target (dotted) and network");
    setText(this.below.title, "Error: network − target");
    setText(this.curves.title, "Error against D");
    const line = (panel, name) => svgElement("polyline", { class: name }, panel.content);
    this.targetLine = line(this.top, "curve target");
    this.networkLine = line(this.top, "curve network");
    this.joints = elementPool(() => svgElement("circle", { r: 4 }, this.top.content));
    this.errorLine = line(this.below, "curve error");
    this.worst = svgElement("circle", { r: 5, class: "worst" }, this.below.content);
    this.lines = elementPool(() => line(this.curves, "curve law"));
    this.keys = elementPool(() => line(this.curves, "curve law"));
    this.names = elementPool(() => svgElement("text", { class: "key" }, this.curves.content));
    this.dots = elementPool(() => svgElement("circle", { r: 5 }, this.curves.content));
    this.upright = svgElement("line", { class: "probe" }, this.curves.content);
  }

  /** Take what Python sends; only a new revision moves D. */
  receive({ revision, subject, at, ...rest }, send) {
    Object.assign(this, rest, { send });
    if (this.subject !== subject) {
      this.halt();
      Object.assign(this, { subject, asked: at, limits: null });
    }
    if (this.revision !== revision) {
      this.halt();
      Object.assign(this, { revision, asked: at, released: at });
    }
    if (!this.motion) {
      // More frames may come, and the one asked for be among them.
      this.units = this.clamped(this.asked);
      this.shown = this.frames[this.units - 1];
    }
    this.requestDraw();
  }

  /** Move to another D, from wherever the picture is at this moment. */
  goTo(units, then = null) {
    this.halt(then !== null);
    this.asked = units;
    this.units = this.clamped(units);
    const goal = this.frames[this.units - 1];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const between = morph(this.shown, goal);
    let start = null;
    const advance = (now) => {
      start ??= now;
      const time = calm ? 1 : Math.min((now - start) / MORPH, 1);
      this.shown = time < 1 ? between(time * time * (3 - 2 * time)) : goal;
      this.draw();
      const over = now - start >= MORPH + (then ? REST : 0);
      this.motion = over ? 0 : requestAnimationFrame(advance);
      if (over) then?.();
    };
    this.motion = requestAnimationFrame(advance);
  }

  clamped(units) {
    return Math.min(Math.max(units, 1), this.frames.length);
  }

  play() {
    const again = this.units >= this.playable;
    const next = () => {
      this.motion = 0;
      if (!this.playing) return;
      const isThere = this.units < this.frames.length;
      if (isThere) this.goTo(this.units + 1, next);
      else if (this.units < this.playable) this.motion = requestAnimationFrame(next);
      else this.rest();
    };
    this.playing = true;
    this.goTo(again ? 1 : this.units, next);
  }

  /** End the play where it is. */
  rest() {
    this.playing = false;
    this.release();
    this.requestDraw();
  }

  halt(stillPlaying = false) {
    cancelAnimationFrame(this.motion);
    this.motion = 0;
    this.playing = stillPlaying && this.playing;
  }

  /** Tell Python where the reader stopped, unless it knows. */
  release() {
    if (this.playing || this.asked === this.released) return;
    this.released = this.asked;
    this.send("units", { units: this.asked, revision: this.revision });
  }

  draw() {
    const width = Math.floor(this.root.clientWidth);
    if (width < 100 || !this.shown) return;
    const wide = width >= 760;
    const high = wide ? 440 : 400;
    const height = wide ? high : high + 270;
    setAttributes(this.svg, { width, height });
    this.drawFunctions(wide ? Math.round(width * 0.6) : width, high);
    const left = wide ? Math.round(width * 0.6) + ROW.left : ROW.left;
    this.drawCurves({
      left,
      top: wide ? ROW.top : high + ROW.top,
      width: width - left - ROW.right,
      height: (wide ? high : 250) - ROW.top - ROW.bottom,
    });
    this.write();
  }

  drawFunctions(width, height) {
    const { target, shown, colors } = this;
    const domain = [target.x[0], target.x.at(-1)];
    const across = { left: ROW.left, width: width - ROW.left - ROW.right };
    const gaps = 2 * (ROW.top + ROW.bottom);
    const small = Math.round(ERROR_PART * (height - gaps));
    const large = height - gaps - small;
    this.top.arrange({ ...across, top: ROW.top, height: large }, domain, this.heights);
    setAttributes(this.targetLine, {
      points: polyline(target.x, target.y, this.top),
      stroke: colors.target,
    });
    setAttributes(this.networkLine, {
      points: polyline(shown.x, shown.y, this.top),
      stroke: colors.network,
    });
    this.joints(shown.x.length - 2).forEach((joint, i) => {
      const [cx, cy] = [this.top.x(shown.x[i + 1]), this.top.y(shown.y[i + 1])];
      setAttributes(joint, { cx, cy, fill: colors.network });
    });

    const values = heightsAt(shown, target.x).map((value, i) => value - target.y[i]);
    const sizes = values.map(Math.abs);
    const largest = sizes.indexOf(Math.max(...sizes));
    const resting = shown === this.frames[this.units - 1];
    this.limits = keptLimits(this.limits, [-sizes[largest], sizes[largest]], resting);
    const top = height - ROW.bottom - small;
    this.below.arrange({ ...across, top, height: small }, domain, this.limits);
    const points = polyline(target.x, values, this.below);
    setAttributes(this.errorLine, { points, stroke: colors.network });
    const [cx, cy] = [this.below.x(target.x[largest]), this.below.y(values[largest])];
    setAttributes(this.worst, { cx, cy });
  }

  drawCurves(box) {
    const { curves, frames, laws, playable } = this;
    const known = laws.flatMap((law) => law.values).filter((value) => value > 0);
    const [least, most] = known.length ? [Math.min(...known), Math.max(...known)] : [0.1, 1];
    curves.arrange(box, [1, Math.max(playable, 2)], [least / 2, most * 2]);
    const drawn = this.lines(laws.length);
    const dots = this.dots(laws.length);
    const keys = this.keys(laws.length);
    this.names(laws.length).forEach((name, i) => {
      const { values, color, dash } = laws[i];
      const kept = values.map((_, d) => d).filter((d) => values[d] > 0);
      const points = polyline(kept.map((d) => d + 1), kept.map((d) => values[d]), curves);
      setAttributes(drawn[i], { points, stroke: color, "stroke-dasharray": dash });
      const at = values[this.units - 1];
      const marked = laws[i].dotted && at > 0;
      setShown(dots[i], marked);
      if (marked) {
        const place = { cx: curves.x(this.units), cy: curves.y(at) };
        setAttributes(dots[i], { ...place, fill: color });
      }
      const [x, y] = [box.left + 8, box.top + box.height - 8 - 15 * (laws.length - 1 - i)];
      setAttributes(name, { x: x + 24, y });
      setText(name, laws[i].name);
      const key = { points: `${x},${y - 4} ${x + 18},${y - 4}` };
      setAttributes(keys[i], { ...key, stroke: color, "stroke-dasharray": dash });
    });
    const x = curves.x(Math.min(this.units, frames.length));
    setAttributes(this.upright, { x1: x, x2: x, y1: box.top, y2: box.top + box.height });
  }

  write() {
    const { units, frames, playable } = this;
    const { x, max, rms } = frames[units - 1];
    const joints = x.length - 2;
    const [largest, mean] = [max, rms].map((value) => significant(value, 4));
    const found = `largest error ${largest} · root mean square ${mean}`;
    setText(this.counters, `D = ${units} · joints in view ${joints} · ${found}`);
    setText(this.valueText, `D = ${units} of ${playable}`);
    Object.assign(this.slider, { max: playable, value: units, disabled: this.locked });
    this.button.disabled = this.locked;
    this.slider.setAttribute("aria-valuetext", `D = ${units}`);
    setText(this.button, this.playing ? "Pause" : "Play");
    if (this.motion) return;
    const label =
      `The target and a network of ${units} hidden units with ${joints} joints in view; ` +
      `below its error, the largest at the dot; beside it errors against D. ` +
      `Largest error ${largest}, root mean square ${mean}.`;
    setAttributes(this.picture, { "aria-label": label });
  }

  /** Give the limits of the upper panel, which no D changes. */
  get heights() {
    const { y } = this.target;
    const [low, high] = [Math.min(...y), Math.max(...y)];
    const margin = 0.12 * (high - low) || 1;
    return [low - margin, high + margin];
  }

  dispose() {
    this.halt();
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(BuiltUp);
