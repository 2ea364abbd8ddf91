"""Checkpoints: signed statements of how far the journal had come, kept here and with a witness (design D1)."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks import task_backends
from pytest_django import Settings

from chungtay.council import actions as council
from chungtay.council import roll
from chungtay.council.models import Member
from chungtay.decisions import actions as decisions
from chungtay.decisions import reckoning
from chungtay.desk import health
from chungtay.documents import checkpoints, keys
from chungtay.documents.checkpoints import Broken, make_checkpoint
from chungtay.documents.sealing import FORM as CERTIFICATE
from chungtay.documents.sealing import Sealer, new_key
from chungtay.records import journal
from chungtay.records.models import ChainHead, Entry, EntryValue
from tests.documents.journal_lines import write
from tests.make import TODAY, Province

pytestmark = pytest.mark.usefixtures("homes")


def unguarded() -> None:
    """What somebody with the database's own key could do."""
    with connection.cursor() as cursor:
        for what in ("no_update", "no_delete"):
            tail = "" if connection.vendor == "sqlite" else ' ON "records_entry"'
            cursor.execute(f'DROP TRIGGER "records_entry_{what}"{tail}')


# --- making them ---


def test_a_checkpoint_says_under_signature_where_the_journal_ended(province: Province) -> None:
    write(province, 3)
    made = checkpoints.make()
    head = ChainHead.objects.get()
    assert (made.number, made.seq, made.digest, made.previous) == (1, head.seq, head.digest, "0" * 64)
    assert made.public_key == keys.sealer().public_key_hex
    assert made.is_signed()
    assert checkpoints.latest() == made


def test_the_next_one_names_the_hash_of_the_one_before(province: Province) -> None:
    first = checkpoints.make()
    write(province, 1)
    second = checkpoints.make()
    assert (second.number, second.previous) == (2, first.hash)


def test_nothing_new_makes_no_new_one(province: Province) -> None:
    assert checkpoints.make() == checkpoints.make()
    assert len(list(checkpoints.directory().glob("*.json"))) == 1


def test_an_empty_journal_has_a_checkpoint_too(db: None) -> None:
    assert (checkpoints.make().seq, checkpoints.make().digest) == (0, "0" * 64)


def test_a_witness_gets_every_copy_it_lacks_and_keeps_what_it_has(
    province: Province, homes: Path, settings: Settings
) -> None:
    settings.WITNESS_DIR = ""
    checkpoints.make()
    write(province, 1)
    settings.WITNESS_DIR = str(homes)
    checkpoints.make()
    assert sorted(path.name for path in homes.iterdir()) == sorted(
        path.name for path in checkpoints.directory().glob("*.json")
    )


def test_a_witness_that_cannot_be_reached_fails_and_gets_all_later(province: Province, homes: Path) -> None:
    homes.rmdir()
    with pytest.raises(OSError, match="witness"):
        checkpoints.make()
    homes.mkdir()
    checkpoints.make()
    assert len(list(homes.iterdir())) == 1


@pytest.mark.parametrize("how", ["ours are deleted", "a copy is cut", "ours is unsigned", "ours is no checkpoint"])
def test_nothing_is_signed_on_top_of_checkpoints_that_were_touched(province: Province, homes: Path, how: str) -> None:
    made = checkpoints.make()
    ours = checkpoints.directory() / made.file_name
    write(province, 1)
    if how == "ours are deleted":
        ours.unlink()
    elif how == "a copy is cut":
        (homes / made.file_name).write_text("{")
    elif how == "ours is unsigned":
        ours.write_text(ours.read_text().replace(f'"seq": {made.seq}', f'"seq": {made.seq + 1}'))
    else:
        ours.write_text("[]")
    with pytest.raises(Broken):
        checkpoints.make()


