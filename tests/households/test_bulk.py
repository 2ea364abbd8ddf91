"""Writing many households at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.households import bulk
from chungtay.households.bulk import Entry
from chungtay.households.facts import Home
from chungtay.households.models import CodeSeries, Event, Household, Member
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.records.journal import System
from chungtay.records.models import Entry as JournalEntry
from tests.households.make import OPENED, family, household, person
from tests.make import TODAY, Province

BY = System("test")


def entries(province: Province, count: int, commune: str = "kg-30847") -> list[Entry]:
    home = Home(province.places[commune], "Ấp Hòa Tiến")
    return [
        Entry(home, family(f"Trần Văn {n}", f"Lê Thị {n}", f"Trần Con {n}"), opened_on=OPENED) for n in range(count)
    ]


def test_many_households_are_written_as_one_would_be(province: Province) -> None:
    alone = household(province, *family("Trần Văn 0", "Lê Thị 0", "Trần Con 0"))
    [key] = bulk.open_many(entries(province, 1), by=BY, on=TODAY)
    many = Household.objects.get(pk=key)
    differs = {"id", "code"}
    fields = [f.attname for f in Household._meta.concrete_fields if f.name not in differs]
    assert {f: getattr(many, f) for f in fields} == {f: getattr(alone, f) for f in fields}
    fields = [f.attname for f in Member._meta.concrete_fields if f.name not in ("id", "household")]
    assert list(many.members.order_by("id").values(*fields)) == list(alone.members.order_by("id").values(*fields))
    fields = [f.attname for f in Event._meta.concrete_fields if f.name not in ("id", "household")]
    assert list(many.events.values(*fields)) == list(alone.events.values(*fields))


def test_the_keys_come_in_the_order_of_the_entries_over_several_communes(province: Province) -> None:
    mixed = [one for pair in zip(entries(province, 3), entries(province, 3, "kg-30850"), strict=True) for one in pair]
    keys = bulk.open_many(mixed, by=BY, on=TODAY)
    codes = [Household.objects.get(pk=key).code for key in keys]
    assert codes == ["30847-00001", "30850-00001", "30847-00002", "30850-00002", "30847-00003", "30850-00003"]
    assert household(province).code == "30847-00004"


def test_a_batch_leaves_one_entry_and_a_whole_chain(province: Province) -> None:
    before = JournalEntry.objects.count()
    bulk.open_many(entries(province, 30), by=BY, on=TODAY)
    assert JournalEntry.objects.count() == before + 1
    entry = JournalEntry.objects.latest("seq")
    assert (entry.act, entry.body["households"], entry.body["members"]) == ("open_households", 30, 90)
    assert entry.body["codes"] == {"30847": ["30847-00001", "30847-00030"]}
    assert journal.faults() == []


def test_the_number_of_statements_does_not_grow_with_the_rows(province: Province) -> None:
    counts = []
    for size in (20, 60):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            bulk.open_many(entries(province, size), by=BY, on=TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_fault_is_named_with_its_household_and_nothing_is_written(province: Province) -> None:
    good, home = entries(province, 1), Home(province.places["kg-30847"], " ")
    bad = Entry(home, [person("", birth_year=None, ethnicity="Sao Hỏa"), person("Hai", "head", id_number="12")])
    with pytest.raises(Refused) as refused:
        bulk.open_many([*good, bad], by=BY, on=TODAY)
    fields = {reason.field for reason in refused.value.reasons}
    assert fields == {
        "1-hamlet", "1-person-0-name", "1-person-0-ethnicity", "1-person-0-birth_year", "1-person-1-relation",
        "1-person-1-id_number",
    }  # fmt: skip
    assert all(reason.text.startswith("Hộ thứ 2: ") for reason in refused.value.reasons)
    assert not Household.objects.exists()
    assert not CodeSeries.objects.exists()


def test_a_taken_number_undoes_the_whole_batch(province: Province) -> None:
    household(province, person(id_number="371234567"))
    home = Home(province.places["kg-30850"], "Ấp 1")
    batch = [*entries(province, 2), Entry(home, [person("Người khác", id_number="371 234 567")])]
    with pytest.raises(Conflict):
        bulk.open_many(batch, by=BY, on=TODAY)
    assert Household.objects.count() == 1
    assert CodeSeries.objects.get().last == 1


def test_nothing_to_write_writes_nothing(province: Province) -> None:
    before = JournalEntry.objects.count()
    assert bulk.open_many([], by=BY, on=TODAY) == []
    assert JournalEntry.objects.count() == before
