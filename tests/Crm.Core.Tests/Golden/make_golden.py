"""Arbitrary-precision golden answers for customer-base models.

Commands (each may be given alone, the default is all three):

    python3 make_golden.py grid     writes pareto-nbd-grid.csv
    python3 make_golden.py base     writes small-base.csv
    python3 make_golden.py fits     writes small-base.json (reads small-base.csv)
    python3 make_golden.py verify   writes nothing: checks answers by other methods

Needs Python 3 and mpmath only.  The time unit is the week; a history is x
repeat purchases, the time t_x of the last of them (0 where x = 0) and the age T.

Models
  Pareto/NBD   purchase rate lambda ~ Gamma(r, rate alpha),
               dropout rate mu ~ Gamma(s, rate beta)
  BG/NBD       lambda ~ Gamma(r, rate alpha), dropout with probability
               p ~ Beta(a, b) after each repeat purchase
  MBG/NBD      the same, and also after the first purchase
  Gamma/Gamma  mean spend m of x purchases, each Gamma(p, rate nu),
               nu ~ Gamma(q, rate gamma)
"""

import csv
import json
import math
import os
import platform
import random
import sys
import time

import mpmath
from mpmath import mp, mpf

DATE = "2026-11-24"
HERE = os.path.dirname(os.path.abspath(__file__))
GRID = "pareto-nbd-grid.csv"
BASE_CSV = "small-base.csv"
BASE_JSON = "small-base.json"

GRID_SEED = 20261124
BASE_SEED = 2
BASE_CUSTOMERS = 400

MAKER = "make_golden.py with Python %s and mpmath %s" % (
    platform.python_version(), mpmath.__version__)


def text17(value):
    """A number rounded to 17 significant digits, as text."""
    return mp.nstr(value, 17)


# --------------------------------------------------------------------------
# Gauss-Legendre rules, to the working precision
# --------------------------------------------------------------------------

_rules = {}


def gauss_legendre(count):
    """Nodes and weights on [0, 1]."""
    key = (count, mp.prec)
    if key in _rules:
        return _rules[key]
    rule = []
    with mp.workprec(mp.prec + 30):
        for i in range(1, count + 1):
            z = mp.cos(mp.pi * (i - mpf(1) / 4) / (count + mpf(1) / 2))
            for _ in range(100):
                p0, p1 = mpf(1), z
                for k in range(2, count + 1):
                    p0, p1 = p1, ((2 * k - 1) * z * p1 - (k - 1) * p0) / k
                slope = count * (z * p1 - p0) / (z * z - 1)
                step = p1 / slope
                z -= step
                if abs(step) < mpf(2) ** (10 - mp.prec):
                    break
            weight = 1 / ((1 - z * z) * slope * slope)
            rule.append(((1 - z) / 2, weight))
    rule = [(+node, +weight) for node, weight in rule]
    _rules[key] = rule
    return rule


def integrate(f, low, high, count):
    """One Gauss-Legendre panel."""
    width = high - low
    return width * mp.fsum(w * f(low + width * z) for z, w in gauss_legendre(count))


def default_nodes():
    """Enough for panels which at most double the distance to a singularity."""
    return int(mp.dps * 0.72) + 10


# --------------------------------------------------------------------------
# The Pareto/NBD integral
# --------------------------------------------------------------------------

def decay_panels(n, alpha, s1, beta, low, high, scale=1):
    """Panels for the integral of (alpha+u)^-n (beta+u)^-s1 over [low, high]:
    none more than doubles alpha + u or beta + u, none takes the logarithm of
    the integrand down by more than 8, and they stop where the rest is
    beneath the working precision."""
    limit = (mp.dps + 30) * mp.log(10)
    u, fall = low, mpf(0)
    while u < high and fall < limit:
        step = scale * min(alpha + u, beta + u, 8 / (n / (alpha + u) + s1 / (beta + u)))
        end = u + step
        if end > high or high - end < step / 100:
            end = high
        yield u, end
        fall += n * mp.log((alpha + end) / (alpha + u)) + s1 * mp.log((beta + end) / (beta + u))
        u = end


def odds_dead_quadrature(r, alpha, s, beta, x, t_x, T, scale=1, nodes=None):
    """(1 - P) / P by quadrature."""
    if t_x == T:
        return mpf(0)
    nodes = nodes or default_nodes()
    n = r + x
    at_T = n * mp.log(alpha + T) + s * mp.log(beta + T)

    def f(u):
        b = beta + u
        return mp.exp(at_T - n * mp.log(alpha + u) - s * mp.log(b)) / b

    return s * mp.fsum(integrate(f, low, high, nodes)
                       for low, high in decay_panels(n, alpha, s + 1, beta, t_x, T, scale))


def odds_dead_hypergeometric(r, alpha, s, beta, x, t_x, T):
    """(1 - P) / P by Gauss hypergeometric functions of an argument in [0, 1):
    the integral from t_x to infinity less that from T to infinity."""
    if t_x == T:
        return mpf(0)
    n = r + x

    def tail(c):
        a, b = alpha + c, beta + c
        # Int_0^oo (a+v)^-n (b+v)^-(s+1) dv
        if alpha >= beta:
            # a^-(n+s)/(n+s) 2F1(n+s, s+1; n+s+1; 1-b/a), Euler: (b/a)^-s 2F1(1, n; .; .)
            front = -n * mp.log(a) - s * mp.log(b)
            f = mp.hyp2f1(1, n, n + s + 1, (a - b) / a)
        else:
            # b^-(n+s)/(n+s) 2F1(n+s, n; n+s+1; 1-a/b), Euler: (a/b)^(1-n) 2F1(1, s+1; .; .)
            front = (1 - n) * mp.log(a) - (s + 1) * mp.log(b)
            f = mp.hyp2f1(1, s + 1, n + s + 1, (b - a) / b)
        return mp.exp(front + n * mp.log(alpha + T) + s * mp.log(beta + T)) * f / (n + s)

    return s * (tail(t_x) - tail(T))


def odds_dead_tanh_sinh(r, alpha, s, beta, x, t_x, T):
    """(1 - P) / P by the tanh-sinh rule over w = ln(beta + u)."""
    n = r + x
    at_T = n * mp.log(alpha + T) + s * mp.log(beta + T)

    def f(w):
        return mp.exp(at_T - n * mp.log(alpha + mp.expm1(w) + 1 - beta) - s * w)

    points = [mp.log(beta + low) for low, _ in decay_panels(n, alpha, s + 1, beta, t_x, T)]
    # where the panels stop early the rest is nothing; else the last one ends at T
    ends = [high for _, high in decay_panels(n, alpha, s + 1, beta, t_x, T)]
    points.append(mp.log(beta + ends[-1]))
    return s * mp.quad(f, points, method="tanh-sinh")


