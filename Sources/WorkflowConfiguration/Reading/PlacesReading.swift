import WorkflowCore

extension Places {
    /// The places of a mapping's values, those of mappings inside and of listed names too: `due`, `with.name`, `undo.with.login`,
    /// `edit.start`.
    ///
    /// - Parameter except: keys whose values hold definitions with places of their own; of them, the place of the key alone.
    init(_ mapping: YAMLMapping, except: Set<String>) {
        self.init()
        add(mapping, "", 0, except)
    }

    private mutating func add(_ mapping: YAMLMapping, _ prefix: String, _ depth: Int, _ except: Set<String>) {
        // By index, so that no entry is copied.
        for index in mapping.entries.indices {
            if depth == 0, except.contains(mapping.entries[index].key.text) {
                add(mapping.entries[index].key.text, mapping.entries[index].key.location)
                continue
            }
            let key = prefix.isEmpty ? mapping.entries[index].key.text : prefix + mapping.entries[index].key.text
            let value = mapping.entries[index].value
            add(key, value.location)
            switch value {
            case .mapping(let inner) where depth < 3: add(inner, key + ".", depth + 1, except)
            case .sequence(let list):
                for case .scalar(let item) in list.items { add("\(key).\(item.text)", item.location) }
            default: break
            }
        }
    }
}
