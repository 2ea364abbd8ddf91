"""What the frame of every page shows: who, where, what waits, where to go."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.conduct.rights import READERS as CONDUCT_PAGES
from chungtay.contributions.recording import RECORDERS as GIFT_PAGES
from chungtay.desk import work
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.ledger.rights import READERS as LEDGER_PAGES
from chungtay.prospects import rights as prospects
from chungtay.records.clock import today
from chungtay.reviews.rights import FIGURES as REVIEW_PAGES
from chungtay.sheets import registry
from chungtay.targets import rights as targets

HOUSEHOLD_PAGES = frozenset({Desk.COMMUNE, Desk.DISTRICT, Desk.LABOUR})
COUNCIL_PAGES = frozenset({Desk.SECRETARY, Desk.COUNCIL, Desk.CHAIR, Desk.BOARD, Desk.AUDITOR})
GUEST = (
    ("Trang chủ", "public:home", "house"),
    ("Tra cứu hồ sơ", "public:dossier", "search"),
    ("Kiểm tra bằng khen", "public:certificate_help", "patch-check"),
    ("Phong trào", "public:movement", "flag"),
    ("Sổ quỹ", "public:funds", "piggy-bank"),
)
SHORT = {"public:dossier": "Tra cứu", "public:certificate_help": "Bằng khen"}
"""What fits under an icon at the foot of a phone, for somebody who is signed in and has no desk."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html. One query for an official, none for a guest."""
    seat: Seat | None = getattr(request, "seat", None)
    on, typed, search = today(), request.GET.get("q", ""), reverse("desk:search")
    told: dict[str, Any] = {
        "is_demo": settings.IS_DEMO,
        "working_day": on if settings.WORKING_DAY else None,
        "seat": seat,
        "seats": [],
        "waiting": 0,
        "search_url": "",
        "searched": typed if request.path == search else "",
    }
    if seat is None:
        short = SHORT if request.user.is_authenticated else {}
        links = [(short.get(name, label), reverse(name), icon) for label, name, icon in GUEST]
        return {**told, "nav": _nav(request, links, 0)}
    waiting = work.count(seat, on)
    return {
        **told,
        "seats": [other for other in getattr(request, "seats", []) if other.pk != seat.pk],
        "waiting": waiting,
        "search_url": search,
        "nav": _nav(request, _with_sheets(_links(seat.kind), seat.kind), waiting),
    }


@cache
def _links(kind: Desk) -> list[tuple[str, str, str]]:
    links = [("Việc chờ tôi", reverse("desk:home"), "inbox"), ("Hồ sơ", reverse("nominations:list"), "folder2-open")]
    if kind in PROPOSING or kind is Desk.BOARD:
        links += [
            ("Đăng ký", reverse("registrations:list"), "pencil-square"),
            ("Đối tượng", reverse("parties:list"), "people"),
        ]
    if kind in prospects.DUE:
        links.append(("Xét khen", reverse("prospects:due"), "patch-question"))
    if kind in HOUSEHOLD_PAGES:
        links.append(("Sổ hộ", reverse("households:list"), "house-heart"))
    if kind in GIFT_PAGES:
        links.append(("Đóng góp", reverse("contributions:list"), "heart"))
    if kind in REVIEW_PAGES:
        links.append(("Rà soát", reverse("reviews:rounds"), "clipboard2-check"))
    if kind in COUNCIL_PAGES:
        links.append(("Hội đồng", reverse("council:list"), "bank"))
    if kind in CONDUCT_PAGES:
        links += [
            ("Việc phải làm", reverse("conduct:duties"), "calendar-check"),
            ("Mô hình", reverse("practices:list"), "book"),
        ]
    links += [("Quyết định", reverse("decisions:list"), "award"), ("Phong trào", reverse("movements:home"), "flag")]
    if kind in targets.READERS:
        links.append(("Chỉ tiêu", reverse("targets:overview"), "graph-up"))
    if kind in LEDGER_PAGES:
        links.append(("Sổ quỹ", reverse("ledger:list"), "piggy-bank"))
    links.append(("Địa bàn", reverse("places:list"), "map"))
    if kind is Desk.ADMIN:
        links.append(("Phân công", reverse("accounts:desks"), "person-badge"))
    if kind in (Desk.ADMIN, Desk.AUDITOR):
        links.append(("Nhật ký", reverse("desk:journal"), "journal-text"))
    return links


def _with_sheets(links: list[tuple[str, str, str]], kind: Desk) -> list[tuple[str, str, str]]:
    """With the page of spreadsheets beside the registers, for desks that may hand one in."""
    if not registry.of_desk(kind):
        return links
    place = next((n for n, (_, _, icon) in enumerate(links, start=1) if icon == "house-heart"), 1)
    return [*links[:place], ("Bảng tính", reverse("sheets:list"), "table"), *links[place:]]


def _nav(request: HttpRequest, links: list[tuple[str, str, str]], waiting: int) -> list[dict[str, Any]]:
    home = reverse("desk:home")
    return [
        {
            "label": label,
            "url": url,
            "icon": icon,
            "active": request.path == url or (url not in ("/", home) and request.path.startswith(url)),
            "count": waiting if n == 0 else 0,
        }
        for n, (label, url, icon) in enumerate(links)
    ]
