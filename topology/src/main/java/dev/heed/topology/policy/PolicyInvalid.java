package dev.heed.topology.policy;

import java.util.List;

/** Thrown for a policy file that cannot be used, with every problem found. */
public final class PolicyInvalid extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final List<String> problems;

    PolicyInvalid(String name, List<String> problems) {
        super(name + ": " + problems.size() + (problems.size() == 1 ? " problem" : " problems") + "\n  "
                + String.join("\n  ", problems));
        this.name = name;
        this.problems = List.copyOf(problems);
    }

    /** The file's name. */
    public String name() {
        return name;
    }

    /** One line per problem: path, value found, what was expected. */
    public List<String> problems() {
        return problems;
    }
}
