/// Writes a net in the Petri Net Markup Language.
struct PNMLWriter {
    let net: PetriNet
    let name: String

    func text() -> String {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<!-- Free choices stand for conditions. Elements of an each run one after the other here, a race is a choice between its",
            "     branches, and what cancels (end, leave, failures) goes on like any other step: place/transition nets have no cancelling. -->",
            "<pnml xmlns=\"http://www.pnml.org/version-2009/grammar/pnml\">",
            "  <net id=\"process\" type=\"http://www.pnml.org/version-2009/grammar/ptnet\">",
            "    <name><text>\(name.escapedForXML)</text></name>", "    <page id=\"page\">",
        ]
        for place in net.places {
            let marking =
                place.tokens == 0 ? "" : "<initialMarking><text>\(place.tokens)</text></initialMarking>"
            lines.append(
                "      <place id=\"\(place.id)\"><name><text>\(place.name.escapedForXML)</text></name>\(marking)</place>"
            )
        }
        for transition in net.transitions {
            lines.append(
                "      <transition id=\"\(transition.id)\"><name><text>\(transition.name.escapedForXML)</text></name></transition>"
            )
        }
        var count = 0
        func arc(_ source: String, _ target: String) {
            count += 1
            lines.append("      <arc id=\"a_\(count)\" source=\"\(source)\" target=\"\(target)\"/>")
        }
        for transition in net.transitions {
            for place in transition.inputs { arc(place, transition.id) }
            for place in transition.outputs { arc(transition.id, place) }
        }
        lines += ["    </page>", "  </net>", "</pnml>"]
        return lines.joined(separator: "\n") + "\n"
    }
}
