// What a reader can do with a chart. The worker made the figure, the server drew it already; here Plotly draws it over
// that drawing, in the colours of the reader's scheme, with keys, series to switch, a part to look into, and a picture
// to take along. Nothing here decides what a chart says. Without this script the page is complete.

const OPTIES = {
  displayModeBar: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: '', showLink: false,
  locale: 'nl', responsive: true, scrollZoom: false, doubleClick: false,
};
const SMAL = 560; // pixels: below this a chart uses its short words
const LAAG = 288; // pixels: how high a chart is on a telephone
const PLAATBREEDTE = 1000; // of the picture to take along, as in opslaan.js
const GEDULD = [300, 600, 1200, 2400]; // milliseconds between asking again for a figure that is being made
const TWEE_JAAR = 8; // quarters
const TOKEN = /^var\((--[\w-]+)\)$/;
const rustig = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const met_vinger = window.matchMedia('(pointer: coarse)').matches; // there a drag scrolls the page

const slaap = (ms) => new Promise((klaar) => { setTimeout(klaar, ms); });
const isSmal = (doek) => doek.clientWidth < SMAL;
const ontsnapt = (tekst) => new DOMParser().parseFromString(tekst, 'text/html').body.textContent;
const kleurIn = (element) => (naam) => getComputedStyle(element).getPropertyValue(naam).trim();

// This module runs before Plotly is there: a figure is asked for meanwhile.
const plotlyIsEr = new Promise((klaar, fout) => {
  const script = document.getElementById('plotly');
  if (window.Plotly || !script) return window.Plotly ? klaar() : fout();
  script.addEventListener('load', klaar);
  return script.addEventListener('error', fout);
});
plotlyIsEr.catch(() => {}); // then the drawings of the server stay

// Every "var(--token)" of a figure as the colour it has.
function ingekleurd(deel, kleur) {
  if (typeof deel === 'string') return deel.replace(TOKEN, (_, naam) => kleur(naam));
  if (Array.isArray(deel)) return deel.map((een) => ingekleurd(een, kleur));
  if (!deel || typeof deel !== 'object') return deel;
  return Object.fromEntries(Object.entries(deel).map(([naam, waarde]) => [naam, ingekleurd(waarde, kleur)]));
}

// Words on hovering do not run off the chart: a line is at most so long.
function gevouwen(tekst, breed) {
  const regels = [''];
  (tekst || '').split(' ').forEach((woord) => {
    const regel = regels.at(-1);
    if (regel && regel.length + woord.length >= breed) regels.push(woord);
    else regels[regels.length - 1] = regel ? `${regel} ${woord}` : woord;
  });
  return regels.join('<br>');
}

// Room for the words beside the plot area, measured once: Plotly's own way of measuring draws everything twice.
const pen = document.createElement('canvas').getContext('2d');

function breedte(teksten) {
  pen.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  const regels = teksten.flatMap((tekst) => tekst.split('<br>').map(ontsnapt));
  return Math.ceil(Math.max(0, ...regels.map((regel) => pen.measureText(regel).width)));
}

const staatErnaast = (label) => label.xref === 'paper' && label.x === 1 && label.yref !== 'paper';

// On a narrow screen the words beside the plot area take some lines, and stand apart from each other.
function ernaastGevouwen(labels, { yaxis, margin }, hoogte) {
  const lengte = hoogte - margin.t - margin.b;
  const [laag, hoog] = yaxis.range;
  const woorden = labels.filter(staatErnaast).map((label) => {
    const tekst = gevouwen(label.text.replaceAll('<br>', ' '), 13);
    return { label, tekst, plek: ((hoog - label.y) / (hoog - laag)) * lengte, half: 7.5 * tekst.split('<br>').length };
  }).sort((a, b) => a.plek - b.plek);
  let onder = -margin.t;
  const middens = woorden.map(({ plek, half }) => { const midden = Math.max(plek, onder + half); onder = midden + half; return midden; });
  let boven = hoogte - margin.t;
  woorden.map((_, i) => i).reverse().forEach((i) => { middens[i] = Math.min(middens[i], boven - woorden[i].half); boven = middens[i] - woorden[i].half; });
  const nieuw = new Map(woorden.map(({ label, tekst, plek }, i) => [label, { ...label, text: tekst, yshift: plek - middens[i] }]));
  return labels.map((label) => nieuw.get(label) || label);
}

