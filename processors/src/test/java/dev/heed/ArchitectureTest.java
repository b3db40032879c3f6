package dev.heed;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Walls between the parts of this module. */
@AnalyzeClasses(packages = "dev.heed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Exact by definition, so the same on every machine; all other methods of Math may differ in the last bit. */
    private static final Set<String> EXACT = Set.of(
            "abs",
            "absExact",
            "addExact",
            "ceilDiv",
            "floorDiv",
            "floorMod",
            "incrementExact",
            "max",
            "min",
            "multiplyExact",
            "multiplyHigh",
            "negateExact",
            "signum",
            "subtractExact",
            "toIntExact");

    @ArchTest
    static final ArchRule mathKnowsOnlyJava = classes()
            .that()
            .resideInAPackage("dev.heed.math..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.heed.math..",
                    "java.lang..",
                    "java.math..",
                    "java.util..",
                    "java.nio..",
                    "java.security..",
                    "javax.crypto..",
                    "org.jspecify.annotations.."))
            .because("formulas are pure");

    @ArchTest
    static final ArchRule mathHasNoClockAndNoChance = noClasses()
            .that()
            .resideInAPackage("dev.heed.math..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.time..")
                    .or(describe(
                            "sources of chance",
                            c -> c.getSimpleName().endsWith("Random")
                                    || c.getSimpleName().equals("SplittableRandom"))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .because("a replay gives the same bytes");

    @ArchTest
    static final ArchRule mathIsStrict = noClasses()
            .that()
            .resideInAPackage("dev.heed.math..")
            .should()
            .accessTargetWhere(describe("what may differ between machines", ArchitectureTest::isInexact))
            .because("Math.log and its like may differ in the last bit from one machine to the next");

    private static final String[] DECIDING = {
        "dev.heed.core..",
        "dev.heed.items..",
        "dev.heed.queues..",
        "dev.heed.calibration..",
        "dev.heed.gates..",
        "dev.heed.subjects..",
        "dev.heed.versions.."
    };

    @ArchTest
    static final ArchRule decisionsTouchNothingOutside = noClasses()
            .that()
            .resideInAnyPackage(DECIDING)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.apache.kafka..", "dev.heed.stream..", "java.time..", "java.io..", "java.nio.file..")
                    .or(describe("sources of chance", c -> c.getSimpleName().endsWith("Random"))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .accessTargetWhere(describe("what may differ between machines", ArchitectureTest::isInexact))
            .because("the same journal gives the same facts, byte for byte");

    @ArchTest
    static final ArchRule featuresOfItems = featuresAreApart("items");

    @ArchTest
    static final ArchRule featuresOfQueues = featuresAreApart("queues");

    @ArchTest
    static final ArchRule featuresOfCalibration = featuresAreApart("calibration");

    @ArchTest
    static final ArchRule featuresOfGates = featuresAreApart("gates");

    @ArchTest
    static final ArchRule featuresOfSubjects = featuresAreApart("subjects");

    private static ArchRule featuresAreApart(String stage) {
        return slices().matching("dev.heed." + stage + ".(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .because("what two features share lies in the package of their stage");
    }

    private static boolean isInexact(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(Math.class) && !EXACT.contains(access.getName());
    }
}
