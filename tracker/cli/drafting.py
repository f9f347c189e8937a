"""Draft commitments out of a document."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.call import CHANNEL, Call
from tracker.cli.form import NAMES
from tracker.cli.marking import said_of_status, tier_of
from tracker.cli.writing import proposed
from tracker.domain.commands import RecordStatus
from tracker.domain.views import Remark
from tracker.errors import BadOption, DatabaseUnusable, DraftDecided, TrackerError, UnknownValue
from tracker.i18n import _
from tracker.render import error as worded
from tracker.reports.drafts import DRAFTS, KEPT, UPDATES

if TYPE_CHECKING:
    from argparse import Namespace

    from tracker.bootstrap import Tracker
    from tracker.domain.views import Done
    from tracker.reading.drafts import Draft, Drafting
    from tracker.reading.files import FileText
    from tracker.reading.likeness import ProposedUpdate
    from tracker.reading.review import Proposal

# What drafts do not share.
OF_ONE = ("title", "title_en", "statement", "statement_en", "deadline", "deadline_text")
# What is said of a report on a commitment only, and of a new commitment only; the rest of both.
OF_A_REPORT = ("done", "evidence", "tier", "confirmed_by", "side")
OF_A_NEW_ONE = tuple(name for name in NAMES if name not in ("review", "on", "note"))
# In the place of a file: what is typed or piped in.
STDIN = "-"


def draft(call: Call) -> int:
    """`tracker draft`: what a document seems to promise, or what it reports on promises."""
    if call.args.save and call.args.updates:
        raise BadOption("--updates", "kept_anyway")
    source, read, published = _read(call)
    if call.args.save:
        return _save(call, source, read, published)
    drafts, updates = _beside(call, source, read)
    if call.args.updates:
        call.remark(Remark("updates_found", {"file": source.file, "count": str(len(updates))}))
        return call.listed(UPDATES, updates, _("No sentence reports on a commitment on record."))
    call.remark(Remark("drafted", {"file": source.file, "count": str(len(drafts)), "kind": read.kind}))
    return call.listed(DRAFTS, drafts)


def _save(call: Call, source: FileText, read: Drafting, published: str) -> int:
    with call.tracker() as tracker:
        drafts, updates = tracker.drafts.beside(read, source.sha256, as_of=call.as_of)
        kept = tracker.drafts.save(
            source,
            read,
            drafts,
            tracker.hand(CHANNEL),
            published=published,
            publisher=call.args.publisher,
            updates=updates,
        )
        before = tracker.drafts.read_before(source, published)
    for remark in before:
        call.remark(remark)
    call.remark(Remark("drafted", {"file": source.file, "count": str(len(kept)), "kind": read.kind}))
    return call.listed(KEPT, kept)


def list_drafts(call: Call) -> int:
    """`tracker drafts list`."""
    with call.tracker() as tracker:
        kept = tracker.drafts.listing(None if call.args.all else "open")
    return call.listed(KEPT, kept, _("No draft is kept.") if call.args.all else _("No draft waits for a decision."))


def accept(call: Call) -> int:
    """`tracker drafts accept`: each draft is an act of its own."""
    args = call.args
    for name in OF_ONE if len(args.numbers) > 1 else ():
        if getattr(args, name) is not None:
            raise BadOption(f"--{name}".replace("_", "-"), "one_only")
    acts: list[tuple[Done, str]] = []
    with call.tracker() as tracker:
        proposals = [tracker.drafts.proposal(number) for number in dict.fromkeys(args.numbers)]
        for proposal in proposals:
            _refuse_unfit(args, proposal)
        try:
            for proposal in proposals:
                acts.append(_accept(call, tracker, proposal))
        except TrackerError:
            # What was done before stays done, and is said.
            _accepted(call, acts)
            raise
    return _accepted(call, acts)


def _accepted(call: Call, acts: list[tuple[Done, str]]) -> int:
    codes = {code for _done, code in acts}
    return _acted(call, [done for done, _code in acts], codes.pop() if len(codes) == 1 else "changed") if acts else 0


def _refuse_unfit(args: Namespace, proposal: Proposal) -> None:
    """What is decided is not decided again; what is said of a new commitment is not of a report, and vice versa."""
    from tracker.reading.review import OPEN

    if proposal.kept.decision != OPEN:
        raise DraftDecided(str(proposal.kept.number), proposal.kept.decision, proposal.kept.ref)
    unfit, reason = (OF_A_REPORT, "for_report") if proposal.mark is None else (OF_A_NEW_ONE, "for_new")
    for name in unfit:
        if getattr(args, name, None) is not None:
            raise BadOption(f"--{name}".replace("_", "-"), reason, str(proposal.kept.number))


def _accept(call: Call, tracker: Tracker, proposal: Proposal) -> tuple[Done, str]:
    """Accept one; what was done, and what that is called."""
    number, hand = proposal.kept.number, tracker.hand(CHANNEL)
    if proposal.mark:
        return tracker.drafts.report(number, _marked(call, tracker, proposal.mark), hand), "marked"
    return tracker.drafts.accept(number, hand, proposed(call, tracker, proposal.command)), "added"


def _marked(call: Call, tracker: Tracker, command: RecordStatus) -> RecordStatus:
    """A proposed update with what the options say; what the draft's sentence is worth, too, is said by the tier."""
    args, tier = call.args, tier_of(call.args.tier)
    said = {"note": args.note, "effective_on": call.day(args.on), "review_on": call.day(args.review)}
    changed = {name: value for name, value in said.items() if value is not None} | said_of_status(call, tracker)
    own = (each if tier is None else each.model_copy(update={"tier": tier}) for each in command.evidence)
    return RecordStatus(**(dict(command) | changed | {"evidence": (*own, *changed["evidence"])}))


