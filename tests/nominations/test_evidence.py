"""Evidence may be handed in for the very criterion that a person judges, and stands beside its question."""

import pytest

from chungtay.nominations import actions, checklist
from chungtay.nominations.models import Dossier
from tests.make import TODAY, Province, post_form, upload


@pytest.mark.clause("KH IV.1", "KH IV.4.1")
def test_evidence_for_a_judged_criterion_stands_at_its_question(province: Province) -> None:
    dossier = province.draft()
    first, *_ = checklist.of(dossier, on=TODAY).to_judge
    page, sent = (
        f"/ho-so/{dossier.key}/",
        {"paper": f"criterion:{first.id}", "name": "Biên bản họp ấp", "file": upload()},
    )
    client = province.client("commune")
    assert "Minh chứng cho tiêu chuẩn" in client.get(f"{page}sua/").content.decode()
    assert post_form(client, f"{page}giay-to/", sent).status_code == 302
    kept = dossier.evidence.get()
    assert (kept.criterion, kept.paper) == (first.id, "")
    dossier = province.complete(Dossier.objects.get(pk=dossier.pk))
    actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    actions.take_up(dossier, by=province.seats["office"], on=TODAY)
    actions.receive(dossier, by=province.seats["office"], on=TODAY)
    told = province.client("board").get(f"{page}tham-dinh/").content.decode()
    _, _, row = told.partition(f'id="criterion-{first.id}"')
    assert "Biên bản họp ấp" in row.partition("</div>\n      </div>")[0].partition('class="judged"')[0]


def test_evidence_for_a_criterion_that_nobody_judges_here_is_refused_at_the_field(province: Province) -> None:
    dossier = province.draft()
    sent = {"paper": "criterion:e.99", "name": "Biên bản", "file": upload()}
    answer = post_form(province.client("commune"), f"/ho-so/{dossier.key}/giay-to/", sent)
    assert answer.status_code == 422
    assert "paper" in answer.context["evidence_form"].errors
    assert not dossier.evidence.exists()
