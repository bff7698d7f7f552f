"""`HasilIKM`: the official figure of one group, with everything needed to defend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.numbers import format_decimal, format_exact, resolve_lang
from skm.basics.provenance import Provenance
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.regulasi import Regulasi, Unsur
from skm.regulasi._bobot import Bobot

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "1"
_RANK = attrgetter("rank")


@dataclass(frozen=True, slots=True)
class NilaiUnsur:
    """The figures of one unsur.

    Attributes
    ----------
    id, kode : str
        Meaning ("waktu") and the number in this survey's order ("U3").
    total : int, ExactFraction or None
        Sum of the answers; None where only a mean is known.
    n : int or None
        Answers given (over all its butir where it has several).
    kosong : int
        Blanks.
    frekuensi : tuple of int or None
        How often each level was chosen, worst first.
    nrr, nrr_tertimbang : ExactFraction
        Mean answer (1-4) and mean times weight; exact, round when displaying.
    nik : Decimal
        Mean on 25-100, rounded half up to two decimals; graded as ``mutu``.
    rank : int
        1 is the highest; equal means share a rank.
    """

    id: str
    kode: str
    nama: Unsur
    total: int | ExactFraction | None
    n: int | None
    kosong: int
    frekuensi: tuple[int, ...] | None
    nrr: ExactFraction
    nrr_tertimbang: ExactFraction
    nik: Decimal
    mutu: str
    rank: int

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; means as text with six decimals, exact where counts are known."""
        return {
            "id": self.id,
            "kode": self.kode,
            "nama": self.nama.name(lang),
            "total": plain(self.total),
            "n": self.n,
            "kosong": self.kosong,
            "frekuensi": None if self.frekuensi is None else list(self.frekuensi),
            "nrr": f"{self.nrr:.6f}",
            "nrr_tepat": plain(self.nrr),
            "nrr_tertimbang": f"{self.nrr_tertimbang:.6f}",
            "nik": plain(self.nik),
            "mutu": self.mutu,
            "rank": self.rank,
        }


@dataclass(frozen=True, slots=True)
class Pembanding:
    """The figure under one weight in circulation: ``label`` is 1/9, 0.111 or 0.11 for nine unsur."""

    bobot: str
    label: str
    ikm: Decimal
    mutu: str


