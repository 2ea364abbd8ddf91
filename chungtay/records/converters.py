"""Row numbers in addresses: short enough for every database, so that a silly number is simply not found."""

from django.urls import register_converter


class RowNumber:
    """Digits of a 64-bit key."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Make `<row:pk>` known; called once when the app is ready."""
    register_converter(RowNumber, "row")
