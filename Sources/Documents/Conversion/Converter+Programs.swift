import Charts
package import Facility
import Ledger

extension Converter {
    /// `html` as an archival PDF (PDF/A-3b, ISO 19005-3), set by WeasyPrint.
    ///
    /// The file is named by the digest of what is in it and dated by `instant`: the same page gives
    /// the same bytes.
    package func pdf(
        of html: [UInt8], at instant: Timestamp
    ) throws(ConversionError) -> [UInt8] {
        let pdf = try run(
            .weasyprint,
            [
                "--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/a-3b",
                "--pdf-identifier", Digest.sha256(of: html).hex, "-", "-",
            ], input: html, epoch: instant.milliseconds / 1000)
        guard pdf.starts(with: Array("%PDF-".utf8)) else {
            throw .unexpectedOutput(program: "weasyprint", expected: "a PDF file")
        }
        return pdf
    }

    /// `paper` for a word processor, written by pandoc; pictures and codes become PNG, which every
    /// word processor shows.
    package func docx(of paper: Paper) throws(ConversionError) -> [UInt8] {
        var rasters: [[UInt8]] = []
        for block in paper.wholeBody {
            switch block {
            case .picture(let picture):
                rasters.append(try png(of: picture.picture.standaloneSVG(), zoom: 2))
            case .codes(let codes):
                for code in codes {
                    rasters.append(
                        try png(
                            of: code.matrix.standaloneSVG(width: Double(code.matrix.side) * 6),
                            zoom: 1))
                }
            default: continue
            }
        }
        // A page without pictures is the same either way; the running heads are left out.
        var page = PaperHTML(paper: paper, rasters: rasters)
        page.isForWordProcessor = true
        let docx = try run(
            .pandoc, ["--from", "html", "--to", "docx", "--output", "-"], input: page.page(),
            epoch: paper.basis.instant.milliseconds / 1000)
        guard docx.starts(with: Array("PK".utf8)) else {
            throw .unexpectedOutput(program: "pandoc", expected: "a word processor file")
        }
        return docx
    }

    /// An SVG picture as PNG, `zoom` pixels a user unit.
    package func png(of svg: [UInt8], zoom: Int) throws(ConversionError) -> [UInt8] {
        let png = try run(
            .rasterizer,
            ["--format", "png", "--zoom", "\(zoom)", "--background-color", "white"], input: svg)
        guard png.starts(with: [0x89, 0x50, 0x4E, 0x47]) else {
            throw .unexpectedOutput(program: Program.rasterizer.rawValue, expected: "a PNG file")
        }
        return png
    }

    /// `content` as a code, worked out by zint.
    ///
    /// A QR code has error correction level M (15 %); a Data Matrix is ECC 200 and square.
    package func code(
        _ symbology: CodeMatrix.Symbology, of content: String
    ) throws(ConversionError) -> CodeMatrix {
        let arguments =
            switch symbology {
            case .qr: ["--barcode", "QRCODE", "--secure", "2"]
            case .dataMatrix: ["--barcode", "DATAMATRIX", "--square"]
            }
        let dump = try run(
            .zint, arguments + ["--dump", "--input", "/dev/stdin"], input: Array(content.utf8))
        let text = String(decoding: dump, as: UTF8.self)
        guard let code = CodeMatrix(symbology: symbology, content: content, zintDump: text) else {
            throw .unexpectedOutput(program: "zint", expected: "a square code")
        }
        return code
    }

    /// `bytes`, packed (RFC 1952) without name and date, so that the same bytes pack the same.
    package func packed(_ bytes: [UInt8]) throws(ConversionError) -> [UInt8] {
        try run(.gzip, ["--best", "--no-name", "--stdout"], input: bytes)
    }

    /// What was packed.
    package func unpacked(_ bytes: [UInt8]) throws(ConversionError) -> [UInt8] {
        try run(.gzip, ["--decompress", "--stdout"], input: bytes)
    }
}
