"""The same tasks with the peers, one thread: name, units, processor seconds.

Needs numpy and scipy; statsmodels, pandas and diptest for their own tasks. A task whose peer is
not installed is left out."""
import itertools
import math
import sys
import time
import warnings

import numpy as np
from scipy import integrate, optimize, stats

warnings.filterwarnings("ignore")
rng = np.random.default_rng(1)
wanted = set(sys.argv[1:])


def measure(name, units, body):
    if wanted and name not in wanted:
        return
    start = time.process_time()
    note = body()
    print(f"{name}\t{units}\t{time.process_time() - start}\t{note}", flush=True)


x = np.repeat(np.log(2.0 ** -np.arange(8)), 3)


def curve(x, a, d, b, c):
    return a + (d - a) / (1 + np.exp(-b * (x - c)))


def four_parameter():
    plates = curve(x, .1, 2, 1.3, math.log(.05)) + rng.normal(0, .04, (10_000, 24))
    start = time.process_time()
    for y in plates:
        optimize.curve_fit(curve, x, y, p0=[.1, 2.1, 1, -2.5])
    return f"{time.process_time() - start:.3f} s in the fits"


def relative_potency(plates=100):
    both, sample = np.r_[x, x], np.r_[np.zeros(24), np.ones(24)]
    for _ in range(plates):
        y = np.r_[curve(x, .1, 2, 1.3, math.log(.05)),
                  curve(x + math.log(.8), .1, 2, 1.3, math.log(.05))] + rng.normal(0, .04, 48)
        common = lambda X, a, d, b, c, r: curve(both + sample * r, a, d, b, c)
        p, v = optimize.curve_fit(common, both, y, p0=[.1, 2.1, 1, -2.5, 0])
        q = stats.t.ppf(.975, 43)
        separate = 0
        for part, start in ((y[:24], p[:4]), (y[24:], [p[0], p[1], p[2], p[3] - p[4]])):
            own, _ = optimize.curve_fit(curve, x, part, p0=start)
            separate += ((part - curve(x, *own)) ** 2).sum()
        rss = ((y - common(0, *p)) ** 2).sum()
        stats.f.sf((rss - separate) / 3 / (separate / 40), 3, 40)
        error = math.sqrt(v[4, 4])

        def profile(r):
            held = lambda X, a, d, b, c: curve(both + sample * r, a, d, b, c)
            own, _ = optimize.curve_fit(held, both, y, p0=p[:4])
            return ((y - held(0, *own)) ** 2).sum()

        for sign in (-1, 1):
            optimize.brentq(
                lambda r: math.sqrt(max(profile(r) - rss, 0) / (rss / 43)) - q,
                p[4] + sign * .2 * error, p[4] + sign * 5 * error, xtol=1e-8)
    return "scipy curve_fit and brentq"


def q1e(sets=100):
    import pandas
    import statsmodels.formula.api as smf
    t = np.tile([0, 3, 6, 9, 12, 18, 24], 3)
    batch = np.repeat(["A", "B", "C"], 7)
    for _ in range(sets):
        y = 100 + np.repeat(rng.normal(0, .5, 3), 7) - .2 * t + rng.normal(0, .6, 21)
        data = pandas.DataFrame({"t": t, "b": batch, "y": y})
        full = smf.ols("y~C(b)*t", data).fit()
        parallel = smf.ols("y~C(b)+t", data).fit()
        pooled = smf.ols("y~t", data).fit()
        mse = full.ssr / full.df_resid
        slopes = stats.f.sf((parallel.ssr - full.ssr) / 2 / mse, 2, full.df_resid)
        intercepts = stats.f.sf((pooled.ssr - parallel.ssr) / 2 / mse, 2, full.df_resid)
        model = full if slopes < .25 else parallel if intercepts < .25 else pooled
        grid = pandas.DataFrame({"t": np.tile(np.arange(0, 60.5, .5), 3),
                                 "b": np.repeat(["A", "B", "C"], 121)})
        prediction = model.get_prediction(grid)
        bound = prediction.predicted_mean - stats.t.ppf(.95, model.df_resid) * prediction.se_mean
        min(grid.t[k * 121 + np.argmax(bound[k * 121:(k + 1) * 121] < 95)] for k in range(3))
    return "statsmodels formulas, grid of half months"


def design_space():
    n = 1_000_000
    coefficients = np.array([79.94, .995, .515, -1.376, -1.001, .25])
    point = rng.normal([.4, .3], [.1, .1], (n, 2))
    drawn = rng.multivariate_normal(coefficients, np.eye(6) * .02, n)
    terms = np.column_stack([np.ones(n), point, point ** 2, point[:, 0] * point[:, 1]])
    y = (drawn * terms).sum(1) + rng.standard_t(7, n) * .27
    return f"P {(y > 78.5).mean()}"


def tolerance():
    def factor(n, content, confidence):
        radii = {}

        def radius(z):
            if z not in radii:
                radii[z] = optimize.brentq(
                    lambda r: stats.norm.cdf(z + r) - stats.norm.cdf(z - r) - content, 0, z + 10)
            return radii[z]

        def reached(k):
            inside = lambda z: stats.chi2.sf((n - 1) * radius(z) ** 2 / k ** 2, n - 1) * math.exp(
                -n * z * z / 2)
            return 2 * math.sqrt(n / 2 / math.pi) * integrate.quad(inside, 0, 9 / math.sqrt(n))[0]

        return optimize.brentq(lambda k: reached(k) - confidence, 1, 60)

    return f"{[factor(n, .95, .95) for n in (5, 10, 20, 50)][1]}"


def coordinate_exchange():
    def rows(d):
        k = d.shape[1]
        pairs = [d[:, i] * d[:, j] for i, j in itertools.combinations(range(k), 2)]
        return np.column_stack([np.ones(len(d)), d] + pairs + [d ** 2])

    best = 0
    for _ in range(5):
        d = rng.choice((-1.0, 0, 1), size=(40, 6))
        m = rows(d)
        improved = True
        while improved:
            improved = False
            inverse = np.linalg.inv(m.T @ m)
            for i, j in itertools.product(range(40), range(6)):
                gain, chosen = 1 + 1e-9, None
                for level in (-1.0, 0, 1):
                    if level == d[i, j]:
                        continue
                    trial = d[i].copy()
                    trial[j] = level
                    new, old = rows(trial[None])[0], m[i]
                    a, b, c = old @ inverse @ old, new @ inverse @ new, old @ inverse @ new
                    delta = (1 + b) * (1 - a) + c * c
                    if delta > gain:
                        gain, chosen = delta, (level, new)
                if chosen:
                    d[i, j], m[i] = chosen
                    inverse = np.linalg.inv(m.T @ m)
                    improved = True
        best = max(best, math.exp(np.linalg.slogdet(m.T @ m / 40)[1] / 28))
    return f"D {best} in 5 restarts of numpy"


measure("4pl", 10_000, four_parameter)
measure("potency", 100, relative_potency)
try:
    measure("q1e", 100, q1e)
except ImportError:
    print("q1e\t-\t-\tstatsmodels is not installed")
measure("d-optimal", 1, coordinate_exchange)
measure("design-space", 1_000_000, design_space)
try:
    import diptest

    values = rng.normal(size=1_000_000)
    measure("dip", 1, lambda: f"dip {diptest.dipstat(values)}")
    ordered = np.sort(values)
    measure("dip-sorted", 1, lambda: f"dip {diptest.dipstat(ordered, sort_x=False)}")
except ImportError:
    print("dip\t-\t-\tdiptest is not installed")
measure("tolerance", 4, tolerance)
