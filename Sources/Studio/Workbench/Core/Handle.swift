import Screen

/// Takes one event into the workspace and says what should be done outside it.
///
/// Pure: the same workspace and event give the same workspace and effects, whatever the time, the
/// terminal or the disk.
public func handle(_ event: Event, _ workspace: inout Workspace) -> [Effect] {
    let page = workspace.core.page
    var effects = workspace.take(event)
    workspace.settleVim()
    workspace.prepareForDisplay()
    if page != workspace.core.page {
        workspace.core.announce(.pageChanged)
        effects += workspace.settleMessages()
    }
    return effects
}

/// The effects that a newly opened studio needs before its first event.
public func start(_ workspace: inout Workspace) -> [Effect] {
    let effects = workspace.start()
    workspace.prepareForDisplay()
    return effects
}

/// What is on the screen of an article.
struct Page: Sendable, Equatable {
    var path: String
    var version: Int
    var scroll: ScrollPosition
    var height: Int
}

extension StudioCore {
    var page: Page {
        Page(
            path: editor.path, version: editor.document.version, scroll: editor.scroll, height: textAreaHeight)
    }
}
