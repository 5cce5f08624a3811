// A square of the input plane on which affine pieces are drawn exactly, as SVG.

import { elementPool, linearScale, niceStep, niceTicks, setAttributes, setFormula, setShown, setText, significant, svgElement, tickLabels } from "./axes.js";
import { gradientWay } from "./planecolors.js";
import { patternDigits } from "./planewords.js";
import { middleOf } from "./polygons.js";

const CONTOURS = 14; // about so many between the limits
const LABEL_ROOM = 46; // px of a contour that carries its number
const LABELS_APART = 34; // px
const PATTERN_ROOM = 14; // px from the middle of a polygon to its edges
let planePanels = 0;

/** Choose round levels for contours between limits. */
export function contourLevels([low, high]) {
  return high > low ? niceTicks([low, high], CONTOURS) : [];
}

/** Give the step between contours in words. */
export function contourStep([low, high]) {
  return high > low ? significant(niceStep(high - low, CONTOURS), 1) : "0";
}

/** The part of a level line in a polygon: two points, or null. */
function contourIn(corners, values, level) {
  const ends = [];
  corners.forEach((corner, i) => {
    const next = (i + 1) % corners.length;
    const [here, there] = [values[i] - level, values[next] - level];
    if (here >= 0 === there >= 0) return;
    const part = here / (here - there);
    ends.push(corner.map((at, axis) => at + part * (corners[next][axis] - at)));
  });
  return ends.length === 2 ? ends : null;
}

/** How far a point is from the line through two others. */
function distanceToLine([x, y], [x1, y1], [x2, y2]) {
  const [across, up] = [x2 - x1, y2 - y1];
  return Math.abs((x - x1) * up - (y - y1) * across) / (Math.hypot(across, up) || 1);
}