def pareto_log_likelihood(r, alpha, s, beta, x, t_x, T, odds):
    return (mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha) + s * mp.log(beta)
            - (r + x) * mp.log(alpha + T) - s * mp.log(beta + T) + mp.log1p(odds))


def pareto_mean_life(s, b, t):
    """Int_0^t (b / (b + u))^s du."""
    if s == 1:
        return b * mp.log1p(t / b)
    return b / (s - 1) * -mp.expm1((1 - s) * mp.log1p(t / b))


# --------------------------------------------------------------------------
# File 1: the grid
# --------------------------------------------------------------------------

def grid_inputs():
    rng = random.Random(GRID_SEED)

    def log_uniform(low, high):
        return math.exp(rng.uniform(math.log(low), math.log(high)))

    def history(j):
        x = [0, 1, 2, 7, 30, 300, 5000, None][j % 8]
        if x is None:
            x = int(log_uniform(1, 5000))
        kind = j % 7
        T = (0.01 if kind == 0 else 1e4 if kind == 1 else 1.0 if kind == 2
             else 39.0 if kind == 3 else log_uniform(0.01, 1e4))
        if x == 0:
            t_x = 0.0
        else:
            where = j % 5
            t_x = (1e-6 * T if where == 0 else 0.999999 * T if where == 1
                   else T if where == 2 else rng.random() * T)
        t = rng.choice([0.1 * T, T, 10 * T, 39.0])
        return x, t_x, T, t

    rows = []
    extremes = [1e-3, 1.0, 1e4]
    j = 0
    for r in extremes:
        for alpha in extremes:
            for s in extremes:
                for beta in extremes:
                    for _ in range(3):
                        rows.append((r, alpha, s, beta) + history(j))
                        j += 1
    for k in range(360):
        r, alpha, s, beta = (log_uniform(1e-3, 1e4) for _ in range(4))
        if k % 9 == 0:
            s = 1.0
        elif k % 9 == 1:
            beta = alpha
        elif k % 9 == 2:
            beta = alpha * (1 + rng.choice([-1, 1]) * log_uniform(1e-12, 1e-2))
        elif k % 9 == 3:
            s = 1 + rng.choice([-1, 1]) * log_uniform(1e-12, 1e-2)
        elif k % 9 in (4, 5, 6):
            # nearer to what data give
            r, s = log_uniform(0.05, 5), log_uniform(0.05, 5)
            alpha, beta = log_uniform(1, 100), log_uniform(1, 100)
        rows.append((r, alpha, s, beta) + history(j))
        j += 1
    return rows


def grid_answers(row, method="quadrature"):
    """log-likelihood, log odds of dead (None where -infinity), expected purchases."""
    r, alpha, s, beta, x, t_x, T, t = map(mpf, row)
    if method == "quadrature":
        odds = odds_dead_quadrature(r, alpha, s, beta, x, t_x, T)
        life = pareto_mean_life(s, beta + T, t)
    elif method == "finer":
        odds = odds_dead_quadrature(r, alpha, s, beta, x, t_x, T, mpf("0.6"), default_nodes() + 9)
        life = pareto_mean_life(s, beta + T, t)
    else:
        other = odds_dead_hypergeometric if method == "hypergeometric" else odds_dead_tanh_sinh
        odds = other(r, alpha, s, beta, x, t_x, T)
        # by quadrature, where the other methods take the closed form
        b = beta + T
        life = mp.fsum(integrate(lambda u: mp.exp(-s * mp.log1p(u / b)), low, high, default_nodes())
                       for low, high in decay_panels(s, b, mpf(0), b, mpf(0), t))
    log_likelihood = pareto_log_likelihood(r, alpha, s, beta, x, t_x, T, odds)
    expected = (r + x) / (alpha + T) * life / (1 + odds)
    return log_likelihood, (mp.log(odds) if odds > 0 else None), expected


def disagreement(left, right):
    worst = mpf(0)
    for a, b in zip(left, right):
        if a is None or b is None:
            if a is not b:
                return mpf(1)
        elif a != b:
            worst = max(worst, abs(a - b) / max(abs(a), abs(b)))
    return worst


def settled(make, row, digits=25, start=50):
    """make(row) at rising precision until two precisions agree."""
    dps = start
    with mp.workdps(dps):
        before = make(row)
    while True:
        dps = dps * 3 // 2
        if dps > 700:
            raise ArithmeticError("not settled: %r" % (row,))
        with mp.workdps(dps):
            now = make(row)
            if disagreement(before, now) < mpf(10) ** -digits:
                return now, dps
        before = now


def write_grid():
    started = time.time()
    lines = [
        "# Pareto/NBD answers over a grid of parameters and histories.",
        "# Made by " + MAKER + ".",
        "# Command: python3 make_golden.py grid",
        "# Date: " + DATE,
        "# Working precision: 50 then 75 decimal digits (raised until two precisions agree to 25 digits).",
        "# Answers are rounded to 17 significant digits; inputs are the exact doubles (shortest round-trip).",
        "# log_odds_dead = ln((1 - P) / P), P = P(alive at T); empty where t_x = T (it is -infinity).",
        "# expected_purchases is in (T, T + expected_purchases_t] given the history, the chance of",
        "# being dead included; it may be below the smallest double.",
        "r,alpha,s,beta,x,t_x,T,log_likelihood,log_odds_dead,expected_purchases_t,expected_purchases",
    ]
    highest = 0
    for row in grid_inputs():
        (ll, odds, expected), dps = settled(grid_answers, row)
        highest = max(highest, dps)
        r, alpha, s, beta, x, t_x, T, t = row
        lines.append(",".join([repr(r), repr(alpha), repr(s), repr(beta), str(x), repr(t_x), repr(T),
                               text17(ll), "" if odds is None else text17(odds),
                               repr(t), text17(expected)]))
    write(GRID, "\n".join(lines) + "\n")
    print("%s: %d rows, highest precision %d, %.0f s"
          % (GRID, len(lines) - 10, highest, time.time() - started))


