import Diagnostics

/// What can keep a model from being installed, found or removed.
package enum ModelInstallError: UserFacingError, Equatable {
    case badName(String)
    case unknown(String)
    case notInstalled(String, installed: [String])
    /// The folder of that name holds another repository's model.
    case taken(name: String, by: String)
    case noSuchRepository(String, revision: String, host: String)
    /// 401 or 403: the repository is private, gated or not there.
    case refused(repository: String, host: String)
    /// No safetensors; perhaps a pickle, which could run code when opened.
    case noWeights(repository: String, hasPickle: Bool)
    case wrongHash(name: String, expected: String, actual: String)
    case badVector(name: String)
    /// Something other than a plain file where the model needs one.
    case notAFile(path: String)
    case notAFolder(path: String)
    /// An imported folder lacks a file.
    case incomplete(path: String)
    case importInterrupted
    case cannotWrite(path: String, reason: String)
    /// What was fetched is kept and continued by the next pull.
    case interrupted(name: String)

    package var message: String {
        switch self {
        case .badName(let name): "“\(terminalSafe(name))” is not a model's name."
        case .unknown(let name): "There is no model “\(terminalSafe(name))” in the list."
        case .notInstalled(let name, _): "The model “\(terminalSafe(name))” is not installed."
        case .taken(let name, let owner):
            "“\(terminalSafe(name))” is installed already, from \(terminalSafe(owner))."
        case .noSuchRepository(let repository, let revision, let host):
            "\(terminalSafe(host)) has no model \(terminalSafe(repository)) at revision \(terminalSafe(revision))."
        case .refused(let repository, let host):
            "\(terminalSafe(host)) does not hand out \(terminalSafe(repository)): it is private, asks "
                + "for consent to its licence, or does not exist."
        case .noWeights(let repository, let hasPickle):
            hasPickle
                ? "\(terminalSafe(repository)) has its weights as pytorch_model.bin only, a format that can run code; "
                    + "Longhand reads model.safetensors."
                : "\(terminalSafe(repository)) has no model.safetensors."
        case .wrongHash(let name, let expected, let actual):
            "The weights of “\(terminalSafe(name))” have the SHA-256 \(actual); the original's is \(expected)."
        case .badVector(let name):
            "The model “\(terminalSafe(name))” opens, but its vectors are empty or hold numbers that are none."
        case .notAFile(let path): "\(terminalSafe(path)) is not a plain file."
        case .notAFolder(let path): "\(terminalSafe(path)) is not a folder."
        case .incomplete(let path): "The model lacks \(terminalSafe(path))."
        case .importInterrupted: "Interrupted; nothing was installed."
        case .cannotWrite(let path, let reason): "\(terminalSafe(path)) can't be written: \(terminalSafe(reason))."
        case .interrupted(let name): "Interrupted; what was fetched of \(terminalSafe(name)) is kept."
        }
    }

    package var hint: String? {
        switch self {
        case .badName: "A name has letters, digits, dots, dashes and underscores."
        case .unknown:
            "Names are \(ModelCatalogue.entries.map(\.name).joined(separator: ", ")); any other repository is written "
                + "owner/name."
        case .notInstalled(let name, let installed):
            (ModelCatalogue.entry(name) == nil ? "" : "Get it with: longhand model pull \(terminalSafe(name)). ")
                + (installed.isEmpty
                    ? "No model is installed."
                    : "Installed: \(installed.map { terminalSafe($0) }.joined(separator: ", ")).")
        case .taken: "Choose another name with --name, or remove that one first."
        case .noSuchRepository: "Check owner, name and --revision."
        case .refused: "Accept its licence on the web, and put a token into the environment variable HF_TOKEN."
        case .noWeights(_, true):
            "Convert it with Sentence Transformers (model.save(DIR)), then: longhand model import DIR."
        case .noWeights(_, false): "Choose a repository with safetensors weights."
        case .wrongHash, .badVector: "Fetch it again with: longhand model pull NAME --force."
        case .notAFile, .notAFolder: "Name a folder in the Hugging Face layout."
        case .incomplete: "It needs config.json, model.safetensors, and vocab.txt or tokenizer.json."
        case .cannotWrite: "Check the disk's free space and the folder's permissions."
        case .importInterrupted: nil
        case .interrupted(let name): "Run longhand model pull \(terminalSafe(name)) again to go on."
        }
    }

    package var status: ExitStatus {
        switch self {
        case .badName, .unknown, .taken: .usage
        case .noSuchRepository, .refused: .network
        case .notInstalled, .noWeights: .unavailable
        case .wrongHash, .badVector, .notAFile, .notAFolder, .incomplete, .cannotWrite: .badInput
        case .interrupted, .importInterrupted: .interrupted
        }
    }
}
