// A chart as a picture to take along: what the reader has before him, with its conclusion, what is plotted, the source,
// as known on which day and whether the figures are made up. It is put together here; nothing leaves the browser.

const BREED = 1000;
const HOOG = 440; // of the drawing, where the figure does not say so itself
const RAND = 24;
const SCHERPTE = 2; // pixels of the PNG for one of the drawing
const LETTER = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

const netjes = (element) => (element ? element.textContent.replace(/\s+/g, ' ').trim() : '');
const xml = (tekst) => tekst.replace(/[&<>"]/g, (teken) => `&#${teken.charCodeAt()};`);
const maat = document.createElement('canvas').getContext('2d');

function regelsVan(tekst, { grootte, dik = 400 }) {
  maat.font = `${dik} ${grootte}px ${LETTER}`;
  return tekst.split(' ').reduce((regels, woord) => {
    const langer = `${regels.at(-1)} ${woord}`.trim();
    return maat.measureText(langer).width <= BREED - 2 * RAND ? [...regels.slice(0, -1), langer] : [...regels, woord];
  }, ['']);
}

// Paragraphs below each other, and how high they are together.
function blok(alineas, boven) {
  let y = boven;
  const delen = alineas.filter(({ tekst }) => tekst).flatMap(({ tekst, grootte, dik = 400, kleur }) => regelsVan(tekst, { grootte, dik }).map((regel) => {
    y += Math.round(grootte * 1.4);
    return `<text x="${RAND}" y="${y - Math.round(grootte * 0.4)}" font-size="${grootte}" font-weight="${dik}" fill="${kleur}">${xml(regel)}</text>`;
  }));
  return { svg: delen.join(''), onder: y };
}

function band(tekst) {
  if (!tekst) return { svg: '', onder: 0 };
  const woorden = blok([{ tekst, grootte: 13, dik: 600, kleur: '#241a00' }], 6);
  return { svg: `<rect width="${BREED}" height="${woorden.onder + 6}" fill="#ffe08a"/>${woorden.svg}`, onder: woorden.onder + 6 };
}

async function tekening({ data, layout }, hoog) {
  const reeksen = data.filter((spoor) => spoor.showlegend && spoor.visible);
  const maten = { width: BREED, height: hoog, autosize: false, showlegend: reeksen.length > 1, legend: { ...layout.legend, orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' } };
  const figuur = { data, layout: { ...layout, ...maten, margin: { ...layout.margin, t: reeksen.length > 1 ? 56 : layout.margin?.t } }, config: { locale: 'nl' } };
  const adres = await window.Plotly.toImage(figuur, { format: 'svg', width: BREED, height: hoog });
  return decodeURIComponent(adres.slice(adres.indexOf(',') + 1));
}

async function alsSvg(figuur, { naam, titel, onderschrift, uitleg }, kleur, adres) {
  const demo = band(netjes(document.querySelector('.demo p')));
  const [inkt, stil] = [kleur('--inkt'), kleur('--inkt-2')];
  const kop = blok([{ tekst: naam, grootte: 13, dik: 600, kleur: stil }, { tekst: titel, grootte: 20, dik: 600, kleur: inkt }, { tekst: onderschrift, grootte: 14, kleur: stil }], demo.onder + 14);
  const hoog = figuur.layout.height || HOOG;
  const plaat = (await tekening(figuur, hoog)).replace(/^<svg /, `<svg x="0" y="${kop.onder}" `);
  const bron = `Bron: Strategiemonitor, ${netjes(document.querySelector('h1'))}. ${adres}`;
  const voet = blok([uitleg, netjes(document.querySelector('.stand')), bron].map((tekst) => ({ tekst, grootte: 12, kleur: stil })), kop.onder + hoog);
  const onder = voet.onder + 14;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${BREED}" height="${onder}" viewBox="0 0 ${BREED} ${onder}" font-family='${LETTER}' role="img">`
    + `<title>${xml(titel)}</title><rect width="${BREED}" height="${onder}" fill="#ffffff"/>${demo.svg}${kop.svg}${plaat}${voet.svg}</svg>`;
}

async function alsPng(svg) {
  const adres = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const beeld = new Image();
  beeld.src = adres;
  await beeld.decode();
  const doek = document.createElement('canvas');
  [doek.width, doek.height] = [beeld.naturalWidth * SCHERPTE, beeld.naturalHeight * SCHERPTE];
  doek.getContext('2d').drawImage(beeld, 0, 0, doek.width, doek.height);
  URL.revokeObjectURL(adres);
  return new Promise((klaar) => { doek.toBlob(klaar, 'image/png'); });
}

// The name of the file tells what it is of, and that its figures are made up.
function bestandsnaam(naam, soort) {
  const woorden = naam.normalize('NFD').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim().replaceAll(' ', '-').slice(0, 60);
  return `${woorden || 'grafiek'}${document.querySelector('.demo') ? '-demonstratie' : ''}.${soort}`;
}

export async function bewaarPlaatje(soort, figuur, inhoud, kleur, adres) {
  const svg = await alsSvg(figuur, inhoud, kleur, adres);
  const inpak = soort === 'png' ? await alsPng(svg) : new Blob([svg], { type: 'image/svg+xml' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(inpak);
  link.download = bestandsnaam(inhoud.naam, soort);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