def verify_grid():
    """Every row again, by a finer split and by hypergeometric functions."""
    worst_finer = worst_hyper = mpf(0)
    checked = failed = 0
    slow = []
    for row in grid_inputs():
        with mp.workdps(60):
            answer = grid_answers(row)
            worst_finer = max(worst_finer, disagreement(answer, grid_answers(row, "finer")))
        started = time.time()
        try:
            other, _ = settled(lambda it: grid_answers(it, "hypergeometric"), row, 25, 100)
        except (ArithmeticError, ValueError, mp.NoConvergence) as fault:
            failed += 1
            with mp.workdps(60):
                it = disagreement(answer, grid_answers(row, "tanh-sinh"))
            print("  no hypergeometric answer (%s): disagreement with the tanh-sinh rule %s: %r"
                  % (str(fault).split(" to the")[0], mp.nstr(it, 3), row))
            continue
        if time.time() - started > 5:
            slow.append(row)
        checked += 1
        with mp.workdps(60):
            it = disagreement(answer, other)
            if it > mpf(10) ** -25:
                print("  disagrees:", row, mp.nstr(it, 3))
            worst_hyper = max(worst_hyper, it)
    print("grid: largest relative disagreement with a finer split %s; with hypergeometric functions %s "
          "(%d rows checked, %d without an answer, %d slow)"
          % (mp.nstr(worst_finer, 3), mp.nstr(worst_hyper, 3), checked, failed, len(slow)))


def write(name, text):
    text.encode("ascii")
    with open(os.path.join(HERE, name), "w", newline="\n") as file:
        file.write(text)


# --------------------------------------------------------------------------
# File 2: a small simulated base
# --------------------------------------------------------------------------

def simulate(seed, customers):
    rng = random.Random(seed)
    rows = []
    for _ in range(customers):
        rate = rng.gammavariate(0.6, 1 / 6.0)
        dropout = rng.betavariate(0.9, 1.8)
        age = rng.randint(26 * 7, 39 * 7)
        days = set()
        clock = 0.0
        while rng.random() >= dropout:
            clock += rng.expovariate(rate) if rate > 0 else math.inf
            if clock * 7 > age:
                break
            days.add(max(1, math.ceil(clock * 7)))
        nu = rng.gammavariate(4.0, 1 / 18.0)
        x = len(days)
        spend = sum(rng.gammavariate(6.0, 1 / nu) for _ in range(x))
        rows.append((x, max(days) / 7 if days else 0.0, age / 7,
                     round(spend / x, 2) if x else 0.0))
    return rows


def write_base():
    lines = [
        "# A small simulated customer base: x repeat purchases, the time t_x of the last and the age T",
        "# in weeks (whole days / 7), and the mean spend of the repeat purchases (0 where x = 0).",
        "# The customer id is the row number, from 1.",
        "# Made by " + MAKER + ".",
        "# Command: python3 make_golden.py base",
        "# Date: " + DATE,
        "# Simulated in doubles (random seed %d): lambda ~ Gamma(0.6, rate 6), dropout p ~ Beta(0.9, 1.8)" % BASE_SEED,
        "# after every purchase, the first included; T from 182 to 273 days; purchase times rounded up to",
        "# whole days, several on one day are one; spend Gamma(6, rate nu), nu ~ Gamma(4, rate 18).",
        "# Numbers are doubles (shortest round-trip, so no more than 17 significant digits).",
        "x,t_x,T,mean_spend",
    ]
    for x, t_x, T, spend in simulate(BASE_SEED, BASE_CUSTOMERS):
        lines.append("%d,%r,%r,%.2f" % (x, t_x, T, spend))
    write(BASE_CSV, "\n".join(lines) + "\n")
    print("%s: %d customers" % (BASE_CSV, BASE_CUSTOMERS))


