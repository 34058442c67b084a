import Charts
import Cytometry
import Facility
import Ledger

/// What a cytometer gave for one sample: the version of gates and panel, the raw files by digest,
/// the recorded figures, and the pictures that are drawn from them.
struct CytometrySection: Component {
    let analysis: CytometryAnalysis
    let result: CytometryAnalysis.Result
    let state: SiteState
    /// The report as it was recorded; nil when its file cannot be read.
    let report: PhenotypeReport?
    /// What is drawn of it, or why it is not.
    let pictures: Pictures

    /// The pictures of a sample on its page.
    enum Pictures {
        /// Drawn: what each shows, and where it is.
        case drawn([(title: String, address: Address)])
        /// On a page of their own, to keep this one quick.
        case elsewhere(Address)
        case missing(String)
    }

    func write(into html: inout HTML) {
        html.panel("Cytometry, sample \(result.sample.name)") { html in
            html.add(record)
            guard let report else {
                html.add(
                    Notice(
                        .bad, "The recorded report cannot be read.",
                        detail: "its file is missing or damaged: seedlot verify says which"))
                return
            }
            html.add(PhenotypeTables(report: report))
            html(.h3, text: "Pictures")
            write(pictures, &html)
        }
    }

    private func write(_ pictures: Pictures, _ html: inout HTML) {
        switch pictures {
        case .drawn(let pictures):
            html(.div, .class("gallery")) { html in
                for picture in pictures {
                    html(
                        .img, .source(picture.address), .alternative(picture.title),
                        .pixelWidth(444))
                }
            }
        case .elsewhere(let address):
            html(.p) { $0(.a, .href(address), text: "Draw the pictures of this sample") }
        case .missing(let reason):
            html(.p, .class("help"), text: "They cannot be drawn: \(reason).")
        }
    }

    private var record: Facts {
        var facts = Facts()
        let verdict = result.verdict
        facts.add("Verdict of the panel") { $0.add(Badge(verdict.rawValue, verdict.tone)) }
        facts.add("Analysis", "\(analysis.id), version \(result.version)")
        if analysis.versions.indices.contains(result.version - 1) {
            let version = analysis.versions[result.version - 1]
            facts.add("Because", version.reason)
            facts.add("Approved", state.signed(version.stamp))
            add("Gates", version.gates, to: &facts)
            add("Panel", version.panel, to: &facts)
        }
        add("Sample", result.sample, to: &facts)
        for control in result.controls { add("Control", control, to: &facts) }
        add("Report", result.report, to: &facts)
        facts.add("Computed by", result.software)
        facts.add("Recorded", state.signed(result.stamp))
        return facts
    }

    private func add(_ name: String, _ file: StoredFile, to facts: inout Facts) {
        facts.add(name) { html in
            html.text("\(file.name) ")
            html(.a, .href(.file(file.digest.hex))) { $0(.code, text: file.digest.hex) }
        }
    }
}

extension CytometryVerdict {
    var tone: Tone {
        switch self {
        case .pass: .good
        case .fail: .bad
        case .informative: .inactive
        case .notMeasured: .attention
        }
    }
}

extension Cytometry.Verdict {
    var tone: Tone {
        switch self {
        case .pass: .good
        case .fail: .bad
        case .informative: .inactive
        case .notMeasured: .attention
        }
    }
}
