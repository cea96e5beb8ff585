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
            return .failed(code: error.code, message: BoundedText("\(error)"), retry: error.isOfHost)
        }
    }
}
