"""Instruments as Streamlit components, whose code travels to the browser once.

Streamlit sends a component's JavaScript with every change of its data, but what stays
the same from run to run only once. So the code is a component of its own, which shows
nothing and never changes; the one with the data only calls it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui.instruments.bundle import bundle
from ui.lesson import hidden_place

_FOLDER = Path(__file__).parent
_EXPORT = "export default "

# Both wait for each other under a name in the page: either may come first.
_WAITING = """\
const known = (globalThis.unfoldInstruments ??= new Map());
if (!known.has("{name}")) {{
  let arrive;
  const code = new Promise((resolve) => (arrive = resolve));
  known.set("{name}", {{ code, arrive, mount: null }});
}}
const instrument = known.get("{name}");
"""
_CODE = """\
{code}
{waiting}
instrument.mount ??= mountInstrument;
instrument.arrive();
export default function () {{}}
"""
_CALL = """\
{waiting}
const waiting = new WeakMap();
const unmounts = new WeakMap();

export default function (component) {{
  const place = component.parentElement;
  if (instrument.mount) return instrument.mount(component);
  // Only the latest data count once the code is there.
  const waits = waiting.has(place);
  waiting.set(place, component);
  if (!waits) {{
    instrument.code.then(() => {{
      if (place.isConnected) unmounts.set(place, instrument.mount(waiting.get(place)));
    }});
  }}
  // Streamlit also ends a call that newer data overtook, with the place still there.
  return () => place.isConnected || unmounts.get(place)?.();
}}
"""


class Instrument:
    """A component made of modules in this folder.

    Parameters
    ----------
    modules : sequence of str
        JavaScript files without their ending, in the order that `bundle` wants after
        ``mounting``; the last one exports the function that mounts, and names the
        instrument.
    styles : sequence of str
        CSS files without their ending.
    """

    def __init__(self, modules: Sequence[str], styles: Sequence[str]) -> None:
        self._name = modules[-1]
        code = bundle("mounting", *modules).replace(_EXPORT, "const mountInstrument = ")
        waiting = _WAITING.format(name=self._name)
        component = st.components.v2.component
        self._code = component(
            f"unfold_{self._name}_code", js=_CODE.format(code=code, waiting=waiting)
        )
        texts = [(_FOLDER / f"{s}.css").read_text(encoding="utf-8") for s in styles]
        self._call = component(
            f"unfold_{self._name}",
            css="\n".join(texts),
            js=_CALL.format(waiting=waiting),
        )

    def __call__(self, key: str, data: dict[str, Any], **callbacks: Any) -> None:
        """Show the instrument, or bring one of the same key up to date."""
        with hidden_place(f"{key}-code"):
            self._code(key=f"{key}_code")
        self._call(key=key, data=data, **callbacks)
