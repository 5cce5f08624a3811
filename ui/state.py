"""What a page lets its reader set: one typed table, from which the widgets are made.

A control's value is in the session under its key and in the link under the same key, so
that a copied link reopens the page as it is. What a lesson (`ui.lesson`) locks or hides
is drawn all the same, and `put` leaves what is locked as it is.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.lesson import begin_lesson, hideable, is_locked
from ui.names import display_name
from ui.numbers import short, whole
from ui.renewed import renew, renewed_place
from ui.untold import insist, note_untold, tell, unless_stale

_ASKED = "_asked_by_link"
_DECIDED = "_decided_by_a_button"
_NOTES = "_notes_on_link"
_DRAWN = "_controls_drawn"
_BEFORE = "_controls_drawn_in_the_run_before"
_EARLY = "_put_before_drawn"
_SHORTER_LINK = "_something_taken_out_of_link"


@dataclass(frozen=True, kw_only=True)
class Control(ABC):
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

    def written(self, value: Any) -> str:
        """Write a value as it is in the link."""
        return str(value)

    def is_written(self, text: str, value: Any) -> bool:
        """Tell whether a link's text stands for a value."""
        return text == self.written(value)

    def value(self, state: Any) -> Any:
        """Give the value for what the session holds."""
        return state

    @abstractmethod
    def widget(self, place: DeltaGenerator, **options: Any) -> Any:
        """Draw it there and return its value."""


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several numbers or words, listed in a row, in a menu or on a slider."""

    options: tuple[float | str, ...]
    look: Literal["row", "menu", "slider"] = "row"

    def written(self, value: float | str) -> str:
        """Write a value as it is in the link."""
        return short(value)

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
        return whole(state) if type(self.low) is int else float(state)

    def widget(self, place: DeltaGenerator, **options: Any) -> Any:
        """Draw it there and return its value."""
        numbers = (self.low, self.high, self.default, self.step)
        if self.look == "slider":
            return place.slider(self.label, *numbers, **options)
        place = renewed_place(self.key, place, options.get("width", "stretch"))
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
        return text.lower() == self.written(value).lower()

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
        For the widget: ``on_change``, ``width`` and the like.

    Returns
    -------
    value : object
        What it is set to.
    """
    place = st.container() if place is None else place
    known = control.key in _shown_controls()
    drawn_controls()[control.key] = control.label
    if control.key in _put_early():
        _put_early().remove(control.key)
        given = st.session_state.get(control.key, control.default)
        if bound and given != control.default:
            st.query_params[control.key] = control.written(given)
    insist([control.key])
    if on_change := options.get("on_change"):
        options["on_change"] = unless_stale(control.key, on_change)
    if not known and control.key in st.session_state:
        # It comes back, and the browser may have forgotten what it was set to.
        st.session_state[control.key] = st.session_state[control.key]
    value = control.widget(
        hideable(control.key, place),
        key=control.key,
        bind="query-params" if bound else None,
        help=control.help or None,
        disabled=disabled or is_locked(control.key),
        **options,
    )
    tell(control.key)
    asked = st.session_state.get(_ASKED, {}).pop(control.key, None)
    if asked is not None and not control.is_written(asked, value):
        wanted = display_name(asked) if asked else "nothing"
        link_notes().append(
            f"The link asks for {wanted} as “{control.label}”, which is "
            f"not possible. It is {display_name(value)}."
        )
    return value


def put(values: Mapping[str, Any]) -> None:
    """Set all controls among these that no lesson locks.

    From a callback only, as drawn ones cannot be set otherwise.
    """
    free = {key: value for key, value in values.items() if not is_locked(key)}
    _set(free)
    st.session_state[_DECIDED] = set(free)
    for key in free:
        st.session_state.get(_ASKED, {}).pop(key, None)
    # What is yet to be drawn is decided as well, but the link would win; and Streamlit
    # would not write it there.
    early = set(free).difference(drawn_controls())
    _put_early().update(early)
    _take_out_of_link(early)


def put_released(key: str, value: Any) -> None:
    """Set a control to what an instrument released, from a callback.

    A button takes the focus from a field, which thereby releases what was typed: both
    come in one run, in any order, and what the button `put` there stays.
    """
    if key not in st.session_state.get(_DECIDED, ()) and not is_locked(key):
        _set({key: value})


def _set(values: Mapping[str, Any]) -> None:
    shown = _shown_controls()
    note_untold({key: value for key, value in values.items() if key in shown})
    renew(values)
    st.session_state.update(values)


def drawn_controls() -> dict[str, str]:
    """Give the labels of the controls that this run has drawn so far, by key."""
    return st.session_state.setdefault(_DRAWN, {})


def _shown_controls() -> set[str]:
    """Give the keys of the controls that the browser may show now."""
    # A run that was cut short has not drawn all that the browser shows.
    return {*drawn_controls(), *st.session_state.get(_BEFORE, ())}


def link_notes() -> list[str]:
    """Give the notes on what the link asked for in vain, Markdown."""
    return st.session_state.setdefault(_NOTES, [])


def begin_run() -> None:
    """Remember what the link asks for, once a session, and what it takes away."""
    st.session_state.update(
        {_DECIDED: set(), _BEFORE: set(drawn_controls()), _DRAWN: {}}
    )
    insist()
    if _ASKED not in st.session_state:
        st.session_state[_ASKED] = st.query_params.to_dict()
        # Nothing would be chosen in a row where something must be.
        _take_out_of_link({k for k, text in st.query_params.items() if not text})
    if st.session_state.pop(_SHORTER_LINK, False):
        st.rerun()  # Streamlit would still go by the link with which this run began
    begin_lesson()


def _put_early() -> set[str]:
    """Give the keys of what has been `put` and not drawn since."""
    return st.session_state.setdefault(_EARLY, set())


def _take_out_of_link(keys: Set[str]) -> None:
    for key in keys & set(st.query_params):
        del st.query_params[key]
        st.session_state[_SHORTER_LINK] = True
