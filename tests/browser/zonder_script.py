"""What a page says without script, held against what it says with script: the same, but for what script is for.

The page as it stands is compared with the page as the server sends it, read without running anything.
"""

from __future__ import annotations

from playwright.sync_api import Page

# Where Plotly draws and where a status is said, script adds; nowhere else. What it replaces says so in noscript.
VERGELIJK = """async () => {
  const kaal = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  const lees = (blad) => {
    const main = blad.querySelector('main');
    const teksten = (wat) => [...main.querySelectorAll(wat)]
      .filter((e) => !e.closest('.figuur-plotly, [role=status], noscript'))
      .map((e) => e.textContent.replace(/\\s+/g, ' ').trim());
    return {
      koppen: teksten('h1, h2, h3, h4'), cellen: teksten('th, td'), zinnen: teksten('p, li, figcaption, label'),
      links: [...main.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')),
    };
  };
  const [met, zonder] = [lees(document), lees(kaal)];
  const anders = Object.keys(met).filter((wat) => JSON.stringify(met[wat]) !== JSON.stringify(zonder[wat]));
  const los = [...kaal.querySelectorAll('main form')].filter((f) => {
    const velden = [...kaal.querySelectorAll('input, select, textarea, button')]
      .filter((e) => (e.hasAttribute('form') ? e.getAttribute('form') === f.id : f.contains(e)));
    return velden.some((e) => e.type !== 'hidden' && !e.hasAttribute('readonly'))
      && !velden.some((e) => e.type === 'submit');
  });
  return [
    ...anders.map((wat) => `${wat} anders zonder script`),
    ...los.map((f) => `een formulier zonder knop: ${f.outerHTML.slice(0, 120)}`),
  ];
}"""


def scriptfouten(page: Page) -> list[str]:
    """What differs without script, and the forms that cannot be sent without it."""
    return list(page.evaluate(VERGELIJK))
