import ServiceDesk
import WorkflowCore

/// What is wrong, for people. The engine's own sentences are English and speak of fields; what authors wrote is kept.
extension Texts {
    func problem(_ problem: Rejection.FieldProblem, of field: FormFieldView?) -> String {
        switch problem.code {
        case "form.required":
            let isChoice = ["choice", "choices", "yes_no"].contains(field?.type ?? "")
            if (field?.elementType ?? field?.type) == "file" { return self[.problemRequiredFile] }
            return self[isChoice ? .problemRequiredChoice : .problemRequired]
        case "form.type": return self.wrongType(field)
        case "form.unknown_choice": return self[.problemChoice]
        case "form.unknown_person": return self[.noPerson]
        case "form.too_long": return self(.problemTooLong, field?.maximum ?? "")
        case "form.too_small": return self(.problemTooSmall, numberEntry(field?.minimum ?? ""))
        case "form.too_large": return self(.problemTooLarge, numberEntry(field?.maximum ?? ""))
        case "form.too_few": return self(.problemTooFew, field?.minimum ?? "1")
        case "form.too_many": return self(.problemTooMany, field?.maximum ?? "")
        case "form.duplicate": return self[.problemDuplicate]
        case "form.not_evaluated": return self[.problemComputed]
        case "form.check": return problem.message
        case "form.file_too_large": return isGerman ? self[.problemFileLarge] : problem.message
        case "form.file_type": return isGerman ? self[.problemFileType] : problem.message
        case "form.unknown_file": return self[.problemFileGone]
        default: return isGerman ? self[.problemOther] : problem.message
        }
    }

    private func wrongType(_ field: FormFieldView?) -> String {
        switch field?.elementType ?? field?.type {
        case "integer": self[.problemInteger]
        case "number": self[.problemNumber]
        case "date": self[.problemDate]
        case "datetime": self[.problemDatetime]
        case "time": self[.problemTime]
        case "money": self(.problemMoney, field?.currency ?? "")
        case "email": self[.problemEmail]
        case "phone": self[.problemPhone]
        case "url": self[.problemUrl]
        case "choice", "choices", "yes_no": self[.problemChoice]
        case "text": self[.problemLine]
        case "long_text": self[.problemText]
        default: self[.problemOther]
        }
    }

    /// Why something was refused. The desk's sentences are English; in German the kind of refusal says what matters.
    func refusal(_ rejection: Rejection) -> String {
        guard isGerman else { return rejection.message }
        if let german = Self.german[rejection.code] { return german }
        switch rejection.kind {
        case .invalid: return self[.refusedInvalid]
        case .notFound: return self[.refusedNotFound]
        case .forbidden: return self[.refusedForbidden]
        case .conflict, .stale: return self[.refusedConflict]
        }
    }

    private static let german = [
        "access.not_allowed": "Das dürfen Sie nicht.",
        "account.locked": "Dieses Konto ist gesperrt.",
        "account.not_a_program": "Menschen erzeugen ihre Zugangsschlüssel selbst.",
        "attachment.harmful": "Diese Datei wird nicht angenommen: Sie könnte Schaden anrichten.",
        "attachment.too_large": "Diese Datei ist zu groß.",
        "attachment.too_many_unused": "Sie haben viel hochgeladen, was noch zu keiner Anfrage gehört.",
        "comment.empty": "Schreiben Sie etwas.",
        "comment.note_files": "Dateien gehören zu Kommentaren, nicht zu Notizen: Nehmen Sie sie weg.",
        "comment.too_long": "Der Kommentar ist zu lang.",
        "comment.unreadable": "Der Kommentar enthält Zeichen, die sich nicht speichern lassen.",
        "deputy.appointer": "Für andere können Sie sich nicht selbst benennen.",
        "deputy.bad_days": "Der letzte Tag ist vorbei oder liegt vor dem ersten.",
        "deputy.oneself": "Niemand vertritt sich selbst.",
        "deputy.too_many": "Es gibt schon zu viele Vertretungen; beenden Sie erst eine.",
        "deputy.unknown_department": "Diese Abteilung gibt es nicht.",
        "deputy.unknown_person": "Niemand heißt so.",
        "people.unknown": "Niemand heißt so.",
        "request.amend.nothing": "Es würde sich nichts ändern.",
        "request.amend.too_late": "Das lässt sich nicht mehr ändern.",
        "request.cancel.not_allowed": "Diese Anfrage dürfen Sie nicht zurückziehen.",
        "request.cancel.too_late": "Für das Zurückziehen ist es zu spät.",
        "request.closed": "Die Anfrage ist schon abgeschlossen.",
        "request.element.exists": "Das gibt es schon.",
        "request.element.invalid": "Das lässt sich hier nicht hinzufügen.",
        "request.ending": "Die Anfrage wird schon beendet.",
        "request.feedback.already_given": "Sie haben schon gesagt, wie es war.",
        "request.feedback.score": "Wählen Sie eine Bewertung von 1 bis 5.",
        "request.outcome.not_bad": "Wählen Sie, wie die Anfrage enden soll.",
        "request.outcome.unknown": "Wählen Sie, wie die Anfrage enden soll.",
        "request.reopen.already": "Sie wurde schon wieder aufgenommen.",
        "request.reopen.too_late": "Für das Wiederaufnehmen ist es zu spät.",
        "request.step.not_open": "Dieser Schritt ist nicht mehr offen.",
        "request.step.suspended": "Dieser Schritt ruht gerade.",
        "request.task.already_claimed": "Sie haben diese Aufgabe schon übernommen.",
        "request.task.already_theirs": "Diese Person hat die Aufgabe schon.",
        "request.task.already_ticked": "Das ist schon abgehakt.",
        "request.task.claimed_by_other": "Jemand anderes hat diese Aufgabe übernommen.",
        "request.task.not_claimed": "Niemand hat diese Aufgabe übernommen.",
        "request.task.not_released": "Diese Aufgabe gilt Ihnen persönlich, es gibt niemanden, an den sie zurückgeht.",
        "request.task.not_ticked": "Erst muss alles auf der Checkliste abgehakt sein.",
        "request.unknown_person": "Niemand heißt so.",
        "request.vote.already_cast": "Sie haben schon abgestimmt.",
        "request.vote.already_voter": "Diese Person stimmt schon mit ab.",
        "request.vote.excluded": "Diese Person darf hier nicht abstimmen.",
        "request.vote.not_a_voter": "Sie stimmen hier nicht mit ab.",
        "token.label": "Sagen Sie in höchstens 100 Zeichen, wofür der Zugangsschlüssel ist.",
        "token.lifetime": "Ein Zugangsschlüssel gilt mindestens einen Tag und höchstens ein Jahr.",
        "token.scopes": "Wählen Sie, was mit dem Zugangsschlüssel getan werden darf.",
        "token.too_many": "Es gibt zu viele Zugangsschlüssel; widerrufen Sie welche.",
    ]
}
