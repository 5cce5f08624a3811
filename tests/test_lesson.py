"""What a link takes away from those who open it."""

from tests.controls import DEFAULTS, notes, opened, values
from tests.pages import press, run

LOCK, HIDE = "_lock_chosen", "_hide_chosen"


def test_what_is_locked_is_changed_neither_by_hand_nor_preset_nor_button():
    at = opened(lock=["width", "net"], width="7")
    assert at.slider(key="width").disabled and at.text_input(key="net").disabled
    assert not at.selectbox(key="toy").disabled
    press(at, "Set it")
    press(at, "Reset")
    assert values(at) == DEFAULTS | {"width": 7}


def test_presets_are_locked_with_what_they_set():
    assert opened(lock="width").selectbox(key="preset").disabled
    assert not opened(lock="net").selectbox(key="preset").disabled


def test_undo_passes_over_what_has_been_locked_since():
    at = opened()
    at.slider(key="width").set_value(5).run()
    at.text_input(key="net").set_value("mine").run()
    at.slider(key="width").set_value(6).run()
    at.multiselect(key=LOCK).set_value(["width"]).run()
    press(at, "Undo")
    assert values(at) == DEFAULTS | {"width": 6}
    assert next(b for b in at.button if b.label == "Undo").disabled
    press(at, "Redo")
    assert values(at) == DEFAULTS | {"width": 6, "net": "mine"}
    at.multiselect(key=LOCK).set_value([]).run()
    press(at, "Undo")
    assert values(at) == DEFAULTS | {"width": 5, "net": "mine"}


def test_what_is_hidden_still_has_its_value():
    at = opened(hide=["width", "lesson"], width="7")
    assert at.session_state["width"] == 7
    style = at.get("html")[0].proto.body
    assert "st-key-hidden-control-" in style and "display: none" in style


def test_names_of_nothing_are_left_alone():
    at = opened(lock=["nothing", "width"], hide="<script>")
    assert at.slider(key="width").disabled
    assert notes(at) == []
    assert at.multiselect(key=LOCK).value == ["width"]
    assert at.multiselect(key=HIDE).value == []
    at.multiselect(key=LOCK).select("net").run()
    assert at.query_params["lock"] == ["width", "net", "nothing"]


def test_a_link_may_list_names_with_commas():
    at = opened(lock="width, net,,width")
    assert at.multiselect(key=LOCK).value == ["width", "net"]


def test_what_is_chosen_is_in_the_link_and_takes_effect():
    at = opened()
    at.multiselect(key=LOCK).set_value(["toy", "rate"]).run()
    at.multiselect(key=HIDE).set_value(["lesson"]).run()
    assert at.query_params["lock"] == ["toy", "rate"]
    assert at.selectbox(key="toy").disabled and not at.slider(key="width").disabled
    at.multiselect(key=LOCK).set_value([]).run()
    assert not at.selectbox(key="toy").disabled
    assert dict(at.query_params) == {"hide": "lesson"}


def test_offered_is_what_is_drawn_and_what_was_chosen_stays():
    at = opened()
    offered = at.multiselect(key=LOCK).options
    assert "Width · width" in offered and "Later · later" not in offered
    at.toggle(key="more").set_value(True).run()
    assert "Later · later" in at.multiselect(key=LOCK).options
    at.multiselect(key=LOCK).select("later").run()
    at.toggle(key="more").set_value(False).run()
    assert at.multiselect(key=LOCK).value == ["later"]
    assert at.query_params["lock"] == "later"
    at.toggle(key="more").set_value(True)
    assert run(at).slider(key="later").disabled


def test_the_link_is_what_counts():
    at = opened(lock="width")
    at.query_params["lock"] = ["net"]  # as when the reader goes back
    run(at)
    assert at.multiselect(key=LOCK).value == ["net"]
    assert at.text_input(key="net").disabled and not at.slider(key="width").disabled
