"""The dossier that an address names, as the seat of the request may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from chungtay.accounts.requests import DeskRequest
from chungtay.law.refusals import Conflict
from chungtay.nominations.models import Dossier
from chungtay.records import journal, walls
from chungtay.records.clock import today

WITH = ("party__place", "unit__place", "round__plan_version__movement")


def dossier_of(request: DeskRequest, key: str) -> Dossier:
    """The dossier of that key in the seat's sight; 404 for what it does not see."""
    rows = Dossier.objects.visible_to(request.seat, today()).select_related(*WITH)
    return get_object_or_404(rows, key=key)


def handed_in(request: DeskRequest, key: str) -> Dossier:
    """As `dossier_of`. Where the unit took the dossier back a moment ago, Conflict tells so instead of 404."""
    rows = Dossier.objects.select_related(*WITH)
    found = rows.visible_to(request.seat, today()).filter(key=key).first()
    if found is None:
        with walls.everything("whoever had a dossier a moment ago is told who took it back"):
            gone = get_object_or_404(rows.filter(request.seat.scope(today()).where("area_path")), key=key)
        if not any(act.act == "recall" for act in journal.of(gone)):
            raise Http404
        raise Conflict.because("Đơn vị trình vừa lấy lại hồ sơ này để sửa. Họ nộp lại thì hồ sơ sẽ trở về danh sách.")
    return found


def own_dossier(request: DeskRequest, key: str) -> Dossier:
    """A dossier of the seat's own body; anybody else sees nothing here."""
    return get_object_or_404(
        Dossier.objects.visible_to(request.seat, today()).select_related(*WITH), key=key, unit_id=request.seat.body_id
    )
