// What the rules for charts need to know of a page: read here, judged in figuurregels.py.
() => {
  const tekst = (e) => (e ? e.textContent.replace(/\s+/g, ' ').trim() : '');
  const naamVan = (e) => e.getAttribute('aria-label') || tekst(document.getElementById(e.getAttribute('aria-labelledby')));
  const zonderLink = (e) => {
    const kopie = e.cloneNode(true);
    kopie.querySelectorAll('a').forEach((a) => a.remove());
    return tekst(kopie);
  };
  const zinVan = (figuur) => {
    const kop = figuur.querySelector('figcaption');
    return kop ? [...kop.children, kop].map(tekst) : [...figuur.closest('article, section, main').querySelectorAll('p')].map(zonderLink);
  };
  const ontsnapt = (t) => new DOMParser().parseFromString(t.replaceAll('<br>', ' '), 'text/html').body.textContent;
  const helder = (kleur) => kleur.match(/[\d.]+/g).slice(0, 3).map((d) => Number(d) / 255)
    .map((d) => (d <= 0.04045 ? d / 12.92 : ((d + 0.055) / 1.055) ** 2.4)).reduce((som, d, i) => som + d * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (een, ander) => {
    const [hoog, laag] = [helder(een), helder(ander)].sort((a, b) => b - a);
    return (hoog + 0.05) / (laag + 0.05);
  };
  const achtergrond = (e) => {
    for (let nu = e; nu; nu = nu.parentElement) {
      const kleur = getComputedStyle(nu).backgroundColor;
      if (!/, 0\)|transparent/.test(kleur)) return kleur;
    }
    return 'rgb(255, 255, 255)';
  };
  // Every word of a drawing: where it stands, and how well it can be read.
  const woorden = (svg, wat) => {
    const kader = svg.getBoundingClientRect();
    const vlak = achtergrond(svg.parentElement);
    return [...svg.querySelectorAll(wat)].filter((e) => tekst(e) && e.getBoundingClientRect().width).map((e) => {
      const r = e.getBoundingClientRect();
      const kleur = getComputedStyle(e).fill;
      return {
        tekst: tekst(e), vak: [r.left, r.top, r.right, r.bottom], contrast: contrast(kleur, vlak),
        buiten: Math.max(kader.left - r.left, kader.top - r.top, r.right - kader.right, r.bottom - kader.bottom),
      };
    });
  };
  const getekend = (figuur) => {
    const doek = figuur.querySelector('.figuur-doek');
    const svg = figuur.querySelector('svg.tekening');
    if (!svg) return [];
    const klaar = doek?.dataset.klaar;
    if (doek) delete doek.dataset.klaar;
    const gelezen = woorden(svg, 'text');
    if (doek && klaar) doek.dataset.klaar = klaar;
    return gelezen;
  };
  const spoor = (s) => ({
    rol: s.meta.rol, steel: !!s.meta.steel, soort: s.type, naam: s.name || '', gezegd: (s.customdata || []).filter(Boolean).map(ontsnapt),
    uiterlijk: [s.type, s.mode || '', s.line?.dash || 'solid', s.line?.width || 0, [s.marker?.symbol || ''].flat()[0], s.fill || ''].join(' '),
  });
  const plotly = (figuur) => {
    const vlak = figuur.querySelector('[data-klaar=ja] .figuur-plotly');
    if (!vlak?.data) return null;
    const svg = vlak.querySelector('.main-svg');
    return { sporen: vlak.data.map(spoor), woorden: woorden(svg, '.xtick text, .ytick text').concat([...vlak.querySelectorAll('.main-svg')].flatMap((een) => woorden(een, '.annotation-text'))) };
  };
  const figuren = [...document.querySelectorAll('figure')].map((figuur) => {
    const tabel = figuur.querySelector('table');
    return {
      naam: naamVan(figuur), zinnen: zinVan(figuur), tekening: figuur.querySelectorAll('svg.tekening, .staven svg').length,
      tekennaam: figuur.querySelector('svg.tekening, .staven svg')?.getAttribute('aria-label') || '',
      koppen: tabel ? [...tabel.tHead.rows[0].cells].map(tekst) : [],
      rijen: tabel ? [...tabel.tBodies[0].rows].map((rij) => [...rij.cells].map(tekst)) : [],
      staven: figuur.querySelectorAll('.staven').length, getekend: getekend(figuur), plotly: plotly(figuur),
    };
  });
  const gekleurd = [...document.querySelectorAll('[class*="toon-"], .warm, .signaal')]
    .filter((e) => [...e.classList].some((k) => /^(toon-.+|signaal)$/.test(k)))
    .map((e) => ({ html: e.outerHTML.slice(0, 160), vorm: e.querySelectorAll('svg').length, tekst: tekst(e) }));
  const los = [...document.querySelectorAll('svg.tekening')].filter((e) => !e.closest('figure')).length;
  return { figuren, gekleurd, los };
}
