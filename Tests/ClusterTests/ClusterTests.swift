import Testing

/// Whole clusters: the real programs on folders of their own, watched from outside as their users watch them.
///
/// One test after the other, as each wants the machine to itself.
@Suite("The whole cluster, with real processes", .serialized, .timeLimit(.minutes(4)))
enum ClusterTests {}
