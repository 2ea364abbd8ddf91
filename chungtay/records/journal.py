"""The journal (design D1): one append-only, hash-chained row an act, in the transaction of the act."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db import connection, models, transaction
from django.utils import timezone

from chungtay.records.models import ChainHead, Entry, EntryValue, Reading


class Author(Protocol):
    """Whoever acts: a seat at a desk, or the system itself."""

    def journal_identity(self) -> tuple[str, str, str, str]:
        """(key, full name, desk's name, area path) as text, so that history survives any later change."""
        ...


class System:
    """The province's own machine, when a command acts."""

    def __init__(self, command: str) -> None:
        self.command = command

    def journal_identity(self) -> tuple[str, str, str, str]:
        return "system", "Hệ thống", self.command, ""


def noun_of(row: models.Model) -> tuple[str, str]:
    """('nominations.Dossier', '17'): how a row is named in the journal."""
    return row._meta.label, str(row.pk)


def digest_of(previous: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the previous digest and the entry as canonical JSON (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def chained_fields(entry: Entry) -> dict[str, Any]:
    """What the chain protects of `entry`."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "on": entry.on.isoformat(),
        "actor_key": entry.actor_key,
        "actor": hashlib.sha256(entry.actor.encode()).hexdigest(),
        "desk": entry.desk,
        "area_path": entry.area_path,
        "act": entry.act,
        "noun": entry.noun,
        "noun_key": entry.noun_key,
        "body": entry.body,
    }


@dataclass(frozen=True)
class Act:
    """One act to be written: what was done to which row. `personal` values leave only salted hashes in the chain."""

    act: str
    noun: models.Model
    body: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)


def record(
    act: str,
    *,
    by: Author,
    on: date,
    noun: models.Model,
    body: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
) -> Entry:
    """Write one entry at the end of the chain. `personal` values go beside it and leave only salted hashes in it.

    Raises RuntimeError outside a transaction: an act and its entry stand or fall together.
    """
    return record_many([Act(act, noun, body or {}, personal or {})], by=by, on=on)[0]


def record_many(acts: Sequence[Act], *, by: Author, on: date) -> list[Entry]:
    """Write many entries in a fixed number of statements. Whoever writes holds the chain's head until commit."""
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the transaction of its act")
    key, actor, desk, area_path = by.journal_identity()
    head = ChainHead.objects.select_for_update().filter(pk=1).first() or ChainHead.objects.create(pk=1)
    entries: list[Entry] = []
    values: list[EntryValue] = []
    for act in acts:
        label, noun_key = noun_of(act.noun)
        salts = {name: secrets.token_hex(16) for name in act.personal}
        hidden = {name: _salted(salts[name], value) for name, value in act.personal.items()}
        entry = Entry(
            seq=head.seq + 1,
            at=timezone.now(),
            on=on,
            actor=actor,
            actor_key=key,
            desk=desk,
            area_path=area_path,
            act=act.act,
            noun=label,
            noun_key=noun_key,
            previous=head.digest,
            body=json.loads(json.dumps({**act.body, **({"#": hidden} if hidden else {})}, default=str)),
        )
        entry.digest = digest_of(head.digest, chained_fields(entry))
        head.seq, head.digest = entry.seq, entry.digest
        entries.append(entry)
        values += [EntryValue(entry=entry, name=name, value=v, salt=salts[name]) for name, v in act.personal.items()]
    Entry.objects.bulk_create(entries, batch_size=500)
    EntryValue.objects.bulk_create(values, batch_size=500)
    ChainHead.objects.filter(pk=1).update(seq=head.seq, digest=head.digest)
    return entries


def _salted(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


def of(row: models.Model) -> "models.QuerySet[Entry]":
    """The entries about `row`, oldest first."""
    label, key = noun_of(row)
    return Entry.objects.filter(noun=label, noun_key=key).order_by("seq").prefetch_related("values")


def faults() -> list[str]:
    """Walk the whole chain; one sentence for each entry or value that does not fit. Empty when nothing was touched."""
    found: list[str] = []
    previous, seq = "0" * 64, 0
    for entry in Entry.objects.order_by("seq").prefetch_related("values").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            found.append(f"entries {seq + 1} to {entry.seq - 1} are missing")
        if entry.previous != previous or entry.digest != digest_of(entry.previous, chained_fields(entry)):
            found.append(f"entry {entry.seq} was changed")
        for value in entry.values.all():
            if entry.body.get("#", {}).get(value.name) != _salted(value.salt, value.value):
                found.append(f"the value {value.name!r} of entry {entry.seq} was changed")
        previous, seq = entry.digest, entry.seq
    head = ChainHead.objects.filter(pk=1).first()
    if head is not None and (head.seq, head.digest) != (seq, previous):
        found.append(f"the chain ends at entry {seq}, its head says {head.seq}")
    return found


def leave_trace(row: models.Model, *, by: Author) -> None:
    """Reading a personal page leaves a trace: who, at which desk, whose page, when."""
    key, _, desk, _ = by.journal_identity()
    label, noun_key = noun_of(row)
    with transaction.atomic():
        Reading.objects.create(at=timezone.now(), reader_key=key, desk=desk, noun=label, noun_key=noun_key)
