"""The base of forms whose act may be refused: each reason is shown at its field, and nothing typed is lost."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django import forms

from chungtay.law.refusals import Conflict, Reason, Refused


class BlamedForm(forms.Form):
    """Knows how to show a refusal at its fields."""

    def field_for(self, name: str) -> str | None:
        """The form's field that a reason's field stands behind; None for a reason that stands above the form."""
        return name if name in self.fields else None

    def blame(self, reasons: Iterable[Reason]) -> None:
        """Put each reason at its field, the others above the form."""
        for reason in reasons:
            self.add_error(self.field_for(reason.field), str(reason))

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """An act in this block may be refused: its reasons come to stand in the form, and what follows draws it again.

        A conflict with somebody else's act goes on: it has a page of its own.
        """
        try:
            yield
        except Conflict:
            raise
        except Refused as refused:
            self.blame(refused.reasons)
