import ServiceDesk

extension Texts {
    /// What the audit calls something that happened: `token.created` is `token created`.
    func audit(_ kind: AuditKind) -> String {
        isGerman ? kind.german : String(kind.rawValue.map { $0 == "." || $0 == "_" ? " " : $0 })
    }

    /// The name of something that the audit says besides.
    func auditDetail(_ name: String) -> String {
        (isGerman ? Self.germanDetails[name] : nil) ?? name.plainWords
    }

    /// What else an entry may say; a detail that stands nowhere here is called as programs call it.
    static let germanDetails = [
        "added": "dazu", "address": "Adresse", "address_before": "Adresse vorher", "after": "nachher",
        "before": "vorher", "bundle": "Dateien", "changed": "geändert", "claim": "Angabe",
        "confirmation": "Bestätigung",
        "department": "Abteilung", "deputy": "Vertretung", "error": "Fehler", "expires": "gilt bis",
        "failures": "Fehlversuche", "handle": "Anmeldename", "invited_by": "eingeladen von", "issuer": "Aussteller",
        "joined": "dazugekommen", "label": "Name", "left": "ausgeschieden", "logs": "Protokolle", "method": "Weg",
        "number": "Nummer", "offered": "freigegeben für", "offered_before": "vorher freigegeben für",
        "person": "Person", "reason": "Grund", "removed": "weg", "requests": "Anfragen",
        "revision": "Stand", "scopes": "Rechte", "secret": "Geheimnis", "secret_before": "Geheimnis vorher",
        "subject": "Kennung", "until": "bis", "what": "was",
    ]
}

extension AuditKind {
    fileprivate var german: String {
        switch self {
        case .peopleImported: "Personen eingelesen"
        case .personErased: "Person gelöscht"
        case .requestErased: "Inhalt einer Anfrage gelöscht"
        case .configurationApplied: "Konfiguration angewendet"
        case .tokenCreated: "Zugangsschlüssel erzeugt"
        case .tokenRevoked: "Zugangsschlüssel widerrufen"
        case .accountCreated: "Konto angelegt"
        case .accountInvited: "Einladung erzeugt"
        case .accountInvitationConfirmed: "Einladung bestätigt"
        case .accountChanged: "Konto geändert"
        case .accountUnlocked: "Konto entsperrt"
        case .accountDeleted: "Konto gelöscht"
        case .passwordSet: "Passwort gesetzt"
        case .serviceChanged: "Dienst geändert"
        case .serviceAccountCreated: "Programmkonto angelegt"
        case .serviceAccountChanged: "Programmkonto geändert"
        case .serviceAccountDeleted: "Programmkonto gelöscht"
        case .deputyAppointed: "Vertretung benannt"
        case .deputyWithdrawn: "Vertretung beendet"
        case .restrictionRaised: "Zugriff eingeschränkt"
        case .restrictionLowered: "Einschränkung aufgehoben"
        case .breakGlassOpened: "Ausnahme geöffnet"
        case .breakGlassEnded: "Ausnahme beendet"
        case .databaseBackedUp: "Datenbank gesichert"
        case .databaseRestored: "Datenbank wiederhergestellt"
        case .membershipChanged: "Zugehörigkeit geändert"
        case .identityLinked: "Anmeldung verknüpft"
        case .identityUnlinked: "Anmeldung getrennt"
        case .signedIn: "Angemeldet"
        case .signInFailed: "Anmeldung misslungen"
        case .accountLocked: "Konto gesperrt"
        case .sessionEnded: "Sitzung beendet"
        case .sessionRevoked: "Sitzung von anderen beendet"
        case .requestRead: "Anfrage gelesen"
        case .breakGlassRead: "Ausnahmsweise gelesen"
        case .auditExported: "Prüfprotokoll ausgeleitet"
        case .journalExported: "Verlauf ausgeleitet"
        case .requestsExported: "Anfragen ausgeleitet"
        }
    }
}
