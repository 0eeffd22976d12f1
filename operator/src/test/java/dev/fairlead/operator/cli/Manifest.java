package dev.fairlead.operator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that works, for tests to spoil. */
record Manifest(Path folder) {
    static final String SECRET = "sk-nobody-may-see-this";

    static Manifest in(Path folder) throws IOException {
        var manifest = new Manifest(folder);
        manifest.write("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                stringData:
                  a: %s
                """.formatted(SECRET));
        manifest.write("pool.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: openai}
                spec:
                  provider: {type: OpenAI}
                  keys:
                  - {name: a, secretRef: {name: keys, key: a}}
                """);
        manifest.write("route.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: chat}
                spec:
                  models:
                  - name: gpt-4o
                    targets:
                    - name: main
                      keyPoolRef: {name: openai}
                """);
        return manifest;
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    void replace(String name, String old, String text) throws IOException {
        String content = Files.readString(folder.resolve(name));
        if (!content.contains(old)) {
            throw new IllegalArgumentException(name + " has no " + old);
        }
        write(name, content.replace(old, text));
    }
}
