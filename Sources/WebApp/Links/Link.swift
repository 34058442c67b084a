import Charts

/// Every place of the site. The only writer of paths: a link that compiles leads somewhere, and
/// what it names is percent-encoded.
enum Link: Hashable, Sendable {
    case home
    case signIn
    case signOut
    case batches
    case batch(String)
    case batchStep(batch: String, step: String)
    case batchReview(String)
    case certificate(batch: String)
    case certificateFile(batch: String)
    case certificateCheck(batch: String)
    case genealogy(node: String)
    case papers(of: String)
    case paper(of: String, String)
    case definitions
    case definition(String)
    case definitionText(String)
    case definitionChanges(String)
    case definitionDrafts
    case definitionDraft(String)
    case planning
    case plan(String)
    case simulatedYear(String)
    case endSimulatedYear(String)
    case learning(String)
    case rules
    case rule(String)
    case donors
    case donor(String)
    case lines
    case line(String)
    case banks
    case bank(String)
    case materials
    case lot(String)
    case storage
    case samples
    case sample(String)
    case testing
    case testResult(batch: String, test: String)
    case cytometryPicture(batch: String, test: String, result: Int, picture: Int)
    case plate(batch: String, test: String)
    case cytometryReading(batch: String, test: String)
    case cytometryReadingPicture(batch: String, test: String, picture: Int)
    case trends
    case trend(definition: String, specification: String, test: String)
    case methods
    case method(String)
    case controlTrend(method: String, control: String)
    case rejections
    case qualityReviews
    case qualityReview(String)
    case studies
    case study(String)
    case validationPlan
    case environment
    case environmentTrend(place: String, method: String)
    case environmentSample(String)
    case rooms
    case room(String)
    case equipment
    case equipmentPiece(String)
    case simulations
    case simulation(String)
    case obligations
    case obligation(String)
    case documents
    case document(String)
    case documentFile(String, version: String)
    case meetings
    case meeting(String)
    case selfInspections
    case systemChecks
    case organisations
    case organisation(String)
    case due
    case events
    case event(String)
    case orders
    case order(String)
    case shipments
    case shipment(String)
    case patients
    case patient(String)
    case container(String)
    case people
    case person(String)
    case training
    case tokens
    case files
    case file(String)
    case audit
    case entry(Int)
    case ledger
    case ledgerCheck
    case commands
    case command(String)
    case search
    case live
    case asset(name: String, digest: String)
    case api
    case apiSession
    case apiCommands
    case apiCommand(String)
    case apiFile(String)
    case apiPlan(String)
    case apiYear(String)
    case apiLearning(String)
    case health
    case readiness
    /// A path that came back to us and was shown to stay on this site.
    case local(String)

    /// The path, beginning with a slash.
    var path: String {
        if case .local(let path) = self { return path }
        return "/" + segments.map(percentEncoded).joined(separator: "/")
    }

