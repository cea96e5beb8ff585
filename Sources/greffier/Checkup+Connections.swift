import AlertingSetup
import Client
import Foundation
import GreffierProtocol
import Operations
import ZeroMQ

extension Checkup {
    /// Whether mails can leave: the mail server answers and knows the user, or the folder takes files.
    func mail() async -> Diagnosis {
        do throws(ConfigurationError) {
            let setup = try MailSetup(configuration.mail)
            if let trouble = await setup.trouble() {
                return .wrong(
                    "mail", trouble,
                    cure: setup.isSentBySMTP
                        ? "mend the mail server, or correct `mail.smtp`; mails wait meanwhile"
                        : "make the folder writable for the user of greffier-notify, or correct `mail.outbox`")
            }
            let way = setup.isSentBySMTP ? "the mail server answers" : "mails become files"
            return .right("mail", "set up for \(setup.settings.routes.everybody.count) recipients, \(way)")
        } catch {
            return .wrong("mail", "\(error)", cure: "mend the keys; `greffier config check` says when they are right")
        }
    }

    /// Whether files that hold secrets are there and nobody else may read them.
    func secrets() -> Diagnosis {
        let files = [
            ("keys.brokerPair", configuration.keys.brokerPairFile), ("keys.own", configuration.keys.ownPairFile),
            ("mail.smtp.passwordFile", configuration.mail.smtp?.passwordFile),
            ("answers.key", configuration.mail.answers == nil ? nil : configuration.mail.answerKeyFile),
        ].compactMap { key, path in path.map { (key: key, path: $0) } }
        var closed = 0
        for file in files {
            guard let found = try? FileManager.default.attributesOfItem(atPath: file.path) else {
                // greffier-notify makes it.
                if file.key == "answers.key" { continue }
                return .wrong(
                    "secrets", "\(file.path) (`\(file.key)`) is not there", cure: "make it, or correct the key")
            }
            guard (found[.posixPermissions] as? Int ?? 0) & 0o077 == 0 else {
                return .wrong("secrets", "others may read \(file.path)", cure: "chmod 600 \(file.path)")
            }
            closed += 1
        }
        return files.isEmpty
            ? .skipped("secrets", "none in files") : .right("secrets", "\(closed) files, closed to others")
    }

    /// How each broker that the configuration names answers.
    func brokers() -> [Diagnosis] {
        let security: SocketSecurity
        do {
            security = try configuration.clientSecurity()
        } catch {
            return [.wrong("broker", "\(error)", cure: "correct `keys`")]
        }
        return configuration.brokers.map { broker(at: $0, security) }
    }

    private func broker(at endpoint: Endpoint, _ security: SocketSecurity) -> Diagnosis {
        do {
            let answer = try BrokerQuestions(BrokerEndpoints(endpoint), security).ask(.status(StatusRequest()))
            guard case .status(let status) = answer else {
                return .warning(
                    "broker", "answers something else than its status", cure: "install one version on all hosts")
            }
            let versions = Set([status.version] + status.workers.map(\.version)).subtracting([ProgramVersion.current])
            guard versions.isEmpty else {
                return .warning(
                    "broker",
                    "it or its workers are of version \(versions.sorted().joined(separator: ", ")), this is "
                        + ProgramVersion.current, cure: "install one version on all hosts")
            }
            return .right("broker", "answers at \(endpoint), \(status.workers.count) workers")
        } catch {
            return .warning("broker", "\(error)", cure: "start greffier-broker if it ought to run")
        }
    }
}