const pathPoint = ([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** A polygon on the screen as an SVG path. */
export function outlineOf(corners) {
  return `M${corners.map(pathPoint).join("L")}Z`;
}

/** One square with a title; the large ones have ticks and numbers on their contours. */
export class PlanePanel {
  constructor(parent, { large }) {
    this.large = large;
    this.id = `face-${planePanels++}`;
    this.group = svgElement("g", { class: "plane-panel" }, parent);
    this.title = svgElement("text", { class: "title" }, this.group);
    const layer = () => svgElement("g", {}, this.group);
    const [paints, faces] = [layer(), layer()];
    this.gradients = elementPool(() => svgElement("linearGradient", { gradientUnits: "userSpaceOnUse" }, paints));
    this.faces = elementPool(() => svgElement("path", { class: "face" }, faces));
    this.contours = svgElement("path", { class: "contour" }, this.group);
    this.zero = svgElement("path", { class: "contour level-zero" }, this.group);
    const [levels, patterns] = [layer(), layer()];
    this.patterns = elementPool(() => svgElement("text", { class: "pattern" }, patterns));
    this.levels = elementPool(() => svgElement("text", { class: "level" }, levels));
    this.creases = layer();
    this.lines = elementPool(() => svgElement("path", { class: "crease" }, this.creases));
    this.chosen = svgElement("path", { class: "chosen" }, this.group);
    this.frame = svgElement("rect", { class: "frame" }, this.group);
    const label = (anchor) => () => svgElement("text", { class: "tick", "text-anchor": anchor }, this.group);
    this.ticks = [elementPool(label("middle")), elementPool(label("end"))];
    this.names = [0, 1].map(() => svgElement("text", { class: "axis" }, this.group));
  }

  /** Put the square at a place, for a box of inputs. */
  place({ left, top, size }, box, names) {
    this.area = { left, top, size };
    this.x = linearScale(box[0], [left, left + size]);
    this.y = linearScale(box[1], [top + size, top]);
    setAttributes(this.frame, { x: left, y: top, width: size, height: size });
    setAttributes(this.title, { x: left, y: top - 8 });
    if (!this.large) return;
    const at = [(value) => [this.x(value), top + size + 15], (value) => [left - 5, this.y(value) + 3.5]];
    at.forEach((place, i) => {
      const ticks = niceTicks(box[i], size / 80);
      const texts = tickLabels(ticks);
      this.ticks[i](ticks.length).forEach((element, k) => {
        const [x, y] = place(ticks[k]);
        setAttributes(element, { x, y });
        setText(element, texts[k]);
      });
    });
    setAttributes(this.names[0], { x: left + size / 2, y: top + size + 30, "text-anchor": "middle" });
    const turned = `translate(${left - 32} ${top + size / 2}) rotate(-90)`;
    setAttributes(this.names[1], { transform: turned, "text-anchor": "middle" });
    names.forEach((name, i) => setText(this.names[i], name));
  }

  onScreen(corners) {
    return corners.map(([x1, x2]) => [this.x(x1), this.y(x2)]);
  }

  /**
   * Draw pieces {corners, slopes, intercept}, each in the colours of its values, and the
   * patterns of polygons where there is room.
   */
  draw(title, pieces, colors, levels, polygons = []) {
    setFormula(this.title, title);
    const drawn = pieces.map(({ corners, slopes, intercept }) => ({
      corners: this.onScreen(corners),
      values: corners.map(([x1, x2]) => intercept + slopes[0] * x1 + slopes[1] * x2),
    }));
    const gradients = this.gradients(drawn.length);
    this.faces(drawn.length).forEach((face, i) => {
      const { corners, values } = drawn[i];
      const fill = this.fill(gradients[i], `${this.id}-${i}`, corners, values, colors);
      setAttributes(face, { d: outlineOf(corners), fill });
    });
    const longest = new Map();
    const paths = { plain: [], zero: [] };
    for (const { corners, values } of drawn) {
      for (const level of levels) {
        const ends = contourIn(corners, values, level);
        if (!ends) continue;
        const isZero = Math.abs(level) < 1e-9 * Math.abs(levels.at(-1) - levels[0]);
        paths[isZero ? "zero" : "plain"].push(`M${pathPoint(ends[0])}L${pathPoint(ends[1])}`);
        const length = Math.hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]);
        if (length > (longest.get(level)?.length ?? 0)) longest.set(level, { length, ends });
      }
    }
    setAttributes(this.contours, { d: paths.plain.join("") });
    setAttributes(this.zero, { d: paths.zero.join("") });
    if (this.large) this.label(levels, longest, this.writePatterns(polygons));
  }

  fill(gradient, id, corners, values, colors) {
    const way = gradientWay(corners, values, colors);
    if (!way) return colors.at(values[0]);
    const [[x1, y1], [x2, y2]] = [way.origin, way.end];
    setAttributes(gradient, { id, x1, y1, x2, y2 });
    while (gradient.childElementCount < way.stops.length) svgElement("stop", {}, gradient);
    while (gradient.childElementCount > way.stops.length) gradient.lastChild.remove();
    way.stops.forEach(([part, color], i) => {
      setAttributes(gradient.children[i], { offset: part.toFixed(5), "stop-color": color });
    });
    return `url(#${id})`;
  }

  /** Write patterns into polygons that have room for them; give where they stand. */
  writePatterns(polygons) {
    const fitting = polygons.flatMap(({ corners, pattern }) => {
      const onScreen = this.onScreen(corners);
      const [middle, needed] = [middleOf(onScreen), PATTERN_ROOM + 2 * pattern.length];
      const following = (i) => onScreen[(i + 1) % onScreen.length];
      const fits = onScreen.every((corner, i) => distanceToLine(middle, corner, following(i)) > needed);
      return fits ? [{ middle, pattern }] : [];
    });
    this.patterns(fitting.length).forEach((element, i) => {
      const { middle: [x, y], pattern } = fitting[i];
      setAttributes(element, { x, y: y + 4 });
      setText(element, patternDigits(pattern));
    });
    return fitting.map(({ middle }) => middle);
  }

  /** Write the contours' numbers where there is room. */
  label(levels, longest, taken) {
    const texts = tickLabels(levels);
    const labels = levels.flatMap((level, i) => {
      const { length, ends } = longest.get(level) ?? { length: 0 };
      if (length < LABEL_ROOM) return [];
      const middle = [0, 1].map((axis) => (ends[0][axis] + ends[1][axis]) / 2);
      const near = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < LABELS_APART;
      if (taken.some(near)) return [];
      taken.push(middle);
      return [{ x: middle[0], y: middle[1] + 4, text: texts[i] }];
    });
    this.levels(labels.length).forEach((element, i) => {
      const { x, y, text } = labels[i];
      setAttributes(element, { x, y });
      setText(element, text);
    });
  }

  /** Draw lines {ends, stroke, …} over the pieces. */
  drawLines(lines) {
    this.lines(lines.length).forEach((element, i) => {
      const { ends, ...style } = lines[i];
      setAttributes(element, { d: `M${this.onScreen(ends).map(pathPoint).join("L")}`, ...style });
    });
  }

  /** Mark one polygon; null for none. */
  mark(corners) {
    setShown(this.chosen, corners);
    if (corners) setAttributes(this.chosen, { d: outlineOf(this.onScreen(corners)) });
  }

  /** Give the inputs under a point of the drawing, within the box. */
  inputsAt([x, y], box) {
    const { left, top, size } = this.area;
    const parts = [(x - left) / size, 1 - (y - top) / size];
    return parts.map((part, i) => box[i][0] + Math.min(Math.max(part, 0), 1) * (box[i][1] - box[i][0]));
  }
}
