"""What chance alone does: to a count, to a counted share, and to a forecast out of a few years. Pure.

In Decimal. A distribution is summed outwards from its highest term, each term a product with the one before it: all
are positive, so no digits cancel, and what is left out is smaller than ``KLEINST`` of the highest term.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from itertools import accumulate

BUITEN_GRENS = Decimal("0.00135")  # what lies outside a limit on each side: three standard deviations of a normal
BUITEN_ZONE = Decimal("0.02275")  # two of them
KLEINST = Decimal("1e-18")
BREDE_SPREIDING = 1_000_000  # a variance above this is as good as normal, but for its skewness

KLEINE_TELLING = 50  # counts below this show their interval
HALF = Decimal("0.025")  # what may fall outside on each side
Z = Decimal("1.959963984540054")  # the standard normal quantile of 97,5%
NEGENTIG = Decimal("0.9")
PI = Decimal("3.141592653589793238462643383279503")
_CIJFERS = 34
NAUWKEURIG = Decimal("1e-10")

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Toevalsgrenzen:
    """The lowest and highest count that is ordinary, and from where a count is far from its mean."""

    onder: int
    zone_onder: int
    zone_boven: int
    boven: int


@lru_cache(maxsize=4096)
def poissongrenzen(gemiddelde: Fraction) -> Toevalsgrenzen:
    """Of a count of which ``gemiddelde`` is expected; a mean of 0 or less leaves no room."""
    if gemiddelde <= 0:
        return Toevalsgrenzen(0, 0, 0, 0)
    if gemiddelde > BREDE_SPREIDING:
        return _als_normaal(als_getal(gemiddelde), als_getal(gemiddelde), Decimal(1))
    m = als_getal(gemiddelde)
    return _kwantielen(int(gemiddelde), None, lambda k: m / (k + 1), lambda k: k / m)


@lru_cache(maxsize=16384)
def binomiaalgrenzen(noemer: int, kans: Fraction) -> Toevalsgrenzen:
    """Of the number out of ``noemer`` that each have this chance; ``kans`` is held between 0 and 1."""
    if not 0 < kans < 1:
        vast = noemer if kans >= 1 else 0
        return Toevalsgrenzen(vast, vast, vast, vast)
    p, q = als_getal(kans), als_getal(1 - kans)
    if noemer * p * q > BREDE_SPREIDING:
        return _als_normaal(noemer * p, noemer * p * q, q - p)
    hoogste = min(noemer, int((noemer + 1) * kans))
    omhoog, omlaag = p / q, q / p
    return _kwantielen(
        hoogste, noemer, lambda k: (noemer - k) * omhoog / (k + 1), lambda k: k * omlaag / (noemer - k + 1)
    )


def _kwantielen(
    top: int, einde: int | None, omhoog: Callable[[int], Decimal], omlaag: Callable[[int], Decimal]
) -> Toevalsgrenzen:
    """``omhoog(k)`` makes the term of k + 1 out of that of k, ``omlaag(k)`` that of k - 1."""
    onder = [*_termen(top, 0, -1, omlaag)][::-1]
    boven = [*_termen(top, einde, 1, omhoog)]
    eerste, tot_hier = top - len(onder), list(accumulate([*onder, Decimal(1), *boven]))
    geheel = tot_hier[-1]

    def kwantiel(deel: Decimal) -> int:
        return eerste + next(n for n, som in enumerate(tot_hier) if som >= deel * geheel)

    return Toevalsgrenzen(
        kwantiel(BUITEN_GRENS), kwantiel(BUITEN_ZONE), kwantiel(1 - BUITEN_ZONE), kwantiel(1 - BUITEN_GRENS)
    )


def _termen(top: int, einde: int | None, stap: int, keer: Callable[[int], Decimal]) -> Iterator[Decimal]:
    """The terms beside the highest one, which is 1, until they are too small to count."""
    k, term = top, Decimal(1)
    while k != einde:
        term *= keer(k)
        if term < KLEINST:
            return
        yield term
        k += stap


def _als_normaal(gemiddelde: Decimal, spreiding: Decimal, scheef: Decimal) -> Toevalsgrenzen:
    """``scheef`` is the skewness times the standard deviation; the rest of the series is less than one count."""
    breed = spreiding.sqrt()

    def plek(keer: int, afronden: str) -> int:
        return int((gemiddelde + keer * breed + (keer**2 - 1) * scheef / 6).to_integral_value(afronden))

    return Toevalsgrenzen(plek(-3, ROUND_FLOOR), plek(-2, ROUND_FLOOR), plek(2, ROUND_CEILING), plek(3, ROUND_CEILING))


def als_getal(breuk: Fraction) -> Decimal:
    """With 28 digits: for what is shown, and for a root."""
    return Decimal(breuk.numerator) / Decimal(breuk.denominator)


@cache
def student_kwantiel(vrijheid: int) -> Decimal:
    """Student's t at 90%: 80% lies between both sides."""
    laag, hoog = Decimal(0), Decimal(4)
    while hoog - laag > NAUWKEURIG:
        midden = (laag + hoog) / 2
        laag, hoog = (midden, hoog) if student_kans(midden, vrijheid) < NEGENTIG else (laag, midden)
    return hoog


