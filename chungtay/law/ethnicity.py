"""The peoples of Việt Nam as papers name them, and which household counts as one of an ethnic minority."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

MAJORITY = "Kinh"
OTHER = "Khác"
PEOPLES = (
    MAJORITY, "Tày", "Thái", "Hoa", "Khmer", "Mường", "Nùng", "Mông", "Dao", "Gia-rai", "Ngái", "Ê-đê", "Ba-na",
    "Xơ-đăng", "Sán Chay", "Cơ-ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "Ra-glai", "Xtiêng", "Bru-Vân Kiều", "Thổ",
    "Giáy", "Cơ-tu", "Gié-Triêng", "Mạ", "Khơ-mú", "Co", "Ta-ôi", "Chơ-ro", "Kháng", "Xinh-mun", "Hà Nhì", "Chu-ru",
    "Lào", "La Chí", "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y",
    "Si La", "Pu Péo", "Brâu", "Ơ-đu", "Rơ-măm",
)  # fmt: skip
"""The 54 peoples of the statistics office's list; Khơ-me is written Khmer, as the province does."""
_ALIASES = {
    "viet": MAJORITY, "kho me": "Khmer", "khome": "Khmer", "khơ me": "Khmer", "han": "Hoa", "hoa han": "Hoa",
    "tau": "Hoa", "h mong": "Mông", "hmong": "Mông", "meo": "Mông", "cham pa": "Chăm", "ede": "Ê-đê", "khac": OTHER,
    "nguoi nuoc ngoai": OTHER, "nuoc ngoai": OTHER,
}  # fmt: skip

MINORITY_ASSUMED = (
    "Hộ dân tộc thiểu số: hộ có chủ hộ, hoặc vợ, chồng của chủ hộ, là người dân tộc thiểu số. "
    "Hiểu theo cách thống kê thường dùng, chưa đọc trong văn bản về rà soát hộ nghèo."
)


def people_named(text: str) -> str | None:
    """The people that a clerk means, with or without accents and hyphens ("khơ me", "HOA"); None for an unknown one.

    >>> people_named("khơ-me")
    'Khmer'
    """
    exact = _exact(text)
    found = _EXACT.get(exact)
    return found if found is not None else _BARE.get(_bare(exact))


def is_minority(people: str) -> bool:
    """Whether a member of this people belongs to an ethnic minority; an unknown or foreign one does not."""
    return people in _MINORITIES


def minority_household(heads: Iterable[str]) -> bool:
    """Hộ dân tộc thiểu số: `heads` are the peoples of the head and of the head's spouse. See `MINORITY_ASSUMED`."""
    return any(is_minority(people) for people in heads)


def _exact(text: str) -> str:
    """Lower case with its accents, hyphens and brackets as spaces."""
    lower = unicodedata.normalize("NFC", text).lower().removeprefix("dân tộc ")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in lower).split())


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_MINORITIES = frozenset(PEOPLES) - {MAJORITY}
_EXACT = {_exact(name): name for name in (*PEOPLES, OTHER)}
_BARE: dict[str, str] = {}
for _name in PEOPLES:
    _key = _bare(_exact(_name))
    _BARE[_key] = "" if _key in _BARE else _name
_BARE = {key: name for key, name in _BARE.items() if name} | _ALIASES
