// Saves the grid while someone types, moves with the keys and spreads a pasted block. It computes nothing: what a
// text means, what is wrong with it and whether it was saved is what the server answers. Without this script the
// same form works with its two buttons.

const CIJFERS = ['waarde', 'teller', 'noemer'];
const PAUZE = 1200;
const OPNIEUW = 8000;

const formulier = document.getElementById('rooster');
const melder = document.getElementById('rooster-stand');

// What is not saved yet also lives on this computer: a lost connection or session takes nothing away.
const kluis = {
  lees() {
    try { return JSON.parse(localStorage.getItem(formulier.dataset.sleutel)) || {}; } catch { return {}; }
  },
  schrijf(alles) {
    try {
      if (Object.keys(alles).length) localStorage.setItem(formulier.dataset.sleutel, JSON.stringify(alles));
      else localStorage.removeItem(formulier.dataset.sleutel);
    } catch { /* A full or closed store: the texts are still in the page. */ }
  },
  bewaar(rij) { this.schrijf({ ...this.lees(), [rij.dataset.plek]: { cellen: cellenVan(rij), versie: tokenVeld(rij).value } }); },
  vergeet(plek) { const { [plek]: weg, ...rest } = this.lees(); if (weg) this.schrijf(rest); },
};

const rijVan = (element) => element.closest('tr.cel');
const rijBij = (plek) => formulier.querySelector(`tr.cel[data-plek="${CSS.escape(plek)}"]`);
const velden = (rij) => [...rij.querySelectorAll('input[data-kolom], select[data-kolom]')];
const veld = (rij, kolom) => rij.querySelector(`input[data-kolom="${kolom}"], select[data-kolom="${kolom}"]`);
// A numerator may stand in the column of the values.
const veldIn = (rij, kolom) => veld(rij, kolom) || (kolom === 'waarde' ? veld(rij, 'teller') : null);
const tokenVeld = (rij) => rij.querySelector('input[type=hidden][name$=":versie"]');
const berichtVan = (rij) => document.getElementById(`${rij.id}-bericht`);
const cellenVan = (rij) => Object.fromEntries(velden(rij).map((v) => [v.dataset.kolom, v.value]));
const zelfde = (a, b) => Object.keys(b).every((kolom) => (a[kolom] || '') === b[kolom]);

const openstaand = new Map(); // row → what is typed there and not saved
let bezig = false;
let nogmaals = false;
let wekker = 0;
let weg = false;

function meld(tekst, fout = false, link = null) {
  melder.classList.toggle('is-fout', fout);
  melder.textContent = tekst;
  if (!link) return;
  const a = document.createElement('a');
  [a.href, a.textContent] = [link, 'Log opnieuw in'];
  melder.append(' ', a, '; wat u typte is er nog.');
}

function noteer(rij) {
  openstaand.set(rij, cellenVan(rij));
  kluis.bewaar(rij);
}

function straks(wachttijd = PAUZE) {
  clearTimeout(wekker);
  wekker = setTimeout(bewaar, wachttijd);
}

async function stuur(rijen) {
  const lading = rijen.map(([rij, cellen]) => ({ plek: rij.dataset.plek, cellen, versie: tokenVeld(rij).value }));
  return fetch(formulier.dataset.bewaar, {
    method: 'POST', credentials: 'same-origin', redirect: 'manual', body: JSON.stringify({ rijen: lading }),
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': formulier.elements.csrfmiddlewaretoken.value },
  });
}

async function bewaar() {
  clearTimeout(wekker);
  if (bezig) { nogmaals = true; return; }
  if (!openstaand.size) return;
  [bezig, nogmaals] = [true, false];
  const rijen = [...openstaand];
  meld('Bezig met bewaren…');
  try {
    await verwerk(await stuur(rijen), rijen);
  } catch {
    meld('Geen verbinding. Wat u typte staat nog op deze computer en wordt bewaard zodra het kan.', true);
    straks(OPNIEUW);
  } finally {
    bezig = false;
    if (nogmaals) straks(0); // another row was left while the server answered
  }
}

