package import Ledger

/// Registers gates and panel of a cytometry analysis, or a new version of them with its reason.
package struct RegisterCytometryAnalysis: Command, NamesStoredFiles {
    package static let name = "cytometry.register-analysis"
    package static let summary =
        "Register gates and panel of a cytometry analysis, or a new version."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "analysis": "the analysis, such as MSC-IDENTITY",
        "gates": "the gates, kept beside the ledger", "panel": "the panel with its limits",
        "reason": "why this version came to be",
    ]

    package var analysis: CytometryAnalysisID
    package var gates: StoredFile
    package var panel: StoredFile
    package var reason: String

    /// A registration.
    package init(
        analysis: CytometryAnalysisID, gates: StoredFile, panel: StoredFile, reason: String
    ) {
        self.analysis = analysis
        self.gates = gates
        self.panel = panel
        self.reason = reason
    }

    package var storedFiles: [StoredFile] { [gates, panel] }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reason, "reason")
        let registered = CytometryAnalysisRegistered(
            analysis: analysis, gates: gates, panel: panel, reason: reason)
        guard let known = site.cytometryAnalyses[analysis] else {
            try site.requireUnused(analysis)
            return [registered]
        }
        if let last = known.versions.last, last.gates.digest == gates.digest,
            last.panel.digest == panel.digest
        {
            throw Rejection(
                "cytometry.no-change",
                "gates and panel are those of version \(known.versions.count) of '\(analysis)'",
                help: "a new version needs other gates or another panel")
        }
        return [registered]
    }
}

/// A version of a cytometry analysis was registered.
package struct CytometryAnalysisRegistered: Fact {
    package static let kind = "cytometry.analysis-registered/1"
    package var analysis: CytometryAnalysisID
    package var gates: StoredFile
    package var panel: StoredFile
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[analysis.text] = .cytometryAnalysis
        var known = site.cytometryAnalyses[analysis] ?? CytometryAnalysis(id: analysis)
        known.versions.append(.init(gates: gates, panel: panel, reason: reason, stamp: stamp))
        site.cytometryAnalyses[analysis] = known
    }
}
