package dev.fairlead.operator.manifest.rule;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** Kubernetes' regex library: {@code find} and {@code findAll}. */
final class RegexFunctions {
    RuleLibrary library() {
        var texts = ListType.create(SimpleType.STRING);
        return new RuleLibrary(
                List.of(
                        newFunctionDeclaration(
                                "find",
                                newMemberOverload(
                                        "k8s_string_find", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING)),
                        newFunctionDeclaration(
                                "findAll",
                                newMemberOverload("k8s_string_find_all", texts, SimpleType.STRING, SimpleType.STRING),
                                newMemberOverload(
                                        "k8s_string_find_some",
                                        texts,
                                        SimpleType.STRING,
                                        SimpleType.STRING,
                                        SimpleType.INT))),
                List.of(
                        CelFunctionBinding.from("k8s_string_find", String.class, String.class, RegexFunctions::find),
                        CelFunctionBinding.from(
                                "k8s_string_find_all",
                                String.class,
                                String.class,
                                (text, regex) -> findAll(text, regex, -1)),
                        CelFunctionBinding.from(
                                "k8s_string_find_some",
                                List.of(String.class, String.class, Long.class),
                                args -> findAll((String) args[0], (String) args[1], (Long) args[2]))));
    }

    private static String find(String text, String regex) {
        var matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    /** All of them if {@code most} is negative. */
    private static List<String> findAll(String text, String regex, long most) {
        var matcher = Pattern.compile(regex).matcher(text);
        List<String> found = new ArrayList<>();
        while ((most < 0 || found.size() < most) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