async function verwerk(antwoord, rijen) {
  if (antwoord.type === 'opaqueredirect' || [302, 401, 403].includes(antwoord.status)) {
    meld('U bent uitgelogd.', true, melder.dataset.inloggen);
    return;
  }
  if (antwoord.status >= 500) throw new Error('server');
  const inhoud = await antwoord.json();
  if (!antwoord.ok) { meld(`Niet bewaard. ${inhoud.melding}`, true); return; }
  inhoud.rijen.forEach((uitkomst) => zet(uitkomst, new Map(rijen)));
  Object.entries(inhoud.totalen).forEach(toonTotaal);
  besluit(inhoud);
}

// Put what the server says in its place, unless someone typed on while it answered.
function zet(uitkomst, verstuurd) {
  const rij = rijBij(uitkomst.plek);
  const intussen = !zelfde(cellenVan(rij), verstuurd.get(rij));
  if (uitkomst.token) tokenVeld(rij).value = uitkomst.token;
  if (uitkomst.stand !== undefined) toon(rij, uitkomst);
  if (intussen) { noteer(rij); straks(); return; }
  openstaand.delete(rij);
  if (uitkomst.veilig) kluis.vergeet(uitkomst.plek);
  else rij.dataset.open = 'ja';
}

// How many go along with the button: also what was typed earlier and is further down.
function telMee() {
  const plek = formulier?.querySelector('[data-hoeveel]'), aantal = formulier?.querySelectorAll('tr[data-mee]').length;
  if (plek) plek.textContent = aantal ? `(${aantal} ${aantal === 1 ? 'waarde' : 'waarden'})` : '';
}
telMee();

function toon(rij, { stand, bericht, fout, veilig, mee }) {
  rij.toggleAttribute('data-mee', Boolean(mee));
  telMee();
  rij.querySelector('td.stand').innerHTML = stand;
  const plek = berichtVan(rij);
  const knop = plek.contains(document.activeElement);
  plek.querySelector('div').innerHTML = bericht;
  plek.hidden = !bericht && !plek.querySelector('.totaal')?.hasChildNodes();
  velden(rij).forEach((v) => { if (fout.includes(v.dataset.kolom)) v.setAttribute('aria-invalid', 'true'); else v.removeAttribute('aria-invalid'); });
  if (veilig) delete rij.dataset.open;
  if (knop) velden(rij)[0].focus();
  if (!plek.hidden && rij.contains(document.activeElement)) plek.scrollIntoView({ block: 'nearest' });
}

// What the unit comes to, as the server adds it up and judges it.
function toonTotaal([indicator, html]) {
  const plek = document.getElementById(`totaal-${indicator}`);
  if (!plek) return;
  if (plek.innerHTML !== html) plek.innerHTML = html;
  const rij = plek.closest('tr.bericht');
  if (rij) rij.hidden = !html && !rij.querySelector('div').hasChildNodes();
}

function besluit({ tijd, rijen }) {
  const conflicten = rijen.filter((u) => u.soort === 'conflict').length;
  const niet = rijen.filter((u) => !u.veilig).length;
  const fouten = formulier.querySelectorAll('tr.bericht:has(.fout, .twijfel, .terug)').length;
  if (conflicten) meld('Iemand anders vulde hier ook iets in. Kies bij de rij welke waarde blijft.', true);
  else if (niet) meld(rijen.find((u) => !u.veilig).melding || 'Niet alles is bewaard. Kijk bij de rij.', true);
  else if (!openstaand.size) meld(`Alles bewaard om ${tijd}${fouten ? `. ${fouten} ${fouten === 1 ? 'rij vraagt' : 'rijen vragen'} uw aandacht` : ''}`);
}

// Keys
function stapRij(element, stap) {
  const kolom = element.dataset.kolom;
  let rij = rijVan(element);
  const rijen = [...formulier.querySelectorAll('tr.cel')];
  for (let i = rijen.indexOf(rij) + stap; i >= 0 && i < rijen.length; i += stap) {
    rij = rijen[i];
    const doel = veld(rij, kolom) || (['waarde', 'teller'].includes(kolom) && (veld(rij, 'waarde') || veld(rij, 'teller')));
    if (doel) { ga(doel); return true; }
  }
  return false;
}

