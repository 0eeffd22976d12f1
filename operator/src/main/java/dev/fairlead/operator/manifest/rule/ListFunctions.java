package dev.fairlead.operator.manifest.rule;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** Kubernetes' list library: {@code isSorted, sum, min, max, indexOf, lastIndexOf}. */
final class ListFunctions {
    private static final CelType LIST = ListType.create(SimpleType.DYN);

    RuleLibrary library() {
        return new RuleLibrary(
                List.of(
                        newFunctionDeclaration(
                                "isSorted", newMemberOverload("k8s_list_is_sorted", SimpleType.BOOL, LIST)),
                        newFunctionDeclaration("sum", newMemberOverload("k8s_list_sum", SimpleType.DYN, LIST)),
                        newFunctionDeclaration("min", newMemberOverload("k8s_list_min", SimpleType.DYN, LIST)),
                        newFunctionDeclaration("max", newMemberOverload("k8s_list_max", SimpleType.DYN, LIST)),
                        newFunctionDeclaration(
                                "indexOf",
                                newMemberOverload("k8s_list_index_of", SimpleType.INT, LIST, SimpleType.DYN)),
                        newFunctionDeclaration(
                                "lastIndexOf",
                                newMemberOverload("k8s_list_last_index_of", SimpleType.INT, LIST, SimpleType.DYN))),
                List.of(
                        CelFunctionBinding.from("k8s_list_is_sorted", List.class, ListFunctions::isSorted),
                        CelFunctionBinding.from("k8s_list_sum", List.class, ListFunctions::sum),
                        CelFunctionBinding.from("k8s_list_min", List.class, list -> extreme(list, -1)),
                        CelFunctionBinding.from("k8s_list_max", List.class, list -> extreme(list, 1)),
                        CelFunctionBinding.from("k8s_list_index_of", List.class, Object.class, (list, item) ->
                                (long) list.indexOf(item)),
                        CelFunctionBinding.from("k8s_list_last_index_of", List.class, Object.class, (list, item) ->
                                (long) list.lastIndexOf(item))));
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) {
        double doubles = 0;
        long longs = 0;
        boolean whole = true;
        for (var item : list) {
            whole &= item instanceof Long;
            doubles += number(item).doubleValue();
            longs = whole ? Math.addExact(longs, number(item).longValue()) : longs;
        }
        return whole ? (Object) longs : (Object) doubles;
    }

    private static Object extreme(List<?> list, int sign) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException((sign < 0 ? "min" : "max") + " called on empty list");
        }
        Object best = list.get(0);
        for (var item : list) {
            best = compare(item, best) * sign > 0 ? item : best;
        }
        return best;
    }

    private static Number number(Object item) {
        if (item instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("no such overload: sum of something that is not a number");
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b && left.getClass() != right.getClass()) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof Comparable<?> && left.getClass() == right.getClass()) {
            @SuppressWarnings("unchecked") // Both are of the one class that compares with itself.
            var comparable = (Comparable<Object>) left;
            return comparable.compareTo(right);
        }
        throw new IllegalArgumentException("no such overload: items that have no common order");
    }
}
