# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Delimited text that was never meant to be read: encodings, cells, counts, dates, quarters, headings."""

import codecs
import gzip
from collections.abc import Sequence

from tests.area_files import CODES, INCIDENTS, POPULATION, QUARTERS, REFERRALS, middle
from tests.hostile.cases import READ, REFUSED, SECRET, Change, Corpus, Trial

corpus = Corpus()
ENDINGS = {"population": POPULATION, "referrals": REFERRALS, "incidents": INCIDENTS}
ROLES = tuple(ENDINGS)


def put(trial: Trial, role: str, content: bytes | str, *, suffix: str = ".csv") -> None:
    """Make this the trial's file of that role."""
    path = trial.file(f"{role}-hostile{suffix}", content)
    if role == "incidents":
        trial.incidents = [path]
    else:
        setattr(trial, role, path)


def lines(rows: Sequence[str]) -> str:
    return "\n".join(rows) + "\n"


def replacing(role: str, content: bytes | str, *, suffix: str = ".csv") -> Change:
    return lambda trial: put(trial, role, content, suffix=suffix)


def add_rows(role: str, rows: Sequence[str]) -> Change:
    return replacing(role, lines([*ENDINGS[role], *rows]))


def add_row(role: str, row: str) -> Change:
    return replacing(role, lines([*ENDINGS[role], row]))


# ---- encodings ----
for role in ROLES:
    plain = lines(ENDINGS[role])
    corpus.add(
        "encodings", role, "UTF-16 without a byte-order mark", REFUSED, replacing(role, plain.encode("utf-16-le"))
    )
    corpus.add(
        "encodings",
        role,
        "UTF-16 with one, big-endian",
        READ,
        replacing(role, codecs.BOM_UTF16_BE + plain.encode("utf-16-be")),
        says="UTF-16",
    )
    corpus.add("encodings", role, "UTF-32 with its byte-order mark", REFUSED, replacing(role, plain.encode("utf-32")))
    corpus.add("encodings", role, "NUL bytes between the lines", REFUSED, replacing(role, plain.replace("\n", "\0\n")))
    corpus.add("encodings", role, "nothing but NUL bytes", REFUSED, replacing(role, bytes(4096)))
    corpus.add(
        "encodings", role, "an odd byte at the end of UTF-16", REFUSED, replacing(role, plain.encode("utf-16") + b"x")
    )
    corpus.add(
        "encodings",
        role,
        "bytes that are no character of any encoding read",
        REFUSED,
        replacing(role, plain.encode() + b"\x81\x8d\x8f\x90\x9d"),
    )
corpus.add(
    "encodings",
    "population",
    "UTF-7 headings",
    REFUSED,
    replacing("population", lines(POPULATION).replace("residents", "+AHI-esidents")),
)
corpus.add(
    "encodings",
    "incidents",
    "a byte-order mark before each line",
    READ,
    replacing("incidents", "\n".join("\ufeff\ufeff," + row for row in INCIDENTS)),
)
corpus.add(
    "encodings", "referrals", "lone carriage returns for line ends", READ, replacing("referrals", "\r".join(REFERRALS))
)
corpus.add(
    "encodings",
    "referrals",
    "form feeds and line separators for line ends",
    REFUSED,
    replacing("referrals", "\x0c".join(REFERRALS).replace("concern", "\u2028")),
)

# ---- wrong magic numbers and polyglots ----
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
for role in ROLES:
    plain = lines(ENDINGS[role]).encode()
    corpus.add(
        "wrong kinds",
        role,
        "a gzipped CSV called .csv",
        REFUSED,
        replacing(role, gzip.compress(plain)),
        says="compressed",
    )
    corpus.add(
        "wrong kinds", role, "a picture and a CSV in one (GIF)", REFUSED, replacing(role, b"GIF89a=1;\n" + plain)
    )
    corpus.add(
        "wrong kinds",
        role,
        "a CSV called .xlsx",
        REFUSED,
        replacing(role, plain, suffix=".xlsx"),
        says="not an Excel workbook",
    )
    corpus.add(
        "wrong kinds",
        role,
        "a web page called .csv",
        REFUSED,
        replacing(role, "<!DOCTYPE html><html><script>alert(1)</script></html>"),
    )
    corpus.add(
        "wrong kinds",
        role,
        "a web page called .xlsx",
        REFUSED,
        replacing(role, "<html><table><tr><td>1</td></tr></table></html>", suffix=".xlsx"),
    )
