import Examination
import GreffierProtocol
import WorkerRuntime

/// The work of the first stage: the document's bytes become an Extract and the converted text.
struct IngestProcessor: JobProcessor {
    let reader: DocumentReader

    func process(_ jobs: [LeasedJob]) -> [JobResult] {
        jobs.map(process)
    }

    private func process(_ job: LeasedJob) -> JobResult {
        guard let document = job.payload.first, job.job.stage == .ingest else { return .wrongJob(job.job) }
        do throws(ReadingError) {
            let description = job.job.document
            let reading = try reader.read(
                document.copyBytes(), name: description.name, mediaType: description.mediaType)
            return .done([reading.extract.jsonBytes(reserving: 2 * reading.text.count), reading.text])
        } catch {
            return Self.result(of: error, attempt: job.job.attempt)
        }
    }

    /// A document for which this host lacks something waits; one that takes too long is tried once more and then left to a
    /// person, for each attempt keeps a processor for many minutes.
    private static func result(of error: ReadingError, attempt: Int) -> JobResult {
        let message = BoundedText("\(error)")
        return switch error.hostFault {
        case .lacking: .unable(code: error.code, message: message, consequence: .wait)
        case .slow where attempt >= mostTimeOuts: .unable(code: error.code, message: message, consequence: .hold)
        case .slow, .passing: .failed(code: error.code, message: message, retry: true)
        case nil: .failed(code: error.code, message: message, retry: false)
        }
    }

    private static let mostTimeOuts = 2
}
