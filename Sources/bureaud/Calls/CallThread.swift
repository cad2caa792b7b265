import CCurl
import ServiceDesk
import Synchronization
import Threads

/// The one thread that speaks HTTP with other systems, by libcurl's multi interface: any number of requests at once, and no
/// blocking call on the cooperative pool. It starts with the first request and ends with `stop`.
final class CallThread: Sendable {
    typealias Finish = @Sendable (WireAttempt) -> Void

    /// A request on its way into the thread.
    private struct Order: Sendable {
        let id: UInt64
        let request: WireRequest
        let finish: Finish
    }

    private struct Mailbox {
        var next: UInt64 = 1
        var orders: [Order] = []
        var cancelled: [UInt64] = []
        var isStopping = false
        var isRunning = false
    }

    private let mailbox = Mutex(Mailbox())
    private let multi: MultiHandle

    /// libcurl wants to be set up once in a process, before anything else of it is called.
    private static let isSetUp = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Nil when libcurl cannot be set up.
    init?() {
        guard Self.isSetUp, let multi = MultiHandle() else { return nil }
        self.multi = multi
    }

    /// Ends the thread once it is done with what it has; what still runs is told that it was interrupted.
    func stop() {
        mailbox.withLock { $0.isStopping = true }
        multi.wakeUp()
    }

    /// Sends a request; `finish` is called exactly once, from the thread.
    ///
    /// - Returns: what `cancel` takes.
    func send(_ request: WireRequest, _ finish: @escaping Finish) -> UInt64 {
        let (id, mustStart, isRefused) = mailbox.withLock { mailbox -> (UInt64, Bool, Bool) in
            let id = mailbox.next
            mailbox.next += 1
            if mailbox.isStopping { return (id, false, true) }
            mailbox.orders.append(Order(id: id, request: request, finish: finish))
            defer { mailbox.isRunning = true }
            return (id, !mailbox.isRunning, false)
        }
        if isRefused {
            finish(.failed(.interrupted))
        } else if mustStart, !start() {
            abandon(.impossible)
        } else {
            multi.wakeUp()
        }
        return id
    }

    /// Gives a request up; without effect once it has finished.
    func cancel(_ id: UInt64) {
        mailbox.withLock { $0.cancelled.append(id) }
        multi.wakeUp()
    }

    private func start() -> Bool { startThread { self.run() } }

    /// Ends all that waits, when there is no thread to take it.
    private func abandon(_ trouble: CallTrouble) {
        let orders = mailbox.withLock { mailbox in
            mailbox.isRunning = false
            defer { mailbox.orders = [] }
            return mailbox.orders
        }
        for order in orders { order.finish(.failed(trouble)) }
    }

    private func run() {
        var transfers: [UInt64: Transfer] = [:]
        while true {
            let (orders, cancelled, isStopping) = mailbox.withLock { mailbox in
                defer { (mailbox.orders, mailbox.cancelled) = ([], []) }
                return (mailbox.orders, mailbox.cancelled, mailbox.isStopping)
            }
            for order in orders {
                guard let transfer = Transfer(order.id, order.request, finish: order.finish),
                    multi.add(transfer)
                else {
                    order.finish(.failed(.impossible))
                    continue
                }
                transfers[order.id] = transfer
            }
            let given = isStopping ? Array(transfers.keys) : cancelled
            for id in given {
                guard let transfer = transfers.removeValue(forKey: id) else { continue }
                multi.remove(transfer)
                transfer.finish(.failed(.interrupted))
            }
            if isStopping { return }
            multi.perform { id, result in
                guard let transfer = transfers.removeValue(forKey: id) else { return }
                multi.remove(transfer)
                transfer.finish(transfer.attempt(result))
            }
            multi.wait()
        }
    }
}

/// libcurl's multi handle. Unchecked, because the pointer never changes and is used by the thread alone, but for
/// `curl_multi_wakeup`, which any thread may call until `curl_multi_cleanup`; that runs when nobody holds this object any more.
final class MultiHandle: @unchecked Sendable {
    private let handle: OpaquePointer

    init?() {
        guard let handle = curl_multi_init() else { return nil }
        self.handle = OpaquePointer(handle)
    }

    deinit { curl_multi_cleanup(raw) }

    private var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(handle) }

    func wakeUp() { curl_multi_wakeup(raw) }

    func add(_ transfer: Transfer) -> Bool { curl_multi_add_handle(raw, transfer.handle) == CURLM_OK }

    func remove(_ transfer: Transfer) { curl_multi_remove_handle(raw, transfer.handle) }

    /// Moves everything on, and says which transfers are over.
    func perform(_ isOver: (UInt64, CURLcode) -> Void) {
        var running: Int32 = 0
        curl_multi_perform(raw, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            // Both are copied first: removing the handle invalidates the message.
            let result = message.pointee.data.result
            isOver(Transfer.id(of: message.pointee.easy_handle), result)
        }
    }

    /// Until something arrives, somebody wakes it, or a second has passed.
    func wait() {
        var count: Int32 = 0
        curl_multi_poll(raw, nil, 0, 1000, &count)
    }
}
