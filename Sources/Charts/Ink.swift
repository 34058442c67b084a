/// The colours of the house, safe for readers who see colours differently.
///
/// Hues are those of M. Okabe and K. Ito, "Color Universal Design" (2008), darkened where they
/// carry text so that contrast on paper is at least 4.5 : 1 (WCAG 2.2, 1.4.3). No meaning is
/// carried by colour alone: see `Tone.glyph`.
enum Ink: String, CaseIterable {
    /// Text and strong lines.
    case ink = "#14211f"
    /// Text that may step back.
    case quiet = "#52605c"
    /// Hair lines, axes.
    case rule = "#c3cac5"
    /// The ground of a box.
    case panel = "#ffffff"
    /// The ground of a page.
    case paper = "#f8f7f3"
    /// Bands behind data.
    case band = "#e6ece8"
    /// The house's own green-blue.
    case house = "#00594f"
    /// A wash of `house`.
    case wash = "#d7e8e3"
    case green = "#00734f"
    case blue = "#005c96"
    case sky = "#56b4e9"
    case amber = "#e69f00"
    case brown = "#8a5a00"
    case vermillion = "#b23a00"
    case purple = "#9a3b76"
}

/// How something stands, as one glance must tell it.
public enum Tone: String, Sendable, Hashable, CaseIterable {
    /// Released, passed, within its limits.
    case good
    /// In progress, waiting for someone.
    case underway
    /// Needs a decision: at an alert limit, due, quarantined.
    case attention
    /// Failed, rejected, outside its limits.
    case bad
    /// Consumed, closed, not in play.
    case inactive

    /// A mark that tells the tone without colour.
    public var glyph: String {
        switch self {
        case .good: "✓"
        case .underway: "○"
        case .attention: "▲"
        case .bad: "✕"
        case .inactive: "–"
        }
    }

    var ink: Ink {
        switch self {
        case .good: .green
        case .underway: .blue
        case .attention: .brown
        case .bad: .vermillion
        case .inactive: .quiet
        }
    }

    var fill: Ink {
        switch self {
        case .good: .green
        case .underway: .sky
        case .attention: .amber
        case .bad: .vermillion
        case .inactive: .rule
        }
    }
}
