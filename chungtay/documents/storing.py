"""Keeping bytes: the vault's place, and the row that says what stands in it."""

from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from chungtay.documents import inspection, vault
from chungtay.documents.models import StoredFile


def files_root() -> Path:
    """Where the vault stands."""
    return Path(settings.FILES_DIR)


def keep_upload(upload: UploadedFile) -> StoredFile:
    """Look at what was handed in, clean it, keep it. The bytes are safe on disk before the row is written (D11).

    Raises `Refused` with what is wrong with the file.
    """
    inspected = inspection.inspect(upload.read(), upload.name or "")
    return keep_bytes(inspected.cleaned, media_type=inspected.media_type, extension=inspected.extension)


def keep_bytes(content: bytes, *, media_type: str, extension: str) -> StoredFile:
    """Keep bytes; the same bytes are kept once."""
    stored = vault.store_bytes(content, files_root())
    row, _ = StoredFile.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "media_type": media_type, "extension": extension}
    )
    return row