// How far the words at a point reach past the plot area, where that is so wide.
function voorbijRand({ xaxis }, labels, breed) {
  const [begin, eind] = xaxis.range;
  return labels.filter(({ xref, xshift }) => !xref && xshift !== undefined)
    .map(({ x, xshift, text }) => xshift + breedte([text]) - ((eind - x) / (eind - begin)) * breed);
}

// What stands before its point or across it does so with its short words too.
const verkort = ({ text, xref, xshift }, kort) => ({
  text: kort, ...(!xref && xshift < 0 ? { xshift: (xshift * breedte([kort])) / breedte([text]) } : {}),
});

// In a narrow row there is room above a point only: beside it are its interval and the names.
const erboven = (label) => (label.xref || label.yref ? label : { ...label, xanchor: 'center', xshift: 0, yshift: 14 });

// Whether words at a point stand clear, at that shift, of the words beside the plot area.
function vrijVanErnaast(labels, { yaxis, margin, height }) {
  const lengte = (height || LAAG) - margin.t - margin.b;
  const midden = (y, yshift) => ((yaxis.range[1] - y) / (yaxis.range[1] - yaxis.range[0])) * lengte - (yshift || 0);
  const bezet = labels.filter((label) => staatErnaast(label) && label.visible !== false)
    .map(({ y, yshift, text }) => [midden(y, yshift), 7.5 * text.split('<br>').length]);
  return ({ y }, yshift) => bezet.every(([plek, half]) => Math.abs(midden(y, yshift) - plek) >= half + 8);
}

// Words at a point stay inside the chart and clear of the lines of events and of the words beside it; those that would
// then cover their point go above it.
function binnen(labels, [begin, eind], kant, breed, layout) {
  const [lengte, strepen, staatVrij] = [breed - kant.l - kant.r, layout.shapes || [], vrijVanErnaast(labels, layout)];
  const pixel = (x) => kant.l + ((x - begin) / (eind - begin)) * lengte;
  return labels.map((label) => {
    const vanAs = label.name === 'as';
    if (!vanAs && (label.xref === 'paper' || label.x < begin || label.x > eind)) return label;
    const [lang, schuif] = [breedte([label.text]), label.xshift || 0];
    const ervoor = { right: lang, center: lang / 2 }[label.xanchor] || 0;
    const van = (vanAs ? kant.l + label.x * lengte : pixel(label.x)) + schuif - ervoor;
    const geraakt = label.yref ? [] : strepen.map(({ x0 }) => pixel(x0)).filter((x) => x > van - 3 && x < van + lang + 3);
    const erna = Math.max(...geraakt) + 4;
    const vrij = !geraakt.length ? van : erna + lang < breed ? erna : Math.min(...geraakt) - lang - 4;
    const erbij = Math.max(2, Math.min(breed - lang - 2, vrij)) - van;
    const hoog = label.yshift || 0;
    const ernaast = van + erbij + lang > breed - kant.r && !staatVrij(label, hoog);
    const weg = !label.yref && Math.abs(hoog) < 16 && (ernaast || (erbij && Math.abs(hoog) < 12));
    const zijde = hoog < 0 ? -16 : 16;
    const plek = ernaast ? [zijde, -zijde, 2 * zijde].find((shift) => staatVrij(label, shift)) ?? zijde : zijde;
    return erbij || weg ? { ...label, xshift: schuif + erbij, ...(weg ? { yshift: plek } : {}) } : label;
  });
}

function rand(layout, namen, labels, breed) {
  const { margin } = layout;
  const smal = breed < SMAL;
  const ernaast = labels.filter(staatErnaast).map((label) => label.text);
  const rechts = Math.ceil(Math.max(ernaast.length ? 16 + breedte(ernaast) : 12, ...voorbijRand(layout, labels, breed - margin.l - 12)));
  return { ...margin, l: 14 + breedte(namen), r: smal ? rechts : Math.max(margin.r, rechts) };
}

