"""Reports: each in one form or in several, to stdout or to files whose names say which report of which day it is."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.asking import query_of
from tracker.cli.call import Call
from tracker.errors import BadOption, UnknownValue
from tracker.reports.files import write_together
from tracker.reports.forms import FORMS, draw, readable_again
from tracker.reports.framing import as_known
from tracker.reports.overdue import overdue_report

if TYPE_CHECKING:
    from tracker.reports.model import Report

DONE, SOME = 0, 10
_HOLE = re.compile(r"\{[a-z_]*\}")


def report_overdue(call: Call) -> int:
    """`tracker report overdue`: what is late, and all that stands beside it."""
    check(call)
    with (
        call.tracker() as tracker,
        tracker.reports.overdue(
            as_of=call.as_of,
            query=query_of(call.args.query),
            lead=call.args.lead,
            partner=call.args.partner,
            limit=call.args.limit,
            by=call.args.by,
        ) as found,
    ):
        return deliver(call, overdue_report(found), found.sizes.get("overdue", 0))


def check(call: Call) -> None:
    """Refuse what cannot be delivered before the register is asked. Raises BadOption, UnknownValue."""
    args, to_file = call.args, call.args.output not in (None, "-")
    if len(call.forms) > 1 and not to_file:
        raise BadOption("-o", "one_answer")
    if not FORMS[call.form].text and not to_file and sys.stdout.isatty():
        raise BadOption("-o", "no_terminal", call.form)
    for hole in _HOLE.findall(args.output or ""):
        if hole not in ("{report}", "{as_of}", "{lang}", "{suffix}"):
            raise BadOption("-o", "no_such_hole", hole)
    for option, value in (("--to", args.to), ("--from", args.sender), ("--attach", args.attach)):
        if value and "eml" not in call.forms:
            raise BadOption(option, "needless")
        if not value.isprintable():
            raise BadOption(option, "invalid", value)
    for form in _attached(call):
        if form == "eml" or form not in FORMS:
            raise UnknownValue("format", form, [form for form in FORMS if form != "eml"])


def deliver(call: Call, report: Report, found: int | None = None) -> int:
    """Write a report, open as it is, in each form that was asked for.

    `found`: what --fail-if-any asks about; without it, all rows of the parts that were asked for.
    """
    if call.args.parts:
        report = report.only(call.args.parts.split(","))
    if found is None:
        found = sum(section.size for section in report.sections)
    if not (call.args.skip_empty and not any(section.size for section in report.sections)):
        report = as_known(report, call.settings.known)
        if len(call.forms) > 1 or _attached(call):
            report = readable_again(report)
        told = {"to": call.args.to, "sender": call.args.sender, "attach": _attached(call)}
        drawn = (
            (_file(call, report, form), draw(form, report, width=call.width, colour=call.colour, **told))
            for form in call.forms
        )
        if call.args.output in (None, "-"):
            for _stdout, pieces in drawn:
                call.answer(pieces)
        else:
            write_together(drawn, replace=True)
    return SOME if call.args.fail_if_any and found else DONE


def _attached(call: Call) -> tuple[str, ...]:
    return tuple(filter(None, call.args.attach.split(",")))


def _file(call: Call, report: Report, form: str) -> Path:
    """The name of the file; of several forms each takes its own suffix."""
    name = str(call.args.output)
    suffix = FORMS[form].suffix
    if len(call.forms) > 1 and "{suffix}" not in name:
        known = "|".join(each.suffix for each in FORMS.values())
        name = re.sub(rf"\.({known})$", "", name, flags=re.IGNORECASE) + ".{suffix}"
    filled = {"report": report.name, "as_of": report.as_of.isoformat(), "lang": report.language, "suffix": suffix}
    return Path(_HOLE.sub(lambda hole: filled[hole.group()[1:-1]], name))
