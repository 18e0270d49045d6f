"""What the Word documents of briefings and of other papers have in common: filling a template, pictures with text, the file."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from docx.document import Document as Paper
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.xmlchemy import BaseOxmlElement
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from briefing.same_zip import without_times
from data.errors import UsageError


def fill_template(
    read: Callable[[], DocxTemplate], context: Callable[[DocxTemplate], Mapping[str, Any]], *, name: str
) -> Paper:
    """Fill a template in.

    Parameters
    ----------
    read
        Opens it.
    context
        What it may ask for, by name.
    name
        What the template is called, for the message.

    Raises
    ------
    UsageError
        If it cannot be read, or asks for something that there is not.
    """
    try:
        document = read()
        # A template is the partnership's own, but it may have come by mail: it computes nothing.
        rules = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        document.render(dict(context(document)), jinja_env=rules, autoescape=True)
    except (
        TemplateError,
        PackageNotFoundError,
        SyntaxError,
        OSError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
    ) as error:
        raise UsageError(
            f"The Word template {name} cannot be filled in ({type(error).__name__}). Start again from the one that "
            "comes with the program, and change its styles only."
        ) from error
    paper: Paper = document.docx
    return paper


def describe_picture(drawn: BaseOxmlElement, alt: str) -> None:
    """Give a picture its text equivalent, and no room around it."""
    for side in ("distT", "distB", "distL", "distR"):
        drawn.set(side, "0")
    for named in drawn.xpath(".//wp:docPr | .//pic:cNvPr"):
        named.set("descr", alt)


def describe_paper(paper: Paper, *, title: str, subject: str, keywords: str, author: str, day: date) -> None:
    """Give a document its properties, with the day of the paper as its dates."""
    properties = paper.core_properties
    properties.title, properties.subject, properties.keywords = title, subject, keywords
    properties.author, properties.last_modified_by = author, ""
    properties.language, properties.revision = "en-GB", 1
    properties.created = properties.modified = datetime.combine(day, time(), tzinfo=UTC)


def packed(paper: Paper) -> bytes:
    """Write a document: the same bytes for the same document."""
    file = io.BytesIO()
    paper.save(file)
    return without_times(file.getvalue())