// What is written below the x-axis: every quarter where that fits, else the years, else so many of them as fit.
function streepjes({ xaxis, meta }, bereik, breed) {
  const [begin, eind] = bereik || xaxis.range;
  if (meta.soort[0] === 'namen') return breed < SMAL ? meta.x_smal : xaxis; // a name is never left out
  const passend = ({ tickvals = [], ticktext = [] }) => {
    const plekken = tickvals.flatMap((plek, i) => (plek >= begin && plek <= eind && ticktext[i] ? [i] : []));
    const nodig = breedte(plekken.map((i) => ticktext[i])) + 4;
    const stap = Math.min(...plekken.slice(1).map((i, n) => tickvals[i] - tickvals[plekken[n]])) * (breed / (eind - begin));
    const keer = plekken.length > 1 ? Math.ceil(nodig / stap) : 1;
    const over = plekken.filter((_, n) => (plekken.length - 1 - n) % keer === 0);
    return { keer, tickvals: over.map((i) => tickvals[i]), ticktext: over.map((i) => ticktext[i]) };
  };
  const [alle, enkele] = [passend(xaxis), passend(meta.x_smal)];
  return alle.keer === 1 ? alle : enkele;
}

// On a narrow screen a name stands on the lines it needs, at most two; the table has it whole.
function kortGenoeg(naam, breed = 18) {
  const regels = gevouwen(ontsnapt(naam.replaceAll('<br>', ' ')), breed).split('<br>');
  const kort = regels.length > 2 ? [regels[0], `${regels[1]} …`] : regels;
  const knip = (regel) => (regel.length > breed + 4 ? `${regel.slice(0, breed)}…` : regel);
  return kort.map((regel) => knip(regel).replace(/[&<>]/g, (t) => `&#${t.charCodeAt()};`)).join('<br>');
}

// The figure as this reader has it now: without what is switched off, of the part looked into, in the room there is.
function opgemaakt({ inhoud, uit, bereik }, breed) {
  const smal = breed < SMAL;
  const { data, layout } = inhoud;
  const rollen = (sporen) => new Set(sporen.map((spoor) => spoor.meta.rol));
  const blijft = rollen(data.filter((spoor) => !uit.has(spoor.meta.naam)));
  const weg = [...rollen(data)].filter((rol) => !blijft.has(rol));
  const alle = (layout.annotations || []).map((label, i) => {
    const kort = smal && layout.meta.kort[i];
    return { ...label, ...(kort ? verkort(label, kort) : {}), visible: !weg.includes(label.name) };
  });
  const opNamen = layout.meta.soort.map((soort) => soort === 'namen');
  const gepast = smal ? ernaastGevouwen(alle, layout, layout.height || LAAG) : alle;
  const labels = smal && opNamen[1] ? gepast.map(erboven) : gepast;
  const namen = (layout.yaxis.ticktext || []).map((naam) => (smal && opNamen[1] ? kortGenoeg(naam) : naam));
  const kant = rand(layout, namen, labels, breed);
  const { tickvals, ticktext } = streepjes(layout, bereik, breed - kant.l - kant.r);
  return {
    data: data.map((spoor) => ({
      ...spoor, visible: !uit.has(spoor.meta.naam),
      ...(spoor.customdata ? { customdata: spoor.customdata.map((t) => gevouwen(t, smal ? 32 : 64)) } : {}),
    })),
    layout: {
      ...layout, showlegend: false, autosize: true, hovermode: 'closest',
      annotations: binnen(labels, bereik || layout.xaxis.range, kant, breed, layout),
      dragmode: inhoud.zoombaar && !met_vinger ? 'zoom' : false,
      margin: kant,
      xaxis: { ...layout.xaxis, tickvals, ticktext, range: bereik || layout.xaxis.range, fixedrange: !inhoud.zoombaar, automargin: opNamen[0] },
      yaxis: { ...layout.yaxis, ticktext: namen, fixedrange: true, automargin: false },
      transition: { duration: rustig ? 0 : 150 },
    },
  };
}

