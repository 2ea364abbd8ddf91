"""The province's signing key: from the environment in production, from a file that only we may read elsewhere."""

from functools import lru_cache

from django.conf import settings

from chungtay.documents.sealing import Sealer, load_or_make_key


@lru_cache(maxsize=1)
def sealer() -> Sealer:
    """Who signs certificates and checkpoints. Raises when the key file is damaged or readable by others."""
    return Sealer(settings.SIGNING_KEY or load_or_make_key(settings.DATA_DIR / "signing.key"))
