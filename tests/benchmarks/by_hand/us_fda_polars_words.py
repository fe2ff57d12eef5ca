"""The choices of the answers that ``us_fda_polars`` reads, and which point each criterion of an indication is."""

from __future__ import annotations

CHOICES = {
    "sex": ["female", "male"],
    "cancer_group": [
        "lymphoma", "leukemia", "myeloma", "other-blood-cancer", "solid-tumor", "brain-tumor", "not-cancer",
    ],
    "diagnosis": [
        "diffuse-large-b-cell-lymphoma", "high-grade-b-cell-lymphoma", "primary-mediastinal-b-cell-lymphoma",
        "transformed-follicular-lymphoma", "follicular-lymphoma-3b", "follicular-lymphoma", "mantle-cell-lymphoma",
        "marginal-zone-lymphoma", "chronic-lymphocytic-leukemia", "small-lymphocytic-lymphoma",
        "b-cell-acute-lymphoblastic-leukemia", "multiple-myeloma", "other-large-b-cell-lymphoma",
        "richter-transformation", "other-transformed-lymphoma", "post-transplant-lymphoma", "primary-cns-lymphoma",
        "b-lymphoblastic-lymphoma", "acute-lymphoblastic-leukemia-type-unknown", "hodgkin-lymphoma",
        "burkitt-lymphoma", "t-cell-acute-lymphoblastic-leukemia", "t-lymphoblastic-lymphoma", "t-cell-lymphoma",
        "anaplastic-large-cell-lymphoma", "post-transplant-t-cell-lymphoma", "waldenstrom-macroglobulinemia",
        "acute-myeloid-leukemia", "chronic-myeloid-leukemia", "plasma-cell-leukemia", "solitary-plasmacytoma",
        "smouldering-myeloma", "mgus-or-mgrs", "al-amyloidosis", "solid-tumor", "brain-tumor", "other",
    ],
    "cns_involvement": ["none", "past", "active-secondary", "primary"],
    "disease_status": [
        "untreated", "first-treatment", "remission", "partial-response-or-stable", "mrd-only", "relapsed", "refractory",
    ],
    "activity_level": [
        "fully-active", "light-work-only", "up-more-than-half-the-day", "resting-more-than-half-the-day",
        "in-bed-all-day",
    ],
    "kidney_state": ["normal", "mildly-reduced", "severely-reduced", "dialysis"],
    "liver_state": ["normal", "mildly-abnormal", "severely-abnormal"],
    "heart_state": ["no-problem", "mild-problem", "heart-failure"],
    "lung_state": ["no-problem", "breathless-on-effort", "needs-oxygen-or-breathless-at-rest"],
}  # fmt: skip

_CRITERIA = ("approved-cancer-type", "relapsed-refractory", "prior-lines", "fitness", "organ-function")


def _five(cancer: str, disease: str, lines: str, fit: str = "fit") -> dict[str, str]:
    return dict(zip(_CRITERIA, (cancer, disease, lines, fit, "organs"), strict=True))


# The points are those of ``us_fda_partial``, by the names that they have there.
INDICATIONS = {
    "kymriah-b-all": _five("young_b_all", "active_again", "treated"),
    "kymriah-large-b-cell-lymphoma": _five("large_kymriah", "active", "two_since"),
    "kymriah-follicular-lymphoma": _five("follicular", "active", "two"),
    "yescarta-large-b-cell-lymphoma": _five("large_yescarta", "active", "two_since", "fit_yescarta"),
    "yescarta-large-b-cell-lymphoma-second-line": _five("large_yescarta", "early", "chemo_since", "fit_yescarta"),
    "yescarta-follicular-lymphoma": _five("follicular", "active", "two"),
    "tecartus-mantle-cell-lymphoma": _five("mantle", "active", "treated"),
    "tecartus-b-all": _five("adult_b_all", "active", "treated"),
    "breyanzi-large-b-cell-lymphoma": _five("large_breyanzi", "active", "two_since"),
    "breyanzi-large-b-cell-lymphoma-second-line": _five("large_breyanzi", "early_or_frail", "chemo_since"),
    "breyanzi-cll-sll": _five("cll", "active", "two_btk_bcl2"),
    "breyanzi-follicular-lymphoma": _five("follicular", "active", "two"),
    "breyanzi-mantle-cell-lymphoma": _five("mantle", "active", "two_btk"),
    "breyanzi-marginal-zone-lymphoma": _five("marginal", "active", "two"),
    "abecma-multiple-myeloma": _five("myeloma", "active", "two_three_classes"),
    "carvykti-multiple-myeloma": _five("myeloma", "active", "lenalidomide"),
    "aucatzyl-b-all": _five("adult_b_all", "active", "treated"),
}

POINTS = tuple(dict.fromkeys(point for five in INDICATIONS.values() for point in five.values()))
