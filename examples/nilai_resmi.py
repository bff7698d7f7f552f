"""Dari berkas ke nilai resmi, dan angka yang sama menurut bobot lain."""

import skm

survei = skm.read(skm.contoh())  # ganti dengan nama berkas Anda, misalnya "jawaban.xlsx"
hasil = skm.score(survei)

print(hasil)
print()
print("Tiga terendah:", hasil.lowest(3))
for p in hasil.pembanding:
    print(f"bobot {p.label}: {p.ikm} {p.mutu}")
