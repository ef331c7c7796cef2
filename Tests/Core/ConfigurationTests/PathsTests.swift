import Testing

@testable import Configuration

@Suite struct PathsTests {
    @Test func withoutXDGEverythingIsBelowHome() {
        let paths = Paths(environment: ["HOME": "/home/w"])
        #expect(paths.userSettings == "/home/w/.config/longhand/config.toml")
        #expect(paths.models == "/home/w/.local/share/longhand/models")
        #expect(paths.libraries == "/home/w/.local/share/longhand/libraries")
        #expect(paths.state == "/home/w/.local/state/longhand")
    }

    @Test func xdgVariablesMoveThem() {
        let paths = Paths(environment: [
            "HOME": "/home/w", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s",
        ])
        #expect(paths.config == "/c/longhand")
        #expect(paths.data == "/d/longhand")
        #expect(paths.state == "/s/longhand")
        #expect(paths.models == "/d/longhand/models")
    }

    @Test func aRelativeOrEmptyXDGPathIsIgnored() {
        let paths = Paths(environment: ["HOME": "/home/w", "XDG_CONFIG_HOME": "c", "XDG_DATA_HOME": ""])
        #expect(paths.config == "/home/w/.config/longhand")
        #expect(paths.data == "/home/w/.local/share/longhand")
    }

    @Test func modelsMayBeElsewhere() {
        #expect(Paths(environment: ["HOME": "/h", "LONGHAND_MODELS": "/big/models"]).models == "/big/models")
        #expect(
            Paths(environment: ["HOME": "/h", "LONGHAND_MODELS": "big"]).models == "/h/.local/share/longhand/models")
    }

    @Test func withoutHomeTheAccountSaysIt() {
        for environment in [[:], ["HOME": ""], ["HOME": "relative/folder"]] {
            let paths = Paths(environment: environment, accountHome: "/home/account")
            #expect(paths.state == "/home/account/.local/state/longhand" && paths.home == "/home/account")
        }
        #expect(Paths(environment: ["HOME": "/h"], accountHome: "/home/account").home == "/h")
        // Whoever runs this has one in the password database, or none; never the disk's own folder.
        #expect(Paths.homeOfAccount()?.hasPrefix("/") ?? true)
        #expect(Paths.homeOfAccount() != "/")
    }

    @Test func withoutAnyHomeOnlyXDGFoldersWillDo() {
        let nowhere = Paths(environment: [:], accountHome: nil)
        #expect(nowhere.lacksHome && nowhere.home.isEmpty)
        #expect(
            Paths(
                environment: ["XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": ""], accountHome: nil
            ).lacksHome)
        #expect(
            !Paths(
                environment: ["XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s"], accountHome: nil
            ).lacksHome)
        #expect(ConfigurationError.noHome.description.contains("HOME"))
    }

    @Test func aSlashAtTheEndSaysNothing() {
        let paths = Paths(environment: ["HOME": "/home/w/", "XDG_DATA_HOME": "/d//"])
        #expect(paths.config == "/home/w/.config/longhand" && paths.data == "/d/longhand")
        #expect(Paths(environment: ["HOME": "/"]).config == "/.config/longhand")
    }
}
