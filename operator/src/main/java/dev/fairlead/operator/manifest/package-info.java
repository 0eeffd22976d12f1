/**
 * Standalone mode's API server: reads a folder of the manifests that a cluster would get, and treats them as an API server would.
 * {@link dev.fairlead.operator.manifest.ManifestReader} is the way in. The command line calls it, and hands what is usable to
 * {@code compile}. Files are touched by {@code ManifestFiles} only; everything else is pure, on any thread.
 *
 * <p>One truth: the schemas, defaults and rules are those of the generated CRDs. What is wrong is a
 * {@link dev.fairlead.operator.manifest.Finding} with file and line, in the API server's words; a faulty object is refused and
 * never stops another one. How text becomes values is told in {@code dev.fairlead.operator.manifest.yaml}.
 *
 * <p>Beyond what an API server does: {@code ${NAME}} in the values of Secrets and ConfigMaps is replaced by the environment, so
 * that a folder can be committed without its keys. What a Secret holds appears in no finding and no {@code toString}.
 */
package dev.fairlead.operator.manifest;
