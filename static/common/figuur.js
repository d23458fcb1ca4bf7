// Draws the charts of a page with Plotly, over the drawing the server made. How every chart looks is the template
// below; what it says comes from the server. Without this script the page is complete.

const OPTIES = {
  displayModeBar: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: '', showLink: false,
  locale: 'nl', responsive: true, scrollZoom: false, doubleClick: false,
};
const rustig = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const kleur = (naam) => getComputedStyle(document.documentElement).getPropertyValue(`--${naam}`).trim();

const isSmal = (doek) => doek.clientWidth < 560;

function stijlVan(rol) {
  return {
    hoofd: { line: { color: kleur('reeks'), width: 2 }, marker: { color: kleur('reeks'), size: 8, line: { width: 2, color: kleur('reeks') } } },
    bij: { line: { color: kleur('reeks-2'), width: 1.5 } },
    doel: { line: { color: kleur('doel'), width: 1.5, dash: 'dash' } },
    eerder: { line: { color: kleur('reeks-2'), width: 1.5, dash: 'dot' } },
    band: { fillcolor: kleur('band'), line: { width: 0 } },
  }[rol];
}

function aangekleed(spoor, smal) {
  const rol = spoor.meta.rol;
  const stijl = stijlVan(rol);
  const uit = { ...spoor, ...stijl, connectgaps: false, cliponaxis: false, showlegend: false };
  uit.marker = { ...stijl.marker, ...spoor.marker, ...(smal ? { size: 5 } : {}) };
  if (spoor.error_y) uit.error_y = { ...spoor.error_y, color: kleur('reeks'), thickness: 1.5, width: 4 };
  return { ...uit, ...(spoor.customdata ? { hovertemplate: '%{customdata}<extra></extra>' } : { hoverinfo: 'skip' }) };
}

// Labels at the right edge that would cover each other are moved apart.
function uiteen(labels, as, hoogte) {
  const perPixel = (as.range[1] - as.range[0]) / hoogte;
  const [doel, hoofd] = ['doel', 'hoofd'].map((naam) => labels.find((l) => l.name === naam));
  if (!doel || !hoofd || Math.abs(doel.y - hoofd.y) >= 16 * perPixel) return;
  hoofd.yshift = (hoofd.y >= doel.y ? 1 : -1) * (16 - Math.abs(doel.y - hoofd.y) / perPixel);
}

// On a narrow screen a year stands under its first quarter; every second one where they would touch.
function jaarlabels(teksten, breedte) {
  const jaren = teksten.map((t) => t.replace(/^Q\d/, '').replace('<br>20', '’'));
  const plekken = jaren.flatMap((jaar, i) => (jaar ? [i] : [])).reverse();
  const stap = Math.max(1, Math.ceil((24 * plekken.length) / breedte));
  return jaren.map((jaar, i) => (plekken.indexOf(i) % stap ? '' : jaar));
}

function opmaak(figuur, doek) {
  const smal = isSmal(doek);
  const inkt = { family: getComputedStyle(document.body).fontFamily, size: 12, color: kleur('inkt-2') };
  const labels = figuur.layout.annotations.map(({ kort, ...label }) => ({
    ...label, text: smal ? kort : label.text, xshift: label.xref === 'paper' ? 8 : 0, align: 'left', font: { ...inkt, ...(label.name === 'hoofd' ? { color: kleur('inkt'), weight: 600 } : {}) },
  }));
  const as = { showline: false, zeroline: false, fixedrange: true, tickfont: inkt };
  const x = figuur.layout.xaxis;
  const aanDeRand = labels.filter((label) => label.xref === 'paper');
  const breedste = Math.max(0, ...aanDeRand.map((label) => label.text.length));
  const rechts = smal ? 14 + breedste * 6.5 : Math.min(24 + breedste * 7, 190);
  const hoogte = (smal ? 288 : 352) - 60;
  uiteen(labels, figuur.layout.yaxis, hoogte);
  return {
    autosize: true, dragmode: false, hovermode: 'closest', font: inkt,
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: smal ? 46 : 62, r: rechts, t: 16, b: 44 },
    hoverlabel: { bgcolor: kleur('vlak'), bordercolor: kleur('lijn-sterk'), font: { ...inkt, color: kleur('inkt') } },
    xaxis: { ...as, ...x, showgrid: false, ticks: '', tickangle: 0, ticktext: smal ? jaarlabels(x.ticktext, doek.clientWidth - rechts - 60) : x.ticktext },
    yaxis: { ...as, ...figuur.layout.yaxis, gridcolor: kleur('raster'), automargin: true },
    annotations: labels,
    shapes: (figuur.layout.shapes || []).map((vorm) => ({ ...vorm, line: { color: kleur('inkt-2'), width: 1, dash: 'dot' } })),
    transition: { duration: rustig ? 0 : 150 },
  };
}

// Arrow keys walk over the points of the main line; what they say is shown and read out.
function metToetsen(doek, vlak, melder) {
  const punten = () => vlak.data.flatMap((spoor, curveNumber) =>
    (spoor.meta.rol === 'hoofd' ? spoor.x.map((_, pointNumber) => ({ curveNumber, pointNumber })) : []));
  let plek = -1;
  doek.addEventListener('keydown', (toets) => {
    const stap = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[toets.key];
    if (stap === undefined) return;
    toets.preventDefault();
    const alle = punten();
    plek = Math.max(0, Math.min(alle.length - 1, plek < 0 && stap === -1 ? alle.length - 1 : plek + stap));
    window.Plotly.Fx.hover(vlak, [alle[plek]]);
    melder.textContent = vlak.data[alle[plek].curveNumber].customdata[alle[plek].pointNumber];
  });
  doek.addEventListener('blur', () => window.Plotly.Fx.unhover(vlak));
}

async function teken(doek) {
  const antwoord = await fetch(doek.dataset.figuur, { headers: { Accept: 'application/json' } });
  if (!antwoord.ok) return;
  const figuur = await antwoord.json();
  // Another generation than the table below: the drawing of the server stays, which belongs to that table.
  if (figuur.generatie !== doek.dataset.generatie) return;
  const vlak = doek.querySelector('.figuur-plotly');
  const zet = () => window.Plotly.react(vlak, figuur.data.map((spoor) => aangekleed(spoor, isSmal(doek))), opmaak(figuur, doek), OPTIES);
  doek.dataset.klaar = '';
  await zet();
  vlak.setAttribute('aria-hidden', 'true');
  doek.setAttribute('aria-label', `${doek.getAttribute('aria-label')}. Loop met de pijltjestoetsen langs de punten.`);
  metToetsen(doek, vlak, doek.querySelector('[role=status]'));
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', zet);
  window.matchMedia('(max-width: 48rem)').addEventListener('change', zet);
  doek.dataset.klaar = 'ja';
}

// Whatever goes wrong, the drawing of the server comes back.
if (window.Plotly) {
  document.querySelectorAll('[data-figuur]').forEach((doek) => teken(doek).catch(() => { delete doek.dataset.klaar; }));
}
