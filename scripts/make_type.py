"""Write the type of the print figures anew: `python scripts/make_type.py`.

Every PDF holds the letters it uses, cut from the whole font; of Source Sans Pro with its Greek, Cyrillic and small capitals that takes a third
of a second a font. So maps/type holds its Latin letters as fonts of their own, without what is slow to cut: no ligatures, and kerning as pairs
of letters (table "kern") instead of rules (table "GPOS"). That takes a hundredth of a second a font. Under the SIL Open Font License a changed
font may not keep the reserved name "Source": these are called Atlas Sans, under the same licence (maps/type/OFL.txt).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

TYPE = Path(__file__).resolve().parents[1] / "maps" / "type"
NAME = "Atlas Sans"
LATIN = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2045), (0x2020, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2264, 0x2265))
"""ASCII, Latin-1, Latin Extended-A, general punctuation, and single signs."""
KERNED = (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2045))
"""The letters that are kerned: a table of pairs holds no more than 10,920."""
FAMILY, FULL, POSTSCRIPT = (1, 16), (3, 4, 18), (6,)
"""Ids of the name table that say what a font is called."""


def cut(source: Path, style: str) -> TTFont:
    """The Latin letters of a font, under our own name; without a date, so that the file is the same each time."""
    options = subset.Options(layout_features=["kern"], drop_tables=["DSIG", "BASE"], recalc_timestamp=False)
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for part in LATIN for code in part])
    cutter.subset(font)
    kern(font)
    for record in font["name"].names:
        said = NAME if record.nameID in FAMILY else f"{NAME} {style}" if record.nameID in FULL else ""
        said = f"{NAME.replace(' ', '')}-{style}" if record.nameID in POSTSCRIPT else said
        if said:
            font["name"].setName(said, record.nameID, record.platformID, record.platEncID, record.langID)
    return font


def kern(font: TTFont) -> None:
    """Replace the rules of kerning by pairs of letters."""
    glyphs = {name for code, name in font.getBestCmap().items() if code in KERNED}
    table, found = newTable("kern"), KernTable_format_0()
    found.coverage, found.apple, found.tupleIndex = 1, False, None
    found.kernTable = {
        pair: units for lookup in font["GPOS"].table.LookupList.Lookup for pair, units in pairs(lookup, glyphs).items() if units
    }
    table.version, table.kernTables = 0, [found]
    for tag in ("GPOS", "GSUB", "GDEF"):
        del font[tag]
    font["kern"] = table


def pairs(lookup: Any, glyphs: set[str]) -> dict[tuple[str, str], int]:
    """Units between two glyphs. The first part of a lookup that has a pair decides; one of classes has every pair of what it covers."""
    found: dict[tuple[str, str], int] = {}
    for part in lookup.SubTable:
        for row, left in enumerate(part.Coverage.glyphs):
            if left not in glyphs:
                continue
            if part.Format == 1:
                records = {record.SecondGlyph: record for record in part.PairSet[row].PairValueRecord}
            else:
                of_class = part.Class1Record[part.ClassDef1.classDefs.get(left, 0)].Class2Record
                records = {right: of_class[part.ClassDef2.classDefs.get(right, 0)] for right in glyphs}
            for right in records.keys() & glyphs:
                found.setdefault((left, right), getattr(records[right].Value1, "XAdvance", 0))
    return found


def main() -> None:
    for style in ("Regular", "Semibold"):
        font = cut(TYPE / f"SourceSansPro-{style}.ttf", style)
        font.save(TYPE / f"AtlasSans-{style}.ttf", reorderTables=True)


if __name__ == "__main__":
    main()
