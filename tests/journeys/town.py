"""The small province with a Council of three, and its people, each with a browser of their own."""

from datetime import date
from pathlib import Path
from typing import Any

from chungtay.council.models import Member
from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_paper
from chungtay.law.procedure import Desk
from tests.journeys.person import DESKTOP, Person, Size
from tests.make import PDF, build

PASSWORD = "mat-khau-du-dai"


class Town:
    """Who lives here; `person` opens a browser for one of them."""

    def __init__(self, chromium: Any, address: str, journey: str) -> None:
        self.chromium, self.address, self.journey = chromium, address, journey
        self.province = build()
        self.people: list[Person] = []
        self._council()

    def _council(self) -> None:
        p = self.province
        for key, name in (("member_2", "Trần Thị Ủy Viên"), ("member_3", "Lê Văn Ủy Viên")):
            p.seat(key, Desk.COUNCIL, p.bodies["council"], p.places["kg"], name=name)
        for key, office in (("member", "chair"), ("member_2", "member"), ("member_3", "member")):
            Member.objects.create(
                council=p.bodies["council"], user=p.seats[key].user, body=p.bodies["home_affairs"], office=office,
                since=date(2017, 1, 1),
            )  # fmt: skip

    def guest(self, size: Size = DESKTOP) -> Person:
        """Somebody who does not sign in."""
        made = Person(self.chromium, self.address, f"{self.journey}-khach", size)
        self.people.append(made)
        return made

    def person(self, key: str, size: Size = DESKTOP) -> Person:
        """That person signed in, on the work list."""
        made = Person(self.chromium, self.address, f"{self.journey}-{key}", size)
        self.people.append(made)
        made.go("/tai-khoan/login/")
        made.arrive("Đăng nhập")
        made.fill("Tên đăng nhập", self.province.seats[key].user.username)
        made.fill("Mật khẩu", PASSWORD)
        made.press("Đăng nhập")
        made.arrive("Việc chờ tôi")
        return made

    def print_everything(self) -> None:
        """What the worker does within seconds of each commit."""
        for paper_id in Paper.objects.filter(file=None).order_by("id").values_list("id", flat=True):
            print_paper.call(paper_id)

    def leave(self) -> list[str]:
        """Everybody closes the browser. What any of their pages complained about."""
        for person in self.people:
            person.context.close()
        return [f"{person.name}: {one}" for person in self.people for one in person.complaints]


def paper(folder: Path, name: str) -> Path:
    """A PDF on the person's machine."""
    made = folder / name
    made.write_bytes(PDF)
    return made
