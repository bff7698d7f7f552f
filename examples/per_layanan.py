"""Nilai per layanan, lalu satu angka untuk semuanya; caranya harus disebut karena naskahnya tidak menetapkan."""

import skm

per = skm.score_by(skm.read(skm.contoh()), "layanan")
print(per)
for cara in ("pooled", "simple"):
    print(skm.combine(per, method=cara).headline())
print(skm.combine(per, method="weighted", weights={"Layanan kecamatan": 560, "Layanan kelurahan": 2881}).headline())
