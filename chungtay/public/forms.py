"""What the public types. Both forms are read from the address (GET): nothing is written, no cookie is set."""

import re
import unicodedata

from django import forms

from chungtay.nominations.actions import OFFICE_SERIES
from chungtay.records.forms import TOO_LONG
from chungtay.records.names import clean

LOOSE_CODE = re.compile(rf"(?:{OFFICE_SERIES})?(20\d\d)(\d{{1,6}})", re.ASCII)
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng, as combining marks


def dossier_code(text: str) -> str:
    """The code that is meant: "hs2020 12" and "HS–2020–0012" are HS-2020-0012. Anything else comes back in capitals."""
    typed = clean(unicodedata.normalize("NFKC", text)).upper()
    found = LOOSE_CODE.fullmatch(re.sub(r"[\W_]+", "", typed))
    return f"{OFFICE_SERIES}-{found[1]}-{int(found[2]):04d}" if found else typed


def spelling(name: str) -> str:
    """`name` for comparing: case, spaces and the two ways of placing a tone (hoà, hòa) do not count; accents do."""
    return " ".join(_syllable(word) for word in clean(name).casefold().split())


def _syllable(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in TONES)
    return "".join(letter for letter in letters if letter not in TONES) + tones


class DossierForm(forms.Form):
    """Tra cứu hồ sơ: the code on the receipt, however it was typed."""

    ma = forms.CharField(
        label="Mã hồ sơ",
        max_length=40,
        help_text="Mã in trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
        error_messages={"required": "Gõ mã hồ sơ, ví dụ HS-2020-0012.", "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_ma(self) -> str:
        """The code in its official form."""
        return dossier_code(self.cleaned_data["ma"])


class NameForm(forms.Form):
    """Đối chiếu tên: the name on a certificate, typed by who holds it."""

    ten = forms.CharField(
        label="Tên ghi trên bằng",
        max_length=250,
        help_text="Gõ đủ dấu, đúng như in trên bằng. Chữ hoa hay chữ thường đều được.",
        error_messages={"required": "Gõ tên ghi trên bằng.", "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