@pytest.mark.parametrize("how", ["cut", "written anew"])
def test_nothing_is_signed_on_top_of_a_journal_that_lost_what_a_checkpoint_saw(province: Province, how: str) -> None:
    write(province, 4)
    saw = checkpoints.make()
    unguarded()
    EntryValue.objects.all().delete()
    last = Entry.objects.order_by("seq").last()
    assert last is not None
    if how == "cut":
        Entry.objects.filter(seq=saw.seq).delete()
        ChainHead.objects.update(seq=saw.seq - 1, digest=last.previous)
    else:
        last.act = "nothing happened"
        digest = journal.digest_of(last.previous, journal.chained_fields(last))
        Entry.objects.filter(seq=last.seq).update(act=last.act, digest=digest)
        ChainHead.objects.update(digest=digest)
        assert journal.faults() == []  # the chain alone finds nothing
    with pytest.raises(Broken, match=f"checkpoint {saw.number} saw"):
        checkpoints.make()
    with pytest.raises(CommandError, match="saw"):
        call_command("checkpoint")
    assert health.journal_checkpoints().level is health.Level.FAIL


def test_a_checkpoint_is_never_a_certificate_and_the_other_way_round() -> None:
    signer = Sealer(new_key())
    signature = signer.sign_bytes("chungtay-checkpoint-v1", b"x")
    assert signer.verify_bytes("chungtay-checkpoint-v1", b"x", signature)
    assert not signer.verify_bytes("chungtay-other-v1", b"x", signature)
    assert not signer.verify_bytes(CERTIFICATE, b"x", signature)
    for form in (CERTIFICATE, "two\nlines", "", "mẫu"):
        with pytest.raises(ValueError, match="a form of its own"):
            signer.sign_bytes(form, b"x")


# --- when they are made ---


def jobs() -> int:
    """How many checkpoints were queued."""
    backend: Any = task_backends["default"]
    return sum(result.task == make_checkpoint for result in backend.results)


def test_a_signed_decision_and_a_closed_meeting_each_queue_one(province: Province) -> None:
    p, before = province, jobs()
    member = Member.objects.create(
        council=p.bodies["council"], user=p.seats["member"].user, body=p.bodies["home_affairs"], office="chair",
        since=TODAY,
    )  # fmt: skip
    secretary = p.seats["secretary"]
    meeting = council.plan_meeting(
        p.bodies["council"], title="Về khen thưởng", held_on=TODAY, venue="Phòng 2", by=secretary, on=TODAY
    )
    council.list_items(meeting, dossiers=[p.appraised()], by=secretary, on=TODAY)
    council.open_meeting(meeting, at=time(8), by=secretary, on=TODAY)
    council.mark_attendance(meeting, marks={member.pk: roll.Mark(True)}, presider=member.pk, by=secretary, on=TODAY)
    for item in meeting.items.order_by("ordinal"):
        council.defer_item(item, reason="Chờ xác minh thêm ở xã.", by=secretary, on=TODAY)
    assert jobs() == before
    meeting.refresh_from_db()
    council.close_meeting(meeting, at=time(9), by=secretary, on=TODAY)
    assert jobs() == before + 1
    draft = decisions.draft(
        body=p.bodies["province"], award="province_certificate", title="Tặng Bằng khen", dossiers=[p.recommended()],
        by=p.seats["board"], on=TODAY,
    )  # fmt: skip
    accepted = reckoning.assumed(reckoning.reckon(decisions.listed(draft), on=TODAY))
    decisions.sign(draft, by=p.seats["chair"], on=TODAY, accepted=accepted)
    assert jobs() == before + 2


def test_the_job_makes_the_checkpoint_and_fails_loudly(province: Province, homes: Path) -> None:
    make_checkpoint.call()
    assert checkpoints.latest() is not None
    write(province, 1)
    homes.joinpath("00000009-0123456789ab.json").write_text("{}")
    with pytest.raises(Broken, match="the witness holds 00000009"):
        make_checkpoint.call()


def test_the_doctor_sees_entries_that_wait_for_a_checkpoint(province: Province, settings: Settings) -> None:
    checkpoints.make()
    assert health.journal_checkpoints().level is health.Level.OK
    settings.WITNESS_DIR = ""
    assert health.journal_checkpoints().level is health.Level.WARN
    settings.MODE = "production"
    assert health.journal_checkpoints().level is health.Level.FAIL
