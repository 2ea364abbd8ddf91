"""The cast of these tests."""

from tests.parties.cast import cast

__all__ = ["cast"]
