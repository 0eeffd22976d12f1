/**
 * The product as its users meet it: installed by Helm on a real cluster, its resources applied by kubectl, called by an
 * application with an unchanged OpenAI SDK. {@code bin/e2e} brings the images and the cluster; without them every test here is
 * skipped.
 */
package dev.fairlead.e2e;
