import Facility
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Testing

@testable import WebApp

/// A browser without a screen: keeps the cookie, reads the token out of forms, follows nothing.
struct Browser {
    let client: any TestClientProtocol
    var cookie: String?

    /// What came back.
    struct Answer {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let text: String

        /// The value of the first hidden field called `name`.
        func hidden(_ name: String) -> String? {
            guard let field = text.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
            return String(text[field.upperBound...].prefix { $0 != "\"" })
        }
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(path, .get, headers: headers, body: nil)
    }

    /// Sends a form as this browser would, with the token and key of the page `page`.
    func post(
        _ path: String, _ fields: [(String, String)], from page: Answer? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var fields = fields
        if let page {
            for name in [SubmittedForm.tokenField, SubmittedForm.keyField] {
                if let value = page.hidden(name) { fields.append((name, value)) }
            }
        }
        let body = fields.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }
            .joined(separator: "&")
        return try await send(path, .post, headers: headers, body: body)
    }

    func send(
        _ path: String, _ method: HTTPRequest.Method, headers: HTTPFields, body: String?
    ) async throws -> Answer {
        var headers = headers
        if let cookie { headers[.cookie] = cookie }
        return try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Answer(
                status: response.status, headers: response.headers,
                text: String(buffer: response.body))
        }
    }

    /// One file of a form.
    struct Upload {
        let field: String
        let name: String
        let bytes: [UInt8]

        init(_ field: String, _ name: String, _ bytes: [UInt8]) {
            (self.field, self.name, self.bytes) = (field, name, bytes)
        }

        init(_ field: String, _ name: String, _ text: String) {
            self.init(field, name, Array(text.utf8))
        }
    }

    /// Sends a form with files as a browser does, with the token and key of the page `page`.
    func bring(
        _ files: [Upload], to path: String, _ fields: [(String, String)] = [],
        from page: Answer
    ) async throws -> Answer {
        let pass = [SubmittedForm.tokenField, SubmittedForm.keyField].compactMap { name in
            page.hidden(name).map { (name, $0) }
        }
        var body = ByteBuffer()
        for (name, value) in pass + fields {
            body.writeString(
                "--b0und\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        for file in files {
            body.writeString(
                "--b0und\r\nContent-Disposition: form-data; name=\"\(file.field)\"; "
                    + "filename=\"\(file.name)\"\r\n\r\n")
            body.writeBytes(file.bytes)
            body.writeString("\r\n")
        }
        body.writeString("--b0und--\r\n")
        var headers: HTTPFields = [.contentType: "multipart/form-data; boundary=b0und"]
        headers[.cookie] = cookie
        return try await client.execute(uri: path, method: .post, headers: headers, body: body) {
            response in
            Answer(
                status: response.status, headers: response.headers,
                text: String(buffer: response.body))
        }
    }

    /// Signs in and keeps the cookie.
    mutating func signIn(_ person: String) async throws {
        let answer = try await post(
            "/sign-in", [("person", person), ("password", SampleSite.password)])
        #expect(answer.status == .seeOther)
        let line = try #require(answer.headers[.setCookie])
        cookie = String(line.prefix { $0 != ";" })
    }

    /// A browser in which `person` is signed in.
    func signedIn(_ person: String) async throws -> Browser {
        var browser = Browser(client: client)
        try await browser.signIn(person)
        return browser
    }
}

/// Runs `body` against a server of the sample site, as it stood before the first line of its scenario
/// for which `isEnd` holds.
func withSampleSite(
    upTo isEnd: (Scenario.Line) -> Bool = { _ in false },
    _ body: @Sendable (Browser, Site, SetClock) async throws -> Void
) async throws {
    let (site, clock) = try await SampleSite.played(upTo: isEnd)
    defer { try? FileManager.default.removeItem(at: site.folder.url) }
    let application = Application(router: WebServer(site: site).router())
    try await application.test(.router) { client in
        try await body(Browser(client: client), site, clock)
    }
}
