"""Instruments stay on a busy page, and keep what the reader set in them."""

import pytest
from playwright.sync_api import expect

from tests.instruments import choose
from tests.test_relu_js import FOLDER, module_url

pytestmark = pytest.mark.xdist_group("browser")

# An instrument that counts what it has been sent, in places as Streamlit makes them.
SCENE = """
async (url) => {
  const { mountedOnce } = await import(url);
  class Kind {
    constructor(parent) {
      this.root = document.createElement("p");
      parent.append(this.root);
      this.received = [];
      scene.latest = this;
    }
    receive(data, send) {
      this.received.push(data);
      Object.assign(this, { send });
      this.root.textContent = this.received.join();
    }
    dispose() {
      this.root.remove();
    }
  }
  const mount = mountedOnce(Kind);
  const told = [];
  const place = (key) => {
    const host = document.createElement("div");
    host.className = `changing st-key-${key}`;
    document.body.append(host);
    const parentElement = host.attachShadow({ mode: "open" });
    const setStateValue = (sent) => told.push(sent);
    const draw = (data) => mount({ data, parentElement, setStateValue });
    return { host, draw, text: () => parentElement.textContent };
  };
  globalThis.scene = { place, told };
}
"""
MOUNTS = """
globalThis.mounts = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (...options) {
  mounts.push(this.closest("[class*='st-key-']")?.className.match(/st-key-([\\w-]+)/)?.[1]);
  return attach.apply(this, options);
};
"""


@pytest.fixture
def scene(page):
    source = (FOLDER / "mounting.js").read_text(encoding="utf-8")
    page.evaluate(SCENE, module_url(source))
    return page


def test_the_end_of_a_call_that_newer_data_overtook_ends_nothing(scene):
    """Streamlit ends it before or after the newer one has been drawn."""
    assert scene.evaluate("""() => {
      const { draw, text } = scene.place("one");
      const first = draw("a");
      const second = draw("b");
      first();
      draw("c");
      second();
      return text();
    }""") == ("a,b,c")


def test_what_leaves_and_comes_back_is_the_same(scene):
    assert scene.evaluate("""() => {
      const [one, other] = [scene.place("one"), scene.place("other")];
      const ends = [one.draw("a"), other.draw("b")];
      [one, other].forEach(({ host }, i) => (host.remove(), ends[i]()));
      const texts = ["other", "one", "one"].map((key, i) => {
        const place = scene.place(key);
        place.draw(`${i}`);
        return place.text();
      });
      return texts;
    }""") == ["b,0", "a,1", "2"]


def test_what_has_left_tells_the_page_nothing(scene):
    assert scene.evaluate("""() => {
      const { host, draw } = scene.place("one");
      const end = draw("a");
      scene.latest.send("here");
      host.remove();
      end();
      scene.latest.send("gone");
      scene.place("one").draw("b");
      scene.latest.send("back");
      return scene.told;
    }""") == ["here", "back"]


def test_a_hint_that_comes_and_goes_leaves_the_instrument_in_place(page, server):
    page.add_init_script(MOUNTS)
    page.goto(f"{server.url}/composition")
    probe = page.get_by_role("slider", name="Probe x")
    expect(probe).to_be_visible()
    probe.press("Home")
    page.get_by_text("Ask me first").click()
    choose(page, "Your answer", "10")
    page.get_by_role("button", name="Reveal").click()
    hint = page.get_by_text("Look how the second appears three times")
    for name, hints in [("Reset", 1), ("Undo", 0), ("Redo", 1)]:
        page.get_by_role("button", name=name).click()
        expect(hint).to_have_count(hints)
        expect(probe).to_have_attribute("aria-valuenow", "-1")
    mounts = page.evaluate("mounts")
    assert mounts.count("composition_instrument") == 1
