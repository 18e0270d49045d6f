"""Settings of the export of referrals by person that `count-referrals` counts: which of its words may be written."""

from typing import Annotated

from pydantic import Field, field_validator

from data.settings_section import Section
from data.visible_text import visible_text

OTHER = "Other"
"""What every word becomes that is not listed: in an export by person it may be anything, a name as well."""
Word = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[dict[Word, Word], Field(max_length=1_000)]


class ReferralExport(Section):
    """The words of the case-management system that may be written, and as what. Nothing else of an export is."""

    sheet: str | None = None
    """Sheet of an Excel workbook; the only sheet if it has one."""
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1
    """Row that holds the headings, counted from 1 as a spreadsheet shows it."""
    categories: Words = Field(default_factory=dict)
    """Each type of concern as the export writes it, and the category it is counted as."""
    sectors: Words = Field(default_factory=dict)
    """Each source of referral as the export writes it, and the sector it is counted as."""

    @field_validator("categories", "sectors")
    @classmethod
    def _are_told_apart(cls, words: dict[str, str]) -> dict[str, str]:
        tidy = {plain_word(key): tidy_word(word) for key, word in words.items()}
        if len(tidy) < len(words) or not all(tidy) or not all(tidy.values()):
            raise ValueError("each word may stand here once, whatever its capitals, and none may be blank")
        written = {OTHER, *tidy.values()}
        if len({word.casefold() for word in written}) < len(written):
            raise ValueError("one word is written with different capitals on the right; write it in one way")
        if not all(word[0].isalnum() for word in written):
            raise ValueError("a word on the right begins as a formula of a spreadsheet may; begin it with a letter")
        return tidy


def tidy_word(text: str) -> str:
    """Write a word as cells of a table are: no blanks around it, single ones inside."""
    return " ".join(visible_text(text).split())


def plain_word(text: str) -> str:
    """Write a word the one way in which words of an export are compared: without capitals, too."""
    return tidy_word(text).casefold()
