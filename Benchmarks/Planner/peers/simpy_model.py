"""SimPy model of a 1-year UC-MSC campaign: 24 batches, 6 passages, 4 shared resources
(2 isolators, 40 incubator slots, 4 operators, 1 QC lab), random growth, contamination, OOS."""
import math, sys, time, numpy as np, simpy
import params as P, draws as D
TRACE = None
exp, log2, floor, ceil = math.exp, math.log2, math.floor, math.ceil

def next_work(t, b):
    h = t % 24.0
    if h < P.WORK_OPEN: return t - h + P.WORK_OPEN + P.JITTER*(b+1)
    if h > P.WORK_CLOSE: return t - h + 24.0 + P.WORK_OPEN + P.JITTER*(b+1)
    return t

class Stats:
    __slots__ = ("doses","vials","cost","failed_cont","failed_growth","failed_oos","ok","makespan","op_h","iso_h","slot_h","wait","cyc","cells")
    def __init__(s):
        for k in s.__slots__: setattr(s, k, 0.0)

def batch(env, b, z, dz, iso, inc, ops, qc, S):
    yield env.timeout(b*P.BATCH_INTERVAL + P.JITTER*(b+1))
    start = env.now
    d_yield, d_dt = exp(P.SIG_Y_DONOR*dz[0]), exp(P.SIG_DT_DONOR*dz[1])
    b_dt = exp(P.SIG_DT_BATCH*z[0])
    N = P.Y0*d_yield*exp(P.SIG_Y*z[1])
    cost = P.C_CORD
    fail = 0
    for k in range(P.NP):
        o = 6 + k*16
        area = P.AREA_CAP[0] if k == 0 else min(N/P.SEED_D, P.AREA_CAP[k])
        n = int(ceil(area/P.SLOT_AREA))
        t0 = env.now
        yield inc.get(n)                                   # incubator slots
        tslot = env.now
        S.wait += env.now - t0
        # --- seed (isolator + 2 operators)
        t = next_work(env.now, b)
        if t > env.now: yield env.timeout(t - env.now)
        t0 = env.now
        req = iso.request(); yield req
        yield ops.get(2)
        S.wait += env.now - t0
        d = P.D_SEED[k]*exp(P.SIG_OP*z[o+2])
        yield env.timeout(d)
        if TRACE is not None: TRACE.append((b, k, 'seed', env.now-d, env.now))
        iso.release(req); yield ops.put(2)
        S.op_h += 2*d; S.iso_h += d; cost += 2*d*P.C_OPH + d*P.C_ISOH + area*(P.C_VES + P.C_MED)
        cont = z[o+9] < P.P_CONT_OPEN
        # --- growth
        if k == 0:
            grow = P.EXPLANT_T*d_dt*exp(P.SIG_EXPL*z[o+0]); dt = P.DT0*d_dt
        else:
            dt = P.DT0*(1.0 + P.DT_SLOPE*(k-1))*d_dt*b_dt*exp(P.SIG_DT_PASS*z[o+0])
            grow = P.LAG + dt*log2(P.CONF_D/(P.SEED_D*P.ATT))
        t_conf = env.now + grow
        nf = 0
        while nf < P.MAX_FEED and env.now + P.FEED_EVERY < t_conf:
            yield env.timeout(P.FEED_EVERY)
            t = next_work(env.now, b)
            if t > env.now: yield env.timeout(t - env.now)
            t0 = env.now
            req = iso.request(); yield req
            yield ops.get(1)
            S.wait += env.now - t0
            d = P.D_FEED[k]*exp(P.SIG_OP*z[o+4+nf])
            yield env.timeout(d)
            if TRACE is not None: TRACE.append((b, k, f'feed{nf+1}', env.now-d, env.now))
            iso.release(req); yield ops.put(1)
            S.op_h += d; S.iso_h += d; cost += d*P.C_OPH + d*P.C_ISOH + area*P.C_MED
            if z[o+11+nf] < P.P_CONT_OPEN: cont = True
            nf += 1
        if t_conf > env.now: yield env.timeout(t_conf - env.now)
        if grow > P.MAX_GROWTH: fail = 2
        # --- harvest
        t = next_work(env.now, b)
        if t > env.now: yield env.timeout(t - env.now)
        t0 = env.now
        req = iso.request(); yield req
        yield ops.get(2)
        S.wait += env.now - t0
        if k > 0:
            dens = min(P.MAX_D, P.CONF_D*2.0**((env.now - t_conf)/dt))
            rec = min(0.99, max(0.5, P.REC_MEAN + P.REC_SD*z[o+1]))
            Nh = area*dens*rec
        else: Nh = N
        d = P.D_HARV[k]*exp(P.SIG_OP*z[o+3])
        yield env.timeout(d)
        if TRACE is not None: TRACE.append((b, k, 'harvest', env.now-d, env.now))
        iso.release(req); yield ops.put(2)
        yield inc.put(n)
        S.slot_h += n*(env.now - tslot)
        S.op_h += 2*d; S.iso_h += d; cost += 2*d*P.C_OPH + d*P.C_ISOH + n*(env.now - tslot)/24.0*P.C_SLOTD
        if z[o+10] < P.P_CONT_OPEN: cont = True
        N = Nh
        if cont: fail = 1
        if fail: break
    if not fail:
        t = next_work(env.now, b)
        if t > env.now: yield env.timeout(t - env.now)
        t0 = env.now
        req = iso.request(); yield req
        yield ops.get(2)
        S.wait += env.now - t0
        d = P.D_FILL*exp(P.SIG_OP*z[2])
        yield env.timeout(d)
        if TRACE is not None: TRACE.append((b, P.NP, 'fill', env.now-d, env.now))
        iso.release(req); yield ops.put(2)
        vials = floor(N/(P.VIAL*P.OVERFILL))
        S.op_h += 2*d; S.iso_h += d; cost += 2*d*P.C_OPH + d*P.C_ISOH + vials*P.C_FILL_VIAL
        if z[4] < P.P_CONT_OPEN: fail = 1
        t0 = env.now
        req = qc.request(); yield req
        S.wait += env.now - t0
        yield env.timeout(P.D_QC*exp(P.SIG_OP*z[3]))
        qc.release(req)
        cost += P.C_QC_BATCH
        yield env.timeout(P.QC_HOLD)
        if TRACE is not None: TRACE.append((b, P.NP, 'qc_hold', env.now-P.QC_HOLD, env.now))
        if not fail and z[5] < P.P_OOS: fail = 3
        if not fail:
            S.ok += 1; S.vials += vials
            S.doses += floor(vials*P.VIAL*P.CRYO_REC/P.CELLS_PER_DOSE)
            S.cells += N
    if fail == 1: S.failed_cont += 1
    elif fail == 2: S.failed_growth += 1
    elif fail == 3: S.failed_oos += 1
    S.cost += cost
    S.cyc += env.now - start
    if env.now > S.makespan: S.makespan = env.now

