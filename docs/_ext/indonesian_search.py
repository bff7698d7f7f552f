"""Search in Indonesian: words are found in all their forms, little words are left out, a question finds its page.

Sphinx shows only pages that hold every word of a query. People type questions; so where no page has all the words,
those with the most telling ones are shown (``scorer.js``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import snowballstemmer
import sphinx.search
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

_STOP = """
    ada adalah agar akan aku anda antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa begitu belum
    bila bisa boleh bukan buat cara caranya cuma dalam dan dapat dari daripada dengan di dia dulu hanya harus hingga
    ialah ingin ini itu jadi jangan jika juga kah kalau kami kan karena ke kenapa kepada ketika kita lagi lah lain
    lalu maka mana masih mau melalui mengapa menjadi mereka meski misalnya nya oleh pada padahal para pernah pun punya
    saat saja sama sampai sangat satu saya sebagai sebuah secara sedang sejak sekarang selain seluruh semua sendiri
    seorang seperti sering serta sesudah setelah setiap siapa sini situ sudah supaya tadi tanpa tapi tentang terhadap
    tersebut tetapi tiap tidak untuk waktunya yaitu yakni yang
    the a an of to in is are how do i my for and from with
"""
_STEMMER = "indonesian-stemmer.js"


class Indonesian(SearchLanguage):
    """Indonesian, by the stemmer that both Python and the browser have."""

    lang = "id"
    language_name = "Indonesian"
    stopwords = frozenset(_STOP.split())
    js_stemmer_rawcode = _STEMMER if (Path(sphinx.search.__file__).parent / "minified-js" / _STEMMER).exists() else None

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._stemmer = snowballstemmer.stemmer("indonesian") if self.js_stemmer_rawcode else None

    def stem(self, word: str) -> str:
        """Return the root of a word."""
        return str(self._stemmer.stemWord(word.lower())) if self._stemmer else word.lower()


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the language known."""
    app.add_search_language(Indonesian)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