// As high as the drawing it takes the place of, so that nothing moves; on a telephone that drawing is too low.
function hoogteVan({ doek, inhoud, hoogte }) {
  const gevraagd = inhoud.layout.height || 0;
  return isSmal(doek) && !('klein' in doek.dataset) ? Math.max(LAAG, gevraagd) : gevraagd || hoogte;
}

function zet(grafiek) {
  const { doek, vlak } = grafiek;
  const { data, layout } = ingekleurd(opgemaakt(grafiek, doek.clientWidth), kleurIn(doek));
  toonKnoppen(grafiek);
  return window.Plotly.react(vlak, data, { ...layout, height: hoogteVan(grafiek) }, OPTIES);
}

// Series: what can be pointed at, in the order in which the keys walk.
function series({ inhoud, uit, bereik }) {
  const groepen = new Map();
  const langs = inhoud.layout.meta.soort[1] === 'namen' ? 'y' : 'x';
  inhoud.data.forEach((spoor, curveNumber) => {
    if (!spoor.customdata || uit.has(spoor.meta.naam)) return;
    const sleutel = spoor.legendgroup || `${spoor.meta.rol}`;
    const punten = spoor.customdata.flatMap((tekst, pointNumber) => {
      const [plek, dwars] = langs === 'x' ? [spoor.x, spoor.y] : [spoor.y, spoor.x];
      const buiten = bereik && (spoor.x[pointNumber] < bereik[0] || spoor.x[pointNumber] > bereik[1]);
      if (!tekst || buiten || plek[pointNumber] === null || dwars[pointNumber] === null) return [];
      return [{ curveNumber, pointNumber, tekst: ontsnapt(tekst), plek: plek[pointNumber], adres: spoor.meta.adres?.[pointNumber] || '' }];
    });
    const groep = groepen.get(sleutel) || { hoofd: false, punten: [] };
    groepen.set(sleutel, { hoofd: groep.hoofd || spoor.meta.rol === 'hoofd', punten: [...groep.punten, ...punten] });
  });
  const gevuld = [...groepen.values()].filter((groep) => groep.punten.length);
  gevuld.forEach((groep) => groep.punten.sort((a, b) => a.plek - b.plek));
  return gevuld.sort((a, b) => b.hoofd - a.hoofd).map((groep) => groep.punten);
}

const dichtstbij = (punten, plek) => punten.reduce((een, ander) => (Math.abs(ander.plek - plek) < Math.abs(een.plek - plek) ? ander : een));

// The point a key leads to: along the series, or to another one at the same place.
function volgende(grafiek, { langs, dwars, eind }) {
  const alle = series(grafiek);
  const nu = grafiek.punt;
  const nummer = nu ? alle.findIndex((punten) => punten.some((p) => p.curveNumber === nu.curveNumber && p.pointNumber === nu.pointNumber)) : -1;
  if (!alle.length) return null;
  if (nummer < 0) return eind > 0 || langs < 0 ? alle[0].at(-1) : alle[0][0];
  const punten = alle[nummer];
  if (dwars) return dichtstbij(alle[Math.max(0, Math.min(alle.length - 1, nummer + dwars))], nu.plek);
  if (eind) return eind > 0 ? punten.at(-1) : punten[0];
  const plek = punten.findIndex((p) => p.curveNumber === nu.curveNumber && p.pointNumber === nu.pointNumber);
  return punten[Math.max(0, Math.min(punten.length - 1, plek + langs))];
}

function stappen(inhoud) {
  const [vooruit, achteruit, verder, terug] = inhoud.layout.meta.soort[1] === 'namen'
    ? ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft'] : ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'];
  return {
    [vooruit]: { langs: 1 }, [achteruit]: { langs: -1 }, [verder]: { dwars: 1 }, [terug]: { dwars: -1 },
    Home: { eind: -1 }, End: { eind: 1 },
  };
}

