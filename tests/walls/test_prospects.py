"""Sums of a count and what was taken on to help lie behind the second wall: each desk reads those of its area."""

from chungtay.prospects import actions, jobs, watching
from chungtay.prospects.models import Help, Survey, Tally
from tests.make import TODAY, Province
from tests.prospects.people import home, honoured, stands
from tests.prospects.test_watch import PLAN, REVIEWED, SIGNED
from tests.walls.behind import keys


def test_a_desk_reads_the_sums_and_the_help_of_its_own_area(province: Province, behind: object) -> None:
    made = []
    for commune, seat in (("kg-30847", "commune"), ("kg-30850", "commune_b")):
        party, kept = home(province, f"Hộ {commune}", commune)
        honoured(province, party, SIGNED, seat=seat)
        stands(kept, "poor", REVIEWED)
        by = province.seats[seat]
        [notice] = watching.watched(by, province.movement, TODAY, taken=False).households
        made.append(actions.take_on(notice, PLAN, by=by, on=TODAY).pk)
    survey = actions.count_province(province.round(), province.movement, by=province.seats["board"], on=TODAY)
    jobs.go_on.call(survey.pk)
    own = province.places["kg-30847"].path_on(TODAY)
    mine = set(Tally.objects.filter(area_path=own).values_list("pk", flat=True))
    every = keys(Tally)
    walled = behind(province)  # type: ignore[operator]
    with walled.seen_by("commune"):
        assert keys(Help) == {made[0]}
        assert keys(Tally) == mine < every
        assert keys(Survey) == {survey.pk}
    with walled.seen_by("board"):
        assert keys(Tally) == every
    assert keys(Tally) == keys(Help) == set()
