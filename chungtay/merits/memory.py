"""Many long-lived rows at once: the collector of cycles would walk over all of them again and again, and find none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1000


@contextmanager
def uncollected(many: int) -> Iterator[None]:
    """While so many parties are worked on, cycles wait; reference counts free everything else as always."""
    if many < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