corpus.add(
    "wrong kinds",
    "referrals",
    "a PDF and a CSV in one",
    REFUSED,
    replacing("referrals", PDF + lines(REFERRALS).encode()),
    says="PDF",
)
corpus.add(
    "wrong kinds", "referrals", "a program (ELF)", REFUSED, replacing("referrals", b"\x7fELF\x02\x01\x01" + bytes(64))
)
corpus.add(
    "wrong kinds",
    "referrals",
    "a Python pickle called .csv",
    REFUSED,
    replacing("referrals", b"\x80\x04\x95\x1f\x00\x00\x00cos\nsystem\n"),
)
corpus.add(
    "wrong kinds", "referrals", "a pickle called .pkl", REFUSED, replacing("referrals", b"\x80\x04.", suffix=".pkl")
)
corpus.add(
    "wrong kinds",
    "incidents",
    "a shell script called .txt",
    REFUSED,
    replacing("incidents", "#!/bin/sh\nrm -rf .\n", suffix=".txt"),
)

# ---- huge cells, many columns, quotation marks ----
HUGE = 32 * 2**20


@corpus.case("huge tables", "referrals", "a cell of 32 MB", REFUSED, says="characters")
def _(trial: Trial) -> None:
    put(trial, "referrals", lines([*REFERRALS, f"{CODES[0]},2024/25 Q1,{'x' * HUGE},education,1"]))


@corpus.case("huge tables", "incidents", "a quoted cell of 32 MB over a million lines", REFUSED)
def _(trial: Trial) -> None:
    put(
        trial,
        "incidents",
        lines([*INCIDENTS, f'2024-05-01,{middle(0)},"' + "x" * 31 + ("\n" + "x" * 31) * 2**20 + '"']),
    )


@corpus.case("huge tables", "population", "a heading of 32 MB", REFUSED, says="characters")
def _(trial: Trial) -> None:
    put(trial, "population", lines(["x" * HUGE + "," + POPULATION[0], *("," + row for row in POPULATION[1:])]))