def student_kans(t: Decimal, vrijheid: int) -> Decimal:
    """The chance that Student's t with so many degrees of freedom lies at or below ``t``."""
    with localcontext(prec=_CIJFERS):
        n = Decimal(vrijheid)
        cosinus2 = n / (n + t * t)
        sinus = t / (n + t * t).sqrt()
        if vrijheid % 2 == 0:
            return Decimal("0.5") + sinus * _studentreeks(cosinus2, 1, vrijheid) / 2
        hoek = _boogtangens(t / n.sqrt())
        rest = sinus * cosinus2.sqrt() * _studentreeks(cosinus2, 2, vrijheid) if vrijheid > 1 else Decimal(0)
        return Decimal("0.5") + (hoek + rest) / PI


def _studentreeks(cosinus2: Decimal, begin: int, vrijheid: int) -> Decimal:
    """1 + (begin / (begin + 1)) x + ... with (vrijheid - begin + 1) / 2 terms in all, x the squared cosine."""
    term = som = Decimal(1)
    for k in range(begin, vrijheid - 2, 2):
        term *= cosinus2 * k / (k + 1)
        som += term
    return som


def _boogtangens(x: Decimal) -> Decimal:
    """Halved twice, so that the series converges fast."""
    for _ in range(3):
        x = x / (1 + (1 + x * x).sqrt())
    term, som, n = x, x, 1
    while abs(term) > Decimal("1e-32"):
        term, n = -term * x * x, n + 2
        som += term / n
    return 8 * som


@cache
def poisson(aantal: int) -> Interval:
    """The exact interval of the mean of a count from 0 up to ``KLEINE_TELLING``; ValueError for any other count."""
    if not 0 <= aantal < KLEINE_TELLING:
        raise ValueError(f"Geen klein aantal: {aantal}")
    with localcontext(prec=_CIJFERS):
        onder = _waar(aantal - 1, 1 - HALF) if aantal else Decimal(0)
        return onder, _waar(aantal, HALF)


def _waar(aantal: int, kans: Decimal) -> Decimal:
    """The mean at which the chance of at most ``aantal`` is ``kans``: halved until it is known well enough."""
    laag, hoog = Decimal(0), Decimal(2 * aantal + 10)
    while hoog - laag > NAUWKEURIG:
        midden = (laag + hoog) / 2
        laag, hoog = (midden, hoog) if _hoogstens(aantal, midden) > kans else (laag, midden)
    return (laag + hoog) / 2


def _hoogstens(aantal: int, gemiddelde: Decimal) -> Decimal:
    """The chance of at most ``aantal`` where ``gemiddelde`` is expected."""
    term = som = Decimal(1)
    for k in range(1, aantal + 1):
        term = term * gemiddelde / k
        som += term
    return som * (-gemiddelde).exp()


def wilson(teller: Decimal, noemer: Decimal) -> Interval:
    """The interval of a share ``teller / noemer``, as shares from 0 to 1; ValueError where it is no share."""
    if not (noemer > 0 and 0 <= teller <= noemer):
        raise ValueError(f"Geen deel van een geheel: {teller} van {noemer}")
    with localcontext(prec=_CIJFERS):
        kwadraat = Z * Z
        midden = (teller + kwadraat / 2) / (noemer + kwadraat)
        breed = Z * (teller * (noemer - teller) / noemer + kwadraat / 4).sqrt() / (noemer + kwadraat)
        return max(Decimal(0), midden - breed), min(Decimal(1), midden + breed)
