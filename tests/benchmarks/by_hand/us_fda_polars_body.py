"""Fitness and organ function of ``us-fda`` in polars by hand: see ``us_fda_polars``."""

from __future__ import annotations

import polars as pl

_UP_AND_ABOUT = ("fully-active", "light-work-only", "up-more-than-half-the-day")


def fitness() -> pl.Expr:
    """Tell whether a person is fit enough, and nothing stands against treatment now."""
    col = pl.col
    ecog, lansky, age = col("ecog"), col("lansky"), col("age_years")
    # The first scale that there is a number on; that of children where the age says so, and none while it is open.
    performs = (
        pl.when(ecog.is_not_null())
        .then((ecog <= 1) | ((ecog <= 2) & col("adult")))
        .when(col("karnofsky").is_not_null())
        .then(col("karnofsky") >= 70)
        .when(lansky.is_not_null() & (age <= 15))
        .then(lansky >= 70)
        .when(lansky.is_null() | (age > 15))
        .then(col("activity_level").is_in(_UP_AND_ABOUT))
    )
    against = ("active_infection", "active_inflammatory_disorder", "active_gvhd", "pregnant", "prior_car_t")
    return performs & ~pl.any_horizontal(*against)


def organs() -> pl.Expr:
    """Tell whether the organs would bear the treatment."""
    col = pl.col
    bilirubin = (col("bilirubin") <= 2.0) | (col("gilbert_syndrome") & (col("bilirubin") <= 2.5))
    liver = col("liver_state") != "severely-abnormal"
    lung = col("lung_state") != "needs-oxygen-or-breathless-at-rest"
    return (
        ~col("on_dialysis")
        & _measured_or_said("clearance", col("clearance") > 30, col("kidney_state") != "severely-reduced")
        & _measured_or_said("bilirubin", bilirubin, liver)
        & _measured_or_said("ast_times", col("ast_times") <= 5, liver)
        & _measured_or_said("alt_times", col("alt_times") <= 5, liver)
        & _measured_or_said("lvef", col("lvef") >= 40, col("heart_state") != "heart-failure")
        & _measured_or_said("spo2", col("spo2") >= 92, lung)
    )


def _measured_or_said(value: str, measured: pl.Expr, said: pl.Expr) -> pl.Expr:
    """Read a measured value of an adult, otherwise what is said in plain words."""
    counts = pl.col(value).is_not_null() & pl.col("adult")
    return (counts & measured) | (~counts & said)
