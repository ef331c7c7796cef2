/// A terminal's screen with the look of each cell: as much of one as what curses sends needs. Written apart from what it tests.
struct PaintedScreen: Equatable {
    let width: Int
    let height: Int
    private(set) var cells: [String]
    private(set) var x = 0
    private(set) var y = 0
    private var look = ""
    private var colours = (foreground: "", background: "")
    private var attributes: Set<String> = []
    private var saved: (x: Int, y: Int, colours: (foreground: String, background: String), attributes: Set<String>)?

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        cells = Array(repeating: " ", count: width * height)
    }

    static func == (left: PaintedScreen, right: PaintedScreen) -> Bool {
        left.cells == right.cells && left.x == right.x && left.y == right.y
    }

    private var pen: String {
        "\(colours.foreground)/\(colours.background)/\(attributes.sorted().joined(separator: ","))"
    }

    mutating func feed(_ bytes: [UInt8]) {
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\u{1B}": escape(&scalars)
            case "\r": x = 0
            case "\u{8}": x = max(0, x - 1)
            case "\u{E}", "\u{F}": break
            default:
                let columns = scalar.value >= 0x2E80 ? 2 : 1
                guard x + columns <= width else { continue }
                cells[y * width + x] = "\(scalar) \(pen)"
                if columns == 2 { cells[y * width + x + 1] = "" }
                x += columns
            }
        }
    }

    private mutating func escape(_ scalars: inout ArraySlice<Unicode.Scalar>) {
        switch scalars.popFirst() {
        case "[": control(&scalars)
        case "(": _ = scalars.popFirst()
        case "7": saved = (x, y, colours, attributes)
        case "8": if let saved { (x, y, colours, attributes) = saved }
        default: break
        }
    }

    private mutating func control(_ scalars: inout ArraySlice<Unicode.Scalar>) {
        var body = ""
        while let scalar = scalars.popFirst() {
            guard scalar.value >= 0x40 else {
                body.unicodeScalars.append(scalar)
                continue
            }
            let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            switch scalar {
            case "H": (y, x) = (max(1, numbers.first ?? 1) - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
            case "G": x = max(1, numbers.first ?? 1) - 1
            case "C": x = min(width - 1, x + max(1, numbers.first ?? 1))
            case "K": for column in x..<width { cells[y * width + column] = "  \(pen)" }
            case "X":
                for column in x..<min(width, x + max(1, numbers.first ?? 1)) { cells[y * width + column] = "  \(pen)" }
            case "m": take(body.split(separator: ";", omittingEmptySubsequences: false).map(String.init)[...])
            default: break
            }
            return
        }
    }

    private mutating func take(_ words: ArraySlice<String>) {
        var words = words
        while let word = words.popFirst() {
            switch word {
            case "", "0":
                colours = ("", "")
                attributes = []
            case "39": colours.foreground = ""
            case "49": colours.background = ""
            case "38", "48":
                let count = words.first == "5" ? 2 : 4
                let colour = words.prefix(count).joined(separator: ";")
                words = words.dropFirst(count)
                if word == "38" { colours.foreground = colour } else { colours.background = colour }
            case "22": attributes.subtract(["1", "2"])
            case "23", "24", "27": attributes.remove(String(word.suffix(1)))
            case let word where word.hasPrefix("9"): colours.foreground = "5;\(8 + (Int(word.dropFirst()) ?? 0))"
            case let word where word.hasPrefix("3") && word.count == 2: colours.foreground = "5;" + word.dropFirst()
            case let word where word.hasPrefix("4") && word.count == 2: colours.background = "5;" + word.dropFirst()
            default: attributes.insert(word)
            }
        }
    }
}
