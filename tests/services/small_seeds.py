"""A small set of seeds: two articles, three parties, one figure, two commitments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from tests.factories import a_hand

SEED = a_hand(channel="seed", actor="seed")
ARTICLE = """date 2026-03-02

  Hai bên đã hội đàm tại TP. Huế. Hai bên nhất trí mở đường bay thẳng trong năm 2026.
“Chúng tôi sẽ xây cầu,” ông nói. Kim ngạch năm 2025 đạt 3 tỷ USD.
"""
LATER = "Đường bay đã khai trương ngày 5/9. Hai bên khẳng định sẽ xây cầu.\n"


def place(text: str, sentence: str, paragraph: int) -> str:
    start = text.index(sentence)
    return f"paragraph = {paragraph}, start = {start}, end = {start + len(sentence)}"


FLIGHT = place(ARTICLE, "Hai bên nhất trí mở đường bay thẳng trong năm 2026.", 2)
BRIDGE = place(ARTICLE, "“Chúng tôi sẽ xây cầu,” ông nói.", 3)
TRADE = place(ARTICLE, "Kim ngạch năm 2025 đạt 3 tỷ USD.", 3)
OPENED = place(LATER, "Đường bay đã khai trương ngày 5/9.", 1)
AGAIN = place(LATER, "Hai bên khẳng định sẽ xây cầu.", 1)


def lines(inline: str) -> str:
    return inline.replace(", ", "\n")


FILES = {
    "parties.toml": """
[[party]]
key = "vn"
kind = "state"
country = "VN"
name = { vi = "Việt Nam", en = "Viet Nam" }
aliases = []

[[party]]
key = "la"
kind = "state"
country = "LA"
name = { vi = "Lào", en = "Laos" }
aliases = ["CHDCND Lào"]

[[party]]
key = "vn-moc"
kind = "ministry"
country = "VN"
parent = "vn"
name = { vi = "Bộ Xây dựng", en = "Ministry of Construction" }
aliases = []
""",
    "figures.toml": """
[[figure]]
key = "trade"
name = { vi = "Kim ngạch", en = "Trade" }
unit = "USD"
per = "year"
""",
    "000.toml": f"""
[document]
file = "000.txt"
sha256 = "{hashlib.sha256(ARTICLE.encode()).hexdigest()}"
title = "Hội đàm"
language = "vi"
published = "2026-03-02"

[[event]]
key = "talks"
kind = "session"
name = {{ vi = "Hội đàm" }}
on = "2026-03-02"
parties = ["vn", "la"]

[[commitment]]
ref = "VL-2026-001"
title = {{ vi = "Mở đường bay thẳng", en = "Open a direct flight" }}
statement = {{ vi = "Hai bên sẽ mở đường bay.", en = "Both sides will open a flight." }}
kind = "project"
sector = "infrastructure"
instrument = "leaders_statement"
strength = "agreed"
deadline = {{ text = "trong năm 2026", value = "2026", certainty = "stated" }}
parties = [
  {{ party = "vn", role = "undertaker", basis = "stated" }},
  {{ party = "la", role = "undertaker", basis = "stated" }},
  {{ party = "vn-moc", role = "lead", basis = "proposed" }},
]
sources = [ {{ {FLIGHT}, role = "origin" }} ]
tags = ["hang-khong"]

[[commitment]]
ref = "VL-2026-002"
title = {{ vi = "Xây cầu", en = "Build a bridge" }}
kind = "project"
sector = "infrastructure"
instrument = "leaders_statement"
strength = "will"
deadline = {{ text = "dịp hội đàm", value = "event:talks", certainty = "stated" }}
parties = [ {{ party = "la", role = "undertaker", basis = "stated" }} ]
sources = [ {{ {BRIDGE}, role = "origin" }} ]
targets = [ {{ figure = "trade", value = 5_000_000_000, by = "2030" }} ]

[[reading]]
figure = "trade"
period = "2025"
value = 3_000_000_000
qualifier = ""
note = ""
{lines(TRADE)}
""",
    "001.toml": f"""
[document]
file = "001.txt"
sha256 = "{hashlib.sha256(LATER.encode()).hexdigest()}"
title = "Khai trương"
language = "vi"
published = "2026-09-05..2026-09-06"

[[citation]]
commitment = "VL-2026-002"
{lines(AGAIN)}
role = "reaffirms"

[[update]]
commitment = "VL-2026-001"
status = "delivered"
note = "Đã khai trương."
done = "2026-09-05"
evidence = [ {{ {OPENED}, tier = 2 }} ]
""",
}
Write = Callable[..., Path]
