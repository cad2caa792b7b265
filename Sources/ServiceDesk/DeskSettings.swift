/// What an operator may adjust; the defaults serve a small organisation on one machine.
package struct DeskSettings: Sendable {
    /// How many groups of new requests may be on their way to the database at once. Few make large groups: with two instead of
    /// four, PostgreSQL's part of a raise fell by a third at sixteen clients; with one, a core stood idle.
    package var raiseLanes = 2
    /// How many groups of commands on existing requests may be on their way at once. More than for raising, because a group
    /// may wait for the lock of a row that another daemon holds.
    package var changeLanes = 4
    /// How many commands commit together at most.
    package var maximumGroup = 64
    /// How many commands may wait; beyond that they are refused with the advice to try again.
    package var maximumWaiting = 2000
    /// How many numbers of a department are reserved at once.
    package var numberBlock = 100
    /// How old a snapshot of the people may be for reading. Writing always decides on the newest.
    package var directoryAge: Duration = .seconds(1)
    /// How long this daemon may start requests on a configuration after another daemon has applied a newer one.
    package var configurationAge: Duration = .seconds(2)
    /// How many compiled configurations are kept besides the current one.
    package var keptConfigurations = 8
    /// How long a token or session is believed without asking: a revoked one is refused after this time at the latest.
    package var tokenAge: Duration = .seconds(5)
    /// How long a token that people make for themselves lasts at most.
    package var longestToken: Duration = .seconds(366 * 86_400)
    /// How many tokens somebody may have that can still be used.
    package var tokensPerPerson = 50
    /// How long a session may be unused.
    package var sessionIdle: Duration = .seconds(1800)
    /// How long a session lasts, however busy it is.
    package var sessionLifetime: Duration = .seconds(12 * 3600)
    /// How old the secret of a session gets before it is replaced.
    package var sessionRotation: Duration = .seconds(900)
    /// How long the replaced secret is still good.
    package var sessionGrace: Duration = .seconds(60)
    /// How many sessions a person may have; the oldest ends when there would be more.
    package var sessionsPerPerson = 20
    /// How long a code to set a password is good, unless somebody says otherwise.
    package var invitationLifetime: Duration = .seconds(3 * 86_400)
    /// How long it is good at most.
    package var longestInvitation: Duration = .seconds(31 * 86_400)
    /// What a hash of a password costs; those that were cheaper are computed anew when their owner signs in.
    var passwordCost = PasswordCost.today
    /// How many passwords this daemon hashes at once: each takes a processor and 19 MiB meanwhile.
    package var passwordThreads = 2
    /// How many may wait for that; more are refused with the advice to try again.
    package var passwordsWaiting = 32
    /// How guessing passwords is slowed down.
    var attempts = AttemptRules()
    /// How long a request stays open that somebody opened for reading by exception.
    package var glassLifetime: Duration = .seconds(3600)
    /// How long the outcome of a command is searched for after a connection died during its commit.
    package var outcomeSearch: Duration = .seconds(10)
    /// How long the database may take to answer before this daemon calls itself not ready.
    package var readinessPatience: Duration = .seconds(2)
    /// How often timers and messages are looked for when nothing wakes the worker; jittered by a quarter.
    package var pollInterval: Duration = .seconds(1)
    /// How long an idempotency key is remembered: a client may repeat itself that long.
    package var answerAge: Duration = .seconds(7 * 86_400)
    /// How long what people were told is kept after they have read it.
    package var notificationAge: Duration = .seconds(90 * 86_400)
    /// How long a form that somebody began is kept after they last changed it. Pages say it in days.
    package var draftAge: Duration = .seconds(30 * 86_400)
    /// How long a draft stays unchanged of a step that is no longer open: one that is suspended may come back.
    package var idleDraftAge: Duration = .seconds(86_400)
    /// How often work is looked for whose people have left or moved; jittered by a quarter. An import looks by itself.
    package var peopleInterval: Duration = .seconds(30)
    /// How often requests are looked for that no search finds, as their text was deleted; jittered by a quarter.
    package var textInterval: Duration = .seconds(600)
    /// How often old idempotency keys are forgotten; jittered by a quarter.
    package var purgeInterval: Duration = .seconds(3600)
    /// How many timers or messages are claimed at once.
    package var claimLimit = 50
    /// How long a claim lasts: what a daemon claimed before it died is delivered after this time. A delivery that takes longer is
    /// made twice and takes effect once.
    package var leaseDuration: Duration = .seconds(20)

    /// How many calls of other systems this daemon has on their way at once.
    package var callSlots = 32

    /// How large an uploaded file may be, in octets.
    package var maximumUpload = 25_000_000
    /// How much somebody may have uploaded that no request uses, in octets; whoever has more begins no further upload.
    package var unusedUploads: Int64 = 250_000_000
    /// How much an anonymous reporter may attach to their report, in octets; whoever has more begins no further upload.
    package var reporterUploads: Int64 = 100_000_000
    /// How long an upload that no request uses is kept.
    package var uploadAge: Duration = .seconds(86_400)

    package init() {}
}
