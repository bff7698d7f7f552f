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

// Where no page holds every word of a question, show those that hold the rarest of them.
document.addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return;
  const strict = Search.performTermsSearch;
  Search.performTermsSearch = (words, excluded) => {
    const whole = strict(words, excluded);
    if (whole.length || words.size < 2) return whole;
    const pages = Search._index.docnames.length;
    const found = new Map();
    for (const word of words) {
      const hits = strict(new Set([word]), excluded);
      const rare = Math.log((pages + 1) / (hits.length + 1));
      for (const hit of hits) {
        const key = hit[0] + hit[2];
        const before = found.get(key);
        const score = hit[4] * rare;
        if (before) {
          before[4] += score + 10 * rare;
        } else {
          const copy = hit.slice();
          copy[4] = score;
          found.set(key, copy);
        }
      }
    }
    return [...found.values()].sort((a, b) => b[4] - a[4]).slice(0, 25);
  };
});