function wijsAan(grafiek, punt) {
  grafiek.punt = punt;
  window.Plotly.Fx.hover(grafiek.vlak, [{ curveNumber: punt.curveNumber, pointNumber: punt.pointNumber }]);
  zeg(grafiek, punt.tekst);
}

function zeg({ melder }, tekst) { if (melder.textContent !== tekst) melder.textContent = tekst; }

function metToetsen(grafiek) {
  const { doek, vlak, inhoud } = grafiek;
  const loop = stappen(inhoud);
  const zoom = { '+': () => zoomIn(grafiek, 0.5), '=': () => zoomIn(grafiek, 0.5), '-': () => zoomIn(grafiek, 2), 0: () => kiesDeel(grafiek, null) };
  doek.addEventListener('keydown', (toets) => {
    if (toets.ctrlKey || toets.altKey || toets.metaKey || toets.target !== doek) return;
    if (loop[toets.key]) {
      const punt = volgende(grafiek, loop[toets.key]);
      if (punt) wijsAan(grafiek, punt);
    } else if (inhoud.zoombaar && zoom[toets.key]) zoom[toets.key]();
    else if (toets.key === 'Enter' && grafiek.punt?.adres) window.location.assign(grafiek.punt.adres);
    else return;
    toets.preventDefault();
  });
  doek.addEventListener('blur', () => window.Plotly.Fx.unhover(vlak));
}

function metAanwijzer(grafiek) {
  const { doek, vlak, inhoud } = grafiek;
  const adresVan = (p) => inhoud.data[p.curveNumber].meta.adres?.[p.pointNumber] || '';
  vlak.on('plotly_hover', ({ points: [p] }) => {
    zeg(grafiek, ontsnapt(inhoud.data[p.curveNumber].customdata?.[p.pointNumber] || ''));
    doek.classList.toggle('leidt-verder', adresVan(p) !== '');
  });
  vlak.on('plotly_unhover', () => doek.classList.remove('leidt-verder'));
  vlak.on('plotly_click', ({ points: [p] }) => { if (adresVan(p)) window.location.assign(adresVan(p)); });
  // A drag or a double click: the buttons follow, and so does the link to this view.
  vlak.on('plotly_relayout', (wat) => {
    if ('xaxis.range[0]' in wat) kiesDeel(grafiek, [wat['xaxis.range[0]'], wat['xaxis.range[1]']]);
  });
  vlak.on('plotly_doubleclick', () => kiesDeel(grafiek, null));
}

// The part of the x-axis that is looked into; null is all of it.
function kiesDeel(grafiek, bereik) {
  const [begin, eind] = grafiek.inhoud.layout.xaxis.range;
  const deel = bereik && [Math.max(begin, bereik[0]), Math.min(eind, bereik[1])];
  grafiek.bereik = deel && deel[1] - deel[0] < eind - begin - 0.01 ? deel : null;
  return zet(grafiek);
}

function zoomIn(grafiek, keer) {
  const [begin, eind] = grafiek.inhoud.layout.xaxis.range;
  const [van, tot] = grafiek.bereik || [begin, eind];
  const lengte = Math.min(eind - begin, Math.max(2, (tot - van) * keer));
  const midden = grafiek.punt ? grafiek.punt.plek : tot;
  const nieuw = Math.max(begin, Math.min(eind - lengte, midden - lengte / 2));
  return kiesDeel(grafiek, [nieuw, nieuw + lengte]);
}

const laatsteJaren = ({ inhoud: { layout } }) => [layout.xaxis.range[1] - TWEE_JAAR - 0.1, layout.xaxis.range[1]];
const kanKorter = (grafiek) => grafiek.inhoud.zoombaar && laatsteJaren(grafiek)[0] > grafiek.inhoud.layout.xaxis.range[0];

