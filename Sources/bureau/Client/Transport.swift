import CCurl

/// An answer of the server.
struct HTTPAnswer {
    let status: Int
    let body: [UInt8]
}

/// Why there was no answer.
struct TransportError: Error, Equatable {
    let sentence: String
    /// Whether the connection broke after the request may have arrived.
    let isLost: Bool
}

/// Sends one HTTP request and waits; libcurl's easy interface on the one thread of a command-line tool.
struct Transport {
    private final class Sink {
        var bytes: [UInt8] = []
    }

    /// What a body may measure before it is refused.
    static let maximumBody = 64 << 20

    func send(
        _ method: String, _ url: String, headers: [(name: String, value: String)], body: [UInt8]?
    ) throws(TransportError) -> HTTPAnswer {
        guard let handle = curl_easy_init() else {
            throw TransportError(sentence: "libcurl cannot be started.", isLost: false)
        }
        defer { curl_easy_cleanup(handle) }
        var list: UnsafeMutablePointer<curl_slist>?
        for header in headers {
            let line = header.value.isEmpty ? "\(header.name):" : "\(header.name): \(header.value)"
            list = curl_slist_append(list, line)
        }
        defer { curl_slist_free_all(list) }
        let sink = Sink()
        let result = withExtendedLifetime(sink) {
            ccurl_allow_only_http(handle)
            ccurl_set_string(handle, CURLOPT_URL, url)
            ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, method)
            ccurl_set_string(handle, CURLOPT_USERAGENT, "bureau")
            ccurl_set_list(handle, CURLOPT_HTTPHEADER, list)
            ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
            ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 10)
            ccurl_set_long(handle, CURLOPT_TIMEOUT, 60)
            ccurl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(sink).toOpaque())
            ccurl_set_sink(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
                let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
                guard sink.bytes.count + part.count <= Transport.maximumBody else { return 0 }
                sink.bytes.append(contentsOf: part)
                return part.count
            }
            guard let body else { return curl_easy_perform(handle) }
            return body.withUnsafeBytes { buffer in
                ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(buffer.count))
                ccurl_set_pointer(handle, CURLOPT_POSTFIELDS, buffer.baseAddress ?? UnsafeRawPointer(list))
                return curl_easy_perform(handle)
            }
        }
        guard result == CURLE_OK else {
            let lost = [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE]
            let reason = curl_easy_strerror(result).map { String(cString: $0) } ?? "unknown reason"
            throw TransportError(sentence: reason, isLost: lost.contains(result))
        }
        var status = 0
        ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return HTTPAnswer(status: status, body: sink.bytes)
    }
}
