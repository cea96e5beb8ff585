/// The mails by which staff answer.
extension RegisterSchema {
    static let answeredMails = [
        """
        CREATE TABLE answered_mails (message_id TEXT NOT NULL PRIMARY KEY, deadline BIGINT NOT NULL, at BIGINT NOT NULL)
        """
    ]
}
