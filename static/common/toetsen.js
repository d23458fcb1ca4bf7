// Shortcuts of a single key. They are off until someone turns them on at the page Hulp (WCAG 2.1.4), and never act
// while someone types. Where a key leads is what the server put on the page: only what this person may open.

const SLEUTEL = 'sneltoetsen';

function staanAan() {
  try { return localStorage.getItem(SLEUTEL) === 'aan'; } catch { return false; }
}

function zet(aan) {
  try {
    if (aan) localStorage.setItem(SLEUTEL, 'aan');
    else localStorage.removeItem(SLEUTEL);
    return true;
  } catch { return false; }
}

// A box that is ticked takes no letters.
const VELD = 'input:not([type="checkbox"], [type="radio"]), select, textarea';
const typt = (element) => element.isContentEditable || element.matches?.(VELD);
const link = (toets) => document.querySelector(`a[data-toets="${CSS.escape(toets)}"]`);

// What explains a key shows only to who can use it.
const toonStand = () => document.documentElement.toggleAttribute('data-sneltoetsen', staanAan());
toonStand();

let wachtOpTweede = false;

function doe(toets) {
  const was = wachtOpTweede;
  wachtOpTweede = !was && toets === 'g';
  if (was) return link(toets);
  if (toets === '/') return document.querySelector('[data-zoekveld]');
  return toets === '?' ? link('?') : null;
}

document.addEventListener('keydown', (toets) => {
  if (toets.ctrlKey || toets.altKey || toets.metaKey || toets.isComposing || typt(toets.target) || !staanAan()) return;
  if (toets.key === 'Shift') return; // on its way to a question mark
  if (toets.repeat && !'jk'.includes(toets.key)) return; // a key that is held walks, and decides nothing
  // A page may have keys of its own: it says so by taking this event.
  const vanPagina = new CustomEvent('sneltoets', { detail: toets.key, cancelable: true });
  if (!wachtOpTweede && !document.dispatchEvent(vanPagina)) { toets.preventDefault(); return; }
  const doel = doe(toets.key);
  if (!doel) return;
  toets.preventDefault();
  if (doel.tagName === 'A') doel.click();
  else { doel.focus(); doel.select(); }
});

// The switch, on the page Hulp.
const schakelaar = document.getElementById('sneltoetsen');
if (schakelaar) {
  const melder = document.getElementById('sneltoetsen-stand');
  schakelaar.closest('[hidden]').hidden = false;
  schakelaar.checked = staanAan();
  schakelaar.addEventListener('change', () => {
    const gelukt = zet(schakelaar.checked);
    toonStand();
    if (!gelukt) schakelaar.checked = false;
    if (!gelukt) melder.textContent = 'Deze browser bewaart de keuze niet. De sneltoetsen blijven uit.';
    else melder.textContent = schakelaar.checked ? 'De sneltoetsen staan aan.' : 'De sneltoetsen staan uit.';
  });
}

// The same where the keys are of use; off again on the page Hulp.
for (const aan of document.querySelectorAll('[data-sneltoetsen-aan]')) {
  aan.hidden = false;
  aan.addEventListener('click', () => {
    if (!zet(true)) { aan.textContent = 'Deze browser bewaart de keuze niet'; return; }
    toonStand();
    document.querySelector('.toetsenhulp summary')?.focus();
  });
}

// Back to a page that the browser kept as it was: it shows what was typed then, not what is kept now. Ask for it anew.
window.addEventListener('pageshow', (terug) => { if (terug.persisted) location.reload(); });

// What Enter presses in a form whose buttons each decide something: nothing happens (_components/geen_enter.html).
document.addEventListener('click', (klik) => {
  if (klik.target.closest?.('button[data-niets]')) klik.preventDefault();
});
