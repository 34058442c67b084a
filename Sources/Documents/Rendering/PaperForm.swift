import Ledger

/// The forms a paper is given in.
package enum PaperForm: String, CaseIterable, Sendable {
    case text, html, pdf, docx, json

    /// The media type (IANA).
    package var mediaType: String {
        switch self {
        case .text: "text/plain; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .json: "application/json"
        }
    }

    /// How the name of such a file ends.
    package var fileExtension: String { self == .text ? "txt" : rawValue }
}

extension Paper {
    /// The paper in `form`. Portable document and word processor forms run the programs that make
    /// them; the others need nothing.
    package func bytes(
        as form: PaperForm, by converter: Converter
    ) throws(ConversionError) -> [UInt8] {
        switch form {
        case .text: Array(PaperPlainText(paper: self).text().utf8)
        case .html: PaperHTML(paper: self).page()
        case .json: json.canonicalBytes() + [UInt8(ascii: "\n")]
        case .pdf: try converter.pdf(of: PaperHTML(paper: self).page(), at: basis.instant)
        case .docx: try converter.docx(of: self)
        }
    }

    /// A name for the file: kind and subject in letters, digits and hyphens.
    package func fileName(as form: PaperForm) -> String {
        let words = title.lowercased().split {
            !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "."))
        }
        return words.joined(separator: "-") + "." + form.fileExtension
    }
}
