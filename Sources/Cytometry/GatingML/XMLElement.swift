import CLibXML2
import Foundation

/// An element of a parsed XML document: name, attributes, children and text.
///
/// Prefixes are resolved; comments and processing instructions are left out.
final class XMLElement {
    let name: String
    let namespace: String
    let line: Int
    fileprivate(set) var children: [XMLElement] = []
    fileprivate(set) var text = ""
    fileprivate var attributes: [(name: String, namespace: String, value: String)] = []

    fileprivate init(name: String, namespace: String, line: Int) {
        self.name = name
        self.namespace = namespace
        self.line = line
    }

    /// The value of an attribute by its local name, in whatever namespace it stands.
    subscript(attribute: String) -> String? {
        attributes.first { $0.name == attribute }?.value
    }

    /// Child elements with a local name.
    func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The first child element with a local name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}

/// Reading XML with libxml2, which alone knows about it outside of this file.
///
/// Nothing outside the document is ever opened, entities of its own are refused (they are of no
/// use here and the stuff of bombs), and size, depth and number of elements are limited.
enum XMLDocument {
    /// Longer documents are refused; a FlowJo workspace of some hundred samples has 30 MB.
    static let lengthMax = 64 << 20
    /// More elements than this are refused.
    static let elementsMax = 2_000_000

    private static let isInitialized: Bool = {
        xmlInitParser()
        return true
    }()

    /// The root element of the document in `bytes`.
    static func root(of bytes: [UInt8]) throws(GatingError) -> XMLElement {
        guard !bytes.isEmpty else { throw .init(.xml, "the document is empty") }
        guard bytes.count <= lengthMax else {
            throw .init(
                .limit, "the document has \(bytes.count) bytes, limit \(lengthMax)")
        }
        if contains(Array("<!ENTITY".utf8), in: bytes) { throw entities }
        guard isInitialized, let context = xmlNewParserCtxt() else {
            throw .init(.xml, "the XML parser cannot start")
        }
        defer { xmlFreeParserCtxt(context) }
        // Errors are read from the context; for some encodings libxml2 prints them as well. The
        // handler belongs to the thread, so it is set for every document.
        xmlSetStructuredErrorFunc(nil) { _, _ in }
        let options =
            Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_NOERROR.rawValue)
            | Int32(XML_PARSE_NOWARNING.rawValue) | Int32(XML_PARSE_NOCDATA.rawValue)
            | Int32(XML_PARSE_COMPACT.rawValue)
        let document = bytes.withUnsafeBytes { raw in
            xmlCtxtReadMemory(
                context, raw.bindMemory(to: CChar.self).baseAddress, Int32(raw.count), nil, nil,
                options)
        }
        guard let document else { throw failure(context) }
        defer { xmlFreeDoc(document) }
        // Also in encodings in which the search above does not see it.
        if let subset = document.pointee.intSubset, subset.pointee.children != nil {
            throw entities
        }
        guard let root = xmlDocGetRootElement(document) else {
            throw .init(.xml, "the document has no element")
        }
        return try copy(root)
    }

    private static let entities = GatingError(
        .xml, "the document declares entities, which are never read",
        remedy: "save it without a document type declaration")

    private static func failure(_ context: xmlParserCtxtPtr) -> GatingError {
        guard let error = xmlCtxtGetLastError(context) else {
            return GatingError(.xml, "the document is not well-formed XML")
        }
        let text = error.pointee.message.map { String(cString: $0) } ?? ""
        let plain = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return GatingError(
            .xml, line: Int(error.pointee.line),
            "the document is not well-formed XML: \(plain.prefix(200))")
    }

    private static func contains(_ pattern: [UInt8], in bytes: [UInt8]) -> Bool {
        guard bytes.count >= pattern.count else { return false }
        return bytes.withUnsafeBytes { haystack in
            pattern.withUnsafeBytes { needle in
                var start = 0
                let last = haystack.count - needle.count
                while start <= last {
                    guard
                        let hit = memchr(
                            haystack.baseAddress! + start, Int32(needle[0]), last - start + 1)
                    else { return false }
                    if memcmp(hit, needle.baseAddress!, needle.count) == 0 { return true }
                    start = UnsafeRawPointer(hit) - haystack.baseAddress! + 1
                }
                return false
            }
        }
    }

    /// Copies the tree without recursion, so that its depth cannot exhaust the stack.
    private static func copy(_ root: xmlNodePtr) throws(GatingError) -> XMLElement {
        let top = element(root)
        var open: [(node: xmlNodePtr?, element: XMLElement)] = [(root.pointee.children, top)]
        var count = 1
        while let current = open.last {
            guard let node = current.node else {
                open.removeLast()
                continue
            }
            open[open.count - 1].node = node.pointee.next
            switch node.pointee.type {
            case XML_ELEMENT_NODE:
                count += 1
                guard count <= elementsMax else {
                    throw .init(.limit, "the document has more than \(elementsMax) elements")
                }
                let child = element(node)
                current.element.children.append(child)
                open.append((node.pointee.children, child))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = node.pointee.content {
                    current.element.text += String(cString: content)
                }
            default: break
            }
        }
        return top
    }

    private static func element(_ node: xmlNodePtr) -> XMLElement {
        let result = XMLElement(
            name: string(node.pointee.name), namespace: string(node.pointee.ns?.pointee.href),
            line: Int(xmlGetLineNo(node)))
        var attribute = node.pointee.properties
        while let current = attribute {
            let content = xmlNodeListGetString(
                node.pointee.doc, current.pointee.children, 1)
            result.attributes.append(
                (
                    string(current.pointee.name), string(current.pointee.ns?.pointee.href),
                    string(content)
                ))
            if let content { seedlot_xml_free(content) }
            attribute = current.pointee.next
        }
        return result
    }

    private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }
}
