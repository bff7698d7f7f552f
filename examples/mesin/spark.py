"""Spark: hitungan berjalan di gugus, yang pulang hanya cacah.

Perlu Java 17 dan `pip install "skm-indonesia[spark]"` (lingkungan tersendiri: pyspark memakai pandas 2).
Di gugus sungguhan ganti `master("local[2]")` dan bacalah tabel Anda sendiri, misalnya `spark.table("skm.jawaban")`.
"""

import os
import sys
import tempfile

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

import skm

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")

# Seratus ribu jawaban buatan, sebagai berkas Parquet: satu baris per responden, U1-U9, unit, tanggal.
jawaban = spark.range(100_000).select(
    (f.col("id") % 5).cast("string").alias("unit"),
    f.date_add(f.lit("2026-01-01"), (f.col("id") % 365).cast("int")).alias("tanggal"),
    *[(2 + (f.rand(seed=i) * 3).cast("int")).alias(f"u{i}") for i in range(1, 10)],
)
folder = f"{tempfile.mkdtemp()}/jawaban"
jawaban.write.parquet(folder)
tabel = spark.read.parquet(folder)

print(skm.score(tabel, u8="sarana").headline())
per_unit = skm.score_by(tabel, "unit", u8="sarana")
print(per_unit.to_frame().to_string(index=False))
print(skm.combine(per_unit, method="pooled").ikm)

# Periode dipotong di Spark; pola jawaban dihitung di Spark untuk statistik.
semester = skm.read(tabel).period("2026-S1")
print(skm.score(semester).n, "responden pada semester I")
print(skm.stats.cronbach_alpha(tabel).kalimat())

spark.stop()
