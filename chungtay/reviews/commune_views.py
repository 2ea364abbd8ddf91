"""One commune's review: where it stands, its totals, its list of households, adding to it, and every step."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households.finding import classes_on
from chungtay.households.models import STANDINGS, Household
from chungtay.law.population import Move
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import ASSUMED, CHECK_ASSUMED, Step, open_steps
from chungtay.parties import areas
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.forms import BlamedForm
from chungtay.records.names import fold
from chungtay.records.requests import neighbours, version_of
from chungtay.reviews import beside, closing, forms, lineage, list_sheets, listing, pages, rights, steps
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.request_views import download
from chungtay.reviews.rounds import CommuneReview

OFFERED = 20
PDF = "application/pdf"


def my_review(request: DeskRequest, pk: int) -> CommuneReview:
    """The commune's review, if this desk may see it; otherwise 404."""
    rows = CommuneReview.objects.visible_to(request.seat, today()).select_related("round__previous", "place")
    return get_object_or_404(rows, pk=pk)


def name_of(review: CommuneReview) -> str:
    """The commune's full name on the round's day."""
    return areas.names_on([review.place_id], review.round.review_on).get(review.place_id, str(review.place))


@require_safe
@at_desk(*rights.FIGURES)
def commune(request: DeskRequest, pk: int) -> HttpResponse:
    """Where the review stands, what is counted so far, and what this desk may do now."""
    return _page(request, my_review(request, pk), {})


def _page(request: DeskRequest, review: CommuneReview, told: Mapping[str, BlamedForm]) -> HttpResponse:
    """The commune's page; `told` holds the form of a step that was refused, by the step's name."""
    rows = Assessment.objects.in_force().filter(review=review)
    counts = dict(rows.order_by().values_list("standing").annotate(Count("pk")))
    gone = rows.exclude(gone="").order_by().count()
    sees = request.seat.kind in rights.HOUSEHOLDS
    return render(request, "reviews/commune.html", {
        "review": review,
        "name": name_of(review),
        "steps": pages.steps(review),
        "stats": _stats(review, counts, gone, sees),
        "hamlets": _hamlets(review) if sees else [],
        "open": _buttons(request, review),
        "may_list": _may(request, review, "list", "score"),
        "may_score": _may(request, review, "score"),
        "may_total": _may(request, review, "list", "score", "recheck"),
        "totals_form": _totals_form(review),
        "note_form": told.get("check") or _step_form("check"),
        "why_form": told.get("send_back") or _step_form("send_back"),
        "again": beside.to_look_at(review) if sees else [],
        "unmatched": unmatched([review]) if _may(request, review, "list", "score", "recheck") else [],
        "missing": list(steps.missing(review)) if _may(request, review, "score") else [],
        "acts": pages.history_of(review),
        "sees_households": sees,
        "may_correct": request.seat.kind is Desk.LABOUR and review.round.is_locked,
        "assumed": ASSUMED,
        "check_assumed": "" if review.has_district else CHECK_ASSUMED,
    }, status=422 if told else 200)  # fmt: skip


def _step_form(name: str, data: Any = None) -> BlamedForm:
    """What is asked beside the button of a step of `ASKED`."""
    return ASKED[name](data, auto_id=f"id_{name}_%s")


def unmatched(reviews: Sequence[CommuneReview]) -> list[dict[str, str]]:
    """The households that a review says are gone and the register does not: name, what was told, their form."""
    return [
        {
            "name": f"{row.household.head_name} ({row.household.code}, {row.hamlet})", "told": pages.MOVED[row.gone],
            "href": reverse("reviews:assessment", args=[row.pk]),
        }
        for row in closing.gone_but_there(reviews)[:OFFERED]
    ]  # fmt: skip


def _buttons(request: DeskRequest, review: CommuneReview) -> list[Step]:
    found = open_steps(request.seat.kind, review.now, district=review.has_district)
    return [step for step in found if step.name in DONE]


def _may(request: DeskRequest, review: CommuneReview, *names: str) -> bool:
    return not rights.steps_open(review, request.seat).isdisjoint(names)


def _stats(review: CommuneReview, counts: dict[str, int], gone: int, sees: bool) -> list[dict[str, Any]]:
    at = reverse("reviews:households", args=[review.pk])
    waiting = counts.get("", 0) - gone
    found = [{"label": "Chưa chấm điểm", "value": waiting, "href": f"{at}?loai=chua" if sees and waiting else "",
              "tone": "wait" if waiting else "ok"}]  # fmt: skip
    for standing, label in STANDINGS:
        if counts.get(standing):
            href = f"{at}?loai={standing}" if sees else ""
            found.append({"label": label.capitalize(), "value": counts[standing], "href": href, "tone": ""})
    if gone:
        found.append({"label": "Không còn trong xã", "value": gone, "href": f"{at}?loai=gone" if sees else "",
                      "tone": ""})  # fmt: skip
    return found


