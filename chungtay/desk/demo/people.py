"""Who lives in the demo province: named parties that dossiers speak of, and the many others around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay.desk.demo.bodies import COMMUNES, HOA_COMMUNES, KHMER_COMMUNES
from chungtay.desk.demo.names import HOA, KHMER, KINH, Names
from chungtay.parties.kinds import PartyKind as Kind

HOUSEHOLDS_A_COMMUNE = 9
PROVINCE = "kg"


@dataclass(frozen=True)
class Somebody:
    """A party to be: `name` is drawn where it is empty; `by` is the body that manages it, if it is not the commune."""

    key: str
    kind: str
    place: str
    people: str = KINH
    gender: str = "m"
    name: str = ""
    hamlet: int = 0
    post: str = ""
    address: str = ""
    by: str = ""


def _household(key: str, place: str, people: str = KINH, gender: str = "m", hamlet: int = 0) -> Somebody:
    return Somebody(key, Kind.HOUSEHOLD, place, people, gender, hamlet=hamlet)


def _group(key: str, place: str, name: str, hamlet: int = 0, kind: Kind = Kind.GRASSROOTS_ORGANISATION) -> Somebody:
    return Somebody(key, kind, place, name=name, hamlet=hamlet)


def _official(key: str, place: str, gender: str = "m", people: str = KINH) -> Somebody:
    return Somebody(key, Kind.POVERTY_OFFICIAL, place, people, gender, post="Công chức Văn hóa - Xã hội")


NAMED = (
    _household("ho.rau", "kg-30964", KHMER, "f"),
    _household("ho.tom", "kg-30841", hamlet=1),
    _household("ho.bo", "kg-30988"),
    _household("ho.sohuyet", "kg-31045", gender="f"),
    _household("ho.khom", "kg-30961", hamlet=1),
    _household("ho.hiendat", "kg-30928"),
    _household("ho.danbang", "kg-30799", KHMER, "f"),
    _household("ho.calong", "kg-31111"),
    _household("ho.xeola", "kg-31036", gender="f"),
    _household("ho.thoson", "kg-30841", gender="f", hamlet=2),
    _household("ho.mylam", "kg-30844", gender="f"),
    _household("ho.tanhiep", "kg-30874"),
    _household("ho.minhthuan", "kg-31066"),
    _household("ho.vinhdieu", "kg-30793", KHMER),
    _group("ap.bang", "kg-30799", "Cộng đồng dân cư ấp Trần Thệ", kind=Kind.COMMUNITY),
    _group("ap.anphong", "kg-30964", "Cộng đồng dân cư ấp An Phong", kind=Kind.COMMUNITY),
    _group("ap.thoson", "kg-30841", "Chi hội Phụ nữ ấp Hòn Quéo", hamlet=1),
    _group("ap.honme", "kg-30841", "Chi hội Nông dân ấp Hòn Me"),
    _group("ap.thuylieu", "kg-30967", "Chi hội Phụ nữ ấp Thạnh Hòa"),
    _group("to.namthaia", "kg-31003", "Chi hội Nông dân ấp Bảy Biển"),
    _group("to.vinhquang", "kg-30736", "Chi hội Phụ nữ khu phố Dãy Ốc"),
    _official("cb.dongyen", "kg-31009"),
    _official("cb.minhhoa", "kg-30895", "f", KHMER),
    _official("cb.namthaia", "kg-31003", "f"),
    _official("cb.vinhdieu", "kg-30793"),
    _official("cb.thuanyen", "kg-30784", people=HOA),
    Somebody("cn.gao", Kind.PERSON, "kg-30736", HOA, "f", post="Chủ vựa gạo"),
    Somebody("cn.banhmi", Kind.PERSON, "kg-30736", KINH, "m", post="Chủ lò bánh mì", hamlet=1),
    Somebody("cn.cau", Kind.PERSON, "kg-30928", KINH, "m", post="Thợ hồ, đội trưởng đội cầu từ thiện", hamlet=1),
    Somebody("cn.phunu", Kind.PERSON, PROVINCE, KINH, "f", post="Chuyên viên, Hội Liên hiệp Phụ nữ tỉnh", by="phunu"),
    Somebody("cn.daynghe", Kind.PERSON, "kg-31066", KINH, "m", post="Chủ tiệm sửa máy nổ", hamlet=1),
    Somebody("kb.loc", Kind.OVERSEAS_VIETNAMESE, PROVINCE, KINH, "m", post="Kỹ sư", address="Melbourne, Úc"),
    Somebody("kb.vo", Kind.OVERSEAS_VIETNAMESE, PROVINCE, KINH, "f", post="Bác sĩ", address="Lyon, Pháp"),
    Somebody("nn.nguoi", Kind.OUTSIDE_PERSON, PROVINCE, KINH, "f", post="Tiểu thương", address="Thành phố Hồ Chí Minh"),
    Somebody(
        "qt.nguoi", Kind.FOREIGN_PERSON, PROVINCE, name="Hendrik Vossen", post="Bác sĩ mắt", address="Utrecht, Hà Lan"
    ),
)

FIRST_LOOK_ALIKE, SECOND_LOOK_ALIKE = "ho.giong1", "ho.giong2"
"""Two households of one name in one commune, told apart by the officer who registered the second."""

GROUPS = ("Chi hội Phụ nữ {}", "Chi hội Nông dân {}", "Chi hội Cựu chiến binh {}", "Chi đoàn Thanh niên {}")


def hamlet_of(place: str, place_in_list: int) -> str:
    """ "Ấp Hòn Me", "Khu phố Dãy Ốc"; empty where the place has no hamlets here."""
    hamlets = COMMUNES.get(place, ())
    if not hamlets:
        return ""
    name = hamlets[place_in_list % len(hamlets)]
    return name if name.startswith("Khu phố") else f"Ấp {name}"


def people_of(place: str, position: int) -> str:
    """Of which people the household at that position is: mixed as the commune is."""
    if place in KHMER_COMMUNES and position % 3:
        return KHMER
    if place in HOA_COMMUNES and position % 3 == 1:
        return HOA
    return KHMER if position == 4 else KINH


def others(names: Names) -> Iterator[Somebody]:
    """The households, hamlets, groups and officials of every commune."""
    for place, hamlets in COMMUNES.items():
        for n in range(HOUSEHOLDS_A_COMMUNE):
            yield Somebody(
                f"ho.{place}.{n}", Kind.HOUSEHOLD, place, people_of(place, n), names.gender(), hamlet=n % len(hamlets)
            )
        hamlet = hamlet_of(place, len(hamlets) - 1)
        told = f"{hamlet[0].lower()}{hamlet[1:]}"
        yield Somebody(f"cd.{place}", Kind.COMMUNITY, place, name=f"Cộng đồng dân cư {told}", hamlet=len(hamlets) - 1)
        group = GROUPS[names.number(0, len(GROUPS) - 1)].format(told)
        yield Somebody(f"to.{place}", Kind.GRASSROOTS_ORGANISATION, place, name=group, hamlet=len(hamlets) - 1)
        if not any(one.kind == Kind.POVERTY_OFFICIAL and one.place == place for one in NAMED):
            yield _official(f"cb.{place}", place, names.gender(), people_of(place, 0))