for role in ROLES:

    @corpus.case("huge tables", role, "a million columns", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        wide = ENDINGS[role]
        put(trial, role, lines([wide[0] + "," * 10**6, *wide[1:]]))

    @corpus.case("huge tables", role, "5,000 columns", REFUSED, says="columns")
    def _(trial: Trial, role: str = role) -> None:
        wide = ENDINGS[role]
        put(trial, role, lines([wide[0] + "," * 5000, *wide[1:]]))

    @corpus.case("huge tables", role, "a row of a million cells", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        put(trial, role, lines([*ENDINGS[role], ENDINGS[role][1] + ",1" * 10**6]))

    corpus.add(
        "huge tables", role, "ten million bytes without a line end", REFUSED, replacing(role, "a," * (5 * 10**6))
    )
    corpus.add(
        "truncated and torn", role, "the last quotation mark is missing", REFUSED, add_row(role, f'"{SECRET},2,3')
    )
    corpus.add("truncated and torn", role, "headings only", REFUSED, replacing(role, ENDINGS[role][0]))
    corpus.add("truncated and torn", role, "an empty file", REFUSED, replacing(role, ""), says="empty")
    corpus.add("truncated and torn", role, "blanks only", REFUSED, replacing(role, " \n\t\n \r\n" * 1000), says="empty")
corpus.add(
    "huge tables",
    "referrals",
    "a million quotation marks",
    REFUSED,
    replacing("referrals", ENDINGS["referrals"][0] + "\n" + '"' * 10**6 + "x"),
)
corpus.add(
    "huge tables",
    "incidents",
    "200,000 blank lines, then a row",
    READ,
    replacing("incidents", lines([*INCIDENTS, *[""] * 200_000, INCIDENTS[1]])),
    says="200,000  nothing stands in the row",
)


# ---- text made to keep patterns busy ----
for number, text in enumerate(
    (
        "1 " * 16_000,
        "a@" * 16_000,
        "total " * 5_000,
        "'" * 32_000,
        "07" * 15_000,
        "A1 " * 10_000,
        "Mr " * 10_000,
        "- " * 15_000,
    ),
    start=1,
):
    for role, row in (
        ("referrals", f"{CODES[0]},2024/25 Q2,{text},education,1"),
        ("incidents", f"2024-05-01,{middle(0)},{text}"),
    ):
        corpus.add(
            "slow patterns",
            role,
            f"a cell of 30,000 characters that nearly fits, {number}",
            REFUSED,
            add_row(role, row),
        )
    for role, row in (
        ("referrals", f"{CODES[0]},{text},concern,education,1"),
        ("incidents", f"{text},{middle(0)},race"),
    ):
        corpus.add("slow patterns", role, f"such a date or quarter, {number}", REFUSED, add_row(role, row))

# ---- counts ----
BAD_COUNTS = {
    "negative": "-1", "a huge power of ten": "1e300", "beyond all powers of ten": "1e9999", "infinite": "inf", "not a number": "nan",
    "Arabic digits": "\u0663", "full-width digits": "\uff13", "a superscript": "\u00b3", "a Roman numeral sign": "\u2163", "a fraction sign": "\u00bd",
    "true": "TRUE", "hexadecimal": "0x10", "underscores": "1_000", "a decimal comma": "\"1,5\"", "wrong groups of thousands": "\"1,00\"",
    "5,000 digits": "9" * 5000, "a formula": f"=cmd|'/c {SECRET}'!A1", "an error of Excel's": "#REF!", "a bell": "\x07", "minus nought": "-0.5",
}  # fmt: skip
SHORT = {what: text for what, text in BAD_COUNTS.items() if what != "5,000 digits"}
corpus.add(
    "counts",
    "referrals",
    "counts that are none",
    READ,
    add_rows("referrals", [f"{CODES[1]},2024/25 Q2,other,health,{text}" for text in SHORT.values()]),
    says=f"{len(SHORT)}  the number is blank, negative, not whole or no number at all",
    covers=SHORT,
)
corpus.add(
    "counts",
    "referrals",
    "5,000 digits",
    REFUSED,
    add_row("referrals", f"{CODES[1]},2024/25 Q2,other,health,{BAD_COUNTS['5,000 digits']}"),
    says="free text",
)
NO_PEOPLE = ("infinite", "beyond all powers of ten", "5,000 digits", "negative", "Arabic digits")
corpus.add(
    "counts",
    "population",
    "residents that are none",
    READ,
    replacing(
        "population",
        lines(
            [
                *POPULATION[:2],
                *(
                    f"{row.rpartition(',')[0]},{BAD_COUNTS[what]}"
                    for row, what in zip(POPULATION[2:], NO_PEOPLE, strict=True)
                ),
            ]
        ),
    ),
    says="the number of residents is",
    covers=NO_PEOPLE,
)

# ---- dates and quarters ----
BAD_DATES = {
    "year 0": "0000-01-01", "year 9999": "9999-12-31", "year 10000": "10000-01-01", "30 February": "2024-02-30", "month 13": "2024-13-01",
    "seconds since 1970": "1714521600", "a negative year": "-2024-05-01", "Arabic digits": "\u0662\u0660\u0662\u0664-05-01", "24:61 o'clock of 1 May 0001": "0001-05-01 24:61",
    "an Excel day of the year 12000": "3700000", "a leap second of nowhere": "2024-06-31T23:59:60Z",
}  # fmt: skip
corpus.add(
    "dates",
    "incidents",
    "dates that are none",
    READ,
    add_rows("incidents", [f"{text},{middle(0)},race" for text in BAD_DATES.values()]),
    says=f"{len(BAD_DATES)}  no date",
    covers=BAD_DATES,
)
BAD_QUARTERS = {
    "the year 1": "0001/02 Q1", "the year 9998": "9998/99 Q4", "quarter 5": "2024/25 Q5", "two years that do not follow": "2024/29 Q1",
    "quarter 0": "2024/25 Q0", "a date of the year 9999": "9999-01-01",
}  # fmt: skip
corpus.add(
    "dates",
    "referrals",
    "quarters that are none",
    READ,
    add_rows("referrals", [f"{CODES[1]},{text},other,health,1" for text in BAD_QUARTERS.values()]),
    says=f"{len(BAD_QUARTERS)}  no quarter",
    covers=BAD_QUARTERS,
)
corpus.add(
    "dates",
    "referrals",
    "a quarter of 30,000 digits",
    REFUSED,
    add_row("referrals", f"{CODES[1]},{'2' * 30_000}/25 Q1,other,health,1"),
    says="characters",
)

# ---- points ----
BAD_POINTS = {
    "not a number": "nan,nan", "infinite": "inf,-inf", "1e308": "1e308,1e308", "nought": "0,0", "half a point": "450500,", "formulas": "=1+1,@SUM(A1)",
    "9,999 digits": f"{'4' * 9999},{'3' * 9999}", "degrees of the antimeridian": "180.0,-180.0",
}  # fmt: skip
corpus.add(
    "points",
    "incidents",
    "points that are none",
    READ,
    add_rows("incidents", [f"2024-05-01,{text},race" for text in BAD_POINTS.values()]),
    says=f"{len(BAD_POINTS)}  neither a ward nor a place that can be used",
    covers=BAD_POINTS,
)

# ---- headings ----
TRICKS = {
    "a line break in a heading": '"dis\ntrict"', "a heading that is a formula": "=cmd|'/c calc'!A0", "a heading of control characters": "\x1b[31mred\x07", "a heading that turns round": "\u202etcirtsid",
    "a heading of HTML": "<img src=x onerror=alert(1)>", "a heading of 5,000 characters": "x" * 5000, "a heading of 9,000 accents": "e" + "\u0301" * 9_000,
}  # fmt: skip
for what, heading in TRICKS.items():
    corpus.add(
        "headings",
        "referrals",
        what,
        REFUSED,
        replacing("referrals", lines([REFERRALS[0] + "," + heading, *(row + ",1" for row in REFERRALS[1:])])),
    )
    corpus.add(
        "headings",
        "population",
        what + ", where a column is missing",
        REFUSED,
        replacing("population", lines([POPULATION[0].replace("residents", heading), *POPULATION[1:]])),
    )
corpus.add(
    "headings",
    "incidents",
    "headings of columns that are passed over",
    READ,
    replacing(
        "incidents",
        lines([",".join([INCIDENTS[0], *TRICKS.values()]), *(row + ",1" * len(TRICKS) for row in INCIDENTS[1:])]),
    ),
    says="columns not read",
    covers=TRICKS,
)
corpus.add(
    "headings",
    "referrals",
    "every heading twice",
    REFUSED,
    replacing("referrals", lines([f"{row},{row}" for row in REFERRALS])),
    says="stands over columns",
)
corpus.add(
    "headings",
    "incidents",
    "a thousand headings alike",
    REFUSED,
    replacing("incidents", lines([INCIDENTS[0] + ",date" * 1000, *INCIDENTS[1:]])),
)

# ---- text in fields that are shown ----
SHOWN = {
    "HTML and script": "<script>alert(1)</script>", "a picture in Markdown": "![x](http://evil.example/x.png)", "right-to-left override": "race\u202elrig", "control characters": "race\x1b[2J\x07",
    "zero-width characters": "ra\u200bce\u200d\u2060", "homoglyphs": "r\u0430ce", "a formula": "=cmd|' /C calc'!A0", "a full-width formula": "\uff1dcmd", "a template": "{{7*7}}${7*7}", "a format": "%s%n{0.__class__}",
    "SQL": "'; DROP TABLE referrals; --", "a path": "../../../../etc/passwd",
}  # fmt: skip
QUOTED = ['"' + text.replace('"', '""') + '"' for text in SHOWN.values()]
corpus.add(
    "text in fields",
    "incidents category",
    "strands that are more than text",
    READ,
    add_rows("incidents", [f"2024-05-01,{middle(0)},{text}" for text in QUOTED]),
    covers=SHOWN,
)
corpus.add(
    "text in fields",
    "referrals category",
    "kinds of concern that are more than text",
    READ,
    add_rows("referrals", [f"{CODES[0]},{QUARTERS[1]},{text},health,1" for text in QUOTED]),
    covers=SHOWN,
)
