package dev.fairlead.sidecar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms of the sidecar. */
@AnalyzeClasses(packages = "dev.fairlead.sidecar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_KUBERNETES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "dev.fairlead.api..", "dev.fairlead.operator..");

    @ArchTest
    static final ArchRule THE_DATA_PLANE_KNOWS_NO_CONTROL_PLANE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fairlead.sidecar.control..")
            .and()
            .doNotBelongToAnyOf(Main.class, PodSidecar.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fairlead.sidecar.control..");

    @ArchTest
    static final ArchRule VERTX_IS_KNOWN_TO_HTTP_CONTROL_REDIS_AND_ASSEMBLY_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.fairlead.sidecar",
                    "dev.fairlead.sidecar.http..",
                    "dev.fairlead.sidecar.control..",
                    "dev.fairlead.sidecar.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule DECISIONS_KNOW_NO_NETWORK = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.fairlead.sidecar.pool..",
                    "dev.fairlead.sidecar.limit..",
                    "dev.fairlead.sidecar.dialect..",
                    "dev.fairlead.sidecar.route..",
                    "dev.fairlead.sidecar.provider..",
                    "dev.fairlead.sidecar.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..", "java.net.http..", "dev.fairlead.sidecar.http..", "dev.fairlead.sidecar.exchange..");

    @ArchTest
    static final ArchRule DECISIONS_READ_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.fairlead.sidecar.pool..",
                    "dev.fairlead.sidecar.limit..",
                    "dev.fairlead.sidecar.provider..",
                    "dev.fairlead.sidecar.route..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.fairlead.sidecar.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    @ArchTest
    static final ArchRule RECORDS_CARRY_CONFIGURATION = classes()
            .that()
            .resideInAPackage("dev.fairlead.sidecar.config..")
            .and()
            .haveSimpleNameEndingWith("Config")
            .should()
            .beRecords();
}
