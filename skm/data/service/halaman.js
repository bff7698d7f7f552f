// Dropping files, a sign that work goes on, and asking how far the documents are. The page works without this too.
"use strict";

for (const zone of document.querySelectorAll("[data-jatuh]")) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-daftar]");
  const show = () => { list.textContent = Array.from(input.files, (file) => file.name).join(", "); };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("atas-sini"); });
  }
  for (const name of ["dragleave", "drop"]) {
    zone.addEventListener(name, () => zone.classList.remove("atas-sini"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); }
  });
}

for (const form of document.querySelectorAll("form[data-tunggu]")) {
  form.addEventListener("submit", () => {
    form.classList.add("sibuk");
    const button = form.querySelector("button");
    if (button) { button.classList.add("tunggu"); button.setAttribute("aria-busy", "true"); }
  });
}
// Coming back with the browser's arrow shows the page as it was left: busy.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form.sibuk")) form.classList.remove("sibuk");
  for (const button of document.querySelectorAll("button.tunggu")) {
    button.classList.remove("tunggu");
    button.removeAttribute("aria-busy");
  }
});

const job = document.querySelector("[data-pekerjaan]");
if (job && job.hasAttribute("data-jalan")) {
  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.pekerjaan);
      const text = await answer.text();
      // What is done may change the whole page: it is loaded again.
      if (job.hasAttribute("data-muat") && !text.includes('data-status="jalan"')) { location.reload(); return; }
      job.innerHTML = text;
    } catch {
      setTimeout(ask, 3000);
      return;
    }
    if (job.querySelector('[data-status="jalan"]')) setTimeout(ask, 1000);
  };
  setTimeout(ask, 800);
}
