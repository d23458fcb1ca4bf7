// Asks before a page is left with text that was typed and not sent; the browser words the question. Without this
// script the page says it itself. Enter in a table, also in a remark, goes to the same column of the next row, as in the grid,
// and an address that ends in a row comes out in it.

const formulier = document.querySelector('form[data-getypt]');
let open = formulier?.dataset.getypt === 'ja';

formulier?.addEventListener('input', () => { open = true; });
formulier?.addEventListener('submit', () => { open = false; });
window.addEventListener('beforeunload', (vertrek) => { if (open) vertrek.preventDefault(); });

formulier?.addEventListener('keydown', (toets) => {
  const veld = toets.target, kolom = veld.name?.split('.').pop();
  if (toets.key !== 'Enter' || toets.isComposing || !['INPUT', 'TEXTAREA'].includes(veld.tagName)) return;
  if (toets.ctrlKey || toets.metaKey) {
    toets.preventDefault();
    veld.form.requestSubmit();
    return;
  }
  if (!veld.closest('td')) return;
  toets.preventDefault();
  const zelfde = [...formulier.querySelectorAll(`td [name$=".${CSS.escape(kolom)}"]`)];
  const doel = zelfde[zelfde.indexOf(veld) + (toets.shiftKey ? -1 : 1)];
  doel?.focus();
  doel?.select();
});

function naarRij() {
  const rij = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const doel = rij?.matches?.('tr') && (rij.querySelector('[aria-invalid="true"]') || rij.querySelector('td input'));
  if (!doel) return;
  doel.focus();
  doel.select();
}

if (formulier) {
  const lijst = document.querySelector('[data-focus]');
  if (lijst) lijst.focus();
  else if (document.readyState === 'complete') naarRij();
  else window.addEventListener('load', () => setTimeout(naarRij));
  window.addEventListener('hashchange', naarRij);
}
