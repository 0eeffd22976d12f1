/**
 * The certificates of webhook and configuration stream. The leader issues a CA and a leaf into one Secret and replaces both in
 * time ({@link dev.fairlead.operator.trust.TrustKeeper}); every replica follows that Secret ({@link
 * dev.fairlead.operator.trust.TrustWatch}) and serves the new leaf without a restart.
 *
 * <p>What is to be done when is a pure function ({@code RotationPlan}), how it is done another ({@code Rotation}); the API server is
 * spoken to by {@code TrustKeeper}, {@code WebhookBundle} and {@code ObjectWatch} only. A certificate authority is trusted for a
 * while before anything is signed with it, and for as long after as something signed with it may be in use. {@code serve}, {@code
 * peer}, {@code inject} and {@code control} may call; nothing here needs a Vert.x thread.
 */
package dev.fairlead.operator.trust;
