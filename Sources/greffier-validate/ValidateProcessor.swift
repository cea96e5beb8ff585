import Deliberations
import Examination
import GreffierProtocol
import JSONCodec
import WorkerRuntime

/// The work of the second stage: the Extract becomes a Report.
struct ValidateProcessor: JobProcessor {
    let examiner: Examiner
    let today: @Sendable () -> CivilDate

    func process(_ jobs: [LeasedJob]) -> [JobResult] {
        jobs.map(process)
    }

    private func process(_ job: LeasedJob) -> JobResult {
        guard job.payload.count == Stage.validate.jobFrames, job.job.stage == .validate else {
            return .wrongJob(job.job)
        }
        do throws(JSONError) {
            let extract = try Extract(json: job.payload[0].copyBytes())
            let report = examiner.report(on: extract, text: job.payload[1].copyBytes(), today: today())
            return .done([report.jsonBytes(reserving: 32_768)])
        } catch {
            // Another version of ingest may have written it: a person must look, and the bytes stay.
            return .failed(
                code: "bad-extract", message: BoundedText("the Extract cannot be read: \(error)"), retry: false)
        }
    }
}
