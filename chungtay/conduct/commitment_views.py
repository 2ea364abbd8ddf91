"""Commitments to a poor area: the list, one with its results, entering, telling, confirming."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import forms, pages, promising, rights
from chungtay.conduct.models import Commitment, CommitmentQuerySet, Result
from chungtay.parties import areas
from chungtay.parties.models import Party
from chungtay.parties.search import matching
from chungtay.places.models import Level, Place
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

COMMITMENTS = (
    Head("Đơn vị giúp", 40), Head("Xã được giúp", 26), Head("Ấp, khu phố", 20), Head("Giúp việc gì", 60),
    Head("Từ ngày"), Head("Đến hết ngày"), Head("Kết quả gần nhất", 60), Head("Tính đến"), Head("Xã xác nhận", 24),
)  # fmt: skip
EXAMPLES = {
    "what": "Xây 3 căn nhà Đại đoàn kết, tặng 20 suất học bổng mỗi năm.", "hamlet": "Ấp Hòn Me",
    "since": "01/01/2018", "until": "31/12/2020", "reason": "Kéo dài thêm một năm.",
}  # fmt: skip


def _commitments(request: DeskRequest) -> tuple[CommitmentQuerySet, dict[str, str]]:
    told = pages.asked(request, "q", "xa", "dang")
    rows = Commitment.objects.visible_to(request.seat, today()).in_force().select_related("party", "place")
    if pages.number(told["xa"]):
        rows = rows.filter(place_id=int(told["xa"]))
    if told["dang"]:
        rows = rows.filter(since__lte=today(), until__gte=today())
    if told["q"]:
        rows = matching(rows, told["q"], party="party__")
    return rows, told


def latest(rows: list[Commitment]) -> dict[int, Result]:
    """The last result told of each commitment. One query."""
    found = Result.objects.in_force().filter(commitment__in=[row.pk for row in rows]).order_by("day", "id")
    return {result.commitment_id: result for result in found}


def said_of(result: Result | None) -> tuple[str, str]:
    """(word, tone) of the last result of a commitment."""
    if result is None:
        return "Chưa báo kết quả", "neutral"
    if result.accepted is None:
        return "Chờ xã xác nhận", "info"
    return ("Xã đã xác nhận", "ok") if result.accepted else ("Xã chưa công nhận", "no")


@require_safe
@at_desk(*sorted(rights.READERS))
def commitments(request: DeskRequest) -> HttpResponse:
    """Who promised to help which poor area, the latest first."""
    rows, told = _commitments(request)
    page = keyset.page(rows, order=("-since", "-id"), mark=request.GET.get("trang", ""))
    results, shown = latest(page.rows), []
    for row in page.rows:
        word, tone = said_of(results.get(row.pk))
        where = f"{row.hamlet}, {row.place}" if row.hamlet else str(row.place)
        shown.append({
            "title": f"{row.party.name} giúp {where}", "href": reverse("conduct:commitment", args=[row.pk]),
            "meta": f"{row.since:%d/%m/%Y} đến {row.until:%d/%m/%Y} · {row.what}",
            "badge_tone": tone, "badge_label": word,
        })  # fmt: skip
    return render(request, "conduct/commitments.html", {
        "rows": shown, "pages": neighbours(request, page), "asked": told, "filtered": any(told.values()),
        "sections": pages.sections(request.seat, "conduct:commitments"),
        "writes": request.seat.kind in rights.PROMISERS, "query": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def export_commitments(request: DeskRequest) -> HttpResponse:
    """The same list as a workbook."""
    rows = list(_commitments(request)[0].order_by("-since", "-id")[:20_000])
    results = latest(rows)
    return workbook("cam ket giup dia ban ngheo", COMMITMENTS, (_cells(row, results.get(row.pk)) for row in rows))


def _cells(row: Commitment, result: Result | None) -> list[Any]:
    last = [result.text, result.day] if result else ["", None]
    return [row.party.name, str(row.place), row.hamlet, row.what, row.since, row.until, *last, said_of(result)[0]]


def _places(request: DeskRequest) -> areas.Choices:
    """Every commune of the desk's province, by district: a unit may help any of them."""
    rows = list(Place.objects.as_of(today()).exclude(level=Level.HAMLET))
    home = request.seat.desk.body.area_path[:5]
    names = {row.pk: row.version.full_name for row in rows}
    groups: dict[str, list[areas.Choice]] = {}
    for row in rows:
        if row.level == Level.COMMUNE and row.version.path.startswith(home):
            groups.setdefault(names.get(row.version.parent_id or 0, ""), []).append((row.pk, row.version.full_name))
    return list(groups.items())


