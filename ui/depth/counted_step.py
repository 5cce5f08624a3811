"""The step that counts regions: of a network built for it, and of usual ones."""

import streamlit as st

from ui.depth.counted_controls import (
    BUILT,
    COUNTED_BAR,
    DEPTH,
    PART,
    PIECE,
    WIDTH,
    ZOOM,
)
from ui.depth.counted_view import (
    counting_question,
    show_count,
    show_piece,
    show_rest,
    show_window,
)
from ui.depth.counting import Shape, count_of, window_of
from ui.depth.measured_view import show_measured
from ui.following import draw_follower
from ui.lesson import is_locked
from ui.pace import let_paint
from ui.questions import ASK, ask_first
from ui.state import Table, put


def show_counted() -> None:
    """Let the reader choose which networks, and count their regions."""
    table = COUNTED_BAR.choose()
    if table.draw(PART.key) == BUILT:
        st.fragment(_show_built)(table)
    else:
        show_measured(table)


def _show_built(table: Table) -> None:
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    question, view = st.container(), st.container()
    with bar:
        depth = table.draw(DEPTH.key, st.container(width="content"))
        width = table.draw(WIDTH.key, st.container(width=220))
    shape = (depth, width)
    asked = table.draw(ASK.key)
    anew = bar.button("Count again", icon=":material/replay:", key="count_again")
    with question:
        revealed = not asked or ask_first(counting_question(shape), "counted")
    with view:
        place = st.container()
        zoom, number = _choose_window(table, shape, shown=revealed)
        if revealed:
            count, now = count_of(shape, anew)
            window = window_of(shape, zoom, number)
            with place:
                show_count(count, shape, window, now=now)
            show_window(count, shape, window, zoom, number)
            show_piece(count, number)
    let_paint()
    with bar:
        COUNTED_BAR.show_history()
    if revealed:
        show_rest(count, shape, window)


def _choose_window(table: Table, shape: Shape, *, shown: bool) -> tuple[int, int]:
    """Let the reader zoom and move; give the zoom and the number of a piece."""
    depth, width = shape
    total = (width + 1) ** depth
    row = st.container(horizontal=True, vertical_alignment="bottom")
    zoom = min(table.draw(ZOOM.key, row.container(width=220)), depth)
    asked = table.draw(PIECE.key, row.container(width=190))
    number = min(asked, total)
    free = not (is_locked(PIECE.key) or is_locked(ZOOM.key))
    row.button(
        "The middle",
        icon=":material/center_focus_strong:",
        on_click=put,
        args=({PIECE.key: (total + 1) // 2},),
        disabled=is_locked(PIECE.key),
    )
    row.button(
        "Zoom to this piece",
        icon=":material/zoom_in:",
        on_click=put,
        args=({ZOOM.key: depth - 1, PIECE.key: number},),
        disabled=not free,
    )
    row.button(
        "Show all",
        icon=":material/zoom_out_map:",
        on_click=put,
        args=({ZOOM.key: 0},),
        disabled=is_locked(ZOOM.key),
    )
    if not shown:  # what follows says how many pieces there are
        return zoom, number
    _choose_place(shape, zoom, number)
    if asked > total:
        st.caption(
            f"This network has {total:,} pieces: shown is the last, not number "
            f"{asked:,}."
        )
    return zoom, number


def _choose_place(shape: Shape, zoom: int, number: int) -> None:
    """Let the reader move the window along the line."""
    depth, width = shape
    n_windows = (width + 1) ** zoom
    if n_windows == 1:
        return
    size = (width + 1) ** (depth - zoom)
    key = f"counted_window_{depth}_{width}_{zoom}"

    def move() -> None:
        put({PIECE.key: (st.session_state[key] - 1) * size + (size + 1) // 2})

    draw_follower(
        st.slider,
        f"Window, of {n_windows:,}",
        1,
        n_windows,
        key=key,
        value=(number - 1) // size + 1,
        on_change=move,
        disabled=is_locked(PIECE.key),
        help="Arrow keys go to the next one.",
    )
