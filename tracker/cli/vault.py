"""A register that can be trusted: proved, kept, put back, taken elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.bootstrap import back_up as make_backup
from tracker.bootstrap import copy_database, import_archive, verify_database
from tracker.bootstrap import grant as give_rights
from tracker.bootstrap import restore as put_back
from tracker.cli.call import Call
from tracker.cli.progress import progress
from tracker.domain.outcomes import May
from tracker.domain.views import Remark
from tracker.errors import BadOption, DatabaseUnusable, UnknownValue
from tracker.i18n import _, ngettext
from tracker.render import safe
from tracker.render.findings import finding
from tracker.render.labels import label
from tracker.reports.formats import json_text
from tracker.reports.layout import cells, pad

if TYPE_CHECKING:
    from tracker.domain.outcomes import Verification

# What an owner can give; owning is not among it.
GIVEN = (May.READ, May.RECORD, May.NOTHING)


def verify(call: Call) -> int:
    """`tracker db verify`: 0 when nothing was found, else 7."""
    try:
        with progress() as told:
            whole, anchor = not call.args.history, call.args.anchor
            proved = verify_database(call.settings, whole=whole, anchor=anchor, told=told)
    except ValueError:
        raise BadOption("--anchor", "invalid", call.args.anchor) from None
    call.answer(_proved(call, proved))
    return 0 if proved.good else DatabaseUnusable.exit_code


def back_up(call: Call) -> int:
    """`tracker db backup`: 0 when the copy holds, else 7."""
    named: str | None = call.args.file
    if named in ("", "-"):
        raise BadOption("-o", "a_file")
    with progress() as told:
        whole, target = not call.args.history, Path(named).absolute() if named else None
        file, proved = make_backup(call.settings, target, whole=whole, told=told)
    if proved.good:
        call.remark(Remark("backed_up" if proved.whole else "backed_up_history"))
    else:
        call.remark(Remark("rescued", {"findings": proved.findings, "more": proved.more}))
    facts = {
        "file": str(file),
        "anchor": proved.anchor,
        "bytes": file.stat().st_size,
        "good": proved.good,
        "whole": proved.whole,
    }
    call.answer(_facts(call, facts, {_("File"): str(file), _("Anchor"): proved.anchor}))
    return 0 if proved.good else DatabaseUnusable.exit_code


def restore(call: Call) -> int:
    """`tracker db restore`."""
    with progress() as told:
        anchor, kept = put_back(call.settings, Path(call.args.file), told)
    call.remark(Remark("restored"))
    if kept is not None:
        call.remark(Remark("kept_before", {"file": str(kept)}))
    call.answer(_facts(call, {"anchor": anchor, "kept": str(kept) if kept else None}, {_("Anchor"): anchor}))
    return 0


def import_(call: Call) -> int:
    """`tracker import`: an archive, into a register that nobody has used."""
    status = import_archive(call.settings, Path(call.args.file))
    call.remark(Remark("imported"))
    facts = {"database": status.url, "commitments": status.commitments, "acts": status.acts, "anchor": status.anchor}
    named = {
        _("Database"): status.url,
        _("Commitments"): str(status.commitments),
        _("Acts"): str(status.acts),
        _("Anchor"): status.anchor,
    }
    call.answer(_facts(call, facts, named))
    return 0


def copy(call: Call) -> int:
    """`tracker db copy`."""
    anchor = copy_database(call.args.source, call.args.target)
    call.remark(Remark("copied"))
    call.answer(_facts(call, {"anchor": anchor}, {_("Anchor"): anchor}))
    return 0


def grant(call: Call) -> int:
    """`tracker db grant`."""
    role, may = call.args.role, call.args.may
    if may not in GIVEN:
        raise UnknownValue("may", may, GIVEN)
    give_rights(call.settings, role, May(may))
    call.remark(Remark("granted", {"role": role}))
    call.answer(_facts(call, {"role": role, "may": may}, {_("Role"): role, _("Rights"): label("may", may)}))
    return 0


def _facts(call: Call, facts: Mapping[str, object], named: Mapping[str, str]) -> Iterator[str]:
    if call.form == "json":
        yield json_text(facts, indent=2) + "\n"
    else:
        yield from lines(named)


def _proved(call: Call, proved: Verification) -> Iterator[str]:
    if call.form == "json":
        found = [{"code": each.code, "says": finding(each), **_plain(each.facts)} for each in proved.findings]
        facts = {
            **{name: getattr(proved, name) for name in ("database", "good", "whole", "acts", "entries", "anchor")},
            "anchor_held": proved.held,
            "findings": found,
            "more": bool(proved.more),
        }
        yield json_text(facts, indent=2) + "\n"
        return
    yield from (f"{finding(each)}\n" for each in proved.findings)
    if proved.more:
        yield _("There is more than these {number}.").format(number=len(proved.findings)) + "\n"
    elif not proved.findings:
        yield _all_well(proved) + "\n"
    yield from lines({_("Database"): proved.database, _("Anchor"): proved.anchor})


def _all_well(proved: Verification) -> str:
    entries = ngettext("{entries} entry", "{entries} entries", proved.entries).format(entries=proved.entries)
    acts = ngettext("{acts} act", "{acts} acts", proved.acts).format(acts=proved.acts)
    said = _("All is well: {entries} of {acts}, each as it was written and sealed.")
    if proved.whole:
        said = _("All is well: {entries} of {acts}, each as it was written and sealed; the tables are what they say.")
    if proved.held is not None:
        said = f"{said} " + _("The history goes through the anchor.")
    return said.format(entries=entries, acts=acts)


def lines(facts: Mapping[str, str]) -> Iterator[str]:
    """Facts by their names, one a line."""
    widest = max(map(cells, facts))
    for name, value in facts.items():
        yield f"{pad(name, widest)}  {safe(value)}\n"


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value if isinstance(value, int) else str(value)
        for name, value in facts.items()
    }
