// Nilai SKM dari jawaban dalam aplikasi Node: rekaman dikirim ke layanan setempat, jawabannya satu dokumen JSON.
//   SKM_URL=http://127.0.0.1:8766 node klien.mjs < rekaman.json

const alamat = process.env.SKM_URL ?? "http://127.0.0.1:8766";

export async function skm(jalur, amplop) {
  const kepala = { "Content-Type": "application/json" };
  if (process.env.SKM_TOKEN) kepala.Authorization = `Bearer ${process.env.SKM_TOKEN}`;
  const jawaban = await fetch(alamat + jalur, {
    method: "POST",
    headers: kepala,
    body: JSON.stringify(amplop),
    signal: AbortSignal.timeout(10_000),
  });
  const dokumen = await jawaban.json();
  if (dokumen.galat) throw new Error(`${dokumen.galat.kode}: ${dokumen.galat.pesan}`);
  return dokumen;
}

let masukan = "";
for await (const bagian of process.stdin) masukan += bagian;
const { hasil, peringatan } = await skm("/v1/hitung", { data: JSON.parse(masukan), opsi: { u8: "pengaduan" } });
console.log(hasil.keseluruhan.tampil.judul);
for (const unsur of hasil.keseluruhan.terendah) console.log("terendah", unsur);
for (const satu of peringatan) console.error(satu.pesan);
