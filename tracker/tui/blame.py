"""Which field of a form an error is about, so that it is said there."""

from __future__ import annotations

from collections.abc import Mapping

from tracker import errors as e


def field_of(error: e.TrackerError, typed: Mapping[str, str]) -> str | None:
    """The field with what the error names, else the one that it is always about; None when there is none such."""
    match error:
        case e.NotFound(ref=named) | e.Ambiguous(ref=named) | e.AlreadyThere(ref=named):
            return _with(named, typed)
        case e.FileProblem(file=named) | e.FileRefused(file=named):
            return _with(named, typed)
        case e.BadDate(value=named):
            return _with(named, typed)
        case e.BadOption() | e.UnknownValue():
            option = error.option if isinstance(error, e.BadOption) else error.what
            return _first(typed, _OPTIONS.get(option, option)) or _with(error.value, typed)
        case e.InTheFuture(what=what):
            return _first(typed, what, "effective")
        case e.BeforeItBegan():
            return _first(typed, "effective", "deadline")
        case e.NotASide():
            return _first(typed, "side")
        case e.ReviewPast():
            return _first(typed, "review")
        case e.SameDeadline():
            return _first(typed, "deadline")
        case e.NoSource():
            return _first(typed, "source")
        case e.FollowUpRefused(reason=reason):
            return _first(typed, *_FOLLOW_UP.get(reason, ()))
        case e.ReasonMissing():
            return _first(typed, *error.needs.split("|"))
        case _:
            return None


_OPTIONS = {"DOC:PARA": "source", "--review": "review", "--done": "done", "--replaced-by": "replaced_by"}


_FOLLOW_UP = {"past": ("on",), "same_day": ("on",), "early": ("answer_due", "on"), "never": ("rule",)}


def _with(named: str, typed: Mapping[str, str]) -> str | None:
    """The field in which that is typed, the one with the least else in it first."""
    wanted = named.casefold().strip()
    fitting = [name for name, text in typed.items() if wanted and wanted in text.casefold()]
    return min(fitting, key=lambda name: len(typed[name]), default=None)


def _first(typed: Mapping[str, str], *names: str) -> str | None:
    return next((name for name in names if name in typed), None)