    private var segments: [String] {
        switch self {
        case .home: []
        case .signIn: ["sign-in"]
        case .signOut: ["sign-out"]
        case .batches: ["batches"]
        case .batch(let id): ["batches", id]
        case .batchStep(let batch, let step): ["batches", batch, "steps", step]
        case .batchReview(let id): ["batches", id, "review"]
        case .certificate(let batch): ["batches", batch, "certificate"]
        case .certificateFile(let batch): ["batches", batch, "certificate", "file"]
        case .certificateCheck(let batch): ["batches", batch, "certificate", "verification"]
        case .genealogy(let node): ["genealogy", node]
        case .papers(let id): ["papers", id]
        case .paper(let id, let paper): ["papers", id, paper]
        case .definitions: ["definitions"]
        case .definition(let id): ["definitions", id]
        case .definitionText(let id): ["definitions", id, "text"]
        case .definitionChanges(let id): ["definitions", id, "changes"]
        case .definitionDrafts: ["definition-drafts"]
        case .definitionDraft(let digest): ["definition-drafts", digest]
        case .planning: ["planning"]
        case .plan(let id): ["planning", id]
        case .simulatedYear(let id): ["planning", id, "year"]
        case .endSimulatedYear(let id): ["planning", id, "year", "end"]
        case .learning(let id): ["planning", id, "learning"]
        case .rules: ["rules"]
        case .rule(let id): ["rules", id]
        case .donors: ["donors"]
        case .donor(let id): ["donors", id]
        case .lines: ["lines"]
        case .line(let id): ["lines", id]
        case .banks: ["banks"]
        case .bank(let id): ["banks", id]
        case .materials: ["materials"]
        case .lot(let id): ["materials", id]
        case .storage: ["storage"]
        case .samples: ["samples"]
        case .sample(let id): ["samples", id]
        case .testing: ["testing"]
        case .testResult(let batch, let test): ["testing", batch, test]
        case .cytometryPicture(let batch, let test, let result, let picture):
            ["testing", batch, test, "cytometry", String(result), String(picture)]
        case .plate(let batch, let test): ["testing", batch, test, "plate"]
        case .cytometryReading(let batch, let test):
            ["testing", batch, test, "cytometry-reading"]
        case .cytometryReadingPicture(let batch, let test, let picture):
            ["testing", batch, test, "cytometry-reading", String(picture)]
        case .trends: ["trends"]
        case .trend(let definition, let specification, let test):
            ["trends", definition, specification, test]
        case .methods: ["methods"]
        case .method(let id): ["methods", id]
        case .controlTrend(let method, let control): ["methods", method, "controls", control]
        case .rejections: ["rejections"]
        case .qualityReviews: ["quality-reviews"]
        case .qualityReview(let period): ["quality-reviews", period]
        case .studies: ["studies"]
        case .study(let id): ["studies", id]
        case .validationPlan: ["validation"]
        case .environment: ["environment"]
        case .environmentTrend(let place, let method): ["environment", "trends", place, method]
        case .environmentSample(let id): ["environment", "samples", id]
        case .rooms: ["rooms"]
        case .room(let id): ["rooms", id]
        case .equipment: ["equipment"]
        case .equipmentPiece(let id): ["equipment", id]
        case .simulations: ["simulations"]
        case .simulation(let id): ["simulations", id]
        case .obligations: ["obligations"]
        case .obligation(let id): ["obligations", id]
        case .documents: ["documents"]
        case .document(let id): ["documents", id]
        case .documentFile(let id, let version): ["documents", id, version]
        case .meetings: ["meetings"]
        case .meeting(let id): ["meetings", id]
        case .selfInspections: ["self-inspections"]
        case .systemChecks: ["system-checks"]
        case .organisations: ["organisations"]
        case .organisation(let id): ["organisations", id]
        case .due: ["due"]
        case .events: ["events"]
        case .event(let id): ["events", id]
        case .orders: ["orders"]
        case .order(let id): ["orders", id]
        case .shipments: ["shipments"]
        case .shipment(let id): ["shipments", id]
        case .patients: ["patients"]
        case .patient(let id): ["patients", id]
        case .container(let id): ["containers", id]
        case .people: ["people"]
        case .person(let id): ["people", id]
        case .training: ["training"]
        case .tokens: ["tokens"]
        case .files: ["files"]
        case .file(let digest): ["files", digest]
        case .audit: ["audit"]
        case .entry(let index): ["ledger", "entries", String(index)]
        case .ledger: ["ledger"]
        case .ledgerCheck: ["ledger", "verification"]
        case .commands: ["commands"]
        case .command(let name): ["commands", name]
        case .search: ["search"]
        case .live: ["live"]
        case .asset(let name, let digest): ["assets", digest, name]
        case .api: ["api", "v1"]
        case .apiSession: ["api", "v1", "session"]
        case .apiCommands: ["api", "v1", "commands"]
        case .apiCommand(let name): ["api", "v1", "commands", name]
        case .apiFile(let name): ["api", "v1", "files", name]
        case .apiPlan(let id): ["api", "v1", "plans", id]
        case .apiYear(let id): ["api", "v1", "years", id]
        case .apiLearning(let id): ["api", "v1", "learning", id]
        case .health: ["healthz"]
        case .readiness: ["readyz"]
        case .local(let path): [path]
        }
    }
}

/// A link with a query and a place on the page.
struct Address: Hashable, Sendable {
    var link: Link
    var query: [QueryItem] = []
    var fragment: String?

    /// A part of a query.
    struct QueryItem: Hashable, Sendable {
        var name: String
        var value: String
    }

    init(_ link: Link, query: [QueryItem] = [], fragment: String? = nil) {
        self.link = link
        self.query = query
        self.fragment = fragment
    }

    /// The path on this site that `text` is, as it came in an address or a form; nil when it
    /// could lead anywhere else.
    init?(local text: String) {
        guard let path = PicturePath(text), path.text.utf8.count <= 2000 else { return nil }
        let halves = path.text.split(separator: "?", maxSplits: 1)
        self.init(.local(String(halves[0])))
        query = (halves.count > 1 ? QueryText.pairs(in: halves[1]) ?? [] : []).map {
            QueryItem(name: $0.name, value: $0.value)
        }
    }

    /// This address with one more pair in its query, in place of those of the same name.
    func adding(_ name: String, _ value: String) -> Address {
        var address = self
        address.query.removeAll { $0.name == name }
        address.query.append(QueryItem(name: name, value: value))
        return address
    }

    /// The path, the query and the fragment.
    var text: String {
        var text = link.path
        if !query.isEmpty {
            text += "?"
            text += query.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
                .joined(separator: "&")
        }
        if let fragment { text += "#" + percentEncoded(fragment) }
        return text
    }
}

/// `text` with all but the unreserved characters of RFC 3986 (2.3) as percent escapes.
func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
    }
    return encoded
}
