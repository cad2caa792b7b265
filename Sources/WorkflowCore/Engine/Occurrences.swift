import Expressions

/// Things that have happened already and that a step may take now: moments that have passed, events that were kept, ends that came while
/// a step was put aside. They are taken one by one in the order in which they occurred, and all that follows from one comes before the
/// next: so a race that starts late, or is taken up again, is won by what came first.
extension Decision {
    /// Settles the open step whose end has occurred first; of several at one moment the first in the file. True when something moved.
    mutating func settleFirst() -> Bool {
        guard state.phase == .open, type.index.hasOccurrences, let first = firstOccurrence() else { return false }
        switch first.what {
        case .moment: emit(.done(first.instance.name, outcome: nil))
        case .kept(let kept):
            emit(.taken(first.instance.name, number: kept.number, outputs: kept.values))
        case .submitted: emit(.done(first.instance.name, outcome: nil))
        case .end(let end): carryOut(end, of: first.instance, isCancelRequested: false)
        case .unknown(let error):
            fail(first.instance, .evaluation(error.sentence(about: "wait", of: first.instance.step)))
        }
        return true
    }

    /// Whether something else has occurred before the moment at which this wait was over, and is to be taken first.
    func isPreceded(_ instance: StepInstance) -> Bool {
        firstOccurrence().map { $0.instance.name != instance.name } ?? false
    }

    private struct Occurrence {
        let instance: StepInstance
        let at: Instant
        let what: What

        enum What {
            case moment
            case kept(KeptEvent)
            /// A child that only had to exist does.
            case submitted
            case end(StepEnd)
            /// When it is over cannot be worked out.
            case unknown(EvaluationError)
        }
    }

    private func firstOccurrence() -> Occurrence? {
        var first: Occurrence?
        let candidates = openInstances { _, step in
            guard !step.isSuspended else { return false }
            if step.keptEnd != nil { return true }
            switch step.status {
            case .wait: return true
            case .request(let child): return child.number != nil && !child.isCancelRequested
            default: return false
            }
        }
        for instance in candidates {
            guard let found = occurrence(at: instance), found.at < first?.at ?? .latest else { continue }
            first = found
        }
        return first
    }

    private func occurrence(at instance: StepInstance) -> Occurrence? {
        guard let open = state.steps[instance.name] else { return nil }
        if let kept = open.keptEnd { return Occurrence(instance: instance, at: kept.at, what: .end(kept.end)) }
        switch instance.step.kind {
        case .request(let child) where child.wait == .submitted:
            return Occurrence(instance: instance, at: open.since, what: .submitted)
        case .wait(.event(let event)):
            guard case .wait(let wait) = open.status, let kept = fitting(instance, event, key: wait.key) else {
                return nil
            }
            return Occurrence(instance: instance, at: kept.receivedAt, what: .kept(kept))
        case .wait(let wait):
            do throws(EvaluationError) {
                let moment = try moment(of: wait, since: open.since, at: instance)
                return moment <= horizon ? Occurrence(instance: instance, at: moment, what: .moment) : nil
            } catch {
                return Occurrence(instance: instance, at: open.since, what: .unknown(error))
            }
        default: return nil
        }
    }
}
