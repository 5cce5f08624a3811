"""The design's rules about who may know whom, enforced on the syntax tree."""

import ast
import gc
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("estimators", "ui", "pages", "benchmarks", "tests")
SOURCES = sorted(
    path.relative_to(ROOT)
    for path in [
        ROOT / "app.py",
        *(p for d in LAYERS for p in (ROOT / d).rglob("*.py")),
    ]
)
OUTSIDE_TESTS = [path for path in SOURCES if path.parts[0] != "tests"]
LIBRARY_MAY_USE = {*sys.stdlib_module_names, "numpy", "scipy", "sklearn", "estimators"}
LIBRARY_MAY_USE |= {"threadpoolctl"}  # one of scikit-learn's own requirements


def below(*folders):
    return [path for path in SOURCES if path.as_posix().startswith(folders)]


def tree(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    gc.disable()  # CPython 3.11 fails if a collection changes the recursion limit
    try:
        return ast.parse(text, str(path))
    finally:
        gc.enable()


def imports(path):
    """Yield the dotted names that a file imports, relative ones with their dots.

    Not those below ``if TYPE_CHECKING``, which only a type checker follows.
    """
    pending = [tree(path)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending += node.orelse
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        else:
            pending += ast.iter_child_nodes(node)


def imported_packages(path):
    return {name.split(".")[0] for name in imports(path) if not name.startswith(".")}


def calls(path):
    """Yield the source text of everything that a file calls."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def lines(path):
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def test_there_is_something_to_check():
    assert below("estimators/") and below("ui/figures/") and below("pages/")


@pytest.mark.parametrize("path", below("estimators/"), ids=str)
def test_the_library_stands_on_numpy_scipy_and_scikit_learn(path):
    # Dashboard, Streamlit and Plotly are not among them.
    assert imported_packages(path) <= LIBRARY_MAY_USE


@pytest.mark.parametrize("path", below("ui/figures/"), ids=str)
def test_figures_know_nothing_of_streamlit(path):
    assert "streamlit" not in imported_packages(path)


@pytest.mark.parametrize("path", below("estimators/", "ui/"), ids=str)
def test_nothing_below_the_pages_knows_them(path):
    assert not imported_packages(path) & {"pages", "app", "tests", "benchmarks"}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_imports_are_absolute(path):
    assert [name for name in imports(path) if name.startswith(".")] == []


@pytest.mark.parametrize("path", [Path("app.py"), *below("pages/")], ids=str)
def test_pages_contain_no_arithmetic(path):
    """A page line is a widget, a call or a sentence.

    Of operators a page may use ``|``, which merges dictionaries and joins types, and
    ``+`` or ``*`` where one side is a text or a list written there.
    """

    def joins(node):
        written = (ast.JoinedStr, ast.List, ast.Tuple)
        sides = (node.left, node.right)
        return any(
            isinstance(side, written)
            or (isinstance(side, ast.Constant) and isinstance(side.value, str))
            or (isinstance(side, ast.BinOp) and joins(side))
            for side in sides
        )

    arithmetic = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BinOp)
        and not isinstance(node.op, ast.BitOr)
        and not (isinstance(node.op, ast.Add | ast.Mult) and joins(node))
    ]
    arithmetic += [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AugAssign)
    ]
    assert arithmetic == []
    assert not imported_packages(path) & {"numpy", "scipy", "sklearn", "math"}


@pytest.mark.parametrize("path", OUTSIDE_TESTS, ids=str)
def test_no_text_or_file_becomes_code(path):
    banned = {"eval", "exec", "compile", "__import__", "pickle.load", "pickle.loads"}
    banned |= {"joblib.load", "np.fromregex", "pd.read_pickle", "pd.eval"}
    assert banned.isdisjoint(calls(path))
    unpickling = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword)
        and node.arg == "allow_pickle"
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    ]
    assert unpickling == []


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_file_can_be_read_in_one_sitting(path):
    limit = {"pages": 150, "app.py": 40}.get(path.parts[0], 350)
    assert lines(path) <= limit


def test_as_a_rule_files_are_shorter():
    long = [str(path) for path in SOURCES if lines(path) > 300]
    # The exceptions to 300 lines stay exceptions: one file in ten.
    assert len(long) <= len(SOURCES) // 10, long


def tracked_texts():
    """Yield each file of the repository that is text, with its content."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # In a copy without its history: what is neither hidden nor generated.
    names = listed.stdout.split("\0")[:-1] or [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if not re.search(r"/\.|__pycache__|/build/", path.as_posix()[len(str(ROOT)) :])
    ]
    for name in names:
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                yield name, content.decode("utf-8")


REGISTRY = re.compile(r"\bpypi[.]|files[.]pythonhosted|npmjs[.]|conda[.]anaconda", re.I)
OWN_MACHINE = re.compile(r"(?<![\w.$\]])/(?:home|Users|root|work|tmp)/\w", re.I)
CDN = re.compile(
    r"cdn[.]|jsdelivr|unpkg|cdnjs|googleapis|gstatic|include_plotlyjs\s*=\s*['\"]cdn",
    re.I,
)


@pytest.mark.parametrize(
    "pattern", [REGISTRY, OWN_MACHINE, CDN], ids=lambda p: p.pattern
)
def test_files_name_no_registry_no_own_machine_and_no_cdn(pattern):
    here = Path(__file__).name  # it must name what it forbids
    found = [
        f"{name}: {match.group()}"
        for name, text in tracked_texts()
        if Path(name).name != here
        for match in pattern.finditer(text)
    ]
    assert found == []
