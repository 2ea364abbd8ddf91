"""Levels and kinds of administrative units, and how people write a kind before a name."""

from django.db import models

from chungtay.records.names import fold


class Level(models.TextChoices):
    """Cấp: the four steps of the area tree. Since 01/07/2025 communes stand right under the province."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    HAMLET = "hamlet", "Ấp, khu phố, khu vực"


class Kind(models.TextChoices):
    """Loại đơn vị: the word that stands before the name in every document."""

    TINH = "tinh", "Tỉnh"
    HUYEN = "huyen", "Huyện"
    THI_XA = "thi_xa", "Thị xã"
    THANH_PHO = "thanh_pho", "Thành phố"
    PHUONG = "phuong", "Phường"
    XA = "xa", "Xã"
    THI_TRAN = "thi_tran", "Thị trấn"
    DAC_KHU = "dac_khu", "Đặc khu"
    AP = "ap", "Ấp"
    KHU_PHO = "khu_pho", "Khu phố"
    KHU_VUC = "khu_vuc", "Khu vực"


KINDS_OF = {
    Level.PROVINCE: frozenset({Kind.TINH}),
    Level.DISTRICT: frozenset({Kind.HUYEN, Kind.THI_XA, Kind.THANH_PHO}),
    Level.COMMUNE: frozenset({Kind.PHUONG, Kind.XA, Kind.THI_TRAN, Kind.DAC_KHU}),
    Level.HAMLET: frozenset({Kind.AP, Kind.KHU_PHO, Kind.KHU_VUC}),
}
PARENT_LEVELS = {
    Level.PROVINCE: frozenset[Level](),
    Level.DISTRICT: frozenset({Level.PROVINCE}),
    Level.COMMUNE: frozenset({Level.DISTRICT, Level.PROVINCE}),
    Level.HAMLET: frozenset({Level.COMMUNE}),
}
_SHORT = {"tp": Kind.THANH_PHO, "tx": Kind.THI_XA, "tt": Kind.THI_TRAN}
_SPELLINGS = {fold(kind.label): kind for kind in Kind} | _SHORT


def split_kind(text: str) -> tuple[Kind | None, str]:
    """The kind that `text` begins with, if any, and the rest, folded: "Thị trấn Thứ Ba" is (THI_TRAN, "thu ba")."""
    folded = fold(text)
    if folded in _SPELLINGS:
        return _SPELLINGS[folded], ""
    for spelling, kind in _SPELLINGS.items():
        if folded.startswith(f"{spelling} "):
            return kind, folded.removeprefix(f"{spelling} ")
    return None, folded


def kind_of(text: str) -> Kind | None:
    """The kind that `text` means: a stored value, a word in any spelling or a short form; None for anything else."""
    return Kind(text) if text in Kind.values else _SPELLINGS.get(fold(text))
