"""Whether a flag hangs on the referrals of one sector, such as schools: the question asked again without each in turn."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from data.errors import UsageError
from disclosure.permitted import Question
from disclosure.views import SnapshotView


@dataclass(frozen=True)
class WithoutSector:
    """How one ward stands where the referrals of one sector are left out."""

    sector: str
    flagged: bool
    overlap: str
    """Its class."""
    certainty: str
    """How probable it then is that both are high, in words; empty where nothing is known."""


def without_each_sector(
    view: SnapshotView, question: Question, *, progress: Callable[[int, int], None] = lambda *_: None
) -> dict[str, tuple[WithoutSector, ...]]:
    """Ask a question again without the referrals of each sector in turn, and say how every ward then stands.

    Every ward is then compared with an area that lacks this sector too, so that what is left out everywhere cannot by itself
    lower or raise a ward.

    Parameters
    ----------
    progress
        Called with how many sectors are done, and of how many.

    Returns
    -------
    dict
        By ward code, in the order of the sectors.

    Raises
    ------
    UsageError
        If the audience may not filter by category, the question names sectors itself, or the data have fewer than two.
    """
    sectors = view.choices.sectors
    if not view.choices.exact:
        raise UsageError(f"The {view.audience} audience may not filter by category. Ask the analyst.")
    if question.sectors or len(sectors) < 2:
        raise UsageError("There are no sectors to leave out. Ask for all of them, of data that name at least two.")
    found: dict[str, list[WithoutSector]] = {code: [] for code in view.wards["ward_code"]}
    for done, sector in enumerate(sectors):
        progress(done, len(sectors))
        others = tuple(one for one in sectors if one != sector)
        wards = view.answer(replace(question, sectors=others)).wards
        for row in wards.to_dict("records"):
            found[row["ward_code"]].append(
                WithoutSector(sector, bool(row["flagged"]), str(row["class"]), str(row["certainty"]))
            )
    return {code: tuple(fates) for code, fates in found.items()}
