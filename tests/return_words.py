"""A return in a few words, for the tests of its rules: «Header SEX=F | Episodes DEC=01/07/2025 REC=E4A»."""

from caseapp.returns.tables import Return, table

SOUND = {
    "Header": "SEX=M ETHNIC=WBRI UPN=UN2",
    "Episodes": "DECOM=10/05/2025 RNE=S LS=C2",
    "OC2": "IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0",
    "OC3": "IN_TOUCH=YES ACTIV=F2 ACCOM=U1",
    "AD1": "DATE_INT=01/06/2025 DATE_MATCH=01/07/2025 FOSTER_CARE=1 NB_ADOPTR=2 SEX_ADOPTR=MF LS_ADOPTR=L11",
    "PlacedAdoption": "DATE_PLACED=01/06/2025",
    "Missing": "MISSING=M MIS_START=01/06/2025 MIS_END=02/06/2025",
    "SWEpisodes": "SW_ID=SW11 SW_DECOM=01/05/2025 SW_REASON=FCONTA",
    "Reviews": "REVIEW=01/06/2025 REVIEW_CODE=PN1",
}
ALL_YEAR = "Episodes DECOM=01/02/2024"
PLACED = "Episodes PLACE=A5 LS=E1"
REVERSED = "DATE_PLACED_CEASED=01/07/2025 REASON_PLACED_CEASED=RD1"
ADOPTED = f"{PLACED} DECOM=01/08/2025 RNE=P DEC=01/12/2025 REC=E12"
AT_18 = "born 11/11/2006"
LAST_YEAR = "last Episodes DECOM=01/02/2019"


def told(words: str, year: int = 2026) -> Return:
    """Return a return of one child from its rows, parted by bars; «born …» and «last …» tell the rest."""
    parts = [part.strip() for part in words.split("|") if part.strip()]
    born = next((part[5:] for part in parts if part.startswith("born ")), "14/05/2012")
    now = [part for part in parts if not part.startswith(("born ", "last "))]
    last = [part[5:] for part in parts if part.startswith("last ")]
    prior = Return(year - 1, _tables(last, born)) if last else None
    return Return(year, _tables(now, born), prior)


def _tables(parts: list[str], born: str) -> dict:
    rows: dict[str, list[dict[str, str]]] = {}
    for part in [*parts, *([] if any(each.startswith("Header") for each in parts) else ["Header"])]:
        name, *cells = part.split()
        sound = {"CHILD": "A1", "DOB": born, **_cells(SOUND.get(name, "").split())}
        rows.setdefault(name, []).append(sound | _cells(cells))
    return {name: table(name, each) for name, each in rows.items() if each[0]["CHILD"]}


def _cells(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words)
