"""Python programs to copy: what they have in common."""


def program(data_code: str, imports: str, body: str) -> str:
    """Write a program that gets data and does something with them.

    Parameters
    ----------
    data_code : str
        Lines that define the data, imports among them.
    imports : str
        Further import lines.
    body : str
        What follows the data.

    Returns
    -------
    str
        Imports of others, of `estimators`, the data, the body.
    """
    lines = data_code.split("\n")
    known = [line for line in lines if line.startswith(("import ", "from "))]
    data = "\n".join(line for line in lines if line not in known).strip()
    wanted = dict.fromkeys([*known, *imports.strip().split("\n")])
    theirs, ours = (
        sorted((line for line in wanted if ("estimators" in line) is own), key=_module)
        for own in (False, True)
    )
    blocks = ["\n".join(theirs), "\n".join(ours), data, body.strip()]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _module(line: str) -> str:
    return line.split()[1]