function stapKolom(element, stap) {
  const rij = velden(rijVan(element));
  const doel = rij[rij.indexOf(element) + stap];
  if (doel) ga(doel);
  return Boolean(doel);
}

function ga(doel) {
  doel.focus();
  if (doel.select) doel.select();
}

function aanRand(element, stap) {
  if (element.tagName === 'SELECT') return true;
  const { selectionStart: van, selectionEnd: tot, value } = element;
  if (van === 0 && tot === value.length) return true;
  return van === tot && (stap < 0 ? van === 0 : tot === value.length);
}

formulier?.addEventListener('keydown', (toets) => {
  const element = toets.target;
  if (!element.dataset?.kolom || toets.altKey || toets.isComposing) return;
  if (toets.key === 'Enter' && (toets.ctrlKey || toets.metaKey)) {
    toets.preventDefault();
    formulier.requestSubmit(formulier.querySelector('button[value="indienen"]'));
    return;
  }
  if (toets.metaKey) return;
  const isKeuze = element.tagName === 'SELECT';
  let gedaan = false;
  if (toets.key === 'Enter') { stapRij(element, toets.shiftKey ? -1 : 1); gedaan = true; }
  if (toets.key === 'ArrowDown' && !isKeuze) gedaan = stapRij(element, 1);
  if (toets.key === 'ArrowUp' && !isKeuze) gedaan = stapRij(element, -1);
  const opzij = { ArrowLeft: -1, ArrowRight: 1 }[toets.key];
  if (opzij && !toets.shiftKey && (toets.ctrlKey || aanRand(element, opzij))) gedaan = stapKolom(element, opzij);
  if (gedaan) toets.preventDefault();
});

// Paste: a block of lines and tabs, as a spreadsheet puts it on the clipboard, with quotes around a cell that holds a
// line break, tab or quote itself. A row that cannot be typed in takes its own line, and so does one that is not shown,
// so that what follows stays beside its own onderdeel.
const CEL = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/gy;

function leesBlok(tekst) {
  const blok = [[]];
  for (const [, aangehaald, kaal, einde] of tekst.replace(/\r\n?/g, '\n').replace(/\n$/, '').matchAll(CEL)) {
    blok.at(-1).push((aangehaald?.replace(/""/g, '"') ?? kaal).replace(/[\t\n]+/g, ' ').trim());
    if (einde === '\n') blok.push([]);
    if (!einde) break;
  }
  return blok;
}

const koppen = (tabel) => [...tabel.querySelectorAll('thead th[class*="kop-"]')].map((kop) => kop.className.match(/kop-(\w+)/)[1]);

const kolomVan = (element, kolommen) => Math.max(kolommen.indexOf(element.dataset.kolom), element.dataset.kolom === 'teller' ? kolommen.indexOf('waarde') : -1);

function plak(start, blok) {
  const tabel = start.closest('table');
  const rijen = [...tabel.querySelectorAll('tr.cel, tr.klaar')].flatMap((rij) => (rij.dataset.regels ? Array(Number(rij.dataset.regels)).fill(null) : [rij]));
  const kolommen = koppen(tabel);
  const [eersteRij, eersteKolom] = [rijen.indexOf(rijVan(start)), kolomVan(start, kolommen)];
  const geraakt = new Set();
  let over = 0;
  blok.forEach((regel, r) => regel.forEach((tekst, k) => {
    const rij = rijen[eersteRij + r];
    const doel = rij && veldIn(rij, kolommen[eersteKolom + k]);
    if (doel && vul(doel, tekst)) geraakt.add(rij);
    else if (tekst) over += 1;
  }));
  geraakt.forEach(noteer);
  return { geraakt: geraakt.size, over };
}

function vul(doel, tekst) {
  const waarde = doel.tagName === 'SELECT' ? tekst.toLowerCase() : tekst;
  if (doel.tagName === 'SELECT' && ![...doel.options].some((optie) => optie.value === waarde)) return false;
  doel.value = waarde;
  return true;
}

