# tables and made-up files: one a line reads better than one over five
"""Excel workbooks that swell, lie, or hold what no spreadsheet would have written."""

import zipfile

from tests.area_files import INCIDENTS, POPULATION, REFERRALS
from tests.hostile.archives import (
    MAIN,
    claiming,
    link,
    made_of,
    overlapping,
    sheet_of,
    text_cell,
    text_rows,
    workbook,
    zipped,
)
from tests.hostile.cases import READ, REFUSED, Corpus, Trial
from tests.hostile.corpus_text import ENDINGS, ROLES, put

corpus = Corpus()
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WEB_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>'


def put_book(trial: Trial, role: str, content: bytes) -> None:
    put(trial, role, content, suffix=".xlsx")


def rows_and(role: str, extra: str) -> str:
    return text_rows(ENDINGS[role]) + extra


WHOLE = ("a date of the year 1e300", "a date before all dates", "cells that refer to themselves")

for role in ROLES:
    for what, extra in {
        "a row numbered two thousand million": '<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>',
        "a cell in the last column there is": '<row><c r="XFD99"><v>1</v></c></row>',
        "a cell in a column that cannot be": '<row><c r="ZZZZZZ99"><v>1</v></c></row>',
        "a number of 5,000 digits": f"<row><c><v>{'9' * 5000}</v></c></row>",
        "a number that is no number": '<row><c t="n"><v>abc</v></c></row>',
        "a date of the year 1e300": '<row><c s="1"><v>1e300</v></c></row>',
        "a date before all dates": '<row><c s="1"><v>-99999999</v></c></row>',
        "a shared string that is not there": '<row><c t="s"><v>999999</v></c></row>',
        "a cell of 40,000 characters": f"<row>{text_cell('x' * 40_000)}</row>",
        "an XML that ends in the middle": "<row><c><v>1",
        "cells that refer to themselves": '<row><c r="A1"><f>A1</f></c></row>',
    }.items():
        read = what in WHOLE or (what == "a cell in the last column there is" and role != "referrals")

        @corpus.case("workbooks", role, what, READ if read else REFUSED)
        def _(trial: Trial, role: str = role, extra: str = extra) -> None:
            if "2000000000" in extra:
                trial.settings += "\n[limits]\nrows = 50_000\n"
            put_book(trial, role, workbook(sheet_of(rows_and(role, extra))))

    @corpus.case("XML attacks", role, "a billion laughs in the sheet", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        put_book(trial, role, workbook(sheet_of(rows_and(role, f"<row>{text_cell('&j;')}</row>"), before=LAUGHS)))

    @corpus.case("XML attacks", role, "a billion laughs in the shared strings", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        strings = f'<?xml version="1.0"?>{LAUGHS}<sst {MAIN}><si><t>&j;</t></si></sst>'
        put_book(trial, role, workbook(sheet_of(rows_and(role, '<row><c t="s"><v>0</v></c></row>')), strings=strings))

    @corpus.case("XML attacks", role, "a file of this machine as an entity", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        put_book(trial, role, workbook(sheet_of(rows_and(role, f"<row>{text_cell('&a;')}</row>"), before=FILE_ENTITY)))

    @corpus.case("XML attacks", role, "an address on the web as an entity", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        put_book(trial, role, workbook(sheet_of(rows_and(role, f"<row>{text_cell('&a;')}</row>"), before=WEB_ENTITY)))

    @corpus.case("zip bombs", role, "a sheet of 300 MB of blanks", REFUSED, says="unpacked")
    def _(trial: Trial, role: str = role) -> None:
        put_book(trial, role, BOMBS["sheet"])

    @corpus.case("zip bombs", role, "a directory that claims four gigabytes", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        put_book(trial, role, claiming(workbook(sheet_of(rows_and(role, ""))), size=0xFFFFFFF0))

    @corpus.case("truncated and torn", role, "a workbook cut in half", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        whole = workbook(sheet_of(rows_and(role, "")))
        put_book(trial, role, whole[: len(whole) // 2])

    @corpus.case("truncated and torn", role, "a workbook with flipped bytes", REFUSED)
    def _(trial: Trial, role: str = role) -> None:
        whole = bytearray(workbook(sheet_of(rows_and(role, ""))))
        place = whole.find(b"xl/worksheets/sheet1.xml") + 60
        whole[place : place + 40] = bytes(40)
        put_book(trial, role, bytes(whole))


class _Bombs(dict[str, bytes]):
    """Made when first wanted: they take a second."""

    def __missing__(self, key: str) -> bytes:
        if key == "sheet":
            self[key] = workbook(sheet_of(" " * (300 * 10**6)))
        else:
            self[key] = f"<sst {MAIN}>".encode() + b"<si><t>aaaaaaaaaa</t></si>" * (300 * 2**20 // 26) + b"</sst>"
        return self[key]


BOMBS = _Bombs()


@corpus.case("zip bombs", "referrals", "shared strings of 300 MB", REFUSED, says="unpacked")
def _(trial: Trial) -> None:
    put_book(trial, "referrals", workbook(sheet_of(rows_and("referrals", "")), strings=BOMBS["strings"]))


@corpus.case("zip bombs", "referrals", "many entries that share one body", REFUSED)
def _(trial: Trial) -> None:
    put_book(trial, "referrals", overlapping("xl/workbook.xml", bytes(2**20), times=2000, suffix=".xml"))


@corpus.case("zip bombs", "referrals", "a workbook in a workbook in a workbook", REFUSED)
def _(trial: Trial) -> None:
    inner = workbook(sheet_of(text_rows(REFERRALS)))
    for _ in range(5):
        inner = zipped({"xl/workbook.xlsx": inner})
    put_book(trial, "referrals", inner)


@corpus.case("zip bombs", "referrals", "100,000 empty parts", REFUSED)
def _(trial: Trial) -> None:
    put_book(trial, "referrals", workbook(sheet_of(text_rows(REFERRALS)), more={f"x/{n}": b"" for n in range(100_000)}))


@corpus.case("path tricks", "referrals", "parts that climb out of the workbook", REFUSED)
def _(trial: Trial) -> None:
    more = {"../../../../tmp/hostile-slip": b"x", "/etc/hostile-slip": b"x", "..\\..\\hostile-slip": b"x"}
    put_book(trial, "referrals", workbook(sheet_of(text_rows(REFERRALS)), more=more))


@corpus.case("path tricks", "population", "a part that is a symbolic link", REFUSED)
def _(trial: Trial) -> None:
    put_book(trial, "population", made_of([link("xl/workbook.xml", "/etc/passwd")]))


@corpus.case("path tricks", "population", "a sheet whose part lies outside", REFUSED)
def _(trial: Trial) -> None:
    whole = workbook(sheet_of(text_rows(POPULATION)))
    with zipfile.ZipFile(trial.file("before.zip", whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    related = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../../../../../../etc/passwd")
    put_book(trial, "population", zipped(parts | {"xl/_rels/workbook.xml.rels": related}))


@corpus.case("workbooks", "incidents", "5,000 sheets", REFUSED, says="more than 200 sheets")
def _(trial: Trial) -> None:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 5001))
    put_book(trial, "incidents", workbook(sheet_of(text_rows(INCIDENTS)), sheets=sheets))


@corpus.case("workbooks", "incidents", "a sheet called by control characters and a link", REFUSED, says="Name one")
def _(trial: Trial) -> None:
    sheets = '<sheet name="&#x202e;![x](http://evil.example)" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId1"/>'
    put_book(trial, "incidents", workbook(sheet_of(text_rows(INCIDENTS)), sheets=sheets))


@corpus.case("workbooks", "incidents", "no sheet at all", REFUSED)
def _(trial: Trial) -> None:
    put_book(trial, "incidents", workbook(sheet_of(text_rows(INCIDENTS)), sheets=""))


@corpus.case("workbooks", "referrals", "macros", READ)
def _(trial: Trial) -> None:
    content = workbook(sheet_of(text_rows(REFERRALS)), more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(512)})
    put(trial, "referrals", content, suffix=".xlsm")


@corpus.case("workbooks", "referrals", "links to other workbooks", READ)
def _(trial: Trial) -> None:
    external = b'<externalLink><externalBook r:id="rId1"/></externalLink>'
    put_book(
        trial,
        "referrals",
        workbook(sheet_of(text_rows(REFERRALS)), more={"xl/externalLinks/externalLink1.xml": external}),
    )


@corpus.case("wrong kinds", "population", "an old or protected workbook called .xlsx", REFUSED, says="password")
def _(trial: Trial) -> None:
    put_book(trial, "population", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048))


@corpus.case("wrong kinds", "population", "a Word document called .xlsx", REFUSED)
def _(trial: Trial) -> None:
    put_book(trial, "population", zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}))


@corpus.case("wrong kinds", "population", "a PDF and a workbook in one", READ)
def _(trial: Trial) -> None:
    put_book(trial, "population", b"%PDF-1.7\n%%EOF\n" + workbook(sheet_of(text_rows(POPULATION))))
