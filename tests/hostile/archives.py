# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Archives and workbooks that tell lies about themselves."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from html import escape
from pathlib import Path

Entries = Mapping[str, bytes]


def zipped(entries: Entries, *, store: bool = False) -> bytes:
    """An honest archive."""
    return made_of([(zipfile.ZipInfo(name), content) for name, content in entries.items()], store=store)


def made_of(entries: list[tuple[zipfile.ZipInfo, bytes]], *, store: bool = False) -> bytes:
    """An archive of entries as they are described."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for described, content in entries:
            described.compress_type = zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED
            archive.writestr(described, content, compresslevel=9)
    return whole.getvalue()


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    """A symbolic link as an entry."""
    described = zipfile.ZipInfo(name)
    described.create_system, described.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return described, target.encode()


def claiming(archive: bytes, *, size: int) -> bytes:
    """The same archive, whose directory says that every entry is `size` bytes long when it is unpacked."""
    changed = bytearray(archive)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at : place + at + 4] = struct.pack("<I", size)
            place = changed.find(mark, place + 4)
    return bytes(changed)


def overlapping(name: str, content: bytes, *, times: int, suffix: str) -> bytes:
    """One compressed body that many entries of the directory lay claim to (Fifield 2019, `A better zip bomb`)."""
    body = _raw_deflate(content)
    said = (20, 0, 8, 0, 0, zlib.crc32(content), len(body), len(content))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *said, len(name), 0) + name.encode() + body
    directory = b""
    for number in range(times):
        other = (name if number == 0 else f"{number}{suffix}").encode()
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *said, len(other), 0, 0, 0, 0, 0, 0) + other
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, times, times, len(directory), len(local), 0)
    return local + directory + end


def _raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(
    sheet: str | bytes,
    *,
    strings: str | bytes = f"<sst {MAIN}/>",
    sheets: str = '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>',
    more: Entries | None = None,
) -> bytes:
    """A workbook part by part: `sheet` and `strings` are whole XML documents."""
    related = f'<Relationships xmlns="{_PACKAGE}">'
    styles = (
        f"<styleSheet {MAIN}><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'{related}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{related}<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet,
    }
    whole = {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}
    return zipped({**whole, **(more or {})})


def sheet_of(rows: str, *, before: str = "") -> str:
    """A sheet of rows that are XML already."""
    return f'<?xml version="1.0"?>{before}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>'


def text_rows(rows: list[str]) -> str:
    """Rows of inline text, from lines of a CSV."""
    return "".join(f"<row>{''.join(text_cell(escape(cell)) for cell in row.split(','))}</row>" for row in rows)


def text_cell(text: str) -> str:
    """One cell of inline text, which is taken as XML."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def zip_of(folder: Path, stem: str) -> Entries:
    """The files of a shapefile, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"{stem}.*")) if path.suffix != ".zip"}
