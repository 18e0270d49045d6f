"""Documents as files: what each kind is called."""

NAMES = {"pdf": "PDF", "docx": "Word", "zip": "ZIP"}
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
