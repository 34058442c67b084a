"""Same campaign DES as simpy_model.py, hand-written event loop compiled with numba (state machine + binary heap)."""
import sys, time, math, numpy as np
from numba import njit
import params as P, draws as D
NB, NP = P.NB, P.NP
AREA = np.array(P.AREA_CAP); DS = np.array(P.D_SEED); DH = np.array(P.D_HARV); DF = np.array(P.D_FEED)
CAP = np.array([P.CAP_INC, P.CAP_ISO, P.CAP_OPS, P.CAP_QC], dtype=np.int64)
SEED_D, CONF_D, ATT, LAG, SLOT_AREA, MAX_D = P.SEED_D, P.CONF_D, P.ATT, P.LAG, P.SLOT_AREA, P.MAX_D
SIG_OP, FEED_EVERY, MAX_FEED, MAX_GROWTH, QC_HOLD = P.SIG_OP, P.FEED_EVERY, P.MAX_FEED, P.MAX_GROWTH, P.QC_HOLD
C_MED, C_VES, C_OPH, C_ISOH, C_SLOTD, C_QC, C_CORD, C_FILL = P.C_MED, P.C_VES, P.C_OPH, P.C_ISOH, P.C_SLOTD, P.C_QC_BATCH, P.C_CORD, P.C_FILL_VIAL
PC, POOS, VIAL, OVERF, CRYO, DOSE = P.P_CONT_OPEN, P.P_OOS, P.VIAL, P.OVERFILL, P.CRYO_REC, P.CELLS_PER_DOSE
Y0, SY, SYD, DT0, DTS, SDD, SDB, SDP, EXPT, SEX, RM, RS = P.Y0, P.SIG_Y, P.SIG_Y_DONOR, P.DT0, P.DT_SLOPE, P.SIG_DT_DONOR, P.SIG_DT_BATCH, P.SIG_DT_PASS, P.EXPLANT_T, P.SIG_EXPL, P.REC_MEAN, P.REC_SD
DFILL, DQC, INTERVAL, JIT, ND = P.D_FILL, P.D_QC, P.BATCH_INTERVAL, P.JITTER, P.NDONOR
@njit
def nw(t, b):
    h = t - 24.0*math.floor(t/24.0)
    if h < 8.0: return t - h + 8.0 + JIT*(b+1)
    if h > 16.0: return t - h + 32.0 + JIT*(b+1)
    return t
@njit(inline='always')
def rel(r, n, free, qh, qn, qb, qa, ready, rh, rn):
    free[r] += n
    while qn[r] > 0 and qa[r, qh[r]] <= free[r]:
        free[r] -= qa[r, qh[r]]; ready[rh+rn] = qb[r, qh[r]]; rn += 1
        qh[r] = (qh[r]+1) % NB; qn[r] -= 1
    return rn
