"""People's spreadsheets: what was handed in, handing in, confirming columns, progress, approving, giving back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.refusals import Refused
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.records.templatetags.vn import so
from chungtay.sheets import accepting, actions, forms, jobs, registry, returning, staging
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import Upload
from chungtay.sheets.plans import Plan
from chungtay.sheets.registry import SheetList

State = Upload.State
TONES = {
    State.RECEIVED: "info", State.OPENED: "wait", State.STAGING: "info", State.STAGED: "wait", State.ACCEPTING: "info",
    State.CLOSED: "ok", State.WITHDRAWN: "neutral", State.FAILED: "no",
}  # fmt: skip


def lists_of(request: DeskRequest) -> dict[str, SheetList]:
    """The lists that this desk may hand in. 404 for a desk without any."""
    found = {one.name: one for one in registry.of_desk(request.seat.kind)}
    if not found:
        raise Http404
    return found


def mine(request: DeskRequest, pk: int) -> tuple[Upload, SheetList]:
    """The upload and its list, if this desk may see both; otherwise 404."""
    known = lists_of(request)
    rows = Upload.objects.visible_to(request.seat, today()).filter(layout__in=known)
    found = get_object_or_404(rows.select_related("by__user", "by__desk__body", "body", "approved_by__user"), pk=pk)
    return found, known[found.layout]


def layout_of(upload: Upload, known: SheetList) -> Layout:
    """The list's layout as it was for the sender on the day of sending: communes and rules stay the same."""
    return known.layout_for(upload.by, upload.on)


@require_safe
@at_desk()
def listing(request: DeskRequest) -> HttpResponse:
    """Everything handed in within the area, the latest first, and what may be handed in."""
    known = lists_of(request)
    rows = Upload.objects.visible_to(request.seat, today()).filter(layout__in=known).select_related("body")
    page = keyset.page(rows.defer("survey", "plan", "trial"), order=("-id",), mark=request.GET.get("trang", ""))
    shown = [{"row": row, "title": known[row.layout].title, "tone": TONES[State(row.state)]} for row in page.rows]
    context = {"rows": shown, "pages": neighbours(request, page), "lists": list(known.values())}
    return render(request, "sheets/listing.html", context)


@at_desk()
def send(request: DeskRequest, name: str) -> HttpResponse:
    """Hand in a file or pasted rows. The same file again leads to where it is already."""
    known = lists_of(request).get(name)
    if known is None:
        raise Http404
    form = forms.SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        layout, by, on = known.layout_for(request.seat, today()), request.seat, today()
        file, text = form.cleaned_data["file"], form.cleaned_data["text"]
        with form.blamed():
            if file:
                made = actions.receive(file.read(), file.name, layout=layout, by=by, on=on)
            else:
                made = actions.paste(text, layout=layout, by=by, on=on)
            jobs.go_on_later(made)
            return redirect("sheets:detail", made.pk)
    status = 422 if request.method == "POST" else 200
    columns = known.layout_for(request.seat, today()).columns
    return render(request, "sheets/send.html", {"form": form, "known": known, "columns": columns}, status=status)


@require_safe
@at_desk()
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """Where one upload stands: how far the machine is, or what a person has to do next."""
    upload, known = mine(request, pk)
    return render(request, "sheets/detail.html", about(request, upload, known))


def about(request: DeskRequest, upload: Upload, known: SheetList) -> dict[str, Any]:
    """What the pages of one upload show of it."""
    return {
        "upload": upload,
        "known": known,
        "tone": TONES[State(upload.state)],
        "state": upload.state,
        "is_busy": upload.state in jobs.BUSY,
        "is_ours": upload.body_id == request.seat.body_id,
        "to_look_at": upload.doubtful + upload.bad,
        "taking": upload.accepted + upload.good,
        "may_give_back": returning.may_return(upload),
        "gives_at_once": returning.is_at_once(upload),
    }


@require_safe
@at_desk()
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the job is, asked for every two seconds; the whole page anew when it is done."""
    upload, known = mine(request, pk)
    if request.GET.get("dang") != upload.state:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "sheets/_progress.html", about(request, upload, known))


@require_POST
@at_desk()
def go_on(request: DeskRequest, pk: int) -> HttpResponse:
    """Put the job in the queue once more, for one that was lost; it goes on where it was."""
    upload, _ = mine(request, pk)
    jobs.go_on_later(upload)
    return redirect("sheets:detail", upload.pk)


@at_desk()
def columns(request: DeskRequest, pk: int) -> HttpResponse:
    """What each column means, as guessed; a person confirms or changes it."""
    upload, known = mine(request, pk)
    if upload.state != State.OPENED:
        return redirect("sheets:detail", upload.pk)
    layout = layout_of(upload, known)
    sheets = sheet_forms(request, upload, layout)
    are_valid = [form.is_valid() for form in sheets] if request.method == "POST" else [False]
    bottoms = [one.bottom for one in staging.surveys(upload)]
    if all(are_valid) and all([form.is_sound(bottoms) for form in sheets]):  # noqa: C419  every sheet speaks
        plan = Plan(tuple(one for one in (form.plan() for form in sheets) if one is not None))
        try:
            actions.confirm(upload, plan, layout=layout, by=request.seat, on=today())
        except Refused as refused:
            sheets[0].blame(refused.reasons)
        else:
            jobs.go_on_later(upload)
            return redirect("sheets:detail", upload.pk)
    context = {**about(request, upload, known), "sheets": sheets, "tried": tried(upload)}
    return render(request, "sheets/columns.html", context, status=422 if request.method == "POST" else 200)


def tried(upload: Upload) -> str:
    """What came of reading by the guess, in a sentence; nothing if the rows were not read yet."""
    if not upload.trial:
        return ""
    told = ((upload.good, "dòng tốt"), (upload.doubtful, "dòng cần hỏi"), (upload.bad, "dòng sai"))
    return ", ".join(f"{so(count)} {words}" for count, words in told) + "."


def sheet_forms(request: DeskRequest, upload: Upload, layout: Layout) -> list[forms.SheetForm]:
    """One form a sheet that holds rows."""
    guesses = {one.sheet: one for one in staging.guesses(upload, layout)}
    return [
        forms.SheetForm(request.POST or None, sheet=n, survey=one, layout=layout, guess=guesses.get(n))
        for n, one in enumerate(staging.surveys(upload)) if one.rows
    ]  # fmt: skip


@require_POST
@at_desk()
def choose_again(request: DeskRequest, pk: int) -> HttpResponse:
    """Back to the columns, as long as no row was accepted."""
    upload, _ = mine(request, pk)
    actions.choose_again(upload, by=request.seat, on=today())
    return redirect("sheets:columns", upload.pk)


@require_POST
@at_desk()
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    """Take in the good rows: from here on they count."""
    upload, _ = mine(request, pk)
    accepting.approve(upload, by=request.seat, on=today())
    jobs.go_on_later(upload)
    return redirect("sheets:detail", upload.pk)


@require_POST
@at_desk()
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """The rest is left, and why."""
    upload, _ = mine(request, pk)
    actions.close(upload, by=request.seat, on=today(), reason=request.POST.get("reason", ""))
    messages.success(request, "Đã kết thúc tệp này.")
    return redirect("sheets:detail", upload.pk)


@require_POST
@at_desk()
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the file up."""
    upload, _ = mine(request, pk)
    actions.withdraw(upload, by=request.seat, on=today(), reason=request.POST.get("reason", ""))
    messages.success(request, "Đã bỏ tệp này. Những dòng đã nhận thì vẫn giữ.")
    return redirect("sheets:detail", upload.pk)
