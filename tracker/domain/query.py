"""The query language: words, phrases, qualifiers, negation, OR and parentheses (one language for every face).

Beside it stand the orders in which the answer may come, and what it may be counted and grouped by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.codes import PARTNER_ROLES, Instrument, Kind, Role, Strength
from tracker.domain.deadline import Period, Precision, parse_period
from tracker.domain.schedule import Schedule
from tracker.domain.status import Status
from tracker.domain.text import clean
from tracker.errors import BadDate, BadQuery, UnknownValue


@dataclass(frozen=True, slots=True)
class Text:
    """Words that must all stand there; a phrase must stand there in its order."""

    words: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """A named condition: open, closed, overdue, due, review, claimed, paused, no-deadline, follow-up."""

    condition: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A coded field with one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasParty:
    """A party, or a body under it, in one of these roles (none: in any); `partner` only counts the other side's.

    A name after "=" means that party and no body under it; NOBODY means that there is none in these roles.
    """

    names: tuple[str, ...]
    roles: tuple[str, ...] = ()
    partner: bool = False


@dataclass(frozen=True, slots=True)
class OnSide:
    """Who is bound: home (ours), counterpart (theirs) or joint."""

    side: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of these tags."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cites:
    """A source in one of these documents (file name, a beginning of it, or of the hash)."""

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A day compared with a period: `field` is due | made | updated; `operator` one of = < <= > >=."""

    field: str
    operator: str
    period: Period


@dataclass(frozen=True, slots=True)
class Undated:
    """No deadline that ends on a day, open or closed."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Days without an entry, counted at the as-of date: more than (>) or less than (<) so many."""

    operator: str
    days: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    term: Term


@dataclass(frozen=True, slots=True)
class And:
    """All of these; of none of them, everything."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    terms: tuple[Term, ...]


Term = Text | Is | OneOf | HasParty | OnSide | Tagged | Cites | When | Undated | Silent | Not | And | Or
CONDITIONS = ("open", "closed", "overdue", "due", "review", "claimed", "paused", "no-deadline", "follow-up")
SIDES = ("home", "counterpart", "joint")
EVERYTHING = And(())
# Where a name of a party or a day is expected: there is none. And before a name: no body under it.
NOBODY, EXACTLY = "none", "="
# deadline: open first, the deadline's end, undated last; lead: as a Vietnamese list goes, without a lead last;
# status: as the domain lists them. Ties go by ref.
SORTS = ("deadline", "ref", "updated", "made", "lead", "status")
FACETS = ("status", "schedule", "lead", "partner", "sector", "doc")
GROUPINGS = ("lead", "partner", "sector", "status", "quarter")
# What a list can show side by side.
COLUMNS = (
    *("ref", "title", "deadline", "days", "status", "schedule", "lead", "partner", "sector", "source", "next"),
    *("updated", "moves", "tags"),
)
# The sections of Today: what needs somebody, each commitment in the first that fits.
TODAY: Mapping[str, str] = {
    "overdue": "is:overdue",
    "claimed": "is:claimed",
    "review": "is:review -is:claimed",
    "follow_up": "is:follow-up -is:overdue,claimed,review",
    "due": "is:due -is:claimed,follow-up",
    "silent": "is:open silent:>{silent}d -is:overdue,claimed,review,due,follow-up",
}
# More than anybody asks, and less than either database refuses.
LONGEST, DEEPEST = 2000, 20


Values = tuple[str, ...]


def _coded(field: str, allowed: Values | None) -> Callable[[Values], Term]:
    return lambda values: OneOf(field, _checked(field, values, allowed))


def _checked(name: str, values: Values, allowed: Values | None) -> Values:
    for value in values:
        if not value or (allowed is not None and value not in allowed):
            raise UnknownValue(name, value or ",".join(values), allowed or ())
    return values


def _condition(values: Values) -> Term:
    conditions = tuple(Is(value) for value in _checked("is", values, CONDITIONS))
    return conditions[0] if len(conditions) == 1 else Or(conditions)


def _side(values: Values) -> Term:
    sides = tuple(OnSide(value) for value in _checked("side", values, SIDES))
    return sides[0] if len(sides) == 1 else Or(sides)


def _party(*roles: Role, partner: bool = False) -> Callable[[Values], Term]:
    named = tuple(role.value for role in roles)
    return lambda values: HasParty(_checked("party", values, None), named, partner)


_COMPARED = re.compile(r"(?P<operator><=|>=|<|>|=)?(?P<value>.*)", re.DOTALL)
_SILENCE = re.compile(r"(?P<operator>[<>])(?P<days>[0-9]{1,5})d?")


def _when(name: str) -> Callable[[Values], Term]:
    def read(values: Values) -> Term:
        value = ",".join(values)
        if name == "due" and value.lower() == NOBODY:
            return Undated()
        match = _COMPARED.fullmatch(value)
        assert match is not None
        try:
            period = parse_period(match["value"].upper())
        except BadDate as error:
            raise BadDate(match["value"] or value, error.reason) from None
        if period.precision in (Precision.NONE, Precision.EVENT, Precision.RECURRING):
            raise BadDate(match["value"], "unknown")
        return When(name, match["operator"] or "=", period)

    return read


def _silent(values: Values) -> Term:
    match = _SILENCE.fullmatch(",".join(values))
    if match is None:
        raise UnknownValue("silent", ",".join(values), (">90d", "<30d"))
    return Silent(match["operator"], int(match["days"]))


_CODED: Mapping[str, tuple[str, ...] | None] = {
    "status": tuple(Status),
    "schedule": tuple(Schedule),
    "kind": tuple(Kind),
    "sector": None,
    "instrument": tuple(Instrument),
    "strength": tuple(Strength),
    "ref": None,
}
_READERS: Mapping[str, Callable[[Values], Term]] = {
    **{name: _coded(name, allowed) for name, allowed in _CODED.items()},
    "is": _condition,
    "side": _side,
    "party": _party(),
    "lead": _party(Role.LEAD),
    "owner": _party(Role.LEAD, Role.UNDERTAKER),
    "undertaker": _party(Role.UNDERTAKER),
    "counterpart": _party(Role.COUNTERPART),
    "partner": _party(*PARTNER_ROLES, partner=True),
    "tag": lambda values: Tagged(_checked("tag", values, None)),
    "doc": lambda values: Cites(_checked("doc", values, None)),
    "due": _when("due"),
    "made": _when("made"),
    "updated": _when("updated"),
    "silent": _silent,
}
QUALIFIERS: Mapping[str, tuple[str, ...]] = {
    name: tuple(map(str, {"is": CONDITIONS, "side": SIDES}.get(name) or _CODED.get(name) or ())) for name in _READERS
}

_PLAIN_VALUE = re.compile(r'[^\s()",]+')
# An optional minus, an optional qualifier, then a quoted phrase or a bare word.
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<paren>[()])
      | (?P<group>-)(?=\()
      | (?P<minus>-)?(?:(?P<name>[a-zA-Z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s()"]+(?:"[^"]*"[^\s()"]*)*))
    )""",
    re.VERBOSE,
)


