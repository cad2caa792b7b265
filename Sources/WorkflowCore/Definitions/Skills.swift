extension GroupID {
    /// Those who have a skill are a group, named so that no group is called like it.
    package init(skill: String) { self.init("skill:\(skill)") }

    /// The skill, of those who have one; nil for any other group.
    package var skill: String? { text.hasPrefix("skill:") ? String(text.dropFirst("skill:".count)) : nil }
}
