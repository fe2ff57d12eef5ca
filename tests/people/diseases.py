"""
The diseases of simulated people: how often, in whom, and how they are treated.

The numbers make a plausible mix with enough of what is rare; they are no epidemiology, and nothing clinical
rests on them. Every diagnosis of the dictionary has its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A share for each state of a disease that is treated when it is found.
_TREATED: Mapping[str, float] = {
    "untreated": 5,
    "first-treatment": 9,
    "remission": 16,
    "partial-response-or-stable": 11,
    "mrd-only": 4,
    "relapsed": 34,
    "refractory": 21,
}
_ACUTE = {**_TREATED, "mrd-only": 14}
_WATCHED: Mapping[str, float] = {"untreated": 92, "first-treatment": 3, "remission": 2, "partial-response-or-stable": 3}

# The chance that one line of treatment holds a class of drugs.
_CHEMO = "received_chemoimmunotherapy"
_BTK = "received_btk_inhibitor"
_BCL2 = "received_bcl2_inhibitor"
_PI = "received_proteasome_inhibitor"
_IMID = "received_immunomodulatory_agent"
_CD38 = "received_anti_cd38"
DRUGS = (_CHEMO, _BTK, _BCL2, _PI, _IMID, _CD38)

_FAST: Mapping[str, float] = {_CHEMO: 0.9, _IMID: 0.05, _BTK: 0.02}
_SLOW: Mapping[str, float] = {_CHEMO: 0.75, _IMID: 0.15, _BTK: 0.05}
_MANTLE: Mapping[str, float] = {_CHEMO: 0.75, _BTK: 0.5, _BCL2: 0.1, _IMID: 0.1, _PI: 0.1}
_MARGINAL: Mapping[str, float] = {_CHEMO: 0.6, _BTK: 0.25, _IMID: 0.1}
_CHRONIC: Mapping[str, float] = {_CHEMO: 0.3, _BTK: 0.6, _BCL2: 0.45}
_MYELOMA: Mapping[str, float] = {_PI: 0.75, _IMID: 0.75, _CD38: 0.5, _BCL2: 0.03}
_PLASMA: Mapping[str, float] = {_PI: 0.6, _IMID: 0.3, _CD38: 0.4}
_MYELOID: Mapping[str, float] = {_BCL2: 0.3}


@dataclass(frozen=True)
class Disease:
    """
    One diagnosis.

    ``ages`` are spans of years with the share of people in each. ``confirmed`` and ``as_b_all`` are the chances
    that the report says large B-cell, and that it is treated as B-cell leukemia; None where nobody would say.
    """

    group: str
    weight: float
    ages: tuple[tuple[int, int, float], ...]
    drugs: Mapping[str, float] = field(default_factory=dict)
    states: Mapping[str, float] = field(default_factory=lambda: _TREATED)
    male: float = 0.55
    confirmed: float | None = None
    as_b_all: float | None = None


_OLD = ((40, 59, 25), (60, 79, 60), (80, 95, 15))
_MIXED = ((2, 17, 5), (18, 39, 15), (40, 59, 30), (60, 79, 42), (80, 95, 8))
_YOUNG = ((2, 17, 15), (18, 39, 55), (40, 69, 30))
_CHILDREN = ((0, 0, 4), (1, 15, 44), (16, 17, 8), (18, 25, 18), (26, 59, 18), (60, 85, 8))

DISEASES: Mapping[str, Disease] = {
    "diffuse-large-b-cell-lymphoma": Disease("lymphoma", 17, _MIXED, _FAST, confirmed=1),
    "high-grade-b-cell-lymphoma": Disease("lymphoma", 3, _MIXED, _FAST, confirmed=1),
    "primary-mediastinal-b-cell-lymphoma": Disease("lymphoma", 2.5, _YOUNG, _FAST, male=0.4, confirmed=1),
    "transformed-follicular-lymphoma": Disease("lymphoma", 3, _OLD, _FAST, confirmed=0.9),
    "follicular-lymphoma-3b": Disease("lymphoma", 1.5, _OLD, _FAST, confirmed=0.5),
    "follicular-lymphoma": Disease("lymphoma", 8, ((12, 17, 2), *_OLD), _SLOW, confirmed=0),
    "mantle-cell-lymphoma": Disease("lymphoma", 5, _OLD, _MANTLE, male=0.7, confirmed=0),
    "marginal-zone-lymphoma": Disease("lymphoma", 3.5, _OLD, _MARGINAL, confirmed=0),
    "chronic-lymphocytic-leukemia": Disease("leukemia", 6, _OLD, _CHRONIC, male=0.62),
    "small-lymphocytic-lymphoma": Disease("lymphoma", 1.5, _OLD, _CHRONIC, male=0.62, confirmed=0),
    "b-cell-acute-lymphoblastic-leukemia": Disease("leukemia", 8, _CHILDREN, {}, _ACUTE, as_b_all=1),
    "multiple-myeloma": Disease("myeloma", 15, _OLD, _MYELOMA),
    "other-large-b-cell-lymphoma": Disease("lymphoma", 1.5, _MIXED, _FAST, confirmed=1),
    "richter-transformation": Disease("lymphoma", 1.5, _OLD, {**_FAST, _BTK: 0.3, _BCL2: 0.25}, confirmed=0.8),
    "other-transformed-lymphoma": Disease("lymphoma", 1.2, _OLD, _FAST, confirmed=0.75),
    "post-transplant-lymphoma": Disease("lymphoma", 1, _MIXED, _FAST, confirmed=0.8),
    "primary-cns-lymphoma": Disease("lymphoma", 1.5, _OLD, {_CHEMO: 0.6, _BTK: 0.15, _IMID: 0.1}, confirmed=0.85),
    "b-lymphoblastic-lymphoma": Disease("lymphoma", 1.2, _CHILDREN, {}, _ACUTE, as_b_all=0.85),
    "acute-lymphoblastic-leukemia-type-unknown": Disease("leukemia", 1.5, _CHILDREN, {}, _ACUTE, as_b_all=0.7),
    "hodgkin-lymphoma": Disease("lymphoma", 2.5, _YOUNG, confirmed=0),
    "burkitt-lymphoma": Disease("lymphoma", 0.7, _YOUNG, _FAST, confirmed=0),
    "t-cell-acute-lymphoblastic-leukemia": Disease("leukemia", 1, _CHILDREN, {}, _ACUTE, as_b_all=0),
    "t-lymphoblastic-lymphoma": Disease("lymphoma", 0.6, _CHILDREN, {}, _ACUTE, as_b_all=0),
    "t-cell-lymphoma": Disease("lymphoma", 1.3, _MIXED, confirmed=0),
    "anaplastic-large-cell-lymphoma": Disease("lymphoma", 0.7, _YOUNG, confirmed=0),
    "post-transplant-t-cell-lymphoma": Disease("lymphoma", 0.5, _MIXED, confirmed=0),
    "waldenstrom-macroglobulinemia": Disease("lymphoma", 1, _OLD, {_BTK: 0.5, _CHEMO: 0.5, _PI: 0.2}, confirmed=0),
    "acute-myeloid-leukemia": Disease("leukemia", 2.5, _MIXED, _MYELOID, _ACUTE),
    "chronic-myeloid-leukemia": Disease("leukemia", 1, _MIXED),
    "plasma-cell-leukemia": Disease("other-blood-cancer", 0.6, _OLD, _MYELOMA),
    "solitary-plasmacytoma": Disease("other-blood-cancer", 0.6, _OLD, {_PI: 0.2}),
    "smouldering-myeloma": Disease("other-blood-cancer", 1, _OLD, _PLASMA, _WATCHED),
    "mgus-or-mgrs": Disease("other-blood-cancer", 1, _OLD, _PLASMA, _WATCHED),
    "al-amyloidosis": Disease("other-blood-cancer", 0.7, _OLD, _PLASMA),
    "solid-tumor": Disease("solid-tumor", 3, _MIXED),
    "brain-tumor": Disease("brain-tumor", 1.5, _MIXED),
    "other": Disease("other-blood-cancer", 1, _MIXED),
}

# One in so many of those who ask turns out to have no cancer at all.
NO_CANCER = "not-cancer"
NO_CANCER_WEIGHT = 0.6
NO_CANCER_AGES = _MIXED
# Of those whose kind is on no list, the group can be any of these.
OTHER_GROUPS = ("lymphoma", "leukemia", "other-blood-cancer")
MYELOMA_KIN = ("multiple-myeloma", "plasma-cell-leukemia")
TRANSFORMED = ("transformed-follicular-lymphoma", "richter-transformation", "other-transformed-lymphoma")
AFTER_TRANSPLANT = ("post-transplant-lymphoma", "post-transplant-t-cell-lymphoma")
ALLOGRAFTED = ("b-cell-acute-lymphoblastic-leukemia", "acute-myeloid-leukemia", "b-lymphoblastic-lymphoma")
