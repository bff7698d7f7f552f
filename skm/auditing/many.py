"""Many publications: audited one after another when they are asked for, one verdict a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.auditing.audit import audit
from skm.auditing.pages import to_list_page
from skm.auditing.phrases import AREA
from skm.auditing.result import LEVELS, HasilTelaah
from skm.basics import messages
from skm.basics.errors import SKMError, UnreadableFileError
from skm.basics.numbers import resolve_lang
from skm.basics.progress import progress
from skm.basics.public_name import public_name
from skm.basics.table import Table, TableColumn
from skm.publikasi import FILES, Publikasi

if TYPE_CHECKING:
    import pandas as pd

UNREAD = "tak-terbaca"
_ORDER = ("mustahil", "tidak-lazim", UNREAD, "tidak-dapat-diputuskan", "tidak-diperiksa", "cocok")
# Told by name where they cannot be read; what else lies in a folder (a logo's source, a program) is no publication.
_ASKED = (
    ".toml",
    ".json",
    ".doc",
    ".rtf",
    ".ppt",
    ".pptx",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".tif",
    ".tiff",
    ".webp",
    ".bmp",
)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One verdict: of a publication, or of one of several results in it.

    Attributes
    ----------
    nama : str
        The file, and the unit, period or service where it holds several.
    hasil : HasilTelaah or None
        The audit; None where the publication could not be read.
    galat : SKMError or None
        Why it could not be read.
    """

    nama: str
    hasil: HasilTelaah | None = None
    galat: SKMError | None = None

    @property
    def putusan(self) -> str:
        """The verdict about the index, or "tak-terbaca"."""
        return UNREAD if self.hasil is None else self.hasil.putusan

    @property
    def terbaca(self) -> bool:
        """Whether every figure was placed and judged."""
        return self.hasil is not None and self.hasil.terbaca

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping: one line of JSON lines."""
        row: dict[str, Any] = {"nama": self.nama, "putusan": self.putusan, "terbaca": self.terbaca}
        if self.hasil is not None:
            return row | {"hasil": self.hasil.to_dict(lang)}
        return row | {
            "galat": None if self.galat is None else {"kode": self.galat.code, "pesan": self.galat.render(lang)}
        }


class Audits(Iterable[AuditRow]):
    """Audits of many publications. Nothing is read before it is walked through; what was read is kept.

    Parameters
    ----------
    sumber : iterable
        Publications, as `skm.audit` takes them one by one.
    regulasi : str, Path or Regulasi, optional
        The regulation of those that name none.
    maju : callable, optional
        Told (number, of how many, name) before each; on a terminal a line says so by itself.

    Examples
    --------
    >>> rows = Audits(["wonoasih-2024-s2", {"ikm": "88,5"}])
    >>> [(row.nama, row.putusan) for row in rows]
    [('wonoasih-2024-s2', 'mustahil'), ('2', 'tidak-diperiksa')]
    """

    def __init__(
        self, sumber: Iterable[Any], *, regulasi: Any = None, maju: Callable[[int, int, str], None] | None = None
    ) -> None:
        self._waiting = iter(_named(sumber, maju))
        self._regulasi = regulasi
        self._done: list[AuditRow] = []

    @classmethod
    def of(cls, rows: Iterable[AuditRow]) -> Audits:
        """Return audits that are done already."""
        ready = cls(())
        ready._done = list(rows)
        return ready

    def __iter__(self) -> Iterator[AuditRow]:
        at = 0
        while True:
            while at < len(self._done):
                yield self._done[at]
                at += 1
            following = next(self._waiting, None)
            if following is None:
                return
            self._done += _rows(*following, self._regulasi)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def sorted(self) -> list[AuditRow]:
        """Return the rows, gravest first."""

        def gravity(row: AuditRow) -> tuple[int, int]:
            errors = 0 if row.hasil is None else row.hasil.count("kesalahan")
            return (0 if errors else 1, _ORDER.index(row.putusan))

        return sorted(self, key=gravity)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a verdict, for people."""
        language = resolve_lang(lang)
        keys = ("nama", "putusan", *LEVELS, "ikm", "pesan")
        kinds: dict[str, Any] = dict.fromkeys(LEVELS, "count")
        columns = tuple(
            TableColumn(k, messages.text(AREA, f"daftar-{k}", language), kinds.get(k, "text")) for k in keys
        )
        return Table(self.headline(language), columns, tuple(_cells(row, language) for row in self), (), language)

    def headline(self, lang: str | None = None) -> str:
        """Return how many were audited, and how many of them hold errors, were not read, were not judged."""
        rows = list(self)
        wrong = sum(row.hasil is not None and row.hasil.count("kesalahan") > 0 for row in rows)
        fields = {"banyak": len(rows), "salah": wrong, "tak": sum(row.hasil is None for row in rows)}
        fields["sebagian"] = sum(row.hasil is not None and not row.terbaca for row in rows)
        return messages.text(AREA, "judul-daftar", lang, **fields)

    def to_text(self, lang: str | None = None) -> str:
        """Return the table for a terminal."""
        full = self.table(lang)
        keys = [column.key for column in full.columns]
        kept = [i for i, key in enumerate(keys) if key != "pesan"]
        code = TableColumn("kode", messages.text(AREA, "daftar-pesan", full.lang))
        rows = tuple((*(cells[i] for i in kept), _code(row)) for cells, row in zip(full.rows, self, strict=True))
        return Table(full.title, (*(full.columns[i] for i in kept), code), rows, (), full.lang).to_text()

    def to_html(self, lang: str | None = None) -> str:
        """Return one page, gravest first, that sorts by a click on a header; every row opens its findings."""
        language = resolve_lang(lang)
        rows = [(_cells(row, language), _details(row, language), _colour(row)) for row in self.sorted()]
        return to_list_page(self.table(language), rows, language)

    def to_frame(self, lang: str | None = None) -> pd.DataFrame:
        """Return one row a verdict."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "nama": row.nama,
                    "putusan": row.putusan,
                    "terbaca": row.terbaca,
                    **{level: 0 if row.hasil is None else row.hasil.count(level) for level in LEVELS},
                    "kode": () if row.hasil is None else row.hasil.codes(),
                }
                for row in self
            ],
            columns=["nama", "putusan", "terbaca", *LEVELS, "kode"],
        )

    def __repr__(self) -> str:
        return f"Audits({len(self._done)})"


def sources(place: str | Path) -> list[Path]:
    """Return the publications in a folder, in order of name; hidden files and lock files are passed over.

    Raises
    ------
    UnreadableFileError
        There are none.
    """
    found = [
        p
        for p in sorted(Path(place).iterdir())
        if p.is_file() and p.suffix.lower() in (*FILES, *_ASKED) and not p.name.startswith(("~$", ".", "_"))
    ]
    if not found:
        raise UnreadableFileError("sumber-kosong", nilai=str(place))
    return found


def _named(sumber: Iterable[Any], maju: Callable[[int, int, str], None] | None) -> Iterator[tuple[str, Any]]:
    if not isinstance(sumber, Sequence):
        for i, item in enumerate(sumber, start=1):
            yield _name(item, i), item
        return
    pairs = [(_name(item, i), item) for i, item in enumerate(sumber, start=1)]
    yield from progress(maju)(pairs)


def _name(item: Any, number: int) -> str:
    if isinstance(item, Path):
        return public_name(item.name)
    if isinstance(item, str) and "\n" not in item:
        return public_name(Path(item).name)
    if isinstance(item, Publikasi):
        return item.title() or str(number)
    return str(number)


def _rows(name: str, item: Any, regulasi: Any) -> list[AuditRow]:
    """Return the verdicts of a publication: one, or one for each result in it."""
    try:
        hasil = audit(item, regulasi=regulasi)
    except SKMError as problem:
        return [AuditRow(name, None, problem)]
    return rows_of(name, hasil)


def rows_of(name: str, hasil: HasilTelaah) -> list[AuditRow]:
    """Return the verdicts of an audit, one for each result in the document."""
    if not hasil.bagian:
        return [AuditRow(name, hasil)]
    own = [AuditRow(name, hasil)] if hasil.publikasi.unsur or hasil.publikasi.ikm is not None else []
    parts = [AuditRow(f"{name}: {part.publikasi.nama or part.publikasi.tempat}", part) for part in hasil.bagian]
    return [*own, *parts]


def _cells(row: AuditRow, lang: str) -> tuple[Any, ...]:
    said = messages.text(AREA, f"putusan-{row.putusan}", lang)
    if row.hasil is None:
        return (row.nama, said, 0, 0, 0, "-", "" if row.galat is None else row.galat.render(lang).split("\n")[0])
    figure = row.hasil.publikasi.ikm or row.hasil.publikasi.indeks
    worst = row.hasil.temuan[0].text(lang) if row.hasil.temuan else row.hasil.nothing_found(lang)
    counts = [row.hasil.count(level) for level in LEVELS]
    return (row.nama, said, *counts, figure.text(lang) if figure else "-", worst)


def _code(row: AuditRow) -> str:
    if row.hasil is None:
        return "" if row.galat is None else row.galat.code
    return row.hasil.temuan[0].kode if row.hasil.temuan else "-"


def _details(row: AuditRow, lang: str) -> tuple[str, ...]:
    if row.hasil is None:
        return () if row.galat is None else (row.galat.render(lang),)
    account = [line.text(lang) for line in row.hasil.tidak_dinilai]
    return (*(f"{f.text(lang)} ({f.kode})" for f in row.hasil.temuan), *account)


def _colour(row: AuditRow) -> str:
    worst = None if row.hasil is None else row.hasil.worst()
    return worst or ("catatan" if row.terbaca else "peringatan")
