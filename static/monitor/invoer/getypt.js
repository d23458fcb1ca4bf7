// Asks before a page is left with text that was typed and not sent; the browser words the question. Without this
// script the page says it itself.

const formulier = document.querySelector('form[data-getypt]');
let open = formulier?.dataset.getypt === 'ja';

formulier?.addEventListener('input', () => { open = true; });
formulier?.addEventListener('submit', () => { open = false; });
window.addEventListener('beforeunload', (vertrek) => { if (open) vertrek.preventDefault(); });
