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
    const kop = figuur.querySelector('figcaption')?.cloneNode(true);
    kop?.querySelector('b')?.remove();
    return kop ? [tekst(kop)] : [...figuur.closest('article, section, main').querySelectorAll('p')].map(zonderLink);
  };
  const lijn = (e) => {
    const stijl = getComputedStyle(e);
    return { soort: e.getAttribute('class'), streep: stijl.strokeDasharray, dikte: stijl.strokeWidth };
  };
  const spoor = (s) => ({
    rol: s.meta.rol, x: [...s.x], y: [...s.y], streep: s.line?.dash || 'solid', vorm: s.mode,
    marge: s.error_y ? [...s.error_y.array] : [],
  });
  const figuren = [...document.querySelectorAll('figure')].map((figuur) => {
    const tabel = figuur.querySelector('table');
    const vlak = figuur.querySelector('[data-klaar=ja] .figuur-plotly');
    return {
      naam: naamVan(figuur), zinnen: zinVan(figuur), verloop: figuur.classList.contains('verloop'),
      tekening: figuur.querySelectorAll('svg').length, staven: figuur.querySelectorAll('.staven').length,
      tekennaam: figuur.querySelector('svg.tekening')?.getAttribute('aria-label') || '',
      koppen: tabel ? [...tabel.tHead.rows[0].cells].map(tekst) : [],
      rijen: tabel ? [...tabel.tBodies[0].rows].map((rij) => [...rij.cells].map(tekst)) : [],
      punten: figuur.querySelectorAll('svg.tekening .punt').length,
      lengten: [...figuur.querySelectorAll('.staven rect')].map((r) => Number(r.getAttribute('width'))),
      lijnen: [...figuur.querySelectorAll('svg.tekening :is(.lijn, .bij, .doel)')].map(lijn),
      plekken: figuur.querySelectorAll('.figuur-doek').length,
      sporen: vlak ? vlak.data.map(spoor) : null,
    };
  });
  const gekleurd = [...document.querySelectorAll('[class*="toon-"], .warm, .signaal')]
    .filter((e) => [...e.classList].some((k) => /^(toon-.+|signaal)$/.test(k)))
    .map((e) => ({ html: e.outerHTML.slice(0, 160), vorm: e.querySelectorAll('svg').length, tekst: tekst(e) }));
  const los = [...document.querySelectorAll('svg.tekening')].filter((e) => !e.closest('figure')).length;
  return { figuren, gekleurd, los };
}
