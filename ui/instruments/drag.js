// How things are moved: by pointer or keys, drawn at most once a frame.

/** Make a function that draws in the next frame, however often it is called before. */
export function oncePerFrame(draw) {
  let frame = 0;
  const request = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  request.cancel = () => cancelAnimationFrame(frame);
  return request;
}

const KEY_STEPS = new Map([
  ["ArrowLeft", -1],
  ["ArrowDown", -1],
  ["ArrowRight", 1],
  ["ArrowUp", 1],
  ["PageDown", -10],
  ["PageUp", 10],
  ["Home", -Infinity],
  ["End", Infinity],
]);
const UPRIGHT_KEYS = ["ArrowDown", "ArrowUp", "PageDown", "PageUp"];

/** Tell whether a key moves sliders and handles. */
export function movesByKey(key) {
  return KEY_STEPS.has(key);
}

/**
 * Let pointers and keys move an element: `drag(clientX, clientY)` while a pointer holds
 * it, `step(n, upright)` by keys (±1, ±10 with Shift, ±Infinity; upright if the key
 * points up or down), `release()` afterwards.
 */
export function makeHandle(element, { drag, step, release }) {
  let offset = [0, 0];
  let held = false;
  element.tabIndex = 0;
  const locked = () => element.getAttribute("aria-disabled") === "true";
  element.onpointerdown = (event) => {
    if (event.button !== 0 || locked()) return;
    // The handle keeps its place under the pointer instead of jumping to it.
    const { left, top, width, height } = element.getBoundingClientRect();
    offset = [event.clientX - (left + width / 2), event.clientY - (top + height / 2)];
    held = true;
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
  };
  element.onpointermove = (event) => {
    if (held) drag(event.clientX - offset[0], event.clientY - offset[1]);
  };
  // After a release as well as after a touch that the browser took for scrolling.
  element.onlostpointercapture = () => {
    held = false;
    release();
  };
  element.onkeydown = (event) => {
    if (!movesByKey(event.key) || locked()) return;
    const upright = UPRIGHT_KEYS.includes(event.key);
    step(KEY_STEPS.get(event.key) * (event.shiftKey ? 10 : 1), upright);
    event.preventDefault();
  };
  element.onkeyup = (event) => {
    if (movesByKey(event.key)) release();
  };
  element.onblur = release;
}

/** Keep a handle where it is, or let it be moved again; it can be read all the same. */
export function lockHandle(element, locked) {
  element.setAttribute("aria-disabled", String(locked));
}