@njit
def sim(zz, dd, out):
    pc = np.zeros(NB, np.int64); k = np.zeros(NB, np.int64); nf = np.zeros(NB, np.int64); slots = np.zeros(NB, np.int64); fail = np.zeros(NB, np.int64)
    N = np.zeros(NB); area = np.zeros(NB); cost = np.zeros(NB); t0 = np.zeros(NB); ts = np.zeros(NB); tst = np.zeros(NB); tc = np.zeros(NB); dt = np.zeros(NB); gr = np.zeros(NB); du = np.zeros(NB); bdt = np.zeros(NB); ddt = np.zeros(NB); vi = np.zeros(NB)
    cont = np.zeros(NB, np.int64)
    ht = np.zeros(NB+1); hb = np.zeros(NB+1, np.int64); hn = 0
    free = CAP.copy(); qh = np.zeros(4, np.int64); qn = np.zeros(4, np.int64); qb = np.zeros((4, NB), np.int64); qa = np.zeros((4, NB), np.int64)
    ready = np.zeros(8*NB, np.int64); rh = 0; rn = 0; ev = 0
    for b in range(NB):
        # heap push
        t = b*INTERVAL + JIT*(b+1); i = hn; hn += 1
        while i > 0:
            p = (i-1) >> 1
            if ht[p] <= t: break
            ht[i] = ht[p]; hb[i] = hb[p]; i = p
        ht[i] = t; hb[i] = b
    now = 0.0
    while hn > 0 or rn > 0:
        if rn > 0:
            b = ready[rh]; rh += 1; rn -= 1
            if rn == 0: rh = 0
        else:
            b = hb[0]; now = ht[0]; hn -= 1
            if hn > 0:
                t = ht[hn]; x = hb[hn]; i = 0
                while True:
                    c = 2*i+1
                    if c >= hn: break
                    if c+1 < hn and ht[c+1] < ht[c]: c += 1
                    if ht[c] >= t: break
                    ht[i] = ht[c]; hb[i] = hb[c]; i = c
                ht[i] = t; hb[i] = x
        ev += 1
        s = pc[b]; push = -1.0
        while True:
            acq = -1; amt = 0; nxt = 0
            z = zz[b]; o = 6 + k[b]*16
            if s == 0:
                d = b*ND//NB
                tst[b] = now; ddt[b] = math.exp(SDD*dd[d,1]); bdt[b] = math.exp(SDB*z[0])
                N[b] = Y0*math.exp(SYD*dd[d,0])*math.exp(SY*z[1]); cost[b] = C_CORD; fail[b] = 0; k[b] = 0
                s = 1; continue
            elif s == 1:
                area[b] = AREA[0] if k[b] == 0 else min(N[b]/SEED_D, AREA[k[b]])
                slots[b] = int(math.ceil(area[b]/SLOT_AREA)); t0[b] = now
                acq = 0; amt = slots[b]; nxt = 2
            elif s == 2:
                ts[b] = now; out[11] += now - t0[b]; t = nw(now, b); s = 3
                if t > now: push = t; break
                continue
            elif s == 3: t0[b] = now; acq = 1; amt = 1; nxt = 4
            elif s == 4: acq = 2; amt = 2; nxt = 5
            elif s == 5:
                out[11] += now - t0[b]; du[b] = DS[k[b]]*math.exp(SIG_OP*z[o+2]); s = 6; push = now + du[b]; break
            elif s == 6:
                rn = rel(1, 1, free, qh, qn, qb, qa, ready, rh, rn); rn = rel(2, 2, free, qh, qn, qb, qa, ready, rh, rn); 
                d = du[b]; out[8] += 2*d; out[9] += d; cost[b] += 2*d*C_OPH + d*C_ISOH + area[b]*(C_VES + C_MED)
                cont[b] = 1 if z[o+9] < PC else 0
                if k[b] == 0: gr[b] = EXPT*ddt[b]*math.exp(SEX*z[o]); dt[b] = DT0*ddt[b]
                else:
                    dt[b] = DT0*(1.0 + DTS*(k[b]-1))*ddt[b]*bdt[b]*math.exp(SDP*z[o]); gr[b] = LAG + dt[b]*math.log2(CONF_D/(SEED_D*ATT))
                tc[b] = now + gr[b]; nf[b] = 0; s = 7
            elif s == 7:
                if nf[b] < MAX_FEED and now + FEED_EVERY < tc[b]: s = 8; push = now + FEED_EVERY; break
                s = 13
                if tc[b] > now: push = tc[b]; break
                continue
            elif s == 8:
                t = nw(now, b); s = 9
                if t > now: push = t; break
                continue
            elif s == 9: t0[b] = now; acq = 1; amt = 1; nxt = 10
            elif s == 10: acq = 2; amt = 1; nxt = 11
            elif s == 11:
                out[11] += now - t0[b]; du[b] = DF[k[b]]*math.exp(SIG_OP*z[o+4+nf[b]]); s = 12; push = now + du[b]; break
            elif s == 12:
                rn = rel(1, 1, free, qh, qn, qb, qa, ready, rh, rn); rn = rel(2, 1, free, qh, qn, qb, qa, ready, rh, rn); 
                d = du[b]; out[8] += d; out[9] += d; cost[b] += d*C_OPH + d*C_ISOH + area[b]*C_MED
                if z[o+11+nf[b]] < PC: cont[b] = 1
                nf[b] += 1; s = 7
            elif s == 13:
                if gr[b] > MAX_GROWTH: fail[b] = 2
                t = nw(now, b); s = 14
                if t > now: push = t; break
                continue
            elif s == 14: t0[b] = now; acq = 1; amt = 1; nxt = 15
            elif s == 15: acq = 2; amt = 2; nxt = 16
            elif s == 16:
                out[11] += now - t0[b]
                if k[b] > 0:
                    dens = min(MAX_D, CONF_D*2.0**((now - tc[b])/dt[b])); rec = min(0.99, max(0.5, RM + RS*z[o+1])); N[b] = area[b]*dens*rec
                du[b] = DH[k[b]]*math.exp(SIG_OP*z[o+3]); s = 17; push = now + du[b]; break
            elif s == 17:
                rn = rel(1, 1, free, qh, qn, qb, qa, ready, rh, rn); rn = rel(2, 2, free, qh, qn, qb, qa, ready, rh, rn); rn = rel(0, slots[b], free, qh, qn, qb, qa, ready, rh, rn); 
                d = du[b]; sh = slots[b]*(now - ts[b]); out[10] += sh; out[8] += 2*d; out[9] += d
                cost[b] += 2*d*C_OPH + d*C_ISOH + sh/24.0*C_SLOTD
                if z[o+10] < PC: cont[b] = 1
                if cont[b] == 1: fail[b] = 1
                if fail[b] != 0: s = 99
                else:
                    k[b] += 1; s = 1 if k[b] < NP else 18
            elif s == 18:
                t = nw(now, b); s = 19
                if t > now: push = t; break
                continue
            elif s == 19: t0[b] = now; acq = 1; amt = 1; nxt = 20
            elif s == 20: acq = 2; amt = 2; nxt = 21
            elif s == 21:
                out[11] += now - t0[b]; du[b] = DFILL*math.exp(SIG_OP*z[2]); s = 22; push = now + du[b]; break
            elif s == 22:
                rn = rel(1, 1, free, qh, qn, qb, qa, ready, rh, rn); rn = rel(2, 2, free, qh, qn, qb, qa, ready, rh, rn); 
                d = du[b]; vi[b] = math.floor(N[b]/(VIAL*OVERF)); out[8] += 2*d; out[9] += d; cost[b] += 2*d*C_OPH + d*C_ISOH + vi[b]*C_FILL
                if z[4] < PC: fail[b] = 1
                s = 23
            elif s == 23: t0[b] = now; acq = 3; amt = 1; nxt = 24
            elif s == 24: out[11] += now - t0[b]; s = 25; push = now + DQC*math.exp(SIG_OP*z[3]); break
            elif s == 25:
                rn = rel(3, 1, free, qh, qn, qb, qa, ready, rh, rn); cost[b] += C_QC; s = 26; push = now + QC_HOLD; break
            elif s == 26:
                if fail[b] == 0 and z[5] < POOS: fail[b] = 3
                if fail[b] == 0:
                    out[3] += 1; out[1] += vi[b]; out[0] += math.floor(vi[b]*VIAL*CRYO/DOSE); out[13] += N[b]
                s = 99
            if s == 99:
                if fail[b] == 1: out[4] += 1
                elif fail[b] == 2: out[5] += 1
                elif fail[b] == 3: out[6] += 1
                out[2] += cost[b]; out[12] += now - tst[b]
                if now > out[7]: out[7] = now
            if acq < 0:
                if s == 99: break
                continue
            # acquire
            if qn[acq] == 0 and free[acq] >= amt:
                free[acq] -= amt; s = nxt; continue
            i = (qh[acq] + qn[acq]) % NB; qb[acq, i] = b; qa[acq, i] = amt; qn[acq] += 1; s = nxt; break
        pc[b] = s
        if push >= 0.0:
            i = hn; hn += 1
            while i > 0:
                p = (i-1) >> 1
                if ht[p] <= push: break
                ht[i] = ht[p]; hb[i] = hb[p]; i = p
            ht[i] = push; hb[i] = b
    return ev

@njit
def many(zz, dd, res):
    ev = 0
    for r in range(zz.shape[0]): ev += sim(zz[r], dd[r], res[r])
    return ev
def run(seed, r0, r1, chunk=500):
    res = np.zeros((r1-r0, 14)); ev = 0
    for a in range(r0, r1, chunk):
        zz, dd = D.draws_many(seed, np.arange(a, min(a+chunk, r1)))
        ev += many(zz, dd, res[a-r0:min(a+chunk, r1)-r0])
    res[:, 2] += P.C_FIXED
    return res, ev
