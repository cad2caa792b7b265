internal import CLibPQ

extension ConnectionLoop {
    /// Does one piece of work and completes its job; the reason when the session ended over it.
    mutating func perform(_ work: Work, _ job: Job) -> PostgresError? {
        guard !job.isCancelled else {
            job.complete(JobOutcome(result: .failure(.cancelled), state: sessionState))
            return nil
        }
        switch work {
        case .batch(let statements) where statements.isEmpty:
            // Asks only whether the session is there.
            job.complete(JobOutcome(result: .success([]), state: sessionState))
            return nil
        case .batch(let statements): return performBatch(statements, job)
        case .script(let sql): return performScript(sql, job)
        }
    }

    /// Completes the job as lost; what later work is refused with.
    private func lose(_ job: Job, sent: Bool, farewell: ServerError? = nil, message: String? = nil) -> PostgresError {
        var loss = loss(sent: sent, farewell: farewell, message: message)
        job.complete(JobOutcome(result: .failure(.connectionLost(loss)), state: .unusable))
        loss.statementWasSent = false
        return .connectionLost(loss)
    }

    /// The error that the caller sees: a cancelled statement is told apart by who cancelled it.
    private func error(_ error: ServerError, for job: Job) -> PostgresError {
        guard error.sqlState == .queryCanceled else { return .server(error) }
        return job.isCancelled ? .cancelled : .timeout(error)
    }

    // MARK: Batches

    private mutating func performBatch(_ statements: [Statement], _ job: Job) -> PostgresError? {
        guard kind == .pooled || PQenterPipelineMode(connection) == 1 else { return lose(job, sent: false) }
        var reader = BatchReader()
        guard send(statements, &reader) else {
            return lose(job, sent: true)
        }
        var rows = [RowSet?](repeating: nil, count: statements.count)
        var isBroken = false
        let count = count
        let end = converse(for: job) { result in
            let action: BatchReader.Action
            let handle = result.map { ResultHandle($0, count: count) }
            switch handle?.status {
            case nil:
                action = reader.receive(.endOfCommand)
            case PGRES_PIPELINE_SYNC?:
                action = reader.receive(.sync)
            case PGRES_PIPELINE_ABORTED?:
                action = reader.receive(.aborted)
            case PGRES_TUPLES_OK?, PGRES_COMMAND_OK?, PGRES_EMPTY_QUERY?:
                action = reader.receive(.success)
            case PGRES_FATAL_ERROR?:
                let error = ServerError(result: result)
                // An error without a code is libpq's own: the stream is not where we think it is.
                action = error.sqlState.code.isEmpty ? .giveUp : reader.receive(.failure(error))
            default:
                // COPY, which has no place in a pipeline.
                action = .giveUp
            }
            switch action {
            case .proceed: return false
            case .keepRows(let statement):
                rows[statement] = handle.map { RowSet($0) }
                return false
            case .finish: return true
            case .giveUp:
                isBroken = true
                return true
            }
        }
        let farewell = reader.failure.flatMap { $0.endsSession ? $0 : nil }
        if case .lost(let message) = end { return lose(job, sent: true, farewell: farewell, message: message) }
        if isBroken || farewell != nil { return lose(job, sent: true, farewell: farewell) }
        guard kind == .pooled || PQexitPipelineMode(connection) == 1 else { return lose(job, sent: true) }

        for name in reader.notPrepared { cache.forget(name) }
        for name in reader.deallocated { cache.forget(name) }
        let complete = rows.compactMap { $0 }
        if var failure = reader.failure {
            if let index = failure.statementIndex, index < statements.count {
                failure.sql = statements[index].sql
                if failure.isStalePreparedStatement { renew(statements[index], failure) }
            }
            job.complete(JobOutcome(result: .failure(error(failure, for: job)), state: sessionState))
        } else if complete.count == statements.count {
            job.complete(JobOutcome(result: .success(complete), state: sessionState))
        } else {
            return lose(job, sent: true, message: "The server left a statement without an answer.")
        }
        return nil
    }

