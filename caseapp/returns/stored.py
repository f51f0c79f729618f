"""Where each table of the return is kept in the record: read on import, written on export."""

from __future__ import annotations

from typing import NamedTuple

from db.models import (
    AboutChild,
    Adoption,
    AdoptionDecision,
    CareLeaverYear,
    Episode,
    HealthYear,
    LacReview,
    LibertyOrder,
    MissingPeriod,
    PreviousPermanence,
    Uasc,
    WorkerSpell,
)


class Stored(NamedTuple):
    """Where a table of the return is kept: class, attribute for each column, what identifies a row."""

    table: type[AboutChild]
    attributes: dict[str, str]
    key: tuple[str, ...]
    of_year: bool = False


STORED: dict[str, Stored] = {
    "Episodes": Stored(Episode, {
        "DECOM": "started_on", "RNE": "reason_started", "LS": "legal_status", "CIN": "category_of_need",
        "PLACE": "placement", "PLACE_PROVIDER": "provider", "DEC": "ended_on", "REC": "reason_ended",
        "REASON_PLACE_CHANGE": "reason_moved", "HOME_POST": "home_postcode", "PL_POST": "placement_postcode",
        "URN": "urn",
    }, ("started_on",)),
    "Reviews": Stored(LacReview, {"REVIEW": "held_on", "REVIEW_CODE": "participation"}, ("held_on",)),
    "UASC": Stored(Uasc, {"DUC": "ended_on"}, ()),
    "OC2": Stored(HealthYear, {
        "SDQ_SCORE": "sdq_score", "SDQ_REASON": "sdq_reason", "CONVICTED": "convicted",
        "HEALTH_CHECK": "health_check", "IMMUNISATIONS": "immunisations", "TEETH_CHECK": "teeth_check",
        "HEALTH_ASSESSMENT": "health_assessment", "SUBSTANCE_MISUSE": "substance_misuse",
        "INTERVENTION_RECEIVED": "intervention_received", "INTERVENTION_OFFERED": "intervention_offered",
    }, ("year",), True),
    "OC3": Stored(CareLeaverYear, {
        "IN_TOUCH": "in_touch", "ACTIV": "activity", "ACCOM": "accommodation",
    }, ("year",), True),
    "AD1": Stored(Adoption, {
        "DATE_INT": "decided_on", "DATE_MATCH": "matched_on", "FOSTER_CARE": "by_foster_carer",
        "NB_ADOPTR": "adopters", "SEX_ADOPTR": "adopters_sex", "LS_ADOPTR": "adopters_legal_status",
    }, ()),
    "PlacedAdoption": Stored(AdoptionDecision, {
        "DATE_PLACED": "decided_on", "DATE_PLACED_CEASED": "ended_on", "REASON_PLACED_CEASED": "reason_ended",
    }, ("decided_on",)),
    "PrevPerm": Stored(PreviousPermanence, {
        "PREV_PERM": "kind", "LA_PERM": "authority", "DATE_PERM": "was_on",
    }, ()),
    "Missing": Stored(MissingPeriod, {
        "MISSING": "kind", "MIS_START": "started_on", "MIS_END": "ended_on",
    }, ("started_on", "kind")),
    "SWEpisodes": Stored(WorkerSpell, {
        "SW_ID": "source_ref", "SW_DECOM": "started_on", "SW_DEC": "ended_on", "SW_REASON": "reason",
    }, ("source_ref", "started_on")),
    "DoLo": Stored(LibertyOrder, {"DOLO_START": "started_on", "DOLO_END": "ended_on"}, ("started_on",)),
}  # fmt: skip

HEADER: dict[str, str] = {
    "SEX": "sex", "DOB": "born_on", "ETHNIC": "ethnicity", "UPN": "upn", "MOTHER": "is_mother",
    "MC_DOB": "mother_child_born_on",
}  # fmt: skip
