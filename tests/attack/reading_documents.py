"""What a document holds for whoever takes it apart: every text in it, by its place, and every number that could be a count."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

Texts = dict[str, str]
"""Text by the place where it stands."""

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NO_COUNT = re.compile(
    rf"""
    \b(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}\b             # a day or a month
    | \b\d{{4}}/\d{{2}}(?:\sQ[1-4])?                  # a year to March, a quarter
    | \bD:\d{{14}}Z? | \b\d{{4}}-\d\d-\d\dT[\d:]+Z?   # a time in metadata
    | \b[A-Z]{{1,3}}\d{{5,}}\b                       # codes
    | (?:(?<!\S)\d\s)?\bWard\s\d{{3}}\b              # names of the made-up wards, with a number of the key of a map
    | \b[0-9a-f]{{12}}\b | \b\d{{4}}-\d\d-q[1-4]-[0-9a-f]{{12}}\b
    | \bWards\sof\s\d{{4}} | \b\d+(?:\.\d+)+          # a vintage; decimals and versions
    | \bversion\s\d+ | \b\d+\sof\s\d+\b               # of the draft; pages
    | \bscale\sof\s7\swords
    | \b\d+\s(?:k?m)\b | \b\d+\s(?:other\s)?wards?\b  # the scale of a map; wards, which any map shows
    | \b\d+\s(?:is|are)\slikely\sto\sbe\swrong\b       # of the wards that are named
    | \b\d+\s(?:months|years)\sold\b                  # the figures
    | \b\d+\sdecisions?\b                            # of the group
    """,
    re.VERBOSE,
)
"""What everybody knows to be no count of events, as papers about the wards of `worlds` say it."""
_KEYED = re.compile(r"(?<!\S)(\d)\sWard\s\d{3}\b")
_WHOLE = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w])|(?<![\w.,])\d+(?!\w)")
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_IN_WORDS = {word: value for value, word in enumerate(_NUMBERS.split())}
_EVENTS = "(?:referrals?|incidents?|records?|crimes?)"
_SAID = re.compile(rf"\b({'|'.join(_IN_WORDS)})\s(?:\w+\s)?{_EVENTS}\b", re.IGNORECASE)
_OF_A_PICTURE = re.compile(r"\bimage\d+\.\w+$")
_OF_ANY_PICTURE = ("dpi", "gamma", "srgb", "jfif", "jfif_version", "jfif_unit", "jfif_density")
_OF_A_STANDARD = (
    "{http://www.aiim.org/",
    "{http://ns.adobe.com/xap/1.0/mm/}",
    "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}instanceID",
    "{http://ns.adobe.com/xap/1.0/t/pg/}NPages",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}revision",
)
"""Begins the names of what metadata say of the standard that a document keeps, of a hash of the whole, and of its pages."""


def could_be_counts(text: str) -> set[int]:
    """Give every whole number in a text that may be a count of events, in digits or in words.

    A number that the key of a map explains may stand once more: on that map.
    """
    plain = re.sub(r"\s+", " ", text)
    left = _NO_COUNT.sub(" ", plain)
    for keyed in set(_KEYED.findall(plain)):
        left = re.sub(rf"(?<!\S){keyed}(?!\S)", " ", left, count=1)
    digits = {int(found[0].replace(",", "")) for found in _WHOLE.finditer(left)}
    return digits | {_IN_WORDS[found[1].lower()] for found in _SAID.finditer(left)}


def texts_of(content: bytes, *, besides: bytes = b"") -> Texts:
    """Take a PDF, a Word document or any other ZIP file, a picture or a text apart.

    Parameters
    ----------
    besides
        The template of a Word document, of which the attacker has a copy: what is the same in it is passed over.

    Raises
    ------
    ValueError
        If there is something in it of a kind that is not known: the attacker has to be told how to read it.
    """
    if content.startswith(b"%PDF"):
        return dict(_of_pdf(content))
    if content.startswith(b"PK"):
        return dict(_of_zip(content, known=_parts(besides) if besides else {}))
    if content.startswith((b"\x89PNG", b"\xff\xd8")):
        said = Image.open(io.BytesIO(content)).info
        return {"picture": "\n".join(f"{key}: {value}" for key, value in said.items() if key not in _OF_ANY_PICTURE)}
    if content.lstrip().startswith(b"<"):
        return {"XML": "\n".join(_of_xml(content))}
    return {"text": content.decode("utf-8")}


def _of_pdf(content: bytes) -> Iterator[tuple[str, str]]:
    """Pages, and every text in any object: metadata, bookmarks, text equivalents, notes, fields, names."""
    reader = PdfReader(io.BytesIO(content))
    for number, page in enumerate(reader.pages, start=1):
        yield f"page {number}", page.extract_text()
    for name, files in reader.attachments.items():
        yield f"attachment {name}", name
        for place, text in (pair for one in files for pair in texts_of(one).items()):
            yield f"attachment {name}: {place}", text
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(number)
        yield f"object {number}", "\n".join(_strings(found))
        if isinstance(found, StreamObject) and found.get("/Type") == "/Metadata":
            yield f"object {number}: metadata", "\n".join(_of_xml(found.get_data()))


def _strings(found: object) -> Iterator[str]:
    """Texts in an object, but for those in the objects it points to, whose turn comes."""
    if isinstance(found, TextStringObject | str) and not str(found).startswith("/"):
        yield str(found)
    if isinstance(found, ByteStringObject):
        yield found.decode("latin-1")
    if isinstance(found, DictionaryObject):
        for key, value in found.raw_items() if hasattr(found, "raw_items") else dict.items(found):
            if key != "/ID":
                yield from _strings(value)
    if isinstance(found, ArrayObject):
        for value in list.__iter__(found):
            yield from _strings(value)


def _of_zip(content: bytes, *, known: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        yield "comment", packed.comment.decode("latin-1")
        for part in packed.infolist():
            if part.filename not in known:
                yield f"name of {part.filename}", _OF_A_PICTURE.sub("", part.filename)
            yield f"beside {part.filename}", f"{part.comment.decode('latin-1')} {part.extra.decode('latin-1')}"
    for name, inside in _parts(content).items():
        if known.get(name) != inside:
            for place, text in texts_of(inside).items():
                yield f"{name}: {place}", text


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _of_xml(content: bytes) -> Iterator[str]:
    """Texts that stand in paragraphs and elements of their own, and those of pictures for whoever cannot see them."""
    for one in ElementTree.fromstring(content).iter():
        if one.tag.startswith(_OF_A_STANDARD):
            continue
        for shown in ("descr", "title", "alt"):
            yield one.get(shown, "")
        if one.tag.endswith("}p"):
            yield "".join(one.itertext())
        elif not one.tag.endswith(("}t", "}r")):
            yield one.text or ""