def run(seed, rep, zz=None, dd=None):
    if zz is None: zz, dd = D.draws(seed, rep)
    env = simpy.Environment()
    iso = simpy.Resource(env, P.CAP_ISO); qc = simpy.Resource(env, P.CAP_QC)
    inc = simpy.Container(env, P.CAP_INC, init=P.CAP_INC); ops = simpy.Container(env, P.CAP_OPS, init=P.CAP_OPS)
    S = Stats()
    for b in range(P.NB):
        env.process(batch(env, b, zz[b], dd[b*P.NDONOR//P.NB], iso, inc, ops, qc, S))
    env.run()
    return S, next(env._eid)

def vec(S): return [S.doses,S.vials,S.cost+P.C_FIXED,S.ok,S.failed_cont,S.failed_growth,S.failed_oos,S.makespan,S.op_h,S.iso_h,S.slot_h,S.wait,S.cyc,S.cells]
def many(args):
    seed, r0, r1 = args
    ev = 0; out = []
    CH = 50
    for a in range(r0, r1, CH):
        reps = np.arange(a, min(a+CH, r1))
        zz, dd = D.draws_many(seed, reps)
        zz = zz.tolist(); dd = dd.tolist()
        for i in range(len(reps)):
            S, e = run(seed, int(reps[i]), zz[i], dd[i]); ev += e; out.append(vec(S))
    return ev, out
