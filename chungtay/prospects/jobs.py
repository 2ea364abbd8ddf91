"""Việc làm sau: a province is counted after commit, some thousand parties at a time; each step may be done again."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from chungtay.movements.models import Movement, Round
from chungtay.parties.models import Party, PartyQuerySet
from chungtay.places.models import Place
from chungtay.places.scope import scope_of
from chungtay.prospects.cells import packed, unpacked
from chungtay.prospects.counting import Counted, count
from chungtay.prospects.models import Survey, Tally
from chungtay.prospects.rounds import Chosen
from chungtay.records import walls

WHY = "a count of the whole province belongs to no seat; whoever reads it sees the sums of the own area"
A_STEP = 5_000


def count_later(survey: Survey) -> None:
    """Put the job in the queue, in the caller's transaction."""
    go_on.enqueue(survey.pk)


def parties_of(place: Place, survey_on: object) -> PartyQuerySet:
    """Every party of the province."""
    return Party.objects.filter(scope_of(place, on=survey_on).where("area_path"))  # type: ignore[arg-type]


@task()
def go_on(survey_id: int) -> None:
    """Count to the end. Killed and done again, it goes on where it was."""
    with walls.everything(WHY):
        while _step(survey_id):
            pass


def _step(survey_id: int) -> bool:
    """Count the next parties and keep their sums, all in one transaction; False when nothing is left."""
    with transaction.atomic():
        rows = Survey.objects.select_for_update(of=("self",)).filter(pk=survey_id, state=Survey.State.COUNTING)
        survey = rows.select_related("place", "round__plan_version__movement").first()
        if survey is None:
            return False
        rows_of = parties_of(survey.place, survey.asked_on)
        batch = list(rows_of.filter(pk__gt=survey.reached).order_by("pk")[:A_STEP])
        if not batch:
            Survey.objects.filter(pk=survey.pk).update(
                state=Survey.State.DONE, finished_at=timezone.now(), total=survey.done
            )
            return False
        _keep(survey, count(batch, _chosen(survey)))
        done = survey.done + len(batch)
        Survey.objects.filter(pk=survey.pk).update(done=done, total=max(survey.total, done), reached=batch[-1].pk)
    return True


def _chosen(survey: Survey) -> Chosen:
    round_: Round = survey.round
    movement: Movement = round_.plan_version.movement
    return Chosen(round_, [round_], round_.plan_version.plan, movement, survey.on)


def _keep(survey: Survey, counted: Counted) -> None:
    """Add these sums to those kept already. Two or three statements."""
    kept = {(row.area_path, row.content, row.award): row for row in Tally.objects.filter(survey=survey)}
    new, changed = [], []
    for (path, content, award), cells in counted.items():
        row = kept.get((path, content, award))
        if row is None:
            new.append(Tally(survey=survey, area_path=path, content=content, award=award, cells=packed(cells)))
        else:
            row.cells = packed(Counter(cells) + unpacked(row.cells))
            changed.append(row)
    Tally.objects.bulk_create(new, batch_size=500)
    Tally.objects.bulk_update(changed, ["cells"], batch_size=100)