def read_base():
    with open(os.path.join(HERE, BASE_CSV), newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [(int(row["x"]), float(row["t_x"]), float(row["T"]), float(row["mean_spend"])) for row in rows]


# --------------------------------------------------------------------------
# Second-order forward derivatives
# --------------------------------------------------------------------------

class Jet:
    """A value with its gradient and Hessian."""

    __slots__ = ("v", "g", "h")

    def __init__(self, v, g, h):
        self.v, self.g, self.h = v, g, h

    @staticmethod
    def exp_variables(logs):
        """Parameters, as functions of their logarithms."""
        k = len(logs)
        jets = []
        for i, it in enumerate(logs):
            v = mp.exp(it)
            jets.append(Jet(v, [v if j == i else mpf(0) for j in range(k)],
                            [[v if j == i and m == i else mpf(0) for m in range(k)] for j in range(k)]))
        return jets

    def chain(self, f, f1, f2):
        g, h = self.g, self.h
        k = range(len(g))
        return Jet(f, [f1 * a for a in g], [[f1 * h[i][j] + f2 * g[i] * g[j] for j in k] for i in k])

    def __add__(self, other):
        if not isinstance(other, Jet):
            return Jet(self.v + other, self.g, self.h)
        k = range(len(self.g))
        return Jet(self.v + other.v, [self.g[i] + other.g[i] for i in k],
                   [[self.h[i][j] + other.h[i][j] for j in k] for i in k])

    __radd__ = __add__

    def __neg__(self):
        return self * mpf(-1)

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        if not isinstance(other, Jet):
            return Jet(self.v * other, [a * other for a in self.g], [[a * other for a in row] for row in self.h])
        k = range(len(self.g))
        a, b = self, other
        return Jet(a.v * b.v, [a.v * b.g[i] + b.v * a.g[i] for i in k],
                   [[a.v * b.h[i][j] + b.v * a.h[i][j] + a.g[i] * b.g[j] + a.g[j] * b.g[i]
                     for j in k] for i in k])

    __rmul__ = __mul__


def jlog(a):
    return a.chain(mp.log(a.v), 1 / a.v, -1 / a.v ** 2)


def jexp(a):
    e = mp.exp(a.v)
    return a.chain(e, e, e)


def jloggamma(a):
    return a.chain(mp.loggamma(a.v), mp.psi(0, a.v), mp.psi(1, a.v))


# --------------------------------------------------------------------------
# Log-likelihoods as jets (in the logarithms of the parameters) and as numbers
# --------------------------------------------------------------------------

def cached(cache, key, make):
    if key not in cache:
        cache[key] = make()
    return cache[key]


def pareto_integral_jet(p, x, t_x, T):
    """Int_{t_x}^T (alpha+u)^-(r+x) (beta+u)^-(s+1) du, its derivatives under the integral."""
    r, alpha, s, beta = (it.v for it in p)
    n, s1 = r + x, s + 1
    g = [mpf(0)] * 4
    h = [[mpf(0)] * 4 for _ in range(4)]
    value = mpf(0)
    rule = gauss_legendre(default_nodes())
    for low, high in decay_panels(n, alpha, s1, beta, t_x, T):
        width = high - low
        for z, w in rule:
            u = low + width * z
            a, b = alpha + u, beta + u
            la, lb = mp.log(a), mp.log(b)
            f = width * w * mp.exp(-n * la - s1 * lb)
            value += f
            d = [-la, -n / a, -lb, -s1 / b]
            for i in range(4):
                fd = f * d[i]
                g[i] += fd
                for j in range(i, 4):
                    h[i][j] += fd * d[j]
            h[0][1] -= f / a
            h[1][1] += f * n / (a * a)
            h[2][3] -= f / b
            h[3][3] += f * s1 / (b * b)
    scale = [r, alpha, s, beta]
    for i in range(4):
        for j in range(i, 4):
            h[i][j] *= scale[i] * scale[j]
            if i == j:
                h[i][i] += scale[i] * g[i]
            h[j][i] = h[i][j]
    return Jet(value, [scale[i] * g[i] for i in range(4)], h)


def pareto_jet(p, history, cache):
    x, t_x, T = history
    r, alpha, s, beta = p
    n = r + x
    front = cached(cache, ("front", x), lambda: jloggamma(n) - jloggamma(r) + r * jlog(alpha) + s * jlog(beta))
    first = -(n * jlog(alpha + T)) - s * jlog(beta + T)
    if t_x == T:
        return front + first
    # with its own factor (alpha+T)^n (beta+T)^s to keep the sum near one
    rest = s * pareto_integral_jet(p, x, t_x, T)
    return front + first + jlog(rest * jexp(-first) + 1)


def bg_jet(p, history, cache, extra=0):
    """BG/NBD; MBG/NBD with extra = 1."""
    x, t_x, T = history
    r, alpha, a, b = p
    n = r + x
    k = x + extra

    def make():
        lb = jloggamma(a + b)
        base = jloggamma(a) + jloggamma(b) - lb
        alive = jloggamma(b + k) + jloggamma(a) - jloggamma(a + b + k) - base
        dead = jloggamma(a + 1) + jloggamma(b + (k - 1)) - jloggamma(a + b + k) - base if k else None
        return jloggamma(n) - jloggamma(r) + r * jlog(alpha), alive, dead

    front, alive, dead = cached(cache, ("front", x), make)
    total = jexp(alive - n * jlog(alpha + T))
    if k:
        total = total + jexp(dead - n * jlog(alpha + t_x))
    return front + jlog(total)


def mbg_jet(p, history, cache):
    return bg_jet(p, history, cache, 1)


def gamma_gamma_jet(parameters, history, cache):
    x, m = history
    p, q, gamma = parameters
    px = p * x
    front = cached(cache, ("front", x), lambda: jloggamma(px + q) - jloggamma(px) - jloggamma(q) + q * jlog(gamma))
    return front + (px + mpf(-1)) * mp.log(m) + px * mp.log(x) - (px + q) * jlog(gamma + x * m)


def pareto_ll(p, history):
    x, t_x, T = history
    return pareto_log_likelihood(*p, x, t_x, T, odds_dead_quadrature(*p, x, t_x, T))


def bg_parts(p, history, extra):
    """Logarithms of the alive and the dead term of the braces."""
    x, t_x, T = history
    r, alpha, a, b = p
    k = x + extra
    n = r + x
    base = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    alive = mp.loggamma(a) + mp.loggamma(b + k) - mp.loggamma(a + b + k) - base - n * mp.log(alpha + T)
    if k == 0:
        return alive, None
    dead = (mp.loggamma(a + 1) + mp.loggamma(b + k - 1) - mp.loggamma(a + b + k) - base
            - n * mp.log(alpha + t_x))
    return alive, dead


def bg_ll(p, history, extra=0):
    x = history[0]
    r, alpha = p[:2]
    alive, dead = bg_parts(p, history, extra)
    total = mp.exp(alive) + (mp.exp(dead) if dead is not None else 0)
    return mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha) + mp.log(total)


def gamma_gamma_ll(parameters, history):
    x, m = history
    p, q, gamma = parameters
    return (mp.loggamma(p * x + q) - mp.loggamma(p * x) - mp.loggamma(q) + q * mp.log(gamma)
            + (p * x - 1) * mp.log(m) + p * x * mp.log(x) - (p * x + q) * mp.log(gamma + x * m))


# --------------------------------------------------------------------------
# Maximum of the likelihood
# --------------------------------------------------------------------------

def total_jet(jet, logs, groups):
    """Sum over the customers, and the jet of each distinct history."""
    p = Jet.exp_variables(logs)
    cache = {}
    jets = {history: jet(p, tuple(map(mpf, history)), cache) for history in groups}
    total = None
    for history, members in groups.items():
        it = jets[history] * mpf(len(members))
        total = it if total is None else total + it
    return total, jets


def newton_step(total):
    """Solves -H step = g, with the diagonal raised until -H is positive definite."""
    k = len(total.g)
    ridge = mpf(0)
    while True:
        minus = mp.matrix(k)
        for i in range(k):
            for j in range(k):
                minus[i, j] = -total.h[i][j]
            minus[i, i] += ridge
        if min(mp.eigsy(minus, eigvals_only=True)) > mpf("1e-3"):
            step = mp.lu_solve(minus, mp.matrix(total.g))
            return [step[i] for i in range(k)]
        ridge = max(2 * ridge, mpf(1))


def maximise(jet, start, groups):
    """Logs of the parameters at the maximum: damped at 20 digits, then Newton at 60."""
    logs = [mp.log(it) for it in start]
    with mp.workdps(20):
        total, _ = total_jet(jet, logs, groups)
        for _ in range(200):
            step = newton_step(total)
            size = max(abs(it) for it in step)
            factor = min(mpf(1), 1 / size)
            while True:
                trial = [a + factor * b for a, b in zip(logs, step)]
                after, _ = total_jet(jet, trial, groups)
                if after.v >= total.v - mpf("1e-12"):
                    break
                factor /= 2
            logs, total = trial, after
            if size < mpf("1e-8"):
                break
        else:
            raise ArithmeticError("no maximum")
    with mp.workdps(60):
        for _ in range(20):
            total, jets = total_jet(jet, logs, groups)
            if max(abs(it) for it in total.g) < mpf("1e-30"):
                return logs, total, jets
            logs = [a + b for a, b in zip(logs, newton_step(total))]
    raise ArithmeticError("no maximum to 60 digits")


def covariances(total, jets, groups):
    k = len(total.g)
    minus = mp.matrix(k)
    b = mp.matrix(k)
    for i in range(k):
        for j in range(k):
            minus[i, j] = -total.h[i][j]
            b[i, j] = mp.fsum(len(members) * jets[h].g[i] * jets[h].g[j] for h, members in groups.items())
    v = minus ** -1
    return v, v * b * v, mp.eigsy(minus, eigvals_only=True)


