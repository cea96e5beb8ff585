import Digest
import Testing

@Suite("SHA-256")
struct SHA256DigestTests {
    @Test(
        "The digests of FIPS 180-4's examples are theirs",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func knownDigests(text: String, hexadecimal: String) throws {
        let digest = SHA256Digest(of: Array(text.utf8))
        #expect(digest.hexadecimal == hexadecimal)
        #expect(SHA256Digest(hexadecimal: hexadecimal) == digest)
        #expect(SHA256Digest(bytes: digest.bytes) == digest)
    }

    @Test(
        "What is not 64 lower-case hexadecimal digits is no digest",
        arguments: [
            "", "ab", String(repeating: "A", count: 64), String(repeating: "0", count: 63),
            String(repeating: "0", count: 65), String(repeating: "0", count: 63) + "g",
        ])
    func badHexadecimal(text: String) {
        #expect(SHA256Digest(hexadecimal: text) == nil)
    }
}
