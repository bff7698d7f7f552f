"""Counting where the rows are: Spark, ibis, databases and Dask bring home counts, never respondents."""
