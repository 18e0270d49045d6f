"""What stands in a PDF: its pages, its text, its tags."""

import io

import pypdf


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def said(content: bytes) -> str:
    """All text, with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def structure(content: bytes) -> list[pypdf.generic.DictionaryObject]:
    """All elements of the structure tree, in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(read(content).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found