def merge(call: Call) -> int:
    """`tracker drafts merge`."""
    with call.tracker() as tracker:
        done = tracker.drafts.merge(call.args.number, call.args.ref, tracker.hand(CHANNEL))
    return _acted(call, [done], "merged")


def reject(call: Call) -> int:
    """`tracker drafts reject`."""
    with call.tracker() as tracker:
        hand = tracker.hand(CHANNEL)
        kept = tracker.drafts.reject(call.args.numbers, call.args.reason, hand)
    return call.listed(KEPT, kept)


def reopen(call: Call) -> int:
    """`tracker drafts reopen`."""
    with call.tracker() as tracker:
        hand = tracker.hand(CHANNEL)
        kept = tracker.drafts.reopen(call.args.numbers, hand)
    return call.listed(KEPT, kept)


def _acted(call: Call, acts: list[Done], code: str) -> int:
    """What several acts did, as one answer."""
    views = tuple(view for done in acts for view in done.commitments)
    remarks = tuple(remark for done in acts for remark in done.remarks)
    return call.changed(replace(acts[-1], commitments=views, remarks=remarks), code)


def _beside(call: Call, source: FileText, read: Drafting) -> tuple[tuple[Draft, ...], tuple[ProposedUpdate, ...]]:
    """The drafts beside the register, where there is one: drafting itself needs none."""
    from tracker.bootstrap import open_known

    try:
        tracker = open_known(call.settings)
        if tracker is None:
            call.remark(Remark("nothing_on_record", {}))
            return read.drafts, ()
        with tracker:
            return tracker.drafts.beside(read, source.sha256, as_of=call.as_of)
    except DatabaseUnusable as unusable:
        call.remark(Remark("not_compared", {"why": worded(unusable)}))
        return read.drafts, ()


def _read(call: Call) -> tuple[FileText, Drafting, str]:
    """The text, what was read in it, and when it came out, in the one spelling."""
    from tracker.domain.deadline import parse_period, published_day
    from tracker.reading import drafting
    from tracker.reading.files import LARGEST_FILE, read_file, read_text

    args = call.args
    if args.language not in (None, "vi", "en"):
        raise UnknownValue("--language", args.language, ("vi", "en"))
    period = parse_period(call.period(args.published))
    day = published_day(period, args.published, call.settings.today())
    if args.file == STDIN:
        source = read_text(args.name or _("pasted text"), sys.stdin.buffer.read(LARGEST_FILE + 1))
    elif args.name:
        raise BadOption("--name", "needless", args.name)
    else:
        source = read_file(Path(args.file))
    return source, drafting.draft_file(source, day, language=args.language), period.value
