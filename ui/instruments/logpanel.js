// A panel whose two axes are logarithmic.

import { Panel, linearScale, setAttributes, setShown } from "./axes.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Write a power of ten. */
function powerOfTen(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[digit]);
  return `10${exponent < 0 ? "⁻" : ""}${digits.join("")}`;
}

/** List the exponents of powers of ten within limits, few enough to be read. */
function exponents([low, high], count) {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first + 1) / count));
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return all.filter((exponent) => exponent % step === 0);
}

export class LogPanel extends Panel {
  /** Put the panel at a place; the limits of both axes are above zero. */
  arrange(box, domain, limits) {
    const { left, top, width, height } = box;
    const [across, up] = [domain, limits].map((ends) => ends.map(Math.log10));
    const [toX, toY] = [
      linearScale(across, [left, left + width]),
      linearScale(up, [top + height, top]),
    ];
    Object.assign(this, { box, limits });
    this.x = (value) => toX(Math.log10(value));
    this.y = (value) => toY(Math.log10(value));
    setAttributes(this.frame, { x: left, y: top, width, height });
    setShown(this.zero, false);
    setAttributes(this.title, { x: left, y: top - 7 });
    const counts = [1, 2, 5, 10, 20, 50, 100].filter((n) => n >= domain[0] && n <= domain[1]);
    this.write(this.xLabels, counts.map(String), (i) => [this.x(counts[i]), top + height + 14]);
    const powers = exponents(up, height / 24);
    this.write(this.yLabels, powers.map(powerOfTen), (i) => [left - 4, toY(powers[i]) + 3.5]);
  }

  write(pool, texts, place) {
    pool(texts.length).forEach((element, i) => {
      const [x, y] = place(i);
      setAttributes(element, { x, y });
      element.textContent = texts[i];
    });
  }
}
