"""Following up: plan, done, answer, put off, drop; the lists, the agenda and its digests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tracker.cli.asking import ref_of
from tracker.cli.call import CHANNEL, Call
from tracker.cli.marking import seen
from tracker.cli.output import finish
from tracker.domain.codes import How
from tracker.domain.commands import AnswerFollowUp, DropFollowUp, FinishFollowUp, PlanFollowUp, PutOffFollowUp
from tracker.domain.views import Remark
from tracker.errors import BadOption, UnknownValue
from tracker.i18n import _
from tracker.reports.agenda import render_agenda, render_digests, render_follow_up
from tracker.reports.listing import FOLLOW_UPS

if TYPE_CHECKING:
    from tracker.domain.agenda import FollowUpView
    from tracker.domain.views import Done


def plan(call: Call) -> int:
    """`tracker follow-up plan`: for all of the commitments, or for none."""
    args = call.args
    if args.how not in tuple(How):
        raise UnknownValue("how", args.how, tuple(How))
    if not args.what.strip():
        raise BadOption("--what", "missing")
    on, answer_due = call.day(args.on), call.day(args.answer_due)
    assert on is not None
    with call.tracker() as tracker:
        command = PlanFollowUp(
            commitments=tuple(seen(call, tracker, ref, None) for ref in dict.fromkeys(args.refs)),
            what=args.what,
            how=How(args.how),
            to=tracker.library.party(args.to).key if args.to is not None else None,
            on=on,
            rule=args.every,
            answer_due=answer_due,
        )
        return _changed(call, tracker.followups.plan(command, tracker.hand(CHANNEL)), _planned)


def done(call: Call) -> int:
    """`tracker follow-up done`: it was made, with its answer or with the day on which one is due."""
    args = call.args
    on, answer_due = call.day(args.on), call.day(args.answer_due)
    with call.tracker() as tracker:
        command = FinishFollowUp(key=ref_of(args.key), on=on, answer=args.answer, answer_due=answer_due)
        return _changed(call, tracker.followups.finish(command, tracker.hand(CHANNEL)), _finished)


def answer(call: Call) -> int:
    """`tracker follow-up answer`: the answer came."""
    args, on = call.args, call.day(call.args.on)
    if not args.answer.strip():
        raise BadOption("TEXT", "missing")
    with call.tracker() as tracker:
        command = AnswerFollowUp(key=ref_of(args.key), answer=args.answer, on=on)
        done = tracker.followups.answer(command, tracker.hand(CHANNEL))
        return _changed(call, done, lambda view: Remark("follow_up_answered", {"ref": view.key}))


def put_off(call: Call) -> int:
    """`tracker follow-up put-off`: another day."""
    args, on = call.args, call.day(call.args.day)
    assert on is not None
    with call.tracker() as tracker:
        command = PutOffFollowUp(key=ref_of(args.key), on=on, note=args.note)
        done = tracker.followups.put_off(command, tracker.hand(CHANNEL))
        return _changed(call, done, lambda view: Remark("follow_up_put_off", {"ref": view.key, "day": on}))


def drop(call: Call) -> int:
    """`tracker follow-up drop`: it will not be made."""
    with call.tracker() as tracker:
        command = DropFollowUp(key=ref_of(call.args.key), note=call.args.note)
        done = tracker.followups.drop(command, tracker.hand(CHANNEL))
        return _changed(call, done, lambda view: Remark("follow_up_dropped", {"ref": view.key}))


def list_follow_ups(call: Call) -> int:
    """`tracker follow-up list`: what is awaited first."""
    args = call.args
    state = args.state.strip().lower().replace("-", "_") if args.state is not None else None
    with call.tracker() as tracker:
        found = tracker.followups.listing(as_of=call.as_of, ref=ref_of(args.ref) if args.ref else None, state=state)
    return call.listed(FOLLOW_UPS, found, _("No follow-up is planned."))


def show(call: Call) -> int:
    """`tracker follow-up show`: one with its history."""
    with call.tracker() as tracker:
        detail = tracker.followups.show(ref_of(call.args.key), as_of=call.as_of)
        call.answer(render_follow_up(call.form, detail, width=call.width))
    return 0


def agenda(call: Call) -> int:
    """`tracker agenda`: what to do today and this week; with --digest by lead, what was not acknowledged."""
    args = call.args
    asked: dict[str, Any] = {"as_of": call.as_of, "days": args.days, "lead": args.lead}
    look: dict[str, Any] = {"width": call.width, "colour": call.colour}
    with call.tracker() as tracker:
        if args.acknowledge:
            digests = tracker.followups.acknowledge(tracker.hand(CHANNEL), **asked)
            call.answer(render_digests(call.form, digests, **look))
            if digests:
                finish()
                call.remark(Remark("acknowledged"))
        elif args.digest:
            call.answer(render_digests(call.form, tracker.followups.digest(**asked), **look))
        else:
            call.answer(render_agenda(call.form, tracker.followups.agenda(**asked), **look))
    return 0


def _planned(view: FollowUpView) -> Remark:
    return Remark("follow_up_planned", {"ref": view.key, "day": view.on})


def _finished(view: FollowUpView) -> Remark:
    if view.answer_due is not None and view.answered_on is None:
        return Remark("follow_up_waiting", {"ref": view.key, "day": view.answer_due})
    return Remark("follow_up_done", {"ref": view.key})


def _changed(call: Call, done: Done, worded: Callable[[FollowUpView], Remark]) -> int:
    """Answer an act: the follow-ups as they are now on stdout, what was done on stderr."""
    next_ones = {remark.facts["ref"] for remark in done.remarks if remark.code == "next_planned"}
    for view in done.follow_ups:
        if view.key not in next_ones:
            call.remark(worded(view))
    for remark in done.remarks:
        call.remark(remark)
    return call.listed(FOLLOW_UPS, done.follow_ups)