formulier?.addEventListener('paste', async (gebeurtenis) => {
  const start = gebeurtenis.target;
  const tekst = gebeurtenis.clipboardData?.getData('text/plain') || '';
  if (!start.dataset?.kolom || !/[\t\n]/.test(tekst.replace(/\r?\n$/, ''))) return;
  gebeurtenis.preventDefault();
  const { over } = plak(start, leesBlok(tekst));
  await bewaar();
  if (over) meld(`${melder.textContent}. ${over} geplakte cellen pasten niet en zijn overgeslagen.`, true);
});

// Typing, leaving, and the buttons in an answer
formulier?.addEventListener('input', ({ target }) => {
  if (!target.dataset.kolom) return;
  noteer(rijVan(target));
  straks();
});
formulier?.addEventListener('focusout', ({ target }) => { if (target.dataset.kolom) straks(0); });

formulier?.addEventListener('click', (klik) => {
  const knop = klik.target.closest('[data-vul], [data-kies]');
  if (!knop) return;
  klik.preventDefault();
  const rij = document.getElementById(knop.closest('tr.bericht').id.replace(/-bericht$/, ''));
  if (knop.dataset.vul) vul(veld(rij, knop.dataset.vul), knop.dataset.tekst);
  else kies(rij, knop.dataset);
  noteer(rij);
  bewaar();
});

function kies(rij, { kies: keuze, token, cellen }) {
  tokenVeld(rij).value = token;
  if (keuze === 'ander') {
    const ander = JSON.parse(cellen);
    velden(rij).forEach((v) => { vul(v, ander[v.dataset.kolom] || (v.tagName === 'SELECT' ? 'definitief' : '')); });
  }
}

// The form itself sends everything that is in it.
formulier?.addEventListener('submit', () => { weg = true; clearTimeout(wekker); });
window.addEventListener('beforeunload', (vertrek) => {
  const open = openstaand.size || formulier?.querySelector('[data-open]');
  if (open && !weg) vertrek.preventDefault();
});
window.addEventListener('online', () => straks(0));
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') bewaar(); });

// What was typed before and is not in the page is put back; the server judges whether it still may be saved.
function zetTerug() {
  let aantal = 0;
  Object.entries(kluis.lees()).forEach(([plek, { cellen, versie }]) => {
    const rij = rijBij(plek);
    if (!rij || !tokenVeld(rij) || zelfde(cellenVan(rij), cellen)) { kluis.vergeet(plek); return; }
    Object.entries(cellen).forEach(([kolom, tekst]) => { const doel = veld(rij, kolom); if (doel) vul(doel, tekst); });
    tokenVeld(rij).value = versie;
    noteer(rij);
    aantal += 1;
  });
  if (aantal) { meld(aantal === 1 ? '1 rij met tekst die nog niet bewaard was staat er weer.' : `${aantal} rijen met tekst die nog niet bewaard was staan er weer.`); straks(0); }
}

// An address that ends in the place of a cell comes out in that cell; also where only "alles" shows it. There in what
// is wrong, else in the first figure that is not filled in, else in the figure itself.
function naarCel() {
  if (!location.hash.startsWith('#cel-')) return;
  const rij = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!rij) {
    const adres = new URL(location.href);
    if (adres.searchParams.get('toon') === 'alles') return;
    adres.searchParams.set('toon', 'alles');
    location.replace(adres);
    return;
  }
  const doel = rij.querySelector('[aria-invalid="true"]') || CIJFERS.map((kolom) => veld(rij, kolom)).find((v) => v && !v.value) || velden(rij)[0];
  rij.scrollIntoView({ block: 'center' });
  if (doel) ga(doel);
}

if (formulier && melder) zetTerug();
if (formulier) {
  const lijst = formulier.querySelector('[data-focus]');
  if (lijst) lijst.focus();
  // Only then: a browser that goes to the place itself takes the focus away from every field.
  else if (document.readyState === 'complete') naarCel();
  else window.addEventListener('load', () => setTimeout(naarCel));
  window.addEventListener('hashchange', naarCel);
  // The same address once more is no change: a second look at the same fault goes there as well.
  formulier.addEventListener('click', ({ target }) => { if (target.closest('a[href^="#cel-"]')) setTimeout(naarCel); });
}
