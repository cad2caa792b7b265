import CCurl
import ServiceDesk

/// One request on the call thread: libcurl's easy handle and what has arrived. Lives and dies on that thread.
final class Transfer {
    /// How long a connection may take to come about, whatever the request allows.
    private static let connectPatience = Duration.seconds(10)

    let handle: UnsafeMutableRawPointer
    private let headers: UnsafeMutablePointer<curl_slist>?
    private let done: CallThread.Finish
    private let maximumAnswer: Int
    private var body: [UInt8] = []
    private var cacheControl: String?
    private var isTooLarge = false

    init?(_ id: UInt64, _ request: WireRequest, finish: @escaping CallThread.Finish) {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        done = finish
        maximumAnswer = request.maximumAnswer
        headers = (request.headers + ["Expect:"]).reduce(nil) { curl_slist_append($0, $1) }
        prepare(id, request)
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    private func prepare(_ id: UInt64, _ request: WireRequest) {
        ccurl_allow_only_http(handle)
        ccurl_set_pointer(handle, CURLOPT_PRIVATE, UnsafeRawPointer(bitPattern: UInt(id)))
        ccurl_set_string(handle, CURLOPT_URL, request.url)
        ccurl_set_string(handle, CURLOPT_USERAGENT, "bureau")
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        // An answer that points elsewhere is an answer: the secret and the data are for this address alone.
        ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
        ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
        ccurl_set_long(handle, CURLOPT_PATH_AS_IS, 1)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, request.timeout.wholeMilliseconds)
        ccurl_set_long(
            handle, CURLOPT_CONNECTTIMEOUT_MS, min(request.timeout, Self.connectPatience).wholeMilliseconds)
        if let body = request.body {
            // Copied by libcurl, so that nothing of ours has to outlive this call; the size comes first.
            var bytes = Array(body.utf8)
            ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
            bytes.append(0)
            bytes.withUnsafeBytes { _ = ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        }
        ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method)
        ccurl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
        ccurl_set_sink(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        ccurl_set_pointer(handle, CURLOPT_HEADERDATA, Unmanaged.passUnretained(self).toOpaque())
        ccurl_set_sink(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            transfer.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return size * count
        }
    }

    /// One line with its end, as it arrived.
    private func takeHeader(_ line: UnsafeRawBufferPointer) {
        guard line.count <= 1000, let colon = line.firstIndex(of: UInt8(ascii: ":")),
            String(decoding: line[..<colon], as: UTF8.self).lowercased() == "cache-control"
        else { return }
        let value = line[(colon + 1)...].filter { $0 > 0x20 && $0 < 0x7F }
        cacheControl = String(decoding: value, as: UTF8.self)
    }

    private func take(_ part: UnsafeRawBufferPointer) -> Int {
        guard body.count + part.count <= maximumAnswer else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: part)
        return part.count
    }

    /// What `prepare` stored with a handle.
    static func id(of handle: UnsafeMutableRawPointer?) -> UInt64 {
        var pointer: UnsafeMutableRawPointer?
        ccurl_get_pointer(handle, CURLINFO_PRIVATE, &pointer)
        return pointer.map { UInt64(UInt(bitPattern: $0)) } ?? 0
    }

    func finish(_ attempt: WireAttempt) { done(attempt) }

    /// What libcurl's result means.
    func attempt(_ result: CURLcode) -> WireAttempt {
        if isTooLarge { return .failed(.tooLarge) }
        guard result == CURLE_OK else { return .failed(Self.trouble(result)) }
        var status = 0
        ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        var seconds: curl_off_t = 0
        ccurl_get_size(handle, CURLINFO_RETRY_AFTER, &seconds)
        return .answered(
            WireAnswer(
                status: status, cacheControl: cacheControl, retryAfter: seconds > 0 ? .seconds(seconds) : nil,
                body: body))
    }

    private static func trouble(_ result: CURLcode) -> CallTrouble {
        switch result {
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CACERT_BADFILE:
            .untrusted
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_OUT_OF_MEMORY, CURLE_BAD_FUNCTION_ARGUMENT,
            CURLE_FAILED_INIT, CURLE_UNKNOWN_OPTION:
            .impossible
        default: .unreachable
        }
    }
}

extension Duration {
    /// Rounded down.
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
