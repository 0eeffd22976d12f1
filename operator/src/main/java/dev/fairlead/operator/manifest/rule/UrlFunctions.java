package dev.fairlead.operator.manifest.rule;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.List;

/** Kubernetes' URL library: {@code isURL, url, getScheme, getHost, getHostname, getPort, getEscapedPath, getQuery}. */
final class UrlFunctions {
    private static final CelType URL = OpaqueType.create("kubernetes.URL");

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    RuleLibrary library() {
        declarations.add(
                newFunctionDeclaration("isURL", newGlobalOverload("k8s_is_url", SimpleType.BOOL, SimpleType.STRING)));
        bindings.add(CelFunctionBinding.from(
                "k8s_is_url", String.class, text -> GoUrl.parse(text).isPresent()));
        declarations.add(newFunctionDeclaration("url", newGlobalOverload("k8s_url", URL, SimpleType.STRING)));
        bindings.add(CelFunctionBinding.from(
                "k8s_url",
                String.class,
                text -> GoUrl.parse(text)
                        .orElseThrow(
                                () -> new IllegalArgumentException("URL parse error during conversion from string"))));
        part("getScheme", SimpleType.STRING, GoUrl::scheme);
        part("getHost", SimpleType.STRING, GoUrl::host);
        part("getHostname", SimpleType.STRING, GoUrl::hostname);
        part("getPort", SimpleType.STRING, GoUrl::port);
        part("getEscapedPath", SimpleType.STRING, GoUrl::path);
        part("getQuery", MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)), GoUrl::queryValues);
        return new RuleLibrary(declarations, bindings);
    }

    private void part(String name, CelType type, CelFunctionOverload.Unary<GoUrl> getter) {
        declarations.add(newFunctionDeclaration(name, newMemberOverload("k8s_url_" + name, type, URL)));
        bindings.add(CelFunctionBinding.from("k8s_url_" + name, GoUrl.class, getter));
    }
}
