"""Work on a page begins, goes on and ends without a run of the whole page."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("browser")

# Both counters go up by one a run.
SCRIPT = """
    import time
    import streamlit as st
    from ui.shell import enter
    from ui.state import Number, begin_run, draw, link_notes
    from ui.ticking import TickingPart
    from ui.workbench import Workbench

    STEPS = 12
    BENCH = Workbench("counting", 1)
    PART = TickingPart("counting", 0.1, BENCH)
    WIDTH = Number(key="width", label="Width", low=0, high=99, default=1, look="field")

    def count(name):
        st.session_state[name] = st.session_state.get(name, 0) + 1
        return st.session_state[name]

    def steps():
        for step in range(STEPS):
            time.sleep(0.15)
            yield step + 1

    def show():
        if st.button("Again"):
            st.session_state.question = count("questions")
        question = st.session_state.get("question", 0)
        job = BENCH.job_for(st.session_state, question, steps, 0.0)
        if st.button("Stop", disabled=not job.running):
            job.stop()
        st.caption(f"step {job.latest} of {STEPS}, {job.status} {job.error}")
        st.caption(f"run {count('parts')} of the part")

    enter()
    begin_run()
    st.caption(f"run {count('pages')} of the page")
    st.caption(f"as wide as {draw(WIDTH)}")
    PART.draw(show)
"""


def runs(page):
    return int(re.search(r"run (\d+) of the part", page.content())[1])


def assert_still(page):
    """The part does not run any more."""
    page.wait_for_timeout(500)
    before = runs(page)
    page.wait_for_timeout(1000)
    assert runs(page) == before


def test_the_whole_page_runs_once(visit):
    expect(visit.get_by_text("step 12 of 12, finished")).to_be_visible()
    expect(visit.get_by_role("button", name="Stop")).to_be_disabled()
    expect(visit.get_by_text("run 1 of the page")).to_be_visible()
    assert_still(visit)


def test_new_work_ticks_and_a_stop_shows_what_there_is(visit):
    visit.get_by_role("button", name="Again").click()
    expect(visit.get_by_text(re.compile("step [4-9] of 12, running"))).to_be_visible()
    visit.get_by_role("button", name="Stop").click()
    expect(visit.get_by_text(re.compile(r"step \d+ of 12, stopped"))).to_be_visible()
    expect(visit.get_by_role("button", name="Stop")).to_be_disabled()
    expect(visit.get_by_text("run 1 of the page")).to_be_visible()
    assert_still(visit)


def test_what_a_reader_types_into_a_page_that_has_just_opened_stays(visit):
    visit.goto(f"{visit.url.split('?')[0]}?width=7")
    field = visit.get_by_role("spinbutton", name="Width")
    expect(field).to_have_value("7")
    field.fill("23")
    visit.wait_for_timeout(700)  # while ticks begin
    expect(field).to_have_value("23")
    field.press("Enter")
    expect(visit.get_by_text("as wide as 23")).to_be_visible()
    expect(visit.get_by_text("step 12 of 12, finished")).to_be_visible()
    expect(field).to_have_value("23")
