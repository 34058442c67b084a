"""'Recursive' planner without contention, vectorised over replications x batches (numpy).  Same draws as the DES.
Cycle time, cells, vials, doses, cost per batch follow a recursion over passages; resources are assumed free
(utilisation in the 24-batch campaign is 6-28 %, so the error against the DES is the waiting time only)."""
import numpy as np, time, sys, params as P, draws as D
def nw(t, j):
    h = t - 24.0*np.floor(t/24.0)
    return np.where(h < 8.0, t-h+8.0+j, np.where(h > 16.0, t-h+32.0+j, t))
def run(zz, dd):
    R, B, _ = zz.shape; b = np.arange(B); j = P.JITTER*(b+1)[None, :]; don = b*P.NDONOR//P.NB
    t = np.broadcast_to(b*P.BATCH_INTERVAL + P.JITTER*(b+1), (R, B)).copy(); st = t.copy()
    ddt = np.exp(P.SIG_DT_DONOR*dd[:, don, 1]); bdt = np.exp(P.SIG_DT_BATCH*zz[..., 0])
    N = P.Y0*np.exp(P.SIG_Y_DONOR*dd[:, don, 0])*np.exp(P.SIG_Y*zz[..., 1]); cost = np.full((R, B), P.C_CORD)
    alive = np.ones((R, B), bool); fail = np.zeros((R, B), int); end = t.copy(); oph = np.zeros((R,B)); isoh = np.zeros((R,B)); sloth = np.zeros((R,B))
    for k in range(P.NP):
        o = 6+k*16
        area = np.full((R, B), P.AREA_CAP[0]) if k == 0 else np.minimum(N/P.SEED_D, P.AREA_CAP[k])
        n = np.ceil(area/P.SLOT_AREA); ts = t
        t = nw(t, j); d = P.D_SEED[k]*np.exp(P.SIG_OP*zz[..., o+2]); t = t+d
        c = 2*d*P.C_OPH+d*P.C_ISOH+area*(P.C_VES+P.C_MED); oh = 2*d; ih = d.copy()
        cont = zz[..., o+9] < P.P_CONT_OPEN
        if k == 0: grow = P.EXPLANT_T*ddt*np.exp(P.SIG_EXPL*zz[..., o]); dt = P.DT0*ddt
        else:
            dt = P.DT0*(1+P.DT_SLOPE*(k-1))*ddt*bdt*np.exp(P.SIG_DT_PASS*zz[..., o]); grow = P.LAG+dt*np.log2(P.CONF_D/(P.SEED_D*P.ATT))
        tc = t+grow
        for f in range(P.MAX_FEED):
            go = t+P.FEED_EVERY < tc
            if not go.any(): break
            tf = nw(t+P.FEED_EVERY, j); d = P.D_FEED[k]*np.exp(P.SIG_OP*zz[..., o+4+f])
            t = np.where(go, tf+d, t); c += np.where(go, d*(P.C_OPH+P.C_ISOH)+area*P.C_MED, 0); oh += np.where(go, d, 0); ih += np.where(go, d, 0)
            cont |= go & (zz[..., o+11+f] < P.P_CONT_OPEN)
        t = np.maximum(t, tc); slow = grow > P.MAX_GROWTH
        t = nw(t, j)
        if k > 0: N = area*np.minimum(P.MAX_D, P.CONF_D*2.0**((t-tc)/dt))*np.clip(P.REC_MEAN+P.REC_SD*zz[..., o+1], 0.5, 0.99)
        d = P.D_HARV[k]*np.exp(P.SIG_OP*zz[..., o+3]); t = t+d; c += 2*d*P.C_OPH+d*P.C_ISOH+n*(t-ts)/24*P.C_SLOTD; oh += 2*d; ih += d
        cont |= zz[..., o+10] < P.P_CONT_OPEN
        cost += np.where(alive, c, 0); oph += np.where(alive, oh, 0); isoh += np.where(alive, ih, 0); sloth += np.where(alive, n*(t-ts), 0)
        end = np.where(alive, t, end)
        fail = np.where(alive & cont, 1, np.where(alive & slow, 2, fail)); alive &= ~(cont | slow)
    t = nw(t, j); d = P.D_FILL*np.exp(P.SIG_OP*zz[..., 2]); t = t+d; v = np.floor(N/(P.VIAL*P.OVERFILL))
    cost += np.where(alive, 2*d*P.C_OPH+d*P.C_ISOH+v*P.C_FILL_VIAL+P.C_QC_BATCH, 0); oph += np.where(alive, 2*d, 0); isoh += np.where(alive, d, 0)
    fail = np.where(alive & (zz[..., 4] < P.P_CONT_OPEN), 1, fail)
    t = t+P.D_QC*np.exp(P.SIG_OP*zz[..., 3])+P.QC_HOLD; end = np.where(alive, t, end)
    fail = np.where(alive & (fail == 0) & (zz[..., 5] < P.P_OOS), 3, fail); ok = fail == 0
    doses = np.where(ok, np.floor(v*P.VIAL*P.CRYO_REC/P.CELLS_PER_DOSE), 0)
    return np.stack([doses.sum(1), (v*ok).sum(1), cost.sum(1)+P.C_FIXED, ok.sum(1), (fail==1).sum(1), (fail==2).sum(1), (fail==3).sum(1), end.max(1), oph.sum(1), isoh.sum(1), sloth.sum(1), np.zeros(R), (end-st).sum(1), (N*ok).sum(1)], 1)