// The row of the chart: what this chart can do is shown, the rest stays away.
const DOE = {
  recent: { kan: kanKorter, aan: (g) => !!g.bereik && g.bereik.join() === laatsteJaren(g).join(), doe: (g) => kiesDeel(g, laatsteJaren(g)) },
  alles: { kan: kanKorter, aan: (g) => !g.bereik, doe: (g) => kiesDeel(g, null) },
  png: { kan: () => true, doe: (g) => bewaar(g, 'png') },
  svg: { kan: () => true, doe: (g) => bewaar(g, 'svg') },
  link: { kan: () => true, doe: (g) => kopieer(g) },
};

function toonKnoppen(grafiek) {
  grafiek.knoppen.forEach((knop) => {
    const { aan } = DOE[knop.dataset.doe];
    if (aan) knop.setAttribute('aria-pressed', aan(grafiek));
  });
  grafiek.reeksen.forEach((knop) => knop.setAttribute('aria-pressed', !grafiek.uit.has(knop.dataset.reeks)));
}

function metKnoppen(grafiek) {
  grafiek.knoppen.forEach((knop) => {
    const { kan, doe } = DOE[knop.dataset.doe];
    knop.hidden = !kan(grafiek);
    knop.addEventListener('click', () => doe(grafiek, knop));
  });
  grafiek.reeksen = [...grafiek.figuur.querySelectorAll('.figuurlegende [data-reeks]')].map((woord) => reeksknop(grafiek, woord));
}

// An entry of the legend becomes the button that switches its series.
function reeksknop(grafiek, woord) {
  const knop = document.createElement('button');
  knop.type = 'button';
  knop.dataset.reeks = woord.dataset.reeks;
  knop.append(...woord.childNodes);
  knop.addEventListener('click', () => {
    if (!grafiek.uit.delete(knop.dataset.reeks)) grafiek.uit.add(knop.dataset.reeks);
    zet(grafiek);
  });
  woord.replaceWith(knop);
  return knop;
}

// The picture is always in the colours of paper-white, whatever the reader's scheme: it goes into reports.
function lichteKleur(naam) {
  const regels = [...document.styleSheets].flatMap((blad) => { try { return [...blad.cssRules]; } catch { return []; } });
  const licht = regels.find((regel) => regel.selectorText === ':root' && regel.style.getPropertyValue(naam));
  return licht ? ingekleurd(licht.style.getPropertyValue(naam).trim(), lichteKleur) : kleurIn(document.documentElement)(naam);
}

async function bewaar(grafiek, soort) {
  const { bewaarPlaatje } = await import(grafiek.figuur.querySelector('[data-opslaan]').dataset.opslaan);
  const figuur = ingekleurd(opgemaakt(grafiek, PLAATBREEDTE), lichteKleur);
  await bewaarPlaatje(soort, figuur, grafiek.inhoud, lichteKleur, adresVanBeeld(grafiek));
}

// What is switched off and the part looked into go behind the # of the address: no server needs to know them.
function adresVanBeeld({ figuur, uit, bereik }) {
  const keuze = new URLSearchParams([...[...uit].map((naam) => ['uit', naam]), ...(bereik || []).map((plek) => ['deel', plek.toFixed(2)])]);
  const anker = figuur.id;
  return `${window.location.href.split('#')[0]}#${anker}${keuze.size ? `?${keuze}` : ''}`;
}

function neemOver(grafiek) {
  const [anker, vraag] = window.location.hash.slice(1).split('?');
  if (!vraag || anker !== grafiek.figuur.id) return;
  const keuze = new URLSearchParams(vraag);
  const namen = new Set(grafiek.reeksen.map((knop) => knop.dataset.reeks));
  keuze.getAll('uit').filter((naam) => namen.has(naam)).forEach((naam) => grafiek.uit.add(naam));
  const deel = keuze.getAll('deel').map(Number);
  if (grafiek.inhoud.zoombaar && deel.length === 2 && deel.every(Number.isFinite) && deel[1] - deel[0] >= 1) grafiek.bereik = deel;
}

