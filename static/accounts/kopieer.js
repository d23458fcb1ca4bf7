// Copy an address at one press. Without this script it stands in a field that can be selected whole.

for (const knop of document.querySelectorAll('[data-kopieer]')) {
  const veld = document.getElementById(knop.dataset.kopieer), melder = document.querySelector('[data-gekopieerd]');
  knop.hidden = false;
  veld.addEventListener('focus', () => veld.select());
  knop.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(veld.value);
      melder.textContent = 'Gekopieerd.';
    } catch {
      veld.focus();
      melder.textContent = 'Het adres is geselecteerd: kopieer het met Ctrl + C.';
    }
  });
}
