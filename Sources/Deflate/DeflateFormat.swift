import CZlib

/// The wrapper around a deflate stream (RFC 1951): it says how the bytes are checked at the end.
public enum DeflateFormat: Sendable {
    /// Adler-32 at the end (RFC 1950); what PNG holds.
    case zlib
    /// CRC-32 and length at the end (RFC 1952); what HTTP calls `gzip`. The header carries no name
    /// and no time, so that the same bytes always give the same stream.
    case gzip

    /// How much time is spent on making a stream smaller. All of them give a valid stream.
    public enum Effort: Int32, Sendable {
        /// Most of the gain for a small part of the time.
        case quick = 3
        /// The usual balance of zlib.
        case thorough = 6
    }

    /// `bytes` as one stream in this wrapper, always the same for the same bytes and effort with
    /// one version of zlib.
    ///
    /// The result is never more than about 0.1 % and 20 bytes longer than `bytes`. A machine
    /// without memory for the stream ends the program, as it does for any array.
    public func compress(_ bytes: [UInt8], effort: Effort) -> [UInt8] {
        var stream = z_stream()
        let ready = seedlot_deflate_init(&stream, effort.rawValue, windowBits)
        precondition(ready == Z_OK, "zlib cannot begin a stream: \(ready)")
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
            input.withUnsafeMutableBufferPointer { input in
                // zlib counts in 32 bits, so longer input and output are handed over in pieces.
                let piece = 1 << 30
                var (read, written) = (0, 0)
                var state = Z_OK
                while state == Z_OK {
                    let (inputPiece, outputPiece) = (
                        min(input.count - read, piece), min(output.count - written, piece)
                    )
                    stream.next_in = input.baseAddress.map { $0 + read }
                    stream.avail_in = UInt32(inputPiece)
                    stream.next_out = output.baseAddress.map { $0 + written }
                    stream.avail_out = UInt32(outputPiece)
                    let isLast = read + inputPiece == input.count
                    state = deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    read += inputPiece - Int(stream.avail_in)
                    written += outputPiece - Int(stream.avail_out)
                }
                precondition(state == Z_STREAM_END, "zlib cannot end a stream: \(state)")
                filled = written
            }
        }
    }

    /// `windowBits` of zlib.h: 15 is the window of 32 KB, 16 more asks for the gzip wrapper.
    private var windowBits: Int32 {
        switch self {
        case .zlib: 15
        case .gzip: 15 + 16
        }
    }
}
