"""Who sees a dossier, and who does not: 404 for the rest."""

import pytest

from chungtay.nominations import actions
from chungtay.nominations.models import Dossier
from chungtay.records.models import Reading
from tests.make import TODAY, Province, upload

PROVINCE_DESKS = ("front", "labour", "office", "board", "secretary", "chair", "auditor")


def seen(province: Province, key: str) -> set[str]:
    rows = {}
    for name, seat in province.seats.items():
        rows[name] = Dossier.objects.visible_to(seat, TODAY).filter(key=key).exists()
    return {name for name, found in rows.items() if found}


@pytest.mark.clause("KH IV.4.3")
def test_a_draft_is_seen_by_its_own_unit_only(province: Province) -> None:
    assert seen(province, province.draft().key) == {"commune"}


def test_a_dossier_handed_in_is_seen_by_its_unit_its_district_and_the_province(province: Province) -> None:
    assert seen(province, province.submitted().key) == {"commune", "district", *PROVINCE_DESKS}


def test_the_council_sees_a_dossier_once_it_was_appraised(province: Province) -> None:
    assert "member" not in seen(province, province.received().key)
    assert "member" in seen(province, province.appraised().key)


def test_others_get_404_for_every_address_of_a_dossier(province: Province) -> None:
    dossier = province.submitted()
    evidence = dossier.evidence.first()
    assert evidence is not None
    for name in ("commune_b", "commune_c", "unit"):
        client = province.client(name)
        for tail in ("", "sua/", f"giay-to/{evidence.pk}/", "bao-cao.pdf"):
            assert client.get(f"/ho-so/{dossier.key}/{tail}").status_code == 404, (name, tail)


def test_a_recalled_draft_disappears_from_the_province_again(province: Province) -> None:
    dossier = province.submitted()
    actions.recall(dossier, by=province.seats["commune"], on=TODAY)
    assert seen(province, dossier.key) == {"commune"}


def test_the_search_box_finds_only_what_one_may_see(province: Province) -> None:
    province.submitted(province.household("Thạch Thị Sóc Kha"))
    for name, found in (("commune", True), ("district", True), ("commune_b", False), ("unit", False)):
        page = province.client(name).get("/ban-lam-viec/tim/?q=thach thi soc")
        assert ("Thạch Thị Sóc Kha" in page.content.decode()) is found, name


def test_evidence_is_served_as_a_download_that_no_browser_runs(province: Province) -> None:
    dossier = province.draft()
    client = province.client("commune")
    told = {"paper": "letter", "name": "Tờ trình 15", "file": upload(), "_key": "k" * 20}
    assert client.post(f"/ho-so/{dossier.key}/giay-to/", told).status_code == 302
    answer = client.get(f"/ho-so/{dossier.key}/giay-to/{dossier.evidence.get().pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer).startswith(b"%PDF")


def test_a_file_that_is_not_what_it_says_is_refused_at_the_field(province: Province) -> None:
    dossier = province.draft()
    told = {"paper": "letter", "file": upload("to-trinh.pdf", b"MZ" + b"\0" * 400), "_key": "k" * 20}
    answer = province.client("commune").post(f"/ho-so/{dossier.key}/giay-to/", told)
    assert answer.status_code == 422
    assert not dossier.evidence.exists()


def test_whoever_reads_the_dossier_of_a_household_leaves_a_trace_and_its_own_unit_does_not(province: Province) -> None:
    dossier = province.submitted()
    for name in ("commune", "board"):
        assert province.client(name).get(f"/ho-so/{dossier.key}/").status_code == 200
    traces = Reading.objects.filter(noun="parties.Party", noun_key=str(dossier.party_id))
    assert [trace.reader_key for trace in traces] == [str(province.seats["board"].user_id)]
