"""The documents of a briefing as files: what each kind is called."""

NAMES = {"pdf": "PDF", "docx": "Word"}
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
