"""Put the pictures of all screens on one sheet, light beside dark, each with its name.

Run it as `python docs/make_contact_sheet.py`, after `python docs/make_screens.py`.

Writes docs/screens/contact-sheet.png.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FOLDER: Final = Path(__file__).parent / "screens"
SHEET: Final = FOLDER / "contact-sheet.png"
LOOKS: Final = ("light", "dark")
WIDTH, HEIGHT = 340, 191
PAIRS: Final = 3
GAP, CAPTION = 16, 26
PAPER, INK = "#f5f5f2", "#1b2a2f"
_FONT: Final = Path(__file__).parent.parent / "resources" / "fonts" / "SourceSans3-Regular.ttf"


def main() -> int:
    """Write the sheet."""
    names = sorted(each.stem.removesuffix("-light") for each in FOLDER.glob("*-light.png"))
    rows = -(-len(names) // PAIRS)
    pair = len(LOOKS) * (WIDTH + 4) + GAP
    sheet = Image.new("RGB", (PAIRS * pair + GAP, rows * (HEIGHT + CAPTION + GAP) + GAP), PAPER)
    font = ImageFont.truetype(str(_FONT), 16)
    for number, name in enumerate(names):
        left = GAP + number % PAIRS * pair
        top = GAP + number // PAIRS * (HEIGHT + CAPTION + GAP)
        put(sheet, name, left, top, font)
    sheet.quantize(256).save(SHEET, optimize=True)
    return 0


def put(sheet: Image.Image, name: str, left: int, top: int, font: ImageFont.FreeTypeFont) -> None:
    """Put the pictures of a screen on the sheet, with the screen's name above them."""
    said = name.replace("-", " ")
    ImageDraw.Draw(sheet).text((left, top), said[:1].upper() + said[1:], fill=INK, font=font)
    for place, look in enumerate(LOOKS):
        file = FOLDER / f"{name}-{look}.png"
        if file.is_file():
            with Image.open(file) as picture:
                small = picture.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
            sheet.paste(small, (left + place * (WIDTH + 4), top + CAPTION))


if __name__ == "__main__":
    sys.exit(main())
