"""The answer from above: the Board puts it on record, takes back a wrong one, or notes that the award was revoked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law import procedure
from chungtay.law.procedure import Desk
from chungtay.nominations import hearing
from chungtay.nominations.central_forms import STEPS, AnswerForm, Kind
from chungtay.nominations.models import Dossier
from chungtay.nominations.requests import dossier_of
from chungtay.records.clock import today
from chungtay.records.requests import version_of


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(Desk.BOARD)
def answer(request: DeskRequest, key: str) -> HttpResponse:
    """What the centre answered on one dossier. 404 while nothing can be answered."""
    dossier = dossier_of(request, key)
    award = dossier.round.plan_version.plan.award(dossier.award)
    found = procedure.open_steps(Desk.BOARD, dossier.at, state_award=award.level == "state")
    steps = {step.name for step in found} & set(STEPS)
    if not steps:
        raise Http404
    form = AnswerForm(request.POST or None, steps=steps, asked=dossier.award)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            _record(request, dossier, form)
            messages.success(request, "Đã ghi kết quả từ Trung ương.")
            return redirect("nominations:detail", dossier.key)
    context = {"dossier": dossier, "award": award, "form": form, "answer": hearing.answer_of(dossier)}
    return render(request, "nominations/answer.html", context, status=422 if form.errors else 200)


def _record(request: DeskRequest, dossier: Dossier, form: AnswerForm) -> None:
    by, on, version, told = request.seat, today(), version_of(request), form.cleaned_data
    kind = Kind(told["kind"])
    if kind is Kind.GRANTED:
        hearing.record_grant(dossier, award=told["award"], told=form.document, by=by, on=on, version=version)
    elif kind is Kind.DENIED:
        hearing.record_denial(
            dossier, told=form.document, reason=told["reason"], by=by, on=on, version=version
        )  # fmt: skip
    elif kind is Kind.RETRACTED:
        hearing.retract_answer(dossier, reason=told["reason"], by=by, on=on, version=version)
    else:
        hearing.record_revocation(
            dossier, told=form.document, reason=told["reason"], by=by, on=on, version=version
        )  # fmt: skip
