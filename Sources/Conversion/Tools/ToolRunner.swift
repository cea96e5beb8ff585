import Glibc

/// Runs the tools: each in a sandbox, with limits, on a copy in a private folder.
public struct ToolRunner: Sendable {
    /// How the tools are kept from this host.
    public let isolation: Isolation
    /// Whether a tool runs in bubblewrap or not at all.
    public var requiresSandbox = false
    private let programs: ProgramFolders
    /// Why bubblewrap, which is here, does not work.
    private let refusal: String?
    /// Whether bubblewrap is older than 0.8.
    private let isOld: Bool

    /// The tools of this host, in the best isolation that it allows; that is found out once a process. What earlier
    /// processes left of documents when they were killed goes then.
    public static let standard: ToolRunner = {
        PrivateFolder.removeAbandoned()
        BoundedProcess.hearOfChildren()
        return ToolRunner(.standard)
    }()

    /// The tools in `programs`, in the best isolation that this host allows.
    public init(_ programs: ProgramFolders) {
        self.programs = programs
        let probe = IsolationProbe(programs)
        (isolation, refusal, isOld) = (probe.isolation, probe.refusal, probe.isOld)
    }

    /// The tools in `programs`, isolated as told.
    public init(_ programs: ProgramFolders, isolation: Isolation) {
        self.programs = programs
        self.isolation = isolation
        (refusal, isOld) = (nil, false)
    }

    /// What the operator should know of the isolation, or nil if all is well.
    public var isolationWarning: String? {
        let lack =
            switch isolation {
            case .bubblewrap: nil as String?
            case .networkOnly: "without network but can see files"
            case .none: "with limits but without a sandbox"
            }
        return lack.map { "the tools that read PDFs and others run \($0); \(sandboxCure)" }
    }

    /// What to do that this host may have a sandbox.
    private var sandboxCure: String {
        guard let refusal else { return "install the Debian package bubblewrap" }
        return "bubblewrap is installed, but this host forbids it to make user name spaces (\(refusal)): allow them "
            + "(sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces, in a container its seccomp profile)"
    }

    /// The tools that this host lacks.
    public var missingTools: [ExternalTool] {
        ExternalTool.allCases.filter { tool in
            tool == .frenchRecognition ? !Self.hasFrenchRecognition : programs.path(of: tool.rawValue) == nil
        }
    }

    /// The name of the document's copy in its folder.
    static let documentName = "document"
    /// Where the tools find the private folder in the sandbox.
    static let folderInSandbox = "/document"
    /// The tools' whole environment.
    static let environment = [
        "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "HOME=/tmp",
    ]

    /// A run of a tool.
    struct Run {
        var tool: ExternalTool
        /// Its arguments, given the path of the private folder as the tool sees it.
        var arguments: (_ folder: String) -> [String]
        /// The most bytes that it may write.
        var outputLimit: Int
        /// What the output beyond that limit means.
        var onTooMuch: ConversionError
        /// How many times the limit on work it may use up.
        var pages = 1
    }

    /// What a tool wrote, and how it ended: with 0 if it found nothing wrong.
    struct Result {
        var output: [UInt8]
        var status: Int32
        var messages: String
    }

    /// Runs a tool on the files of `folder`.
    /// - Throws: ``ConversionError`` when it is missing, needs too much of something, or cannot be started. What it says of
    ///   the document is the caller's to judge.
    func run(_ run: Run, on folder: borrowing PrivateFolder, _ budget: Budget) throws(ConversionError) -> Result {
        guard let tool = programs.path(of: run.tool.rawValue) else { throw .missingTool(run.tool) }
        guard !requiresSandbox || isolation == .bubblewrap else {
            throw refusal == nil ? .missingTool(.bubblewrap) : .noSandbox(cure: sandboxCure)
        }
        let seen = isolation == .bubblewrap ? Self.folderInSandbox : folder.path
        var command =
            [programs.path(of: "prlimit") ?? "/usr/bin/prlimit"] + Self.limits(budget.limits, pages: run.pages) + ["--"]
        command += [programs.path(of: "setpriv") ?? "/usr/bin/setpriv"] + Self.rights + ["--"]
        command +=
            isolation.command(
                showing: folder.path, memoryBytes: budget.limits.memoryBytes, in: programs, isOld: isOld) ?? []
        command += [tool] + run.arguments(seen)
        let process = BoundedProcess(
            program: command[0], arguments: Array(command.dropFirst()), environment: Self.environment,
            outputLimit: run.outputLimit, deadline: budget.deadline)
        let outcome: BoundedProcess.Outcome
        do throws(BoundedProcess.NotStarted) {
            outcome = try process.run()
        } catch {
            throw .toolNotStarted(run.tool, reason: String(cString: strerror(error.number)))
        }
        return try Self.judge(outcome, of: run, budget.limits)
    }

    private static func limits(_ limits: ConversionLimits, pages: Int) -> [String] {
        let seconds = limits.processorSeconds * pages
        return [
            "--cpu=\(seconds):\(seconds + 1)", "--as=\(limits.memoryBytes)", "--fsize=\(limits.archiveBytes)",
            "--nofile=256", "--core=0",
        ]
    }

    /// How the programs before the tool begin what they say: nothing of it is about the document.
    private static let launchers = ["bwrap: ", "prlimit: ", "setpriv: ", "unshare: "]
    private static let rights = ["--no-new-privs", "--pdeathsig", "KILL"]

    private static func judge(
        _ outcome: BoundedProcess.Outcome, of run: Run, _ limits: ConversionLimits
    ) throws(ConversionError) -> Result {
        switch outcome.ending {
        case .tooMuchOutput: throw run.onTooMuch
        case .outOfTime: throw .outOfTime(run.tool, seconds: limits.clockSeconds)
        case .exited(let status) where status <= 128:
            if status != 0, launchers.contains(where: outcome.messages.hasPrefix) {
                throw .toolNotStarted(run.tool, reason: outcome.messages)
            }
            if status != 0, outcome.messages.saysOutOfMemory {
                throw .tooMuchMemory(run.tool, bytes: limits.memoryBytes)
            }
            return Result(output: outcome.output, status: status, messages: outcome.messages)
        // A sandbox tells by 128 + n that the tool ended by signal n.
        case .exited(let status): throw ended(run.tool, by: status - 128, outcome.messages, limits)
        case .signalled(let signal): throw ended(run.tool, by: signal, outcome.messages, limits)
        }
    }

    private static func ended(
        _ tool: ExternalTool, by signal: Int32, _ messages: String, _ limits: ConversionLimits
    ) -> ConversionError {
        switch signal {
        case SIGXCPU: .tooMuchWork(tool, seconds: limits.processorSeconds)
        case _ where messages.saysOutOfMemory: .tooMuchMemory(tool, bytes: limits.memoryBytes)
        // Nobody here sent these: the host is short of memory, or is being shut down.
        case SIGKILL, SIGTERM, SIGINT, SIGHUP: .toolNotStarted(tool, reason: "the host ended it (signal \(signal))")
        default: .toolCrashed(tool, signal: Int(signal))
        }
    }

    /// Debian 12 keeps tesseract 5's data in the first of these folders.
    private static var hasFrenchRecognition: Bool {
        ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata"]
            .contains { access("\($0)/\(ExternalTool.frenchRecognition.rawValue)", R_OK) == 0 }
    }
}

extension String {
    /// Whether a tool says that it was given no more memory.
    fileprivate var saysOutOfMemory: Bool {
        let text = lowercased()
        return ["out of memory", "bad_alloc", "heap exhausted", "cannot allocate memory", "memory exhausted"]
            .contains { text.contains($0) }
    }
}
