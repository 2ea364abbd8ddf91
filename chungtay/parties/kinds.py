"""The kinds of participants of the movement (KH I.2.a, II.1) and what each is for the law."""

from django.db import models

from chungtay.law.money import Payee


class PartyKind(models.TextChoices):
    """Loại đối tượng: who may take part; the plan file says which contents each may register for."""

    DEPARTMENT = "department", "Sở, ban, ngành"
    BOARD_BRANCH = "board_branch", "Phòng, ban, cơ quan cấp huyện"
    MASS_ORGANISATION = "mass_organisation", "Đoàn thể, hội"
    FATHERLAND_FRONT = "fatherland_front", "Ủy ban Mặt trận Tổ quốc"
    PEOPLE_COMMITTEE_DISTRICT = "people_committee_district", "Ủy ban nhân dân cấp huyện"
    PEOPLE_COMMITTEE_COMMUNE = "people_committee_commune", "Ủy ban nhân dân cấp xã"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    SCHOOL = "school", "Cơ sở giáo dục"
    HEALTH_FACILITY = "health_facility", "Cơ sở khám, chữa bệnh"
    BANK = "bank", "Ngân hàng, tổ chức tín dụng"
    GRASSROOTS_ORGANISATION = "grassroots_organisation", "Đoàn thể cơ sở"
    COMMUNITY = "community", "Cộng đồng ấp, khu phố, khu vực"
    COLLECTIVE = "collective", "Tập thể trực thuộc"
    HOUSEHOLD = "household", "Hộ gia đình"
    PERSON = "person", "Cá nhân"
    POVERTY_OFFICIAL = "poverty_official", "Cán bộ làm công tác giảm nghèo"
    OUTSIDE_ORGANISATION = "outside_organisation", "Tổ chức ngoài tỉnh"
    OUTSIDE_PERSON = "outside_person", "Cá nhân ngoài tỉnh"
    FOREIGN_ORGANISATION = "foreign_organisation", "Tổ chức nước ngoài"
    FOREIGN_PERSON = "foreign_person", "Cá nhân nước ngoài"
    OVERSEAS_VIETNAMESE = "overseas_vietnamese", "Người Việt Nam định cư ở nước ngoài"


PEOPLE = frozenset(
    {
        PartyKind.PERSON,
        PartyKind.POVERTY_OFFICIAL,
        PartyKind.OUTSIDE_PERSON,
        PartyKind.FOREIGN_PERSON,
        PartyKind.OVERSEAS_VIETNAMESE,
    }
)
OUTSIDE = frozenset(
    {
        PartyKind.OUTSIDE_ORGANISATION,
        PartyKind.OUTSIDE_PERSON,
        PartyKind.FOREIGN_ORGANISATION,
        PartyKind.FOREIGN_PERSON,
        PartyKind.OVERSEAS_VIETNAMESE,
    }
)
PROPOSERS = frozenset(
    {
        PartyKind.DEPARTMENT,
        PartyKind.MASS_ORGANISATION,
        PartyKind.FATHERLAND_FRONT,
        PartyKind.PEOPLE_COMMITTEE_DISTRICT,
        PartyKind.PEOPLE_COMMITTEE_COMMUNE,
        PartyKind.ENTERPRISE,
        PartyKind.COOPERATIVE,
        PartyKind.SCHOOL,
        PartyKind.HEALTH_FACILITY,
        PartyKind.BANK,
    }
)

BODIES = PROPOSERS | {PartyKind.BOARD_BRANCH}
"""Public bodies and organisations: who they are is no secret to any desk, wherever they sit."""


def payee_of(kind: str) -> Payee:
    """Whether the law pays a person, a household or a collective."""
    if kind == PartyKind.HOUSEHOLD:
        return Payee.HOUSEHOLD
    return Payee.PERSON if kind in PEOPLE else Payee.COLLECTIVE