def grouped(histories):
    """Distinct histories, each with the row numbers that have it."""
    groups = {}
    for row, history in histories:
        groups.setdefault(history, []).append(row)
    return groups


# --------------------------------------------------------------------------
# Conditional answers
# --------------------------------------------------------------------------

DELTA = mpf(2) / 1000
HORIZON = 39
WEEKS = 52


class Pareto:
    names = ["r", "alpha", "s", "beta"]
    jet = staticmethod(pareto_jet)
    start = ["0.6", "6", "0.5", "8"]
    extra = None

    def __init__(self, p):
        self.p = p
        self.r, self.alpha, self.s, self.beta = p

    def odds(self, h):
        return odds_dead_quadrature(*self.p, *h)

    def log_likelihood(self, h):
        return pareto_ll(self.p, h)

    def given_alive_purchases(self, h, t):
        x, _, T = h
        return (self.r + x) / (self.alpha + T) * pareto_mean_life(self.s, self.beta + T, t)

    def given_alive_pairs(self, h, t):
        """E[N (N - 1)]: lambda^2 min(life, t)^2."""
        x, _, T = h
        n, a, b, s = self.r + x, self.alpha + T, self.beta + T, self.s
        square = integrate(lambda u: 2 * u * (b / (b + u)) ** s, mpf(0), mpf(t), default_nodes())
        return n * (n + 1) / a ** 2 * square

    def given_alive_survival(self, h, t):
        b = self.beta + h[2]
        return (b / (b + t)) ** self.s

    def given_alive_pmf(self, h, t, count):
        x, _, T = h
        n, a, b, s = self.r + x, self.alpha + T, self.beta + T, self.s

        def nb(k, u):
            return mp.rf(n, k) / mp.factorial(k) * (a / (a + u)) ** n * (u / (a + u)) ** k

        return [nb(k, mpf(t)) * (b / (b + t)) ** s
                + integrate(lambda u: nb(k, u) * s / (b + u) * (b / (b + u)) ** s, mpf(0), mpf(t), default_nodes())
                for k in range(count)]

    def given_alive_dert(self, h):
        x, _, T = h
        b = self.beta + T
        return (self.r + x) / (self.alpha + T) * b * mp.exp(DELTA * b) * mp.expint(self.s, DELTA * b)

    def given_alive_discounted(self, h, t):
        x, _, T = h
        b = self.beta + T
        return (self.r + x) / (self.alpha + T) * integrate(
            lambda u: mp.exp(-DELTA * u) * (b / (b + u)) ** self.s, mpf(0), mpf(t), default_nodes())


class Beta:
    """BG/NBD (extra = 0) and MBG/NBD (extra = 1)."""
    names = ["r", "alpha", "a", "b"]
    start = ["0.5", "6", "1", "2"]
    tables = {}

    def __init__(self, p):
        self.p = p
        self.r, self.alpha, self.a, self.b = p

    def odds(self, h):
        alive, dead = bg_parts(self.p, h, self.extra)
        return mpf(0) if dead is None else mp.exp(dead - alive)

    def log_likelihood(self, h):
        return bg_ll(self.p, h, self.extra)

    def alive(self, h):
        x, _, T = h
        return self.r + x, self.alpha + T, self.a, self.b + x + self.extra

    def given_alive_purchases(self, h, t):
        """E[(1 - (1 + p t / alpha)^-r) / p], by E[1/p] and B(a-1, b) continued to a < 1."""
        n, c, a, b = self.alive(h)
        return (a + b - 1) / (a - 1) * (1 - mp.hyp2f1(n, a - 1, a + b - 1, -t / c))

    def given_alive_pairs(self, h, t):
        n, c, a, b = self.alive(h)
        front = 2 * n * (n + 1) / c ** 2 * b / (a + b)
        return front * integrate(lambda u: u * mp.hyp2f1(n + 2, a, a + b + 1, -u / c),
                                 mpf(0), mpf(t), default_nodes())

    def given_alive_survival(self, h, t):
        n, c, a, b = self.alive(h)
        return mp.hyp2f1(n, a, a + b, -t / c)

    def given_alive_pmf(self, h, t, count):
        n, c, a, b = self.alive(h)

        def nb(k):
            return mp.rf(n, k) / mp.factorial(k) * (c / (c + t)) ** n * (t / (c + t)) ** k

        pmf = []
        at_least = mpf(1)
        for k in range(count):
            value = mp.rf(b, k) / mp.rf(a + b, k) * nb(k)
            if k:
                value += a * mp.rf(b, k - 1) / mp.rf(a + b, k) * at_least
            pmf.append(value)
            at_least -= nb(k)
        return pmf

    def given_alive_dert(self, h):
        """The rate at u is n/c 2F1(n+1, a; a+b; -u/c): with v = u/c the function
        depends on x alone, so it is tabulated once for each x."""
        n, c, a, b = self.alive(h)
        key = (mp.prec, n, a, b)
        if key not in Beta.tables:
            table = []
            end, low = mp.dps * mp.log(10) / (DELTA * 30), mpf(0)
            nodes = default_nodes()
            while low < end:
                width = min(low + 1, mpf(150))
                for z, w in gauss_legendre(nodes):
                    v = low + width * z
                    table.append((v, width * w * mp.hyp2f1(n + 1, a, a + b, -v)))
                low += width
            Beta.tables[key] = table
        if c < 30:
            raise ValueError("the table ends too early")
        return n * mp.fsum(f * mp.exp(-DELTA * c * v) for v, f in Beta.tables[key])

    def given_alive_discounted(self, h, t):
        n, c, a, b = self.alive(h)
        half = mpf(t) / 2
        f = lambda u: mp.exp(-DELTA * u) * mp.hyp2f1(n + 1, a, a + b, -u / c)
        return n / c * (integrate(f, mpf(0), half, default_nodes()) + integrate(f, half, mpf(t), default_nodes()))


class Bg(Beta):
    extra = 0
    jet = staticmethod(bg_jet)


class Mbg(Beta):
    extra = 1
    jet = staticmethod(mbg_jet)


MODELS = {"pareto-nbd": Pareto, "bg-nbd": Bg, "mbg-nbd": Mbg}


def log_gradient(f, logs):
    """Central differences in the logarithms of the parameters of a list of
    functions: at 45 digits and a step of 1e-13, good to about 25 digits."""
    step = mpf(10) ** -13
    columns = []
    for i in range(len(logs)):
        values = []
        for sign in (1, -1):
            moved = list(logs)
            moved[i] += sign * step
            values.append(f([mp.exp(it) for it in moved]))
        columns.append([(a - b) / (2 * step) for a, b in zip(*values)])
    return [list(it) for it in zip(*columns)]


