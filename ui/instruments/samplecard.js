// What is known of the sample under the pointer: its name, and its picture if it has one.

import { htmlElement, setText } from "./axes.js";

const PIXEL = 7; // of the screen, for one of the picture

/** A line of text with a small grey picture beside it. */
export class SampleCard {
  constructor(parent) {
    this.root = htmlElement("div", { className: "hover-card" }, parent);
    this.canvas = htmlElement("canvas", { className: "digit" }, this.root);
    this.text = htmlElement("span", {}, this.root);
  }

  /** Take a line of text for each sample, and pictures: their side, and bytes as text. */
  receive(samples, images) {
    Object.assign(this, { samples, images });
    if (images && this.coded !== images.bytes) {
      this.coded = images.bytes;
      this.bytes = Uint8Array.from(atob(images.bytes), (letter) => letter.charCodeAt(0));
    }
    this.root.hidden = !samples.length;
    this.show(null);
  }

  show(sample) {
    const hint = this.images ? "Point at a dot to see its picture." : "Point at a dot.";
    setText(this.text, sample === null ? hint : this.samples[sample]);
    this.canvas.hidden = !this.images || sample === null;
    if (this.canvas.hidden) return;
    const { side } = this.images;
    Object.assign(this.canvas, { width: side * PIXEL, height: side * PIXEL });
    const pen = this.canvas.getContext("2d");
    for (let i = 0; i < side * side; i += 1) {
      const ink = 255 - this.bytes[sample * side * side + i];
      pen.fillStyle = `rgb(${ink} ${ink} ${ink})`;
      pen.fillRect((i % side) * PIXEL, Math.floor(i / side) * PIXEL, PIXEL, PIXEL);
    }
  }
}
