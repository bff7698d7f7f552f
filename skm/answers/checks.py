"""What is wrong, doubtful or worth knowing about the rows of a survey. Nothing is altered here.

Every finding says how many, where, whether the figure is touched, and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells as jawaban
from skm.answers.ages import OLDEST, YOUNGEST
from skm.answers.column_kinds import is_identity
from skm.answers.repairs import row_label
from skm.answers.survei import Survei
from skm.answers.understand import read_levels
from skm.basics import messages
from skm.basics.errors import DataError, SKMError
from skm.basics.numbers import resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, Tingkat
from skm.basics.words import edit_distance, normalise

if TYPE_CHECKING:
    import pandas as pd

Levels = NDArray[np.int8]
Menyentuh = Literal["ya", "tidak", "menghentikan"]

_SHOWN = 8
_BURST, _WINDOW = 10, 60  # answers within as many seconds
_SMALL = 5  # a group below this may reveal persons
_SEVERITY = ("kesalahan", "peringatan", "catatan")


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One finding about a survey.

    Attributes
    ----------
    finding : Finding
        Code, severity and sentence.
    banyak : int
        How many cells, rows or columns.
    tempat : tuple of str
        The first places, as the file counts them.
    menyentuh : {"ya", "tidak", "menghentikan"}
        Whether the official figure depends on it; "menghentikan": nothing is computed until it is settled.
    """

    finding: Finding
    banyak: int
    tempat: tuple[str, ...]
    menyentuh: Menyentuh

    @property
    def kode(self) -> str:
        """Stable code."""
        return self.finding.kode

    @property
    def tingkat(self) -> Tingkat:
        """Severity."""
        return self.finding.tingkat