@at_desk(*sorted(rights.PROMISERS))
def promise(request: DeskRequest) -> HttpResponse:
    """Ghi cam kết giúp một địa bàn nghèo."""
    body = request.seat.desk.body
    managed = Party.objects.visible_to(request.seat, today()).filter(managing_unit=body, kind__in=rights.DEBTORS)
    parties = [body, *managed.order_by("name_folded", "id")[:100]]
    places = _places(request)
    form = forms.PromiseForm(request.POST or None, request.FILES or None, parties=parties, places=places)

    def act() -> str:
        proof = pages.proof_of(form)
        made = promising.promise(form.promiser(), form.promise(), by=request.seat, on=today(), proof=proof)
        messages.success(request, "Đã ghi cam kết; xã được giúp đã được báo.")
        return reverse("conduct:commitment", args=[made.pk])

    back = reverse("conduct:commitments")
    return pages.filled(
        request, form, act, title="Ghi cam kết giúp địa bàn nghèo", label="Ghi cam kết", back=back,
        lead="Ghi rõ giúp xã, ấp nào, giúp gì, đến khi nào. Kết quả được tính khi xã được giúp xác nhận.",
        crumbs=[(back, "Cam kết giúp địa bàn nghèo")], examples=EXAMPLES,
    )  # fmt: skip


def _commitment(request: DeskRequest, pk: int) -> Commitment:
    return pages.mine(Commitment, request, pk, "party", "place", "corrects", "entered_by", "file")


@require_safe
@at_desk(*sorted(rights.READERS))
def commitment(request: DeskRequest, pk: int) -> HttpResponse:
    """One commitment and its results."""
    return _commitment_page(request, _commitment(request, pk))


def _drops(request: DeskRequest, sent: Any, row: Commitment, results: list[Result]) -> list[pages.Drop]:
    """What may still be taken out: the promise that nobody answered, results that were not confirmed."""
    text, label = "Chỉ bỏ khi ghi nhầm. Dòng vẫn được giữ, kèm lý do.", "Bỏ dòng này"
    asks = partial(pages.drop, request, sent)
    found = [
        asks(f"drop-{one.pk}", "Bỏ kết quả này?", text, "conduct:take_out_result", one.pk, label)
        for one in results
        if not one.accepted
    ]
    if all(one.accepted is None for one in results):
        found.append(asks("take-out", "Bỏ cam kết này?", text, "conduct:take_out_commitment", row.pk, label))
    return found


def _is_open(result: Result) -> bool:
    """Whether it still waits for the commune's word."""
    return result.ended_on is None and result.answered_on is None


def _answer_form(request: DeskRequest, sent: Any, result: Result) -> forms.AnswerForm:
    """The commune's word on one result; where it was sent and not taken, with what was typed."""
    told = isinstance(sent, forms.AnswerForm) and request.path == reverse("conduct:answer", args=[result.pk])
    form: forms.AnswerForm = sent if told else forms.AnswerForm()
    form.auto_id = f"answer-{result.pk}_%s"
    return form


def _commitment_page(request: DeskRequest, row: Commitment, *bound: Any) -> HttpResponse:
    on, seat, stands, sent = today(), request.seat, row.ended_on is None, bound[0] if bound else None
    results = list(row.results.select_related("answered_by", "file").order_by("-day", "-id"))
    standing = [one for one in results if one.ended_on is None]
    word, tone = said_of(max(standing, key=lambda one: (one.day, one.pk)) if standing else None)
    confirms = stands and rights.may_confirm_help(row.area_path, seat, on) and not rights.is_own(row.party, seat)
    keeps = stands and rights.may_promise(row.party, seat)
    drops = _drops(request, sent, row, standing) if keeps else []
    shown = [
        {"row": one, "form": _answer_form(request, sent, one) if confirms and _is_open(one) else None}
        for one in results
    ]
    return render(request, "conduct/commitment.html", {
        "row": row, "results": shown, "word": word, "tone": tone, "acts": pages.history(row),
        "keeps": keeps, "drops": drops,
        "later": None if stands else Commitment.objects.filter(corrects=row).first(),
        "form": sent if isinstance(sent, forms.ResultForm) else forms.ResultForm(initial={"day": min(on, row.until)}),
        "faulty": sent or forms.ReasonForm(),
    }, status=422 if bound else 200)  # fmt: skip


