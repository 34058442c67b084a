import Charts
import Facility

// What can be recorded about a thing of any kind, and the holds it is under.

extension Viewer {
    /// What can be recorded about `id` whatever it is: an event that concerns it, a hold on what is
    /// in stock of it, a change that touches it.
    func eventActions(
        about id: String, canBeHeld: Bool = false, returnTo: Link
    ) -> [(title: String, address: Address)] {
        actions([OpenDeviation.self], ["subjects": id], returnTo: returnTo)
            + (canBeHeld ? actions([PlaceHold.self], ["thing": id], returnTo: returnTo) : [])
            + actions([ProposeChange.self], ["touches": id], returnTo: returnTo)
    }
}

/// The holds in force on a container or a lot, each with the way to lift it.
struct Holds: Component {
    let holds: [Hold]
    /// What is on hold.
    let thing: String
    let viewer: Viewer
    /// Its page.
    let link: Link

    func write(into html: inout HTML) {
        for hold in holds where hold.isInForce {
            html.add(
                Notice(
                    .bad, "On hold.", detail: "\(hold.reason) (\(viewer.state.signed(hold.placed)))"
                ))
            var values = ["thing": thing]
            values["source"] = hold.source?.text
            let actions = viewer.actions([LiftHold.self], values, returnTo: link)
            guard hold.source != nil || !actions.isEmpty else { continue }
            html(.p, .class("next")) { html in
                if let source = hold.source {
                    html(
                        .a, .class("button"), .href(Link(to: source.text, in: viewer.state)),
                        text: "It follows from \(source)")
                }
                for action in actions {
                    html(.a, .class("button"), .href(action.address), text: action.title)
                }
            }
        }
    }
}
