// A file that is read while its owner went on: ask now and then, and say on this page when it is done.

const WACHT = 3000; // milliseconds
const plek = document.getElementById('importmelding');

async function vraag() {
  const antwoord = await fetch(plek.dataset.adres, { headers: { 'X-Vanzelf': '1' } }).catch(() => null);
  if (antwoord && (!antwoord.ok || antwoord.redirected)) return; // logged out meanwhile: the page itself will say so
  if (antwoord) plek.innerHTML = await antwoord.text();
  if (plek.querySelector('[data-bezig]')) setTimeout(vraag, WACHT);
}

if (plek) setTimeout(vraag, WACHT);
