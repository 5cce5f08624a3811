"""What a page lets its reader set: one typed table, from which the widgets are made.

A control's value is in the session under its key and in the link under the same key, so
that a copied link reopens the page as it is. Two keys of the link say what a lesson
takes away: controls named by ``lock`` cannot be changed, those by ``hide`` not be seen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.names import display_name
from ui.numbers import short

LOCK, HIDE = "lock", "hide"
_ASKED = "_asked_by_link"
_DECIDED = "_decided_by_a_button"
_NOTES = "_notes_on_link"
_HIDDEN = "hidden-control"


@dataclass(frozen=True, kw_only=True)
class Control:
    """What can be set, by what name, to what at first.

    Attributes
    ----------
    key : str
        In the session and in the link; unique in the application.
    label : str
        For readers.
    default : object
        What it is at first.
    help : str
        A sentence for those who want to know more.
    """

    key: str
    label: str
    default: Any
    help: str = ""

    def is_written(self, text: str, value: Any) -> bool:
        """Tell whether a link's text stands for a value."""
        return text == str(value)

    def value(self, state: Any) -> Any:
        """Give the value for what the session holds."""
        return state

    def widget(self, place: DeltaGenerator, **options: Any) -> Any:
        """Draw it there and return its value."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several numbers or words, listed in a row, in a menu or on a slider."""

    options: tuple[float | str, ...]
    look: Literal["row", "menu", "slider"] = "row"

    def is_written(self, text: str, value: Any) -> bool:
        """Tell whether a link's text stands for a value."""
        return text == short(value)

    def widget(self, place: DeltaGenerator, **options: Any) -> Any:
        """Draw it there and return its value."""
        common = {"options": self.options, "format_func": short, **options}
        if self.look == "menu":
            return place.selectbox(
                self.label, index=self.options.index(self.default), **common
            )
        if self.look == "slider":
            return place.select_slider(self.label, value=self.default, **common)
        return place.segmented_control(
            self.label, default=self.default, required=True, **common
        )


@dataclass(frozen=True, kw_only=True)
class Number(Control):
    """A number between two limits, on a slider or in a field."""

    low: float
    high: float
    step: float | None = None
    look: Literal["slider", "field"] = "slider"

    def is_written(self, text: str, value: Any) -> bool:
        """Tell whether a link's text stands for a value."""
        try:
            return float(text) == value
        except ValueError:
            return False

    def value(self, state: Any) -> Any:
        """Give the value for what the session holds: a whole number if limits are."""
        return type(self.low)(state)

    def widget(self, place: DeltaGenerator, **options: Any) -> Any:
        """Draw it there and return its value."""
        numbers = (self.low, self.high, self.default, self.step)
        if self.look == "slider":
            return place.slider(self.label, *numbers, **options)
        if type(self.low) is int:
            # Streamlit's field of whole numbers fails if the link has an infinite one.
            numbers = map(float, (self.low, self.high, self.default, self.step or 1))
            options["format"] = "%.0f"
        return self.value(place.number_input(self.label, *numbers, **options))


@dataclass(frozen=True, kw_only=True)
class Text(Control):
    """A line of text, whose meaning the page checks."""

    def widget(self, place: DeltaGenerator, **options: Any) -> str:
        """Draw it there and return its value."""
        return place.text_input(self.label, self.default, **options)


@dataclass(frozen=True, kw_only=True)
class Switch(Control):
    """Something that is on or off."""

    def is_written(self, text: str, value: Any) -> bool:
        """Tell whether a link's text stands for a value."""
        return text.lower() == str(value).lower()

    def widget(self, place: DeltaGenerator, **options: Any) -> bool:
        """Draw it there and return its value."""
        return place.toggle(self.label, self.default, **options)


class Table(Mapping[str, Control]):
    """The controls of a page or of a part of it, by key.

    Parameters
    ----------
    *controls : Control
    """

    def __init__(self, *controls: Control) -> None:
        self._controls = {control.key: control for control in controls}

    def __getitem__(self, key: str) -> Control:
        return self._controls[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._controls)

    def __len__(self) -> int:
        return len(self._controls)

    @property
    def defaults(self) -> dict[str, Any]:
        """What everything is at first."""
        return {key: control.default for key, control in self.items()}

    def value(self, key: str) -> Any:
        """Return what a control is set to that has been drawn."""
        return self[key].value(st.session_state[key])

    def under(self, values: Mapping[str, Any]) -> "Table":
        """Return the same controls with other defaults, such as a preset's."""
        return Table(
            *(
                replace(control, default=values.get(key, control.default))
                for key, control in self.items()
            )
        )

    def draw(
        self, key: str, place: DeltaGenerator | None = None, **options: Any
    ) -> Any:
        """Draw a control and return its value; see `draw`."""
        return draw(self[key], place, **options)


def draw(
    control: Control,
    place: DeltaGenerator | None = None,
    *,
    disabled: bool = False,
    bound: bool = True,
    **options: Any,
) -> Any:
    """Draw a control as a lesson may have it.

    Parameters
    ----------
    control : Control
    place : DeltaGenerator, optional
        Where; by default here.
    disabled : bool, default=False
        Whether it cannot be changed, lesson or not.
    bound : bool, default=True
        Whether its value is in the link.
    **options
        For the widget: ``on_change``, ``args``, ``width`` and the like.

    Returns
    -------
    value : object
        What it is set to.
    """
    place = st.container() if place is None else place
    value = control.widget(
        hideable(control.key, place),
        key=control.key,
        bind="query-params" if bound else None,
        help=control.help or None,
        disabled=disabled or control.key in st.session_state.get(LOCK, ()),
        **options,
    )
    asked = st.session_state.get(_ASKED, {}).pop(control.key, None)
    if asked is not None and not control.is_written(asked, value):
        link_notes().append(
            f"The link asks for {display_name(asked)} as “{control.label}”, which is "
            f"not possible. It is {display_name(value)}."
        )
    return value


def put(values: Mapping[str, Any]) -> None:
    """Set controls; from a callback only, as drawn ones cannot be set otherwise."""
    st.session_state.update(values)
    st.session_state[_DECIDED] = set(values)


def put_released(key: str, value: Any) -> None:
    """Set a control to what an instrument released, from a callback.

    A button takes the focus from a field, which thereby releases what was typed: both
    come in one run, in any order, and what the button `put` there stays.
    """
    if key not in st.session_state.get(_DECIDED, ()):
        st.session_state[key] = value


def hideable(key: str, place: DeltaGenerator) -> DeltaGenerator:
    """Give a place for something that a lesson may hide.

    What is hidden is still drawn, as a widget that is not drawn leaves the link.
    """
    hidden = st.session_state.get(HIDE, st.query_params.get_all(HIDE))
    return place.container(key=f"{_HIDDEN}-{key}") if key in hidden else place


def link_notes() -> list[str]:
    """Give the notes on what the link asked for in vain, Markdown."""
    return st.session_state.setdefault(_NOTES, [])


def begin_run() -> None:
    """Remember what the link asks for, once a session, and hide what it hides."""
    st.session_state[_DECIDED] = set()
    if _ASKED not in st.session_state:
        st.session_state[_ASKED] = st.query_params.to_dict()
    st.html(f"<style>[class*='st-key-{_HIDDEN}-'] {{ display: none }}</style>")
