"""Two hundred texts that would do harm on a terminal, and what a person is to read in their place.

The oracle is written out here character by character, apart from the product's own: who breaks the one does not
break the other.
"""

from __future__ import annotations

import re
import unicodedata

ESC, CSI, OSC, BEL, ST = "\x1b", "\x9b", "\x1b]", "\x07", "\x1b\\"

FAMILIES: dict[str, tuple[str, ...]] = {
    "markup of Textual and Rich": (
        "[red]x[/red] [bold",
        "[/]",
        "[/red]",
        "[]",
        "[[",
        "]]",
        "[b]Lan[/b]",
        "[bold red on blue]đỏ[/]",
        "[secret] Reply [#12]",
        "[dim]mờ[/dim]",
        "[reverse]ngược[/reverse]",
        "[blink]nháy[/blink]",
        "[conceal]giấu[/conceal]",
        "[$error]lỗi[/]",
        "[on $primary]nền[/]",
        "[#ff0000]màu[/]",
        "[rgb(1,2,3)]màu[/]",
        "[auto]tự động[/auto]",
        r"\[red]x\[/red]",
        r"\\[red]x",
        "[red][/blue]",
        "[ red ]x[/ red ]",
        "[red 50%]x[/]",
        "[RED]x[/RED]",
        "[not bold]x[/]",
        "[i][u][s]x[/s][/u][/i]",
        "x[/][/][/]",
        ":smiley: :warning:",
        "[link='https://example.org']x[/link]",
        "[link=file:///etc/passwd]x[/link]",
        "[=3]x[/=3]",
        "[1] [2,3] [a-z]",
    ),
    "links that act": (
        "[@click=app.quit]x[/]",
        "[@click=app.quit()]x[/]",
        "[@click='app.quit']x[/@click]",
        "[@click=screen.dismiss]đóng[/]",
        "[@click=app.bell]x[/]",
        "[@click=app.screenshot('/tmp/x')]x[/]",
        "[@click=app.simulate_key('q')]x[/]",
        "[@click=()]x[/]",
        "[@click",
        "[@mouse.down=app.quit]x[/]",
    ),
    "operating system commands": (
        f"{OSC}0;owned{BEL}",
        f"{OSC}2;owned{ST}",
        f"{OSC}0;owned",
        f"{OSC}52;c;b3duZWQ={ST}",
        f"{OSC}52;c;?{BEL}",
        f"{OSC}8;;https://example.org{ST}x{OSC}8;;{ST}",
        f"{OSC}8;;file:///etc/passwd{BEL}x{OSC}8;;{BEL}",
        f"{OSC}4;1;rgb:ff/00/00{BEL}x",
        f"{OSC}10;#ffffff{BEL}x",
        f"{OSC}11;?{BEL}x",
        f"{OSC}9;báo{BEL}x",
        f"{OSC}777;notify;a;b{BEL}x",
        f"{OSC}1337;File=name=eA==:AAAA{BEL}x",
        f"{OSC}1337;SetMark{BEL}x",
        f"{OSC}133;A{BEL}x",
        f"{OSC}7;file://h/tmp{BEL}x",
        "\x9d0;owned\x9c x",
        f"{OSC}50;cursor{BEL}x",
    ),
    "control sequences": (
        f"{ESC}[31mred{ESC}[0m",
        f"{CSI}31mred{CSI}0m",
        f"{ESC}[2J{ESC}[Hx",
        f"{ESC}[3Jx",
        f"{ESC}[1000;1000Hx",
        f"{ESC}[Ax",
        f"{ESC}[1Kx",
        f"{ESC}[5nx",
        f"{ESC}[cx",
        f"{ESC}[6nx",
        f"{ESC}[?25lx",
        f"{ESC}[?1049lx",
        f"{ESC}[?1000hx",
        f"{ESC}[?2004lx",
        f"{ESC}[21tx",
        f"{ESC}[8;1;1tx",
        f"{ESC}[20~x",
        f"{ESC}[38;2;255;0;0mđỏ",
        f"{ESC}[8mgiấu",
        f"{ESC}[4:3mx",
        f"{ESC}[>4;2mx",
        f"{ESC}[=5ux",
        f"{ESC}cx",
        f"{ESC}7x{ESC}8",
        f"{ESC}(0lqk",
        f"{ESC}#8x",
        f"{ESC}Mx",
        f"{ESC}=x{ESC}>",
        f"{ESC}P+q544e{ST}x",
        f"{ESC}P0;1|17/ab{ST}x",
        f"{ESC}_Gf=24;AAAA{ST}x",
        f"{ESC}^secret{ST}x",
        f"{ESC}Xstring{ST}x",
        f"x{ESC}",
        f"x{ESC}[",
        f"{ESC}{ESC}[Ax",
        f"[red]{ESC}[31m[/]",
        f"{ESC}Pq#0;2;0;0;0~{ST}x",
    ),
    "single control characters": (
        *(f"a{chr(code)}b" for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x1B), *range(0x1C, 0x20))),
        "a\x7fb",
        "pad\x80",
        "index\x84x",
        "device\x90x",
        "program\x9fx",
    ),
    "ends of lines and tabs": (
        "một\nhai",
        "ba\r\nbốn",
        "năm\rsáu",
        "bảy\ttám",
        "chín\x85mười",
        "dòng\u2028sau",
        "đoạn\u2029sau",
        "\n\nđầu",
        "cuối\n\n",
        "a\r\n\t\r\nb",
    ),
    "directions of writing and what hides": (
        "abc\u202egnp.exe",
        "\u202dabc xyz",
        "\u202aabc\u202c",
        "\u202babc \u202c",
        "\u2066a\u2069",
        "\u2067ab\u2069",
        "\u2068a c\u2069",
        "a\u200eb c",
        "a\u200fbc d",
        "a\u061cbc e",
        "VL\u200b-2025",
        "VL\u2060-2026",
        "VL\ufeff-2027",
        "a\u200db zero",
        "a\u200cb zero one",
        "a\u206ab f",
        "a\ufff9b\ufffac\ufffb",
        "tag\U000e0041\U000e007f",
    ),
    "wide and odd cells": (
        "漢字かな交じり文",
        "漢" * 90,
        "ｆｕｌｌｗｉｄｔｈ",
        "한국어 글자",
        "🇻🇳🇱🇦",
        "👍🏽 xong",
        "❤️ thích",
        "㍿㌔",
        "ສາທາລະນະລັດ ປະຊາທິປະໄຕ",
        "ໜໍ່ໄມ້",
        "שלום עולם",
        "مرحبا بالعالم",
        "ﷺ xin chào",
        "\U0001f600 \u2603",
    ),
    "combining characters": (
        "e\u0301\u0323\u0302\u0303\u0309 nghie\u0302\u0323m",
        "a" + "\u0301" * 40,
        "Z\u0351\u036b\u0343\u036a\u0302a\u0347\u0348l\u0332g\u0321o\u0322",
        "D\u0323u\u031b\u0323a\u0301n",
        "quo\u0302\u0301c gia",
        "x\u20dd y\u20e3",
        "o\u0338/\u0338",
        "ก็ ํา กำ",
    ),
    "very long": (
        "dài " * 60,
        "x" * 300,
        "đ" * 1000,
        "[/]" * 200,
        "a[red]" * 150,
        "chữ\u0323 " * 120,
        "không dấu cách".replace(" ", "") * 40,
        "VL-2025-013 " * 50,
    ),
    "templates and other languages": (
        "{ref} %s $x ${y}",
        "%(name)s %d %%",
        "{0} {} {{}}",
        "<b>x</b> &amp; <script>",
        "'; DROP TABLE act; --",
        "$(touch x) `touch x`",
        "=1+1",
        "half\ud800x",
        "\udfffcuối",
        "\ufffd x",
        "100 % ## -- 5€",
    ),
}
HOSTILE = tuple(text for family in FAMILIES.values() for text in family)

# What may leave for the terminal: no control character, nothing that turns the direction of writing or hides. A joiner
# before a picture is a part of that picture.
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    f"\ud800-\udfff\U000e0000-\U000e007f]|\u200d(?![{_PICTURES}])"
)
_ENDS_A_LINE = ("\r\n", "\n", "\x85", "\u2028", "\u2029")


def read_as(text: str) -> str:
    """What a person reads of it on one line: pictures for C0 controls, � for the rest, one space for any white."""
    for end in _ENDS_A_LINE:
        text = text.replace(end, " ")
    return " ".join("".join(map(_read_as, text, text[1:] + " ")).split())


def _read_as(character: str, following: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code == 0x200D and re.match(f"[{_PICTURES}]", following):
        return character
    hidden = code in (0xFFFE, 0xFFFF) or unicodedata.category(character) in ("Cc", "Cf", "Cs")
    return "\ufffd" if hidden else character


def packed(text: str) -> str:
    """The text without white space: where a widget breaks its lines does not matter."""
    return "".join(text.split())
