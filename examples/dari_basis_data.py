"""Dari hasil GROUP BY unsur, nilai: tanpa satu pun data responden, dan siap dikirim sebagai JSON."""

import json

import skm

# SELECT unsur, nilai, COUNT(*) FROM jawaban GROUP BY unsur, nilai
baris = [("persyaratan", 3, 118), ("persyaratan", 4, 69), ("prosedur", 2, 6), ("prosedur", 3, 93), ("prosedur", 4, 88)]

jumlah: dict[str, list[int]] = {}
for unsur, nilai, banyak in baris:
    jumlah.setdefault(unsur, [0, 0, 0, 0])[nilai - 1] += banyak

hasil = skm.score_counts(jumlah, n=187)
print(json.dumps(hasil.to_dict(), ensure_ascii=True)[:200], "...")
