"""
The diseases of a blood-cancer clinic: how often, in whom, and how they are treated.

Every number here is an assumption, made so that the mix looks like such a clinic's and holds enough of what is
rare. None is epidemiology, none has a source, and nothing clinical may rest on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STATES = (
    "untreated", "first-treatment", "remission", "partial-response-or-stable", "mrd-only", "relapsed", "refractory",
)  # fmt: skip
# Shares of the states, in that order: of a disease treated when found, of an acute one, of one that is watched.
TREATED = (6, 14, 24, 12, 2, 26, 16)
ACUTE = (4, 16, 26, 6, 10, 24, 14)
WATCHED = (90, 4, 3, 3, 0, 0, 0)

CHEMO = "received_chemoimmunotherapy"
BTK = "received_btk_inhibitor"
BCL2 = "received_bcl2_inhibitor"
PI = "received_proteasome_inhibitor"
IMID = "received_immunomodulatory_agent"
CD38 = "received_anti_cd38"
DRUGS = (CHEMO, BTK, BCL2, PI, IMID, CD38)

# The chance that one line of treatment holds a class of drugs.
_FAST: Mapping[str, float] = {CHEMO: 0.9, IMID: 0.05, BTK: 0.02}
_SLOW: Mapping[str, float] = {CHEMO: 0.75, IMID: 0.15, BTK: 0.05}
_MANTLE: Mapping[str, float] = {CHEMO: 0.75, BTK: 0.5, BCL2: 0.1, IMID: 0.1, PI: 0.1}
_CHRONIC: Mapping[str, float] = {CHEMO: 0.3, BTK: 0.6, BCL2: 0.45}
_MYELOMA: Mapping[str, float] = {PI: 0.75, IMID: 0.75, CD38: 0.5, BCL2: 0.03}
_PLASMA: Mapping[str, float] = {PI: 0.6, IMID: 0.3, CD38: 0.4}
_MYELOID: Mapping[str, float] = {BCL2: 0.3}

# Spans of years, each with its share.
Ages = tuple[tuple[int, int, float], ...]
_OLD: Ages = ((40, 59, 25), (60, 79, 60), (80, 95, 15))
_MIXED: Ages = ((2, 17, 2), (18, 39, 14), (40, 59, 30), (60, 79, 45), (80, 95, 9))
_YOUNG: Ages = ((2, 17, 10), (18, 39, 58), (40, 69, 32))
_ACUTE_AGES: Ages = ((0, 0, 2), (1, 15, 30), (16, 25, 20), (26, 59, 32), (60, 85, 16))


@dataclass(frozen=True)
class Disease:
    """
    One diagnosis: its group, its weight in the mix, and what people who have it are like.

    ``confirmed`` and ``as_b_all`` are the chances that the report says large B-cell, and that it is treated as
    B-cell leukemia, where the questionnaire asks that.
    """

    group: str
    weight: float
    ages: Ages
    drugs: Mapping[str, float] = field(default_factory=dict)
    states: tuple[float, ...] = TREATED
    male: float = 0.55
    confirmed: float | None = None
    as_b_all: float | None = None


DISEASES: Mapping[str, Disease] = {
    "diffuse-large-b-cell-lymphoma": Disease("lymphoma", 19, _MIXED, _FAST),
    "high-grade-b-cell-lymphoma": Disease("lymphoma", 2, _MIXED, _FAST),
    "primary-mediastinal-b-cell-lymphoma": Disease("lymphoma", 1.5, _YOUNG, _FAST, male=0.4),
    "transformed-follicular-lymphoma": Disease("lymphoma", 2, _OLD, _FAST, confirmed=0.9),
    "follicular-lymphoma-3b": Disease("lymphoma", 1, _OLD, _FAST, confirmed=0.5),
    "follicular-lymphoma": Disease("lymphoma", 9, _OLD, _SLOW),
    "mantle-cell-lymphoma": Disease("lymphoma", 4, _OLD, _MANTLE, male=0.7),
    "marginal-zone-lymphoma": Disease("lymphoma", 3.5, _OLD, {CHEMO: 0.6, BTK: 0.25, IMID: 0.1}),
    "chronic-lymphocytic-leukemia": Disease("leukemia", 8, _OLD, _CHRONIC, male=0.62),
    "small-lymphocytic-lymphoma": Disease("lymphoma", 1, _OLD, _CHRONIC, male=0.62),
    "b-cell-acute-lymphoblastic-leukemia": Disease("leukemia", 5, _ACUTE_AGES, {}, ACUTE),
    "multiple-myeloma": Disease("myeloma", 20, _OLD, _MYELOMA),
    "other-large-b-cell-lymphoma": Disease("lymphoma", 1, _MIXED, _FAST),
    "richter-transformation": Disease("lymphoma", 0.8, _OLD, {**_FAST, BTK: 0.3, BCL2: 0.25}, confirmed=0.8),
    "other-transformed-lymphoma": Disease("lymphoma", 0.6, _OLD, _FAST, confirmed=0.75),
    "post-transplant-lymphoma": Disease("lymphoma", 0.5, _MIXED, _FAST, confirmed=0.8),
    "primary-cns-lymphoma": Disease("lymphoma", 0.8, _OLD, {CHEMO: 0.6, BTK: 0.15, IMID: 0.1}, confirmed=0.85),
    "b-lymphoblastic-lymphoma": Disease("lymphoma", 0.5, _ACUTE_AGES, {}, ACUTE, as_b_all=0.85),
    "acute-lymphoblastic-leukemia-type-unknown": Disease("leukemia", 0.8, _ACUTE_AGES, {}, ACUTE, as_b_all=0.7),
    "hodgkin-lymphoma": Disease("lymphoma", 3.5, _YOUNG),
    "burkitt-lymphoma": Disease("lymphoma", 0.4, _YOUNG, _FAST),
    "t-cell-acute-lymphoblastic-leukemia": Disease("leukemia", 0.8, _ACUTE_AGES, {}, ACUTE),
    "t-lymphoblastic-lymphoma": Disease("lymphoma", 0.4, _ACUTE_AGES, {}, ACUTE),
    "t-cell-lymphoma": Disease("lymphoma", 1.5, _MIXED),
    "anaplastic-large-cell-lymphoma": Disease("lymphoma", 0.5, _YOUNG),
    "post-transplant-t-cell-lymphoma": Disease("lymphoma", 0.2, _MIXED),
    "waldenstrom-macroglobulinemia": Disease("lymphoma", 1, _OLD, {BTK: 0.5, CHEMO: 0.5, PI: 0.2}),
    "acute-myeloid-leukemia": Disease("leukemia", 4, _MIXED, _MYELOID, ACUTE),
    "chronic-myeloid-leukemia": Disease("leukemia", 1.5, _MIXED),
    "plasma-cell-leukemia": Disease("other-blood-cancer", 0.3, _OLD, _MYELOMA),
    "solitary-plasmacytoma": Disease("other-blood-cancer", 0.4, _OLD, {PI: 0.2}),
    "smouldering-myeloma": Disease("other-blood-cancer", 1.2, _OLD, _PLASMA, WATCHED),
    "mgus-or-mgrs": Disease("other-blood-cancer", 1.5, _OLD, _PLASMA, WATCHED),
    "al-amyloidosis": Disease("other-blood-cancer", 0.7, _OLD, _PLASMA),
    "solid-tumor": Disease("solid-tumor", 0.5, _MIXED),
    "brain-tumor": Disease("brain-tumor", 0.2, _MIXED),
    "other": Disease("other-blood-cancer", 1, _MIXED),
}
IDS = tuple(DISEASES)

# Of all who come, so many turn out to have no cancer.
NO_CANCER = 0.008
MYELOMA_KIN = ("multiple-myeloma", "plasma-cell-leukemia")
TRANSFORMED = ("transformed-follicular-lymphoma", "richter-transformation", "other-transformed-lymphoma")
AFTER_TRANSPLANT = ("post-transplant-lymphoma", "post-transplant-t-cell-lymphoma")
ALLOGRAFTED = ("b-cell-acute-lymphoblastic-leukemia", "acute-myeloid-leukemia", "b-lymphoblastic-lymphoma")
