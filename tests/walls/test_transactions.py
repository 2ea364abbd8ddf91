"""What is said to the wall holds for one transaction: it never leaks, and is said again to the next one (design D7)."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records import wall_laying, walls
from chungtay.records.walls import Sight
from tests.make import Province, build
from tests.walls.behind import own_role, run, sight

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(settings: Settings) -> Iterator[Province]:
    """A province in the database itself, and a connection of the runtime role that commits as in production."""
    province, role = build(), own_role("runtime")
    province.household("Hộ xã này")
    province.household("Hộ xã khác", "kg-30850")
    run(f"CREATE ROLE {role}")
    wall_laying.lay(connection, role)
    settings.RUNTIME_ROLE = role
    run(f"SET SESSION AUTHORIZATION {role}")
    yield province
    settings.RUNTIME_ROLE = ""
    run("RESET SESSION AUTHORIZATION")
    wall_laying.lift(connection)
    run(f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def households() -> int:
    return Party.objects.filter(kind="household").count()


def said() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('chungtay.sees', true), '')")
        return str(cursor.fetchone()[0])


def test_nothing_of_a_transaction_is_left_to_the_next_one_on_the_same_connection(committed: Province) -> None:
    for name, seen in (("commune", 1), ("district", 2), ("commune_b", 1)):
        with walls.seen_by(sight(committed.seats[name])), transaction.atomic():
            assert (said(), households()) == ("seat", seen)
        with transaction.atomic():
            assert (said(), households()) == ("", 0)
        assert (said(), households()) == ("", 0)


def test_a_failed_or_undone_transaction_leaves_nothing_either(committed: Province) -> None:
    with pytest.raises(IntegrityError), walls.everything("it will fail"), transaction.atomic():
        Place.objects.create(pk=committed.places["kg"].pk, key="x", level="commune", since="2010-01-01", title="x")
    assert (said(), households()) == ("", 0)
    with walls.everything("it is undone"), transaction.atomic():
        assert households() == 2
        transaction.set_rollback(True)
    assert (said(), households()) == ("", 0)


def test_each_transaction_in_the_block_is_told_again(committed: Province) -> None:
    with walls.everything("a job of many transactions"):
        for _ in range(2):
            with transaction.atomic():
                assert households() == 2
        with transaction.atomic(), transaction.atomic():  # its first statement makes a savepoint
            assert households() == 2
    assert households() == 0


def test_a_statement_outside_any_transaction_gets_one_of_its_own_and_is_committed(committed: Province) -> None:
    with walls.everything("a command"):
        assert connection.get_autocommit()
        Party.objects.filter(kind="household").update(phone="0123456789")
        assert not connection.in_atomic_block
        assert len(list(Party.objects.filter(kind="household").order_by("id").iterator(chunk_size=1))) == 2
        run("ROLLBACK")
        assert Party.objects.filter(phone="0123456789").count() == 2


def test_a_connection_that_was_closed_is_told_again(committed: Province) -> None:
    role = own_role("runtime")
    with walls.everything("the worker waits, and its connection is closed meanwhile"):
        assert households() == 2
        connection.close()
        run(f"SET SESSION AUTHORIZATION {role}")
        assert households() == 2
    assert households() == 0


def test_looking_beyond_ends_where_it_began_also_when_it_fails(committed: Province) -> None:
    with walls.seen_by(sight(committed.seats["commune"])), transaction.atomic():
        assert households() == 1
        with walls.everything("what counts wherever it was written"):
            assert households() == 2
        assert households() == 1
        with pytest.raises(IntegrityError), transaction.atomic(), walls.everything("it fails inside a savepoint"):
            Place.objects.create(pk=committed.places["kg"].pk, key="x", level="commune", since="2010-01-01", title="x")
        assert households() == 1
        with pytest.raises(IntegrityError), walls.everything("it fails around a savepoint"), transaction.atomic():
            Place.objects.create(pk=committed.places["kg"].pk, key="x", level="commune", since="2010-01-01", title="x")
        assert households() == 1


def test_the_other_way_round_a_seat_within_everything_sees_only_its_own(committed: Province) -> None:
    with walls.everything("a command that acts for a seat"), transaction.atomic():
        with walls.seen_by(sight(committed.seats["commune"])):
            assert households() == 1
        assert households() == 2
        with walls.seen_by(Sight()):
            assert households() == 0


def test_what_goes_past_the_cursors_of_the_framework_may_be_told_too(committed: Province) -> None:
    count = "SELECT count(*) FROM parties_party WHERE kind = 'household'"
    with walls.everything("COPY and its like"), transaction.atomic():
        walls.tell()
        assert connection.connection.execute(count).fetchone() == (2,)
    with walls.everything("the control"), transaction.atomic():
        assert connection.connection.execute(count).fetchone() == (0,)