def parse_query(text: str) -> Term:
    """Read a query. Several terms mean AND; OR stands between terms; ( ) group; a minus negates.

    A word that is no known qualifier is text. Raises BadQuery (a parenthesis or quote left open, or too long or
    deep), UnknownValue and BadDate (a known qualifier with a bad value).
    """
    text = clean(text)
    if len(text) > LONGEST:
        raise BadQuery(f"{text[:40]}…", "too_long")
    return _Parser(text).query()


def quoted(value: str) -> str:
    """A value as the language takes it after a qualifier: in quotes where it would be cut apart.

    No value can have a quote in it; one that has is none of the language's.
    """
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


def narrowed(query: str, term: str) -> str:
    """The query that finds what both find. Raises what `parse_query` raises."""
    if not query.strip():
        return term
    return f"({query}) {term}" if isinstance(parse_query(query), Or) else f"{query} {term}"


def read_sort(text: str) -> tuple[str, bool]:
    """An order as it is typed, and whether it is turned round (a minus before it). Raises UnknownValue."""
    name = text.removeprefix("-")
    return _checked("sort", (name,), SORTS)[0], text.startswith("-")


def tokens(text: str) -> list[re.Match[str]]:
    """The text cut into parentheses and terms. Raises BadQuery (a quote left open)."""
    found: list[re.Match[str]] = []
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise BadQuery(text[position:].strip(), "quote")
        found.append(match)
        position = match.end()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0

    def query(self) -> Term:
        term = self._either()
        if self._at < len(self._tokens):
            raise BadQuery(self._tokens[self._at].group().strip(), "parenthesis")
        return term

    def _either(self) -> Term:
        terms = [self._all()]
        while self._is_word("OR"):
            self._at += 1
            if terms[-1] == EVERYTHING or self._done():
                raise BadQuery("OR", "operator")
            terms.append(self._all())
        if len(terms) > 1 and EVERYTHING in terms:
            raise BadQuery("OR", "operator")
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def _all(self) -> Term:
        terms: list[Term] = []
        while not self._done() and not self._is_word("OR") and self._tokens[self._at]["paren"] != ")":
            terms.append(self._one())
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _one(self) -> Term:
        token = self._tokens[self._at]
        self._at += 1
        if token["group"]:
            return Not(self._one())
        if token["paren"]:
            self._depth += 1
            if self._depth > DEEPEST:
                raise BadQuery("(", "too_deep")
            term = self._either()
            if self._done():
                raise BadQuery("(", "parenthesis")
            self._at += 1
            self._depth -= 1
            return term
        term = self._term(token)
        return Not(term) if token["minus"] else term

    @staticmethod
    def _term(token: re.Match[str]) -> Term:
        name = (token["name"] or "").lower()
        value = token["quoted"] if token["quoted"] is not None else token["bare"].replace('"', "")
        if not name and value.endswith(":") and value[:-1].lower() in _READERS:
            name, value = value[:-1].lower(), ""
        if name in _READERS:
            if not value:
                raise UnknownValue(name, "", QUALIFIERS[name])
            # Names have commas in them: inside quotes a comma separates nothing.
            quoted = token["quoted"] is not None
            return _READERS[name]((value,) if quoted else tuple(part.strip() for part in value.split(",")))
        if token["quoted"] is not None and not name:
            return Text(value, phrase=True)
        return Text(f"{token['name']} {value}" if name else value)

    def _is_word(self, word: str) -> bool:
        return not self._done() and self._tokens[self._at]["bare"] == word and not self._tokens[self._at]["name"]

    def _done(self) -> bool:
        return self._at >= len(self._tokens)


def days_in(period: Period) -> tuple[date, date]:
    """The first and last day of a period, the calendar's own ends where it is open."""
    return period.start or date.min, period.end or date.max
