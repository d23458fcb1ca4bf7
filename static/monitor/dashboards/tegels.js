// Arrow keys on the map of tiles: to the nearest tile that way. Tab goes through them as through any links.

const WEGEN = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function plek(tegel) {
  const vak = tegel.getBoundingClientRect();
  return [vak.top + vak.height / 2, vak.left + vak.width / 2];
}

// How far a tile is that lies that way, aside counting double; what lies the other way is out of reach.
function afstand(van, naar, [omlaag, opzij]) {
  const [y, x] = [naar[0] - van[0], naar[1] - van[1]];
  const [langs, dwars] = omlaag ? [y * omlaag, Math.abs(x)] : [x * opzij, Math.abs(y)];
  return langs > 1 ? langs + 2 * dwars : Infinity;
}

document.querySelectorAll('[data-tegels]').forEach((kaart) => {
  const tegels = [...kaart.querySelectorAll('a')];
  kaart.addEventListener('keydown', (toets) => {
    const weg = WEGEN[toets.key];
    if (!weg || toets.ctrlKey || toets.altKey || toets.metaKey || !tegels.includes(toets.target)) return;
    const hier = plek(toets.target);
    const ver = (tegel) => afstand(hier, plek(tegel), weg);
    const dichtst = tegels.reduce((een, ander) => (ver(ander) < ver(een) ? ander : een));
    if (ver(dichtst) === Infinity) return;
    toets.preventDefault();
    dichtst.focus();
  });
});
