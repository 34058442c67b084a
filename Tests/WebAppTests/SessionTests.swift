import Synchronization
import Testing

@testable import WebApp

@Suite struct SessionTests {
    private static func counting() -> @Sendable (Int) -> [UInt8] {
        let calls = Counter()
        return { count in
            let call = calls.next()
            return (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ call &* 37) }
        }
    }

    private func store(_ limits: SessionStore.Limits = .init()) -> SessionStore {
        SessionStore(limits: limits, randomBytes: Self.counting())
    }

    @Test func aSecretOpensItsOwnSessionOnly() {
        let store = store()
        let (anna, _) = store.open(for: "anna", at: 0)
        let (bela, _) = store.open(for: "bela", at: 0)
        #expect(anna != bela && anna.utf8.count == 64)
        #expect(store.session(with: anna, at: 1)?.person == "anna")
        #expect(store.session(with: bela, at: 1)?.person == "bela")
        #expect(store.session(with: anna.uppercased(), at: 1) == nil)
        #expect(store.session(with: "", at: 1) == nil)
    }

    @Test func endsWhenIdle() {
        let store = store(.init(idle: 100, absolute: 1000))
        let (secret, _) = store.open(for: "anna", at: 0)
        #expect(store.session(with: secret, at: 99) != nil)
        #expect(store.session(with: secret, at: 198) != nil)
        #expect(store.session(with: secret, at: 298) == nil)
        #expect(store.session(with: secret, at: 299) == nil)
    }

    @Test func endsAfterAShiftHoweverBusy() {
        let store = store(.init(idle: 100, absolute: 250))
        let (secret, _) = store.open(for: "anna", at: 0)
        for now in stride(from: Int64(50), to: 250, by: 50) {
            #expect(store.session(with: secret, at: now) != nil)
        }
        #expect(store.session(with: secret, at: 250) == nil)
    }

    @Test func closesOneOrAllOfAPerson() {
        let store = store()
        let secrets = (0..<3).map { _ in store.open(for: "anna", at: 0).secret }
        let other = store.open(for: "bela", at: 0).secret
        store.close(secrets[0])
        #expect(store.session(with: secrets[0], at: 1) == nil)
        #expect(store.session(with: secrets[1], at: 1) != nil)
        store.closeAll(of: "anna")
        #expect(store.session(with: secrets[2], at: 1) == nil)
        #expect(store.session(with: other, at: 1) != nil)
    }

    @Test func holdsNoMoreThanItsLimit() {
        let store = store(.init(idle: 1000, absolute: 1000, count: 2))
        let first = store.open(for: "a", at: 0).secret
        let second = store.open(for: "b", at: 1).secret
        let third = store.open(for: "c", at: 2).secret
        #expect(store.session(with: first, at: 3) == nil)
        #expect(store.session(with: second, at: 3) != nil)
        #expect(store.session(with: third, at: 3) != nil)
    }

    @Test func comparesSecretsWhole() {
        #expect(equalInConstantTime("abc", "abc"))
        #expect(!equalInConstantTime("abc", "abd"))
        #expect(!equalInConstantTime("abc", "ab"))
        #expect(equalInConstantTime("", ""))
    }
}

@Suite struct AttemptLimiterTests {
    @Test func refusesAfterTooManyFailuresAndForgivesAfterTheWindow() {
        let limiter = AttemptLimiter(allowed: 3, window: 60)
        for second in 0..<3 {
            #expect(limiter.wait(for: "x", at: Int64(second)) == nil)
            limiter.failed("x", at: Int64(second))
        }
        #expect(limiter.wait(for: "x", at: 10) == 50)
        #expect(limiter.wait(for: "y", at: 10) == nil)
        #expect(limiter.wait(for: "x", at: 60) == nil)
    }

    @Test func aSuccessClearsTheCount() {
        let limiter = AttemptLimiter(allowed: 1, window: 60)
        limiter.failed("x", at: 0)
        limiter.succeeded("x")
        #expect(limiter.wait(for: "x", at: 1) == nil)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}
