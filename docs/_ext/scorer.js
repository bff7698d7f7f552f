// What a found page is worth: what people do stands above what is looked up, and that above pages of single codes.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: (result) => {
    const page = result[0];
    const worth =
      page.startsWith("mengerjakan/") || page.startsWith("belajar/") ? 12
      : page.startsWith("memahami/") || page.startsWith("mencari/") || page.startsWith("dibuat/perintah") ? 6
      : page.startsWith("dibuat/kode/") ? -6
      : 0;
    // A code that was typed whole is meant.
    const typed = new URLSearchParams(window.location.search).get("q") || "";
    return result[4] + (page.endsWith("/" + typed.trim().toLowerCase().replace(/[[\]]/g, "")) ? 200 : worth);
  },
};

// A page counts by the words of the question that it holds, rare ones more; a title that says the question counts most.
const askedBetter = () => {
  const strict = Search.performTermsSearch;
  const tokens = (text) => new Set(text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word));
  Search.performTermsSearch = (words, excluded) => {
    const index = Search._index;
    const found = new Map();
    for (const word of words) {
      const hits = strict(new Set([word]), excluded);
      const rare = 0.3 + Math.log((index.docnames.length + 1) / (hits.length + 1));
      for (const hit of hits) {
        const entry = found.get(hit[0]) || { hit: hit, score: 0, words: 0 };
        entry.score += Math.min(hit[4], 20) * rare;
        entry.words += 1;
        found.set(hit[0], entry);
      }
    }
    const asked = tokens(new URLSearchParams(window.location.search).get("q") || "");
    index.titles.forEach((title, place) => {
      const said = tokens(title);
      const common = [...said].filter((word) => asked.has(word)).length;
      if (common < 2 || common / said.size < 0.6) return;
      const name = index.docnames[place];
      const hit = [name, title, "", null, 0, index.filenames[place], "title"];
      const entry = found.get(name) || { hit: hit, score: 0, words: Math.max(1, words.size / 2) };
      entry.score += 60 * (common / said.size);
      found.set(name, entry);
    });
    const results = [];
    for (const { hit, score, words: held } of found.values()) {
      const list = hit[0].endsWith("index") || hit[0] === "dibuat/kode" || hit[0] === "dibuat/skema";
      const copy = hit.slice();
      // Whole courses, notebooks and galleries hold a word of everything.
      const long = /^(belajar|dibuat\/(buku|galeri|riwayat))/.test(hit[0]);
      copy[4] = score * (held / Math.max(1, words.size)) ** 1.5 * (list ? 0.4 : long ? 0.65 : 1);
      results.push(copy);
    }
    return results.sort((a, b) => b[4] - a[4]).slice(0, 30);
  };
};
// The search itself is loaded before this file by some versions of Sphinx, after it by others.
if (typeof Search !== "undefined") askedBetter();
else document.addEventListener("DOMContentLoaded", askedBetter);
