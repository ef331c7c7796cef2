import Foundation
import Testing

@testable import Embedding

/// What is put before queries and passages, and where that comes from.
@Suite struct EmbeddingPromptTests {
    @Test(arguments: [
        ("bge-small-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-large-en", "Represent this sentence for searching relevant passages: ", ""),
        ("BAAI_bge-base-en", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("bge-large-zh", "为这个句子生成表示以用于检索相关文章：", ""),
        ("m3e-base", "", ""), ("e5-small-v2", "query: ", "passage: "),
        ("multilingual-e5-small", "query: ", "passage: "),
        ("Multilingual-E5-Large", "query: ", "passage: "),
    ])
    func publishedPromptsAreKnown(_ name: String, _ query: String, _ passage: String) {
        #expect(EmbeddingPrompts.published(for: name) == EmbeddingPrompts(query: query, passage: passage))
    }

    @Test(arguments: ["all-MiniLM-L6-v2", "bge-m3", "multilingual-e5-large-instruct", "", "e5"])
    func othersAreNot(_ name: String) {
        #expect(EmbeddingPrompts.published(for: name) == nil)
    }

    private func prompts(_ file: [String: Any], nameOrPath: String? = nil) throws -> EmbeddingPrompts {
        let model = try MadeModel()
        try model.write("config_sentence_transformers.json", json: file)
        return try EmbeddingPrompts.read(in: model.path, nameOrPath: nameOrPath)
    }

    @Test func theFileComesFirst() throws {
        let e5 = "intfloat/multilingual-e5-base"
        #expect(try prompts([:], nameOrPath: e5) == EmbeddingPrompts(query: "query: ", passage: "passage: "))
        #expect(
            try prompts(["prompts": ["query": "q ", "document": ""]], nameOrPath: e5) == EmbeddingPrompts(query: "q "))
        // What Sentence Transformers writes into any model it saves says nothing.
        let empty: [String: Any] = ["prompts": ["query": "", "document": ""], "default_prompt_name": NSNull()]
        #expect(try prompts(empty, nameOrPath: e5).query == "query: ")
        #expect(
            try prompts(["prompts": ["query": "q ", "passage": "p "]]) == EmbeddingPrompts(query: "q ", passage: "p "))
        #expect(
            try prompts(["prompts": ["search": "s "], "default_prompt_name": "search"])
                == EmbeddingPrompts(query: "s ", passage: "s "))
        let field = "default_prompt_name"
        #expect {
            try prompts(["prompts": ["query": "q "], field: "other"])
        } throws: { error in
            if case .malformed(_, field, _)? = error as? ModelError { true } else { false }
        }
    }
}
