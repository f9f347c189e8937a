"""Adding a commitment and correcting one, by options or in the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from tracker.cli.asking import ref_of
from tracker.cli.call import CHANNEL, Call
from tracker.cli.editor import edited, editor
from tracker.cli.form import NAMES, Form, filled, from_options, from_template, said_anew, template
from tracker.cli.marking import citation, seen
from tracker.domain.codes import BASIS_OF, Basis, CitationRole, Instrument, Kind, Role, Strength
from tracker.domain.commands import AddCommitment, AmendCommitment, Seen
from tracker.domain.register import Citation, Participation, Words
from tracker.domain.text import slug
from tracker.domain.typed import read_target, typed_target
from tracker.domain.views import Done, Remark
from tracker.errors import BadOption, TrackerError, UnknownValue
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.domain.views import CommitmentView

E = TypeVar("E", bound=StrEnum)
NOT_AMENDED = ("ref", "prefix", "deadline", "deadline_text")
EDITED = tuple(name for name in NAMES if name not in NOT_AMENDED)
# What each commitment has of its own.
OF_ONE = (
    *("title", "title_en", "statement", "statement_en", "source"),
    *("undertaker", "counterpart", "supporting", "beneficiary"),
)


def add(call: Call) -> int:
    """`tracker add`: put a commitment on record."""
    form = from_options(call.args)
    if not form.empty:
        with call.tracker() as tracker:
            return call.changed(_add(call, tracker, form), "added")
    command = editor("--title, --kind, --source")
    heading = _("A new commitment. Lines that begin with # explain; save and leave the editor when it is filled in.")
    blank = Form(prefix="C", sector="other", instrument="other", strength="agreed")
    with call.tracker() as tracker:
        return _in_editor(
            call,
            command,
            template(heading, blank, NAMES),
            NAMES,
            lambda page: None if page == blank or filled(page) == filled(blank) else _add(call, tracker, filled(page)),
            "added",
        )


def edit(call: Call) -> int:
    """`tracker edit`: correct commitments; lists replace."""
    args, form = call.args, from_options(call.args)
    refs = list(dict.fromkeys(map(ref_of, args.refs)))
    by_options = not form.empty or args.add_tag or args.drop_tag
    if len(refs) > 1:
        _refuse_for_many(call, form)
    command = [] if by_options else editor("--title, --lead, --review")
    with call.tracker() as tracker:
        if len(refs) > 1:
            commitments = tuple(seen(call, tracker, ref, None) for ref in refs)
            return call.changed(_amend(call, tracker, commitments, form, None), "changed")
        view = tracker.commitments.show(refs[0], as_of=call.settings.today()).commitment
        version = view.version if args.if_version is None else args.if_version
        # Lists and names are merged with what was read: they hold for that version only.
        commitments = (Seen(ref=view.ref, version=version),)
        if by_options:
            return call.changed(_amend(call, tracker, commitments, form, view), "changed")
        heading = _("{ref}. Lines that begin with # explain; a list replaces the one that is there.").format(
            ref=view.ref
        )
        present = _present(view)

        def carry_out(page: Form) -> Done | None:
            changed = said_anew(present, page)
            return None if changed.empty else _amend(call, tracker, commitments, changed, view)

        return _in_editor(call, command, template(heading, present, EDITED), EDITED, carry_out, "changed")


def _refuse_for_many(call: Call, form: Form) -> None:
    """What depends on what one of them has cannot be said of many; and the editor shows one."""
    for name in OF_ONE:
        if getattr(form, name) is not None:
            raise BadOption(f"--{name}".replace("_", "-"), "one_only")
    if call.args.if_version is not None:
        raise BadOption("--if-version", "one_only")
    if form.empty and not call.args.add_tag and not call.args.drop_tag:
        raise BadOption("--lead, --add-tag, --review", "missing")


def _in_editor(
    call: Call,
    command: list[str],
    text: str,
    names: tuple[str, ...],
    carry_out: Callable[[Form], Done | None],
    code: str,
) -> int:
    with edited(command, text) as (file, written):
        try:
            page = from_template(written, str(file), names)
            done = carry_out(page) if written != text else None
        except (TrackerError, ValidationError):
            call.remark(Remark("kept", {"file": file}))
            raise
    if done is None:
        call.remark(Remark("unchanged"))
        return 0
    return call.changed(done, code)


def _add(call: Call, tracker: Tracker, form: Form) -> Done:
    for option in ("title", "kind", "source"):
        if not getattr(form, option) and not (option == "title" and form.title_en):
            raise BadOption(f"--{option}", "missing")
    said = _said(call, form)
    command = AddCommitment(
        title=Words(vi=form.title or "", en=form.title_en or ""),
        statement=Words(vi=form.statement or "", en=form.statement_en or ""),
        parties=tuple(part for role in BASIS_OF for part in _parties(tracker, role, form) or ()),
        sources=tuple(citation(tracker, place) for place in form.source or ()),
        **said,  # type: ignore[arg-type]
    )
    return tracker.commitments.add(command, tracker.hand(CHANNEL))


def proposed(call: Call, tracker: Tracker, command: AddCommitment) -> AddCommitment:
    """A proposed commitment with what the options say in the place of what it had; parties by their roles."""
    form = from_options(call.args)
    if form.source is not None:
        raise BadOption("--source", "needless", *form.source[:1])
    changed = _said(call, form)
    for name in ("title", "statement"):
        vi, en = getattr(form, name), getattr(form, f"{name}_en")
        if vi is not None or en is not None:
            changed[name] = Words(**_merged(getattr(command, name), vi, en))
    named = {role: _parties(tracker, role, form) for role in BASIS_OF}
    kept = [part for part in command.parties if named[part.role] is None]
    changed["parties"] = (*kept, *(part for parts in named.values() for part in parts or ()))
    return AddCommitment(**(dict(command) | changed))


def _said(call: Call, form: Form) -> dict[str, object]:
    """The fields of a new commitment that the form says, but for its words, parties and sources."""
    given: dict[str, object] = {
        "ref": form.ref and ref_of(form.ref),
        "prefix": form.prefix and form.prefix.upper(),
        "kind": form.kind and _coded(Kind, form.kind, "kind"),
        "sector": form.sector,
        "instrument": form.instrument and _coded(Instrument, form.instrument, "instrument"),
        "strength": form.strength and _coded(Strength, form.strength, "strength"),
        "deadline_value": form.deadline and call.period(form.deadline),
        "deadline_text": form.deadline_text,
        "targets": form.target and tuple(read_target(given, call.period) for given in form.target),
        "tags": form.tag and tuple(map(slug, form.tag)),
        "review_on": call.day(form.review),
        "effective_on": call.day(form.on),
        "note": form.note,
    }
    return {name: value for name, value in given.items() if value is not None}


def _amend(
    call: Call, tracker: Tracker, commitments: tuple[Seen, ...], form: Form, view: CommitmentView | None
) -> Done:
    """Correct commitments as the form says; what belongs to one of them needs its view."""
    changed: dict[str, object] = _own(tracker, view, form) if view is not None else {}
    if form.kind is not None:
        changed["kind"] = _coded(Kind, form.kind, "kind").value
    if form.sector is not None:
        changed["sector"] = form.sector
    if form.instrument is not None:
        changed["instrument"] = _coded(Instrument, form.instrument, "instrument").value
    if form.strength is not None:
        changed["strength"] = _coded(Strength, form.strength, "strength").value
    if form.target is not None:
        changed["targets"] = [read_target(given, call.period).model_dump(mode="json") for given in form.target]
    if form.tag is not None:
        changed["tags"] = list(map(slug, form.tag))
    if form.review is not None:
        review = call.day(form.review or None)
        changed["review_on"] = review.isoformat() if review else None
    command = AmendCommitment(
        commitments=commitments,
        fields=changed,
        lead=form.lead,
        add_tags=tuple(map(slug, call.args.add_tag)),
        drop_tags=tuple(map(slug, call.args.drop_tag)),
        note=form.note or "",
        effective_on=call.day(form.on or None),
    )
    return tracker.commitments.amend(command, tracker.hand(CHANNEL))


def _own(tracker: Tracker, view: CommitmentView, form: Form) -> dict[str, object]:
    """The fields that are merged with what the commitment has."""
    changed: dict[str, object] = {}
    if form.title is not None or form.title_en is not None:
        changed["title"] = _merged(view.title, form.title, form.title_en)
    if form.statement is not None or form.statement_en is not None:
        changed["statement"] = _merged(view.statement, form.statement, form.statement_en)
    if (parties := _amended_parties(tracker, view, form)) is not None:
        changed["parties"] = [part.model_dump(mode="json") for part in parties]
    if form.source is not None:
        changed["sources"] = [cited.model_dump(mode="json") for cited in _sources(tracker, view, form.source)]
    return changed


def _merged(present: Words, vi: str | None, en: str | None) -> Mapping[str, str]:
    return {"vi": present.vi if vi is None else vi, "en": present.en if en is None else en}


def _coded(kind: type[E], typed: str, what: str) -> E:
    try:
        return kind(typed.strip().lower().replace("-", "_"))
    except ValueError:
        raise UnknownValue(what, typed, tuple(kind)) from None


def _parties(tracker: Tracker, role: Role, form: Form) -> tuple[Participation, ...] | None:
    """The parties of one role as the form names them; None when it does not speak of the role."""
    named: str | tuple[str, ...] | None = getattr(form, role.value)
    if named is None:
        return None
    names = (named,) if isinstance(named, str) else named
    keys = dict.fromkeys(tracker.library.party(name).key for name in names if name)
    return tuple(Participation(party=key, role=role, basis=BASIS_OF[role]) for key in keys)


def _amended_parties(tracker: Tracker, view: CommitmentView, form: Form) -> tuple[Participation, ...] | None:
    present = [
        Participation(party=listed.key, role=Role(listed.role), basis=Basis(listed.basis)) for listed in view.parties
    ]
    basis = {(part.party, part.role): part.basis for part in present}
    named = {role: _parties(tracker, role, form) if role is not Role.LEAD else None for role in BASIS_OF}
    if all(parts is None for parts in named.values()):
        return None
    kept = [part for part in present if named[part.role] is None]
    # Who stood there before keeps the basis: naming a party again does not make the source say it.
    new = [
        part.model_copy(update={"basis": basis.get((part.party, part.role), part.basis)})
        for parts in named.values()
        for part in parts or ()
    ]
    return (*kept, *new)


def _sources(tracker: Tracker, view: CommitmentView, places: tuple[str, ...]) -> Iterator[Citation]:
    """The citations that the form names; one that is there already keeps its sentences and its role."""
    present: dict[str, list[Citation]] = {}
    for source in view.sources:
        cited = Citation(
            document=source.sha256,
            paragraph=source.paragraph,
            start=source.start,
            end=source.end,
            role=CitationRole(source.role),
        )
        present.setdefault(f"{source.document}:{source.paragraph}", []).append(cited)
    for place in dict.fromkeys(places):
        yield from present.get(place) or [citation(tracker, place)]


def _present(view: CommitmentView) -> Form:
    """The form as it is filled in now."""

    def keys(role: Role) -> tuple[str, ...]:
        return tuple(listed.key for listed in view.parties if listed.role == role)

    return Form(
        title=view.title.vi,
        title_en=view.title.en,
        statement=view.statement.vi,
        statement_en=view.statement.en,
        kind=view.kind,
        sector=view.sector,
        instrument=view.instrument,
        strength=view.strength,
        undertaker=keys(Role.UNDERTAKER),
        counterpart=keys(Role.COUNTERPART),
        lead=view.lead.key if view.lead else "",
        supporting=keys(Role.SUPPORTING),
        beneficiary=keys(Role.BENEFICIARY),
        source=tuple(dict.fromkeys(f"{cited.document}:{cited.paragraph}" for cited in view.sources)),
        target=tuple(typed_target(target.figure, target.value, target.by) for target in view.targets),
        tag=tuple(view.tags),
        review=view.review_on.isoformat() if view.review_on else "",
        on="",
        note="",
    )
