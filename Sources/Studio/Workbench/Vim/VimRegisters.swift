import TextCore

extension Workspace {
    /// Puts yanked or deleted text into its registers, as vim does: the unnamed one always, `"0` for a yank, `"1` to `"9` for
    /// deletions of lines, `"-` for smaller ones.
    ///
    /// - Parameter isLarge: the deletion goes into the numbered registers whatever its size.
    mutating func vimStore(
        _ range: Range<Int>, isLinewise: Bool, in name: Character?, deleting: Bool, isLarge: Bool = false
    ) -> [Effect] {
        if name == "_" { return [] }
        var text = editor.text.slice(range)
        if isLinewise { text += "\n" }
        var register = VimState.Register(text: text, isLinewise: isLinewise)
        var effects: [Effect] = []
        if let name, name != "\"" {
            if name == "+" || name == "*" {
                core.clipboard = text
                effects = [.terminal(.copy(text))]
            } else if name.isUppercase, let key = name.lowercased().first {
                if let old = vim.registers[key] {
                    let joint = isLinewise && !old.isLinewise ? "\n" : ""
                    register = VimState.Register(
                        text: old.text + joint + text, isLinewise: old.isLinewise || isLinewise)
                    if old.isLinewise, !isLinewise { register.text += "\n" }
                }
                vim.registers[key] = register
            } else {
                vim.registers[name] = register
            }
        } else if !deleting {
            vim.registers["0"] = register
        }
        if deleting {
            if isLinewise || isLarge || text.contains("\n") {
                for number in (1..<9).reversed() {
                    vim.registers[Character("\(number + 1)")] = vim.registers[Character("\(number)")]
                }
                vim.registers["1"] = register
            } else if name == nil || name == "\"" {
                vim.registers["-"] = register
            }
        }
        vim.registers["\""] = register
        return effects
    }

    func vimRegister(_ name: Character?) -> VimState.Register? {
        switch name {
        case "+", "*":
            return clipboard.isEmpty ? nil : VimState.Register(text: clipboard, isLinewise: clipboard.hasSuffix("\n"))
        case "/": return vim.search.map { VimState.Register(text: $0.pattern, isLinewise: false) }
        case "%": return VimState.Register(text: editor.displayName, isLinewise: false)
        case ".":
            let typed = vim.change?.typed.compactMap {
                if case .character(let character) = $0 { String(character) } else { nil }
            }
            return typed.map { VimState.Register(text: $0.joined(), isLinewise: false) }
        case let name?:
            return vim.registers[name.lowercased().first ?? name]
        case nil:
            // Text cut by a command of another kind, or by the mouse, is there to be put as well.
            return vim.registers["\""] ?? vimRegister("+")
        }
    }
}
