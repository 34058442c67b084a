import Facility

/// The decision over what stands in quarantine: to release it, or behind a fold to reject it.
struct Disposition: Component {
    let release: any Command.Type
    let reject: any Command.Type
    /// What is decided over, in a word.
    let thing: String
    /// The fields that name it.
    let fixed: [String: String]
    /// Its page.
    let page: Link
    let viewer: Viewer

    func write(into html: inout HTML) {
        guard viewer.may(release) || viewer.may(reject) else { return }
        html.panel("Disposition") { html in
            if viewer.may(release) {
                html.add(form(release, button: "Sign and release the \(thing)"))
            }
            guard viewer.may(reject) else { return }
            html(.details) { html in
                html(.summary, text: "Reject the \(thing) instead")
                html.add(form(reject, button: "Sign and reject the \(thing)"))
            }
        }
    }

    private func form(_ type: any Command.Type, button: String) -> CommandForm {
        var form = CommandForm(type: type, viewer: viewer)
        form.fixed = fixed
        form.returnTo = Address(page)
        form.button = button
        return form
    }
}
