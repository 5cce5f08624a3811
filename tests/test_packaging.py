"""The library installs and imports without the dashboard."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


# Makes the dashboard's packages impossible to import, as if they were not installed.
WITHOUT_DASHBOARD = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"streamlit", "plotly", "pandas", "ui"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build from a copy: setuptools leaves a folder behind where it builds."""
    folder = tmp_path_factory.mktemp("packaging")
    source = folder / "source"
    shutil.copytree(
        ROOT,
        source,
        ignore=lambda _, names: {n for n in names if n.startswith((".", "__pyc"))},
    )
    options = ["--no-deps", "--no-build-isolation", "--no-index"]
    pip("wheel", *options, "--wheel-dir", str(folder), str(source))
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_library_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {name for name in names if ".dist-info/" not in name}
    found = (ROOT / "estimators").rglob("*.*")
    files = {path.relative_to(ROOT).as_posix() for path in found if path.is_file()}
    files = {name for name in files if "__pycache__" not in name}

    assert package == files
    assert {"estimators/network.py", "estimators/data/mnist1d.npz"} <= package
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_library_works_without_the_dashboard(wheel, tmp_path):
    site = tmp_path / "site"
    pip("install", "--no-deps", "--no-index", "--target", str(site), str(wheel))
    program = WITHOUT_DASHBOARD + (
        f"sys.path.insert(0, {str(site)!r})\n"
        "import estimators\n"
        "model = estimators.ShallowReLURegressor(width=2, random_state=0)\n"
        "model.fit([[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 0.0, 1.0])\n"
        "print(estimators.__file__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(site)
