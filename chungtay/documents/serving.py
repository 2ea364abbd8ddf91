"""Handing a file out. The room that calls has already asked who may have it."""

from django.http import FileResponse

from chungtay.documents import vault
from chungtay.documents.models import StoredFile
from chungtay.documents.storing import files_root


def attachment(stored: StoredFile, name: str) -> FileResponse:
    """The bytes as a download that no browser runs: its own type, no sniffing, no frame."""
    opened = vault.open_stored(stored.sha256, files_root(), size=stored.size)
    filename = name if name.lower().endswith(f".{stored.extension}") else f"{name}.{stored.extension}"
    response = FileResponse(opened, as_attachment=True, filename=filename, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
