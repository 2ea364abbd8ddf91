"""Dấu xác thực: the signature behind a certificate's QR code (Ed25519).

What is signed are canonical bytes: the UTF-8 text of these six lines, each ended by one line feed, nothing else.

    chungtay-certificate-v1
    <token>                  22 characters of base64url, 128 random bits
    <number>                 of the decision, NFC, spaces trimmed and single
    <issued_on>              ISO 8601 date of the decision
    <title>                  of the award, NFC, spaces trimmed and single
    <name_hash>              hex SHA-256 of the token, a line feed and the name (NFC, single spaces)

So anybody with the public key can check a certificate offline, and the page behind the address need not hold the name:
`name_hash` is salted with the token, which only the holder of the certificate has.

The same key signs other things too, each under a form of its own: the form's name and a line feed stand before the
content, so that a signature made for one thing never verifies as another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import unicodedata
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORM = "chungtay-certificate-v1"
TOKEN_BYTES = 16
KEY_BYTES = 32


def new_token() -> str:
    """128 random bits as 22 characters of base64url: a certificate's address cannot be guessed."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def name_hash(token: str, name: str) -> str:
    """Salted hex SHA-256 of the awarded name."""
    return hashlib.sha256(f"{token}\n{_clean(name)}".encode()).hexdigest()


def canonical(token: str, number: str, issued_on: date, title: str, hashed_name: str) -> bytes:
    """The bytes that are signed; the module's docstring defines them."""
    lines = (FORM, token, _clean(number), issued_on.isoformat(), _clean(title), hashed_name)
    return "".join(f"{line}\n" for line in lines).encode()


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


class Verifier:
    """Người kiểm: checks seals with the public key alone."""

    def __init__(self, public_key: Ed25519PublicKey) -> None:
        self._public = public_key

    @classmethod
    def from_hex(cls, public_key_hex: str) -> Verifier:
        """From 64 hex digits. Raises ValueError for anything else."""
        return cls(Ed25519PublicKey.from_public_bytes(_key_bytes(public_key_hex)))

    def verify(self, token: str, number: str, issued_on: date, title: str, hashed_name: str, signature: str) -> bool:
        """True if `signature` (base64url) seals exactly these values. Never raises for a malformed signature.

        The comparison is Ed25519's own: it takes no branch on secret data.
        """
        try:
            raw = _from_base64url(signature)
            self._public.verify(raw, canonical(token, number, issued_on, title, hashed_name))
        except (InvalidSignature, ValueError):
            return False
        return True

    def verify_bytes(self, form: str, content: bytes, signature: str) -> bool:
        """True if `signature` (base64url) signs exactly `content` under `form`. Never raises for a malformed one."""
        try:
            self._public.verify(_from_base64url(signature), _under(form, content))
        except (InvalidSignature, ValueError):
            return False
        return True


class Sealer(Verifier):
    """Người đóng dấu: holds the private key of the province."""

    def __init__(self, key_hex: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(_key_bytes(key_hex))
        super().__init__(self._private.public_key())

    @property
    def public_key_hex(self) -> str:
        """64 hex digits to publish, so that anybody can verify."""
        return self._public.public_bytes_raw().hex()

    def seal(self, token: str, number: str, issued_on: date, title: str, hashed_name: str) -> str:
        """The signature as 86 characters of base64url. The same values always give the same signature."""
        return _to_base64url(self._private.sign(canonical(token, number, issued_on, title, hashed_name)))

    def sign_bytes(self, form: str, content: bytes) -> str:
        """Sign `content` under `form`, as 86 characters of base64url. ValueError for the form of certificates."""
        return _to_base64url(self._private.sign(_under(form, content)))


def address(base: str, token: str, signature: str) -> str:
    """The address in the QR code: `<base>/<token>/<signature>`."""
    return f"{base.rstrip('/')}/{token}/{signature}"


def new_key() -> str:
    """A new private key, 64 hex digits."""
    return secrets.token_hex(KEY_BYTES)


def load_or_make_key(path: Path) -> str:
    """The private key in the file `path`, made there with mode 0600 if there is none.

    Two processes that start together agree on one key. Raises PermissionError if others may read the file, ValueError
    if it holds no key: a damaged key is never replaced silently, for then no printed certificate would verify.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} can be read by others: chmod 600")
    key = path.read_text("ascii").strip()
    _key_bytes(key)
    return key


def _make(path: Path) -> None:
    """Write a key beside `path` and link it into place: the first one wins, a crash leaves no half key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(new_key() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()


def _key_bytes(text: str) -> bytes:
    try:
        raw = bytes.fromhex(text)
    except ValueError as error:
        raise ValueError("a key is 64 hex digits") from error
    if len(raw) != KEY_BYTES or len(text) != 2 * KEY_BYTES:
        raise ValueError("a key is 64 hex digits")
    return raw


def _under(form: str, content: bytes) -> bytes:
    if form == FORM or not form.isascii() or not form.isprintable() or not form:
        raise ValueError("a form of its own: printable ASCII on one line, and not that of certificates")
    return form.encode() + b"\n" + content


def _to_base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _from_base64url(text: str) -> bytes:
    """Strict: one text for one signature, so that no second spelling of an address verifies."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error
    if _to_base64url(raw) != text:
        raise ValueError("not canonical base64url")
    return raw