@dataclass(frozen=True, slots=True, repr=False)
class HasilPeriksa:
    """Findings about a survey, the worst first."""

    temuan: tuple[RowFinding, ...]
    sumber: str
    n: int

    def __iter__(self) -> Iterator[RowFinding]:
        return iter(self.temuan)

    def __len__(self) -> int:
        return len(self.temuan)

    def table(self, lang: str | None = None) -> Table:
        """Return the findings as a table for people."""
        language = resolve_lang(lang)
        keys = ("tingkat", "kode", "banyak", "menyentuh", "pesan", "tempat", "saran")
        kinds = {"banyak": "count"}
        columns = tuple(
            TableColumn(k, messages.text("periksa", f"kolom-{k}", language), kinds.get(k, "text"))  # type: ignore[arg-type]
            for k in keys
        )
        rows = tuple(
            (
                messages.text("periksa", f"tingkat-{t.tingkat}", language),
                t.kode,
                t.banyak,
                messages.text("periksa", f"menyentuh-{t.menyentuh}", language),
                t.finding.text(language),
                ", ".join(t.tempat),
                t.finding.advice(language),
            )
            for t in self.temuan
        )
        title = messages.text("periksa", "judul", language, sumber=self.sumber, n=self.n, banyak=len(self.temuan))
        return Table(title, columns, rows, (), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per finding: kode, tingkat, banyak, menyentuh, pesan, tempat, saran."""
        import pandas as pd

        return pd.DataFrame(
            {
                "kode": [t.kode for t in self.temuan],
                "tingkat": pd.Categorical([t.tingkat for t in self.temuan], _SEVERITY, ordered=True),
                "banyak": pd.array([t.banyak for t in self.temuan], dtype="Int64"),
                "menyentuh": [t.menyentuh for t in self.temuan],
                "pesan": [t.finding.pesan for t in self.temuan],
                "tempat": [", ".join(t.tempat) for t in self.temuan],
                "saran": [t.finding.saran for t in self.temuan],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        items = [
            {**t.finding.to_dict(lang), "banyak": t.banyak, "tempat": list(t.tempat), "menyentuh": t.menyentuh}
            for t in self.temuan
        ]
        return {"sumber": self.sumber, "n": self.n, "temuan": items}

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        lines = [messages.text("periksa", "judul", None, sumber=self.sumber, n=self.n, banyak=len(self.temuan))]
        return "\n".join([*lines, *(f"[{t.tingkat}] {t.kode}: {t.finding.pesan}" for t in self.temuan)])


def examine(survei: Survei) -> HasilPeriksa:
    """Look through a survey. See `skm.check`."""
    levels, salah, _ = read_levels(survei.bacaan)
    found = [
        *_pending(survei),
        *_wrong_answers(survei, salah),
        *_blanks(survei, levels, {(s.butir, s.posisi) for s in salah}),
        *_duplicates(survei),
        *_runs(survei, levels),
        *_straight_lines(survei, levels),
        *_constant(survei, levels),
        *_dates(survei),
        *_ages(survei),
        *_variants(survei),
        *_personal(survei),
        *_small_groups(survei),
        *(RowFinding(note, 1, (), "ya" if note.tingkat == "peringatan" else "tidak") for note in survei.catatan),
    ]
    found.sort(key=lambda t: _SEVERITY.index(t.tingkat))
    return HasilPeriksa(tuple(found), str(survei.sumber), survei.n)


def variants(survei: Survei, key: str) -> tuple[list[tuple[str, list[str]]], list[tuple[str, str]]]:
    """Return spellings of one label, the most frequent first, and rare labels that nearly equal a frequent one."""
    counts = Counter(
        v.strip() for v in survei.tabel.column(survei.bacaan.profil[key]).tolist() if isinstance(v, str) and v.strip()
    )
    ciri = survei.bacaan.kuesioner.ciri(key)
    meaning = {normalise(s): t.nama for t in (ciri.tingkat if ciri else ()) for s in (t.nama, *t.sinonim)}
    alike: dict[str, list[str]] = {}
    for label, _ in counts.most_common():
        alike.setdefault(meaning.get(normalise(label), normalise(label)), []).append(label)
    same = [(labels[0], labels[1:]) for labels in alike.values() if len(labels) > 1]
    leaders = [labels[0] for labels in alike.values()]
    near = [
        (rare, common)
        for rare in leaders
        for common in leaders
        if counts[rare] * 20 <= counts[common]
        and len(normalise(rare)) >= 6
        and _slip(normalise(rare), normalise(common))
    ]
    return same, near


def _slip(a: str, b: str) -> bool:
    """Tell whether one text is the other with a slip of the pen; "Kelurahan A" and "Kelurahan B" are two things."""
    if edit_distance(a, b, 2) > 2:
        return False
    left, right = a.split(), b.split()
    return len(left) != len(right) or all(x == y or min(len(x), len(y)) > 3 for x, y in zip(left, right, strict=True))


def proposals(survei: Survei) -> list[dict[str, Any]]:
    """Return rows of a repairs file: spellings to unify are marked "ya", everything else waits for a decision."""
    rows: list[dict[str, Any]] = []
    lang = resolve_lang(None)

    def row(use: str, kind: str, why: str, **cells: Any) -> None:
        note = messages.text("periksa", f"usul-{why}", lang)
        rows.append({"pakai": use, "jenis": kind, "keterangan": note, **cells})

    for butir, names in survei.usulan.items():
        for name in names:
            row("tidak", "gabung-kolom", "gabung", kolom=butir, dari=name)
    for key in survei.bacaan.profil:
        same, near = variants(survei, key)
        for leader, others in same:
            for other in others:
                row("ya", "ubah-isi", "ejaan", kolom=key, dari=other, menjadi=leader)
        for rare, common in near:
            row("tidak", "ubah-isi", "mirip", kolom=key, dari=rare, menjadi=common)
    for value in sorted(_odd_ages(survei), key=str):
        row("tidak", "ubah-isi", "usia", kolom="usia", dari=value, menjadi="(kosong)")
    groups, telling = _same_rows(survei)
    for positions in groups if telling else ():
        for i in positions[1:]:
            berkas, lembar, nomor = _place(survei, i)
            row("tidak", "kecualikan", "ganda", berkas=berkas, lembar=lembar, baris=nomor, alasan="baris ganda")
    if survei.bacaan.khusus.pribadi:
        row("tidak", "sembunyikan-pribadi", "pribadi")
    return rows


def _note(code: str, level: Tingkat, **bukti: Any) -> Finding:
    return Finding(code, level, "periksa", bukti)


def _pending(survei: Survei) -> list[RowFinding]:
    return [
        RowFinding(_note("belum-diputuskan", "kesalahan", kode=p.code, sebab=_one_line(p)), 1, (), "menghentikan")
        for p in survei.bacaan.halangan
    ]


def _one_line(problem: SKMError) -> str:
    return " ".join(problem.message().split())


def _wrong_answers(survei: Survei, salah: Sequence[jawaban.WrongCell]) -> list[RowFinding]:
    by_butir: dict[str, list[jawaban.WrongCell]] = {}
    for s in salah:
        by_butir.setdefault(s.butir, []).append(s)
    found = []
    for butir, cells in by_butir.items():
        column = survei.bacaan.kolom[butir]
        values = sorted({str(jawaban.describe(s.nilai)) for s in cells})[:_SHOWN]
        note = _note("jawaban-tidak-terbaca", "kesalahan", kolom=column, isi=values, banyak=len(cells))
        places = tuple(_cell(survei, column, s.posisi) for s in cells[:_SHOWN])
        found.append(RowFinding(note, len(cells), places, "menghentikan"))
    return found


def _blanks(survei: Survei, levels: Sequence[Levels], wrong: set[tuple[str, int]]) -> list[RowFinding]:
    found = []
    blank = np.array([level == 0 for level in levels])
    for i, butir in enumerate(survei.bacaan.kuesioner.butir):
        for b, position in wrong:
            if b == butir.id:
                blank[i, position] = False
    counts = {b.id: int(mask.sum()) for b, mask in zip(survei.bacaan.kuesioner.butir, blank, strict=True)}
    if total := sum(counts.values()):
        level: Tingkat = "peringatan" if max(counts.values()) * 10 > survei.n else "catatan"
        shown = [f"{unsur} {count}" for unsur, count in counts.items() if count]
        note = _note("jawaban-kosong", level, unsur=shown, banyak=total)
        cells = [
            (b, int(p))
            for b, mask in zip(survei.bacaan.kuesioner.butir, blank, strict=True)
            for p in np.flatnonzero(mask)[:2]
        ]
        places = tuple(_cell(survei, survei.bacaan.kolom[b.id], p) for b, p in cells[:_SHOWN])
        found.append(RowFinding(note, total, places, "ya"))
    some = blank.any(axis=0)
    every = blank.all(axis=0)
    if count := int((some & ~every).sum()):
        note = _note("responden-sebagian", "catatan", banyak=count, n=survei.n)
        found.append(RowFinding(note, count, _rows(survei, np.flatnonzero(some & ~every)), "ya"))
    if count := int(every.sum()):
        note = _note("responden-kosong", "peringatan", banyak=count)
        found.append(RowFinding(note, count, _rows(survei, np.flatnonzero(every)), "tidak"))
    return found


def _same_rows(survei: Survei) -> tuple[list[list[int]], bool]:
    """Return groups of rows that agree in every column but the numbering, and whether that can hardly be chance.

    A time of day, a person's own data or a remark agree by chance only rarely; answers and characteristics often do.
    """
    bacaan = survei.bacaan
    special = bacaan.khusus
    names = [n for n in bacaan.tabel.names if n == special.tanggal or not is_identity(n)]
    found = survei.dates() if _readable_dates(survei) else None
    timed = found is not None and bool((found.detik > 0).any())
    telling = timed or bool(special.pribadi) or special.saran is not None
    keys: dict[Any, list[int]] = {}
    for i, row in enumerate(zip(*(bacaan.tabel.column(n).tolist() for n in names), strict=True)):
        keys.setdefault(tuple(map(str, row)), []).append(i)
    return [rows for rows in keys.values() if len(rows) > 1], telling


def _duplicates(survei: Survei) -> list[RowFinding]:
    groups, telling = _same_rows(survei)
    if not groups:
        return []
    extra = [i for rows in groups for i in rows[1:]]
    code = "baris-ganda" if telling else "baris-serupa"
    note = _note(code, "peringatan" if telling else "catatan", banyak=len(extra), kelompok=len(groups))
    return [RowFinding(note, len(extra), _rows(survei, sorted(extra)), "ya" if telling else "tidak")]


def _runs(survei: Survei, levels: Sequence[Levels]) -> list[RowFinding]:
    """Find stretches of identical answers longer than chance gives in rows of this kind."""
    if survei.n < 20:
        return []
    table = np.array(levels).T
    patterns, inverse, counts = np.unique(table, axis=0, return_inverse=True, return_counts=True)
    codes = inverse.reshape(-1)
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    lengths = np.diff(np.concatenate([starts, [len(codes)]]))
    found = []
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        share = counts[codes[start]] / survei.n
        if length >= 5 and not (patterns[codes[start]] == 0).all() and survei.n * share**length < 0.01:
            found.append((start, length))
    if not found:
        return []
    places = tuple(f"{row_label(survei.bacaan, s)}-{row_label(survei.bacaan, s + k - 1)}" for s, k in found[:_SHOWN])
    longest = max(k for _, k in found)
    note = _note("baris-berturutan-sama", "peringatan", banyak=len(found), terpanjang=longest)
    return [RowFinding(note, sum(k for _, k in found), places, "ya")]


def _straight_lines(survei: Survei, levels: Sequence[Levels]) -> list[RowFinding]:
    """Compare respondents with one answer throughout with what independent answers of these shares would give."""
    table = np.array(levels)
    complete = (table > 0).all(axis=0)
    n = int(complete.sum())
    if n < 10 or len(levels) < 4:
        return []
    answers = table[:, complete]
    same = (answers == answers[0]).all(axis=0)
    observed = int(same.sum())
    shares = np.array([[(row == level).mean() for level in range(1, int(answers.max()) + 1)] for row in answers])
    expected = float(shares.prod(axis=0).sum()) * n
    if observed == 0:
        return []
    much = observed * 10 >= n and observed > 2 * expected
    note = _note(
        "jawaban-seragam",
        "peringatan" if much else "catatan",
        banyak=observed,
        persen=100 * observed / n,
        kebetulan=expected,
    )
    return [RowFinding(note, observed, _rows(survei, np.flatnonzero(complete)[same]), "tidak")]


def _constant(survei: Survei, levels: Sequence[Levels]) -> list[RowFinding]:
    found = []
    for butir, level in zip(survei.bacaan.kuesioner.butir, levels, strict=True):
        answered = level[level > 0]
        if len(answered) >= 10 and (answered == answered[0]).all():
            note = _note("unsur-selalu-sama", "catatan", unsur=butir.id, nilai=int(answered[0]), banyak=len(answered))
            found.append(RowFinding(note, len(answered), (), "tidak"))
    return found


def _readable_dates(survei: Survei) -> bool:
    try:
        return survei.dates() is not None
    except DataError:
        return False


def _dates(survei: Survei) -> list[RowFinding]:
    column = survei.bacaan.khusus.tanggal
    if column is None:
        return []
    try:
        read = survei.dates()
    except DataError as problem:
        note = _note("tanggal-bermasalah", "peringatan", kolom=column, sebab=_one_line(problem))
        return [RowFinding(note, 1, (column,), "tidak")]
    if read is None:
        return []
    found = []
    if read.mendua:
        note = _note("tanggal-mendua", "peringatan", kolom=column)
        found.append(RowFinding(note, survei.n, (column,), "tidak"))
    if len(read.salah):
        note = _note("tanggal-tidak-terbaca", "peringatan", kolom=column, banyak=len(read.salah))
        found.append(RowFinding(note, len(read.salah), _rows(survei, read.salah), "tidak"))
    timed = np.flatnonzero(read.detik >= 0)
    if len(timed) >= _BURST and len(np.unique(read.detik[timed])) > 1:
        moments = read.mulai[timed].astype(np.int64) * 86400 + read.detik[timed]
        order = np.argsort(moments, kind="stable")
        sorted_moments = moments[order]
        upto = np.searchsorted(sorted_moments, sorted_moments + _WINDOW, side="right")
        inside = upto - np.arange(len(upto))
        if (most := int(inside.max())) >= _BURST:
            first = int(inside.argmax())
            rows = timed[order[first : first + most]]
            note = _note("cap-waktu-beruntun", "peringatan", banyak=most, detik=_WINDOW)
            found.append(RowFinding(note, most, _rows(survei, np.sort(rows)), "ya"))
    return found


def _odd_ages(survei: Survei) -> dict[Any, list[int]]:
    column = survei.bacaan.profil.get("usia")
    if column is None:
        return {}
    odd: dict[Any, list[int]] = {}
    for i, value in enumerate(survei.tabel.column(column).tolist()):
        try:
            age = float(str(value).replace(",", ".")) if value is not None and not isinstance(value, bool) else None
        except ValueError:
            continue
        if age is not None and not YOUNGEST <= age <= OLDEST:
            odd.setdefault(value, []).append(i)
    return odd


def _ages(survei: Survei) -> list[RowFinding]:
    odd = _odd_ages(survei)
    rows = sorted(i for positions in odd.values() for i in positions)
    if not rows:
        return []
    shown = [str(v) for v in odd if len(str(v)) <= 4][:_SHOWN]
    note = _note("usia-mustahil", "peringatan", banyak=len(rows), nilai=shown or ["-"])
    return [RowFinding(note, len(rows), _rows(survei, np.array(rows)), "tidak")]


def _variants(survei: Survei) -> list[RowFinding]:
    found = []
    for key in survei.bacaan.profil:
        same, near = variants(survei, key)
        groups = [" = ".join([leader, *others]) for leader, others in same]
        if groups:
            note = _note("ejaan-berbeda", "peringatan", ciri=key, label=groups[:_SHOWN])
            found.append(RowFinding(note, sum(len(o) for _, o in same), (key,), "tidak"))
        if near:
            pairs = [f"{a} ~ {b}" for a, b in near]
            found.append(
                RowFinding(_note("label-mirip", "catatan", ciri=key, label=pairs[:_SHOWN]), len(near), (key,), "tidak")
            )
    return found


def _personal(survei: Survei) -> list[RowFinding]:
    columns = survei.bacaan.khusus.pribadi
    if not columns:
        return []
    note = _note("kolom-pribadi", "peringatan", kolom=list(columns))
    return [RowFinding(note, len(columns), tuple(columns[:_SHOWN]), "tidak")]


def _small_groups(survei: Survei) -> list[RowFinding]:
    found = []
    for key, column in survei.bacaan.profil.items():
        values = [v for v in survei.tabel.column(column).tolist() if v is not None]
        counts = Counter(map(str, values))
        # A column of ages or free text has many values; groups are what people are counted by.
        if not 1 < len(counts) <= 40 or all(isinstance(v, (int, float)) for v in values):
            continue
        small = sum(1 for k in counts.values() if k < _SMALL)
        if small:
            note = _note("kelompok-kecil", "catatan", ciri=key, banyak=small, batas=_SMALL)
            found.append(RowFinding(note, small, (key,), "tidak"))
    return found


def _cell(survei: Survei, column: str, row: int) -> str:
    tempat = survei.tabel.tempat
    return f"{column} {row_label(survei.bacaan, row)}" if tempat is None else tempat.cell(column, row)


def _rows(survei: Survei, rows: Any) -> tuple[str, ...]:
    return tuple(row_label(survei.bacaan, int(i)) for i in list(rows)[:_SHOWN])


def _place(survei: Survei, row: int) -> tuple[str, str, int]:
    return survei.tabel.tempat.id(row) if survei.tabel.tempat is not None else (survei.sumber.berkas, "", row)
