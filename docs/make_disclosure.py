"""Write docs/disclosure.md from the code that decides: `python docs/make_disclosure.py`. A test holds the page to the code."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data.settings import Disclosure
from disclosure.audiences import VIEWERS, Audience, Permission, permission
from disclosure.suppression import say_few
from disclosure.ward_areas import SEVERAL
from disclosure.wording import COARSE_RISK, PROBABILITY, RELATIVE_RISK

PAGE = Path(__file__).resolve().parent / "disclosure.md"
_WHERE = {True: "screens and files", False: "files"}


def page(rule: Disclosure) -> str:
    """Give the page under a rule."""
    head = (
        "| audience | gets it on | counts | risks | probabilities | windows | categories | by | what is provided |\n"
        + "| --- " * 9
        + "|"
    )
    rows = [_row(audience, rule=rule) for audience in Audience]
    strict = rule.model_copy(update={"analyst_exact": False})
    rows.insert(1, _row(Audience.ANALYST, rule=strict, called="analyst, where `analyst_exact = false`"))
    return _PAGE.format(
        table="\n".join([head, *rows]),
        few=say_few(rule),
        values=rule.suppress_up_to + 1,
        up_to=rule.suppress_up_to,
        step=rule.round_to,
        coarse="; ".join(COARSE_RISK.names),
        narrow="; ".join(RELATIVE_RISK.names),
        words=", ".join(PROBABILITY.names),
    )


def _row(audience: Audience, *, rule: Disclosure, called: str = "") -> str:
    may = permission(audience, rule=rule)
    cells = [
        called or str(audience),
        "documents" if audience is Audience.COUNCILLOR else _WHERE[audience in VIEWERS],
        _counts(may, rule=rule),
        "exact, with 95 % intervals" if may.exact else f"{len(COARSE_RISK.names)} bands",
        "exact, all three" if may.exact else _probabilities(may),
        "any" if may.any_window else " or ".join(f"{one // 4} year{'s' if one > 4 else ''}" for one in may.windows),
        "any" if may.categories else "all together",
        "ward" if may.wards else f"area of {SEVERAL} wards or more",
        "none" if not may.provision else "with cost and funder" if may.provision_cost else "without cost and funder",
    ]
    return f"| {' | '.join(cells)} |"


def _counts(may: Permission, *, rule: Disclosure) -> str:
    if may.exact:
        return "exact"
    return f"`{say_few(rule)}`, others rounded to {rule.round_to}, or a wider range" if may.counts else "none"


def _probabilities(may: Permission) -> str:
    return "that both are high: in words, and the middle of the word's band" if may.wards else "none"


_PAGE = """# What each audience gets, and what holds it back

Written by `python docs/make_disclosure.py` from the code that decides (`disclosure/audiences.py`), under the default rule.

{table}

Audiences without exact values do not get: the familiar local statistics, where incidents lie close together, what this much
data can find, how many flags chance would give, how a ward stands without one sector, counts by district, quarter and category.
They do get, computed from what the table gives them: classes, what changed
since the window before, how a flag fares under other choices, totals of areas of wards (single years; the public: bands over
three years). A person sees only the wards of their districts where `[access]` names districts.

## The rule

Settings `[disclosure]`; here with their defaults.

1. A count of 0 to {up_to} is shown as `{few}`, any other rounded to a multiple of {step}.
2. Counts of windows that overlap say something of each other. A ledger (`disclosure/ledger.py`) keeps what follows from all that
   was ever told of a ward, in this snapshot and in any other, and tells the next window only as finely as leaves **every
   count that could be {up_to} or less, of any run of quarters, at least {values} possible values**. Then a range such as
   `1 to 12` stands in the place of a count. How finely is decided without looking at the count.
3. Totals are rounded from the true total, and not given where they would narrow what a small count can be.
4. **Everything else is computed from these ranges and totals, not from the counts**: the model, its classes, bands and words, the
   changes, the checks. Two sets of data that show the same ranges and totals give the same files. So a band cannot say more
   of a count than its range does, whoever refits the model.
5. A ward whose count could be a small one is not said to be high on it, by its class or its band: only its neighbours
   would say so.
6. A ward whose outline changed is told nothing of quarters that were told on its old outline (`disclosure/telling.py`,
   `ground.py`).

Risks in bands: {coarse}. On the analyst's map: {narrow}. Probabilities in words: {words}.

## What is provided

What is provided where ([the file](provision.md)) is no record and no count: counts are told neither more nor less finely because
of it. But it is put beside flags, so it follows them:

- Flagged and nothing known to be provided, flagged with something, and the other way round, are worked out from the flags **as
  that audience has them**, and for the wards of the person's districts alone.
- The public gets none of it, not even how many: where something is provided hints at where the partnership was worried.
- Cost and funder can be a matter between the partnership and a supplier: councillors' papers leave them out. The evidence for a
  bid leaves the partnership, so it tells them only where `[disclosure] provision_cost_in_bids = true`.
- Names of champions are not kept at all.

## What it costs

The model knows less, so that an inspector sees fewer flags than the analyst, and now and then one that the analyst does not:
[what that does to the promise](disclosure-cost.md). A partnership that finds this too coarse can lower `suppress_up_to`, or let
windows end less often (`window_step`), which leaves finer ranges; both are its own decision.

## What it does not do

- It protects counts by ward, measure and quarter or longer. It knows nothing of what a reader knows besides: whoever made two of
  a ward's three referrals knows more than any table can hide.
- What was told once stays as it was told, also where records were corrected since: an inspector sees a correction only where it
  leaves all that was told before true. The analyst sees it at once. Screens and files of a window that was first shown from
  another snapshot say so, whether anything was corrected or not.
- A load that was wrong as a whole can be taken back: `python cli.py withdraw --settings S --snapshot ID --reason wrong-file`. Its
  snapshot goes, and nothing is held to any more that was shown of it or since. Whoever kept that can compare it with what is
  shown from now on: the partnership weighs this, and the audit trail has it.
- After a change of wards, totals and areas of wards are not told in windows that hold quarters told on the old outlines, and
  wards that changed have no count there: a public file of three years can miss its areas for up to three years.
- What was told is written down beside the snapshots (`.told`, `disclosure/told_book.py`) and outlives them. Backups hold it.
  Whoever loses that folder, or keeps the same data in two stores, tells twice without knowing.
- The analyst holds the files.
"""

if __name__ == "__main__":
    PAGE.write_text(page(Disclosure()), encoding="utf-8")
