import Expressions

extension Decision {
    /// Lets a branch win as soon as one of its steps is done, where that wins; the others are cancelled when enough have won. True when
    /// one did.
    mutating func decideRace(_ instance: StepInstance) -> Bool {
        guard case .race(let race) = instance.step.kind, race.win == .firstStep else { return false }
        var hasDecided = false
        for branch in inner(of: instance) where winners(of: instance).count < race.need {
            guard !winners(of: instance).contains(branch.step.id), hasDoneSomething(branch) else { continue }
            emit(.won(instance.name, branch: branch.step.id))
            hasDecided = true
        }
        if hasDecided, winners(of: instance).count >= race.need, race.rest == .cancel {
            let losers = losers(of: instance)
            for loser in losers {
                cancel(loser)
                cancelInside(loser)
            }
            for loser in losers { takeBack(inside: loser) }
        }
        return hasDecided
    }

    /// Settles a race when enough of its winners have settled well, or too few can. True when it did.
    mutating func decide(_ instance: StepInstance, _ race: RaceStep) -> Bool {
        if decideRace(instance) { return true }
        let branches = inner(of: instance)
        switch race.win {
        case .finish:
            let standing = standing(of: branches)
            if standing.done + standing.undecided < race.need { return unmet(instance) }
            var hasWon = false
            for branch in branches where winners(of: instance).count < race.need {
                guard case .settled(.done)? = status(of: branch), !isUntouched(branch),
                    !winners(of: instance).contains(branch.step.id)
                else { continue }
                emit(.won(instance.name, branch: branch.step.id))
                hasWon = true
            }
            guard winners(of: instance).count >= race.need else { return hasWon }
            settle(instance, cancelling: race.rest == .cancel ? losers(of: instance) : [])
            return true
        case .firstStep:
            let winners = winners(of: instance)
            let winning = standing(of: branches.filter { winners.contains($0.step.id) })
            let others = standing(of: branches.filter { !winners.contains($0.step.id) })
            if winners.count >= race.need {
                if winning.failed > 0 { return unmet(instance) }
                guard winning.undecided == 0 else { return false }
                settle(instance, cancelling: [])
                return true
            }
            return winning.failed > 0 || winners.count + others.undecided < race.need ? unmet(instance) : false
        }
    }

    /// A branch that is over without anything in it having run counts as lost, as one does that was skipped; so does an adhoc that nobody
    /// has work in, which does not keep a race waiting.
    private func standing(of branches: [StepInstance]) -> Standing {
        Standing(branches.map { isIdleAdhoc($0) || isEmptyWin($0) ? .settled(.skipped) : status(of: $0) })
    }

    private func isEmptyWin(_ branch: StepInstance) -> Bool {
        guard case .settled(.done)? = status(of: branch) else { return false }
        return isUntouched(branch)
    }

    /// Whether no step in it, nor it itself, has ever started; containers do nothing of their own.
    private func isUntouched(_ instance: StepInstance) -> Bool {
        ([instance] + everything(inside: instance)).allSatisfy { part in
            guard part.node.inner.isEmpty, let status = status(of: part) else { return true }
            return status == .settled(.skipped)
        }
    }

    private func winners(of instance: StepInstance) -> [StepID] {
        if case .winners(let winners)? = state.steps[instance.name]?.parts { winners } else { [] }
    }

    private func losers(of instance: StepInstance) -> [StepInstance] {
        let winners = winners(of: instance)
        return inner(of: instance).filter { !winners.contains($0.step.id) }
    }

    /// Whether a step in it, or it itself, is done; containers do nothing of their own.
    private func hasDoneSomething(_ instance: StepInstance) -> Bool {
        guard let step = state.steps[instance.name] else { return false }
        if instance.node.inner.isEmpty { return step.isDone }
        return inner(of: instance).contains { hasDoneSomething($0) }
    }
}
