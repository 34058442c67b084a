/// Which rules of the catalogue the site keeps, and how.
///
/// A rule under `enforced` refuses a command or opens an event, which name it, or falls due under its
/// name. A rule under `built` cannot be broken through any command, or is read off the records. A rule
/// under `checked` is judged by the checker before `definition.register` takes a version: none with
/// an open error is executed. A rule under `elsewhere` needs what no record of the site holds.
package enum FacilityRules {
    /// The commands that refuse, or the events that are opened, by the id of the rule.
    package static let enforced: [String: String] = [
        "access-authority": "people.sign-in, people.replace-key",
        "aps-coverage":
            "simulation.record; batch.record-intervention opens an event, also without a programme",
        "aps-failure-handled": "simulation.read opens an event; batch.start-step",
        "aps-infrequent": "batch.start-step after a pause of a year",
        "aps-initial-three": "batch.start-step",
        "aps-operator": "batch.start-step: the operator's own simulations",
        "aps-six-monthly": "batch.start-step; due",
        "aps-units": "simulation.record, simulation.read",
        "aps-zero-growth": "due until a simulation is read; its growth opens an event",
        "backup-restore-tested":
            "system.record-check: a drill that failed opens an event, one that passed names a "
            + "backup of this ledger; due within twelve months",
        "bank-depletion": "due when a bank lasts less than a year",
        "bank-karyotype": "bank.record-test opens an event; bank.release",
        "bank-matrix-complete": "bank.release",
        "bank-microbiology": "bank.record-test opens an event; bank.release",
        "bank-pluripotency": "bank.record-test opens an event; bank.release",
        "bank-post-thaw": "bank.record-test opens an event; bank.release",
        "bank-recurrent-loci": "bank.record-test opens an event; bank.release",
        "bank-released-before-use": "batch.use-container, bank.release, bank.record-test",
        "bank-split-storage": "due while a bank of a marketed product stands in one unit alone",
        "bank-storage-monitored":
            "storage.record-level and storage.import-log open an event below the action limit of the "
            + "nitrogen level, and when readings came too late; due",
        "bank-two-tier": "bank.release",
        "bank-vial-not-returned": "container.move, batch.use-container, sample.take",
        "batch-record-complete": "batch.complete-step: also amounts; batch.complete, batch.review",
        "batch-version-authorised": "batch.open",
        "change-controlled":
            "change.approve, change.implement, change.close; testing.register-method, "
            + "environment.set-plan; due by the day of the change",
        "closed-system-check": "batch.record-check opens an event; batch.complete-step",
        "comparability-before-use": "change.close",
        "comparability-equivalence": "study.open; study.record-result opens an event",
        "cord-transport-limits":
            "donation.receive opens an event about the donation; donation.release waits for it",
        "critical-entry-checked":
            "batch.verify-step, batch.start-step; bank.record-test; entry.correct; "
            + "testing.verify-results, batch.review, bank.release, study.conclude; "
            + "material.check-preparation, material.release",
        "deviation-closed-for-release":
            "batch.review, batch.certify; release and use of what a deviation is about; hold.lift",
        "donation-identifier-format": "donation.receive",
        "donor-consent": "donor.record-consent, donation.receive, donor.declare-eligible",
        "donor-eu-panel-complete": "donor.declare-eligible, batch.use-container",
        "donor-eu-panel-negative": "donor.declare-eligible",
        "donor-eu-sample-timing": "donor.declare-eligible, donation.release",
        "donor-htlv": "donor.declare-eligible",
        "donor-lab-authorised": "donor.record-test",
        "donor-quarantine-until-eligible": "donation.release, hold.lift",
        "donor-repeat-or-nat": "batch.certify",
        "donor-share-alert": "due while a donor's share is above the limit",
        "donor-us-birth-mother": "donor.declare-eligible",
        "donor-us-panel": "donor.declare-eligible, batch.use-container",
        "donor-us-timing": "donor.declare-eligible, donation.release",
        "dose-within-precedent": "order.place: range of the product, published trials",
        "em-grade-a-growth": "environment.read-sample opens an event",
        "em-particles":
            "environment.record-particles, environment.import-particle-series, environment.set-plan",
        "em-species": "environment.identify-isolate; due",
        "em-trend": "environment.read-sample opens an event at the second alert",
        "em-viable":
            "environment.read-sample opens an event; environment.set-limits, environment.set-plan, "
            + "environment.take-sample; due",
        "environment-linked": "batch.review, batch.certify, bank.release",
        "equipment-in-date":
            "batch.start-step, testing.record-result, bank.record-test, "
            + "equipment.record-calibration; due",
        "followup-plan":
            "dose.administer plans the visits; patient.record-follow-up, "
            + "patient.record-adverse-event; due",
        "freeze-thaw-limit": "batch.use-container",
        "glove-integrity": "batch.start-step, batch.complete; equipment.test-gloves",
        "gowning-annual": "batch.start-step, people.assess-gowning; due",
        "growth-kinetics-recorded":
            "batch.record-parameter: calculated values are not typed; batch.record-count opens an "
            + "event after a split without a share",
        "hold-time-kept": "batch.start-step, batch.complete-step open an event",
        "in-use-time": "dose.administer, also opens an event",
        "ipc-decision-kept": "batch.record-check opens an event; batch.start-step waits for it",
        "label-autologous": "shipment.dispatch, order.reserve: donor and patient are one chain",
        "label-cold-legible": "batch.certify",
        "label-content":
            "label.issue; batch.fill on another day than labels say opens an event; labels are "
            + "printed from the definition and the batch",
        "line-clearance": "batch.start-step, batch.clear-line",
        "line-history-complete": "line.record-stretch, bank.receive",
        "line-identity-str": "bank.record-test opens an event; bank.release",
        "lower-background-waiver": "batch.start-step: the grade of the room",
        "material-lot-qualification": "material.release",
        "material-released-at-use":
            "material.receive, material.prepare, batch.consume-material, testing.record-result, "
            + "batch.review; due for the retest, by the expiry and when open batches need more",
        "material-single-source":
            "due by the day on which the stock would no longer outlast lead time and safety stock",
        "msc-stock-change": "batch.certify",
        "obligation-due": "due until obligation.fulfil",
        "oos-supply": "batch.supply-exceptionally, shipment.dispatch",
        "pdl-limit-kept": "batch.record-count, entry.correct open an event; bank.receive",
        "potency-reference":
            "a run with a control outside its criterion does not count: testing.record-result, "
            + "bank.record-test, material.record-test, study.record-result, cytometry.record-result",
        "pressure-cascade": "environment.record-pressure opens an event",
        "process-batch-definition": "batch.pool",
        "process-validation-batches": "batch.certify",
        "procurement-agreement": "donation.receive",
        "procurement-site-authorised": "donation.receive; due",
        "product-quality-review": "quality-review.approve; due",
        "production-qc-separate": "people.appoint-head, people.enrol, batch.open; due",
        "quality-agreement":
            "organisation.approve-supplier, sample.hand-over; material.receive opens an event; due",
        "reference-retention": "sample.dispose; due",
        "release-all-pass":
            "testing.record-result, bank.record-test, material.record-test, material.release, "
            + "oos.invalidate-result, batch.review",
        "release-by-qp": "batch.certify",
        "release-points": "batch.certify, deviation.close, hold.lift; due",
        "release-two-stage-close": "batch.close-second-stage, batch.send-alert",
        "room-class-limits": "room.qualify",
        "room-requalification": "batch.start-step, room.change-condition; due",
        "scale-parity": "change.close",
        "sec-format": "donation.receive",
        "segregation-concurrent": "batch.start-step",
        "sequence-enforced": "batch.start-step",
        "settle-plate-time": "environment.take-sample opens an event",
        "spec-dose-viable": "batch.fill, order.place, order.reserve, shipment.dispatch",
        "sterility-sample-plan": "batch.complete opens an event; due after an intervention",
        "storage-temperature-kept": "storage.import-log, storage.record-excursion, hold.lift",
        "supplier-audit-interval": "organisation.approve-supplier; material.receive; due",
        "system-validated":
            "system.record-check: an evaluation that failed opens an event; due. The validation "
            + "file and its requirement trace stay with the installation",
        "training-current":
            "batch.start-step, batch.complete-step, testing.record-result, people.record-training; "
            + "due",
        "transport-qualified":
            "shipment.receive, shipment.import-log, bank.receive, dose.administer open an event",
        "tt-gap-actions": "due until a version without the gap is approved",
        "tt-stage-gate":
            "study.open of kind technology-transfer, study.assign-batch, study.answer-items, "
            + "study.conclude opens an event; batch.certify; due",
        "validation-prerequisites": "study.open of kind process-validation",
        "waiver-needs-risk-assessment": "due before the assessment behind a waiver is out of date",
        "yield-in-range":
            "batch.record-count opens an event; batch.split; batch.fill, also for what parts of a "
            + "split fill together",
    ]

    /// What cannot be broken through any command, or is read off the records.
    package static let built: [String: String] = [
        "audit-trail": "facts are appended with who, when and reason; entry.correct keeps the old",
        "capability-reported": "'seedlot capability' and 'seedlot tolerance'",
        "culture-context-recorded": "parameters and lots of each step; freezings of each container",
        "donor-lookback-complete": "'seedlot trace', 'seedlot recall': every edge is recorded once",
        "entry-contemporaneous": "an entry later than 15 minutes is an exception of the review",
        "material-coa": "material.release takes the certificate, and nobody else releases a lot",
        "material-sterile-for-aseptic":
            "batch.consume-material takes only what the checked definition names for the step",
        "method-distribution-kept": "batch.record-count keeps every replicate",
        "potency-lot-outcome": "patient.record-outcome; outcomes beside lot potency",
        "retention-batch": "nothing in the ledger is ever deleted",
        "retention-traceability": "nothing in the ledger is ever deleted",
        "signature-components": "every signature asks for identifier and password anew",
        "signature-manifest": "every signature covers record digest, meaning, name and instant",
    ]

    /// What the checker judges when a version is registered, and what the site makes of it.
    package static let checked: [String: String] = [
        "bank-gmp-made": "segregation-concurrent keeps other cultures out of the room",
        "potency-surrogate": "the assay as the definition describes it",
        "shelf-life-computed": "batch.fill works the expiry out from the claim",
        "soho-rule-set-date": "the donor scheme the version was checked with",
        "spec-bound-to-authorisation": "a batch is held against the version it executes",
        "tt-data-integrity": "the transfer is a part of the definition",
        "tt-hands-on": "the transfer is a part of the definition",
        "tt-method-transfer": "the transfer is a part of the definition",
    ]

    /// What the records of a site alone do not show, and where it is looked after.
    package static let elsewhere: [String: String] = [
        "ctd-section-filled": "the dossier: its texts are written outside, from these records"
    ]
}
