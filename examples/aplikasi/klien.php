<?php
// Nilai SKM dari basis data aplikasi: cacah dari GROUP BY dikirim ke layanan setempat, jawabannya satu dokumen JSON.
//   SKM_URL=http://127.0.0.1:8766 SKM_DSN="mysql:host=127.0.0.1;dbname=skm" SKM_DB_USER=... SKM_DB_PASSWORD=... php klien.php
// Di Laravel: Http::withToken($token)->post("$url/v1/hitung", $amplop)->json().

declare(strict_types=1);

/** Kirim amplop dan kembalikan dokumen; galat dari layanan menjadi exception dengan kodenya. */
function skm(string $jalur, array $amplop): array
{
    $kepala = ['Content-Type: application/json'];
    if ($token = getenv('SKM_TOKEN')) {
        $kepala[] = "Authorization: Bearer $token";
    }
    $konteks = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => implode("\r\n", $kepala),
        'content' => json_encode($amplop, JSON_THROW_ON_ERROR),
        'ignore_errors' => true,
        'timeout' => 10,
    ]]);
    $isi = file_get_contents((getenv('SKM_URL') ?: 'http://127.0.0.1:8766') . $jalur, false, $konteks);
    if ($isi === false) {
        throw new RuntimeException('layanan skm tidak menjawab');
    }
    $dokumen = json_decode($isi, true, 64, JSON_THROW_ON_ERROR);
    if ($dokumen['galat'] !== null) {
        throw new RuntimeException($dokumen['galat']['kode'] . ': ' . $dokumen['galat']['pesan']);
    }
    return $dokumen;
}

$basis = new PDO(getenv('SKM_DSN'), getenv('SKM_DB_USER') ?: null, getenv('SKM_DB_PASSWORD') ?: null, [
    PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
]);
// Satu baris per layanan, unsur, dan nilai: responden tidak keluar dari basis data.
$baris = $basis->query(
    'SELECT r.layanan, p.unsur, j.nilai, COUNT(*) AS banyak
       FROM jawaban j JOIN responden r ON r.id = j.responden_id JOIN pertanyaan p ON p.id = j.pertanyaan_id
      GROUP BY r.layanan, p.unsur, j.nilai ORDER BY r.layanan, p.unsur, j.nilai'
);
$kelompok = [];
foreach ($baris as $satu) {
    $kelompok[$satu['layanan']][$satu['unsur']] ??= [0, 0, 0, 0];
    $kelompok[$satu['layanan']][$satu['unsur']][(int) $satu['nilai'] - 1] = (int) $satu['banyak'];
}
$jumlah = [];
foreach ($kelompok as $layanan => $unsur) {
    $jumlah[] = ['kelompok' => ['layanan' => $layanan], 'jumlah' => $unsur];
}
foreach (skm('/v1/hitung', ['jumlah' => $jumlah])['hasil']['kelompok'] as $satu) {
    printf("%s %s %s\n", $satu['kelompok']['layanan'], $satu['hasil']['ikm'], $satu['hasil']['mutu']);
}
