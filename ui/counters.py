"""How many linear regions there are, always in the same three ways."""


def regions_sentence(in_view: int, in_total: int, maximum: int, theorem: str) -> str:
    """Say how many linear regions are seen, exist, and could exist (Markdown).

    Parameters
    ----------
    in_view, in_total, maximum : int
        Inside the limits of the picture; for all inputs; for any network of that shape.
    theorem : str
        What the maximum follows from.
    """
    return (
        f"Linear regions: **{in_view:,}** in view, **{in_total:,}** in total, "
        f"**{maximum:,}** at most ({theorem})."
    )
