"""The register as a whole: seeds, export, the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.bootstrap import archive_as_it_lies, upgrade_database
from tracker.bootstrap import database_status as status_of
from tracker.cli.call import Call
from tracker.cli.vault import lines
from tracker.domain.views import Remark
from tracker.errors import BadOption, DatabaseBehind, DatabaseTooNew
from tracker.i18n import _
from tracker.render import remark
from tracker.render.labels import label
from tracker.reports import rows
from tracker.reports.formats import json_array, json_line, json_text

if TYPE_CHECKING:
    from tracker.domain.outcomes import CitationCheck, DatabaseStatus, SeedResult

# Whoever starts it: what a seed says is told apart from what a person says.
SEEDING = "seed"
_ROWS: dict[str, Callable[[Any], rows.Row]] = {
    "commitments": rows.commitment_row,
    "parties": rows.party_row,
    "documents": rows.document_row,
    "events": rows.event_row,
    "figures": rows.figure_row,
    "follow_ups": rows.follow_up_row,
    "views": rows.saved_view_row,
}


def export(call: Call) -> int:
    """`tracker export`: the same register gives the same bytes."""
    file: str | None = call.args.output
    if call.form == "archive":
        call.answer(_archive(call), private=True)
        if file not in (None, "-"):
            call.remark(Remark("exported", {"file": file}))
        return 0
    with call.tracker() as tracker, tracker.transfer.export() as sections:
        call.answer(_object(sections) if call.form == "json" else _lines(sections))
    if file not in (None, "-"):
        call.remark(Remark("written", {"file": file}))
    return 0


def _archive(call: Call) -> Iterator[bytes]:
    try:
        with call.tracker() as tracker:
            yield from tracker.transfer.archive()
    except (DatabaseBehind, DatabaseTooNew) as other:
        # What this version does not work on, it still takes out; it is only read.
        call.remark(Remark("archived_as_it_lies", {"revision": other.revision}))
        yield from archive_as_it_lies(call.settings)


def _object(sections: Iterator[tuple[str, Iterator[object]]]) -> Iterator[str]:
    before = "{"
    for name, members in sections:
        yield f'{before}"{name}": '
        yield from json_array(map(_ROWS[name], members))
        before = ",\n"
    yield "}\n"


def _lines(sections: Iterator[tuple[str, Iterator[object]]]) -> Iterator[str]:
    for name, members in sections:
        for member in members:
            yield json_line({"section": name, **_ROWS[name](member)})


def seed(call: Call) -> int:
    """`tracker seed`: load the curated commitments, or prove their citations."""
    args = call.args
    folder = _folder("--from", args.source)
    articles = _folder("--check", args.check)
    if articles is not None:
        from tracker.bootstrap import check_citations

        call.answer(_checked(call, check_citations(articles, folder)))
        return 0
    with call.tracker(may_create=True) as tracker:
        # A register that was just made with the curated commitments in it needs no second look at them.
        result = (tracker.seeded if folder is None else None) or tracker.seeding.load(
            folder, hand=tracker.hand(SEEDING)
        )
    for left in result.left:
        call.remark(left)
    call.answer(_seeded(call, result))
    return 0


def _folder(option: str, given: str | None) -> Path | None:
    if given is None:
        return None
    if not isdir(given):
        raise BadOption(option, "no_folder", given)
    return Path(given)


def _checked(call: Call, check: CitationCheck) -> Iterator[str]:
    facts = asdict(check)
    yield (json_text(facts) if call.form == "json" else remark(Remark("citations_hold", facts))) + "\n"


def _seeded(call: Call, result: SeedResult) -> Iterator[str]:
    facts: dict[str, object] = {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
    }
    yield (json_text(facts) if call.form == "json" else remark(Remark("seeded", facts))) + "\n"


def database_status(call: Call) -> int:
    """`tracker db status`."""
    from tracker.bootstrap import backups_of, open_database

    with open_database(call.settings) as database:
        backups = backups_of(call.settings, database)
        last = next(iter(backups.listing()), None)
    status = status_of(call.settings)
    call.answer(_status(call, status, str(backups.folder), str(last.file) if last else None))
    return 0


def database_upgrade(call: Call) -> int:
    """`tracker db upgrade`."""
    status = upgrade_database(call.settings, keep=not call.args.no_backup, say=call.remark)
    call.remark(Remark("upgraded", {"revision": status.revision}))
    call.answer(_status(call, status))
    return 0


def _status(call: Call, status: DatabaseStatus, folder: str | None = None, last: str | None = None) -> Iterator[str]:
    if call.form == "json":
        kept = {"backups": folder, "last_backup": last} if folder else {}
        yield json_text(asdict(status) | kept, indent=2) + "\n"
        return
    facts = {
        _("Database"): status.url,
        _("Engine"): status.engine,
        _("Schema"): status.revision,
        _("Newest schema"): status.head,
        **({_("Journal mode"): status.journal_mode} if status.journal_mode else {}),
        _("Commitments"): str(status.commitments),
        _("Acts"): str(status.acts),
        _("Anchor"): status.anchor,
        _("You may"): label("may", status.may),
    }
    if folder:
        facts |= {_("Last backup"): last or _("none in {folder}").format(folder=folder)}
    yield from lines(facts)