    /// Sees to it that a statement which is out of date is prepared again.
    private mutating func renew(_ statement: Statement, _ failure: ServerError) {
        if failure.sqlState == .invalidStatementName {
            cache.forgetAll()
        } else if let key = StatementCache.key(statement) {
            cache.retire(key)
        }
    }

    /// Queues the statements and the sync in libpq; false when libpq refuses, after which nothing is known.
    private mutating func send(_ statements: [Statement], _ reader: inout BatchReader) -> Bool {
        // Outside of transactions and with a sync of its own: what becomes of it concerns nobody else.
        if !cache.leftovers.isEmpty, sessionState == .idle {
            for name in cache.leftovers {
                guard PQsendQueryParams(connection, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1) == 1 else {
                    return false
                }
                reader.expect(.deallocate(name: name))
            }
            guard PQpipelineSync(connection) == 1 else { return false }
            reader.expect(.sync)
        }
        var arguments = ArgumentArrays()
        for (index, statement) in statements.enumerated() {
            let types = statement.parameters.types
            let parameterCount = Int32(clamping: types.count)
            if let key = StatementCache.key(statement) {
                let plan = cache.plan(key)
                if plan.needsPreparing {
                    let sent = statement.sql.withCString { text in
                        PQsendPrepare(connection, plan.name, text, parameterCount, types)
                    }
                    guard sent == 1 else { return false }
                    reader.expect(.prepare(name: plan.name))
                }
                let sent = arguments.with(statement.parameters) { values, lengths, formats in
                    PQsendQueryPrepared(connection, plan.name, parameterCount, values, lengths, formats, 1)
                }
                guard sent == 1 else { return false }
            } else {
                let sent = statement.sql.withCString { text in
                    arguments.with(statement.parameters) { values, lengths, formats in
                        PQsendQueryParams(connection, text, parameterCount, types, values, lengths, formats, 1)
                    }
                }
                guard sent == 1 else { return false }
            }
            reader.expect(.execute(statement: index))
        }
        guard PQpipelineSync(connection) == 1 else { return false }
        reader.expect(.sync)
        return true
    }

    // MARK: Scripts

    private func performScript(_ sql: SQL, _ job: Job) -> PostgresError? {
        guard sql.withCString({ PQsendQuery(connection, $0) }) == 1 else { return lose(job, sent: true) }
        var rows: [RowSet] = []
        var failure: ServerError?
        var isBroken = false
        let count = count
        let end = converse(for: job) { result in
            guard let result else { return true }
            let handle = ResultHandle(result, count: count)
            switch handle.status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                rows.append(RowSet(handle))
            case PGRES_FATAL_ERROR:
                let error = ServerError(result: result)
                if failure == nil { failure = error }
                isBroken = isBroken || error.sqlState.code.isEmpty
            default:
                // COPY, which this library does not speak.
                isBroken = true
                return true
            }
            return isBroken
        }
        let farewell = failure.flatMap { $0.endsSession ? $0 : nil }
        if case .lost(let message) = end { return lose(job, sent: true, farewell: farewell, message: message) }
        if isBroken || farewell != nil { return lose(job, sent: true, farewell: farewell) }
        if var failure {
            failure.sql = sql
            job.complete(JobOutcome(result: .failure(error(failure, for: job)), state: sessionState))
        } else {
            job.complete(JobOutcome(result: .success(rows), state: sessionState))
        }
        return nil
    }
}

/// The arrays of pointers that libpq wants; kept over the statements of a batch, so that they grow once.
private struct ArgumentArrays {
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Calls `body` with the addresses, lengths and formats (all binary) of the parameters.
    mutating func with(
        _ parameters: ParameterBuffer,
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Int32
    ) -> Int32 {
        values.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        while formats.count < parameters.extents.count { formats.append(1) }
        return parameters.bytes.withUnsafeBytes { bytes in
            for extent in parameters.extents {
                let start = bytes.baseAddress?.advanced(by: extent.start).assumingMemoryBound(to: CChar.self)
                values.append(extent.length < 0 ? nil : start)
                lengths.append(Int32(clamping: max(0, extent.length)))
            }
            return body(values, lengths, formats)
        }
    }
}
