// Ticking many at once without a round to the server, and the page by single keys for who turned shortcuts on. Without
// this script every button does the same by itself.

const formulier = document.querySelector('form[data-besluiten]');
const vakken = (binnen = formulier) => [...binnen.querySelectorAll('input[name="keuze"]')];
const knop = (naam, waarde) => formulier.querySelector(`button[name="${naam}"][value="${waarde}"]`);
const binnenVan = (element) => (element.value === 'alles' ? formulier : element.closest('[data-groep]'));

function tel() {
  const telling = formulier.querySelector('[data-telling]');
  if (!telling) return;
  const aantal = vakken().filter((vak) => vak.checked).length;
  telling.hidden = false;
  telling.textContent = `${aantal} gekozen`;
  for (const kies of formulier.querySelectorAll('button[data-alles]')) {
    kies.textContent = vakken(binnenVan(kies)).every((vak) => vak.checked) ? kies.dataset.geen : kies.dataset.alles;
  }
}

function kies(groep) {
  const alle = vakken(groep), aan = !alle.every((vak) => vak.checked);
  for (const vak of alle) vak.checked = aan;
  tel();
}

const hier = () => vakken().indexOf(document.activeElement);

function loop(stap) {
  const alle = vakken(), plek = hier() < 0 ? (stap > 0 ? 0 : alle.length - 1) : hier() + stap;
  alle[Math.max(0, Math.min(plek, alle.length - 1))]?.focus();
}

// The same key once more answers the question whether to do it; nothing does that by itself.
function besluit(wat) {
  const gevraagd = formulier.querySelector(`input[name="besluit"][value="${wat}"]`);
  const druk = (gevraagd && formulier.querySelector('button[name="zeker"]')) || knop('besluit', wat);
  if (druk) formulier.requestSubmit(druk);
}

function stuurTerug() {
  const reden = document.getElementById('reden');
  if (reden?.value.trim()) besluit('terugsturen');
  else reden?.focus();
}

function toonHulp() {
  const hulp = formulier.querySelector('.toetsenhulp');
  if (!hulp) return;
  hulp.open = !hulp.open;
  hulp.querySelector('summary').focus();
}

const TOETSEN = {
  j: () => loop(1),
  k: () => loop(-1),
  x: () => { if (hier() >= 0) document.activeElement.click(); },
  X: () => { if (hier() >= 0) kies(document.activeElement.closest('[data-groep]')); },
  '*': () => kies(formulier),
  a: () => besluit('vaststellen'),
  r: stuurTerug,
  '?': toonHulp,
};

if (formulier) {
  formulier.addEventListener('change', tel);
  formulier.addEventListener('click', (klik) => {
    const gedrukt = klik.target.closest('button[data-alles]');
    if (!gedrukt) return;
    klik.preventDefault();
    kies(binnenVan(gedrukt));
  });
  document.addEventListener('sneltoets', (toets) => {
    if (!Object.hasOwn(TOETSEN, toets.detail)) return;
    toets.preventDefault();
    TOETSEN[toets.detail]();
  });
  // Who follows a link to one row came to decide on that row; without this script it is marked and has the focus.
  const bedoeld = vakken().find((vak) => `#${vak.id}` === window.location.hash);
  if (bedoeld && !vakken().some((vak) => vak.checked)) bedoeld.checked = true;
  bedoeld?.focus({ preventScroll: true });
  tel();
}
