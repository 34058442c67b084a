/// The style sheet of every paper: quiet on a screen, legible in black and white on A4.
enum PaperStyle {
    /// The widths of columns that the sheet knows, in percent of the table.
    static let widths: Set<Int> = [
        5, 6, 7, 8, 10, 11, 12, 14, 15, 16, 17, 18, 20, 22, 24, 28, 30, 34,
    ]

    static let sheet: StaticString = """
        @page {
          size: A4; margin: 22mm 18mm 19mm;
          @top-left { content: element(head); width: 60%; vertical-align: bottom; padding-bottom: 4mm }
          @top-right { content: element(issuer); width: 40%; vertical-align: bottom; padding-bottom: 4mm }
          @bottom-left { content: element(foot); width: 80%; vertical-align: top; padding-top: 4mm }
          @bottom-right {
            content: "Page " counter(page) " of " counter(pages); width: 20%;
            vertical-align: top; padding-top: 4mm; text-align: right;
            font: 7.5pt "DejaVu Sans", sans-serif;
          }
        }
        html { font: 9pt/1.4 "DejaVu Sans", Verdana, sans-serif; color: #111 }
        body { max-width: 174mm; margin: 8mm auto }
        h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 2mm; bookmark-level: 1 }
        h2 { font-size: 12pt; margin: 5.5mm 0 2mm; padding-top: 1.5mm; border-top: 0.4mm solid #111;
          break-after: avoid }
        h3 { font-size: 10pt; margin: 5mm 0 1.5mm; break-after: avoid }
        p { margin: 0 0 2mm; orphans: 3; widows: 3 }
        .issuer, .under { color: #444; margin: 0 0 1mm }
        .running-head, .running-issuer, .running-foot { font-size: 7.5pt; color: #444 }
        .running-issuer { text-align: right }
        table { border-collapse: collapse; width: 100%; margin: 0 0 3mm; font-size: 8pt; line-height: 1.3 }
        table.set { table-layout: fixed }
        table.set td, table.set th { overflow-wrap: break-word }
        .w5 { width: 5% } .w6 { width: 6% } .w7 { width: 7% } .w8 { width: 8% }
        .w10 { width: 10% } .w11 { width: 11% } .w12 { width: 12% } .w14 { width: 14% }
        .w15 { width: 15% } .w16 { width: 16% } .w17 { width: 17% } .w18 { width: 18% }
        .w20 { width: 20% } .w22 { width: 22% } .w24 { width: 24% } .w28 { width: 28% }
        .w30 { width: 30% } .w34 { width: 34% }
        caption { text-align: left; font-weight: bold; margin-bottom: 1mm }
        thead { display: table-header-group }
        tr { break-inside: avoid }
        tr:last-child { break-before: avoid }
        th, td { text-align: left; vertical-align: top; padding: 0.7mm 1.6mm 0.7mm 0;
          border-bottom: 0.2mm solid #bbb }
        thead th { border-bottom: 0.4mm solid #111 }
        tr > :last-child { padding-right: 0 }
        .facts th { width: 34%; font-weight: normal; color: #444 }
        .figure { text-align: right }
        code, pre { font-family: "DejaVu Sans Mono", monospace; font-size: 7.5pt }
        code, pre, .long { overflow-wrap: anywhere }
        pre { white-space: pre-wrap; border: 0.2mm solid #bbb; padding: 2mm }
        del { text-decoration: line-through }
        ins { text-decoration: none; font-weight: bold; border-bottom: 0.5mm double #111 }
        .was { font-size: 7pt; color: #444 }
        .verdict { font-weight: bold }
        .verdict.bad, .verdict.warning { border: 0.3mm solid #111; padding: 0 0.8mm }
        .note { border-left: 1.2mm solid #111; padding-left: 2mm }
        figure { margin: 2mm 0; break-inside: avoid }
        figcaption { font-size: 7.5pt; color: #444 }
        .codes { display: flex; flex-wrap: wrap }
        .code { margin: 0 6mm 3mm 0 }
        .break { border: 0; break-after: page; margin: 0 }
        @media print {
          body { max-width: none; margin: 0 }
          .running-head { position: running(head) }
          .running-issuer { position: running(issuer) }
          .running-foot { position: running(foot) }
        }
        @media screen {
          .running-head, .running-issuer, .running-foot { display: none }
        }

        """
}
