"""Signed decisions in the small province, a frozen row that somebody changes, and a second movement."""

from pathlib import Path

from django.db import connection

from chungtay.decisions import actions, reckoning
from chungtay.decisions.models import Award, Decision
from chungtay.movements.actions import load_plan
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records.journal import System
from tests.make import TODAY, Province

OTHER_PLAN = Path(__file__).parents[1] / "movements" / "plans" / "dong-thap-2026-2030.yaml"


class Signing:
    """The Chairman's desk of the small province."""

    def __init__(self, province: Province) -> None:
        self.province = province

    def household(self, name: str = "Danh Thị Sà Phol") -> Party:
        return self.province.household(name, address="Số 7 tổ 3", phone="0918000007", ethnicity="Khmer")

    def collective(self, name: str = "Phòng Nghiệp vụ Y") -> Party:
        p = self.province
        return p.party(name, PartyKind.COLLECTIVE, p.places["kg"], managing_unit=p.bodies["unit"])

    def person(self, name: str = "Lê Hoà Thuỷ") -> Party:
        p = self.province
        return p.party(name, PartyKind.PERSON, p.places["kg"], managing_unit=p.bodies["unit"], post="Bác sĩ trạm 9")

    def recommended(self, party: Party) -> Dossier:
        """As if the Council had voted for it."""
        if party.kind == PartyKind.HOUSEHOLD:
            return self.province.recommended(party)
        return self.province.recommended(party, content="d", seat="unit")

    def sign(self, *dossiers: Dossier) -> Decision:
        """One decision over the dossiers, signed today."""
        chair = self.province.seats["chair"]
        body = self.province.bodies["province"]
        made = actions.draft(
            body=body, award="province_certificate", title="Tặng Bằng khen", dossiers=dossiers, by=chair, on=TODAY
        )
        accepted = reckoning.assumed(reckoning.reckon(actions.listed(made), on=TODAY))
        return actions.sign(made, by=chair, on=TODAY, accepted=accepted)

    def award(self, party: Party) -> Award:
        """One party honoured."""
        decision = self.sign(self.recommended(party))
        return Award.objects.select_related("decision__paper").get(decision=decision)

    def correct(self, award: Award, new_name: str) -> None:
        by = self.province.seats["chair"]
        actions.correct(award, new_name=new_name, reason="Sai tên do lỗi đánh máy ở xã", by=by, on=TODAY)

    def withdraw(self, award: Award) -> None:
        by = self.province.seats["chair"]
        actions.withdraw(award, reason="Khai man thành tích, có kết luận thanh tra", by=by, on=TODAY)


def tamper(award: Award, /, **changes: object) -> None:
    """Change a frozen row as somebody with the database's own password would."""
    table = Award._meta.db_table
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{table}_no_update"{on}')  # the test's transaction brings it back
    assert Award.objects.filter(pk=award.pk).update(**changes) == 1


def load_other_movement(province: Province, since: bytes = b"2026-07-01") -> None:
    """A second movement, of another province: 1/7/2026 to 30/6/2030 unless it begins earlier."""
    province.place("dt", "tinh", "Đồng Tháp", "province")
    content = OTHER_PLAN.read_bytes().replace(b"since: 2026-07-01,", b"since: " + since + b",")
    load_plan(content, by=System("test"), on=TODAY, name=OTHER_PLAN.name)
