extension OfficeText {
    /// In both languages. `{1}` and `{2}` stand for what is put in.
    var words: (english: String, german: String) {
        switch self {
        case .account: ("Account", "Konto")
        case .accountHelp:
            (
                "A code lets somebody set a password once, and ends their sessions and tokens. Whoever is locked out cannot come in at all, and their tokens are gone.",
                "Mit einem Code setzt jemand einmal ein Passwort, und Sitzungen und Zugangsschlüssel enden. Wer gesperrt ist, kommt gar nicht herein, und die Zugangsschlüssel sind verloren."
            )
        case .actions: ("What may be done", "Was getan werden darf")
        case .administration: ("Administration", "Verwaltung")
        case .administrationLead:
            (
                "What you answer for. Files change the configuration and the people; here you see what holds.",
                "Wofür Sie zuständig sind. Konfiguration und Personen ändern sich durch Dateien; hier sehen Sie, was gilt."
            )
        case .administrationParts: ("Where to", "Wohin")
        case .allowed: ("Yes", "Ja")
        case .always: ("without end", "ohne Ende")
        case .anonymousName: ("somebody anonymous", "jemand Anonymes")
        case .anonymousType: ("Open to people without a name", "Offen für Menschen ohne Namen")
        case .aPerson: ("A person", "Ein Mensch")
        case .appliedBy: ("Applied by {1}", "Angewendet von {1}")
        case .appoint: ("Appoint", "Benennen")
        case .appointDeputy: ("Appoint a deputy", "Vertretung benennen")
        case .appointedBy: ("appointed by {1}", "benannt von {1}")
        case .asOrganisation: ("as the organisation, {1}", "wie die Organisation, {1}")
        case .audit: ("Audit", "Prüfprotokoll")
        case .auditBroken: ("The audit is not whole", "Das Protokoll ist nicht unversehrt")
        case .auditKind: ("What", "Was")
        case .auditLead:
            (
                "What was done to the desk itself, who came in and who read what is confidential. Nothing in it can be changed without being found.",
                "Was am System selbst getan wurde, wer hereinkam und wer Vertrauliches las. Nichts darin lässt sich unbemerkt ändern."
            )
        case .auditLog: ("Log", "Protokoll")
        case .auditSummary:
            (
                "What was done, by whom, and whether the record is whole.",
                "Was getan wurde, von wem, und ob die Aufzeichnung unversehrt ist."
            )
        case .auditWho: ("Who", "Wer")
        case .auditWhole: ("The audit is whole", "Das Protokoll ist unversehrt")
        case .because: ("because of: {1}", "weil: {1}")
        case .blockedUntil: ("No password is tried until", "Kein Passwort wird geprüft bis")
        case .chainHead: ("Last hash of {1}", "Letzter Hash von {1}")
        case .confidentialType: ("Confidential", "Vertraulich")
        case .configuration: ("Configuration", "Konfiguration")
        case .configurationLead:
            (
                "What is applied now. Requests that run stay on the version they began with.",
                "Was jetzt gilt. Laufende Anfragen bleiben bei der Fassung, mit der sie begannen."
            )
        case .configurationSummary:
            (
                "Request types with their processes and forms, what the checker says, and who applied what.",
                "Anfragetypen mit Abläufen und Formularen, was die Prüfung sagt, und wer was angewendet hat."
            )
        case .dashboard: ("Dashboard", "Übersicht")
        case .dashboardLead:
            (
                "How the requests stand that you lead. What you do not see is not counted.",
                "Wie die Anfragen stehen, die Sie leiten. Was Sie nicht sehen, ist nicht gezählt."
            )
        case .days: ("{1} days", "{1} Tage")
        case .chooseZone: ("Choose a time zone", "Zeitzone wählen")
        case .deleteView: ("Delete this view", "Diese Ansicht löschen")
        case .deputies: ("Deputies", "Vertretungen")
        case .deputiesIn: ("Deputies in {1}", "Vertretungen in {1}")
        case .deputiesInLead:
            (
                "Who stands in for somebody in the requests of this department, and in those alone.",
                "Wer jemanden in den Anfragen dieser Abteilung vertritt, und nur in diesen."
            )
        case .deputiesInSummary:
            (
                "Who stands in for whom in the requests of this department.",
                "Wer wen in den Anfragen dieser Abteilung vertritt."
            )
        case .deputiesLead:
            (
                "While you are away, a deputy decides and works in your place. Both of you are told.",
                "Während Sie fort sind, entscheidet und arbeitet Ihre Vertretung an Ihrer Stelle. Beide erfahren davon."
            )
        case .diagnostics: ("What the checker says", "Was die Prüfung sagt")
        case .diagnosticsHelp:
            (
                "Of the files in use. With an error nothing is ever applied, so these are warnings.",
                "Zu den Dateien, die gelten. Mit einem Fehler wird nie etwas angewendet, dies sind also Warnungen."
            )
        case .doesNotSeeIt: ("{1} does not see this request.", "{1} sieht diese Anfrage nicht.")
        case .endedCount: ("Ended", "Beendet")
        case .endSessionAsk: ("End a session of {1}?", "Eine Sitzung von {1} beenden?")
        case .endSessionMeans:
            (
                "They are signed out there at once. They can sign in again.",
                "Die Person wird dort sofort abgemeldet. Sie kann sich wieder anmelden."
            )
        case .everybodyFound: ("Who there is", "Wen es gibt")
        case .everythingTold: ("Everything", "Alles")
        case .explain: ("Explain", "Erklären")
        case .export: ("Export", "Ausgeben")
        case .file: ("File", "Datei")
        case .flowTime: ("Flow time", "Durchlaufzeit")
        case .flowTimeHelp:
            (
                "From being raised to the end: the last that ended, of those raised in the last 90 days. The bars show the middle one.",
                "Vom Stellen bis zum Ende: die zuletzt beendeten, die in den letzten 90 Tagen gestellt wurden. Die Balken zeigen die mittlere."
            )
        case .forWhomDeputy: ("Who is away?", "Wer ist fort?")
        case .fromDay: ("First day", "Erster Tag")
        case .fromOn: ("from {1} on", "ab {1}")
        case .fromTo: ("{1} to {2}", "{1} bis {2}")
        case .group: ("Group", "Gruppe")
        case .halfWithin: ("Half within", "Hälfte in")
        case .hasLeft: ("has left", "ausgeschieden")
        case .hours: ("{1} h", "{1} Std.")
        case .identifier: ("Identifier", "Kennung")
        case .inDepartment: ("in {1}", "in {1}")
        case .inEverything: ("in every department", "in allen Abteilungen")
        case .inUse: ("in use", "gilt")
        case .invite: ("Make a code", "Code erzeugen")
        case .invited: ("The code below is good until {1}.", "Der Code unten gilt bis {1}.")
        case .invitedUntil: ("A code is good until", "Ein Code gilt bis")
        case .inWhichDepartment: ("Only in one department?", "Nur in einer Abteilung?")
        case .inZone: ("In your time zone, {1}.", "In Ihrer Zeitzone, {1}.")
        case .iStandInFor: ("For whom I stand in", "Wen ich vertrete")
        case .iStandInForNobody: ("You stand in for nobody.", "Sie vertreten niemanden.")
        case .kindChangeConfirmed: ("A change of mine was confirmed", "Eine Änderung von mir wurde bestätigt")
        case .kindClosed: ("A request has ended", "Eine Anfrage ist beendet")
        case .kindCommented: ("Somebody has commented", "Jemand hat kommentiert")
        case .kindNoted: ("Somebody has written a note", "Jemand hat eine Notiz geschrieben")
        case .kindOfAccount: ("Kind", "Art")
        case .kindTargetMissed: ("A target was missed", "Ein Ziel wurde verfehlt")
        case .kindTargetWarning: ("The time for a target runs out", "Die Zeit für ein Ziel läuft ab")
        case .limitedFields: ("Answers that not everybody reads", "Angaben, die nicht alle lesen")
        case .limitedSteps: ("Steps that not everybody sees", "Schritte, die nicht alle sehen")
        case .loadPerPerson: ("Load per person", "Last je Person")
        case .loadPerPersonHelp: ("Open tasks by who has taken them.", "Offene Aufgaben, nach wer sie übernommen hat.")
        case .lock: ("Lock out", "Sperren")
        case .lockAsk: ("Lock out {1}?", "{1} sperren?")
        case .locked: ("locked out", "gesperrt")
        case .lockMeans:
            (
                "They are signed out at once, cannot come back in until somebody unlocks them, and their tokens are gone for good.",
                "Die Person wird sofort abgemeldet, kommt nicht mehr herein, bis jemand sie entsperrt, und ihre Zugangsschlüssel sind für immer weg."
            )
        case .lockSure: ("Yes, lock out", "Ja, sperren")
        case .logAdministration: ("Administration", "Verwaltung")
        case .logExports: ("Exports", "Ausgaben")
        case .logReads: ("Reading what is confidential", "Lesen von Vertraulichem")
        case .logSignIn: ("Signing in", "Anmeldungen")
        case .madeOn: ("made {1}", "erzeugt {1}")
        case .makeToken: ("Make the token", "Schlüssel erzeugen")
        case .markRead: ("Mark as read", "Als gelesen markieren")
        case .mayRaise: ("Who may ask for it", "Wer es anfragen darf")
        case .anyGroup: ("Every group", "Alle Gruppen")
        case .keptFrom: ("Kept from whom this names", "Verborgen vor den hier Genannten")
        case .mayRaiseForOthers: ("Who may ask for others", "Wer für andere anfragen darf")
        case .minutes: ("{1} min", "{1} Min.")
        case .myDeputies: ("Who stands in for me", "Wer mich vertritt")
        case .myTokens: ("My tokens", "Meine Zugangsschlüssel")
        case .newToken: ("A new token", "Neuer Zugangsschlüssel")
        case .nineOfTenWithin: ("9 of 10 within", "9 von 10 in")
        case .nobodyFound: ("There is nobody like that.", "So jemanden gibt es nicht.")
        case .noDeputies: ("Nobody stands in for you.", "Niemand vertritt Sie.")
        case .noDeputiesIn:
            (
                "Nobody stands in for anybody in this department alone.",
                "Niemand vertritt jemanden allein in dieser Abteilung."
            )
        case .noDiagnostics: ("Nothing to complain about.", "Nichts zu beanstanden.")
        case .noEntries: ("There is no such entry.", "Solche Einträge gibt es nicht.")
        case .noSessions: ("Signed in nowhere.", "Nirgends angemeldet.")
        case .notAllowed: ("No", "Nein")
        case .noTasksOpen: ("No task is open.", "Keine Aufgabe ist offen.")
        case .nothingEnded: ("Nothing has ended yet.", "Noch ist nichts abgeschlossen.")
        case .nothingTold: ("Nothing new for you.", "Nichts Neues für Sie.")
        case .notifications: ("Notifications", "Benachrichtigungen")
        case .noTokens: ("There are no tokens.", "Es gibt keine Zugangsschlüssel.")
        case .noVersions: ("Nothing was applied yet.", "Noch wurde nichts angewendet.")
        case .ofMany: ("{1} of {2}", "{1} von {2}")
        case .olderThan: ("over {1} d", "über {1} T.")
        case .onlySeenBy: ("Only seen by", "Nur gesehen von")
        case .onlyUnread: ("Only unread", "Nur ungelesene")
        case .openByAge: ("Open, by age", "Offen, nach Alter")
        case .openByAgeHelp:
            (
                "Requests that have not ended, since they were raised.",
                "Anfragen, die nicht abgeschlossen sind, seit sie gestellt wurden."
            )
        case .operatorName: ("an operator on the machine", "Betrieb, auf dem Rechner selbst")
        case .outcomes: ("Outcomes", "Ausgänge")
        case .overdue: ("Overdue", "Überfällig")
        case .overdueWork: ("Overdue", "Überfällig")
        case .overdueWorkHelp:
            (
                "What waits for people, and how much of it is past its day.",
                "Was auf Menschen wartet, und wie viel davon über seine Zeit ist."
            )
        case .partOnly: ("Only as a part of others", "Nur als Teil von anderen")
        case .people: ("People", "Personen")
        case .peopleLead:
            (
                "Who there is, and in which groups. Files change it: import them, or let the identity provider say.",
                "Wen es gibt, und in welchen Gruppen. Es ändert sich durch Dateien: durch Einlesen oder durch den Anmeldedienst."
            )
        case .peopleSummary:
            (
                "Who there is, in which groups, who stands in, and how they come in.",
                "Wen es gibt, in welchen Gruppen, wer vertritt und wie sie hereinkommen."
            )
        case .person: ("Person", "Person")
        case .personFacts: ("In the directory", "Im Verzeichnis")
        case .personSearch: ("Name or user name", "Name oder Benutzername")
        case .previewAs: ("As whom?", "Als wer?")
        case .previewAsHelp:
            (
                "A name, an e-mail address or a user name. You see what they would be asked, in your language.",
                "Ein Name, eine E-Mail-Adresse oder ein Benutzername. Sie sehen, was gefragt würde, in Ihrer Sprache."
            )
        case .previewButton: ("Show the form", "Formular zeigen")
        case .previewForm: ("What the form asks", "Was das Formular fragt")
        case .previewHelp:
            (
                "As {1} sees it now: {2} questions. Try it, answers lead to further ones. Nothing is sent.",
                "Wie {1} es jetzt sieht: {2} Fragen. Probieren Sie es, Antworten führen zu weiteren. Nichts wird gesendet."
            )
        case .previewNone: ("{1} may not ask for this.", "{1} darf dies nicht anfragen.")
        case .process: ("Process", "Ablauf")
        case .processHelp: ("The same steps stand below in words.", "Dieselben Schritte stehen unten in Worten.")
        case .processOf: ("The process of {1}", "Der Ablauf von {1}")
        case .profile: ("Profile", "Profil")
        case .program: ("Program", "Programm")
        case .readAll: ("Mark all {1} as read", "Alle {1} als gelesen markieren")
        case .receive: ("Say what has happened outside", "Sagen, was außerhalb geschah")
        case .requestType: ("What", "Was")
        case .restrict: ("Restrict it to a team", "Auf ein Team beschränken")
        case .revoke: ("Revoke", "Widerrufen")
        case .rename: ("Rename", "Umbenennen")
        case .renameView: ("Rename this view", "Diese Ansicht umbenennen")
        case .revokeAsk: ("Revoke a token of {1}?", "Einen Zugangsschlüssel von {1} widerrufen?")
        case .revokeMeans:
            (
                "Whatever uses it stops working at once, and it cannot be brought back.",
                "Was ihn benutzt, geht sofort nicht mehr, und er lässt sich nicht zurückholen."
            )
        case .savedViews: ("Saved views", "Gespeicherte Ansichten")
        case .saveView: ("Save this view", "Diese Ansicht speichern")
        case .scopeAccount: ("Manage sessions, tokens and deputies", "Sitzungen, Schlüssel und Vertretungen verwalten")
        case .scopeAll: ("Everything that you may do", "Alles, was Sie dürfen")
        case .scopeAudit: ("Read the audit", "Prüfprotokoll lesen")
        case .scopeConfiguration: ("Apply the configuration", "Konfiguration anwenden")
        case .scopeDirectory: ("Change people and accounts", "Personen und Konten ändern")
        case .scopeRequestsRead: ("Read requests", "Anfragen lesen")
        case .scopeRequestsWrite: ("Ask for things, and change what was asked", "Anfragen stellen und ändern")
        case .scopeWork: ("Work on requests", "An Anfragen arbeiten")
        case .secretHeading: ("Shown once", "Einmal gezeigt")
        case .secretHelp:
            (
                "Copy it now: it is stored nowhere and never shown again.",
                "Kopieren Sie es jetzt: Es wird nirgends gespeichert und nie wieder gezeigt."
            )
        case .seeing: ("Seeing it", "Sehen")
        case .seesIt: ("{1} sees this request.", "{1} sieht diese Anfrage.")
        case .seeTheRequest: ("See the request", "Die Anfrage sehen")
        case .sessionsOf: ("Sessions", "Sitzungen")
        case .site: ("Site", "Standort")
        case .standsInFor: ("{1} for {2}", "{1} für {2}")
        case .state: ("State", "Zustand")
        case .steps: ("Steps", "Schritte")
        case .systemName: ("Bureau itself", "Bureau selbst")
        case .timeZone: ("Time zone", "Zeitzone")
        case .timeZoneHelp:
            (
                "In which you read times. Deadlines keep the working hours of whoever works on it.",
                "In der Sie Zeiten lesen. Für Fristen gelten die Arbeitszeiten derer, die daran arbeiten."
            )
        case .together: ("Together", "Zusammen")
        case .tokenDays: ("For how many days?", "Für wie viele Tage?")
        case .tokenLabel: ("What is it for?", "Wofür ist er?")
        case .tokenLabelHelp:
            (
                "You find it by this again, such as “calendar script”.",
                "Daran finden Sie ihn wieder, etwa „Kalenderskript“."
            )
        case .tokenMade: ("The token is made", "Der Zugangsschlüssel ist erzeugt")
        case .tokens: ("Tokens", "Zugangsschlüssel")
        case .tokenScopes: ("What may be done with it?", "Was darf damit getan werden?")
        case .tokenScopesHelp: ("Never more than you may do yourself.", "Nie mehr, als Sie selbst dürfen.")
        case .tokensLead:
            (
                "A token lets a program of yours come in your name. Make one for each, and revoke what you no longer use. When you change your password, tokens stay; a code to set one ends them.",
                "Mit einem Zugangsschlüssel kommt ein Programm in Ihrem Namen. Erzeugen Sie für jedes einen und widerrufen Sie, was Sie nicht mehr brauchen. Ändern Sie Ihr Passwort, bleiben sie; ein Code, mit dem Sie eines setzen, beendet sie."
            )
        case .toldAlways:
            (
                "What waits for you, what went wrong, and who has access, you are told in any case.",
                "Was auf Sie wartet, was misslungen ist und wer Zugang hat, erfahren Sie in jedem Fall."
            )
        case .typeFacts: ("What it is", "Was es ist")
        case .unlock: ("Let in again", "Wieder zulassen")
        case .unread: ("unread", "ungelesen")
        case .unrestrict: ("End the restriction", "Beschränkung aufheben")
        case .untilDay: ("Last day", "Letzter Tag")
        case .upTo: ("until {1}", "bis {1}")
        case .validUntil: ("good until {1}", "gilt bis {1}")
        case .verified:
            (
                "{1} entries in {2} chains were computed anew.",
                "{1} Einträge in {2} Ketten wurden nachgerechnet."
            )
        case .verify: ("Is it whole?", "Ist es unversehrt?")
        case .verifyButton: ("Check every entry", "Jeden Eintrag prüfen")
        case .verifyHelp:
            (
                "Exports the log and computes each hash anew. That you did so is recorded, too. Compare the last hash with one that you kept elsewhere.",
                "Gibt das Protokoll aus und rechnet jeden Hash nach. Auch das wird festgehalten. Vergleichen Sie den letzten Hash mit einem, den Sie anderswo aufbewahren."
            )
        case .versions: ("Versions", "Fassungen")
        case .versionsHelp:
            (
                "The newest first. A version is named by what is in its files.",
                "Die neueste zuerst. Eine Fassung heißt nach dem Inhalt ihrer Dateien."
            )
        case .viewName: ("Name of the view", "Name der Ansicht")
        case .whatToTell: ("What do you want to be told?", "Was möchten Sie erfahren?")
        case .whoseAccess: ("Whose access?", "Wessen Zugang?")
        case .whoSeesThis: ("Who sees this and why", "Wer dies sieht und warum")
        case .whoStandsIn: ("Who stands in?", "Wer vertritt?")
        case .withdraw: ("End it", "Beenden")
        case .withdrawAsk: ("End this deputyship?", "Diese Vertretung beenden?")
        case .withdrawMeans:
            (
                "The deputy no longer sees what waits for the person, and decides nothing for them.",
                "Die Vertretung sieht nicht mehr, was auf die Person wartet, und entscheidet nichts mehr für sie."
            )
        case .wouldNeed: ("it would need: {1}", "dafür bräuchte es: {1}")
        case .youngerThan: ("under {1} d", "unter {1} T.")
        }
    }
}
