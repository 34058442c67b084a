import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct MerkleTreeTests {
    /// 98 cases of transparency-dev/merkle, 92 of which must be refused.
    @Test func inclusionProofsAreJudgedAsThePublishedVectorsSay() throws {
        let vectors = try merkleVectors("inclusion")
        #expect(vectors.count == 98)
        for vector in vectors {
            let isAccepted: Bool
            if let hashes = vector.proof, let root = Digest(base64: vector["root"]),
                let leaf = Digest(base64: vector["leafHash"]),
                let index = UInt64(vector["leafIdx"]), let size = UInt64(vector["treeSize"])
            {
                let proof = InclusionProof(index: index, size: size, hashes: hashes)
                isAccepted = (try? proof.verify(leafHash: leaf, root: root)) != nil
            } else {
                isAccepted = false
            }
            #expect(isAccepted == !vector.mustFail, "\(vector["name"])")
        }
    }

    @Test func consistencyProofsAreJudgedAsThePublishedVectorsSay() throws {
        let vectors = try merkleVectors("consistency")
        #expect(vectors.count == 98)
        for vector in vectors {
            let isAccepted: Bool
            if let hashes = vector.proof, let old = Digest(base64: vector["root1"]),
                let new = Digest(base64: vector["root2"]),
                let oldSize = UInt64(vector["size1"]), let size = UInt64(vector["size2"])
            {
                let proof = ConsistencyProof(oldSize: oldSize, size: size, hashes: hashes)
                isAccepted = (try? proof.verify(oldRoot: old, root: new)) != nil
            } else {
                isAccepted = false
            }
            // One accepted case has equal roots of 12 bytes, which no SHA-256 tree has.
            let isOfAnotherHash = Digest(base64: vector["root2"]) == nil
            #expect(isAccepted == (!vector.mustFail && !isOfAnotherHash), "\(vector["name"])")
        }
    }

    @Test func rootsAndProofsAreThoseOfTheDefinition() throws {
        let leaves = (0..<70).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }
        for size in 1...leaves.count {
            let tree = Array(leaves[..<size])
            let root = definedRoot(tree[...])
            #expect(MerkleTree.root(ofLeaves: tree) == root)
            for index in 0..<size {
                let proof = try InclusionProof(
                    index: UInt64(index), size: UInt64(size), leaves: leaves)
                #expect(proof.hashes == definedPath(index, tree[...]))
                try proof.verify(leafHash: leaves[index], root: root)
            }
            for old in 0...size {
                let proof = try ConsistencyProof(
                    oldSize: UInt64(old), size: UInt64(size), leaves: leaves)
                if old > 0 { #expect(proof.hashes == definedProof(old, tree[...], true)) }
                try proof.verify(
                    oldRoot: MerkleTree.root(ofLeaves: leaves[..<old]), root: root)
            }
        }
    }

    @Test func aProofWithOneBitChangedIsRefused() {
        forAll(cases: 200) { generator in
            let size = Int.random(in: 2...300, using: &generator)
            let leaves = (0..<size).map { MerkleTree.leafHash(Array("\($0)".utf8)) }
            let index = Int.random(in: 0..<size, using: &generator)
            var proof = try InclusionProof(
                index: UInt64(index), size: UInt64(size), leaves: leaves)
            let root = MerkleTree.root(ofLeaves: leaves)
            try proof.verify(leafHash: leaves[index], root: root)
            let position = Int.random(in: 0..<proof.hashes.count, using: &generator)
            var bytes = proof.hashes[position].bytes
            bytes[Int.random(in: 0..<32, using: &generator)] ^=
                1 << UInt8.random(in: 0..<8, using: &generator)
            proof.hashes[position] = Digest(bytes)!
            try require(
                (try? proof.verify(leafHash: leaves[index], root: root)) == nil,
                "size \(size), index \(index), hash \(position)")
        }
    }

    @Test func tooManyAndTooFewHashesAreNamed() throws {
        let leaves = (0..<9).map { MerkleTree.leafHash(Array("\($0)".utf8)) }
        let root = MerkleTree.root(ofLeaves: leaves)
        var proof = try InclusionProof(index: 3, size: 9, leaves: leaves)
        proof.hashes.append(root)
        #expect(throws: ProofError.tooLong(hashes: 5)) {
            try proof.verify(leafHash: leaves[3], root: root)
        }
        proof.hashes.removeLast(2)
        #expect(throws: ProofError.tooShort(hashes: 3)) {
            try proof.verify(leafHash: leaves[3], root: root)
        }
        #expect(throws: ProofError.outOfRange(index: 9, size: 9)) {
            try InclusionProof(index: 9, size: 9, leaves: leaves)
        }
    }
}

private struct MerkleVector {
    let value: JSONValue
    /// The hashes, or nil when one of them is not 32 bytes long.
    var proof: [Digest]? {
        let texts = value["proof"]?.arrayValue ?? []
        let hashes = texts.compactMap { $0.stringValue.flatMap { Digest(base64: $0) } }
        return hashes.count == texts.count ? hashes : nil
    }
    var mustFail: Bool { value["wantErr"]?.boolValue ?? false }
    subscript(name: String) -> String { value[name]?.stringValue ?? "" }
}

private func merkleVectors(_ kind: String) throws -> [MerkleVector] {
    let file = fixtures().appending(path: "merkle/\(kind).json")
    return try JSONValue(parsing: try Data(contentsOf: file)).arrayValue!
        .map(MerkleVector.init(value:))
}

/// MTH of RFC 6962 section 2.1, word for word.
private func definedRoot(_ leaves: ArraySlice<Digest>) -> Digest {
    guard leaves.count > 1 else { return leaves.first ?? Digest.sha256(of: []) }
    let split = leaves.startIndex + largestPowerOfTwo(below: leaves.count)
    return MerkleTree.nodeHash(definedRoot(leaves[..<split]), definedRoot(leaves[split...]))
}

/// PATH of RFC 6962 section 2.1.1.
private func definedPath(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let k = largestPowerOfTwo(below: leaves.count)
    let split = leaves.startIndex + k
    return index < k
        ? definedPath(index, leaves[..<split]) + [definedRoot(leaves[split...])]
        : definedPath(index - k, leaves[split...]) + [definedRoot(leaves[..<split])]
}

/// SUBPROOF of RFC 6962 section 2.1.2.
private func definedProof(_ m: Int, _ leaves: ArraySlice<Digest>, _ isWhole: Bool) -> [Digest] {
    guard m < leaves.count else { return isWhole ? [] : [definedRoot(leaves)] }
    let k = largestPowerOfTwo(below: leaves.count)
    let split = leaves.startIndex + k
    return m <= k
        ? definedProof(m, leaves[..<split], isWhole) + [definedRoot(leaves[split...])]
        : definedProof(m - k, leaves[split...], false) + [definedRoot(leaves[..<split])]
}

private func largestPowerOfTwo(below count: Int) -> Int {
    var k = 1
    while k * 2 < count { k *= 2 }
    return k
}
