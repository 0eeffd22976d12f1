package dev.fairlead.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustSecretTest {
    private static final Secret BLANK = new SecretBuilder()
            .withNewMetadata()
            .withName("fairlead-tls")
            .endMetadata()
            .build();

    private final Rotation rotation = Pki.rotation();
    private final TrustState fresh = after(Step.Kind.ISSUE_ANEW, new Stored.Absent(), Pki.START);

    private TrustState after(Step.Kind kind, Stored stored, Instant now) {
        return rotation.after(new Step(kind, "the test says so"), stored, now);
    }

    private TrustState after(Step.Kind kind, TrustState state) {
        return after(kind, new Stored.Intact(state), Pki.START);
    }

    private static TrustState roundTrip(TrustState state) {
        return ((Stored.Intact) TrustSecret.read(TrustSecret.write(BLANK, state))).state();
    }

    private static Secret with(Secret secret, String entry, String text) {
        return new SecretBuilder(secret)
                .addToData(entry, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    @Test
    void everyStateOfARotationIsReadBack() {
        TrustState added = after(Step.Kind.ADD_NEXT_CA, fresh);
        TrustState published = after(Step.Kind.MARK_PUBLISHED, added);
        TrustState promoted = after(Step.Kind.PROMOTE_NEXT_CA, published);

        assertThat(roundTrip(fresh).other()).isEmpty();
        assertThat(roundTrip(added).other())
                .containsInstanceOf(OtherCa.Next.class)
                .hasValueSatisfying(other ->
                        assertThat(((OtherCa.Next) other).publishedAt()).isEmpty());
        assertThat(roundTrip(published).other())
                .hasValueSatisfying(other ->
                        assertThat(((OtherCa.Next) other).publishedAt()).contains(Pki.START));
        assertThat(roundTrip(promoted).other())
                .contains(new OtherCa.Previous(fresh.authority().certificate(), Pki.START.plus(Duration.ofDays(90))));
        TrustState dropped = after(Step.Kind.DROP_OTHER_CA, promoted);
        assertThat(roundTrip(dropped).other()).isEmpty();
        assertThat(roundTrip(dropped).retired())
                .containsExactly(fresh.authority().certificate());
        assertThat(roundTrip(promoted).authority().certificate())
                .isEqualTo(added.other().orElseThrow().certificate());
    }

    @Test
    void theKeyOfAnAuthorityThatSignsNoLongerIsNotKept() {
        TrustState added = after(Step.Kind.ADD_NEXT_CA, fresh);
        Secret during = TrustSecret.write(BLANK, added);
        Secret promoted = TrustSecret.write(during, after(Step.Kind.PROMOTE_NEXT_CA, added));

        assertThat(promoted.getData()).doesNotContainKey(TrustSecret.NEXT_KEY);
        assertThat(promoted.getData().values())
                .doesNotContain(during.getData().get(TrustSecret.CA_KEY))
                .contains(during.getData().get(TrustSecret.NEXT_KEY));
        assertThat(promoted.getMetadata().getAnnotations()).doesNotContainKey(TrustSecret.PUBLISHED_AT);
    }

    @Test
    void labelsAndAnnotationsOfOthersStay() {
        Secret base = new SecretBuilder(BLANK)
                .editMetadata()
                .addToLabels("team", "platform")
                .addToAnnotations("note", "keep")
                .withResourceVersion("7")
                .endMetadata()
                .build();
        Secret written = TrustSecret.write(base, fresh);
        assertThat(written.getMetadata().getLabels()).containsEntry("team", "platform");
        assertThat(written.getMetadata().getAnnotations()).containsEntry("note", "keep");
        assertThat(written.getMetadata().getResourceVersion()).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "ca.crt, '', ca.crt: no PEM certificate",
        "ca.crt, garbage, ca.crt: no PEM certificate",
        "ca.key, '', ca.key: no PEM block of type PRIVATE KEY",
        "ca.key, LEAF_KEY, ca.key: is not the key of the certificate in ca.crt",
        "ca.crt, LEAF, ca.key: is not the key of the certificate in ca.crt",
    })
    void whatCannotSignIsDamaged(String entry, String content, String why) {
        TrustState state = fresh;
        String text = content.equals("LEAF_KEY")
                ? Pem.of(state.leaf().orElseThrow().key())
                : content.equals("LEAF")
                        ? Pem.of(java.util.List.of(state.leaf().orElseThrow().certificate()))
                        : content;
        assertThat(TrustSecret.read(with(TrustSecret.write(BLANK, state), entry, text)))
                .isEqualTo(new Stored.Damaged(why));
    }

    @Test
    void aLeafInPlaceOfTheAuthorityIsDamaged() {
        CertifiedKey leaf = fresh.leaf().orElseThrow();
        Secret secret = with(TrustSecret.write(BLANK, fresh), "ca.crt", Pem.of(java.util.List.of(leaf.certificate())));
        assertThat(TrustSecret.read(with(secret, "ca.key", Pem.of(leaf.key()))))
                .isEqualTo(new Stored.Damaged("ca.crt: got a certificate that may not sign others, expected a CA"));
    }

    @Test
    void aSecretWithoutDataIsDamaged() {
        assertThat(TrustSecret.read(BLANK)).isEqualTo(new Stored.Damaged("ca.crt: no PEM certificate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.crt", "tls.key"})
    void aDamagedLeafCostsTheLeafOnly(String entry) {
        Stored read = TrustSecret.read(with(TrustSecret.write(BLANK, fresh), entry, "half"));
        assertThat(((Stored.Intact) read).state().leaf()).isEmpty();
        assertThat(Pki.PLAN.next(Pki.START, read).kind()).isEqualTo(Step.Kind.RENEW_LEAF);
        assertThat(after(Step.Kind.RENEW_LEAF, read, Pki.START).authority().certificate())
                .isEqualTo(fresh.authority().certificate());
    }

    @Test
    void aNextAuthorityWhoseKeyIsLostIsDroppedAndMadeAnew() {
        Instant due = Pki.START.plus(Duration.ofDays(246));
        TrustState added = after(Step.Kind.ADD_NEXT_CA, new Stored.Intact(fresh), due);
        Secret secret = with(TrustSecret.write(BLANK, added), TrustSecret.NEXT_KEY, "half");

        Stored read = TrustSecret.read(secret);
        assertThat(Pki.PLAN.next(due, read).kind()).isEqualTo(Step.Kind.DROP_OTHER_CA);
        Stored dropped = new Stored.Intact(after(Step.Kind.DROP_OTHER_CA, read, due));
        assertThat(Pki.PLAN.next(due, dropped).kind()).isEqualTo(Step.Kind.ADD_NEXT_CA);
    }

    @Test
    void aLostNoteOfAPreviousAuthorityKeepsItToItsEnd() {
        TrustState added = after(Step.Kind.ADD_NEXT_CA, new Stored.Intact(fresh), Pki.START.plus(Duration.ofDays(246)));
        Secret secret = TrustSecret.write(BLANK, after(Step.Kind.PROMOTE_NEXT_CA, added));
        secret.getMetadata().getAnnotations().put(TrustSecret.NEEDED_UNTIL, "soon");
        Optional<OtherCa> other =
                ((Stored.Intact) TrustSecret.read(secret)).state().other();
        assertThat(other)
                .contains(new OtherCa.Previous(
                        fresh.authority().certificate(), fresh.authority().notAfter()));
    }
}
