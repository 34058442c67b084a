#!/usr/bin/env python3
"""FlowKit on the same files: flowkit.py FILE GATES. Prints one line of JSON; needs flowkit."""
import json, sys, time, warnings

warnings.simplefilter("ignore")
import flowkit

start = time.perf_counter()
session = flowkit.Session(gating_strategy=sys.argv[2], fcs_samples=sys.argv[1])
session.analyze_samples(use_mp=False)
counts = session.get_analysis_report().set_index("gate_name")["count"].to_dict()
print(json.dumps({"peer": "flowkit", "seconds": round(time.perf_counter() - start, 5), "gates": counts}))
