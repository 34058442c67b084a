#!/usr/bin/env python3
"""FlowKit on the same files: peer.py FILE GATES. Prints one line of JSON; needs flowkit."""
import json, resource, sys, time, warnings

warnings.simplefilter("ignore")
import flowkit

start, cpu = time.perf_counter(), time.process_time()
session = flowkit.Session(gating_strategy=sys.argv[2], fcs_samples=sys.argv[1])
session.analyze_samples(use_mp=False)
counts = session.get_analysis_report().set_index("gate_name")["count"].to_dict()
print(json.dumps({
    "peer": "flowkit", "version": flowkit.__version__,
    "seconds": round(time.perf_counter() - start, 5), "cpu": round(time.process_time() - cpu, 5),
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "gates": counts}))