def delta_method(gradient, v):
    k = range(len(gradient))
    return mp.sqrt(mp.fsum(gradient[i] * v[i, j] * gradient[j] for i in k for j in k))


def choose_rows(base):
    """About a dozen row numbers (from 1), each for a reason."""
    rows = list(enumerate(base, 1))
    none = sorted((T, row) for row, (x, _, T, _) in rows if x == 0)
    some = [(x, t_x, T, row) for row, (x, t_x, T, _) in rows if x > 0]
    chosen = [none[0][1], none[len(none) // 2][1], none[-1][1]]
    chosen += [it[3] for it in sorted(some)[-2:]]                                   # largest x
    chosen += [it[3] for it in sorted(some, key=lambda it: it[1] / it[2])[-2:]]     # t_x = T or nearest
    early = sorted((it for it in some if it[0] >= 4), key=lambda it: it[1] / it[2])
    chosen += [it[3] for it in early[:2]]                                           # stopped early
    ones = sorted((it for it in some if it[0] == 1), key=lambda it: it[1] / it[2])
    chosen += [ones[0][3], ones[len(ones) // 2][3]]
    twos = sorted((it for it in some if it[0] == 2), key=lambda it: it[1] / it[2])
    chosen += [twos[len(twos) // 2][3]]
    threes = sorted((it for it in some if it[0] == 3), key=lambda it: it[1] / it[2])
    chosen += [threes[-1][3]]
    return sorted(set(chosen))


def purchase_model_answers(kind, base, logs, total, v, chosen):
    groups = grouped([(row, it[:3]) for row, it in enumerate(base, 1)])
    histories = {h: tuple(map(mpf, h)) for h in groups}
    at = kind([mp.exp(it) for it in logs])

    def alive_probability(model, h):
        return 1 / (1 + model.odds(h))

    def variance(h):
        p = alive_probability(at, h)
        m = at.given_alive_purchases(h, HORIZON)
        return p * (at.given_alive_pairs(h, HORIZON) + m) - (p * m) ** 2

    rows = []
    for row in chosen:
        h = histories[base[row - 1][:3]]
        p = alive_probability(at, h)

        def functions(parameters):
            model = kind(parameters)
            odds = model.odds(h)
            q = 1 / (1 + odds)
            return [-mp.log(odds) if odds > 0 else mpf(0),
                    mp.log(q * model.given_alive_purchases(h, HORIZON)),
                    mp.log(q * model.given_alive_dert(h)),
                    mp.log(q * model.given_alive_discounted(h, WEEKS))]

        logit, expected, dert, discounted = (delta_method(g, v) for g in log_gradient(functions, logs))
        pmf = [p * it for it in at.given_alive_pmf(h, HORIZON, 7)]
        pmf[0] += 1 - p
        x, t_x, T, _ = base[row - 1]
        rows.append({
            "row": row, "x": x, "t_x": t_x, "T": T,
            "log_likelihood": at.log_likelihood(h),
            "p_alive": p,
            "logit_p_alive_se": logit if at.odds(h) > 0 else None,
            "expected_purchases_39": p * at.given_alive_purchases(h, HORIZON),
            "log_expected_purchases_39_se": expected,
            "variance_purchases_39": variance(h),
            "pmf_39": pmf,
            "dert": p * at.given_alive_dert(h),
            "log_dert_se": dert,
            "discounted_52": p * at.given_alive_discounted(h, WEEKS),
            "log_discounted_52_se": discounted,
            "survival_39": p * at.given_alive_survival(h, HORIZON),
        })

    def sums(f):
        return mp.fsum(len(members) * f(histories[h]) for h, members in groups.items())

    def log_expected_total(parameters):
        model = kind(parameters)
        return [mp.log(sums(lambda h: alive_probability(model, h) * model.given_alive_purchases(h, HORIZON)))]

    totals = {
        "expected_purchases_39": sums(lambda h: alive_probability(at, h) * at.given_alive_purchases(h, HORIZON)),
        "log_se": delta_method(log_gradient(log_expected_total, logs)[0], v),
        "variance": sums(variance),
        "p_alive": sums(lambda h: alive_probability(at, h)),
        "dert": sums(lambda h: alive_probability(at, h) * at.given_alive_dert(h)),
    }
    return rows, totals


def fit_header(names, logs, total, v, sandwich, customers):
    k = range(len(names))
    values = [mp.exp(it) for it in logs]
    return {
        "parameters": dict(zip(names, values)),
        "log_likelihood": total.v,
        "customers": customers,
        "standard_errors": {names[i]: values[i] * mp.sqrt(v[i, i]) for i in k},
        "log_covariance": [[v[i, j] for j in k] for i in k],
        "sandwich_standard_errors": {names[i]: values[i] * mp.sqrt(sandwich[i, i]) for i in k},
        "sandwich_log_covariance": [[sandwich[i, j] for j in k] for i in k],
    }


def fit(jet, start, names, histories, name):
    groups = grouped(histories)
    logs, total, jets = maximise(jet, [mpf(it) for it in start], groups)
    with mp.workdps(60):
        v, sandwich, eigenvalues = covariances(total, jets, groups)
        answer = fit_header(names, logs, total, v, sandwich, len(histories))
        print("%s: %s; log-likelihood %s; log standard errors %s; eigenvalues of -Hessian %s" % (
            name, ", ".join("%s %s" % (n, mp.nstr(mp.exp(it), 6)) for n, it in zip(names, logs)),
            mp.nstr(total.v, 9), " ".join(mp.nstr(mp.sqrt(v[i, i]), 3) for i in range(len(names))),
            " ".join(mp.nstr(it, 4) for it in eigenvalues)), flush=True)
    return logs, total, v, answer


def fit_purchases(name, base):
    kind = MODELS[name]
    return fit(kind.jet, kind.start, kind.names, [(row, it[:3]) for row, it in enumerate(base, 1)], name)


def fit_spend(base):
    return fit(gamma_gamma_jet, ["4", "4", "20"], ["p", "q", "gamma"],
               [(row, (it[0], it[3])) for row, it in enumerate(base, 1) if it[0] > 0], "gamma-gamma")


def expected_spend(parameters, x, m):
    p, q, gamma = parameters
    return p * (gamma + x * m) / (p * x + q - 1)


def write_fits():
    started = time.time()
    base = read_base()
    chosen = choose_rows(base)
    answer = {"header": {
        "what": "Maximum-likelihood fits of four models to small-base.csv, and answers at the maximum. Covariances "
                "and standard errors named log_ are in the logarithms of the parameters, in the order of "
                "\"parameters\"; row numbers count from 1; discounting at delta = 0.002 per week.",
        "made_by": MAKER,
        "command": "python3 make_golden.py fits",
        "date": DATE,
        "precision": "60 decimal digits for the fits, 45 for the conditional answers; "
                     "numbers are rounded to 17 significant digits",
    }}
    for name, kind in MODELS.items():
        logs, total, v, it = fit_purchases(name, base)
        with mp.workdps(45):
            it["rows"], it["totals"] = purchase_model_answers(kind, base, logs, total, v, chosen)
        answer[name] = it
        Beta.tables.clear()
        print("  %.0f s" % (time.time() - started), flush=True)
    logs, total, v, it = fit_spend(base)
    buyers = sorted((base[row - 1][0], base[row - 1][3], row) for row in range(1, len(base) + 1) if base[row - 1][0])
    spends = sorted((m, row) for _, m, row in buyers)
    picked = {buyers[0][2], buyers[-1][2], buyers[-2][2], buyers[len(buyers) // 2][2], buyers[len(buyers) * 3 // 4][2],
              spends[0][1], spends[-1][1], spends[len(spends) // 2][1]}
    it["rows"] = []
    with mp.workdps(45):
        values = [mp.exp(a) for a in logs]
        for row in sorted(picked):
            x, m = mpf(base[row - 1][0]), mpf(base[row - 1][3])
            gradient = log_gradient(lambda p: [mp.log(expected_spend(p, x, m))], logs)[0]
            it["rows"].append({
                "row": row, "x": base[row - 1][0], "mean_spend": base[row - 1][3],
                "log_likelihood": gamma_gamma_ll(values, (x, m)),
                "expected_spend": expected_spend(values, x, m),
                "log_expected_spend_se": delta_method(gradient, v),
            })
    answer["gamma-gamma"] = it
    write(BASE_JSON, to_json(answer) + "\n")
    print("%s: %.0f s" % (BASE_JSON, time.time() - started))


def to_json(value, indent=""):
    """JSON with every mpf as a number of 17 significant digits."""
    if isinstance(value, dict):
        inner = indent + "  "
        return "{\n" + ",\n".join("%s%s: %s" % (inner, json.dumps(k), to_json(v, inner))
                                  for k, v in value.items()) + "\n" + indent + "}"
    if isinstance(value, list):
        if value and isinstance(value[0], (dict, list)):
            inner = indent + "  "
            return "[\n" + ",\n".join(inner + to_json(v, inner) for v in value) + "\n" + indent + "]"
        return "[" + ", ".join(to_json(v) for v in value) + "]"
    if isinstance(value, mpf):
        return text17(value)
    return json.dumps(value)


# --------------------------------------------------------------------------
# Checks by other methods
# --------------------------------------------------------------------------

def log_grid(low, high, count):
    """Nodes z with trapezoid weights on a sinh-stretched line."""
    reach_low, reach_high = math.asinh(low), math.asinh(high)
    step = (reach_high - reach_low) / count
    for i in range(count + 1):
        y = reach_low + i * step
        yield math.sinh(y), step * math.cosh(y)


def plain_quadrature(name, p, h, count=500):
    """Answers from the individual-level model by a 2-D trapezoid rule in doubles:
    over ln lambda and over ln mu or logit p."""
    x, t_x, T = h
    r, alpha = p[:2]
    c, d = p[2:]
    lambdas = []
    for z, w in log_grid(-150.0, 8.0, count):
        rate = math.exp(z)
        lambdas.append((rate, w * math.exp((r + x) * z - alpha * rate + r * math.log(alpha) - math.lgamma(r))))
    others = []
    if name == "pareto-nbd":
        for z, w in log_grid(-150.0, 8.0, count):
            others.append((math.exp(z), None, w * math.exp(c * z - d * math.exp(z)
                                                           + c * math.log(d) - math.lgamma(c))))
    else:
        beta = math.lgamma(c) + math.lgamma(d) - math.lgamma(c + d)
        for z, w in log_grid(-150.0, 150.0, count):
            one, other = 1 / (1 + math.exp(-z)), 1 / (1 + math.exp(z))
            others.append((one, other, w * math.exp(c * math.log(one) + d * math.log(other) - beta)))
    extra = {"pareto-nbd": None, "bg-nbd": 0, "mbg-nbd": 1}[name]
    sums = [[], [], [], [], [], [], []]
    for rate, wl in lambdas:
        if wl == 0:
            continue
        eT, et = math.exp(-rate * T), math.exp(-rate * t_x)
        for q, rest, wq in others:
            w = wl * wq
            if w == 0:
                continue
            if extra is None:
                q1 = rate + q
                alive = math.exp(-q1 * T)
                dead = q / q1 * math.exp(-q1 * t_x) * -math.expm1(-q1 * (T - t_x))
                leave, factor = q, 1.0
            else:
                k = x + extra
                alive = rest ** k * eT
                dead = q * rest ** (k - 1) * et if k else 0.0
                leave, factor = rate * q, rest
            # given alive at T: purchases at rate `rate`, leaving at rate `leave`
            live = w * alive
            t = float(HORIZON)
            lt = leave * t
            life = t * (-math.expm1(-lt) / lt if lt > 1e-8 else 1 - lt / 2)
            second = (2 / leave ** 2 * (-math.expm1(-lt) - lt * math.exp(-lt))) if lt > 1e-3 else t * t * (
                1 - 2 * lt / 3 + lt * lt / 4 - lt ** 3 / 15)
            ld = (leave + 0.002) * 52
            for total, value in zip(sums, (
                    w * (alive + dead), live, live * rate * life, live * rate * rate * factor * second,
                    live * rate / (leave + 0.002), live * rate * -math.expm1(-ld) / (leave + 0.002),
                    live * math.exp(-lt))):
                total.append(value)
    both, live, m, pairs, dert, discounted, survival = (math.fsum(it) for it in sums)
    mean = m / both
    return {"log_likelihood": math.log(both), "p_alive": live / both, "expected_purchases_39": mean,
            "variance_purchases_39": pairs / both + mean - mean * mean, "dert": dert / both,
            "discounted_52": discounted / both, "survival_39": survival / both}


def simulated_counts(name, p, h, p_alive, draws, seed):
    """Relative frequencies of 0..6 purchases in (T, T+39] and the mean and variance, by simulation."""
    rng = random.Random(seed)
    x, _, T = h
    r, alpha, c, d = p
    extra = {"pareto-nbd": None, "bg-nbd": 0, "mbg-nbd": 1}[name]
    counts = {}
    for _ in range(draws):
        n = 0
        if rng.random() < p_alive:
            rate = rng.gammavariate(r + x, 1 / (alpha + T))
            clock = 0.0
            if extra is None:
                end = min(39.0, rng.expovariate(rng.gammavariate(c, 1 / (d + T)) or 1e-300))
                while True:
                    clock += rng.expovariate(rate or 1e-300)
                    if clock > end:
                        break
                    n += 1
            else:
                q = rng.betavariate(c, d + x + extra)
                while True:
                    clock += rng.expovariate(rate or 1e-300)
                    if clock > 39.0:
                        break
                    n += 1
                    if rng.random() < q:
                        break
        counts[n] = counts.get(n, 0) + 1
    mean = sum(k * v for k, v in counts.items()) / draws
    variance = sum(k * k * v for k, v in counts.items()) / draws - mean * mean
    return [counts.get(k, 0) / draws for k in range(7)], mean, variance


def verify():
    verify_grid()
    base = read_base()
    with open(os.path.join(HERE, BASE_JSON)) as file:
        fits = json.load(file)
    for name, kind in MODELS.items():
        p = [fits[name]["parameters"][it] for it in kind.names]
        worst = {}
        # quadrature from the individual level, in doubles
        for it in fits[name]["rows"]:
            for key, value in plain_quadrature(name, p, (it["x"], it["t_x"], it["T"])).items():
                worst[key] = max(worst.get(key, 0), abs(value / it[key] - 1))
        print("%s: largest relative disagreement with 2-D quadrature of the individual-level model: %s"
              % (name, ", ".join("%s %.1e" % pair for pair in worst.items())), flush=True)
        # moments from the distribution itself
        with mp.workdps(30):
            at = kind([mpf(it) for it in p])
            for it in fits[name]["rows"][::5]:
                h = (mpf(it["x"]), mpf(it["t_x"]), mpf(it["T"]))
                alive = 1 / (1 + at.odds(h))
                pmf = [alive * q for q in at.given_alive_pmf(h, HORIZON, 160)]
                mean = mp.fsum(k * q for k, q in enumerate(pmf))
                variance = mp.fsum(k * k * q for k, q in enumerate(pmf)) - mean ** 2
                print("  row %d: distribution sums to P(alive) but for %s; mean off by %s; variance off by %s" % (
                    it["row"], mp.nstr(mp.fsum(pmf) - alive, 3),
                    mp.nstr(mean / it["expected_purchases_39"] - 1, 3),
                    mp.nstr(variance / it["variance_purchases_39"] - 1, 3)), flush=True)
        # simulation
        draws = 400000
        for it in fits[name]["rows"][1::6]:
            freq, mean, variance = simulated_counts(name, p, (it["x"], it["t_x"], it["T"]), it["p_alive"], draws, 7)
            z = [(a - b) / math.sqrt(b * (1 - b) / draws) for a, b in zip(freq, it["pmf_39"])]
            zm = (mean - it["expected_purchases_39"]) / math.sqrt(it["variance_purchases_39"] / draws)
            print("  row %d: simulation, %d draws: z of pmf %s; z of mean %.2f; variance ratio %.4f" % (
                it["row"], draws, " ".join("%.2f" % a for a in z), zm, variance / it["variance_purchases_39"]),
                flush=True)
    # derivatives of the log-likelihoods by differences
    with mp.workdps(60):
        for name, kind in MODELS.items():
            verify_derivatives(name, kind.jet, lambda q, h, kind=kind: kind(q).log_likelihood(h),
                               [fits[name]["parameters"][it] for it in kind.names],
                               [it[:3] for it in base[::29]])
        verify_derivatives("gamma-gamma", gamma_gamma_jet, gamma_gamma_ll,
                           [fits["gamma-gamma"]["parameters"][it] for it in ("p", "q", "gamma")],
                           [(it[0], it[3]) for it in base if it[0]][::9])
    verify_spend(fits["gamma-gamma"])


def verify_derivatives(name, jet, ll, p, histories):
    logs = [mp.log(mpf(it)) for it in p]
    k = range(len(p))
    worst = mpf(0)
    e = mpf(10) ** -15
    for history in histories:
        h = tuple(map(mpf, history))

        def f(moves):
            return ll([mp.exp(a + b * e) for a, b in zip(logs, moves)], h)

        unit = [[1 if i == j else 0 for j in k] for i in k]
        it = jet(Jet.exp_variables(logs), h, {})
        worst = max(worst, abs(it.v - f([0] * len(p))))
        for i in k:
            worst = max(worst, abs((f(unit[i]) - f([-a for a in unit[i]])) / (2 * e) - it.g[i]))
            for j in k:
                def g(a, b):
                    return f([a * unit[i][m] + b * unit[j][m] for m in k])
                cross = (g(1, 1) - g(1, -1) - g(-1, 1) + g(-1, -1)) / (4 * e * e)
                worst = max(worst, abs(cross - it.h[i][j]))
    print("%s: value, gradient and Hessian against differences: largest absolute disagreement %s"
          % (name, mp.nstr(worst, 3)), flush=True)


def verify_spend(fit):
    """f(m | x) and E(M | x, m) by integrating over nu."""
    worst = [mpf(0), mpf(0)]
    with mp.workdps(30):
        p, q, gamma = (mpf(fit["parameters"][it]) for it in ("p", "q", "gamma"))
        for it in fit["rows"]:
            x, m = mpf(it["x"]), mpf(it["mean_spend"])
            # the mean of x spends given nu is Gamma(p x, rate nu x); the mean spend is p / nu
            def f(z):
                nu = mp.exp(z)
                return mp.exp(p * x * mp.log(nu * x) + (p * x - 1) * mp.log(m) - nu * x * m - mp.loggamma(p * x)
                              + q * mp.log(gamma) + q * z - gamma * nu - mp.loggamma(q))
            centre = mp.log((p * x + q) / (gamma + x * m))
            width = 1 / mp.sqrt(p * x + q)
            points = [centre + i * width for i in range(-40, 13)]
            both = mp.quad(f, points)
            mean = mp.quad(lambda z: p * mp.exp(-z) * f(z), points) / both
            worst[0] = max(worst[0], abs(mp.log(both) / it["log_likelihood"] - 1))
            worst[1] = max(worst[1], abs(mean / it["expected_spend"] - 1))
    print("gamma-gamma: against integration over nu: log-likelihood %s, expected spend %s"
          % (mp.nstr(worst[0], 3), mp.nstr(worst[1], 3)))


def main(arguments):
    for name in arguments or ["grid", "base", "fits"]:
        {"grid": write_grid, "base": write_base, "fits": write_fits, "verify": verify,
         "verify-grid": verify_grid}[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