@at_desk(*sorted(rights.PROMISERS))
def correct_commitment(request: DeskRequest, pk: int) -> HttpResponse:
    """Sửa cam kết."""
    row = _commitment(request, pk)
    if row.ended_on is not None or not rights.may_promise(row.party, request.seat):
        raise Http404
    form = forms.CorrectPromiseForm(
        request.POST or None, request.FILES or None, parties=[], places=_places(request), row=row
    )  # fmt: skip

    def act() -> str:
        told: dict[str, Any] = {"reason": form.cleaned_data["reason"], "proof": pages.proof_of(form)}
        made = promising.correct_commitment(row, form.promise(), by=request.seat, on=today(), **told)
        messages.success(request, "Đã sửa; dòng cũ vẫn được giữ.")
        return reverse("conduct:commitment", args=[made.pk])

    back = reverse("conduct:commitment", args=[row.pk])
    return pages.filled(
        request, form, act, title="Sửa cam kết", lead=row.party.name, label="Ghi dòng mới", back=back,
        crumbs=[(reverse("conduct:commitments"), "Cam kết giúp địa bàn nghèo"), (back, row.party.name)],
        examples=EXAMPLES,
    )  # fmt: skip


@at_desk(*sorted(rights.PROMISERS))
@require_POST
def take_out_commitment(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ cam kết ghi nhầm."""
    row = _commitment(request, pk)

    def act(reason: str) -> None:
        promising.take_out_commitment(row, reason=reason, by=request.seat, on=today())

    said, to = "Đã bỏ cam kết ghi nhầm; dòng cũ vẫn được giữ.", reverse("conduct:commitments")
    return pages.dropped(request, act, said, to, lambda form: _commitment_page(request, row, form))


@at_desk(*sorted(rights.PROMISERS))
@require_POST
def tell_result(request: DeskRequest, pk: int) -> HttpResponse:
    """Báo kết quả giúp."""
    row, form = _commitment(request, pk), forms.ResultForm(request.POST, request.FILES)
    if form.is_valid():
        with form.blamed():
            told = {name: form.cleaned_data[name] for name in ("day", "text")}
            promising.tell_result(row, **told, by=request.seat, on=today(), proof=pages.proof_of(form))
            messages.success(request, "Đã báo kết quả; chờ xã được giúp xác nhận.")
            return redirect("conduct:commitment", row.pk)
    return _commitment_page(request, row, form)


@at_desk(*sorted(rights.PROMISERS))
@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Xã được giúp trả lời."""
    result, form = pages.hung_on(Result, "commitment", request, pk), forms.AnswerForm(request.POST)
    if form.is_valid():
        with form.blamed():
            accepted, text = form.cleaned_data["accepted"] == "yes", form.cleaned_data["answer"]
            promising.answer_result(result, accepted=accepted, answer=text, by=request.seat, on=today())
            messages.success(request, "Đã trả lời.")
            return redirect("conduct:commitment", result.commitment_id)
    return _commitment_page(request, result.commitment, form)


@at_desk(*sorted(rights.PROMISERS))
@require_POST
def take_out_result(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ kết quả báo nhầm."""
    result = pages.hung_on(Result, "commitment", request, pk)

    def act(reason: str) -> None:
        promising.take_out_result(result, reason=reason, by=request.seat, on=today())

    to = reverse("conduct:commitment", args=[result.commitment_id])
    return pages.dropped(
        request, act, "Đã bỏ kết quả báo nhầm.", to, lambda form: _commitment_page(request, result.commitment, form)
    )  # fmt: skip
