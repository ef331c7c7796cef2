/// What `longhand init` writes.
enum ProjectTemplate {
    static let settings = """
        # Settings of this project. Every line is optional; what stands behind # is the default.
        # longhand config shows what is in force and where it comes from.

        # article = "article.md"          # what longhand opens; the first .md of the folder otherwise
        # model = "all-MiniLM-L6-v2"      # the local embedding model
        # precision = "fp32"              # "int8" is more than twice as fast and a little less exact
        # theme = "ink"
        # profile = "default"             # which provider of your config.toml drafts; its address and key belong there

        # Words to write in a session. Targets of the article and its sections are in the text, see docs/configuration.md.
        [writing]
        # session_target = 500

        [editor]
        # smart_punctuation = false       # quotation marks, dashes and ellipses of the language as you type
        # chinese_punctuation = false     # marks typed behind Chinese in their full width
        # autosave = 0                    # seconds that typing rests before the article is saved; 0 saves only when asked

        [spelling]
        # check = true                    # where there is a dictionary of hunspell's
        # languages = "en_US,de_DE"       # the article's own lang: comes before it

        [notes]
        # Patterns as in a .gitignore; the last that matches decides, and ! makes an exception.
        # include = ["*.md", "*.txt"]
        # exclude = ["drafts/", "*.tmp.md"]

        # What may be done with the notes of a folder: "ignore" (never read), "index" (searched here,
        # never sent), "share" (may be sent to the provider, after you saw what is sent).
        [scopes]
        # notes = "share"

        """

    static let article = """
        # Working title

        """
}
