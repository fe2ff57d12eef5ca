"""
The 85 statuses of ``us-fda`` in force on 22 November 2026 as a polars query written by hand, from given answers.

A lazy frame of the answers of the dictionary, one column each, null where an answer is not known, goes in. Out come
the ``keep`` columns and one enumeration for each indication and criterion. Polars reads ``&``, ``|`` and ``~`` as
strong Kleene, so a formula over booleans is three-valued as it stands; what is derived from the first answer that is
known is a ``coalesce``. What indications share is computed once: 25 points differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from .us_fda_polars_body import fitness, organs
from .us_fda_polars_words import CHOICES, INDICATIONS, POINTS

STATUS = pl.Enum(["met", "unknown", "not-met"])

_LARGE = ("diffuse-large-b-cell-lymphoma", "high-grade-b-cell-lymphoma", "transformed-follicular-lymphoma",
          "other-large-b-cell-lymphoma")  # fmt: skip
_IF_CONFIRMED = ("richter-transformation", "other-transformed-lymphoma", "post-transplant-lymphoma")
_TRANSFORMED = ("transformed-follicular-lymphoma", "richter-transformation", "other-transformed-lymphoma")
_CLL = ("chronic-lymphocytic-leukemia", "small-lymphocytic-lymphoma")
_MAYBE_B_ALL = ("b-lymphoblastic-lymphoma", "acute-lymphoblastic-leukemia-type-unknown")
_RELAPSED = ("relapsed", "refractory", "mrd-only")

_NUMBERS = ("months_first_line_to_relapse", "creatinine_clearance", "creatinine", "weight_kg", "bilirubin", "ast",
            "ast_upper_limit", "ast_times_uln", "alt", "alt_upper_limit", "alt_times_uln", "lvef", "spo2")  # fmt: skip


def statuses(answers: pl.LazyFrame, keep: Sequence[str] = ()) -> pl.LazyFrame:
    """Give the kept columns and ``status/<indication>/<criterion>`` for every indication."""
    clean = answers.with_columns(
        *(pl.col(id).cast(pl.Enum(choices), strict=False) for id, choices in CHOICES.items()),
        pl.col(_NUMBERS).fill_nan(None),
    )
    derived = clean.with_columns(**_derived())
    shared = derived.with_columns(**_shared())
    points = shared.with_columns(**_points())
    said = points.select(
        *keep,
        **{
            name: pl.when(point).then(pl.lit("met", STATUS)).when(~point).then(pl.lit("not-met", STATUS)).otherwise(
                pl.lit("unknown", STATUS)
            )
            for name, point in {name: pl.col(name) for name in POINTS}.items()
        },
    )  # fmt: skip
    return said.select(
        *keep,
        *(
            pl.col(point).alias(f"status/{indication}/{criterion}")
            for indication, five in INDICATIONS.items()
            for criterion, point in five.items()
        ),
    )


def _derived() -> Mapping[str, pl.Expr]:
    """What is not asked of everybody follows from other answers."""
    col = pl.col
    no_line = col("prior_lines") <= 0
    diagnosis, age = col("diagnosis"), col("age_years")
    refractory = pl.coalesce(
        "refractory_to_last_therapy", pl.when(col("disease_status") == "refractory").then(pl.lit(True))
    )
    resistant = col("lenalidomide_refractory")
    clearance = (140 - age) * col("weight_kg") / (72 * col("creatinine"))
    received = ("chemoimmunotherapy", "btk_inhibitor", "bcl2_inhibitor", "proteasome_inhibitor", "anti_cd38")
    return {
        "adult": age >= 18,
        "unnamed": diagnosis.is_null(),
        "secondary": pl.coalesce(
            col("cns_involvement") != "primary", pl.when(diagnosis == "primary-cns-lymphoma").then(pl.lit(False))
        ),
        "refractory": refractory,
        "first_refractory": pl.coalesce(
            "refractory_to_first_line", pl.when(col("prior_lines") == 1).then(refractory)
        ),
        **{
            f"received_{drug}": pl.coalesce(f"received_{drug}", pl.when(no_line).then(pl.lit(False)))
            for drug in received
        },
        "received_immunomodulatory_agent": pl.coalesce(
            "received_immunomodulatory_agent",
            pl.when(resistant).then(pl.lit(True)),
            pl.when(~resistant & no_line).then(pl.lit(False)),
        ),
        "pregnant": pl.coalesce("pregnant", pl.when((col("sex") == "male") | (age <= 8)).then(pl.lit(False))),
        "on_dialysis": pl.coalesce("on_dialysis", col("kidney_state") == "dialysis"),
        "clearance": pl.coalesce(
            "creatinine_clearance",
            pl.when(col("sex") == "female").then(clearance * 0.85).when(col("sex") == "male").then(clearance),
        ),
        "ast_times": pl.coalesce("ast_times_uln", col("ast") / col("ast_upper_limit")),
        "alt_times": pl.coalesce("alt_times_uln", col("alt") / col("alt_upper_limit")),
    }  # fmt: skip


def _shared() -> Mapping[str, pl.Expr]:
    col = pl.col
    diagnosis, group, status, lines = col("diagnosis"), col("cancer_group"), col("disease_status"), col("prior_lines")
    confirmed, adult = col("large_b_cell_confirmed"), col("adult")
    # The group only narrows while there is no diagnosis: every diagnosis that is named lies in the right one.
    lymphoma = ~(col("unnamed") & (group != "lymphoma"))
    either = ~(col("unnamed") & (group != "lymphoma") & (group != "leukemia"))
    return {
        "lymphoma": adult & lymphoma,
        "either": either,
        "myeloma": adult & ~(col("unnamed") & (group != "myeloma")) & (diagnosis == "multiple-myeloma"),
        "b_all": either
        & (
            (diagnosis == "b-cell-acute-lymphoblastic-leukemia")
            | (diagnosis.is_in(_MAYBE_B_ALL) & col("treated_as_b_all"))
        ),
        "large": diagnosis.is_in(_LARGE) | (diagnosis.is_in(_IF_CONFIRMED) & confirmed),
        "large_brain": (diagnosis == "primary-cns-lymphoma") & confirmed,
        "mediastinal": diagnosis == "primary-mediastinal-b-cell-lymphoma",
        "active": status.is_in(_RELAPSED) | ((status == "partial-response-or-stable") & col("refractory")),
        "soon": col("first_refractory") | (col("months_first_line_to_relapse") <= 12),
        "one": pl.coalesce(lines >= 1, pl.when(col("prior_lines_at_least") >= 1).then(pl.lit(True))),
        "two": pl.coalesce(lines >= 2, pl.when(col("prior_lines_at_least") >= 2).then(pl.lit(True))),
        "untransformed": ~diagnosis.is_in(_TRANSFORMED),
        "fit": fitness(),
        "organs": organs(),
    }


def _points() -> Mapping[str, pl.Expr]:
    col = pl.col
    lymphoma, large, secondary, active, two = map(col, ("lymphoma", "large", "secondary", "active", "two"))
    diagnosis, since, untransformed = col("diagnosis"), col("lines_since_transformation"), col("untransformed")
    modulatory, proteasome = col("received_immunomodulatory_agent"), col("received_proteasome_inhibitor")
    btk = col("received_btk_inhibitor")
    return {
        "young_b_all": (col("age_years") <= 25) & col("b_all"),
        "adult_b_all": col("adult") & col("b_all"),
        "large_kymriah": lymphoma & large & secondary,
        "large_yescarta": lymphoma & (large | col("mediastinal") | col("large_brain")),
        "large_breyanzi": lymphoma
        & (large | col("mediastinal") | (diagnosis == "follicular-lymphoma-3b"))
        & secondary,
        "follicular": lymphoma & (diagnosis == "follicular-lymphoma"),
        "mantle": lymphoma & (diagnosis == "mantle-cell-lymphoma"),
        "marginal": lymphoma & (diagnosis == "marginal-zone-lymphoma"),
        "cll": col("adult") & col("either") & diagnosis.is_in(_CLL),
        "active_again": active & (col("refractory") | (col("relapse_count") >= 2)),
        "early": active & col("soon"),
        "early_or_frail": active & (col("soon") | ~col("transplant_candidate")),
        "treated": col("one") | active,
        "two_since": two & (untransformed | (since >= 2)),
        "chemo_since": col("received_chemoimmunotherapy") & (untransformed | (since >= 1)),
        "two_btk": two & btk,
        "two_btk_bcl2": two & btk & col("received_bcl2_inhibitor"),
        "two_three_classes": two & modulatory & proteasome & col("received_anti_cd38"),
        "lenalidomide": proteasome & modulatory & col("lenalidomide_refractory"),
        "fit_yescarta": col("fit") & secondary,
    }  # fmt: skip
