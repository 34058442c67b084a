import Charts

/// One attribute of an HTML element.
///
/// The names are fixed here, so no attribute can run a script or carry a style; the values are
/// escaped by the writer. Addresses come from `Address` or `Asset`, never from a text.
struct Attribute: Sendable {
    let name: StaticString
    let value: String?
    let isPresent: Bool

    private init(_ name: StaticString, _ value: String?, isPresent: Bool = true) {
        self.name = name
        self.value = value
        self.isPresent = isPresent
    }

    /// `attribute` where `condition` holds, else nothing.
    static func when(_ condition: Bool, _ attribute: Attribute) -> Attribute {
        Attribute(attribute.name, attribute.value, isPresent: condition && attribute.isPresent)
    }

    /// The attribute made from `value`, else nothing.
    static func with<Value>(_ value: Value?, _ make: (Value) -> Attribute) -> Attribute {
        value.map(make) ?? Attribute("hidden", nil, isPresent: false)
    }

    // MARK: Everywhere

    static func `class`(_ names: StaticString) -> Self { Self("class", names.description) }
    static func id(_ value: String) -> Self { Self("id", value) }
    static func title(_ value: String) -> Self { Self("title", value) }
    static func language(_ value: StaticString) -> Self { Self("lang", value.description) }
    static func tone(_ tone: Tone) -> Self { Self("data-tone", tone.rawValue) }
    static let hidden = Self("hidden", nil)

    // MARK: Addresses

    static func href(_ address: Address) -> Self { Self("href", address.text) }
    static func href(_ link: Link) -> Self { Self("href", link.path) }
    static func action(_ link: Link) -> Self { Self("action", link.path) }
    static func formAction(_ link: Link) -> Self { Self("formaction", link.path) }
    static func href(_ asset: Asset) -> Self { Self("href", asset.path) }
    static func source(_ asset: Asset) -> Self { Self("src", asset.path) }
    static func source(_ address: Address) -> Self { Self("src", address.text) }
    /// A place on the same page.
    static func hrefOnPage(_ id: String) -> Self { Self("href", "#\(id)") }
    static let download = Self("download", nil)

    // MARK: Pictures

    static func alternative(_ value: String) -> Self { Self("alt", value) }
    static func pixelWidth(_ value: Int) -> Self { Self("width", String(value)) }

    // MARK: Head

    static let utf8 = Self("charset", "utf-8")
    static func metaName(_ value: StaticString) -> Self { Self("name", value.description) }
    static func content(_ value: String) -> Self { Self("content", value) }
    static func relation(_ value: StaticString) -> Self { Self("rel", value.description) }
    static func mediaType(_ value: StaticString) -> Self { Self("type", value.description) }
    static let deferred = Self("defer", nil)

    // MARK: Forms

    enum InputType: String, Sendable {
        case text, password, hidden, number, search, checkbox, radio, date, file
        case localDateTime = "datetime-local"
    }
    enum KeyPad: String, Sendable { case decimal, numeric, text }

    static let post = Self("method", "post")
    static let multipart = Self("enctype", "multipart/form-data")
    static let multiple = Self("multiple", nil)
    static func accepts(_ endings: StaticString) -> Self { Self("accept", endings.description) }
    static let get = Self("method", "get")
    static let withoutBrowserChecks = Self("novalidate", nil)
    static func type(_ type: InputType) -> Self { Self("type", type.rawValue) }
    static let submits = Self("type", "submit")
    static func name(_ value: String) -> Self { Self("name", value) }
    static func value(_ value: String) -> Self { Self("value", value) }
    static func forField(_ id: String) -> Self { Self("for", id) }
    static func keyPad(_ pad: KeyPad) -> Self { Self("inputmode", pad.rawValue) }
    static func autocomplete(_ value: StaticString) -> Self {
        Self("autocomplete", value.description)
    }
    static func maximumLength(_ value: Int) -> Self { Self("maxlength", String(value)) }
    static func rows(_ value: Int) -> Self { Self("rows", String(value)) }
    static func list(_ id: String) -> Self { Self("list", id) }
    static func placeholder(_ value: String) -> Self { Self("placeholder", value) }
    static let checked = Self("checked", nil)
    static let selected = Self("selected", nil)
    static let required = Self("required", nil)
    static let readOnly = Self("readonly", nil)
    static let disabled = Self("disabled", nil)
    static let autofocus = Self("autofocus", nil)
    static let open = Self("open", nil)

    // MARK: Tables and times

    static let columnScope = Self("scope", "col")
    static let rowScope = Self("scope", "row")
    static func columnSpan(_ value: Int) -> Self { Self("colspan", String(value)) }
    static func dateTime(_ value: String) -> Self { Self("datetime", value) }
    static func tabIndex(_ value: Int) -> Self { Self("tabindex", String(value)) }

    // MARK: For readers of the screen

    static func label(_ value: String) -> Self { Self("aria-label", value) }
    static func labelledBy(_ id: String) -> Self { Self("aria-labelledby", id) }
    static func describedBy(_ ids: String) -> Self { Self("aria-describedby", ids) }
    static let currentPage = Self("aria-current", "page")
    static let currentStep = Self("aria-current", "step")
    static let invalid = Self("aria-invalid", "true")
    static let hiddenFromReaders = Self("aria-hidden", "true")
    static func role(_ value: StaticString) -> Self { Self("role", value.description) }
    static func sorted(descending: Bool) -> Self {
        Self("aria-sort", descending ? "descending" : "ascending")
    }
    static let announcesPolitely = Self("aria-live", "polite")

    // MARK: For the page's own script

    /// What the script needs to know; names begin with `data-`.
    enum Note: Sendable {
        case gaugeLow, gaugeHigh, normalLow, normalHigh, provenLow, provenHigh, gaugeHand
        case draft, live, ledgerSize, until, since, now
        case scan, stopwatch
    }
    static func note(_ note: Note, _ value: String) -> Self {
        switch note {
        case .gaugeLow: Self("data-gauge-low", value)
        case .gaugeHigh: Self("data-gauge-high", value)
        case .normalLow: Self("data-normal-low", value)
        case .normalHigh: Self("data-normal-high", value)
        case .provenLow: Self("data-proven-low", value)
        case .provenHigh: Self("data-proven-high", value)
        case .gaugeHand: Self("data-gauge-hand", value)
        case .draft: Self("data-draft", value)
        case .live: Self("data-live", value)
        case .ledgerSize: Self("data-ledger-size", value)
        case .until: Self("data-until", value)
        case .since: Self("data-since", value)
        case .now: Self("data-now", value)
        case .scan: Self("data-scan", value)
        case .stopwatch: Self("data-stopwatch", value)
        }
    }
}
