"""What a question leaves in the audit trail: its choices, so that what was seen can be asked again."""

from disclosure.permitted import Question


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
