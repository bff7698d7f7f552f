"""Basis data: hitungan berjalan sebagai SQL di server, tanpa satu responden pun keluar darinya.

Perlu `pip install "skm-indonesia[database]"`. Contoh ini memakai SQLite supaya dapat dijalankan di mana saja; untuk
MariaDB atau PostgreSQL cukup ganti alamatnya ("mariadb://pemakai@server/nama", "postgresql://pemakai@server/nama") dan
simpan sandinya dalam variabel lingkungan SKM_DB_PASSWORD. Perintah yang sama:

    skm hitung "mariadb://pemakai@server/nama" --tabel jawaban --per layanan
"""

import random
import sqlite3
import tempfile
from pathlib import Path

import skm

# Skema yang lazim pada aplikasi survei: responden, pertanyaan, dan satu baris per jawaban.
berkas = Path(tempfile.mkdtemp()) / "survei.db"
unsur = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
acak = random.Random(14)
with sqlite3.connect(berkas) as sambungan:
    sambungan.execute("create table responden (id integer primary key, layanan text, dibuat date)")
    sambungan.execute("create table pertanyaan (id integer primary key, kode text)")
    sambungan.execute("create table jawaban (responden_id integer, pertanyaan_id integer, nilai integer)")
    sambungan.executemany("insert into pertanyaan values (?, ?)", list(enumerate(unsur, start=11)))
    for nomor in range(2_000):
        bulan, layanan = acak.randint(1, 12), acak.choice(["KTP", "Kartu Keluarga", "Akta"])
        sambungan.execute("insert into responden values (?, ?, ?)", (nomor, layanan, f"2026-{bulan:02}-15"))
        nilai = [(nomor, 11 + i, acak.choice([2, 3, 3, 4, 4])) for i in range(9)]
        sambungan.executemany("insert into jawaban values (?, ?, ?)", nilai)
sambungan.close()

# Baris panjang (responden, unsur, nilai) dirangkai menurut responden di basis data.
pilih = """
select j.responden_id as responden, p.kode as unsur, j.nilai, r.layanan, r.dibuat as tanggal
from jawaban j join pertanyaan p on p.id = j.pertanyaan_id join responden r on r.id = j.responden_id
"""
tabel = skm.database(f"sqlite:///{berkas}", pilih)

print(skm.score(tabel).headline())
print(skm.score_by(tabel, "layanan").to_frame().to_string(index=False))
print(skm.score(skm.read(tabel).period("2026-S2")).headline())
print(skm.stats.mean_interval(tabel, population=12_000).kalimat())