def _hamlets(review: CommuneReview) -> list[dict[str, Any]]:
    rows = Assessment.objects.in_force().filter(review=review).order_by("hamlet").values("hamlet")
    waits = Count("pk", filter=Q(standing="", gone=""))
    told = rows.annotate(all=Count("pk"), waits=waits).values_list("hamlet", "all", "waits")
    at = reverse("reviews:households", args=[review.pk])
    return [{"name": name, "all": every, "waits": left, "href": f"{at}?ap={name}"} for name, every, left in told]


def _totals_form(review: CommuneReview) -> forms.TotalsForm:
    told = {"households": review.households_all, "persons": review.persons_all, "minority": review.minority_all}
    return forms.TotalsForm(initial=told)


@at_desk(Desk.COMMUNE)
@require_POST
def totals(request: DeskRequest, pk: int) -> HttpResponse:
    """All households, persons and minority households of the commune."""
    review = my_review(request, pk)
    form = forms.TotalsForm(request.POST)
    if form.is_valid():
        with form.blamed():
            listing.set_totals(review, form.totals(), by=request.seat, on=today(), version=version_of(request))
            messages.success(request, "Đã ghi tổng số hộ của xã.")
            return redirect("reviews:commune", review.pk)
    return render(request, "reviews/totals.html", {"review": review, "name": name_of(review), "form": form}, status=422)


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def households(request: DeskRequest, pk: int) -> HttpResponse:
    """The households of the review, by hamlet, class and name; as a workbook to fill in, and on paper."""
    review, asked = my_review(request, pk), request.GET
    chosen = {name: asked.get(name, "").strip() for name in ("ap", "loai", "q")}
    rows = pages.told_households(Assessment.objects.in_force().filter(review=review))
    if chosen["ap"]:
        rows = rows.filter(hamlet=chosen["ap"])
    if chosen["q"]:
        rows = rows.filter(Q(household__head_folded__contains=fold(chosen["q"])) | Q(household__code=chosen["q"]))
    rows = _of_class(rows, chosen["loai"])
    if asked.get("dang") in ("xlsx", "pdf"):
        return _taken_along(request, review, rows, chosen["loai"])
    page = keyset.page(rows, order=("hamlet", "-id"), mark=asked.get("trang", ""))
    hamlets = Assessment.objects.in_force().filter(review=review).order_by("hamlet").values_list("hamlet", flat=True)
    return render(request, "reviews/households.html", {
        "review": review,
        "name": name_of(review),
        "rows": pages.household_rows(page.rows),
        "pages": neighbours(request, page),
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "hamlets": list(hamlets.distinct()),
        "classes": [("chua", "Chưa chấm điểm"), *_classes(review), ("gone", "Không còn trong xã")],
        "may_list": _may(request, review, "list", "score"),
    })  # fmt: skip


def _classes(review: CommuneReview) -> list[tuple[str, str]]:
    """The classes by the standard of the round's day; all of them where no standard covers it."""
    known = classes_on(review.round.review_on)
    return [(key, label[:1].upper() + label[1:]) for key, label in STANDINGS if key in known or not known]


def _taken_along(request: DeskRequest, review: CommuneReview, rows: Any, chosen: str) -> HttpResponse:
    """The list as a file. Who is not there any more has no score, so stands in a workbook only where asked for."""
    journal.leave_trace(review, by=request.seat)
    name = f"danh-sach-ra-soat-{review.round.year}"
    if request.GET["dang"] == "pdf":
        return download([list_sheets.paper(rows, review, name_of(review), on=today())], f"{name}.pdf", PDF)
    there = rows if chosen == "gone" else rows.filter(gone="")
    return download(list_sheets.workbook(there, review, name_of(review)), f"{name}.xlsx")


def _of_class(rows: Any, asked: str) -> Any:
    if asked == "chua":
        return rows.filter(standing="", gone="")
    if asked == "gone":
        return rows.exclude(gone="")
    return rows.filter(standing=asked) if asked in dict(STANDINGS) else rows


