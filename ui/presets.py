"""The first controls of a step: presets, undo, redo, reset."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import streamlit as st

from ui.lesson import is_locked
from ui.questions import asks_first
from ui.state import Choice, Control, Table, draw, put
from ui.undo import History


class Preset(NamedTuple):
    """A state that makes a point, and where to look.

    Attributes
    ----------
    look_for : str
        A sentence or two, Markdown.
    values : mapping
        What it sets, by key; everything else goes to its default.
    """

    look_for: str
    values: Mapping[str, Any]


class PresetBar:
    """Presets, undo, redo and reset of the controls in a table.

    Parameters
    ----------
    key : str
        Of the choice of presets, in the session and in the link.
    presets : mapping of str to Preset
        By name; the first is the default.
    table : Table
        What they set.
    also : mapping, optional
        What undo takes back besides, by key, and what reset sets it to.
    kept : iterable of str, optional
        Keys of what undo takes back besides, and presets leave alone.
    pictures : iterable of str, optional
        Keys of what chooses between pictures: of another one than its own a preset has
        nothing to say.
    """

    def __init__(
        self,
        key: str,
        presets: Mapping[str, Preset],
        table: Table,
        also: Mapping[str, Any] = MappingProxyType({}),
        kept: Iterable[str] = (),
        pictures: Iterable[str] = (),
    ) -> None:
        self.presets = presets
        self._table, self._also, self._kept = table, also, tuple(kept)
        self._pictures = tuple(pictures)
        names = tuple(presets)
        self.control = Choice(
            key=key, label="Preset", options=names, default=names[0], look="menu"
        )

    @property
    def controls(self) -> tuple[Control, ...]:
        """The choice of presets and all that they set."""
        return (self.control, *self._table.values())

    def choose(self) -> Table:
        """Show the choice, and what to look for in the preset chosen.

        Returns
        -------
        table : Table
            The controls, with the preset's values for defaults.
        """
        # A preset that cannot set everything would show something else than it says.
        tied = {key for preset in self.presets.values() for key in preset.values}
        name = draw(
            self.control,
            on_change=self.reset,
            disabled=any(is_locked(key) for key in tied),
        )
        table = self._table.under(self.presets[name].values)
        # A place that is always there: the browser counts, and would make all below it
        # anew when what is in it comes or goes.
        hint = st.container()
        # It would give the answer away, or speak of another picture.
        if not asks_first() and self._is_of_its_picture(table):
            hint.markdown(self.presets[name].look_for)
        return table

    def _is_of_its_picture(self, table: Table) -> bool:
        """Tell whether the picture is the preset's, before its choice is drawn."""
        for key in self._pictures:
            own = table[key].default
            linked = st.query_params.get(key, own)
            if st.session_state.get(key, linked) != own:
                return False
        return True

    def reset(self) -> None:
        """Set everything as the preset has it; from a callback only."""
        preset = self.presets[st.session_state[self.control.key]]
        put({**self._table.under(preset.values).defaults, **self._also})

    def show_history(self) -> None:
        """Show the buttons that take changes back, once the controls are drawn."""
        key = self.control.key
        keys = (key, *self._table, *self._also, *self._kept)
        free = [each for each in keys if not is_locked(each)]
        history = History(st.session_state, key, free)
        history.note()
        buttons = {
            "Undo": (lambda: put(history.undo()), history.can_undo),
            "Redo": (lambda: put(history.redo()), history.can_redo),
            "Reset": (self.reset, True),
        }
        row = st.container(horizontal=True, width="content")
        for label, (act, possible) in buttons.items():
            row.button(
                label, on_click=_for_the_page, args=(act,), disabled=not possible
            )


def _for_the_page(act: Callable[[], None]) -> None:
    """Do something and run the whole page, also from within a fragment."""
    act()
    st.rerun()
