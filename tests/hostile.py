"""Texts that people paste, scanners read and attackers type. Each must come back equal or be refused in words."""

from __future__ import annotations

QUOTES = (
    "O'Neil", "O’Neil", 'the "small" one', "`backtick`", "'; DROP TABLE child; --", '" OR ""="', "\\", "\\'",
    "%", "_", "100%", "a_b", "%_%", "?", ":1", ":name", "{child}", "{0}", "%s", "%(name)s", "$HOME", "#{1+1}",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://example.org\",\"x\")",
    "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠x", "  =1", "-2.5", "+44 1632 960001",
)  # fmt: skip
MARKUP = (
    "<b>bold</b>", "a < b & c > d", "<img src='file:///etc/hostname'>", "<script>alert(1)</script>", "</para>",
    "<para>", "&lt;", "&#0;", "&unknown;", "<!-- -->", "<![CDATA[x]]>", "<?xml version='1.0'?>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "**bold**", "[link](javascript:alert(1))", "<a href='x'>y</a>", "<br/>",
    "<font color=red>", "{\\rtf1}", "%!PS",
)  # fmt: skip
CONTROLS = (
    "\x00", "a\x00b", "a\x01b", "bell\x07", "esc\x1b[31m", "del\x7f", "line\nline", "line\r\nline", "line\rline",
    "tab\tbed", "page\x0cbreak", "nel\x85x", "line\u2028sep", "para\u2029sep", "\ud800", "a\udfffb", "\ufeffbom",
    "\ufffe", "\U0001fffe", "\u00ad", "zero\u200bwidth", "join\u200der", "nb\u00a0sp", "\u3000wide",
)  # fmt: skip
DIRECTIONS = (
    "\u202eevil", "\u202dx\u202c", "\u2066a\u2069", "\u200frtl", "\u200eltr", "\u061c", "سارة الحداد",
    "שרה כהן", "abc سارة 123", "يوسف\u200d", "ﷺ",
)  # fmt: skip
SCRIPTS = (
    "Łukasz Żółć", "Siân Ŵyn", "Șerban Țurcanu", "Nguyễn Thị Ánh", "Ọmọtọ́lá", "Çağrı İnce", "ıI iİ", "Ødegård",
    "Þórður Æsa", "Weiß Straße", "ẞ", "ﬁnn", "ŉ", "ǰ", "Ἀθηνᾶ", "Дмитро", "Ђорђе", "সুমি রহমান", "ਗੁਰਪ੍ਰੀਤ",
    "தமிழ்ச்செல்வி", "王小明", "さくら", "ｻｸﾗ", "김서연", "한글", "สมชาย", "አበበ", "Ⅷ", "①", "２０２６", "٠١/٠٢/٢٠٢٠",
    "e\u0301", "e\u0301\u0323", "Z\u0351\u036b\u0343algo\u0488", "Å\u030a", "O\u2019N", "D\u02bcArcy", "N\u02bbka",
    "Anne‑Marie", "Anne–Marie", "Jean-Luc", "van der Berg", "de la Cruz", "X Æ A-12", "²", "½", "³x",
)  # fmt: skip
EMOJI = ("😀", "👩‍👧‍👦", "🇬🇧", "👍🏽", "❤️", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "a😀b", "☑ ☐ → ●")
PATHS = (
    "../../etc/passwd", "C:\\Windows\\system32", "\\\\server\\share", "/dev/null", "CON", "nul.txt", "a/b",
    "name?.pdf", "file:///etc/hostname", "~", ".", "..", ".hidden", "a" * 300 + ".pdf",
)  # fmt: skip
NUMBERS = (
    "1e999999999", "1e-999999999", "NaN", "sNaN", "Infinity", "-Infinity", "-0", "0x10", "1_000", "1,000", "0e999999999",
    "9" * 400, "00012", "1.", ".5", "1e3", "٣", "²", "--1", "+-1", "1 000", "£1,234.50", "99.999",
)  # fmt: skip
DAYS = (
    "30/02/2026", "31/04/2026", "29/02/2025", "00/00/0000", "0/1/2026", "1/13/2026", "32/1/2026", "2026-13-01",
    "9999-12-31", "0000-01-01", "0001-01-01", "+9999y", "-9999y", "+0d", "yesterday ", "TODAY", "1/1/1",
    "3 Sept 2026", "3 Ma 2026", "03/09/26", "3.9.26", "2026/9/3", "٠٣/٠٩/٢٠٢٦", "1/2/3/4", "12122026",
)  # fmt: skip
LONG = ("x" * 200_000, "word " * 40_000, "\n" * 5_000, "é" * 50_001, "e\u0301" * 501, "😀" * 20_001)
BLANK = ("", " ", "\t", "\n", "\u00a0", "\u200b", "\u3000", "\ufeff", "-", "--", "’", "…", "_", "\u0301")
JSON_LIKE = ("null", "true", "{}", "[]", '{"a": 1}', "[1, 2]", '"', "\\u0000", "\\ud800", "undefined")

TEXTS: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *QUOTES, *FORMULAS, *MARKUP, *CONTROLS, *DIRECTIONS, *SCRIPTS, *EMOJI, *PATHS, *NUMBERS, *DAYS,
            *LONG, *BLANK, *JSON_LIKE,
        )
    )
)  # fmt: skip

VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 10**30, 1.5, float("nan"), float("inf"), [], {}, [[]], [{}], [None], ["a", 1],
    {"a": {"b": []}}, [{"a": [1]}], [{"name": "\ud800"}], "x",
)  # fmt: skip
"""What a file or another program may hand over where text was expected."""