@at_desk(Desk.COMMUNE)
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Search a household of the commune in the register, and add it to the list."""
    review = my_review(request, pk)
    form = forms.CameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = request.POST.get("household", "")
        if not typed.isdecimal() or len(typed) >= 18:
            form.add_error(None, "Chưa chọn hộ nào: tìm hộ, rồi bấm “Thêm” bên cạnh tên.")
        elif made := _added(request, review, int(typed), form):
            return redirect("reviews:assessment", made.pk)
    text = request.GET.get("q", "").strip()
    return render(request, "reviews/add.html", {
        "review": review,
        "held": review,
        "name": name_of(review),
        "form": form,
        "text": text,
        "found": searched(request, review, text) if text else [],
        "may_list": _may(request, review, "list", "score"),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _added(request: DeskRequest, review: CommuneReview, key: int, form: forms.CameForm) -> Assessment | None:
    """The new assessment; None, with the reasons at the form, where the household may not be added."""
    household = get_object_or_404(Household.objects.visible_to(request.seat, today()), pk=key)
    came = Move(form.cleaned_data["came"]) if form.cleaned_data["came"] else None
    try:
        made = listing.add(review, household, by=request.seat, on=today(), came=came)
    except Refused as refused:
        form.blame(refused.reasons)
        return None
    messages.success(request, f"Đã thêm hộ “{household.head_name}” vào danh sách.")
    return made


def searched(request: DeskRequest, review: CommuneReview, text: str) -> list[Household]:
    """Households of the commune by the head's name or the code, those in the list left out."""
    here = Assessment.objects.in_force().filter(review=review).values("household")
    rows = Household.objects.visible_to(request.seat, today()).standing().filter(place__in=lineage.grounds(review))
    rows = rows.filter(Q(head_folded__contains=fold(text)) | Q(code=text)).exclude(pk__in=here)
    return list(rows.order_by("head_folded", "id")[:OFFERED])


@at_desk(Desk.COMMUNE)
@require_POST
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """Bring the list up to what the register of households says."""
    review = my_review(request, pk)
    told = listing.follow_register(review, by=request.seat, on=today())
    said = f"Theo sổ hộ: ghi {told.marked} hộ không còn trong xã, thêm {told.added} hộ."
    renewed = f" Ghi lại số người, ấp, nhóm của {told.renewed} hộ chưa chấm điểm." if told.renewed else ""
    messages.success(request, said + renewed)
    return redirect("reviews:commune", review.pk)


DONE: dict[str, Callable[[CommuneReview, DeskRequest, int], object]] = {
    "list": lambda row, req, n: steps.close_list(row, by=req.seat, on=today(), version=n),
    "score": lambda row, req, n: steps.close_scoring(row, by=req.seat, on=today(), version=n),
    "agree": lambda row, req, n: steps.close_meetings(row, by=req.seat, on=today(), version=n),
    "disagree": lambda row, req, n: steps.score_again(row, by=req.seat, on=today(), version=n),
    "post": lambda row, req, n: steps.post(row, by=req.seat, on=today(), version=n),
    "send": lambda row, req, n: steps.send(row, by=req.seat, on=today(), version=n),
    "check": lambda row, req, n: steps.check(
        row, by=req.seat, on=today(), version=n, note=req.POST.get("note", "")
    ),
    "send_back": lambda row, req, n: steps.send_back(
        row, by=req.seat, on=today(), version=n, why=req.POST.get("why", "")
    ),
    "recognise": lambda row, req, n: steps.recognise(row, by=req.seat, on=today(), version=n),
}  # fmt: skip
"""The steps that one commune's review takes by a button; those of the whole round have their own pages."""
ASKED: dict[str, type[BlamedForm]] = {"check": forms.NoteForm, "send_back": forms.WhyForm}
"""The steps that ask for words; what is wrong with them stands at their field."""


def _done(name: str, review: CommuneReview, request: DeskRequest, form: BlamedForm) -> bool:
    """Take a step with its words; False, with the reasons in the form, where it is refused."""
    if form.is_valid():
        with form.blamed():
            DONE[name](review, request, version_of(request))
            return True
    return False


@at_desk(*rights.HOUSEHOLDS)
@require_POST
def step(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the table; a refusal says everything that is missing."""
    review = my_review(request, pk)
    if name not in DONE:
        raise Http404
    form = _step_form(name, request.POST) if name in ASKED else None
    if form is not None and not _done(name, review, request, form):
        return _page(request, my_review(request, pk), {name: form})
    if form is None:
        DONE[name](review, request, version_of(request))
    messages.success(request, f"Đã chuyển sang “{review.words.label}”. {review.words.sentence}")
    return redirect("reviews:commune", review.pk)
