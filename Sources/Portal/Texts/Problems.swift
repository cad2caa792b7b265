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
        if let german = Self.germanRefusals[rejection.code] { return german }
        switch rejection.kind {
        case .invalid: return self[.refusedInvalid]
        case .notFound: return self[.refusedNotFound]
        case .forbidden: return self[.refusedForbidden]
        case .conflict, .stale: return self[.refusedConflict]
        }
    }
}
