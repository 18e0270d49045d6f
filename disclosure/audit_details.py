"""What a question leaves in the audit trail: its choices, so that what was seen can be asked again."""

from collections.abc import Sequence

from disclosure.permitted import Question

_MOST_LETTERS = 190
"""Of codes in one entry: what is longer is cut."""


def question_details(question: Question) -> dict[str, str]:
    """Give the choices of a question for an entry."""
    return {
        "window_to": question.last_quarter or "the newest quarter",
        "quarters": str(question.quarters),
        "threshold": f"{question.threshold:g}",
        "denominator": question.denominator,
        "concerns": "; ".join(question.concerns),
        "sectors": "; ".join(question.sectors),
        "strands": "; ".join(question.strands),
    }


def ward_details(codes: Sequence[str]) -> list[dict[str, str]]:
    """Give the wards of something that was made of several, for as many entries as it takes to name them all; at least one."""
    lines = [""]
    for code in codes:
        line = f"{lines[-1]}; {code}" if lines[-1] else code
        if len(line) > _MOST_LETTERS and lines[-1]:
            lines.append(code)
        else:
            lines[-1] = line
    return [{"ward": line} if line else {} for line in lines]
