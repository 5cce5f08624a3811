// The instrument "Folding": a line folded by one network and painted by another.

import { decimal, htmlElement, setAttributes, setText, themeColors } from "./axes.js";
import { oncePerFrame } from "./drag.js";
import { mountedOnce } from "./mounting.js";
import { saveButtons } from "./picture.js";
import { foldedSheet } from "./sheet.js";
import { SheetFigure } from "./sheetfigure.js";

const SECONDS_A_STAGE = 1.3;
const MOST_SECONDS = 9;
const STEPS = 1000; // of the slider
const AT_FIRST = 0.5; // of the last stage: copies can be told, and that they were one
const MARK = 0.62; // of the folded line, where it is marked through all layers
const MOST_SEEN = 1000; // regions

/** Ease in and out. */
function eased(part) {
  return part * part * (3 - 2 * part);
}

/** What one mounted instrument holds. */
class FoldingInstrument {
  constructor(parent) {
    this.root = htmlElement("div", { className: "build folding" }, parent);
    this.counters = htmlElement("p", { className: "counters" }, this.root);
    this.figureBox = htmlElement("div", { className: "figure" }, this.root);
    this.figure = new SheetFigure(this.figureBox);
    this.makeScrubber();
    this.note = htmlElement("p", { className: "note" }, this.root);
    saveButtons(this.root, this.figure.svg, "folded-line");
    this.requestDraw = oncePerFrame(() => this.draw());
    this.sizes = new ResizeObserver(() => this.requestDraw());
    this.sizes.observe(this.figureBox);
    this.playing = 0;
  }

  makeScrubber() {
    const scrubber = htmlElement("div", { className: "scrubber" }, this.root);
    this.button = htmlElement("button", { type: "button" }, scrubber);
    this.button.onclick = () => (this.playing ? this.pause() : this.play());
    this.slider = htmlElement("input", { type: "range", min: 0, max: STEPS, step: 1 }, scrubber);
    this.slider.setAttribute("aria-label", "Folding, painting, unfolding");
    this.slider.oninput = () => {
      this.pause();
      this.time = this.slider.valueAsNumber / STEPS;
    };
    this.stage = htmlElement("span", { className: "value" }, scrubber);
  }

  receive({ first, second, times, domain }) {
    this.colors = themeColors(this.root);
    const text = JSON.stringify([first, second, times, domain]);
    if (this.text !== text) {
      this.pause();
      this.time = 1 - (1 - AT_FIRST) / (2 * times + 1);
      const sheet = foldedSheet(first, second, times, domain);
      this.mark = this.figure.show(sheet, domain, MARK);
      Object.assign(this, { text, sheet, times });
      this.count();
    }
    this.requestDraw();
  }

  count() {
    const { sheet, times, mark } = this;
    const plural = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;
    const layers = sheet.layers.slice(1).map((n) => n.toLocaleString("en")).join(" → ");
    const regions = sheet.pieces.length.toLocaleString("en");
    const folds = `Folded ${times === 1 ? "once" : `${times} times`}: ${layers} layers`;
    setText(this.counters, `${folds} · painted: ${regions} regions in view`);
    const marked = this.figure.marked.length;
    const same = `${plural(marked, "input")} with the same y = ${decimal(mark)}`;
    const marks = marked > 1 ? ` ○: ${same}, which meet when the line is folded.` : "";
    const many = sheet.pieces.length > MOST_SEEN ? " So many regions are finer than pixels." : "";
    setText(this.note, `One colour for each piece of network 2.${marks}${many}`);
  }

  /** Tell how often the line is folded at this time, how much is painted, and say so. */
  moment() {
    const { times } = this;
    const at = this.time * (2 * times + 1);
    if (at < times) {
      const k = Math.floor(at);
      const words = times > 1 ? `Fold ${k + 1} of ${times}` : "Folding";
      return { folded: k + eased(at - k), paint: 0, words };
    }
    if (at <= times + 1) return { folded: times, paint: at - times, words: "Painting" };
    const left = Math.max(2 * times + 1 - at, 0);
    const k = Math.min(Math.floor(left), times - 1);
    const words = left === 0 ? "Composed" : "Unfolding";
    return { folded: k + eased(left - k), paint: 1, words };
  }

  play() {
    const from = this.time < 1 ? this.time : 0;
    const seconds = Math.min(SECONDS_A_STAGE * (2 * this.times + 1), MOST_SECONDS);
    let start = null;
    const advance = (now) => {
      start ??= now;
      this.time = Math.min(1, from + (now - start) / 1000 / seconds);
      this.playing = this.time < 1 ? requestAnimationFrame(advance) : 0;
      this.draw();
    };
    this.playing = requestAnimationFrame(advance);
    this.requestDraw();
  }

  pause() {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    this.requestDraw();
  }

  draw() {
    const width = Math.floor(this.figureBox.clientWidth);
    if (width < 100) return;
    const { words, ...moment } = this.moment();
    this.figure.draw({ ...moment, width, colors: this.colors });
    setText(this.stage, words);
    setText(this.button, this.playing ? "Pause" : "Play");
    this.slider.value = Math.round(STEPS * this.time);
    setAttributes(this.slider, { "aria-valuetext": words });
    if (!this.playing) this.describe(words);
  }

  describe(words) {
    const counts = this.counters.textContent;
    const label = `A line that network 1 folds and network 2 paints. ${counts}. ${words}.`;
    setAttributes(this.figure.svg, { "aria-label": label });
  }

  dispose() {
    cancelAnimationFrame(this.playing);
    this.requestDraw.cancel();
    this.sizes.disconnect();
    this.root.remove();
  }
}

export default mountedOnce(FoldingInstrument);
