"""Philox4x32-10 (Random123, Salmon et al. 2011) vectorised in numpy + AS241 inverse normal.
Counter = (slot, batch, replication_lo, replication_hi), key = (seed, 0x55434D53 'UCMS')."""
import numpy as np
M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = 0x9E3779B9, 0xBB67AE85
MASK = np.uint64(0xFFFFFFFF); S32 = np.uint64(32)
def philox(c0, c1, c2, c3, k0, k1):
    c0, c1, c2, c3 = [np.asarray(x, dtype=np.uint64) for x in (c0, c1, c2, c3)]
    for r in range(10):
        p0 = M0 * c0; p1 = M1 * c2
        c0, c1, c2, c3 = ((p1 >> S32) ^ c1 ^ np.uint64(k0)) & MASK, p1 & MASK, ((p0 >> S32) ^ c3 ^ np.uint64(k1)) & MASK, p0 & MASK
        k0 = (k0 + W0) & 0xFFFFFFFF; k1 = (k1 + W1) & 0xFFFFFFFF
    return c0, c1, c2, c3
def u01(hi, lo):            # 53-bit in (0,1): (x+0.5)*2^-53, x = top 53 bits
    x = ((hi << S32) | lo) >> np.uint64(11)
    return (x.astype(np.float64) + 0.5) * (1.0 / 9007199254740992.0)
def uniforms(seed, rep, entity, nslot):
    """[nslot] uniforms for one (replication, entity). rep may be array -> [nrep,nslot]"""
    rep = np.atleast_1d(np.asarray(rep, dtype=np.uint64))[:, None]
    nb = (nslot + 1)//2
    blk = np.arange(nb, dtype=np.uint64)[None, :]
    c0, c1, c2, c3 = philox(blk + np.zeros_like(rep), np.uint64(entity) + np.zeros_like(rep + blk), (rep & MASK) + np.zeros_like(blk), (rep >> S32) + np.zeros_like(blk), seed, 0x55434D53)
    u = np.empty((rep.shape[0], 2*nb)); u[:, 0::2] = u01(c0, c1); u[:, 1::2] = u01(c2, c3)
    return u[:, :nslot]
_A=[3.3871328727963666080e0,1.3314166789178437745e+2,1.9715909503065514427e+3,1.3731693765509461125e+4,4.5921953931549871457e+4,6.7265770927008700853e+4,3.3430575583588128105e+4,2.5090809287301226727e+3]
_B=[1.0,4.2313330701600911252e+1,6.8718700749205790830e+2,5.3941960214247511077e+3,2.1213794301586595867e+4,3.9307895800092710610e+4,2.8729085735721942674e+4,5.2264952788528545610e+3]
_C=[1.42343711074968357734e0,4.63033784615654529590e0,5.76949722146069140550e0,3.64784832476320460504e0,1.27045825245236838258e0,2.41780725177450611770e-1,2.27238449892691845833e-2,7.74545014278341407640e-4]
_D=[1.0,2.05319162663775882187e0,1.67638483018380384940e0,6.89767334985100004550e-1,1.48103976427480074590e-1,1.51986665636164571966e-2,5.47593808499534494600e-4,1.05075007164441684324e-9]
_E=[6.65790464350110377720e0,5.46378491116411436990e0,1.78482653991729133580e0,2.96560571828504891230e-1,2.65321895265761230930e-2,1.24266094738807843860e-3,2.71155556874348757815e-5,2.01033439929228813265e-7]
_F=[1.0,5.99832206555887937690e-1,1.36929880922735805310e-1,1.48753612908506148525e-2,7.86869131145613259100e-4,1.84631831751005468180e-5,1.42151175831644588870e-7,2.04426310338993978564e-15]
def _poly(c, x):
    r = np.full_like(x, c[7])
    for i in range(6, -1, -1): r = r*x + c[i]
    return r
def norm_inv(u):            # AS241 PPND16
    q = u - 0.5
    out = np.empty_like(u)
    m = np.abs(q) <= 0.425
    r = 0.180625 - q[m]*q[m]
    out[m] = q[m]*_poly(_A, r)/_poly(_B, r)
    t = ~m
    p = np.where(q[t] < 0, u[t], 1.0-u[t]); r = np.sqrt(-np.log(p))
    v = np.where(r <= 5.0, _poly(_C, r-1.6)/_poly(_D, r-1.6), _poly(_E, r-5.0)/_poly(_F, r-5.0))
    out[t] = np.where(q[t] < 0, -v, v)
    return out
