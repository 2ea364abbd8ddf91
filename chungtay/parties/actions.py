"""What is done with parties: register, correct, tell apart, put a discipline on record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from chungtay.law.refusals import Conflict, Reason
from chungtay.parties import authority
from chungtay.parties.authority import Writer
from chungtay.parties.models import Different, Discipline, Party
from chungtay.records import journal, versions

PERSONAL = ("name", "hamlet", "address", "post", "phone", "id_number", "ethnicity")


@transaction.atomic
def register(party: Party, *, by: Writer, on: date, different_from: Iterable[Party] = ()) -> Party:
    """Ghi sổ đối tượng: put a new party in the register; `different_from` are look-alikes that a person told apart.

    Raises `Refused` for a desk that does not keep the register, and for a party outside its area.
    """
    party.registered_on = on
    party.fill_derived(on)
    reasons = authority.may_register(by)
    reasons.extend(authority.out_of_sight(party, by, on))
    reasons.extend(authority.foreign_unit(party, None, by, on))
    reasons.raise_if_any()
    party.save(force_insert=True)
    others = list(different_from)
    Different.objects.bulk_create(Different(party=party, other=other, on=on) for other in others)
    journal.record(
        "register_party",
        by=by,
        on=on,
        noun=party,
        body={"kind": party.kind, "place": party.place.key, "different_from": [o.pk for o in others]},
        personal=_personal(party),
    )
    return party


@transaction.atomic
def correct(party: Party, *, by: Writer, on: date, version: int, changes: dict[str, Any]) -> Party:
    """Sửa thông tin: change what was written about a party. Raises `Conflict` when somebody else was first, `Refused`
    when the party is not the desk's to correct, or would not be afterwards."""
    reasons = authority.may_register(by)
    reasons.extend(authority.out_of_sight(party, by, on))
    draft = Party(**{f.name: getattr(party, f.name) for f in Party._meta.concrete_fields})
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.fill_derived(on)
    reasons.extend(authority.out_of_sight(draft, by, on))
    reasons.extend(authority.foreign_unit(draft, party.managing_unit_id, by, on))
    reasons.raise_if_any()
    derived = {"name": draft.name, "name_folded": draft.name_folded, "area_path": draft.area_path}
    before = _personal(party)
    versions.guarded_update(party, version=version, **{**changes, **derived})
    journal.record(
        "correct_party",
        by=by,
        on=on,
        noun=party,
        body={"fields": sorted(changes)},
        personal={**{f"{k} (cũ)": v for k, v in before.items()}, **_personal(party)},
    )
    return party


@transaction.atomic
def put_on_record(discipline: Discipline, *, by: Writer, on: date) -> Discipline:
    """Ghi kỷ luật: from now on it answers the fifth general criterion (KH IV.1.1). Raises `Refused` for a desk that
    does not keep disciplines or does not see the party, and for a day to come."""
    reasons = authority.may_keep_disciplines(by)
    reasons.extend(authority.out_of_sight(discipline.party, by, on))
    if discipline.since > on:
        reasons.add("Ngày kỷ luật ở tương lai.", clause="KH IV.1.1", field="since")
    reasons.raise_if_any()
    discipline.recorded_on = on
    discipline.save(force_insert=True)
    journal.record(
        "record_discipline",
        by=by,
        on=on,
        noun=discipline.party,
        body={"discipline": discipline.pk},
        personal={"form": discipline.get_form_display(), "source": discipline.source},
    )
    return discipline


@transaction.atomic
def lift(discipline: Discipline, *, by: Writer, on: date, until: date) -> Discipline:
    """Ghi ngày hết hiệu lực of a discipline, once. Raises `Refused` for a day before it began or a second writing, and
    for a desk that may not put one on record either."""
    reasons = authority.may_keep_disciplines(by)
    reasons.extend(authority.out_of_sight(discipline.party, by, on))
    if until < discipline.since:
        reasons.add("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.", field="until")
    if discipline.until is not None:
        reasons.add(f"Đã ghi hết hiệu lực ngày {discipline.until:%d/%m/%Y}.", field="until")
    reasons.raise_if_any()
    if Discipline.objects.filter(pk=discipline.pk, until__isnull=True).update(until=until) != 1:
        raise Conflict([Reason("Người khác vừa ghi ngày hết hiệu lực của kỷ luật này.", field="until")])
    discipline.until = until
    journal.record(
        "lift_discipline", by=by, on=on, noun=discipline.party, body={"discipline": discipline.pk, "until": until}
    )
    return discipline


def _personal(party: Party) -> dict[str, str]:
    return {name: str(getattr(party, name)) for name in PERSONAL if getattr(party, name)}
