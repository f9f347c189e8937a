"""What the generated commitments point at: parties, documents, events and figures, as values of the domain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from tracker.domain.codes import EventKind, PartyKind
from tracker.domain.register import Document, Event, Figure, Party, Reading, Span, Subject, Words
from tracker.domain.text import slug

FIRST_DAY, LAST_DAY = date(2019, 3, 4), date(2026, 1, 15)
DOCUMENTS = 480

# Country, its names, and the names of its ministries, cities and companies.
_VIETNAM = (
    ("Bộ Ngoại giao", "Ministry of Foreign Affairs", "BNG"),
    ("Bộ Công Thương", "Ministry of Industry and Trade", "BCT"),
    ("Bộ Xây dựng", "Ministry of Construction", "Bộ Giao thông vận tải"),
    ("Bộ Tài chính", "Ministry of Finance", "Bộ Kế hoạch và Đầu tư"),
    ("Bộ Quốc phòng", "Ministry of National Defence", "BQP"),
    ("Bộ Công an", "Ministry of Public Security", "BCA"),
    ("Bộ Giáo dục và Đào tạo", "Ministry of Education and Training", "BGDĐT"),
    ("Bộ Y tế", "Ministry of Health", "BYT"),
    ("Bộ Văn hóa, Thể thao và Du lịch", "Ministry of Culture, Sports and Tourism", "BVHTTDL"),
    ("Bộ Nông nghiệp và Môi trường", "Ministry of Agriculture and Environment", "BNNMT"),
    ("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology", "BKHCN"),
    ("Bộ Nội vụ", "Ministry of Home Affairs", "BNV"),
    ("Bộ Tư pháp", "Ministry of Justice", "BTP"),
    ("Ngân hàng Nhà nước", "State Bank", "NHNN"),
    ("Văn phòng Chính phủ", "Office of the Government", "VPCP"),
)
_PROVINCES = (
    "Điện Biên", "Sơn La", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Gia Lai", "Tây Ninh", "An Giang", "Lạng Sơn",
    "Quảng Ninh", "Đà Nẵng", "Hà Nội",
)  # fmt: skip
_COMPANIES = (
    "Tập đoàn Điện lực Việt Nam", "Tổng công ty Đường sắt Việt Nam", "Tập đoàn Công nghiệp Viễn thông",
    "Tổng công ty Hàng không Việt Nam",
)  # fmt: skip
_ABROAD: Mapping[str, tuple[str, str, int]] = {
    "LA": ("Lào", "Laos", 30),
    "KH": ("Campuchia", "Cambodia", 18),
    "CN": ("Trung Quốc", "China", 16),
    "TH": ("Thái Lan", "Thailand", 8),
    "JP": ("Nhật Bản", "Japan", 7),
    "KR": ("Hàn Quốc", "Republic of Korea", 6),
    "RU": ("Liên bang Nga", "Russian Federation", 4),
    "IN": ("Ấn Độ", "India", 3),
    "SG": ("Xinh-ga-po", "Singapore", 3),
    "AU": ("Ô-xtrây-li-a", "Australia", 2),
    "FR": ("Pháp", "France", 2),
    "CU": ("Cuba", "Cuba", 1),
}
_FOREIGN_BODIES = (
    ("Bộ Ngoại giao", "Ministry of Foreign Affairs", "mofa"),
    ("Bộ Công Thương", "Ministry of Trade", "trade"),
    ("Bộ Giao thông", "Ministry of Transport", "transport"),
    ("Bộ Kế hoạch và Đầu tư", "Ministry of Planning", "planning"),
)
# How often each country is the partner.
PARTNERS: Mapping[str, int] = {country: weight for country, (_vi, _en, weight) in _ABROAD.items()}


@cache
def parties() -> tuple[Party, ...]:
    """Those of Viet Nam and of a dozen partners; a parent stands before its own."""
    found = [Party(key="vn", kind=PartyKind.STATE, country="VN", name=Words(vi="Việt Nam", en="Viet Nam"))]
    for vi, en, alias in _VIETNAM:
        found.append(_under("vn", "VN", PartyKind.MINISTRY, vi, en, alias))
    for place in _PROVINCES:
        vi = f"Ủy ban nhân dân {place}"
        found.append(_under("vn", "VN", PartyKind.CITY, vi, f"People's Committee of {place}", f"UBND {place}"))
    for name in _COMPANIES:
        found.append(_under("vn", "VN", PartyKind.COMPANY, name, "", ""))
    for country, (vi, en, _weight) in _ABROAD.items():
        state = country.lower()
        found.append(Party(key=state, kind=PartyKind.STATE, country=country, name=Words(vi=vi, en=en)))
        for body_vi, body_en, body in _FOREIGN_BODIES:
            called = Words(vi=f"{body_vi} {vi}", en=f"{body_en} of {en}")
            key = f"{state}-{body}"
            found.append(Party(key=key, kind=PartyKind.MINISTRY, country=country, parent=state, name=called))
    return tuple(found)


def _under(parent: str, country: str, kind: PartyKind, vi: str, en: str, alias: str) -> Party:
    aliases = (alias,) if alias else ()
    key = f"{parent}-{slug(vi)}"
    return Party(key=key, kind=kind, country=country, parent=parent, name=Words(vi=vi, en=en), aliases=aliases)


@cache
def leads() -> tuple[str, ...]:
    """The keys of those who may be the lead: Viet Nam's ministries, provinces and companies."""
    return tuple(party.key for party in parties() if party.parent == "vn")