@dataclass(frozen=True, slots=True)
class Ranking(Sequence[NilaiUnsur]):
    """Unsur from the end of the ranking, as a sequence.

    All that tie for the last place are included, so it may hold more than was asked for; ``ties`` lists the
    ids that share a mean.
    """

    unsur: tuple[NilaiUnsur, ...]
    ties: tuple[tuple[str, ...], ...]

    def __getitem__(self, index: Any) -> Any:
        return self.unsur[index]

    def __len__(self) -> int:
        return len(self.unsur)

    def __iter__(self) -> Iterator[NilaiUnsur]:
        return iter(self.unsur)

    def text(self, lang: str | None = None) -> str:
        """Return the list as a sentence part, ties told."""
        parts = [f"{u.kode} {u.nama.short(lang)} {format_decimal(u.nrr, 2, lang)}" for u in self.unsur]
        words = ", ".join(parts)
        if self.ties:
            same = "; ".join(" = ".join(group) for group in self.ties)
            words += " " + messages.text("hasil", "seri", lang, seri=same)
        return words

    def __repr__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasilIKM:
    """The official figure.

    Attributes
    ----------
    ikm : Decimal
        The IKM on 25-100, rounded once half up to two decimals (three under ``pembulatan="indeks-3"``).
    ikm_tepat : ExactFraction
        The same before any rounding.
    nilai_indeks : ExactFraction
        The index on 1-4, the regulation's own definition of the IKM.
    mutu, kinerja : str
        Letter and word, e.g. "A" and "Sangat Baik".
    unsur : mapping
        Unsur id -> `NilaiUnsur`, in the survey's order.
    n, n_lengkap : int or None
        Respondents used, and those who answered everything; None where not known.
    pembanding : tuple of Pembanding
        Figure and letter under 1/x and its two rounded forms.
    catatan : tuple of Finding
        What a reader has to know.
    provenance : Provenance
        How the figure came about.
    """

    ikm: Decimal
    ikm_tepat: ExactFraction
    nilai_indeks: ExactFraction
    mutu: str
    kinerja: str
    unsur: Mapping[str, NilaiUnsur]
    n: int | None
    n_lengkap: int | None
    pembanding: tuple[Pembanding, ...]
    catatan: tuple[Finding, ...]
    provenance: Provenance
    bobot: Bobot = field(repr=False)
    regulasi: Regulasi = field(repr=False)

    def lowest(self, k: int = 3) -> Ranking:
        """Return the k lowest unsur, lowest first, with all that tie for the last place."""
        return self._ranking(k, reverse=False)

    def highest(self, k: int = 3) -> Ranking:
        """Return the k highest unsur, highest first, with all that tie for the last place."""
        return self._ranking(k, reverse=True)

    def table(self, lang: str | None = None) -> Table:
        """Return the table of unsur with the figure, its notes and its provenance."""
        language = resolve_lang(lang)

        def t(code: str, **fields: Any) -> str:
            return messages.text("hasil", code, language, **fields)

        columns = (
            TableColumn("kode", t("kolom-kode")),
            TableColumn("unsur", t("kolom-unsur")),
            TableColumn("n", t("kolom-n"), "count"),
            TableColumn("nrr", t("kolom-nrr"), "decimal", 3),
            TableColumn("nrr_tertimbang", t("kolom-nrr-tertimbang"), "decimal", 3),
            TableColumn("nik", t("kolom-nik"), "decimal", 2),
            TableColumn("mutu", t("kolom-mutu")),
        )
        rows = tuple(
            (u.kode, u.nama.name(language), u.n, u.nrr, u.nrr_tertimbang, u.nik, u.mutu) for u in self.unsur.values()
        )
        return Table(self.headline(language), columns, rows, self._notes(language), language)

    def headline(self, lang: str | None = None) -> str:
        """Return the first line: IKM 89,31 (A, Sangat Baik)."""
        word = self.regulasi.grade(self.ikm).word(lang)
        return f"IKM {format_exact(self.ikm, lang)} ({self.mutu}, {word})"

    def to_frame(self, *, exact: bool = False) -> pd.DataFrame:
        """Return one row per unsur, numeric; with ``exact=True`` means as text fractions."""
        import pandas as pd

        values = list(self.unsur.values())
        if exact:
            return pd.DataFrame([u.to_dict("id") for u in values]).drop(columns=["frekuensi"])
        letters = [k.mutu for k in self.regulasi.kategori]
        return pd.DataFrame(
            {
                "unsur": [u.id for u in values],
                "kode": [u.kode for u in values],
                "n": pd.array([u.n for u in values], dtype="Int64"),
                "kosong": pd.array([u.kosong for u in values], dtype="Int64"),
                "total": [float("nan") if u.total is None else float(u.total) for u in values],
                "nrr": [float(u.nrr) for u in values],
                "nrr_tertimbang": [float(u.nrr_tertimbang) for u in values],
                "nik": [float(u.nik) for u in values],
                "mutu": pd.Categorical([u.mutu for u in values], categories=letters, ordered=True),
                "rank": pd.array([u.rank for u in values], dtype="Int64"),
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping with a schema version; numbers of record are text."""
        return {
            "versi_skema": SCHEMA,
            "ikm": plain(self.ikm),
            "ikm_tepat": plain(self.ikm_tepat),
            "nilai_indeks": f"{self.nilai_indeks:.6f}",
            "mutu": self.mutu,
            "kinerja": self.regulasi.grade(self.ikm).word(lang),
            "n": self.n,
            "n_lengkap": self.n_lengkap,
            "unsur": [u.to_dict(lang) for u in self.unsur.values()],
            "terendah": [u.id for u in self.lowest(3)],
            "tertinggi": [u.id for u in self.highest(3)],
            "pembanding": [
                {"bobot": p.bobot, "label": p.label, "ikm": plain(p.ikm), "mutu": p.mutu} for p in self.pembanding
            ],
            "tampil": {"ikm": format_exact(self.ikm, lang), "judul": self.headline(lang)},
            "catatan": [note.to_dict(lang) for note in self.catatan],
            "provenance": self.provenance.to_dict(lang),
        }

    def _ranking(self, k: int, *, reverse: bool) -> Ranking:
        ordered = sorted(self.unsur.values(), key=_RANK, reverse=not reverse)  # the first rank has the highest mean
        chosen = ordered[: max(k, 0)]
        if chosen:
            edge = chosen[-1].rank
            chosen += [u for u in ordered[len(chosen) :] if u.rank == edge]
        same = (tuple(u.id for u in group) for _, group in groupby(chosen, key=_RANK))
        return Ranking(tuple(chosen), tuple(ids for ids in same if len(ids) > 1))

    def _notes(self, lang: str) -> tuple[str, ...]:
        def t(code: str, **fields: Any) -> str:
            return messages.text("hasil", code, lang, **fields)

        p = self.provenance
        lines = []
        if self.n is not None:
            partial = 0 if self.n_lengkap is None or p.kosong == "hanya-lengkap" else self.n - self.n_lengkap
            lines.append(t("responden-sebagian", n=self.n, sebagian=partial) if partial else t("responden", n=self.n))
        equal = len(self.unsur) > 1 and len({u.nrr for u in self.unsur.values()}) == 1
        lines.append(t("semua-sama") if equal else t("terendah", daftar=self.lowest(3).text(lang)))
        shown = "; ".join(
            f"{p.label if lang == 'en' else p.label.replace('.', ',')}: {format_exact(p.ikm, lang)} {p.mutu}"
            for p in self.pembanding
        )
        lines.append(t("pembanding", daftar=shown))
        lines += [t("catatan", teks=note.text(lang)) for note in self.catatan]
        bits = [p.regulasi, f"bobot={p.bobot}", f"pembulatan={p.pembulatan}", f"kosong={p.kosong}"]
        if p.pertanyaan != "butir":
            bits.append(f"pertanyaan={p.pertanyaan}")
        if p.unsur_kosong != "tinggalkan":
            bits.append(f"unsur_kosong={p.unsur_kosong}")
        if p.nilai_kosong:
            bits.append(f"nilai_kosong={' '.join(p.nilai_kosong)}")
        if p.u8 != "bernama":
            bits.append(f"u8={p.u8}")
        if p.periode:
            bits.append(f"periode={p.periode.text(lang)}")
        bits += [step.text(lang) for step in (*p.perbaikan, *p.pengecualian)]
        if p.sumber:
            bits.append(p.sumber)
        if p.sidik:
            bits.append(f"sidik={p.sidik}")
        if p.akun is not None:
            lines.append(p.akun.text(lang))
        lines.append(t("asal", daftar=", ".join(bits), versi=p.versi))
        return tuple(lines)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()
