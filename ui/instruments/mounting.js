// Instruments as Streamlit mounts them: one to a place, brought up to date by each run.

// On a busy page Streamlit may take what a run has not drawn yet off the page, and put
// it back with the next one: until then an instrument keeps what the reader set in it.
const COMES_BACK = 5000; // ms

/** Give the key under which the page draws a place; without one, itself. */
function keyOf(place) {
  const named = place.host?.closest("[class*='st-key-']")?.classList ?? [];
  return [...named].find((name) => name.startsWith("st-key-")) ?? place;
}

/** Make the function that Streamlit calls, for a class of instruments. */
export function mountedOnce(Kind) {
  const mounted = new WeakMap();
  const away = new Map(); // by key, what may come back

  const comeBack = (key, parent) => {
    const gone = away.get(key);
    if (!gone) return null;
    clearTimeout(gone.end);
    away.delete(key);
    parent.append(gone.instrument.root);
    return gone.instrument;
  };

  const leave = (key, instrument) => {
    const end = setTimeout(() => {
      if (away.get(key)?.end === end) away.delete(key);
      instrument.dispose();
    }, COMES_BACK);
    away.set(key, { instrument, end });
  };

  return ({ data, parentElement, setStateValue }) => {
    const key = keyOf(parentElement);
    const instrument =
      mounted.get(parentElement) ?? comeBack(key, parentElement) ?? new Kind(parentElement);
    mounted.set(parentElement, instrument);
    // Whoever has left the page, playing, has nothing to tell it.
    const send = (...told) => parentElement.isConnected && setStateValue(...told);
    instrument.receive(data, send);
    return () => {
      // Streamlit also ends a call that newer data overtook, with the place still there.
      if (parentElement.isConnected || !mounted.delete(parentElement)) return;
      leave(key, instrument);
    };
  };
}
