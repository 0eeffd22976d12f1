package dev.fairlead.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms of the control plane. */
@AnalyzeClasses(packages = "dev.fairlead.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_STARTS_A_CONTROL_PLANE = noClasses()
            .that()
            .resideOutsideOfPackages("..operator.cli..", "..operator.control..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..operator.control..");

    @ArchTest
    static final ArchRule WHAT_STANDALONE_USES_KNOWS_NO_CLUSTER = noClasses()
            .that()
            .resideInAnyPackage(
                    "..operator.world..",
                    "..operator.compile..",
                    "..operator.manifest..",
                    "..operator.standalone..",
                    "..operator.plan..",
                    "..operator.simulate..",
                    "..operator.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..operator.cluster..",
                    "..operator.rollout..",
                    "..operator.reconcile..",
                    "..operator.leader..",
                    "..operator.serve..",
                    "..operator.peer..",
                    "..operator.inject..",
                    "..operator.trust..",
                    "..operator.metrics..",
                    "io.javaoperatorsdk..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient");

    @ArchTest
    static final ArchRule ROLLOUTS_DO_NOT_KNOW_WHO_USES_THEM = noClasses()
            .that()
            .resideInAnyPackage("..operator.rollout..", "..operator.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..operator.reconcile..", "..operator.serve..", "..operator.peer..", "..operator.inject..");

    @ArchTest
    static final ArchRule SERVING_AND_RECONCILING_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAnyPackage("..operator.serve..", "..operator.peer..", "..operator.inject..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..operator.reconcile..", "..operator.leader..");

    @ArchTest
    static final ArchRule BOOKS_OF_LIMITS_KNOW_NO_CLUSTER_AND_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("..operator.allot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.fabric8..",
                    "..operator.cluster..",
                    "..operator.rollout..",
                    "..operator.serve..",
                    "..operator.peer..",
                    "..operator.reconcile..",
                    "..operator.leader..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule ONLY_RECONCILERS_KNOW_THEIR_FRAMEWORK = noClasses()
            .that()
            .resideOutsideOfPackages("..operator.reconcile..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk.operator..");

    @ArchTest
    static final ArchRule THE_API_SERVER_IS_NOT_CALLED_FROM_PURE_ROOMS = noClasses()
            .that()
            .resideInAnyPackage("..operator.rollout..", "..operator.serve..")
            .and()
            .haveSimpleNameNotEndingWith("Authenticator")
            .and()
            .haveSimpleNameNotStartingWith("TokenReview")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient");
}
