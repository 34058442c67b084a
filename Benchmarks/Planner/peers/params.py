"""Shared parameters of the 1-year UC-MSC campaign benchmark (same numbers in every engine).
Time unit = hour, t=0 is day 0 00:00.  Costs in EUR."""
import math
NB, NP, NDONOR = 24, 6, 4            # batches, passages, donors (6 batches per donor)
BATCH_INTERVAL = 336.0               # h between planned starts (14 d)
WORK_OPEN, WORK_CLOSE = 8.0, 16.0    # operations may only START inside this window (7 d/week)
JITTER = 0.01                        # h x (batch+1): deterministic tie-break at shift opening
CAP_ISO, CAP_INC, CAP_OPS, CAP_QC = 2, 40, 4, 1
# biology
Y0, SIG_Y, SIG_Y_DONOR = 4.0e6, 0.35, 0.40     # cells recovered at P0 per cord (median), lognormal sd batch / donor
DT0 = 32.0                                     # h median doubling time P1
DT_SLOPE = 0.04                                # +4 %/passage
SIG_DT_DONOR, SIG_DT_BATCH, SIG_DT_PASS = 0.12, 0.06, 0.05
SEED_D = 4000.0                                # cells/cm2
CONF_D = 25000.0                               # cells/cm2 at 80 % confluence
MAX_D = 40000.0                                # cells/cm2 post-confluent plateau
ATT = 0.85                                     # attachment fraction
LAG = 12.0                                     # h
EXPLANT_T, SIG_EXPL = 240.0, 0.20              # h P0 outgrowth to 80 % confluence
REC_MEAN, REC_SD = 0.92, 0.04                  # harvest recovery
AREA_CAP = [1000.0, 2544.0, 6360.0, 12720.0, 25440.0, 50880.0]   # cm2 available per passage
SLOT_AREA = 3180.0                             # cm2 per incubator slot (5 trays x 636)
# operations (h, lognormal sd)
D_SEED = [4.0, 1.5, 2.0, 2.5, 3.0, 4.0]
D_HARV = [2.5, 2.0, 2.5, 3.0, 4.0, 6.0]
D_FEED = [1.0, 0.75, 1.0, 1.0, 1.5, 2.0]
D_FILL, D_QC = 6.0, 20.0
SIG_OP = 0.15
FEED_EVERY = 72.0
MAX_FEED = 5
MAX_GROWTH = 384.0                             # h, slower than this = growth failure
QC_HOLD = 336.0                                # 14 d sterility
P_CONT_OPEN = 0.0015                           # contamination prob. per open manipulation
P_OOS = 0.04                                   # release out-of-specification
CELLS_PER_DOSE, CRYO_REC, OVERFILL = 70e6, 0.85, 1.10
VIAL = 50e6
# cost
C_MED = 0.06          # EUR per cm2 per fill (0.2 mL/cm2 x 300 EUR/L)
C_VES = 0.09          # EUR per cm2 of vessel
C_OPH, C_ISOH, C_SLOTD = 60.0, 90.0, 6.0
C_QC_BATCH, C_CORD, C_FILL_VIAL = 18000.0, 1500.0, 12.0
C_FIXED = 1.6e6       # EUR/year facility + QA + depreciation
# draw layout: per donor 2 normals; per batch NDRAW slots
PD_SLOTS = 4 + 2*MAX_FEED + 2      # z_dt,z_rec,z_seed,z_harv, z_feed[5], u_seed,u_harv,u_feed[5]
NDRAW = 6 + NP*PD_SLOTS            # z_batch,z_yield,z_fill,z_qc,u_fill,u_rel, passages...
