"""A case that breaks each rule of the return about all but episodes, and a sound one beside it."""

from caseapp.returns import rules_structure
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


# (rule, what breaks it, what is sound beside it)
CASES = [
    ("101", "Header SEX=2", "Header SEX=U"),
    ("101", "Header SEX=", "Header SEX=F"),
    ("102", "Header DOB=2012-05-14", "Header"),
    ("102", "Header DOB=", "Header"),
    ("103", "Header ETHNIC=WHIT", "Header ETHNIC=NOBT"),
    ("103", "Header ETHNIC=", "Header ETHNIC=REFU"),
    ("202", "last Header SEX=F | Header", "last Header SEX=1 | Header"),
    ("203", "last Header DOB=15/05/2012 | Header", "last Header DOB= | Header"),
    ("204", "last Header ETHNIC=BCRB | Header", "last Header | Header"),
    ("232", "Header SEX=U", "Header SEX=F"),
    ("301", "born 01/04/2026 | Header", "born 31/03/2026 | Header"),
    ("351", "born 31/03/2000 | Header", "born 01/04/2000 | Header"),
    ("168", "Header UPN=I330220017001", "Header UPN=Q330220017001"),
    ("168", "Header UPN=Q33022001700", "Header UPN=Q33022001700A"),
    ("168", "Header UPN=UN6", "Header UPN=UN5"),
    ("208", "last Header UPN=UN2 | Header UPN=UN3", "last Header UPN=UN1 | Header UPN=UN3"),
    (
        "208",
        "last Header UPN=Q330220017001 | Header UPN=UN4",
        "last Header UPN=UN4 | Header UPN=Q330220017001",
    ),
    ("208", "last Header UPN=Q330220017001 | Header UPN=", "last Header UPN= | Header UPN=UN1"),
    ("209", "born 31/08/2020 | Header UPN=UN1", "born 01/09/2020 | Header UPN=UN1"),
    ("210", "Header UPN=UN4 | Episodes DECOM=23/03/2026", "Header UPN=UN4 | Episodes DECOM=24/03/2026"),
    ("210", "Header UPN=UN4 | Episodes", "Header UPN=UN4 | Episodes DEC=01/07/2025 REC=E4A"),
    ("442", "Header UPN= | Episodes", "Header UPN= | Episodes LS=V4"),
    (
        "444",
        "Header UPN=Q330220017001 | Header CHILD=B2 UPN=Q330220017001",
        "Header UPN=UN2 | Header CHILD=B2 UPN=UN2",
    ),
    ("165", "Header MOTHER=0", "Header MOTHER="),
    ("165", "Header SEX=F MOTHER=Y | Episodes", "Header SEX=F MOTHER=0 | Episodes"),
    ("165", "Header SEX=F | Episodes", "Header SEX=F | Episodes LS=V3"),
    ("165", "Header SEX=F MOTHER=0 | OC3", "Header SEX=F | OC3"),
    ("171", "Header MC_DOB=2025-01-01", "Header MC_DOB=01/01/2025"),
    ("174", "Header MC_DOB=01/01/2025", "Header SEX=F MC_DOB=01/01/2025"),
    ("207", "last Header MOTHER=1 | Header MOTHER=0 | Episodes", "last Header MOTHER=1 | Header MOTHER=0"),
    ("393", "Header SEX=F | Episodes", "Header SEX=F | Episodes LS=V4"),
    ("393", "Header SEX=F | Episodes", "Header SEX=M | Episodes"),
    (
        "607",
        "Header SEX=F | Episodes DEC=01/07/2025 REC=E4A",
        "Header SEX=F | Episodes DEC=01/07/2025 REC=X1",
    ),
    ("611", "Header SEX=F MOTHER=1", "Header SEX=F MOTHER=1 MC_DOB=01/01/2026"),
    ("612", "Header SEX=F MC_DOB=01/01/2026", "Header SEX=F MOTHER=1 MC_DOB=01/01/2026"),
    ("620", "born 02/04/2014 | Header MOTHER=1", "born 01/04/2014 | Header MOTHER=1"),
    ("621", "Header MC_DOB=14/05/2012", "Header MC_DOB=15/05/2012"),
    ("624", "last Header MC_DOB=01/01/2025 | Header", "last Header | Header MC_DOB=01/01/2026"),
    ("625", "Header MC_DOB=01/04/2026", "Header MC_DOB=31/03/2026"),
    (
        "625",
        "Header MC_DOB=02/07/2025 | Episodes DEC=01/07/2025 REC=E4A",
        "Header MC_DOB=02/07/2025 | Episodes DEC=01/07/2025 REC=X1",
    ),
    (
        "626",
        "last Header MOTHER=0 | Header MOTHER=1 MC_DOB=31/03/2025",
        "last Header MOTHER=0 | Header MOTHER=1 MC_DOB=01/04/2025",
    ),
    ("628", "Header MOTHER=0 | OC3", "Header MOTHER=0 | OC3 | Episodes"),
    ("104", "UASC DUC=31/03/2025", "UASC DUC=01/04/2025"),
    ("104", "UASC DUC=2025-05-01", "UASC"),
    ("205A", "last UASC | Header | Episodes", "last UASC DUC=01/02/2025 | Header | Episodes"),
    ("205A", "last UASC | Header | Episodes", "last UASC | Header | Episodes | UASC"),
    ("205B", "last UASC DUC=01/02/2025 | UASC", "last UASC | UASC"),
    ("205B", "last UASC | UASC DUC=01/05/2026", "last UASC | UASC DUC=14/05/2030"),
    ("205D", "last Episodes | UASC", "last Episodes | last UASC | UASC"),
    ("205D", "last Episodes | UASC", "last Header | UASC"),
    ("231", "born 01/04/2015 | UASC", "born 31/03/2015 | UASC"),
    ("304", "UASC DUC=15/05/2030", "UASC DUC=14/05/2030"),
    ("157", f"{ALL_YEAR} | OC2 SDQ_REASON=SDQ1", f"{ALL_YEAR} | OC2 SDQ_REASON=SDQ2"),
    ("157", f"{ALL_YEAR} | OC2 SDQ_REASON=SDQ1", "Episodes | OC2 SDQ_REASON=SDQ1"),
    (
        "157",
        f"born 01/04/2009 | {ALL_YEAR} | OC2 SDQ_REASON=SDQ1",
        f"born 31/03/2009 | {ALL_YEAR} | OC2 SDQ_REASON=SDQ1",
    ),
    ("180", "OC2 SDQ_SCORE=41", "OC2 SDQ_SCORE=40"),
    ("180", "OC2 SDQ_SCORE=TEN", "OC2 SDQ_SCORE=0"),
    ("185", "Episodes | OC2 SDQ_SCORE=12", f"{ALL_YEAR} | OC2 SDQ_SCORE=12"),
    ("186", f"{ALL_YEAR} | OC2", f"{ALL_YEAR} | OC2 SDQ_REASON=SDQ2"),
    ("186", f"born 01/04/2021 | {ALL_YEAR} | OC2", f"born 02/04/2021 | {ALL_YEAR} | OC2"),
    ("186", f"born 01/04/2009 | {ALL_YEAR} | OC2", f"born 31/03/2009 | {ALL_YEAR} | OC2"),
    ("188", "born 01/04/2022 | OC2 SDQ_SCORE=12", "born 31/03/2022 | OC2 SDQ_SCORE=12"),
    ("189", "born 01/04/2008 | OC2 SDQ_SCORE=12", "born 02/04/2008 | OC2 SDQ_SCORE=12"),
    ("196", "OC2 SDQ_REASON=SDQ6", "OC2 SDQ_REASON=SDQ5"),
    ("197B", f"born 31/03/2009 | {ALL_YEAR} | OC2", f"born 01/04/2009 | {ALL_YEAR} | OC2"),
    ("197B", f"born 02/04/2021 | {ALL_YEAR} | OC2", f"born 01/04/2021 | {ALL_YEAR} | OC2"),
    ("197a", "OC2 SDQ_SCORE=12 SDQ_REASON=SDQ2", "OC2 SDQ_SCORE=12"),
    ("198", "Episodes | OC2 SDQ_REASON=SDQ2", f"{ALL_YEAR} | OC2 SDQ_REASON=SDQ2"),
    ("187", f"{ALL_YEAR} | OC3", "Episodes | OC3"),
    ("187", f"{ALL_YEAR} | AD1", "Episodes | AD1"),
    ("190", "Episodes | OC2", f"{ALL_YEAR} | OC2"),
    ("190", f"{ALL_YEAR} LS=V4 | OC2", f"{ALL_YEAR} DEC=31/03/2026 REC=E4A | OC2"),
    ("190", f"{ALL_YEAR} DEC=30/03/2026 REC=E4A | OC2", "Episodes DECOM=01/04/2025 | OC2"),
    ("191", ALL_YEAR, f"{ALL_YEAR} | OC2"),
    ("191", f"{ALL_YEAR} | OC2 TEETH_CHECK=", "Episodes | OC2 TEETH_CHECK="),
    ("215", "OC3 | OC2", "OC3 IN_TOUCH= ACTIV= ACCOM= | OC2"),
    ("158", "OC2 INTERVENTION_RECEIVED=1 INTERVENTION_OFFERED=1", "OC2 INTERVENTION_RECEIVED=1"),
    (
        "159",
        "OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0",
        "OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0 INTERVENTION_OFFERED=0",
    ),
    ("181", "OC2 TEETH_CHECK=Y", "OC2 TEETH_CHECK=0"),
    ("182", "OC2 TEETH_CHECK=", "OC2"),
    ("192", "OC2 SUBSTANCE_MISUSE=1", "OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0"),
    ("193", "OC2 INTERVENTION_OFFERED=0", "OC2 SUBSTANCE_MISUSE=1 INTERVENTION_OFFERED=0"),
    ("542", "born 01/04/2016 | OC2 CONVICTED=0", "born 31/03/2016 | OC2 CONVICTED=0"),
    ("543", f"born 31/03/2016 | {ALL_YEAR} | OC2", f"born 01/04/2016 | {ALL_YEAR} | OC2"),
    ("544", "OC2 CONVICTED=0 TEETH_CHECK=", "OC2 CONVICTED=0"),
    ("545", f"born 01/04/2021 | {ALL_YEAR} | OC2", f"born 31/03/2021 | {ALL_YEAR} | OC2"),
    ("546", "born 31/03/2021 | OC2 HEALTH_CHECK=1", "born 01/04/2021 | OC2 HEALTH_CHECK=1"),
    ("547", "OC2 HEALTH_CHECK=0 IMMUNISATIONS=", "OC2 HEALTH_CHECK=0"),
    ("131", "OC3 IN_TOUCH=MAYBE", "OC3 IN_TOUCH=NREQ"),
    ("131", "OC3 IN_TOUCH=", "OC3 IN_TOUCH=RHOM"),
    ("132", "OC3 ACTIV=F3", "OC3 ACTIV=0"),
    ("133", "OC3 ACCOM=S1", "OC3 ACCOM=S2"),
    ("153", "OC3 ACTIV=", "OC3 IN_TOUCH= ACTIV= ACCOM="),
    ("344", "OC3 IN_TOUCH=DIED ACTIV=0", "OC3 IN_TOUCH=DIED ACTIV=0 ACCOM=0"),
    ("345", "OC3 ACCOM=0", "OC3 IN_TOUCH=NO ACCOM=0"),
    ("347", "born 02/04/2007 | OC3 ACCOM=T1", "born 01/04/2007 | OC3 ACCOM=T1"),
    ("3001", "born 31/03/2009 | OC3 ACCOM=Z1", "born 31/03/2008 | OC3 ACCOM=Z1"),
    ("348", "last OC3 IN_TOUCH=DIED | OC3", "last OC3 IN_TOUCH=DIED | OC3 IN_TOUCH=DIED"),
    ("391", "born 01/04/2009 | OC3", "born 31/03/2009 | OC3"),
    ("1000", f"{LAST_YEAR} DEC=01/05/2024 REC=E2 | OC3", f"{LAST_YEAR} DEC=01/05/2024 REC=E4A | OC3"),
    (
        "1001",
        f"{AT_18} | last Episodes DECOM=01/02/2019 DEC=10/11/2022 REC=E4A | OC3",
        f"{AT_18} | last Episodes DECOM=01/02/2019 DEC=12/11/2022 REC=E4A | OC3",
    ),
    (
        "1001",
        f"{AT_18} | last Episodes DECOM=12/08/2024 DEC=10/11/2024 REC=E4A | OC3",
        f"{AT_18} | last Episodes DECOM=11/08/2024 DEC=10/11/2024 REC=E4A | OC3",
    ),
    ("1001", f"{AT_18} | {LAST_YEAR} LS=V4 | OC3", f"{AT_18} | {LAST_YEAR} | OC3"),
    ("1001", f"{AT_18} | {LAST_YEAR} DEC=01/10/2024 REC=E12 | OC3", f"{AT_18} | {LAST_YEAR} REC=E12"),
    ("1002", f"{AT_18} | last Header | OC3", "born 31/03/2006 | last Header | OC3"),
    ("1002", f"{AT_18} | last Header | OC3", f"{AT_18} | {LAST_YEAR} | OC3"),
    ("1007", "born 31/03/2009 | Episodes | OC3", "born 01/04/2009 | Episodes | OC3"),
    (
        "1007",
        "born 31/03/2008 | Episodes DEC=01/04/2026 | OC3",
        "born 31/03/2008 | Episodes DEC=31/03/2026 | OC3",
    ),
    ("1010", f"{LAST_YEAR} | OC3", f"{LAST_YEAR} DEC=01/05/2024 REC=E4A | OC3"),
    ("1010", f"{LAST_YEAR} | OC3", f"{LAST_YEAR} | OC3 | Episodes"),
    ("1011", "Episodes DEC=01/07/2025 REC=E3 | OC3", "Episodes DEC=01/07/2025 REC=E4A | OC3"),
    ("1014", "UASC | OC3", "UASC | OC3 | Episodes"),
    (
        "1016",
        "born 01/05/2008 | Episodes DEC=01/07/2025 | OC3",
        "born 02/07/2008 | Episodes DEC=01/07/2025 | OC3",
    ),
    ("166", "Reviews REVIEW=", "Reviews"),
    ("166", "Reviews REVIEW=31/02/2026", "Reviews REVIEW=28/02/2026"),
    ("167", "Reviews REVIEW_CODE=", "Reviews REVIEW_CODE=PN7"),
    ("167", "Reviews REVIEW_CODE=PN8", "Reviews REVIEW= REVIEW_CODE="),
    ("399", "Episodes LS=V4 | Reviews", "Episodes LS=V4 | Episodes | Reviews"),
    ("399", "Header MOTHER=0 | Episodes LS=V3", "Header | Episodes LS=V3"),
    ("440", "born 01/06/2021 | Reviews REVIEW_CODE=PN0", "born 02/06/2021 | Reviews REVIEW_CODE=PN0"),
    ("441", "born 02/06/2021 | Reviews", "born 01/06/2021 | Reviews"),
    ("564", "Missing MIS_START=", "Missing"),
    ("565", "Missing MISSING=", "Missing MISSING= MIS_START="),
    ("566", "Missing MISSING= MIS_START=", "Missing MISSING= MIS_END="),
    ("567", "Missing MIS_END=31/05/2025", "Missing MIS_END=01/06/2025"),
    ("570", "Missing MIS_START=01/04/2026", "Missing MIS_START=31/03/2026"),
    ("571", "Missing MIS_END=31/03/2025", "Missing MIS_END=01/04/2025"),
    ("571", "Missing MIS_END=01/04/2026", "Missing MIS_END=31/03/2026"),
    (
        "574",
        "Missing | Missing MIS_START=01/06/2025",
        "Missing | Missing MIS_START=02/06/2025 MIS_END=03/06/2025",
    ),
    (
        "574",
        "Missing MIS_END= | Missing MIS_START=02/06/2025",
        "Missing MIS_END=?? | Missing MIS_START=02/06/2025",
    ),
    ("575", "Missing MIS_END= | Episodes DEC=02/06/2025 REC=X1", "Missing | Episodes DEC=02/06/2025 REC=X1"),
    (
        "575",
        "Missing MIS_END= | Episodes DEC=02/06/2025 REC=X1 | Episodes DECOM=02/06/2025 RNE=P",
        "Missing MIS_END= | Episodes DEC=02/06/2025 REC=X1 | Episodes DECOM=02/06/2025 RNE=L",
    ),
    ("576", "last Missing MIS_START=01/02/2025 MIS_END= | Missing", "last Missing MIS_END= | Missing"),
    (
        "576",
        "last Missing MIS_START=01/02/2025 MIS_END= | Episodes",
        "last Missing MIS_START=01/02/2025 MIS_END= | Missing MIS_START=01/02/2025",
    ),
    (
        "577",
        "Missing MIS_END= | Episodes DEC=03/06/2025 REC=E4A",
        "Missing MIS_END= | Episodes DEC=03/06/2025 REC=X1",
    ),
    ("577", "Missing | Episodes DEC=01/06/2025 REC=E4A", "Missing | Episodes DEC=02/06/2025 REC=E4A"),
    (
        "578",
        "Missing | Episodes DEC=31/05/2025 REC=E4A",
        "Missing | Episodes DEC=31/05/2025 REC=E4A | Episodes DECOM=01/06/2025",
    ),
    (
        "580",
        "Missing MIS_END= | Episodes DEC=05/06/2025 REC=E4A",
        "Missing MIS_END= | Episodes DEC=05/06/2025 REC=E8",
    ),
    (
        "580",
        "born 02/06/2007 | Missing | Episodes DEC=02/06/2025 REC=E17",
        "born 01/05/2007 | Missing | Episodes DEC=02/06/2025 REC=E17",
    ),
    ("581", "Missing | Episodes DECOM=02/06/2025", "Missing | Episodes DECOM=01/06/2025"),
    ("581", "Missing | Episodes DECOM=02/06/2025", "Missing | Episodes DECOM=02/06/2025 RNE=P"),
    ("586", "born 02/06/2025 | Missing", "born 01/06/2025 | Missing"),
    ("1004", "Missing MIS_START=", "Missing"),
    ("1005", "Missing MIS_END=2025-06-02", "Missing MIS_END="),
    ("1006", "Missing MISSING=X", "Missing MISSING=A"),
    ("112", "AD1 DATE_INT=??", "AD1 DATE_INT="),
    ("113", "AD1 DATE_MATCH=??", "AD1"),
    ("114", "AD1 FOSTER_CARE=Y", "AD1 FOSTER_CARE=0"),
    ("175", "AD1 NB_ADOPTR=3", "AD1 NB_ADOPTR=1"),
    ("176", "AD1 SEX_ADOPTR=FM", "AD1 SEX_ADOPTR=FF"),
    ("177", "AD1 LS_ADOPTR=L1", "AD1 LS_ADOPTR=L0"),
    ("151", "AD1 FOSTER_CARE=", "AD1"),
    ("511", "AD1 SEX_ADOPTR=M1", "AD1 SEX_ADOPTR=M1 NB_ADOPTR=1"),
    ("514", "AD1 LS_ADOPTR=L0", "AD1 LS_ADOPTR=L0 SEX_ADOPTR=F1"),
    ("517", "AD1 LS_ADOPTR=L3 SEX_ADOPTR=MM", "AD1 LS_ADOPTR=L3"),
    ("518", "AD1 LS_ADOPTR=L4", "AD1 LS_ADOPTR=L4 SEX_ADOPTR=MM"),
    ("519", "AD1 LS_ADOPTR=L2 SEX_ADOPTR=M1", "AD1 LS_ADOPTR=L2"),
    ("520", "AD1 SEX_ADOPTR=MM", "AD1"),
    ("524", "AD1 LS_ADOPTR=L12", "AD1 LS_ADOPTR=L12 SEX_ADOPTR=FF"),
    ("134", "AD1 | OC3", "AD1"),
    ("331", f"AD1 DATE_MATCH=02/08/2025 | {ADOPTED}", f"AD1 DATE_MATCH=01/08/2025 | {ADOPTED}"),
    ("333", "AD1 DATE_INT=02/07/2025", "AD1 DATE_INT=01/07/2025"),
    ("333", "AD1 DATE_INT=", "AD1 DATE_INT= DATE_MATCH="),
    ("334", "AD1 DATE_INT=09/05/2025 | Episodes", "AD1 DATE_INT=10/05/2025 | Episodes"),
    ("335", f"AD1 FOSTER_CARE=0 | {ADOPTED}", f"AD1 FOSTER_CARE=0 | {ADOPTED} PLACE=A6"),
    ("335", f"AD1 | {ADOPTED} PLACE=A4", f"AD1 | {ADOPTED}"),
    ("521", f"AD1 DATE_INT=11/05/2025 | {PLACED}", f"AD1 DATE_INT=10/05/2025 | {PLACED}"),
    ("523", "AD1 | PlacedAdoption DATE_PLACED=02/06/2025", "AD1 | PlacedAdoption"),
    ("525", "AD1 | PlacedAdoption DATE_PLACED_CEASED=01/07/2025", "AD1 | PlacedAdoption"),
    ("582", f"AD1 DATE_MATCH=01/12/2025 | {ADOPTED}", f"AD1 | {ADOPTED}"),
    ("601", ADOPTED, f"{ADOPTED} | AD1"),
    ("601", f"{ADOPTED} | AD1 NB_ADOPTR=", f"{ADOPTED} DEC=01/12/2024"),
    ("602", "AD1 | Episodes", f"AD1 | {ADOPTED}"),
    ("115", "PlacedAdoption DATE_PLACED=2025-06-01", "PlacedAdoption"),
    ("116", "PlacedAdoption DATE_PLACED_CEASED=??", "PlacedAdoption"),
    (
        "119",
        "PlacedAdoption DATE_PLACED_CEASED=01/07/2025",
        f"PlacedAdoption {REVERSED}",
    ),
    ("120", "PlacedAdoption REASON_PLACED_CEASED=RD5", "PlacedAdoption REASON_PLACED_CEASED=RD4"),
    ("522", "PlacedAdoption DATE_PLACED_CEASED=31/05/2025", "PlacedAdoption DATE_PLACED_CEASED=01/06/2025"),
    (
        "563",
        f"PlacedAdoption DATE_PLACED= {REVERSED}",
        f"PlacedAdoption {REVERSED}",
    ),
    (
        "579",
        "PlacedAdoption DATE_PLACED_CEASED=02/07/2025 | PlacedAdoption DATE_PLACED=01/07/2025",
        "PlacedAdoption DATE_PLACED_CEASED=01/07/2025 | PlacedAdoption DATE_PLACED=01/07/2025",
    ),
    (
        "583",
        "PlacedAdoption | PlacedAdoption DATE_PLACED=01/07/2025",
        "PlacedAdoption DATE_PLACED_CEASED=01/07/2025 | PlacedAdoption DATE_PLACED=01/07/2025",
    ),
    ("117", "PlacedAdoption DATE_PLACED=01/04/2026", "PlacedAdoption DATE_PLACED=31/03/2026"),
    (
        "117",
        "PlacedAdoption | Episodes DEC=31/05/2025 REC=E4A",
        "PlacedAdoption | Episodes DEC=31/05/2025 REC=X1",
    ),
    ("118", "PlacedAdoption DATE_PLACED_CEASED=31/03/2025", "PlacedAdoption DATE_PLACED_CEASED=01/04/2025"),
    (
        "118",
        "PlacedAdoption DATE_PLACED_CEASED=09/05/2025 | Episodes",
        "PlacedAdoption DATE_PLACED_CEASED=09/05/2025 | Episodes LS=V4",
    ),
    ("184", "born 02/06/2025 | PlacedAdoption", "born 01/06/2025 | PlacedAdoption"),
    ("551", PLACED, f"{PLACED} | PlacedAdoption"),
    ("551", f"{PLACED} | PlacedAdoption DATE_PLACED=", "Episodes PLACE=U6"),
    ("552", f"{PLACED} | PlacedAdoption", f"{PLACED} | PlacedAdoption DATE_PLACED=10/05/2025"),
    ("553", "Episodes LS=E1", "Episodes LS=E1 | PlacedAdoption"),
    (
        "553",
        "Episodes LS=E1 | PlacedAdoption DATE_PLACED_CEASED=01/07/2025",
        "Episodes LS=E1 DEC=01/07/2025 | PlacedAdoption DATE_PLACED_CEASED=01/07/2025",
    ),
    ("554", "Episodes LS=E1 | PlacedAdoption", "Episodes LS=E1 DECOM=01/06/2025 | PlacedAdoption"),
    (
        "557",
        f"{PLACED} DEC=01/12/2025 REC=E4A | PlacedAdoption",
        f"{PLACED} DEC=01/12/2025 REC=E12 | PlacedAdoption",
    ),
    (
        "557",
        f"{PLACED} DEC=01/12/2025 REC=E4A",
        f"{PLACED} DEC=01/12/2025 REC=E4A | PlacedAdoption {REVERSED}",
    ),
    ("558", f"{ADOPTED} | PlacedAdoption DATE_PLACED_CEASED=01/07/2025", f"{ADOPTED} | PlacedAdoption"),
    (
        "1003",
        "Episodes | PlacedAdoption DATE_PLACED=09/05/2025",
        "Episodes RNE=P | PlacedAdoption DATE_PLACED=09/05/2025",
    ),
    (
        "559",
        "last Header | PlacedAdoption DATE_PLACED=31/03/2025",
        "last Header | PlacedAdoption DATE_PLACED=01/04/2025",
    ),
    (
        "560",
        "last PlacedAdoption DATE_PLACED=01/02/2025 | PlacedAdoption",
        "last PlacedAdoption DATE_PLACED=01/02/2025 DATE_PLACED_CEASED=01/03/2025 | PlacedAdoption",
    ),
    (
        "561",
        "last PlacedAdoption DATE_PLACED_CEASED=01/07/2025 | PlacedAdoption",
        "last PlacedAdoption | PlacedAdoption",
    ),
    (
        "584",
        "last PlacedAdoption DATE_PLACED=02/06/2025 REASON_PLACED_CEASED=RD1 | PlacedAdoption",
        "last PlacedAdoption DATE_PLACED=31/05/2025 REASON_PLACED_CEASED=RD1 | PlacedAdoption",
    ),
    ("630", "Episodes", "Episodes DECOM=31/03/2025"),
    ("630", "Episodes | PrevPerm PREV_PERM=P2", "Episodes | PrevPerm PREV_PERM=Z1"),
    ("630", "Episodes | PrevPerm", "Episodes | PrevPerm PREV_PERM=P2 LA_PERM=330 DATE_PERM=ZZ/ZZ/ZZZZ"),
    ("631", "PrevPerm PREV_PERM=P5", "PrevPerm PREV_PERM=P4"),
    ("632", "PrevPerm DATE_PERM=2019-01-01", "PrevPerm DATE_PERM=ZZ/ZZ/2019"),
    ("632", "PrevPerm DATE_PERM=31/ZZ/20", "PrevPerm DATE_PERM=29/02/ZZZZ"),
    ("632", "Episodes | PrevPerm DATE_PERM=10/05/2025", "Episodes | PrevPerm DATE_PERM=09/05/2025"),
    ("632", "Episodes | PrevPerm DATE_PERM=ZZ/ZZ/2026", "Episodes | PrevPerm DATE_PERM=ZZ/ZZ/2025"),
    ("633", "PrevPerm LA_PERM=FRA", "PrevPerm LA_PERM=WAL"),
    (
        "634",
        "Episodes DECOM=31/03/2016 | PrevPerm PREV_PERM=Z1",
        "Episodes DECOM=01/04/2016 | PrevPerm PREV_PERM=Z1",
    ),
    ("635", "PrevPerm PREV_PERM=Z1 LA_PERM=330", "PrevPerm PREV_PERM=P1 LA_PERM=330"),
    ("SW02STG1", "SWEpisodes SW_ID=AB111111", "SWEpisodes SW_ID=XX11"),
    ("SW04STG1", "SWEpisodes SW_DECOM=2025-05-01", "SWEpisodes"),
    ("SW05STG1", "SWEpisodes SW_DEC=2025-06-01", "SWEpisodes"),
    ("SW06STG2", "SWEpisodes SW_DECOM=01/04/2026", "SWEpisodes SW_DECOM=31/03/2026"),
    ("SW07STG2", "SWEpisodes SW_DEC=31/03/2024", "SWEpisodes SW_DEC=01/04/2024"),
    ("SW09STG2", "SWEpisodes SW_DEC=01/05/2025", "SWEpisodes SW_DEC=02/05/2025"),
    ("SW13STG1", "SWEpisodes SW_REASON=OTHER", "SWEpisodes SW_REASON=OTHERS"),
    ("SW13STG1", "SWEpisodes SW_REASON=", "SWEpisodes SW_REASON= SW_DECOM=31/03/2023"),
    ("SW18STG2", "SWEpisodes SW_DEC=30/04/2025", "SWEpisodes SW_DEC=01/05/2025"),
    (
        "SW08STG2",
        "SWEpisodes | SWEpisodes SW_DECOM=01/06/2025",
        "SWEpisodes SW_DEC=01/06/2025 | SWEpisodes SW_DECOM=01/06/2025",
    ),
    (
        "SW10STG2",
        "SWEpisodes SW_DEC=02/06/2025 | SWEpisodes SW_DECOM=01/06/2025",
        "SWEpisodes SW_DEC=01/06/2025 | SWEpisodes SW_DECOM=01/06/2025",
    ),
    (
        "SW10aSTG2",
        "SWEpisodes SW_DEC=01/06/2025 | SWEpisodes SW_DECOM=09/06/2025 SW_REASON=TSPROC",
        "SWEpisodes SW_DEC=01/06/2025 | SWEpisodes SW_DECOM=08/06/2025 SW_REASON=TSPROC",
    ),
    (
        "SW10aSTG2",
        "SWEpisodes SW_DEC=01/06/2025 | SWEpisodes SW_DECOM=09/06/2025 SW_REASON=",
        "SWEpisodes SW_DEC=01/06/2025 | SWEpisodes SW_DECOM=09/06/2025",
    ),
    (
        "SW10bSTG2",
        "SWEpisodes SW_DEC=02/06/2025 | SWEpisodes SW_DECOM=01/06/2025",
        "SWEpisodes SW_DEC=02/06/2025 | SWEpisodes SW_DECOM=01/06/2025 SW_REASON=TSPROC",
    ),
    ("SW11bSTG2", "Episodes | SWEpisodes SW_DEC=26/03/2026", "Episodes | SWEpisodes SW_DEC=25/03/2026"),
    ("SW12STG2", "Episodes", "Episodes | SWEpisodes"),
    ("SW12STG2", "Episodes | SWEpisodes SW_DECOM=11/05/2025", "Episodes | SWEpisodes SW_DECOM=10/05/2025"),
    (
        "SW12STG2",
        f"{ALL_YEAR} | SWEpisodes SW_DECOM=02/04/2025",
        f"{ALL_YEAR} | SWEpisodes SW_DECOM=01/04/2025",
    ),
    ("SW17STG2", "Episodes | SWEpisodes SW_DEC=01/12/2025", "Episodes | SWEpisodes"),
    (
        "SW17STG2",
        "Episodes | SWEpisodes SW_DEC=01/12/2025",
        "Episodes DEC=01/12/2025 REC=E4A | SWEpisodes SW_DEC=01/12/2025",
    ),
    ("SW19STG2", "SWEpisodes | SWEpisodes SW_ID=SW22", "SWEpisodes | SWEpisodes SW_DECOM=02/05/2025"),
    ("EPI", "Header", "Header | OC3"),
    ("INT21", "UASC SEX=F", "UASC SEX=M"),
]

CASES += [
    (code, f"Header CHILD=B2 | {name}", f"Header | {name}")
    for code, name in rules_structure.IN_HEADER.items()
]
CASES += [
    (code, f"{name} DOB=15/05/2012", f"{name} DOB=14/05/2012")
    for code, name in rules_structure.SAME_DOB.items()
]
CASES += [
    (code, f"{name} | {name}", f"{name} | {name} CHILD=B2") for code, name in rules_structure.ONCE.items()
]
