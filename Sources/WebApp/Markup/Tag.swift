/// The elements our pages are made of. `script` and `link` are written by `PageFrame` alone,
/// with the address of an asset; `style` does not exist.
enum Tag: String {
    case html, head, title, body, header, nav, main, footer, section, article, aside
    case h1, h2, h3, p, div, span, strong, em, small, code, pre, time, abbr, mark
    case a, ul, ol, li, dl, dt, dd
    case table, caption, thead, tbody, tr, th, td
    case form, fieldset, legend, label, select, option, textarea, button, output, datalist
    case details, summary, figure, figcaption, meter, script, noscript
}

/// Elements without content and without an end tag.
enum VoidTag: String {
    case meta, link, input, img, br, hr
}
