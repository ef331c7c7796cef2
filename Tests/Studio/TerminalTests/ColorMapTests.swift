import Screen
import TestSupport
import Testing

@testable import Terminal

@Suite struct ColorMapTests {
    @Test func withoutColoursThereIsOnlyTheTerminalsOwn() {
        for available in [-1, 0, 1, 2, 7] {
            let map = ColorMap(available: available)
            #expect(map.number(of: .rgb(255, 0, 0)) == -1)
            #expect(map.number(of: .indexed(1)) == -1)
            #expect(map.number(of: .default) == -1)
        }
    }

    @Test(arguments: [8, 16, 88, 256, 1 << 24])
    func theDefaultStaysAndNumbersFit(_ available: Int) {
        let map = ColorMap(available: available)
        #expect(map.number(of: .default) == -1)
        var random = SeededGenerator(seed: 3)
        for index in UInt8.min...255 {
            let number = map.number(of: .indexed(index))
            #expect((0..<Int32(min(available, 256))).contains(number))
            if Int(index) < available { #expect(number == Int32(index)) }
        }
        for _ in 0..<500 {
            let (r, g, b) = random.color()
            #expect((0..<Int32(min(available, 256))).contains(map.number(of: .rgb(r, g, b))), "\(r) \(g) \(b)")
        }
    }

    @Test(arguments: [
        (Color.rgb(0, 0, 0), 16, 0, 0), (.rgb(255, 255, 255), 231, 15, 7), (.rgb(255, 0, 0), 196, 9, 1),
        (.rgb(0, 255, 0), 46, 10, 2),
        (.rgb(0, 0, 255), 21, 4, 4), (.rgb(205, 0, 0), 160, 1, 1), (.rgb(95, 135, 175), 67, 8, 6),
        (.rgb(128, 128, 128), 244, 8, 7),
        (.rgb(8, 8, 8), 232, 0, 0), (.rgb(238, 238, 238), 255, 7, 7),
    ])
    func knownColours(_ color: Color, _ of256: Int32, _ of16: Int32, _ of8: Int32) {
        #expect(ColorMap(available: 256).number(of: color) == of256)
        #expect(ColorMap(available: 16).number(of: color) == of16)
        #expect(ColorMap(available: 8).number(of: color) == of8)
    }

    /// A colour of the palette, given by its parts, is shown by itself or by one that looks the same.
    @Test func thePaletteIsItsOwnNearest() {
        for index in UInt8(16)...255 {
            let parts = ColorMap.components(of: index)
            let number = ColorMap(available: 256).number(of: .rgb(parts.0, parts.1, parts.2))
            #expect(
                UInt8(exactly: number).map { ColorMap.components(of: $0) == parts } == true, "\(index) became \(number)"
            )
        }
        for available in [8, 16] {
            for index in 0..<UInt8(available) {
                let parts = ColorMap.components(of: index)
                #expect(ColorMap(available: available).number(of: .rgb(parts.0, parts.1, parts.2)) == Int32(index))
            }
        }
    }

    @Test func theGreyRampRises() {
        let map = ColorMap(available: 256)
        var last = -1
        for value in UInt8.min...255 {
            let number = map.number(of: .rgb(value, value, value))
            let parts = ColorMap.components(of: UInt8(truncatingIfNeeded: number))
            #expect(parts.0 == parts.1 && parts.1 == parts.2, "grey \(value) got a tint")
            #expect(Int(parts.0) >= last && abs(Int(parts.0) - Int(value)) <= 9, "grey \(value) became \(parts.0)")
            last = Int(parts.0)
        }
    }

    @Test func aGreyStaysOneOnFewColours() {
        for available in [8, 16] {
            let shown = Set(UInt8.min...255).map { ColorMap(available: available).number(of: .rgb($0, $0, $0)) }
            #expect(Set(shown).isSubset(of: [0, 7, 8, 15]))
        }
    }

    /// No other colour of the cube or the greys is nearer.
    @Test func nothingIsNearer() {
        func distance(_ index: UInt8, _ r: UInt8, _ g: UInt8, _ b: UInt8) -> Int {
            let parts = ColorMap.components(of: index)
            let (x, y, z) = (Int(parts.0) - Int(r), Int(parts.1) - Int(g), Int(parts.2) - Int(b))
            return x * x * 3 + y * y * 4 + z * z * 2
        }
        var random = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let (r, g, b) = random.color()
            let number = ColorMap(available: 256).number(of: .rgb(r, g, b))
            let best = (UInt8(16)...255).map { distance($0, r, g, b) }.min() ?? 0
            let found = distance(UInt8(truncatingIfNeeded: number), r, g, b)
            #expect(found == best, "\(r) \(g) \(b) became \(number)")
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func color() -> (UInt8, UInt8, UInt8) {
        let bits = next()
        return (
            UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits >> 16)
        )
    }
}
