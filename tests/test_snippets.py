"""Programs to copy are put together in the order that ruff would give them."""

from ui.snippets import program

CODE = """\
import pandas as pd
from estimators.datasets import diabetes

frame = diabetes()
x, y = frame.to_numpy().T"""


def test_imports_of_others_come_before_our_own_and_none_twice():
    imports = "import numpy as np\nfrom estimators import A\nimport pandas as pd"
    assert program(CODE, imports, "print(x)\n") == (
        "import numpy as np\nimport pandas as pd\n\n"
        "from estimators import A\nfrom estimators.datasets import diabetes\n\n"
        "frame = diabetes()\nx, y = frame.to_numpy().T\n\nprint(x)\n"
    )


def test_what_is_not_there_leaves_no_gap():
    assert (
        program("x = 1", "import numpy", "y = 2") == "import numpy\n\nx = 1\n\ny = 2\n"
    )
