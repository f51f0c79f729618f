"""Cases at the edges of the return's rules: the first and the last day, the second of two episodes."""

from tests.return_words import ADOPTED, ALL_YEAR, AT_18, LAST_YEAR, REVERSED

# (rule, what breaks it, what is sound beside it)
EDGES = [
    ("602", f"AD1 | {ADOPTED} DEC=31/03/2025", f"AD1 | {ADOPTED} DEC=01/04/2025"),
    ("602", f"AD1 | {ADOPTED} DEC=01/04/2026", f"AD1 | {ADOPTED} DEC=31/03/2026"),
    ("205A", "last UASC DUC=01/04/2025 | Episodes", "last UASC DUC=31/03/2025 | Episodes"),
    ("205B", "last UASC DUC=31/03/2025 | UASC", "last UASC DUC=01/04/2025 | UASC"),
    ("205B", "last UASC | UASC DUC=01/04/2026", "last UASC | UASC DUC=31/03/2026"),
    (
        "210",
        "Header UPN=UN4 | Episodes DECOM=01/03/2026 | Episodes DECOM=28/03/2026 RNE=P",
        "Header UPN=UN4 | Episodes DEC=01/07/2025 REC=E4A | Episodes DECOM=28/03/2026",
    ),
    (
        "1007",
        "born 31/03/2008 | Episodes DECOM=31/03/2026 DEC=01/04/2026 | OC3",
        "born 31/03/2008 | Episodes DECOM=30/03/2026 DEC=31/03/2026 | OC3",
    ),
    ("1002", "born 01/04/2006 | last Header | OC3", "born 31/03/2006 | last Header | OC3"),
    (
        "1016",
        "born 01/07/2008 | Episodes DEC=01/07/2025 | OC3",
        "born 02/07/2008 | Episodes DEC=01/07/2025 | OC3",
    ),
    ("3001", "born 01/04/2008 | OC3 ACCOM=Z1", "born 31/03/2008 | OC3 ACCOM=Z1"),
    (
        "1011",
        "Episodes | Episodes DECOM=01/06/2025 DEC=01/07/2025 REC=E3 | OC3",
        "Episodes DEC=01/06/2025 REC=E3 | Episodes DECOM=01/09/2025 | OC3",
    ),
    (
        "1001",
        f"{AT_18} | {LAST_YEAR} REC=X1 | last Episodes DECOM=01/05/2024 DEC=11/11/2024 REC=E12 | OC3",
        f"{AT_18} | {LAST_YEAR} REC=E12 | last Episodes DECOM=01/05/2024 DEC=11/11/2024 REC=E17 | OC3",
    ),
    (
        "1010",
        f"{LAST_YEAR} DEC=01/05/2024 REC=X1 | last Episodes DECOM=01/05/2024 | OC3",
        f"{LAST_YEAR} | last Episodes DECOM=01/05/2024 DEC=01/06/2024 REC=E4A | OC3",
    ),
    (
        "575",
        "Missing MIS_END= | Episodes DECOM=01/06/2025 DEC=02/06/2025 REC=X1",
        "Missing MIS_END= | Episodes DEC=31/05/2025 REC=E4A",
    ),
    (
        "575",
        "Missing MIS_END= | Episodes DEC=01/06/2025 REC=E4A",
        "Missing MIS_END= | Episodes DEC=01/06/2025 REC=X1 | Episodes DECOM=01/06/2025 RNE=P",
    ),
    (
        "575",
        "Missing MIS_END= | Episodes DEC=20/05/2025 REC=X1 | Episodes DECOM=20/05/2025 RNE=P DEC=05/06/2025",
        "Missing MIS_END= | Episodes DEC=20/05/2025 REC=X1 | Episodes DECOM=20/05/2025 RNE=P",
    ),
    (
        "578",
        "Missing | Episodes DEC=31/05/2025 REC=E4A",
        "Missing | Episodes DECOM=02/06/2025 DEC=01/08/2025 REC=E4A",
    ),
    (
        "580",
        "Missing MIS_END= | Episodes DECOM=01/06/2025 DEC=02/06/2025 REC=E4A",
        "Missing MIS_END= | Episodes DECOM=02/06/2025 DEC=05/06/2025 REC=E4A",
    ),
    (
        "580",
        "Missing MIS_END= | Episodes DEC=01/06/2025 REC=E4A",
        "Missing MIS_END= | Episodes DEC=31/05/2025 REC=E4A",
    ),
    (
        "607",
        f"Header SEX=F | {ALL_YEAR} DEC=01/04/2025 REC=E4A",
        f"Header SEX=F | {ALL_YEAR} DEC=31/03/2025 REC=E4A",
    ),
    (
        "607",
        f"Header SEX=F | {ALL_YEAR} DEC=31/03/2026 REC=E4A",
        f"Header SEX=F | {ALL_YEAR} DEC=01/04/2026 REC=E4A",
    ),
    ("165", "Header SEX=F MOTHER=0 | OC3", "Header SEX=F MOTHER=0"),
    (
        "165",
        f"Header SEX=F | {ALL_YEAR} DEC=01/04/2025 REC=E4A",
        f"Header SEX=F | {ALL_YEAR} DEC=31/03/2025 REC=E4A",
    ),
    ("165", "Header SEX=F | Episodes DECOM=31/03/2026", "Header SEX=F | Episodes DECOM=01/04/2026"),
    (
        "626",
        "last Header MOTHER=0 | Header MOTHER=1 MC_DOB=31/03/2025",
        "last Header MOTHER=1 | Header MOTHER=1 MC_DOB=31/03/2025",
    ),
    (
        "625",
        "Header MC_DOB=02/07/2025 | Episodes | Episodes DECOM=15/06/2025 DEC=01/07/2025 REC=E4A",
        "Header MC_DOB=02/07/2025 | Episodes DEC=01/06/2025 REC=E4A | Episodes DECOM=15/06/2025",
    ),
    ("630", "Episodes DECOM=01/04/2025", "Episodes DECOM=31/03/2025"),
    (
        "632",
        "Episodes | Episodes DECOM=10/08/2025 RNE=P | PrevPerm DATE_PERM=10/05/2025",
        "Episodes | Episodes DECOM=10/08/2025 | PrevPerm DATE_PERM=10/05/2025",
    ),
    (
        "118",
        "PlacedAdoption DATE_PLACED_CEASED=09/05/2025 | Episodes",
        "PlacedAdoption DATE_PLACED_CEASED=10/05/2025 | Episodes",
    ),
    (
        "1003",
        "Episodes | PlacedAdoption DATE_PLACED=09/05/2025",
        "Episodes | PlacedAdoption DATE_PLACED=10/05/2025",
    ),
    (
        "584",
        f"last PlacedAdoption DATE_PLACED=01/02/2024 {REVERSED} | last PlacedAdoption {REVERSED}"
        "| PlacedAdoption DATE_PLACED=01/06/2024",
        f"last PlacedAdoption DATE_PLACED=01/02/2024 {REVERSED} | PlacedAdoption DATE_PLACED=01/06/2024",
    ),
    (
        "117",
        "PlacedAdoption | Episodes REC=X1 | Episodes DECOM=20/05/2025 DEC=31/05/2025 REC=E4A",
        "PlacedAdoption | Episodes DEC=20/05/2025 REC=E4A | Episodes DECOM=25/05/2025",
    ),
    (
        "553",
        f"Episodes LS=E1 DEC=20/05/2025 | Episodes LS=E1 DECOM=20/05/2025 | PlacedAdoption {REVERSED}",
        f"Episodes LS=E1 | Episodes LS=E1 DECOM=20/05/2025 DEC=01/07/2025 | PlacedAdoption {REVERSED}",
    ),
    ("INT21", "Header SEX=F | UASC SEX=M", "Header SEX= | UASC SEX=M"),
    (
        "SW11bSTG2",
        "Episodes | SWEpisodes SW_DEC=31/03/2026",
        "Episodes | SWEpisodes SW_DEC=01/04/2026",
    ),
    ("SW07STG2", "SWEpisodes SW_DEC=01/04/2026", "SWEpisodes SW_DEC=31/03/2026"),
    (
        "SW13STG1",
        "SWEpisodes SW_REASON= SW_DECOM=01/04/2023",
        "SWEpisodes SW_REASON= SW_DECOM=31/03/2023",
    ),
    ("SW17STG2", "Episodes | SWEpisodes SW_DEC=31/03/2026", "Episodes | SWEpisodes SW_DEC=01/04/2026"),
    (
        "SW12STG2",
        "Episodes DEC=01/07/2025 REC=E4A | Episodes DECOM=01/09/2025 | SWEpisodes SW_DECOM=02/09/2025",
        "Episodes DEC=01/07/2025 REC=E4A | Episodes DECOM=01/09/2025 | SWEpisodes SW_DECOM=01/09/2025",
    ),
    (
        "190",
        f"{ALL_YEAR} | Episodes DECOM=31/03/2026 | OC2",
        f"{ALL_YEAR} | Episodes DECOM=01/04/2026 | OC2",
    ),
    (
        "190",
        f"{ALL_YEAR} DEC=01/04/2025 REC=E4A | {ALL_YEAR} | OC2",
        f"{ALL_YEAR} DEC=31/03/2025 REC=E4A | {ALL_YEAR} | OC2",
    ),
]
