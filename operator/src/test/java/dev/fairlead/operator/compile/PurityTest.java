package dev.fairlead.operator.compile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** Compiling is a function: it neither looks at a clock nor at the world outside. */
@AnalyzeClasses(packages = "dev.fairlead.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    @ArchTest
    static final ArchRule COMPILE_TOUCHES_NOTHING_OUTSIDE = noClasses()
            .that()
            .resideInAnyPackage("..operator.compile..", "..operator.world..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..", "java.net.http..", "java.util.concurrent..", "org.slf4j..", "io.vertx..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule THE_WORLD_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("..operator.world..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..operator.compile..", "..operator.manifest..", "..operator.standalone..", "..sidecar..");

    @ArchTest
    static final ArchRule COMPILE_KNOWS_THE_WORLD_ONLY = noClasses()
            .that()
            .resideInAPackage("..operator.compile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..operator.manifest..", "..operator.standalone..", "..operator.cli..");

    @ArchTest
    static final ArchRule NOBODY_CALLS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage("..operator.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..operator.cli..");
}
