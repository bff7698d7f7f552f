"""`HasilTelaah`: the findings of an audit, with the recomputation they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skm.auditing.check_ikm import Putusan, Recomputed, RouteMatch
from skm.auditing.pages import Page, basis, to_html, to_markdown
from skm.auditing.phrases import AREA, frasa, way
from skm.basics import messages
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, Tingkat, plain
from skm.publikasi import AccountLine, Publikasi
from skm.regulasi import Regulasi
from skm.regulasi import ids as regulation_ids

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "1"
# Roles in the account that leave a figure unread.
UNREAD = frozenset({"angka-tidak-ditempatkan", "baris-ragu", "kolom-mendua", "jawaban-responden"})
LEVELS: tuple[Tingkat, ...] = ("kesalahan", "peringatan", "catatan")


class PartFinding(Finding):
    """A finding about one of several results in a document; its sentence names which."""

    __slots__ = ()

    @classmethod
    def of(cls, found: Finding, name: str) -> PartFinding:
        """Return a finding that says whose it is; a part of a part names both."""
        inner = found.bukti.get("bagian")
        label = f"{name}, {inner}" if isinstance(found, PartFinding) and inner else name
        return cls(found.kode, found.tingkat, found.area, {**found.bukti, "bagian": label or "-"})

    def text(self, lang: str | None = None) -> str:
        """Return the sentence with the name of the part before it."""
        said = messages.text(self.area, self.kode, lang, **self.bukti)
        return messages.text(AREA, "bagian-pesan", lang, bagian=self.bukti["bagian"], pesan=said)

    def __reduce__(self) -> tuple[Any, ...]:
        return PartFinding, (self.kode, self.tingkat, self.area, dict(self.bukti))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasilTelaah:
    """What an audit found.

    Attributes
    ----------
    temuan : tuple of Finding
        Gravest first. ``kesalahan``: cannot be right by any admissible way of computing. ``peringatan``: printed
        statements contradict each other, or hold only in an unusual way. ``catatan``: good to know.
    putusan : {"cocok", "tidak-lazim", "mustahil", "tidak-dapat-diputuskan", "tidak-diperiksa"}
        About the arithmetic of the index: it follows from the unsur; it does so only in an unusual way; it cannot;
        the printed decimals do not tell; there was nothing to check.
    hitung_ulang : tuple of Recomputed
        The index recomputed under each admissible weight.
    rute : tuple of RouteMatch
        The ways by which the printed index can have come about, the nearest first.
    publikasi, regulasi
        What was audited, and against which table.
    sendiri : bool
        Whether it was a result of this package, before publication.
    bagian : tuple of HasilTelaah
        The audits of other results in the same document: units, periods, services. Their findings are in ``temuan``.
    """

    publikasi: Publikasi
    regulasi: Regulasi
    temuan: tuple[Finding, ...]
    putusan: Putusan
    hitung_ulang: tuple[Recomputed, ...]
    rute: tuple[RouteMatch, ...]
    sendiri: bool = False
    bagian: tuple[HasilTelaah, ...] = ()

    def count(self, tingkat: Tingkat) -> int:
        """Return how many findings have this severity."""
        return sum(f.tingkat == tingkat for f in self.temuan)

    def codes(self, tingkat: Tingkat | None = None) -> tuple[str, ...]:
        """Return the codes of the findings, or of those with one severity."""
        return tuple(f.kode for f in self.temuan if tingkat is None or f.tingkat == tingkat)

    def worst(self) -> Tingkat | None:
        """Return the gravest severity found, or None."""
        return self.temuan[0].tingkat if self.temuan else None

    @property
    def akun(self) -> tuple[AccountLine, ...]:
        """What everything in the publication was taken for."""
        return self.publikasi.akun

    @property
    def tidak_dinilai(self) -> tuple[AccountLine, ...]:
        """What was read and not judged, or could not be placed."""
        return tuple(line for line in self.publikasi.akun if not line.dinilai)

    @property
    def terbaca(self) -> bool:
        """Whether every figure was placed and the index of every result was judged."""
        unread = any(line.peran in UNREAD for line in self.publikasi.akun)
        judged = self.putusan not in ("tidak-diperiksa", "tidak-dapat-diputuskan")
        return not unread and judged and all(part.terbaca for part in self.bagian)

    @property
    def _own(self) -> bool:
        return self.regulasi.id not in regulation_ids()

    def account(self, lang: str | None = None) -> tuple[str, ...]:
        """Return the account in sentences."""
        return tuple(line.text(lang) for line in self.publikasi.akun)

    def nothing_found(self, lang: str | None = None) -> str:
        """Return "no findings", said of what was judged only."""
        if self.terbaca:
            return messages.text(AREA, "tanpa-temuan", lang)
        return messages.text(AREA, "tanpa-temuan-sebagian", lang)

    def headline(self, lang: str | None = None) -> str:
        """Return the first line: what was audited and how many findings of each severity there are."""
        fields = {level: self.count(level) for level in LEVELS}
        if self.sendiri:
            return messages.text(AREA, "judul-sendiri", lang, **fields)
        return messages.text(AREA, "judul", lang, publikasi=self.publikasi.title() or frasa("tanpa-nama"), **fields)

    def table(self, lang: str | None = None) -> Table:
        """Return the findings as a table for people."""
        language = resolve_lang(lang)
        columns = tuple(
            TableColumn(key, messages.text(AREA, f"kolom-{key}", language)) for key in ("tingkat", "kode", "pesan")
        )
        rows = tuple(
            (messages.text(AREA, f"tingkat-{f.tingkat}", language), f.kode, f.text(language)) for f in self.temuan
        )
        return Table(self.headline(language), columns, rows, self.notes(language), language)

    def recomputed(self, lang: str | None = None) -> Table:
        """Return the recomputation as a table for people."""
        language = resolve_lang(lang)
        kinds: dict[str, Any] = {
            "bobot": "text",
            "ikm": "decimal",
            "bawah": "decimal",
            "atas": "decimal",
            "mutu": "text",
        }
        columns = tuple(
            TableColumn(key, messages.text(AREA, f"kolom-{key}", language), kind) for key, kind in kinds.items()
        )
        rows = tuple(
            (h.bobot if language == "en" else h.bobot.replace(".", ","), h.ikm, h.bawah, h.atas, h.mutu)
            for h in self.hitung_ulang
        )
        return Table(messages.text(AREA, "judul-hitung-ulang", language), columns, rows, (), language)

    def notes(self, lang: str | None = None) -> tuple[str, ...]:
        """Return what a reader of the findings has to know."""
        return (
            messages.text(AREA, "regulasi", lang, nama=self.regulasi.nama),
            *(messages.text(AREA, f"arti-{level}", lang) for level in LEVELS if self.count(level)),
        )

    def to_frame(self, lang: str | None = None) -> pd.DataFrame:
        """Return one row per finding: kode, tingkat, pesan, bukti."""
        import pandas as pd

        levels = pd.CategoricalDtype(list(reversed(LEVELS)), ordered=True)
        return pd.DataFrame(
            {
                "kode": [f.kode for f in self.temuan],
                "tingkat": pd.Categorical([f.tingkat for f in self.temuan], dtype=levels),
                "pesan": [f.text(lang) for f in self.temuan],
                "bukti": [f.to_dict(lang)["bukti"] for f in self.temuan],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping with a schema version."""
        return {
            "versi_skema": SCHEMA,
            "publikasi": {"id": self.publikasi.id, "unit": self.publikasi.unit, "periode": self.publikasi.periode},
            "regulasi": self.regulasi.id,
            "putusan": self.putusan,
            "jumlah": {level: self.count(level) for level in LEVELS},
            "terbaca": self.terbaca,
            "akun": [line.to_dict(lang) for line in self.publikasi.akun],
            "temuan": [f.to_dict(lang) | {"dasar": basis(f, lang, own=self._own)} for f in self.temuan],
            "hitung_ulang": [
                {
                    "bobot": h.bobot,
                    "ikm": f"{h.ikm:.4f}",
                    "ikm_tepat": plain(h.ikm),
                    "bawah": plain(h.bawah),
                    "atas": plain(h.atas),
                    "mutu": h.mutu,
                }
                for h in self.hitung_ulang
            ],
            "rute": [
                {
                    "rute": r.rute.kode,
                    "cara": way(r.rute).text(lang),
                    "nilai": f"{r.nilai:.4f}",
                    "jarak": f"{r.jarak:.4f}",
                }
                for r in self.rute
            ],
            "bagian": [{"nama": p.publikasi.nama, "tempat": p.publikasi.tempat} | p.to_dict(lang) for p in self.bagian],
        }

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.temuan)

    def __len__(self) -> int:
        return len(self.temuan)

    def to_text(self, lang: str | None = None) -> str:
        """Return the findings for a terminal: headline, one paragraph per finding, the recomputation."""
        language = resolve_lang(lang)
        lines = [self.headline(language), ""]
        if account := self.account(language):
            lines += [messages.text(AREA, "judul-akun", language), *(f"- {line}" for line in account), ""]
        for number, f in enumerate(self.temuan, start=1):
            level = messages.text(AREA, f"tingkat-{f.tingkat}", language)
            lines.append(f"{number}. [{level}] {f.text(language)} ({f.kode})")
            if advice := f.advice(language):
                lines.append(f"   {advice}")
        if not self.temuan:
            lines.append(self.nothing_found(language))
        elif not self.terbaca and not self.count("kesalahan"):
            lines += ["", messages.text(AREA, "sebagian", language)]
        if self.hitung_ulang:
            lines += ["", self.recomputed(language).to_text()]
        return "\n".join([*lines, "", *self.notes(language)])

    def _page(self, lang: Lang) -> Page:
        route = ""
        if self.rute:
            best, how = self.rute[0], len(self.rute)
            route = messages.text(AREA, "rute-terdekat", lang, cara=way(best.rute), jarak=best.jarak, banyak=how)
        table = self.recomputed(lang) if self.hitung_ulang else None
        return Page(
            self.headline(lang),
            self.temuan,
            table,
            route,
            self.notes(lang),
            tuple((line.text(lang), line.peran not in UNREAD) for line in self.akun),
            "" if self.temuan else self.nothing_found(lang),
            self._own,
        )

    def to_markdown(self, lang: str | None = None) -> str:
        """Return the audit as Markdown."""
        return to_markdown(self._page(resolve_lang(lang)), resolve_lang(lang))

    def to_html(self, lang: str | None = None) -> str:
        """Return the audit as one self-contained HTML page."""
        return to_html(self._page(resolve_lang(lang)), resolve_lang(lang))

    def _repr_html_(self) -> str:
        return self.table().to_html() + (self.recomputed().to_html() if self.hitung_ulang else "")

    def __repr__(self) -> str:
        return self.to_text()