async function kopieer(grafiek) {
  const knop = grafiek.knoppen.find((een) => een.dataset.doe === 'link');
  const gelukt = await naarKlembord(adresVanBeeld(grafiek));
  const woord = knop.dataset.woord ||= knop.textContent;
  knop.textContent = gelukt ? 'Gekopieerd' : 'Niet gelukt';
  zeg(grafiek, gelukt ? 'De link is gekopieerd.' : 'Kopiëren lukte niet. De link staat in de adresbalk.');
  if (!gelukt) window.history.replaceState(null, '', adresVanBeeld(grafiek));
  await slaap(2000);
  knop.textContent = woord;
}

async function naarKlembord(tekst) {
  try {
    await navigator.clipboard.writeText(tekst);
    return true;
  } catch { return false; }
}

// A figure that is still being made is asked for again a few times.
async function haal(doek) {
  for (const wacht of [...GEDULD, 0]) {
    const antwoord = await fetch(doek.dataset.figuur, { headers: { Accept: 'application/json' } });
    if (antwoord.status !== 202) return antwoord.ok ? antwoord.json() : null;
    if ((await antwoord.json()).merk !== doek.dataset.merk) return null;
    await slaap(wacht);
  }
  return null;
}

async function teken(doek) {
  const [inhoud] = await Promise.all([haal(doek), plotlyIsEr]);
  // Of other numbers than the table below: the drawing of the server stays, which belongs to that table.
  if (!inhoud || inhoud.merk !== doek.dataset.merk) return;
  const figuur = doek.closest('figure');
  const grafiek = {
    doek, figuur, inhoud, vlak: doek.querySelector('.figuur-plotly'), melder: doek.querySelector('[role=status]'),
    knoppen: [...figuur.querySelectorAll('[data-doe]')], reeksen: [], hoogte: Math.max(160, doek.querySelector('svg').getBoundingClientRect().height),
    uit: new Set(), bereik: null, punt: null,
  };
  inhoud.data.forEach((spoor) => { spoor.meta.naam = ontsnapt(spoor.name || ''); });
  metKnoppen(grafiek);
  neemOver(grafiek);
  doek.dataset.klaar = '';
  await zet(grafiek);
  grafiek.vlak.setAttribute('aria-hidden', 'true');
  const toetsen = inhoud.zoombaar ? ' Met + en - kijkt u in een deel, met 0 ziet u weer alles.' : '';
  doek.setAttribute('aria-label', `${doek.getAttribute('aria-label')}. Loop met de pijltjestoetsen langs de punten.${toetsen}`);
  metToetsen(grafiek);
  metAanwijzer(grafiek);
  volgScherm(grafiek);
  doek.dataset.klaar = 'ja';
}

function volgScherm(grafiek) {
  let smal = isSmal(grafiek.doek);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => zet(grafiek));
  new ResizeObserver(() => {
    if (smal === isSmal(grafiek.doek)) return;
    smal = !smal;
    zet(grafiek);
  }).observe(grafiek.doek);
}

// Whatever goes wrong, the drawing of the server comes back.
const probeer = (doek) => teken(doek).catch(() => { delete doek.dataset.klaar; });

// Large charts are drawn when they come near the screen, small ones when someone points at them or comes by with Tab.
function wachtAf(doeken) {
  const kijker = new IntersectionObserver((gezien) => gezien.filter((g) => g.isIntersecting).forEach(({ target }) => {
    kijker.unobserve(target);
    probeer(target);
  }), { rootMargin: '50% 0px' });
  doeken.forEach((doek) => {
    if (!('klein' in doek.dataset)) return kijker.observe(doek);
    let gevraagd = false;
    const vraag = () => { if (!gevraagd) { gevraagd = true; probeer(doek); } };
    return ['pointerenter', 'focus'].forEach((wanneer) => doek.addEventListener(wanneer, vraag));
  });
}

// Also those that come with a part of the page.
const bekend = new WeakSet();
const nieuwe = () => [...document.querySelectorAll('[data-figuur]')].filter((doek) => !bekend.has(doek) && bekend.add(doek));
wachtAf(nieuwe());
document.addEventListener('htmx:afterSettle', () => wachtAf(nieuwe()));
