"""The base of forms whose act may be refused: each reason is shown at its field, and nothing typed is lost."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django import forms

from chungtay.law.refusals import Conflict, Reason, Refused

TOO_LONG = "Tối đa %(limit_value)d chữ, đang có %(show_value)d."
"""Said by every field of words that has a longest length."""
PLAIN = forms.Field.default_error_messages["required"]
CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


class BlamedForm(forms.Form):
    """Knows how to show a refusal at its fields."""

    def full_clean(self) -> None:
        """As everywhere, but what was left empty is asked for in plain words, unless its field has words of its own."""
        for field in self.fields.values():
            if field.error_messages["required"] is PLAIN:
                field.error_messages["required"] = _asked(field)
            field.error_messages.setdefault("max_length", TOO_LONG)
        super().full_clean()

    def field_for(self, name: str) -> str | None:
        """The form's field that a reason's field stands behind; None for a reason that stands above the form.

        What is wrong with a file stands at the field that took it, whatever its name.
        """
        if name == "file" and name not in self.fields:
            return next((one for one, field in self.fields.items() if isinstance(field, forms.FileField)), None)
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


def _asked(field: forms.Field) -> str:
    """What is said of a field that has to be told and was left empty."""
    if isinstance(field, forms.FileField):
        return "Hãy chọn tệp."
    return "Hãy chọn một mục." if isinstance(field.widget, CHOSEN) else "Cần ghi mục này."
