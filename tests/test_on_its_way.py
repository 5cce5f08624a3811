"""What a fragment has drawn reaches the browser, however soon it runs again."""

import re

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from tests.pages import asked_for, run
from ui import on_its_way
from ui.on_its_way import deliver_all

pytestmark = pytest.mark.xdist_group("browser")

# By turns an element and a block, in which the browser is told of what it has got
# already; the server is too busy to send one before it draws the next.
SCRIPT = """
    import streamlit as st
    from ui.on_its_way import deliver_all

    deliver_all()

    @st.fragment(run_every=0.02)
    def alternate():
        ticks = st.session_state.setdefault("ticks", 0) + 1
        st.session_state.ticks = ticks
        if ticks % 2:
            st.caption("an element")
        else:
            block = st.container()
            block.markdown("one " * 1000)
            block.markdown("two " * 1000)
        sum(range(1_000_000))
        st.caption(f"tick {ticks}.")

    alternate()
"""


def block(path, fragment):
    message = ForwardMsg()
    message.delta.add_block.vertical.SetInParent()
    message.delta.fragment_id = fragment
    message.metadata.delta_path[:] = path
    return message


def element(path, fragment, text):
    message = ForwardMsg()
    message.delta.new_element.markdown.body = text
    message.delta.fragment_id = fragment
    message.metadata.delta_path[:] = path
    return message


def known_element(path):
    message = ForwardMsg(ref_hash="known")
    message.metadata.delta_path[:] = path
    return message


def finished(status):
    return ForwardMsg(script_finished=status)


@pytest.fixture
def queue():
    deliver_all()
    return ForwardMsgQueue()


def test_a_run_of_a_fragment_leaves_what_is_waiting_in_its_order(queue):
    waiting = [
        block([0, 1], "f"),
        known_element([0, 1, 0]),
        element([0, 1, 1], "f", "before"),
        finished(ForwardMsg.FINISHED_SUCCESSFULLY),
    ]
    for message in waiting:
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["f"])
    later = element([0, 1, 1], "f", "after")
    queue.enqueue(later)
    # In the place of what was there before, it would be removed with the run before.
    assert queue.flush() == [*waiting, later]


def test_the_application_sees_to_it(monkeypatch):
    monkeypatch.setattr(ForwardMsgQueue, "clear", on_its_way._clear)
    run(asked_for({}, (), "depth_efficiency"))
    assert ForwardMsgQueue.clear is not on_its_way._clear


def test_a_run_of_the_whole_script_drops_what_is_waiting(queue):
    queue.enqueue(block([0, 1], "f"))
    queue.enqueue(known_element([0, 1, 0]))
    queue.enqueue(finished(ForwardMsg.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True)
    assert queue.flush() == [finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN)]


def test_a_busy_server_does_not_break_the_page(visit):
    expect(visit.get_by_text(re.compile(r"tick [2-9]\d\d\."))).to_be_visible()
    expect(
        visit.get_by_text("one one").or_(visit.get_by_text("an element"))
    ).to_be_visible()
