/// A form that changes something: it is sent by POST and carries the session's own token.
struct Form: Component {
    let action: Link
    /// What proves that the form is ours, or nil where nobody is signed in yet.
    let pass: FormPass?
    var fields: [Field]
    /// What the button says: a verb and a thing.
    let button: String
    /// Texts above the fields.
    var title: String?
    var explanation: String?
    /// Asks for the password again, with the meaning of the signature.
    var signature: Signature?
    /// A name under which the browser keeps what was typed until it is recorded; unique to the
    /// step or thing, never holding passwords.
    var draft: String?
    /// Tells this form apart from others on its page.
    var scope = ""
    /// Why what the form asked for was refused.
    var refusal: Notice?

    /// The ceremony of a signature: who signs, what it means, and the password each time.
    struct Signature {
        var signer: String
        var meaning: String
    }

    init(
        to action: Link, pass: FormPass?, button: String, title: String? = nil,
        explanation: String? = nil, fields: [Field] = [], signature: Signature? = nil,
        draft: String? = nil
    ) {
        self.action = action
        self.pass = pass
        self.button = button
        self.title = title
        self.explanation = explanation
        self.fields = fields
        self.signature = signature
        self.draft = draft
    }

    /// Whether a field takes files; what is typed beside one is not kept by the browser.
    private var bringsFiles: Bool {
        fields.contains { if case .files = $0.input { true } else { false } }
    }

    /// Whether a list of it is typed in rows.
    private var hasRows: Bool {
        fields.contains { if case .rows = $0.input { true } else { false } }
    }

    func write(into html: inout HTML) {
        html(
            .form, .class("form"), .post, .action(action), .withoutBrowserChecks,
            .when(bringsFiles, .multipart), .with(draft) { .note(.draft, $0) }
        ) { html in
            if let title { html(.h2, text: title) }
            if let explanation { html(.p, .class("help"), text: explanation) }
            if let refusal { html.add(refusal) }
            if let pass { html.add(pass) }
            // Enter in a field sends the form with its first button, which is not one for a row.
            if hasRows { html(.button, .submits, .hidden, text: button) }
            for var field in fields {
                field.scope = scope
                html.add(field)
            }
            if let signature { ceremony(signature, &html) }
            html(.div, .class("buttons")) { html in
                html(.button, .submits, .class("primary"), text: button)
            }
        }
    }

    private func ceremony(_ signature: Signature, _ html: inout HTML) {
        html(.fieldset, .class("ceremony")) { html in
            html(.legend, text: "Signature")
            html(.p) { html in
                html(.strong, text: signature.signer)
                html.text(" signs: \(signature.meaning)")
            }
            html.add(
                Field(
                    name: SubmittedForm.passwordField, label: "Password", input: .password,
                    help: "Asked each time; it unlocks the key that signs.", isRequired: true,
                    scope: scope))
        }
    }
}

/// What proves that a form is ours and is sent once: the session's token, and a key of its own.
struct FormPass: Component, Sendable {
    /// The secret of the session.
    let token: String
    /// Random; the same form sent twice is one request.
    let key: String

    func write(into html: inout HTML) {
        html(.input, .type(.hidden), .name(SubmittedForm.tokenField), .value(token))
        html(.input, .type(.hidden), .name(SubmittedForm.keyField), .value(key))
    }
}
