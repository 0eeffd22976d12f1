package dev.fairlead.operator.manifest.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.fairlead.operator.manifest.schema.Rule;
import dev.fairlead.operator.manifest.schema.Schema;
import java.util.Optional;

/** Compiles rules in the environment that Kubernetes gives them. Takes a second to warm up: one serves all schemas. */
public final class RuleCompiler {
    private static final String SELF = "self";
    private static final String OLD_SELF = "oldSelf";

    /** More than the cost budget of an API server lets a rule do; ends one that would not end in any sensible time. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final RulePath paths = new RulePath();

    public RuleCompiler() {
        var options = CelOptions.current()
                .evaluateCanonicalTypesToNativeValues(true)
                .enableHeterogeneousNumericComparisons(true)
                .enableOptionalSyntax(true)
                .comprehensionMaxIterations(MOST_ITERATIONS)
                .build();
        var lists = new ListFunctions().library();
        var regex = new RegexFunctions().library();
        var urls = new UrlFunctions().library();
        var strings = CelExtensions.strings();
        var sets = CelExtensions.sets(options);
        var optionals = CelExtensions.optional();
        compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar(SELF, SimpleType.DYN)
                .addVar(OLD_SELF, SimpleType.DYN)
                .addLibraries(strings, sets, optionals, lists, regex, urls)
                .build();
        runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .addLibraries(strings, sets, optionals, lists, regex, urls)
                .build();
    }

    /**
     * All rules of a schema, at every depth of it.
     *
     * @throws IllegalArgumentException if one does not compile, naming it
     */
    public Rules rules(Schema schema) {
        return new Rules(schema, this);
    }

    /** Nothing for a rule about changes: it has no say when an object is created. */
    Optional<CompiledRule> compile(Rule rule) {
        var ast = parsed(rule.expression());
        if (mentionsOldSelf(ast) && !rule.optionalOldSelf()) {
            return Optional.empty();
        }
        return Optional.of(new CompiledRule(
                rule,
                program(ast),
                rule.messageExpression().map(this::parsed).map(this::program),
                rule.fieldPath().map(paths::parse)));
    }

    private CelAbstractSyntaxTree parsed(String expression) {
        try {
            return compiler.compile(expression).getAst();
        } catch (CelValidationException e) {
            throw new IllegalArgumentException("rule '" + expression + "' does not compile: " + e.getMessage(), e);
        }
    }

    private CelRuntime.Program program(CelAbstractSyntaxTree ast) {
        try {
            return runtime.createProgram(ast);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException("rule cannot be evaluated: " + e.getMessage(), e);
        }
    }

    private static boolean mentionsOldSelf(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .anyMatch(node -> node.getKind() == ExprKind.Kind.IDENT
                        && node.expr().ident().name().equals(OLD_SELF));
    }
}
