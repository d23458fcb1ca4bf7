# ruff: noqa: ISC004  # long ways of imports are written over several lines
