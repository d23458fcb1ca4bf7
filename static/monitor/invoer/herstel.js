// Putting rows right: Enter goes to the next wrong cell while the one that was left is checked, and what is typed
// during a check stays. Without this script the page has a button for it.

const formulier = document.getElementById('herstel');
const stand = document.getElementById('herstelstand'); // said aloud: what is swapped is not
const velden = () => [...formulier.querySelectorAll('[name^="cel:"]')];
const fouten = () => velden().filter((veld) => veld.matches('[aria-invalid]'));
const ongetypt = () => fouten().filter((veld) => veld.value === veld.defaultValue); // of the others a check is under way
let verstuurd = new Map();
let getypt = [];
let gekozen = null; // what was selected in the cell with the focus: the next key types over it
let klaar = false; // the last wrong cell was left: go on when there is no other

function volgende(veld) {
  const alle = ongetypt();
  const hier = velden().indexOf(veld);
  return alle.find((ander) => velden().indexOf(ander) > hier) ?? alle.find((ander) => ander !== veld);
}

function ga(veld) {
  veld.focus();
  veld.select();
}

formulier.addEventListener('keydown', (toets) => {
  if (toets.key !== 'Enter' || toets.isComposing || !toets.target.matches('input[name^="cel:"]')) return;
  toets.preventDefault();
  const verder = volgende(toets.target);
  klaar = !verder;
  if (verder) ga(verder);
  else toets.target.blur();
});

// From the list at the top to a cell, ready to be typed over.
formulier.addEventListener('click', (klik) => {
  const veld = document.getElementById(klik.target.closest?.('.foutlijst a')?.hash.slice(1));
  if (!veld?.matches('input, textarea')) return;
  klik.preventDefault();
  ga(veld);
});

// A cell that was typed in while another was checked is new to the browser: it does not see a change in it.
formulier.addEventListener('focusout', ({ target: veld }) => {
  if (veld.dataset?.gebleven === undefined) return;
  delete veld.dataset.gebleven;
  veld.dispatchEvent(new Event('change', { bubbles: true }));
});

document.addEventListener('htmx:configRequest', () => {
  verstuurd = new Map(velden().map((veld) => [veld.name, veld.value]));
});

document.addEventListener('htmx:beforeSwap', () => {
  getypt = velden().filter((veld) => veld.value !== verstuurd.get(veld.name)).map((veld) => [veld.name, veld.value]);
  const { id, selectionStart, selectionEnd } = document.activeElement;
  gekozen = velden().some((veld) => veld.id === id) ? [id, selectionStart, selectionEnd] : null;
});

document.addEventListener('htmx:afterSwap', () => {
  stand.textContent = formulier.querySelector('#fouten-kop, #bestand-kop')?.textContent ?? 'Er zijn geen rijen met een fout.';
  getypt.forEach(([naam, tekst]) => {
    const veld = formulier.elements.namedItem(naam);
    if (!veld) return;
    veld.value = tekst;
    veld.dataset.gebleven = '';
  });
  const [id, ...vanTot] = gekozen ?? [];
  if (id) document.getElementById(id)?.setSelectionRange(...vanTot);
  const [veld] = ongetypt();
  if (!klaar || (!veld && fouten().length)) return;
  klaar = false;
  if (veld) ga(veld);
  else formulier.querySelector('textarea[name="toelichting"], textarea[name="reden"], [data-verder]')?.focus();
});
