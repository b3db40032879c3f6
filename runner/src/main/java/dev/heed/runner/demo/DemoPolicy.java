package dev.heed.runner.demo;

import dev.heed.policy.Policy;
import dev.heed.simulator.StudyBuddy;
import dev.heed.topology.policy.PolicyFile;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The policy that ships for StudyBuddy. */
final class DemoPolicy {
    private static final String FILE = "/policies/studybuddy.yaml";

    private DemoPolicy() {}

    /**
     * @param again true where an earlier run may have left a policy, which a higher version must replace
     */
    static Policy read(boolean again, StudyBuddy world) {
        long nowMs = System.currentTimeMillis();
        try (InputStream in = Objects.requireNonNull(DemoPolicy.class.getResourceAsStream(FILE), FILE)) {
            Policy policy = PolicyFile.parse(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8), nowMs);
            if (again) {
                policy.setPolicyVersion((int) (nowMs / 1000));
                policy.setEventId("policy-" + world.run());
            }
            return policy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PolicyInvalid invalid) {
            throw new IllegalStateException("the policy that ships with Heed is invalid", invalid);
        }
    }
}
