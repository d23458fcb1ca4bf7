// Counts along, in words as the server counts them. Without this script the server says how many there are.
for (const veld of document.querySelectorAll('textarea[data-woorden]')) {
  const meeste = Number(veld.dataset.woorden), telling = document.createElement('p');
  telling.className = 'woordental';
  telling.setAttribute('role', 'status');
  veld.after(telling);
  const tel = () => {
    const aantal = veld.value.split(/\s+/u).filter(Boolean).length;
    telling.textContent = `${aantal} van ${meeste} woorden`;
    telling.classList.toggle('te-veel', aantal > meeste);
  };
  veld.addEventListener('input', tel);
  tel();
}
