"""Whole tables of answers, Parquet to Parquet: the package beside a polars query written by hand."""
