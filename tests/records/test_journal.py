"""The journal: one chain, in the transaction of the act, that shows every change (design D1)."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from chungtay.records import journal, triggers
from chungtay.records.models import Entry, EntryValue
from tests import make
from tests.make import TODAY, Province


def write(province: Province, count: int = 3) -> list[Entry]:
    party = province.household()
    with transaction.atomic():
        return [
            journal.record("test", by=province.seats["commune"], on=TODAY, noun=party, personal={"name": f"Tên {n}"})
            for n in range(count)
        ]


def unguarded(table: str) -> None:
    """The control: what somebody with the database's own key could do."""
    with connection.cursor() as cursor:
        for what in ("no_update", "no_delete"):
            tail = "" if connection.vendor == "sqlite" else f' ON "{table}"'
            cursor.execute(f'DROP TRIGGER "{table}_{what}"{tail}')


@pytest.mark.django_db(transaction=True)
def test_an_act_without_a_transaction_is_a_programming_error() -> None:
    province = make.build()
    with pytest.raises(RuntimeError, match="transaction"):
        journal.record("test", by=province.seats["commune"], on=TODAY, noun=province.bodies["unit"])


def test_an_untouched_chain_has_no_faults(province: Province) -> None:
    write(province)
    assert journal.faults() == []


def test_an_act_that_fails_leaves_no_entry(province: Province) -> None:
    before = Entry.objects.count()

    @transaction.atomic
    def fails_after_recording() -> None:
        journal.record("test", by=province.seats["commune"], on=TODAY, noun=province.bodies["unit"])
        raise LookupError

    with pytest.raises(LookupError):
        fails_after_recording()
    assert Entry.objects.count() == before
    assert journal.faults() == []


@pytest.mark.parametrize("change", ["act", "actor", "body", "on", "digest"])
def test_a_changed_entry_is_found_even_when_the_guard_was_taken_away(province: Province, change: str) -> None:
    entry = write(province)[1]
    values = {"act": "other", "actor": "Người khác", "body": {"x": 1}, "on": "2019-01-01", "digest": "f" * 64}
    unguarded("records_entry")
    Entry.objects.filter(pk=entry.pk).update(**{change: values[change]})
    assert any(str(entry.seq) in fault for fault in journal.faults())


def test_a_cut_tail_is_found(province: Province) -> None:
    entry = write(province)[-1]
    unguarded("records_entry")
    EntryValue.objects.filter(entry=entry).delete()
    Entry.objects.filter(pk=entry.pk).delete()
    assert "the chain ends at" in journal.faults()[-1]


def test_an_entry_cut_out_of_the_middle_is_found(province: Province) -> None:
    entry = write(province)[1]
    unguarded("records_entry")
    EntryValue.objects.filter(entry=entry).delete()
    Entry.objects.filter(pk=entry.pk).delete()
    assert any("missing" in fault for fault in journal.faults())


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_an_entry(province: Province, verb: str) -> None:
    entry = write(province)[0]
    EntryValue.objects.filter(entry=entry).delete()
    rows = Entry.objects.filter(pk=entry.pk)
    change = rows.delete if verb == "delete" else lambda: rows.update(act="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()


def test_a_personal_value_stands_beside_the_chain_and_may_be_erased_by_law(province: Province) -> None:
    entry = write(province)[0]
    assert "Tên 0" not in str(entry.body)
    value = entry.values.get()
    assert entry.body["#"]["name"] == hashlib.sha256(f"{value.salt}\nTên 0".encode()).hexdigest()
    value.delete()
    assert journal.faults() == []


def test_a_changed_personal_value_is_found(province: Province) -> None:
    entry = write(province)[0]
    entry.values.update(value="Tên khác")
    assert journal.faults() == [f"the value 'name' of entry {entry.seq} was changed"]


def test_every_append_only_table_has_its_triggers(province: Province) -> None:
    assert len(triggers.guarded()) >= 13
    assert triggers.missing(connection) == []
    unguarded("records_entry")
    assert triggers.missing(connection) == ["records_entry_no_delete", "records_entry_no_update"]
