"""Slips that a type checker must see; each marked line is an error."""

from __future__ import annotations

import skm

skm.score("jawaban.xlsx", kosong="salah")
skm.score("jawaban.xlsx", pembulatan="nik-3")
skm.score_by("jawaban.xlsx", "layanan", unsur_kosong="buang")
skm.read("jawaban.xlsx").tidak_ada()
