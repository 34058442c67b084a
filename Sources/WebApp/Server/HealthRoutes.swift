import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/healthz` (the process answers) and `/readyz` (the ledger can be read).
struct HealthRoutes {
    let site: Site

    func add(to router: Router<VisitorContext>) {
        router.get("healthz") { _, _ in Response.json(["status": "ok"]) }
        router.get("readyz") { _, _ in
            do throws(StorageError) {
                let head = try await LedgerReader(storage: site.storage).head()
                return Response.json(["status": "ok", "entries": .number(Double(head.size))])
            } catch {
                return Response.json(
                    ["status": "unavailable", "code": .string(error.code)],
                    status: .serviceUnavailable)
            }
        }
    }
}
