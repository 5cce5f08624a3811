"""The README's Python does what it says."""

import re
from pathlib import Path

import numpy as np
import pytest

README = Path(__file__).parent.parent / "README.md"


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_every_snippet_runs_in_order(capsys):
    text = README.read_text(encoding="utf-8")
    snippets = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(snippets) >= 4
    names = {}
    for snippet in snippets:
        exec(compile(snippet, str(README), "exec"), names)
    printed = capsys.readouterr().out
    promised = float(re.search(r"R² (\d\.\d+);", text).group(1))
    assert float(printed.splitlines()[0]) == pytest.approx(promised, abs=0.01)
    # What comments say that a line prints, it prints.
    for said in re.findall(r"print\(.*#((?: [0-9.]+)+(?: True)?)$", text, re.MULTILINE):
        assert said.strip() in printed.splitlines()
    assert "161051 161051" in printed.splitlines()
    assert np.size(names["model"].joints_) <= 5
    assert names["twice"].widths == (3, 3)


def test_its_pictures_exist():
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text("utf-8")):
        assert (README.parent / picture).stat().st_size < 350_000
