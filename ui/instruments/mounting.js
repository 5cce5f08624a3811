// Instruments as Streamlit mounts them: one to a place, brought up to date by each run.

/** Make the function that Streamlit calls, for a class of instruments. */
export function mountedOnce(Kind) {
  const mounted = new WeakMap();
  return ({ data, parentElement, setStateValue }) => {
    const instrument = mounted.get(parentElement) ?? new Kind(parentElement);
    mounted.set(parentElement, instrument);
    instrument.receive(data, setStateValue);
    return () => {
      mounted.delete(parentElement);
      instrument.dispose();
    };
  };
}
