"""The process is warmed once, pages are listed, deep links are repaired."""

import gc
import threading
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.colours import contrast
from ui import shell

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def freezes(monkeypatch):
    """A cold process whose freezing is only counted."""
    counted = []
    monkeypatch.setattr(shell, "_warm", False)
    monkeypatch.setattr(gc, "freeze", lambda: counted.append(threading.get_ident()))
    return counted


def test_many_first_visitors_freeze_the_process_once(freezes):
    together = threading.Barrier(8)

    def visit():
        together.wait()
        shell.warm_process()
        assert freezes  # whoever did not freeze has waited for it

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(freezes) == 1


def test_a_failed_warming_is_tried_again(freezes, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(shell, "_HEAVY", ("no_such_module",))
        with pytest.raises(ModuleNotFoundError):
            shell.warm_process()
    assert freezes == []
    shell.warm_process()
    assert len(freezes) == 1


def test_every_page_on_disk_is_listed_once_under_its_own_name():
    def listing():
        import streamlit as st

        from ui import shell

        for page in shell.pages():
            st.text(f"{page.visibility} {page.url_path} {page.title}")

    shown = AppTest.from_function(listing).run().text
    home, *visible = (text.value.split(maxsplit=2) for text in shown)
    assert home[0] == "hidden"
    assert {state for state, _, _ in visible} == {"visible"}
    assert visible[0][1] == "regression"
    assert sorted(name for _, name, _ in visible) == sorted(
        path.stem for path in shell.PAGES.glob("*.py")
    )
    assert len({title for _, _, title in visible}) == len(visible)


def test_the_address_without_a_page_leads_to_the_first_one():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Regression"]


def guarded_page():
    import streamlit as st

    from ui import shell

    st.session_state.runs = st.session_state.get("runs", 0) + 1
    shell.guard()
    st.title("Behind the guard")


def test_the_guard_restarts_a_session_that_missed_the_entry_point():
    visit = AppTest.from_function(guarded_page).run()
    assert not visit.exception
    assert visit.session_state.runs == 2
    assert visit.title[0].value == "Behind the guard"
    visit.run()
    assert visit.session_state.runs == 3


def test_the_guard_leaves_other_sessions_alone():
    visit = AppTest.from_function(guarded_page)
    visit.session_state[shell._ENTERED] = True
    visit.run()
    assert visit.session_state.runs == 1


@pytest.fixture(scope="module")
def config():
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@pytest.mark.parametrize(
    ("mode", "background"), [("light", "#FFFFFF"), ("dark", "#171614")]
)
def test_each_mode_can_be_read(config, mode, background):
    theme = config["theme"][mode]
    assert contrast(theme["primaryColor"], background) >= 4.5
    assert len(set(theme["chartCategoricalColors"])) == 7
    assert background not in theme["chartCategoricalColors"]


def test_no_button_has_white_text_on_the_accent_colour(config):
    assert contrast(config["theme"]["dark"]["primaryColor"], "#FFFFFF") < 4.5
    sources = [*shell.PAGES.glob("*.py"), *(ROOT / "ui").rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    assert not any('type="primary"' in text for text in texts)


def test_visitors_are_told_and_tell_no_more_than_they_need(config):
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["maxUploadSize"] <= 5
