package dev.fairlead.operator.manifest.rule;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.List;

/**
 * Functions that Kubernetes adds to CEL.
 *
 * @param declarations what the type checker needs to know
 * @param bindings what they do
 */
record RuleLibrary(List<CelFunctionDecl> declarations, List<CelFunctionBinding> bindings)
        implements CelCompilerLibrary, CelRuntimeLibrary {
    @Override
    public void setParserOptions(CelParserBuilder parser) {
        // No macros of our own.
    }

    @Override
    public void setCheckerOptions(CelCheckerBuilder checker) {
        checker.addFunctionDeclarations(declarations);
    }

    @Override
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        runtime.addFunctionBindings(bindings);
    }
}
