package dev.heed.intake;

/** What stands for a data subject behind intake, for those who hold the loop's secret. */
public final class Pseudonym {
    private Pseudonym() {}

    /** @param secretSeed the loop's secret */
    public static String of(byte[] secretSeed, String subjectId) {
        return new Secrets(secretSeed).pseudonym(subjectId);
    }
}