@cache
def documents() -> tuple[Document, ...]:
    """Articles and joint statements, oldest first; known by their hash, without text."""
    step = (LAST_DAY - FIRST_DAY).days / (DOCUMENTS - 1)
    countries = list(_ABROAD.values())
    found = []
    for number in range(DOCUMENTS):
        partner, _english, _weight = countries[number % len(countries)]
        published = (FIRST_DAY + timedelta(days=round(number * step))).isoformat()
        found.append(
            Document(
                sha256=hashlib.sha256(f"document {number}".encode()).hexdigest(),
                file=f"{number:03d}_tuyen-bo-chung-{slug(partner)}.txt",
                title=f"Tuyên bố chung Việt Nam - {partner}",
                publisher="Cổng thông tin",
                published=published,
            )
        )
    return tuple(found)


@cache
def events() -> tuple[Event, ...]:
    """Sessions and visits of 2020 to 2028; those to come have no date yet."""
    found = []
    for year in range(2020, 2029):
        for country in ("LA", "KH", "CN"):
            vi, en, _weight = _ABROAD[country]
            found.append(
                Event(
                    key=f"session-{country.lower()}-{year}",
                    kind=EventKind.SESSION,
                    name=Words(
                        vi=f"Kỳ họp Ủy ban liên chính phủ Việt Nam - {vi} {year}",
                        en=f"Session of the committee of Viet Nam and {en} {year}",
                    ),
                    on=f"{year}-12-10" if year < 2027 else "none",
                    parties=("vn", country.lower()),
                )
            )
    return tuple(found)


@cache
def figures() -> tuple[Figure, ...]:
    """Trade with each partner, read once a year in one of the documents."""
    found = []
    for place, (country, (vi, en, weight)) in enumerate(_ABROAD.items()):
        readings = tuple(
            Reading(
                period=str(year),
                value=Decimal(weight * (year - 2010) * 100_000_000),
                place=Span(document=documents()[place].sha256, paragraph=3, start=400, end=520),
            )
            for year in range(2020, 2026)
        )
        name = Words(vi=f"Kim ngạch thương mại Việt Nam - {vi}", en=f"Trade of Viet Nam and {en}")
        found.append(Figure(key=f"trade-{country.lower()}", name=name, unit="USD", readings=readings))
    return tuple(found)


def subjects() -> tuple[Subject, ...]:
    """All of them, each after what it points at."""
    return (*parties(), *documents(), *events(), *figures())
